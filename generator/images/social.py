"""Social images as PNG: a title in the colour of its trait, over the trait's icon.

A social image has few colours, so it is drawn as one layer of shades: how much of each pixel the
icon covers, and how much a letter. A palette turns the shades into colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from generator import disk, resources
from generator.images.colours import PALETTES, Palette
from generator.images.font_coverage import FILES
from generator.images.icon_shapes import covered
from generator.views import SOCIAL_IMAGE_HEIGHT, SOCIAL_IMAGE_WIDTH, SocialImageView

_EDGE = 80  # from the edges to the words
_COLUMN = 960  # the longest line of a title
_TITLE_TOP, _TITLE_HEIGHT = 160, 330
_TITLE_SIZES = (112, 98, 84, 72, 61, 52)
_LEADING = 1.12
_SMALL = 32
_MEASURE = 100  # the size at which words are measured; widths are proportional to it

_ICON_SIZE, _ICON_AT = 640, (664, 96)  # it runs off the image on two sides
_BADGE_SIZE = 36

_LETTER_SHADES, _ICON_SHADES = 8, 4

_CUT = 0.16
_LETTER = _LETTER_SHADES - 1  # the shade of a pixel that a letter covers completely


class _Setting(NamedTuple):
    """A title in lines, and the size of its letters."""

    size: int
    lines: tuple[str, ...]


def social_image(view: SocialImageView, colours: Mapping[str, Palette] = PALETTES) -> bytes:
    """A social image of 1,200 by 630 pixels."""
    letters = Image.new("L", (SOCIAL_IMAGE_WIDTH, SOCIAL_IMAGE_HEIGHT))
    draw = ImageDraw.Draw(letters)
    _draw_head(draw, view)
    setting = _set(view.title)
    for number, line in enumerate(setting.lines):
        baseline = _TITLE_TOP + round(setting.size * (0.82 + number * _LEADING))
        _draw_line(draw, line, (_EDGE, baseline), setting.size)
    foot = [text for text in (view.author, view.site) if text]
    for number, text in enumerate(reversed(foot)):
        line = _fitted(text, _SMALL, SOCIAL_IMAGE_WIDTH - 2 * _EDGE)
        _draw_line(draw, line, (_EDGE, SOCIAL_IMAGE_HEIGHT - 64 - number * 44), _SMALL)
    return _png(letters, view.icon, colours[view.colour])


def _draw_head(draw: ImageDraw.ImageDraw, view: SocialImageView) -> None:
    """The small icon and the name of the trait."""
    left = _EDGE
    if view.icon and view.label:
        draw.bitmap((_EDGE, 74), covered(view.icon, _BADGE_SIZE), fill=_LETTER)
        left += _BADGE_SIZE + 18
    if view.label:
        _draw_line(draw, _fitted(view.label, _SMALL, _COLUMN), (left, 103), _SMALL)


def _set(title: str) -> _Setting:
    """A title in the largest letters in which it fits; cut short if it never does."""
    words = title.split()
    for size in _TITLE_SIZES:
        most = int(_TITLE_HEIGHT / (size * _LEADING))
        lines = _lines(words, size)
        if len(lines) <= most and all(_width(line, size) <= _COLUMN for line in lines):
            return _Setting(size, _balanced(words, size, lines))
    kept = _lines([part for word in words for part in _parts(word, size)], size)
    if len(kept) <= most:
        return _Setting(size, kept)
    return _Setting(size, (*kept[: most - 1], _fitted(" ".join(kept[most - 1 :]), size, _COLUMN)))


def _balanced(words: list[str], size: int, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The title in as many lines, but of nearly equal length."""
    for column in range(_COLUMN, 0, -_COLUMN // 24):
        shorter = _lines(words, size, column)
        if len(shorter) > len(lines) or any(_width(line, size) > _COLUMN for line in shorter):
            break
        lines = shorter
    return lines


def _lines(words: list[str], size: int, column: int = _COLUMN) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words:
        if lines and _width(f"{lines[-1]} {word}", size) <= column:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _parts(word: str, size: int) -> Iterator[str]:
    """A word in pieces that fit on a line, for one that is longer than a line."""
    part = ""
    for letter in word:
        if part and _width(part + letter, size) > _COLUMN:
            yield part
            part = ""
        part += letter
    yield part


def _fitted(text: str, size: int, width: int) -> str:
    """`text`, or as much of it as fits before an ellipsis."""
    if _width(text, size) <= width:
        return text
    least, most = 0, len(text)
    while most - least > 1:
        middle = (least + most) // 2
        if _width(f"{text[:middle]}…", size) <= width:
            least = middle
        else:
            most = middle
    return text[:least].rstrip(" ,;:.-–—") + "…"


def _width(text: str, size: int) -> float:
    words = text.split()
    spaces = (len(words) - 1) * _word_width(" ")
    return (sum(map(_word_width, words)) + spaces) * size / _MEASURE


@cache
def _word_width(word: str) -> float:
    return sum(_font(name, _MEASURE).getlength(run) for name, run in _runs(word))


def _draw_line(draw: ImageDraw.ImageDraw, line: str, at: tuple[float, float], size: int) -> None:
    left, baseline = at
    for name, run in _runs(line):
        font = _font(name, size)
        draw.text((left, baseline), run, fill=_LETTER, font=font, anchor="ls")
        left += font.getlength(run)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the file of the font that has its letters."""
    run, name = "", ""
    for letter in text:
        file = FILES[letter]
        if run and file != name:
            yield name, run
            run = ""
        run, name = run + letter, file
    if run:
        yield name, run


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # the basic layout is the same everywhere; the other needs a library that not everybody has
    return ImageFont.truetype(BytesIO(_file(name)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _file(name: str) -> bytes:
    return disk.read_bytes(resources.themes_folder() / f"default/fonts/literata-{name}.woff2")


def _png(letters: Image.Image, icon: str, colour: Palette) -> bytes:
    shades = ImageChops.add(letters, _ground(icon)) if icon else letters
    shades.putpalette(_palette(colour))
    file = BytesIO()
    shades.save(file, "PNG", compress_level=3)
    return file.getvalue()


@cache
def _ground(icon: str) -> Image.Image:
    """How much of each pixel the large icon covers, in shades above those of the letters."""
    ground = Image.new("L", (SOCIAL_IMAGE_WIDTH, SOCIAL_IMAGE_HEIGHT))
    ground.paste(covered(icon, _ICON_SIZE), _ICON_AT)
    steps = [shade * _ICON_SHADES // 256 * _LETTER_SHADES for shade in range(256)]
    return ground.point(steps)


def _palette(palette: Palette) -> list[int]:
    field, words, cut = (ImageColor.getrgb(colour) for colour in palette)
    colours: list[float] = []
    for icon in range(_ICON_SHADES):
        ground = _mixed(field, cut, _CUT * icon / (_ICON_SHADES - 1))
        for letter in range(_LETTER_SHADES):
            colours += _mixed(ground, words, letter / (_LETTER_SHADES - 1))
    return [round(part) for part in colours]


def _mixed(one: tuple[float, ...], other: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))
