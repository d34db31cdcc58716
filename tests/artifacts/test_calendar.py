"""The page of the weeks to come: on a private look, and nowhere else."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Blog

AWAY = '[[away]]\nfrom = 2026-12-07\nto = 2026-12-11\nwhy = "<b>A fair</b>"\n'


@pytest.fixture
def planned(blog: Blog) -> Blog:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings + AWAY)
    blog.post("2026-11-17-out")
    blog.post("2026-11-24-coming")
    blog.post("2026-12-01-begun", draft="true")
    blog.post("2026-12-15-meant", status="planned")
    blog.post("2026-11-20-thought", status="idea")
    blog.post("2026-11-03-left", draft="true")
    return blog


def weeks(page: str) -> list[str]:
    """The words of each week on the page."""
    parts = re.findall(r'<li class="sheet">(.*?)</ul>', page, re.DOTALL)
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", part).split()) for part in parts]


def test_it_shows_letters_days_off_and_gaps(planned: Blog) -> None:
    planned.build(drafts=True, future=True)

    page = planned.page("calendar.html")
    assert weeks(page)[:6] == [
        "Week 47 17 Nov 2026 Out Published",
        "Week 48 24 Nov 2026 Coming Scheduled",
        "Week 49 1 Dec 2026 Begun Draft",
        "Week 50 8 Dec 2026 Off: &lt;b&gt;A fair&lt;/b&gt;",
        "Week 51 15 Dec 2026 Meant Planned",
        "Week 52 22 Dec 2026 Nothing yet",
    ]
    assert ">Thought</a>" in page
    assert page.index("Started for a week that is over") < page.index(">Left</a>")
    # a landmark, so that whoever goes from one to the next meets the notice
    assert re.search(r'<aside class="notice">.*href="/blog/calendar.html"', planned.page(""))


@pytest.mark.parametrize(("drafts", "future"), [(False, False), (True, False), (False, True)])
def test_a_site_that_shows_less_has_no_such_page(planned: Blog, drafts: bool, future: bool) -> None:
    planned.build(drafts=drafts, future=future)

    tree = planned.tree()
    assert "calendar.html" not in tree
    assert not [path for path, data in tree.items() if b"calendar.html" in data]


def test_it_is_gone_when_the_site_is_built_for_the_public_again(planned: Blog) -> None:
    planned.build(drafts=True, future=True)
    planned.build()

    assert "calendar.html" not in planned.tree()


def test_it_follows_the_weeks(planned: Blog) -> None:
    planned.build("2026-11-22T23:59:59+00:00", drafts=True, future=True)
    until = planned.try_build("2026-11-22T23:59:59+00:00", drafts=True, future=True).steady[1]
    report = planned.build("2026-11-23T00:00:00+00:00", drafts=True, future=True)

    assert until == 1795392000  # the Monday
    assert report.written is not None
    assert report.written.made == ("calendar.html",)
    assert weeks(planned.page("calendar.html"))[0].startswith("Week 48")
