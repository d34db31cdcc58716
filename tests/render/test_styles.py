"""Stylesheets lose what only their writers need."""

from __future__ import annotations

import pytest

from generator.render.styles import lean


@pytest.mark.parametrize(
    ("css", "sent"),
    [
        (b"/* why */\na {\n  color: red;\n}\n", b"a{color: red;}"),
        (b"a ,\nb > c { margin: calc(1px + 2px) }", b"a,b > c{margin: calc(1px + 2px)}"),
        (b"a/**/b { c: d }", b"a b{c: d}"),
        (b"@media (a)  and  (b) { x { } }", b"@media (a) and (b){x{}}"),
        (b"""q { content: "/* , */  ;" ' \\'  {' }""", b"""q{content: "/* , */  ;" ' \\'  {'}"""),
        (b"q { src: url(a/*.png) }", b"q{src: url(a/*.png)}"),
        (b"\xff { }", b"\xff{}"),
    ],
)
def test_only_comments_and_needless_spaces_go(css: bytes, sent: bytes) -> None:
    assert lean(css) == sent
