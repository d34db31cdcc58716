"""Cards for shared links: what they show, of which titles, and when they are drawn."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from generator.images import social
from generator.images.colours import PALETTES
from generator.images.font_coverage import FILES, drawable
from generator.images.icon_shapes import covered, outlines
from generator.images.social import card
from generator.site.icons import COLOURS, DRAWINGS
from generator.views import CardView
from tests.conftest import Blog, png

CARD = "2026/one/social-card.png"
HOSTILE = (
    "I",
    "W" * 300,
    "A word " * 80,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Ελληνικά, Українська, Žluťoučký, Tiếng Việt",
    "a​b 🎉 <b>&amp;</b>",
)


def view(title: str, colour: str = "blue", icon: str = "ear") -> CardView:
    return CardView(drawable(title), "Listen", "Ada Marsh", "Letters", DRAWINGS[icon], colour)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def colours(data: bytes) -> set[tuple[int, ...]]:
    return {colour for _, colour in opened(data).getcolors(1000) or ()}


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_any_title_stays_within_the_card(title: str) -> None:
    data = card(view(title)._replace(icon=""))
    image = opened(data)
    field = image.getpixel((0, 0))

    assert image.size == (1200, 630)
    assert len(data) <= 40_000
    for box in ((0, 0, 1200, 60), (0, 0, 70, 630), (1130, 0, 1200, 630), (0, 600, 1200, 630)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), field)]


def test_a_title_that_never_fits_ends_with_an_ellipsis() -> None:
    setting = social._set("A word " * 80)

    assert setting.lines[-1].endswith("…")
    assert setting.size == min(social._TITLE_SIZES)


def test_the_lines_of_a_title_are_of_like_length() -> None:
    assert social._set("Ten to four on a Friday").lines == ("Ten to four", "on a Friday")


@pytest.mark.parametrize("icon", DRAWINGS)
def test_a_card_shows_field_words_and_mark(icon: str) -> None:
    assert {(39, 64, 184), (255, 255, 255), (33, 54, 155)} <= colours(card(view("Hi", icon=icon)))
    assert covered(DRAWINGS[icon], 24).getextrema() == (0, 255)


def test_holes_of_a_mark_stay_open() -> None:
    table = covered(DRAWINGS["ear"], 240)

    assert table.getpixel((120, 120)) == 255
    assert table.getpixel((120, 60)) == 0
    assert table.getpixel((120, 20)) == 255


def test_a_path_begins_and_ends_where_it_says() -> None:
    assert list(outlines("M0 24v-8h8V8H12z")) == [[(0, 24), (0, 16), (8, 16), (8, 8), (12, 8)]]
    (circle,) = outlines("M12 0A12 12 0 1 1 0 12z")
    assert circle[-1] == pytest.approx((0, 12), abs=1e-9)
    assert max(x for x, _ in circle) == pytest.approx(24, abs=0.1)


@pytest.mark.parametrize("colour", COLOURS)
def test_cards_have_the_colours_of_the_theme(colour: str, repository: Path) -> None:
    style = (repository / "themes/default/static/style.css").read_text(encoding="utf-8")
    found = re.search(
        rf"\.tone-{colour} {{ .*--field: light-dark\((#\w+), .*--on-field: (#\w+)", style
    )
    assert found

    assert PALETTES[colour].field == found[1]
    assert PALETTES[colour].words in (found[2], found[2] + found[2][1:])


def test_the_same_card_has_the_same_bytes() -> None:
    assert card(view("Hello")) == card(view("Hello"))


def test_the_font_has_every_letter_that_is_promised() -> None:
    """The table in `glyphs.py` against the files in the theme."""
    for letter, file in FILES.items():
        if letter.strip():
            font = social._font(file, 40)
            assert bytes(font.getmask(letter)) != bytes(font.getmask("\U0010ffff")), letter


@pytest.mark.parametrize("text", ["日本", "שלום", "مرحبا", "हिन्दी", "Ѡ"])
def test_letters_that_the_font_lacks_are_known(text: str) -> None:
    assert drawable(f"Hello {text}") == ""


def test_signs_that_are_no_letters_are_left_out() -> None:
    assert drawable("Hello 🎉 all​ of you") == "Hello all of you"


def test_a_post_without_a_image_has_a_card(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    page = LexborHTMLParser(blog.page("2026/one/"))
    told = {
        node.attributes.get("property"): node.attributes.get("content")
        for node in page.css("meta[property]")
    }

    assert told["og:image"] == f"https://example.org/blog/{CARD}"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "One"
    assert opened(blog.tree()[CARD]).size == (1200, 630)


def test_other_pages_show_the_card_of_the_site(blog: Blog) -> None:
    blog.build()

    assert "social-card.png" in blog.tree()
    assert 'content="https://example.org/blog/social-card.png"' in blog.page("archive/")


def test_an_image_of_its_own_stands_for_a_post(blog: Blog) -> None:
    blog.write("content/posts/view.png", png())
    blog.write("content/posts/map.svg", "<svg></svg>")
    blog.post("2026-11-10-one", image="view.png", image_alt="A view")
    blog.post("2026-11-03-two", image="map.svg", image_alt="A map")  # which no chat shows
    blog.build()

    assert CARD not in blog.tree()
    assert 'content="https://example.org/blog/media/posts/view.png"' in blog.page("2026/one/")
    assert 'content="https://example.org/blog/2026/two/social-card.png"' in blog.page("2026/two/")


def test_cards_can_be_switched_off(blog: Blog) -> None:
    blog.write("content/site.toml", (blog.folder / "content/site.toml").read_text() + OFF)
    blog.post("2026-11-10-one", title="日本")

    assert blog.problems() == []
    assert [path for path in blog.tree() if "card" in path] == []
    assert "og:image" not in blog.page("2026/one/")


OFF = "[images]\ncards = false\n"


def test_a_card_is_drawn_anew_only_for_what_it_shows(blog: Blog) -> None:
    blog.post("2026-11-10-one", "Hello.\n")
    blog.build()
    blog.post("2026-11-10-one", "Hello again.\n", summary="New.")
    assert CARD not in blog.build().reasons
    blog.post("2026-11-10-one", "Hello again.\n", title="New")
    assert CARD in blog.build().reasons
    blog.post("2026-11-10-one", "Hello again.\n", title="New", tags="[courage]")
    assert CARD in blog.build().reasons


def test_a_title_without_letters_for_it_is_told(blog: Blog) -> None:
    blog.post("2026-11-10-one", title="日本")

    assert blog.problems() == [
        "content/posts/2026-11-10-one.md: warning: the font of the cards for shared links"
        " can't show '日本'. The card shows the icon only. An image for the post would say more."
    ]
    assert opened(blog.tree()[CARD]).size == (1200, 630)


def test_of_a_blog_in_another_script_it_is_told_once(blog: Blog) -> None:
    site = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", site.replace("Letters", "日本"))
    blog.post("2026-11-10-one", title="日本")
    blog.post("2026-11-03-two", title="日本")

    assert blog.problems() == [
        "content/site.toml:1:1: warning: the font of the cards for shared links can't show "
        "'日本'. The cards show icons only. To switch them off: cards = false in [images]."
    ]


def corner(blog: Blog) -> object:
    return opened((blog.folder / "output" / CARD).read_bytes()).getpixel((0, 0))


def test_a_theme_says_which_colours_its_cards_have_and_only_cards_are_made_again(
    blog: Blog,
) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    assert corner(blog) == (0x27, 0x40, 0xB8)

    blog.write("templates/cards.toml", '[blue]\nfield = "#123456"\n[plain]\nwords = "#fed"\n')
    report = blog.build()
    assert corner(blog) == (0x12, 0x34, 0x56)
    assert sorted(report.reasons) == [CARD, "social-card.png"]
    assert "template cards.toml" in str(report.reasons[CARD])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[blau]\n", "there is no colour 'blau'. Did you mean 'blue'?"),
        ("[blue]\nfeild = '#123'\n", "unknown key 'feild' in [blue]. Did you mean 'field'?"),
        ("[blue]\nfield = 'navy'\n", "'field' in [blue] is not a colour. Write it as \"#17704a\"."),
    ],
)
def test_a_mistake_in_the_colours_of_cards_is_told(blog: Blog, text: str, told: str) -> None:
    blog.post("2026-11-10-one")
    blog.write("templates/cards.toml", text)

    assert blog.problems() == [f"templates/cards.toml: {told}"]
