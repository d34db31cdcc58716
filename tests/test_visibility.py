"""Drafts and scheduled posts reach no byte of the output; every file is accounted for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.model import PostState
from generator.problems import Severity
from tests.conftest import SITE, Blog, png

SENTINEL = "zyxwv"


def plant(blog: Blog, name: str, **head: str) -> None:
    """A post with the sentinel in every place that could show it."""
    blog.write(f"content/posts/{name}/{SENTINEL}.png", png())
    blog.post(
        f"{name}/index",
        f"{SENTINEL} [it](../2026-11-10-seen.md) ![{SENTINEL}]({SENTINEL}.png)\n\n## {SENTINEL}\n",
        **{
            "title": SENTINEL,
            "tags": f"[listening, Budget, {SENTINEL}]",
            "summary": SENTINEL,
            "id": SENTINEL,
            "slug": SENTINEL,
            "aliases": f"[/{SENTINEL}-old/]",
            "image": f"{SENTINEL}.png",
            "image_alt": SENTINEL,
            "authors": f"[{SENTINEL}]",
            "extra": f"{{note: {SENTINEL}}}",
        }
        | head,
    )


def leaks(blog: Blog) -> list[str]:
    return [
        path for path, data in blog.tree().items() if SENTINEL in path or SENTINEL.encode() in data
    ]


@pytest.fixture
def planted(blog: Blog) -> Blog:
    blog.set('unknown_tags = "allow"\nunknown_authors = "allow"\n')
    blog.post("2026-11-03-first")
    blog.post("2026-11-10-seen")
    plant(blog, "2026-11-11-draft", draft="true")
    held = {"id": "other", "slug": f"{SENTINEL}-held", "aliases": "[/other/]"}
    plant(blog, "2026-11-24-held", **held)
    blog.write("content/pages/unseen.md", f"---\ntitle: {SENTINEL}\ndraft: true\n---\n{SENTINEL}\n")
    return blog


def test_an_unpublished_post_reaches_no_byte_of_the_output(planted: Blog) -> None:
    planted.build()

    assert leaks(planted) == []


def test_the_sentinel_is_found_when_it_is_published(planted: Blog) -> None:
    planted.build(drafts=True)

    found = leaks(planted)
    assert f"2026/{SENTINEL}/index.html" in found
    assert "index.html" in found
    assert "traits/listen/index.html" in found


def test_a_draft_leaves_no_trace_in_neighbours_and_counts(planted: Blog) -> None:
    planted.build()
    with_unseen = dict(planted.tree())
    for name in ("2026-11-11-draft", "2026-11-24-held"):
        (planted.folder / f"content/posts/{name}/index.md").unlink()
        (planted.folder / f"content/posts/{name}/{SENTINEL}.png").unlink()
    (planted.folder / "content/pages/unseen.md").unlink()
    planted.build()

    assert planted.tree() == with_unseen


def test_every_file_is_accounted_for_with_its_reason(planted: Blog) -> None:
    report = planted.build()

    assert report.account is not None
    assert report.account.sources == 5
    assert report.account.published == 2
    assert [(item.source, item.state, item.reason) for item in report.account.withheld] == [
        (
            "content/posts/2026-11-11-draft/index.md",
            PostState.DRAFT,
            "a draft, as its front matter says",
        ),
        (
            "content/posts/2026-11-24-held/index.md",
            PostState.SCHEDULED,
            "scheduled for Tue 24 Nov 00:00 Europe/London",
        ),
        ("content/pages/unseen.md", PostState.DRAFT, "a draft, as its front matter says"),
    ]


def test_a_file_with_errors_is_counted_and_keeps_the_site_as_it_was(planted: Blog) -> None:
    planted.build()
    before = dict(planted.tree())
    planted.write("content/posts/2026-11-20-broken.md", "no fence\n")
    report = planted.try_build()

    assert report.account is not None
    assert report.account.with_errors == 1
    assert report.account.sources == 6
    assert report.written is None
    assert planted.tree() == before


def test_a_scheduled_post_appears_at_its_time(blog: Blog) -> None:
    blog.post("2026-11-24-later", date="2026-11-24 09:00")
    blog.build("2026-11-24T08:59:59+00:00")
    assert "2026/later/index.html" not in blog.tree()

    blog.build("2026-11-24T09:00:00+00:00")
    assert "2026/later/index.html" in blog.tree()


def test_a_post_scheduled_for_another_year_shows_the_year(blog: Blog) -> None:
    blog.post("2027-01-05-later")

    account = blog.build().account
    assert account is not None
    assert account.withheld[0].reason == "scheduled for Tue 5 Jan 2027 00:00 Europe/London"


def test_a_preview_marks_what_readers_cannot_see(planted: Blog) -> None:
    planted.build(drafts=True, future=True)
    draft, held = planted.page(f"2026/{SENTINEL}/"), planted.page("index.html")

    assert '<meta name="robots" content="noindex' in draft
    assert "Draft" in draft
    assert "Not published yet" in held
    assert "noindex" in planted.page("archive/")
    assert "Disallow: /" in planted.page("robots.txt")


def test_a_preview_keeps_unpublished_posts_out_of_feeds(planted: Blog) -> None:
    planted.build(drafts=True, future=True)

    assert [path for path in leaks(planted) if path.endswith((".xml", ".json"))] == []


def test_a_scheduled_post_that_will_clash_is_an_error_today(blog: Blog) -> None:
    blog.post("2026-11-10-same")
    blog.post("2026-11-24-same")

    assert blog.problems() == [
        "content/posts/2026-11-24-same.md: on its day this post would be at /2026/same/, "
        "where content/posts/2026-11-10-same.md is. Give it another slug."
    ]


def test_a_link_to_a_scheduled_post_is_an_error_with_its_line(blog: Blog) -> None:
    blog.post("2026-11-24-later")
    blog.post("2026-11-10-early", "One.\n\nSee [next](2026-11-24-later.md).\n")

    assert blog.problems() == [
        "content/posts/2026-11-10-early.md:7:12: '2026-11-24-later.md' leads to a post that "
        "readers can't see yet. Remove the link until that post is published."
    ]


def test_a_scheduled_post_may_link_to_one_that_appears_before_it(blog: Blog) -> None:
    blog.post("2026-11-24-later")
    blog.post("2026-12-01-latest", "[before](2026-11-24-later.md)\n")

    assert blog.problems() == []


def test_in_a_preview_unpublished_posts_may_link_to_what_is_shown_there(blog: Blog) -> None:
    blog.post("2026-11-17-draft", "[x](2026-12-01-later.md) [y](2026-11-18-other.md)", draft="true")
    blog.post("2026-11-18-other", draft="true")
    blog.post("2026-11-24-held", "[x](2026-12-01-later.md) [y](2026-11-18-other.md)\n")
    blog.post("2026-12-01-later")
    blog.post("2026-11-10-seen")

    assert blog.problems(drafts=True, future=True) == []
    assert blog.page("2026/held/").count("/blog/2026/later/") > 0
    assert len(blog.problems(drafts=True)) == 2  # the letter of December can't be seen there
    assert len(blog.problems()) == 4

    blog.post("2026-11-10-seen", "[y](2026-11-18-other.md)\n")
    assert len(blog.problems(drafts=True, future=True)) == 1


def test_an_error_in_a_draft_is_a_warning_and_stops_nothing(blog: Blog) -> None:
    blog.post("2026-11-10-unfinished", "[x](nowhere.md)\n", draft="true", tags="[listning]")

    assert blog.problems() == [
        "content/posts/2026-11-10-unfinished.md:3:8: warning: the tag 'listning' belongs to no "
        "trait and no topic. Did you mean 'listening'?",
        "content/posts/2026-11-10-unfinished.md:6:5: warning: the link 'nowhere.md' leads to no "
        "file. Write the other file's path, relative to this file.",
    ]
    assert not blog.try_build().failed


def test_a_note_about_a_draft_stays_a_note(blog: Blog) -> None:
    blog.set('broken_links = "note"\n')
    blog.post("2026-11-10-unfinished", "[x](nowhere.md)\n", draft="true")

    (line,) = blog.problems()
    assert line.startswith(
        "content/posts/2026-11-10-unfinished.md:6:5: note: the link 'nowhere.md'"
    )


@pytest.mark.parametrize(
    ("status", "reason"), [("idea", "an idea"), ("planned", "planned"), ("draft", "a draft")]
)
def test_only_a_post_that_is_ready_appears_on_its_date(
    blog: Blog, status: str, reason: str
) -> None:
    blog.post("2026-11-10-seen", status="ready")
    plant(blog, "2026-11-11-unready", status=status, tags="[listening]", authors="[ada]")
    report = blog.build()

    assert leaks(blog) == []
    assert report.account is not None
    assert [item.reason for item in report.account.withheld] == [
        f"{reason}, as its front matter says"
    ]


def let_sign(blog: Blog, more: str = "") -> None:
    """Require approval, in a blog of two people."""
    person = '\n[[authors]]\nid = "bronagh"\nname = "Bronagh Lacey"\n'
    blog.write("content/site.toml", f"require_approval = true\n{more}{SITE}{person}")


UNSIGNED = {
    "no": "'no' is no author's id in site.toml",
    "false": "'false' is no author's id in site.toml",
    "pending": "'pending' is no author's id in site.toml",
    "TBC": "'TBC' is no author's id in site.toml",
    "nobody": "'nobody' is no author's id in site.toml",
    "not yet": "'not yet' is no author's id in site.toml",
    "not bronagh": "'not bronagh' is no author's id in site.toml",
    "Bronagh Lacey": "'Bronagh Lacey' is no author's id in site.toml",
    "ada": "'ada' has written it",
    "'bronagh, ada'": "'bronagh, ada' is no author's id in site.toml",
}


@pytest.mark.parametrize("signature", UNSIGNED)
def test_only_another_author_s_id_is_a_signature(signature: str, blog: Blog) -> None:
    """Issue 12, line 4."""
    let_sign(blog)
    blog.post("2026-11-10-due", approved_by=signature)
    (problem,) = blog.build().problems

    assert str(problem).startswith(
        "content/posts/2026-11-10-due.md:4:14: warning: the post is not approved, "
        f"since {UNSIGNED[signature]}. "
    )
    assert problem.hint.endswith("approved_by: bronagh.")
    assert "2026/due/index.html" not in blog.tree()


def test_a_signature_of_a_day_to_come_is_none_yet(blog: Blog) -> None:
    let_sign(blog)
    blog.post("2026-11-10-due", approved_by="bronagh 2026-11-23")
    before = blog.build()

    assert [problem.message for problem in before.problems] == [
        "the day of the approval, 2026-11-23, is still to come"
    ]
    assert "2026/due/index.html" not in blog.tree()
    assert before.steady is not None
    assert before.steady[1] == datetime(2026, 11, 23, tzinfo=UTC).timestamp()
    assert blog.build("2026-11-23T00:00:00+00:00").problems == ()
    assert "2026/due/index.html" in blog.tree()


def test_an_author_may_sign_if_the_blog_allows_it(blog: Blog) -> None:
    let_sign(blog, "approve_own_posts = true\n")
    blog.post("2026-11-10-due", approved_by="ada", authors="[ada, bronagh]")

    assert blog.build().problems == ()
    assert "2026/due/index.html" in blog.tree()


def test_who_is_alone_is_told_how_a_post_can_be_approved(blog: Blog) -> None:
    blog.set("require_approval = true\n")
    blog.post("2026-11-10-due", approved_by="ada")

    assert [problem.hint for problem in blog.build().problems] == [
        "Add an [[authors]] table in site.toml for whoever approves it, "
        "or set approve_own_posts = true."
    ]


def test_a_post_without_approval_waits_and_is_reported(blog: Blog) -> None:
    let_sign(blog)
    blog.post("2026-11-10-seen", approved_by="bronagh")
    plant(blog, "2026-11-11-due", tags="[listening]", authors="[ada]")
    plant(
        blog, "2026-11-24-held", tags="[listening]", authors="[ada]", slug="x", id="x", aliases=""
    )
    report = blog.build()

    assert leaks(blog) == []
    assert [str(problem) for problem in report.problems] == [
        f"content/posts/{name}/index.md: warning: the post is ready but not approved. "
        "Whoever approves it adds a line: approved_by: bronagh."
        for name in ("2026-11-11-due", "2026-11-24-held")
    ]
    assert report.account is not None
    assert [(item.state, item.reason) for item in report.account.withheld] == [
        (PostState.READY, "waiting for approval"),
        (
            PostState.READY,
            "scheduled for Tue 24 Nov 00:00 Europe/London, and waiting for approval",
        ),
    ]


def test_a_draft_needs_no_approval_yet(blog: Blog) -> None:
    blog.set("require_approval = true\n")
    blog.post("2026-11-10-draft", draft="true")

    assert blog.problems() == []


def test_posts_from_before_the_rule_stay_published(blog: Blog) -> None:
    blog.set("require_approval = true\napproval_since = 2026-11-10\n")
    blog.post("2026-11-09-before")
    blog.post("2026-11-10-after")
    report = blog.build()

    assert report.account is not None
    assert [item.source for item in report.account.withheld] == [
        "content/posts/2026-11-10-after.md"
    ]


def test_approval_releases_a_post(blog: Blog) -> None:
    let_sign(blog)
    blog.post("2026-11-10-due")
    blog.build()
    blog.post("2026-11-10-due", approved_by="bronagh 2026-11-09")
    blog.build()

    assert "2026/due/index.html" in blog.tree()


def test_a_post_without_words_is_reported_once_it_is_ready(blog: Blog) -> None:
    blog.post("2026-09-01-one", "\n")
    blog.post("2026-09-08-two", "\n", draft="true")
    blog.post("2026-09-15-three", "\N{PARTY POPPER}\n")

    assert blog.problems() == [
        "content/posts/2026-09-01-one.md: warning: the post has no text. "
        "Write it below the second line of hyphens, or write `draft: true` above it."
    ]


def test_a_day_of_another_tool_holds_a_post_back_until_it_has_come(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + '\n[front_matter]\nunknown_keys = "allow"\n')
    blog.post("2026-11-10-later", publishDate="2026-12-01")
    before = blog.try_build("2026-11-30T12:00:00+00:00")

    assert before.failed
    assert [str(problem) for problem in before.problems] == [
        "content/posts/2026-11-10-later.md:4:1: 'publishDate' hides this file in other tools until "
        "2026-12-01. Write date: 2026-12-01 to publish it then, or draft: true; "
        "delete 'publishDate'."
    ]
    assert "2026/later/index.html" not in blog.tree()
    blog.build("2026-12-01T12:00:00+00:00")

    assert "2026/later/index.html" in blog.tree()


def test_a_day_of_another_tool_that_is_also_ours_is_no_problem(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + '\n[front_matter]\nunknown_keys = "allow"\n')
    blog.post("2026-12-01-later", publishDate="2026-12-01")

    assert blog.problems() == []


def test_a_trait_with_a_day_to_come_is_held_back(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + '\n[front_matter]\nunknown_keys = "allow"\n')
    trait = blog.folder / "content/traits/listen.md"
    trait.write_text(trait.read_text().replace("---\n", "---\npublishDate: 2026-12-01\n", 1))

    assert blog.problems() == [
        "content/traits/listen.md:2:1: 'publishDate' hides this file in other tools until "
        "2026-12-01. Move the file out of this folder, or delete 'publishDate'."
    ]
    assert blog.problems(now="2026-12-01T12:00:00+00:00") == []


def test_a_post_that_has_expired_elsewhere_is_held_back(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + '\n[front_matter]\nunknown_keys = "allow"\n')
    blog.post("2026-11-10-gone", expiryDate="2026-11-20")
    blog.write("content/pages/gone.md", "---\ntitle: Gone\nexpires: 2026-11-20\n---\nText\n")
    built = blog.build("2026-11-19T12:00:00+00:00")

    assert "2026/gone/index.html" in blog.tree()
    assert built.steady is not None
    assert built.steady[1] == datetime(2026, 11, 20, tzinfo=UTC).timestamp()
    assert [str(problem) for problem in blog.try_build("2026-11-20T12:00:00+00:00").problems] == [
        "content/pages/gone.md:3:1: 'expires' hides this file in other tools since 2026-11-20. "
        "Write draft: true, and delete 'expires'.",
        "content/posts/2026-11-10-gone.md:4:1: 'expiryDate' hides this file in other tools since "
        "2026-11-20. Write draft: true, and delete 'expiryDate'.",
    ]


HALF_WRITTEN = {
    "date: to be decided": "'to be decided' is not a date",
    "week: soon": "'soon' is not a week",
    "updated: yesterday": "'yesterday' is not a date",
    "aliases: [https://example.org/x]": "is not an address on this site",
    "colour: blue": "unknown key 'colour'",
    "slug: ../up": "can't be part of an address",
    "id: a b": "can't be part of a feed id",
    "tags: one, two": "'tags' must be a list",
    "language: Welsh!": "is not a language tag",
    "series: '!'": "no address can be made from the series",
    "series_order: first": "must be a whole number",
    "image: https://example.org/a.png": "is not a file of this blog",
    "title:": "the title is missing",
    "published: false": "hides this file in other tools",
    "summary: one: two": "contains a colon",
    "summary: 'open": "is not closed",
}


@pytest.mark.parametrize("status", ["draft: true", "status: idea"])
@pytest.mark.parametrize("line", HALF_WRITTEN)
def test_an_error_in_the_head_of_a_draft_stops_nothing(line: str, status: str, blog: Blog) -> None:
    """Issue 12, line 26."""
    title = "" if line.startswith("title") else "title: Half written\n"
    blog.post("2026-11-10-out")
    blog.write("content/posts/half.md", f"---\n{title}{status}\n{line}\n---\nText.\n")
    blog.write("content/pages/half.md", "---\ndraft: true\nup: 1\n---\nText.\n")
    report = blog.build()
    found = [problem for problem in report.problems if problem.at.path == "content/posts/half.md"]

    assert any(HALF_WRITTEN[line] in problem.message for problem in found)
    assert {problem.severity for problem in found} == {Severity.WARNING}
    assert report.account is not None
    assert (report.account.published, report.account.drafts) == (1, 2)
    assert leaks_of("half", blog) == []
    shown = blog.try_build(drafts=True, future=True).problems
    assert {problem.code for problem in shown if problem.severity is Severity.ERROR} <= {"no-trait"}


def test_a_draft_s_clash_with_a_published_post_is_the_draft_s(blog: Blog) -> None:
    blog.post("2026-11-10-a", series="'C++'", draft="true", id="one", aliases="[/old/]")
    blog.post("2026-11-11-b", series="'C#'", id="one", aliases="[/old/]")

    assert {(found.at.path, found.code, found.severity) for found in blog.build().problems} == {
        ("content/posts/2026-11-10-a.md", "same-url", Severity.WARNING),
        ("content/posts/2026-11-10-a.md", "same-id", Severity.WARNING),
    }


def leaks_of(name: str, blog: Blog) -> list[str]:
    return [path for path in blog.tree() if name in path]


@pytest.mark.parametrize(
    "head",
    [
        "draft: true\nstatus: published\ndate: 2026-11-10\n",
        "draft: true\ndraft: false\ndate: 2026-11-10\n",
        "draft: maybe\ndate: 2026-11-10\n",
        "status: finnished\ndate: 2026-11-10\n",
        "draft: false\nsummary: one: two\n",
        "draft: true\nstatus: ready\nsummary: one: two\n",
        "summary: one: two\n",
    ],
)
def test_a_file_that_may_not_be_a_draft_is_an_error(head: str, blog: Blog) -> None:
    blog.write("content/posts/half.md", f"---\ntitle: Half\n{head}---\nText.\n")

    assert blog.try_build().failed


def test_a_draft_without_a_date_is_shown_in_a_preview_and_takes_no_week(blog: Blog) -> None:
    blog.write("content/posts/half.md", "---\ntitle: Half\ndraft: true\ntags: [risk]\n---\nText.\n")
    blog.build(drafts=True, future=True)

    assert "16 November 2026" in blog.page("2026/half/")
