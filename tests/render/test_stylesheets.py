"""Stylesheets lose what only their writers need."""

from __future__ import annotations

import pytest

from generator.render.stylesheets import lean


@pytest.mark.parametrize(
    ("css", "sent"),
    [
        (b"/* why */\na {\n  color: red;\n}\n", b"a{color:red}"),
        (b"a ,\nb > c { margin: calc(1px + 2px) }", b"a,b>c{margin:calc(1px + 2px)}"),
        (b"a/**/b { c: d }", b"a b{c:d}"),
        (b"@media (a)  and  (b) { x { } }", b"@media (a) and (b){x{}}"),
        (b"""q { content: "/* , */  ;" ' \\'  {' }""", b"""q{content:"/* , */  ;" ' \\'  {'}"""),
        (b"a :hover { b: -0.5em }", b"a :hover{b:-.5em}"),
        (b"a { grid-row: 1 / span 9; top: 10.50px }", b"a{grid-row:1/span 9;top:10.50px}"),
        (b"q { content: '0.5 > ;}' }", b"q{content:'0.5 > ;}'}"),
        (b"q { src: url(a/*.png) }", b"q{src:url(a/*.png)}"),
        (b"\xff { }", b"\xff{}"),
    ],
)
def test_only_what_means_nothing_goes(css: bytes, sent: bytes) -> None:
    assert lean(css) == sent
