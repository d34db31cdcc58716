"""Takes the images of the example blog that the docs show: `make screenshots`.

An image is named after its page, width and scheme: `post-narrow-dark.png`. Takes those that
README.md or the docs refer to; with a folder (`python -m bench.screenshots FOLDER`) it takes all of
them into that folder. `--list` names them instead, and needs no browser; `--posts` takes those of
synthetic posts.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from bench.corpus import Corpus
from bench.serving import CountingServer, chromium, served_blog
from bench.tools import REPOSITORY

IMAGES = REPOSITORY / "docs/images"
PAGES = {
    "home": "",
    "post": "2026/nineteen-days/",
    "trait": "traits/listen/",
    "archive": "archive/",
    "author": "authors/helen-garrity/",
    "search": "search/?q=whiteboard",
    "replies": "2026/the-whiteboard-at-stell-road/#w-replies",
    "actions": "actions/#action-without-a-signal",
}
SIZES = {"narrow": (360, 740), "wide": (1280, 860)}
SCHEMES = ("light", "dark")
COLORS = 192  # enough that photographs and large icons show no bands
LARGEST = 120_000  # bytes


class Shot(NamedTuple):
    """An image to take."""

    name: str
    page: str  # its address, relative to the site's
    size: tuple[int, int]
    scheme: str


def shots(pages: Mapping[str, str]) -> Iterator[Shot]:
    """Every page in every size and scheme."""
    for (size, window), scheme, (title, page) in product(SIZES.items(), SCHEMES, pages.items()):
        yield Shot(f"{title}-{size}-{scheme}", page, window, scheme)


def pages_of(posts: int) -> Mapping[str, str]:
    """The pages of the example blog, or of a corpus of that many posts."""
    if not posts:
        return PAGES
    newest = Corpus(posts).post(posts)
    others = {
        "post": newest.address[1:],
        "trait": f"traits/{newest.traits[0]}/",
        "author": "authors/ada/",
    }
    without = {name: page for name, page in PAGES.items() if "#" not in page}
    return {**without, **others}


def in_documents() -> frozenset[str]:
    """The names of the images that README.md and the docs refer to."""
    documents = (REPOSITORY / "README.md", *REPOSITORY.glob("docs/*.md"))
    texts = (path.read_text(encoding="utf-8") for path in documents)
    return frozenset(name for text in texts for name in re.findall(r"images/([\w-]+)\.png", text))


def must_exist(wanted: Collection[Shot], output: Path) -> None:
    """End the run if a page to show is not in the built site."""
    for shot in wanted:
        page = re.split("[?#]", shot.page)[0]
        if not (output / page / "index.html").is_file():
            sys.exit(f"{shot.name}: the site has no page at /{page}")


def compressed(screenshot: bytes) -> bytes:
    """A screenshot in as few colours as it needs."""
    image = Image.open(io.BytesIO(screenshot)).convert("RGB")
    few = image.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, "PNG", optimize=True)
    if len(buffer.getvalue()) > LARGEST:
        sys.exit(f"an image has {len(buffer.getvalue()):,} bytes, more than {LARGEST:,}")
    return buffer.getvalue()


def take(shot: Shot, browser: Any, server: CountingServer) -> bytes:
    """The image of a page."""
    width, height = shot.size
    viewport = {"width": width, "height": height}
    context = browser.new_context(color_scheme=shot.scheme, viewport=viewport)
    page = context.new_page()
    page.goto(server.address + shot.page, wait_until="networkidle")
    image = compressed(page.screenshot())
    context.close()
    return image


def main() -> None:
    """Build the blog, and take its images."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshots", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, nargs="?", help="a folder to take all images into")
    parser.add_argument("--posts", type=int, default=0, help="of the corpus, to build instead")
    parser.add_argument("--list", action="store_true", help="name the images; take none")
    asked = parser.parse_args()
    if asked.posts and not (asked.folder or asked.list):
        parser.error("name a folder: the docs show the example blog")
    names = in_documents()
    every = shots(pages_of(asked.posts))
    wanted = [shot for shot in every if asked.folder or asked.posts or shot.name in names]
    with served_blog(asked.posts) as server:
        must_exist(wanted, server.folder)
        if asked.list:
            print("\n".join(shot.name for shot in wanted))
            return
        folder = asked.folder or IMAGES
        folder.mkdir(parents=True, exist_ok=True)
        with chromium() as browser:
            for shot in wanted:
                (folder / f"{shot.name}.png").write_bytes(take(shot, browser, server))


if __name__ == "__main__":
    main()
