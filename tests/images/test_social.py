"""Social images: what they show, and when they are drawn."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from generator.images import social
from generator.images.font_coverage import drawable
from generator.images.icon_shapes import covered
from generator.images.social import social_image
from generator.site.icons import DRAWINGS
from generator.views import SocialImageView
from tests.conftest import Blog, png

SOCIAL_IMAGE = "2026/one/social-card.png"
HOSTILE = (
    "I",
    "W" * 300,
    "A word " * 80,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Ελληνικά, Українська, Žluťoučký, Tiếng Việt",
    "a​b 🎉 <b>&amp;</b>",
)


def view(title: str, colour: str = "blue", icon: str = "ear") -> SocialImageView:
    shown = drawable(title), "Listen", "Ada Marsh", "Letters", DRAWINGS[icon], colour
    return SocialImageView(*shown)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def colours(data: bytes) -> set[tuple[int, ...]]:
    return {colour for _, colour in opened(data).getcolors(1000) or ()}


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_any_title_stays_within_the_social_image(title: str) -> None:
    data = social_image(view(title)._replace(icon=""))
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


def test_the_lines_of_a_title_are_of_similar_length() -> None:
    assert social._set("Ten to four on a Friday").lines == ("Ten to four", "on a Friday")


@pytest.mark.parametrize("icon", DRAWINGS)
def test_a_social_image_shows_field_text_and_icon(icon: str) -> None:
    assert {(39, 64, 184), (255, 255, 255), (33, 54, 155)} <= colours(
        social_image(view("Hi", icon=icon))
    )
    assert covered(DRAWINGS[icon], 24).getextrema() == (0, 255)


def test_the_same_social_image_has_the_same_bytes() -> None:
    assert social_image(view("Hello")) == social_image(view("Hello"))


def test_a_post_without_an_image_has_a_social_image(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    page = LexborHTMLParser(blog.page("2026/one/"))
    metadata = {
        node.attributes.get("property"): node.attributes.get("content")
        for node in page.css("meta[property]")
    }

    assert metadata["og:image"] == f"https://example.org/blog/{SOCIAL_IMAGE}"
    assert (metadata["og:image:width"], metadata["og:image:height"]) == ("1200", "630")
    assert metadata["og:image:alt"] == "One"
    assert opened(blog.tree()[SOCIAL_IMAGE]).size == (1200, 630)


def test_other_pages_show_the_social_image_of_the_site(blog: Blog) -> None:
    blog.build()

    assert "social-card.png" in blog.tree()
    assert 'content="https://example.org/blog/social-card.png"' in blog.page("archive/")


def test_the_image_of_a_post_replaces_its_social_image(blog: Blog) -> None:
    blog.write("content/posts/view.png", png())
    blog.write("content/posts/map.svg", "<svg></svg>")
    blog.post("2026-11-10-one", image="view.png", image_alt="A view")
    blog.post("2026-11-03-two", image="map.svg", image_alt="A map")  # which no chat shows
    blog.build()

    assert SOCIAL_IMAGE not in blog.tree()
    assert 'content="https://example.org/blog/media/posts/view.png"' in blog.page("2026/one/")
    assert 'content="https://example.org/blog/2026/two/social-card.png"' in blog.page("2026/two/")


def test_social_images_can_be_switched_off(blog: Blog) -> None:
    blog.write("content/site.toml", (blog.folder / "content/site.toml").read_text() + OFF)
    blog.post("2026-11-10-one", title="日本")

    assert blog.problems() == []
    assert [path for path in blog.tree() if "card" in path] == []
    assert "og:image" not in blog.page("2026/one/")


OFF = "[images]\nsocial = false\n"


def test_a_social_image_is_drawn_again_only_if_what_it_shows_changes(blog: Blog) -> None:
    blog.post("2026-11-10-one", "Hello.\n")
    blog.build()
    blog.post("2026-11-10-one", "Hello again.\n", summary="New.")
    assert SOCIAL_IMAGE not in blog.build().reasons
    blog.post("2026-11-10-one", "Hello again.\n", title="New")
    assert SOCIAL_IMAGE in blog.build().reasons
    blog.post("2026-11-10-one", "Hello again.\n", title="New", tags="[courage]")
    assert SOCIAL_IMAGE in blog.build().reasons


def corner(blog: Blog) -> object:
    return opened((blog.folder / "output" / SOCIAL_IMAGE).read_bytes()).getpixel((0, 0))


def test_a_theme_sets_the_colours_and_only_social_images_are_drawn_again(
    blog: Blog,
) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    assert corner(blog) == (0x27, 0x40, 0xB8)

    colours_of_ours = '[blue]\nfield = "#123456"\n[plain]\nwords = "#fed"\n'
    blog.write("templates/social-images.toml", colours_of_ours)
    report = blog.build()
    assert corner(blog) == (0x12, 0x34, 0x56)
    assert sorted(report.reasons) == [SOCIAL_IMAGE, "social-card.png"]
    assert "template social-images.toml" in str(report.reasons[SOCIAL_IMAGE])
