"""SVG paths as images: only what our icons consist of, lines and arcs of circles."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageChops, ImageDraw

GRID = 24
_SHARPER = 4  # drawn as many times larger, then scaled down, so that edges are smooth
_STEPS = 48  # straight pieces in a whole circle, more than an eye can see

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}

Point = tuple[float, float]


@cache
def covered(path: str, size: int) -> Image.Image:
    """How much of each pixel a path covers, from 0 to 255, drawn `size` pixels wide and high."""
    large = size * _SHARPER
    shape = Image.new("1", (large, large))
    for points in outlines(path):
        outline = Image.new("1", (large, large))
        scaled = [(x * large / GRID, y * large / GRID) for x, y in points]
        ImageDraw.Draw(outline).polygon(scaled, fill=1)
        shape = ImageChops.logical_xor(shape, outline)
    return shape.convert("L").resize((size, size), Image.Resampling.BOX)


def outlines(path: str) -> Iterator[list[Point]]:
    """The corners of each closed part of a path."""
    points: list[Point] = []
    for name, numbers in _steps(path):
        if name == "Z":
            yield points
            points = points[:1]
            continue
        x, y = points[-1] if points else (0.0, 0.0)
        at_x, at_y = (x, y) if name.islower() else (0.0, 0.0)
        kind = name.upper()
        end = (
            at_x + numbers[-1] if kind == "H" else x if kind == "V" else at_x + numbers[-2],
            y if kind == "H" else at_y + numbers[-1],
        )
        if kind == "M":
            points = [end]
        elif kind == "A":
            radius, _, _, is_large, is_clockwise, *_ = numbers
            points += _arc((x, y), end, radius, bool(is_large), bool(is_clockwise))
        else:
            points.append(end)


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; a command that is left out repeats the one before."""
    tokens = _TOKEN.findall(path)
    name, at = "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            name = "Z" if tokens[at] == "z" else tokens[at]
            at += 1
        count = _COUNTS[name.upper()]
        yield name, [float(token) for token in tokens[at : at + count]]
        at += count


def _arc(
    start: Point, end: Point, radius: float, is_large: bool, is_clockwise: bool
) -> Iterator[Point]:
    """Points on an arc of a circle (SVG 2, appendix B.2.4, with both radii equal)."""
    middle_x, middle_y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    half_x, half_y = (end[0] - start[0]) / 2, (end[1] - start[1]) / 2
    half = math.hypot(half_x, half_y)
    height = math.sqrt(max(0.0, radius * radius - half * half)) / half
    side = 1 if is_large == is_clockwise else -1
    x, y = middle_x + side * height * half_y, middle_y - side * height * half_x
    first = math.atan2(start[1] - y, start[0] - x)
    turn = math.atan2(end[1] - y, end[0] - x) - first
    if is_clockwise and turn < 0:
        turn += 2 * math.pi
    elif not is_clockwise and turn > 0:
        turn -= 2 * math.pi
    steps = max(2, round(abs(turn) / (2 * math.pi) * _STEPS))
    for step in range(1, steps + 1):
        angle = first + turn * step / steps
        yield x + radius * math.cos(angle), y + radius * math.sin(angle)
