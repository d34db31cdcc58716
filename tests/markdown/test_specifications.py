"""How far our Markdown is GitHub's: counts that may only become better, and not unnoticed.

The corpus (`shared/corpus`, beside the repository) is compared with cmark-gfm, GitHub's own
engine. The examples of the specifications are compared with the HTML that stands in them;
they are not ours (CC BY-SA 4.0), so they are not in the repository: `make test-specs` gets them
as data of packages (`commonmark-spec` of npm, the sdist of `marko` of PyPI) and runs those tests.

After a change for the better, write the new lists with RATCHET=write in the environment.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.config.settings import MarkdownSettings
from generator.i18n.catalogues import load_messages
from generator.markdown import MarkdownRenderer

WORDS = load_messages("en")[0]

cmarkgfm = pytest.importorskip("cmarkgfm", reason="cmarkgfm is not installed (development only)")

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "content" / "posts"
DIFFERENCES = REPOSITORY / "tests" / "data" / "markdown" / "differences.json"

CMARK_OPTIONS = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE | cmarkgfm.cmark.Options.CMARK_OPT_FOOTNOTES
# without GitHub's tag filter: it takes away HTML that a writer of this site may use
CMARK_EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]

# what a reader does not see as structure, and what only our own markup sets
IGNORED_ATTRIBUTES = re.compile(r"id|class|style|target|rel|role|lang|aria-.*|data-.*")
ATTRIBUTE_LIST_LINE = re.compile(r"^[ ]{0,3}\{:[^}\n]*\}[ \t]*\n", re.MULTILINE)
ATTRIBUTE_LIST = re.compile(r"[ \t]*\{:[^}\n]*\}")
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|center|comment|dd|details|dialog|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|input|li|link|main|nav|ol|p|pre"
    "|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)

Tree = tuple[str, tuple[tuple[str, str], ...], tuple["Tree | str", ...]]


def tree_of(html: str) -> tuple[Tree | str, ...]:
    """The elements of a rendering without what may differ: anchors, colours, ids, spaces."""
    body = LexborHTMLParser(f"<body>{html.strip()}").body
    assert body is not None
    return _children(body, in_pre=False)


def _children(node: LexborNode, *, in_pre: bool) -> tuple[Tree | str, ...]:
    children: list[Tree | str] = []
    for child in node.iter(include_text=True, skip_empty=False):
        for item in _items(child, in_pre=in_pre):
            if isinstance(item, str) and children and isinstance(children[-1], str):
                children[-1] += item
            else:
                children.append(item)
    return tuple(children) if in_pre else tuple(_without_outer_spaces(node, children))


def _items(node: LexborNode, *, in_pre: bool) -> tuple[Tree | str, ...]:
    if node.tag == "-text":
        return (node.text_content or "",)
    if node.tag == "-comment":
        return (("comment", (), ()),)
    classes = (node.attributes.get("class") or "").split()
    if node.tag == "a" and ("anchor" in classes or "footnote-backref" in classes):
        return ()
    children = _children(node, in_pre=in_pre or node.tag == "pre")
    if in_pre and node.tag == "span":
        return children
    return ((node.tag or "", _attributes(node), children),)


def _attributes(node: LexborNode) -> tuple[tuple[str, str], ...]:
    kept = {
        name: _comparable(value or "")
        for name, value in node.attributes.items()
        if not IGNORED_ATTRIBUTES.fullmatch(name)
    }
    for name in (node.attributes.get("class") or "").split():
        if name.startswith("align-"):
            kept["align"] = name.removeprefix("align-")
        if name.startswith("language-"):
            kept["language"] = name.removeprefix("language-")
    return tuple(sorted(kept.items()))


def _comparable(value: str) -> str:
    return "#footnote" if re.match(r"#fn(ref)?-", value) else unquote(value)


def _without_outer_spaces(node: LexborNode, children: list[Tree | str]) -> Iterator[Tree | str]:
    for index, child in enumerate(children):
        if not isinstance(child, str):
            yield child
            continue
        text = re.sub(r"[ \t\n\r\f]+", " ", child)
        text = text.lstrip(" ") if _is_edge(node, children, index - 1) else text
        text = text.rstrip(" ") if _is_edge(node, children, index + 1) else text
        if text:
            yield text


def _is_edge(node: LexborNode, children: list[Tree | str], index: int) -> bool:
    if not 0 <= index < len(children):
        return BLOCKS.fullmatch(node.tag or "") is not None
    neighbour = children[index]
    return BLOCKS.fullmatch(neighbour[0]) is not None


def test_a_difference_of_structure_is_noticed() -> None:
    """The comparison forgives spaces, ids and colours, and nothing else."""
    same = ("<p>a <b>b</b></p>", '<p id="x">a  <b>b</b>\n</p>\n')
    assert tree_of(same[0]) == tree_of(same[1])
    for other in ("<p>a<b>b</b></p>", "<p>a b</p>", "<div>a <b>b</b></div>", "a <b>b</b>"):
        assert tree_of(other) != tree_of(same[0])
    assert tree_of("<ul><li>a</li></ul>") != tree_of("<ul><li><p>a</p></li></ul>")
    assert tree_of('<a href="b">c</a>') != tree_of('<a href="d">c</a>')
    assert tree_of("<pre>a  b</pre>") != tree_of("<pre>a b</pre>")


class Example(NamedTuple):
    number: str
    markdown: str
    html: str


@pytest.fixture(scope="module")
def renderer() -> MarkdownRenderer:
    return MarkdownRenderer(MarkdownSettings(typographic_quotes=False), WORDS)


def test_the_corpus_renders_as_on_github(renderer: MarkdownRenderer) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not there (shared/corpus beside the repository)")
    different = {
        path.name for path in sorted(CORPUS.glob("*.md")) if _differs(_body(path), renderer)
    }
    _compare_with_known("corpus", different)


def _body(path: Path) -> str:
    return re.sub(r"\A---\n.*?\n---[ \t]*\n", "", path.read_text("utf-8"), flags=re.DOTALL)


def _differs(markdown: str, renderer: MarkdownRenderer) -> bool:
    plain = ATTRIBUTE_LIST.sub("", ATTRIBUTE_LIST_LINE.sub("", markdown))
    return tree_of(renderer.render(markdown).html) != tree_of(_cmark(plain))


def _cmark(markdown: str) -> str:
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, CMARK_OPTIONS, CMARK_EXTENSIONS))


@pytest.mark.parametrize(
    "markdown",
    [
        "| a | b |\n| --- | --- |\n| c | d |",
        "| a | bbb |\n:-: | ----------:\nc | d",
        "| f\\|oo |\n| ------ |\n| `b \\| z` |\n| **b \\| z** |",
        "|a|b|\n|-|-|\n|c|d|\n> e",
        "|a|b|\n|-|-|\n|c|d|\ne\n\nf",
        "|a|b|\n|-|\n|c|",
        "|a|b|\n|-|-|\n|c|\n|d|e|f|",
        "|a|b|\n|-|-|",
        "x\n|a|b|\n|-|-|\n|c|d|",
        "- |a|b|\n  |-|-|\n  |c|d|\n- e",
        "> |a|\n> |-|\n> |b|\nc",
        "|a|b|\n|-|-|\n|[x](y)|*z* www.a.bc|\n- e",
        "- [ ] a\n- [x] b\n  - [ ] c\n  - [x] d",
        "1. [X] a\n2. [ ] b",
        "- [ ]a\n- [y] b\n- [  ] c",
        "~~a~~ ~b~ ~~~c~~~ ~~d~ *~~e~~* ~~*f*~~",
        "~~a\n\nb~~",
        "www.a.org/b_c www.a.org. (www.a.org/x(y)z) www.a.org/x))+ok",
        "www.a.org/search?q=(b)&c=d; www.a.org/?q=a&hl=en&copy; *www.a.org*",
        "www.a.org/b<c http://a.org (https://b.org/?q=(c)) ftp://a.b.org",
        "http://a_b.org http://a.b_c.org http://a_b.c.org https:// www.a",
        "a@b.cd a.b-c_d@a.b a.b-c_d@a.b. a.b-c_d@a.b- a.b-c_d@a.b_ hello+x@m.org a@b",
        "**www.a.org** [www.a.org](b) [x www.a.org] xwww.a.org <www.a.org>",
        "a[^1] b[^n] c[^1]\n\n[^n]: N\n[^1]: one\n\n    two\n\n    - three\n\nd",
        "a[^1]\n[^1]: b\nc",
        "a[^x]\n\n> b[^1]\n\n[^1]: c[^2]\n[^2]: d",
        "<details>\n<summary>a</summary>\n\n- b\n\n</details>\n\nc",
    ],
)
def test_what_github_adds_to_commonmark_is_read_as_on_github(
    markdown: str, renderer: MarkdownRenderer
) -> None:
    assert tree_of(renderer.render(markdown).html) == tree_of(_cmark(markdown))


@pytest.mark.parametrize("name", ["commonmark", "gfm"])
def test_the_examples_of_a_specification_render_as_it_says(
    name: str, renderer: MarkdownRenderer
) -> None:
    path = _specification(name)
    different = {
        example.number
        for example in _examples(path)
        if tree_of(renderer.render(example.markdown).html) != tree_of(example.html)
    }
    _compare_with_known(name, different)


def test_the_examples_of_commonmark_render_as_on_github(renderer: MarkdownRenderer) -> None:
    """GitHub's engine follows version 0.29, and reads addresses and tables besides."""
    path = _specification("commonmark")
    different = {
        example.number
        for example in _examples(path)
        if tree_of(renderer.render(example.markdown).html) != tree_of(_cmark(example.markdown))
    }
    _compare_with_known("commonmark as cmark-gfm renders it", different)


