"""Images on a site: sizes, lighter variants, and what is kept of them between builds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Blog, png
from tests.images.images import FOLDER, opened, photo, shown_image


@pytest.fixture
def shown(blog: Blog) -> Blog:
    """A blog with a post that shows a photograph."""
    blog.write(f"{FOLDER}/view.jpg", photo(1000, 500))
    blog.post("2026-11-10-two/index", "![A view](view.jpg)\n")
    return blog


def test_an_image_in_a_body_has_its_size_and_lighter_variants(shown: Blog) -> None:
    shown.build()
    page = shown.page("2026/two/")
    image = shown_image(page)
    sources = LexborHTMLParser(page).css("main picture > source")

    assert image.attributes["src"] == "/blog/2026/two/view.jpg"
    assert (image.attributes["width"], image.attributes["height"]) == ("1000", "500")
    assert [source.attributes["type"] for source in sources] == ["image/avif", "image/webp"]
    assert sources[1].attributes["srcset"] == (
        "/blog/2026/two/view.480.webp 480w, /blog/2026/two/view.800.webp 800w,"
        " /blog/2026/two/view.1000.webp 1000w"
    )
    for source in sources:
        for url, width in re.findall(r"/blog/(\S+) (\d+)w", source.attributes["srcset"] or ""):
            assert opened(shown, url).size == (int(width), int(width) // 2)


def test_a_narrower_variant_is_lighter_than_a_wider_one(shown: Blog) -> None:
    shown.build()
    weights = {path: len(data) for path, data in shown.tree().items() if "view" in path}

    for form in ("avif", "webp"):
        names = [f"2026/two/view{part}" for part in (f".480.{form}", f".800.{form}", ".jpg")]
        assert sorted(names, key=weights.__getitem__) == names


def test_the_first_image_of_a_page_is_loaded_at_once(blog: Blog) -> None:
    blog.write(f"{FOLDER}/a.png", png())
    blog.write(f"{FOLDER}/b.png", png(9))
    blog.post("2026-11-10-two/index", "![A](a.png)\n\n![B](b.png)\n")
    blog.post("2026-11-03-one", "![A](2026-11-10-two/a.png)\n", image="2026-11-10-two/b.png")
    blog.build()

    def waiting(path: str) -> list[bool]:
        images = LexborHTMLParser(blog.page(path)).css("main img")
        return [image.attributes.get("loading") == "lazy" for image in images]

    assert waiting("2026/two/") == [False, True]
    assert waiting("2026/one/") == [False, True]
    assert waiting("") == [False, True, True]  # the newest post, and a card


def test_a_portrait_and_the_image_of_a_card_have_sizes(blog: Blog) -> None:
    blog.write("content/site.toml", (blog.folder / "content/site.toml").read_text() + PORTRAIT)
    blog.write("content/static/ada.jpg", photo(600, 600))
    blog.write("content/posts/view.jpg", photo())
    blog.post("2026-11-03-one", image="view.jpg", image_alt="A view")
    blog.post("2026-11-10-two")
    blog.build()
    portrait, card = LexborHTMLParser(blog.page("")).css("main img")

    assert (portrait.attributes["width"], portrait.attributes["alt"]) == ("600", "")
    assert (card.attributes["width"], card.attributes["alt"]) == ("600", "A view")
    assert "ada.480.webp" in blog.page("authors/ada/")


PORTRAIT = 'portrait = "ada.jpg"\n'


def test_a_wide_image_is_never_loaded_whole(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text()
    blog.write("content/site.toml", f'{settings}[images]\nformats = ["webp"]\n')
    blog.write(f"{FOLDER}/view.jpg", photo(1800, 900))
    blog.post("2026-11-10-two/index", "![A view](view.jpg)\n[all of it](view.jpg)\n")
    blog.build()
    page = blog.page("2026/two/")

    assert shown_image(page).attributes["src"] == "/blog/2026/two/view.1600.jpg"
    assert shown_image(page).attributes["width"] == "1600"
    assert 'href="/blog/2026/two/view.jpg"' in page
    assert opened(blog, "2026/two/view.jpg").size == (1800, 900)
    assert 'src="https://example.org/blog/2026/two/view.1600.jpg" width="1600"' in (
        blog.page("feed.json").replace('\\"', '"')
    )


def test_lighter_variants_can_be_switched_off(shown: Blog) -> None:
    shown.write("content/site.toml", (shown.folder / "content/site.toml").read_text() + OFF)
    shown.build()

    assert [path for path in shown.tree() if "view" in path] == ["2026/two/view.jpg"]
    assert shown_image(shown.page("2026/two/")).attributes["width"] == "1000"


OFF = "[images]\nformats = []\n"


def test_attributes_that_a_writer_gave_an_image_are_kept(blog: Blog) -> None:
    blog.write(f"{FOLDER}/view.jpg", photo())
    html = (
        '<img src="view.jpg" alt="A > B" width="50" loading="eager">\n'
        '<picture><source srcset="view.jpg 2x"><img src="view.jpg" alt="A"></picture>\n'
    )
    blog.post("2026-11-10-two/index", html)
    blog.build()
    first, second = LexborHTMLParser(blog.page("2026/two/")).css("main img")

    assert first.attributes["alt"] == "A > B"
    assert first.attributes["width"] == "50"
    assert "height" not in first.attributes
    assert first.attributes["loading"] == "eager"
    assert len(LexborHTMLParser(blog.page("2026/two/")).css("main picture")) == 2
    assert "width" not in second.attributes


def test_a_file_in_the_place_of_a_variant_is_reported(shown: Blog) -> None:
    shown.write(f"{FOLDER}/view.480.webp", photo(40, 20, form="WEBP"))

    assert shown.problems() == [
        f"{FOLDER}/view.480.webp: this and {FOLDER}/view.jpg would both be at"
        " /2026/two/view.480.webp. Give one of them another name."
    ]


def test_a_changed_image_renders_the_pages_that_show_it_again(shown: Blog) -> None:
    shown.post("2026-11-03-one")
    shown.build()
    shown.write(f"{FOLDER}/view.jpg", photo(500, 250))
    written = shown.build().reasons

    assert {"index.html", "2026/two/index.html", "2026/two/view.500.webp"} <= set(written)
    assert "2026/one/index.html" not in written


def test_other_edits_encode_no_image_again(shown: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.build()
    before = shown.tree()
    monkeypatch.setattr("generator.images.prepare._maker", None)
    shown.post("2026-11-10-two/index", "![A view](view.jpg)\nMore.\n")
    shutil.rmtree(shown.folder / "output")
    shown.build()

    assert {path: data for path, data in shown.tree().items() if "view" in path} == {
        path: data for path, data in before.items() if "view" in path
    }


def test_a_damaged_store_of_images_is_not_trusted(shown: Blog) -> None:
    shown.build()
    before = shown.tree()
    for file in (shown.folder / ".weekly/images").iterdir():
        file.write_bytes(b"damaged")
    shutil.rmtree(shown.folder / "output")
    shown.build()

    assert shown.tree() == before


def test_the_store_keeps_only_what_is_needed(shown: Blog) -> None:
    shown.build()
    shown.write(f"{FOLDER}/view.jpg", photo(500, 250))
    shown.build()
    kept = {path.read_bytes() for path in (shown.folder / ".weekly/images").iterdir()}

    assert kept == {data for path, data in shown.tree().items() if "view" in path}


def test_a_build_without_a_new_image_does_not_load_pillow(shown: Blog) -> None:
    shown.build()
    shown.post("2026-11-10-two/index", "![A view](view.jpg)\nMore.\n")
    code = (
        "import sys\nfrom generator.cli import main\n"
        f"try: main(['build', '--blog', {str(shown.folder)!r}, '--now', '2026-11-22'])\n"
        "except SystemExit: print('PIL' in sys.modules)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert found.stdout.splitlines()[-1] == "False"
