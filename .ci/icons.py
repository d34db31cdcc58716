"""Draws the icons of the default theme from its favicon.svg, in Debian's chromium: `make icons`."""

from __future__ import annotations

import base64
import shutil
import struct
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "themes/default/static"

# a phone may cut off a fifth of each side: the mark keeps clear of that, its tile fills the rest
ICONS = (
    ("icon-192.png", 192),
    ("icon-512.png", 512),
    ("icon-maskable.png", 512),
    ("apple-touch-icon.png", 180),
)


def draw(page: Any, size: int) -> bytes:
    """The mark on its tile as a square PNG."""
    mark = base64.b64encode((STATIC / "favicon.svg").read_bytes()).decode()
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(
        f"<body style='margin:0;display:grid'><img width={size} "
        f"src='data:image/svg+xml;base64,{mark}'>"
    )
    drawn: bytes = page.screenshot(omit_background=True)
    return drawn


def as_ico(png: bytes, size: int) -> bytes:
    """An ICO file that holds one PNG."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 22)
    return header + entry + png


with sync_playwright() as started:
    browser = started.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    page = browser.new_page(color_scheme="light")
    for name, size in ICONS:
        (STATIC / name).write_bytes(draw(page, size))
    (STATIC / "favicon.ico").write_bytes(as_ico(draw(page, 32), 32))
    browser.close()
