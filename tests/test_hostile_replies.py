"""A hundred replies that want to do harm: none runs, none leaves its place, none hides its file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from generator.problems import Severity
from tests.conftest import Blog
from tests.content.test_replies import HOSTILE
from tests.site.test_listening import post

MARKUP = (
    "<script>alert(1)</script>",
    "</article></main></body><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "]]><script>alert(1)</script><![CDATA[",
    "-->\n<script>alert(1)</script><!--",
    '{{ "".__class__ }} {% include "/etc/passwd" %}',
    '</script><script type="application/ld+json">{"@type":"Evil"}',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "javascript:alert(1)",
    '=HYPERLINK("https://evil.example")',
    "+cmd|' /C calc'!A0",
    "BEGIN:VEVENT\nSUMMARY:evil\nEND:VEVENT",
    "\u202egnp.exe",
    "a\u200b\u200c\u200d\u2060b",
    "\U000e0061\U000e0062",
    "x" * 10_000,
    "Z" + "\u0301" * 3_000,
    "\ufeff\u2028\u2029",
)
PATHS = (
    "../../site.toml", "/etc/passwd", "..", "CON", "a/b", "a\\b", "%2e%2e%2f", "con.md", "~",
    "content/posts/2026-11-10-hello.md", "2026-11-10-hello/../x", "*", "a\u202eb",
)  # fmt: skip
WRONG_SCHEME = re.compile(r"\s*(javascript|data|vbscript|file|weekly):", re.IGNORECASE)
KEYS = ("name", "role", "closed")
LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//evil.example", "https://", "https://evil.example/\"x",
    "https://user:secret@evil.example/", "weekly:content/site.toml", "ftp://x.example/",
)  # fmt: skip


def hostile() -> Iterator[tuple[str, str]]:
    """The name and the text of each reply."""
    number = 0

    def made(body: str = "Words.", **told: object) -> tuple[str, str]:
        nonlocal number
        number += 1
        keys: dict[str, object] = {"to": "2026-11-10-hello", "name": "Mallory", "state": "approved"}
        keys |= {"consent": "public", "received": "2026-11-11 09:00"} | told
        lines = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items()
        )
        return f"r{number:03}", f"---\n{lines}---\n{body}\n"

    for text in MARKUP:
        yield made(text)
        for key in KEYS:
            yield made(**{key: text})
    for body in HOSTILE.values():
        yield made(body)
    for link in LINKS:
        yield made(url=link)
        yield made(source=link)
        yield made(f"[x]({link}) <{link}> ![y]({link})")
    for path in PATHS:
        yield made(to=path)
        yield made(answered={"by": "ada", "post": path})
        yield made(source_key=path)
    yield made(
        answered={"by": "<b>ada</b>", "words": "<script>alert(1)</script> [x](javascript:1)"}
    )
    yield made(state="approved", consent="everything")
    yield made(received="9999-99-99", published="now()")


def test_there_are_more_than_a_hundred() -> None:
    assert len(list(hostile())) > 100


def test_none_runs_and_none_leaves_its_place(blog: Blog) -> None:
    post(blog)
    blog.build()
    ours = scripts_of(blog)
    files = {f"content/replies/hello/{name}.md": text for name, text in hostile()}
    for path, text in files.items():
        blog.write(path, text.encode("utf-8", "surrogatepass"))
    outside = set(blog.folder.parent.iterdir())

    report = blog.try_build()
    refused = {found.at.path for found in report.problems if found.severity is Severity.ERROR}
    assert refused <= files.keys()
    assert len(files) - len(refused) > 60
    for path in refused:
        (blog.folder / path).unlink()
    blog.build()

    assert set(blog.folder.parent.iterdir()) == outside
    for path, data in blog.tree().items():
        if path.endswith(".html"):
            check_page(path, data.decode(), ours)
        elif path.endswith(".xml"):
            ElementTree.fromstring(data)  # noqa: S314 our own files
        elif path.endswith(".json"):
            json.loads(data)
        if path.endswith((".html", ".xml", ".json", ".ics", ".txt")):
            text = data.decode()
            assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08]", text), path
            assert "secret@" not in text, path


def scripts_of(blog: Blog) -> set[str]:
    """The scripts inside the pages of a blog."""
    pages = [data.decode() for path, data in blog.tree().items() if path.endswith(".html")]
    return {script.text() for page in pages for script in LexborHTMLParser(page).css("script")}


def check_page(path: str, text: str, ours: Set[str]) -> None:
    """Nothing in a page was not put there by its template."""
    tree = LexborHTMLParser(text)
    assert len(tree.css("title")) == 1, path
    assert len(tree.css("main")) == 1, path
    for script in tree.css("script"):
        if script.attributes.get("type") == "application/ld+json":
            assert "Evil" not in [*json.loads(script.text())], path
        else:
            assert script.text() in ours, path
    assert not tree.css("base, iframe, object, embed"), path
    assert not tree.css("body meta[http-equiv]"), path
    for node in tree.css("body *"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), f"{path}: {name}"
            assert name != "style" or not value, f"{path}: {value}"
            if name in ("href", "src", "action", "formaction"):
                assert not re.match(
                    r"\s*(javascript|data|vbscript|file|weekly):", value or "", re.I
                ), path
