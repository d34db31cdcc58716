"""Takes the images of the example blog that the docs show: `make screenshots`.

An image is called after its page, width and scheme: `post-narrow-dark.png`. Those that README.md
or the docs refer to are taken; with a folder (`python -m bench.screenshots FOLDER`) all go there.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from bench.search import served
from tests.conftest import Blog

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
PAGES = {
    "home": "",
    "post": "2026/nineteen-days/",
    "trait": "traits/listen/",
    "archive": "archive/",
    "author": "authors/helen-garrity/",
    "search": "search/?q=whiteboard",
}
SIZES = {"narrow": (360, 740), "wide": (1280, 860)}
SCHEMES = ("light", "dark")
COLORS = 192  # photographs and large marks show no bands yet
LARGEST = 120_000  # bytes


def wanted() -> set[str]:
    """The images that the documents refer to."""
    texts = (path.read_text("utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md")))
    return {name for text in texts for name in re.findall(r"images/([\w-]+)\.png", text)}


def drawn(page: Any) -> bytes:
    """What the window shows, in as few colours as do."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = shot.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    made = io.BytesIO()
    few.save(made, "PNG", optimize=True)
    if len(made.getvalue()) > LARGEST:
        raise SystemExit(f"an image has {len(made.getvalue()):,} bytes, more than {LARGEST:,}")
    return made.getvalue()


def take(address: str, folder: Path, names: set[str] | None) -> None:
    """Write the images with these names, or all."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                viewport = {"width": width, "height": height}
                page = browser.new_context(color_scheme=scheme, viewport=viewport).new_page()
                for title, path in PAGES.items():
                    name = f"{title}-{size}-{scheme}"
                    if names is None or name in names:
                        page.goto(address + path, wait_until="networkidle")
                        (folder / f"{name}.png").write_bytes(drawn(page))
        browser.close()


def main() -> None:
    """Build the blog, and take its images."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        blog = Blog(Path(scratch))
        shutil.copytree(ROOT / "content", blog.folder / "content")
        with served(blog.folder / "output") as server:
            blog.build(base_url=server.address)
            take(server.address, folder, None if len(sys.argv) > 1 else wanted())


if __name__ == "__main__":
    main()
