"""The default theme: its contrast by day and night, its marks, and what its pages hold."""

from __future__ import annotations

import gzip
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from generator.site.icons import COLOURS, DRAWINGS, ICONS
from tests.conftest import SITE, Blog

THEME = Path(__file__).parents[1] / "themes/default"
CSS = "".join(
    re.sub(r"/\*.*?\*/", "", (THEME / "static" / name).read_text("utf-8"), flags=re.DOTALL)
    for name in ("style.css", "more/pages.css")
)
ON_PAPER = ("ink", "soft", "link", "note", "tip", "important", "warning", "caution")
HEADERS = 200  # bytes of an answer, as hosts send them
READABLE = 4.5  # WCAG 2.2, 1.4.3

Color = tuple[float, float, float]


@cache
def tokens(selector: str) -> dict[str, str]:
    """The custom properties that the rules of a selector set."""
    return tokens_in(CSS, selector)


def tokens_in(css: str, selector: str) -> dict[str, str]:
    """The same of any stylesheet."""
    rules = re.findall(r"(?m)^" + re.escape(selector) + r" \{([^}]*)\}", css)
    assert rules, selector
    return dict(re.findall(r"--([\w-]+): ([^;]+);", "".join(rules)))


def color(name: str, scheme: str, selector: str = ":root") -> Color:
    """A token as red, green and blue from 0 to 1, by day or by night."""
    value = tokens(selector)[name]
    if alias := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return color(alias[1], scheme)
    return parsed_color(value, scheme)


def parsed_color(value: str, scheme: str) -> Color:
    """A colour of CSS in the same way."""
    if pair := re.fullmatch(r"light-dark\((.+), (.+)\)", value):
        value = pair[1 if scheme == "light" else 2]
    digits = value.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2 works it out."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(parts: Color) -> float:
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: Color, other: Color, share: float) -> Color:
    """What color-mix() in sRGB makes of two colours, with so much of the second."""
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(one, other, strict=True))
    return red, green, blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ON_PAPER)
def test_text_can_be_read_on_paper_and_on_its_shade(scheme: str, name: str) -> None:
    for ground in ("paper", "shade"):
        assert contrast(color(name, scheme), color(ground, scheme)) >= READABLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_words_and_the_skip_link_can_be_read(scheme: str) -> None:
    assert contrast(color("ink", scheme), color("highlight", scheme)) >= READABLE
    assert contrast(color("on-link", scheme), color("link", scheme)) >= READABLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tone", COLOURS)
def test_each_tone_can_be_read_on_paper_and_carries_words(scheme: str, tone: str) -> None:
    selector = f".tone-{tone}"
    field, words = color("field", scheme, selector), color("on-field", scheme, selector)
    cut = color("cut", scheme, selector if "cut" in tokens(selector) else ":root")
    share = re.search(r"var\(--cut\) (\d+)%", CSS)
    assert share

    assert contrast(color("tone", scheme, selector), color("paper", scheme)) >= READABLE
    assert contrast(words, field) >= READABLE
    assert contrast(words, mixed(field, cut, int(share[1]) / 100)) >= READABLE


@pytest.mark.parametrize("icon", ICONS)
def test_each_icon_is_drawn_within_its_grid(icon: str) -> None:
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", DRAWINGS[icon])]
    assert all(-24 <= number <= 24 for number in numbers)


def test_a_letter_wears_the_icon_and_colour_of_the_trait_that_it_names_first(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[courage, listening]")
    blog.build()

    page = blog.page("2026/one/")
    assert f'<body class="tone-{COLOURS[1]}">' in page
    assert f'<symbol id="m-{ICONS[1]}"' in page
    assert page.index(f'href="#m-{ICONS[1]}"') < page.index(f'href="#m-{ICONS[0]}"')


def test_a_trait_may_name_its_icon_and_colour(blog: Blog) -> None:
    blog.write(
        "content/traits/courage.md", "---\ntitle: Dare\nicon: stairs\ncolour: slate\n---\nI dare.\n"
    )
    blog.post("2026-11-10-one", tags="[dare]")
    blog.build()

    page = blog.page("2026/one/")
    assert '<body class="tone-slate">' in page
    assert 'href="#m-stairs"' in page


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("icon: stars", "there is no icon 'stars'. Did you mean 'stairs'?"),
        ("colour: pulm", "there is no colour 'pulm'. Did you mean 'plum'?"),
    ],
)
def test_an_unknown_icon_or_colour_is_an_error_with_a_suggestion(
    blog: Blog, line: str, printed: str
) -> None:
    blog.write("content/traits/courage.md", f"---\ntitle: Dare\n{line}\n---\nI dare.\n")

    at = f"content/traits/courage.md:3:{line.index(' ') + 2}"
    assert blog.problems() == [f"{at}: {printed}"]


