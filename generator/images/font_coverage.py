"""Which characters social images can show, and which file of their font has each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

# code points of Literata 5.3.0, in the order in which its files are tried (`themes/default/fonts/`)
_COVERED = {
    "latin": """
        20-7e a0-ac ae-ff 102 131 152-153 2bb-2bc 2c6 2da 2dc 2009
        2013-2014 2018-201a 201c-201e 2022 2026 2032-2033 2039-203a 2044 20ac 2122 2191
        2193 2212 2215
    """,
    "latin-ext": """
        100-101 103-130 132-151 154-17e 18f 192 1a0-1a1 1af-1b0 1c4-1dc 1e6-1e7 1ea-1eb
        1fa-21b 22a-22d 230-233 237 251 259 261 2b9-2ba 2be-2bf 2c7-2cc 2dd 1e08-1e09
        1e0c-1e0f 1e14-1e17 1e1c-1e1d 1e20-1e21 1e24-1e25 1e2a-1e2b 1e2e-1e2f 1e36-1e3b
        1e42-1e49 1e4c-1e53 1e5a-1e69 1e6c-1e6f 1e78-1e7b 1e80-1e85 1e8e-1e8f 1e92-1e93 1e97
        1e9e 1ef2-1ef9 2020 20a1 20a3-20a4 20a6-20a7 20a9 20ab 20ad-20ae 20b1-20b2 20b4-20b5
        20b8-20ba 20bc-20bd 2113
    """,
    "vietnamese": """
        1ea0-1ef1
    """,
    "greek": """
        374-375 37a 37e 384-38a 38c 38e-3a1 3a3-3ce 3d7-3e1
    """,
    "greek-ext": """
        1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4
        1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe
    """,
    "cyrillic": """
        401-44f 451-45f 490-491 4b0-4b1 2116
    """,
    "cyrillic-ext": """
        462-463 46a-46b 492-493 496-497 49a-49b 4a2-4a3 4ae-4af 4ba-4bb 4d8-4d9 4e8-4e9
    """,
}


def _code_points(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


FILES = {chr(point): name for name, ranges in _COVERED.items() for point in _code_points(ranges)}


@cache
def drawable(text: str) -> str:
    """`text` as a social image shows it: '' if it has a letter that the font lacks.

    A character that is not a letter, such as an emoji, is left out; the text says the same without.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(c)[0] in "LMN" for c in composed if c not in FILES):
        return ""
    return " ".join("".join(c if c in FILES else " " for c in composed).split())