def _specification(name: str) -> Path:
    folder = os.environ.get("MARKDOWN_SPECS")
    if not folder:
        pytest.skip("MARKDOWN_SPECS does not name a folder with the specifications (see above)")
    path = Path(folder) / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in the folder that MARKDOWN_SPECS names")
    return path


def _examples(path: Path) -> Iterator[Example]:
    fence = "`" * 32
    found = re.finditer(
        rf"^{fence} example[^\n]*\n(.*?)^\.\n(.*?)^{fence}$",
        path.read_text("utf-8").replace("→", "\t"),
        re.MULTILINE | re.DOTALL,
    )
    for number, example in enumerate(found, start=1):
        yield Example(str(number), example[1], example[2])


def _compare_with_known(name: str, different: set[str]) -> None:
    known = json.loads(DIFFERENCES.read_text("utf-8")) if DIFFERENCES.exists() else {}
    if os.environ.get("RATCHET") == "write":
        known[name] = sorted(
            different, key=lambda item: (len(item), item) if item.isdigit() else (0, item)
        )
        DIFFERENCES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
    if name not in known:
        pytest.skip(f"no differences of {name} are kept yet; keep them with RATCHET=write")
    new = different - set(known[name])
    gone = set(known[name]) - different
    assert not new, f"{name}: {sorted(new)} did render as they should and do not any more"
    assert not gone, f"{name}: {sorted(gone)} are better now; keep that with RATCHET=write"