def test_a_blog_of_another_traits_count_and_order_gets_icons_all_the_same(blog: Blog) -> None:
    for place in range(30):
        blog.write(f"content/traits/t{place:02}.md", f"---\ntitle: T{place}\norder: {place}\n---\n")
    blog.post("2026-11-10-one", tags="[T29]")

    blog.build()
    assert '<body class="tone-' in blog.page("2026/one/")


def test_the_menu_says_on_which_page_the_reader_is(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()

    assert '<a href="/blog/archive/" aria-current="page">' in blog.page("archive/")
    assert "aria-current" not in blog.page("2026/one/")


def test_the_calendar_shows_weeks_without_a_letter_between_the_first_and_the_newest(
    blog: Blog,
) -> None:
    blog.post("2026-10-27-one")
    blog.post("2026-11-10-two")
    blog.build()

    archive = blog.page("archive/")
    assert "Week 44: One (Listen and learn)" in archive
    assert '<li aria-hidden="true"><span class="no-letter"></span></li>' in archive
    assert "Week 45" not in archive  # a week without a letter is nobody's business
    assert "Week 46: Two (Listen and learn)" in archive
    assert "Week 43" not in archive
    assert "Week 47" not in archive


def test_a_week_whose_letter_has_no_trait_can_be_seen(blog: Blog) -> None:
    blog.set('posts_without_trait = "allow"\n')
    blog.post("2026-11-10-one", tags="[]")
    blog.build()

    assert re.search(
        r'<a href="/blog/2026/one/"><span class="tile tone-slate"></span>', blog.page("")
    )


def test_a_week_with_several_letters_shows_each_and_leads_to_where_they_are_listed(
    blog: Blog,
) -> None:
    blog.post("2026-11-09-one")
    blog.post("2026-11-10-two", tags="[courage]")
    blog.build()

    link = re.search(r'<a class="several" href="([^"]+)">(.*?)</a>', blog.page("archive/"))
    assert link
    assert link[1] == "/blog/2026/#w-2026-46"
    assert re.findall(r"#m-(\w+)", link[2]) == [ICONS[0], ICONS[1]]
    assert "Week 46: Two (Have an opinion); One (Listen and learn)<" in link[2]
    listed = blog.page("2026/").partition('id="w-2026-46"')[2]
    assert listed.index("/2026/two/") < listed.index("/2026/one/")


def test_a_week_that_the_years_cut_in_two_leads_to_the_whole_archive(blog: Blog) -> None:
    blog.post("2025-12-30-last")
    blog.post("2026-01-01-first")
    blog.build()

    assert '<a class="several" href="/blog/archive/">' in blog.page("2026/")
    assert not re.findall(r' id="w-20[^"]*"', blog.page("archive/"))


def test_a_week_at_new_year_stands_in_the_year_of_its_thursday(blog: Blog) -> None:
    blog.post("2025-12-30-last")
    blog.post("2026-01-06-first")
    blog.build()

    assert "Week 1: Last" in blog.page("2026/")
    assert "Week 1: Last" not in blog.page("2025/")


def test_the_home_page_counts_what_the_last_twelve_weeks_were_about(blog: Blog) -> None:
    blog.post("2026-08-01-long-ago", tags="[courage]")
    for day in ("2026-09-15", "2026-10-20", "2026-11-17"):
        blog.post(f"{day}-letter-{day}")
    blog.build()

    home = blog.page("")
    assert "3 letters in the last 12 weeks" in home
    assert "Week 31:" not in home


def test_an_authors_page_counts_letters_and_words(blog: Blog) -> None:
    blog.post("2026-11-03-one", "One two three.\n")
    blog.post("2026-11-10-two", "Four five.\n")
    blog.build()

    page = blog.page("authors/ada/")
    assert "<dd>2</dd>" in page
    assert "<dd>5</dd>" in page
    assert "3 Nov 2026" in page


def test_the_home_page_is_light(repository: Path, tmp_path: Path) -> None:
    blog = Blog(tmp_path / "blog")
    shutil.copytree(repository / "content", blog.folder / "content")
    blog.build()
    page = blog.page("")
    styles = re.findall(r'rel="stylesheet" href="/letters/([^"]+)"', page)
    files = ["index.html", *styles]

    sent = sum(len(gzip.compress((blog.folder / "output" / name).read_bytes())) for name in files)
    assert len(files) <= 3
    assert sent + HEADERS * len(files) <= 8_192, "make style.css or home.html shorter"


def test_what_needs_more_than_paragraphs_brings_its_styles_to_the_home_page(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + "\n[home]\nfull_newest = false\n")
    blog.post("2026-11-10-one", "Hello.\n\n<!-- more -->\n\n> [!NOTE]\n> More.\n")
    blog.build()
    assert "more/pages" not in blog.page("")

    blog.post("2026-11-10-one", "> [!NOTE]\n> More.\n\n<!-- more -->\n\nHello.\n")
    blog.build()
    assert "more/pages" in blog.page("")


def test_no_rule_says_left_or_right() -> None:
    rules = re.sub(r"\.align-\w+", "", CSS)

    assert not re.search(r"\b(left|right)\b|(?<!-)\b(width|height):", rules)
