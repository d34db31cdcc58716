"""HTML of a post as the Markdown that a person would have written.

The tree is made plain first, then html-to-markdown writes it. Signs that mean something in our
Markdown are escaped in the tree, where it is known what is text; addresses are numbered, so that
links can be set once it is known where every post is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from selectolax.lexbor import LexborNode

from generator.importers.clean import clean_text
from generator.importers.html_parts import (
    HEADINGS,
    MORE,
    ImageRef,
    Parts,
    attribute,
    element,
    embeds_as_links,
    escape,
    level_headings,
    plain_styles,
    remove_noise,
    take_footnotes,
    take_images,
    take_links,
)
from generator.importers.html_text import DEEPEST, UnreadableHtmlError
from generator.importers.items import ImageData, Loss
from generator.importers.plain_text import escaped, guarded

LARGEST = 5_000_000  # characters of a body

_BLOCK_TAGS = frozenset(
    ("p", "div", "section", "article", "li", "td", "th", "blockquote", "figure", "figcaption", "dd",
     "dt", "body", "header", "footer", "main", "aside", "center", "summary", "details", *HEADINGS)
)  # fmt: skip
_WORD = re.compile(r"\w+")
_BACKSLASH = "\ue0fb"  # stands for one of ours while html-to-markdown writes: it escapes others


class Converted(NamedTuple):
    """A body as Markdown whose links and pictures are still numbers: see `placed`."""

    markdown: str
    links: tuple[str, ...] = ()
    images: tuple[ImageRef, ...] = ()
    pictures: tuple[ImageData, ...] = ()
    losses: tuple[Loss, ...] = ()
    words: int = 0  # that a reader of the source sees


class MissingConverterError(RuntimeError):
    """The library that writes Markdown, or reads Word, is not installed."""


_LANGUAGE = re.compile(
    r"\b(?:language|lang|brush:?|highlight-source)[-:\s]\s*([\w+#.-]{1,20})", re.I
)


def markdown_of_post(html: str) -> Converted:
    """A post's HTML as Markdown; raises UnreadableHtmlError and MissingConverterError."""
    _check(html)
    parts = Parts(clean_text(html))
    plain_styles(parts)
    remove_noise(parts)
    embeds_as_links(parts)
    take_footnotes(parts)
    _unwrap_words(parts)
    level_headings(parts)
    take_images(parts)
    take_links(parts)
    _mark_code(parts)
    _captions(parts)
    _attributions(parts)
    _simple_marks(parts)
    words = len(_WORD.findall(_shown_text(parts)))
    _escape_texts(parts)
    notes = [(number, _written(note.inner_html or "")) for number, note in parts.footnotes]
    for _, note in parts.footnotes:
        _drop_note(note)
    for rule in parts.css("hr"):  # the line above notes
        if not any((after.text(deep=True) or "").strip() for after in _following(rule)):
            rule.decompose()
    for mail in parts.css("[style]"):
        del mail.attrs["style"]
    text = _written(parts.html())
    text = re.sub(r"(?<!\\)wkf(\d+)x", r"[^\1]", text)
    text = re.sub(rf"[ \t]*{MORE}[ \t]*", "<!-- more -->", text)
    for number, note_text in notes:
        inside = re.sub(r"wkf(\d+)x", r"[^\1]", note_text).strip().replace("\n", "\n    ")
        text += f"\n\n[^{number}]: {inside}"
    return Converted(
        markdown=_tidy(text),
        links=tuple(parts.links),
        images=tuple(parts.images),
        pictures=tuple(parts.pictures),
        losses=(*parts.losses, *losses_of(parts.removed)),
        words=words,
    )


def _check(html: str) -> None:
    if len(html) > LARGEST:
        raise UnreadableHtmlError(f"its HTML has more than {LARGEST:,} characters")
    depth = deepest = 0
    for found in re.finditer(
        r"<(/?)(div|span|section|blockquote|ul|ol|b|i|em|strong|font|table)\b", html
    ):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UnreadableHtmlError("its HTML is nested too deeply")


LOOK = "Look whether the post needs it."


def losses_of(removed: Mapping[str, int]) -> Iterator[Loss]:
    """What was taken out of a text, by kind, and what to do about it."""
    advice = {
        "script": "Nothing to do: pages of this blog run no scripts of other sites.",
        "form": "Say in the post how to answer, if that was its purpose.",
        "embed": "Look at the link that stands there now; download what must not disappear.",
        "unsafe link": "The words stayed; link them again if they should lead somewhere.",
        "tracking pixel": "Nothing to do: it only told others who reads.",
        "picture without a file": "Put the picture beside the post, if it matters.",
    }
    said = {
        "embed": ("embed became a link", "embeds became links"),
        "unsafe link": (
            "link that runs a script was removed",
            "links that run scripts were removed",
        ),
        "picture without a file": ("picture names no file", "pictures name no file"),
    }
    for what, number in sorted(removed.items()):
        one, many = said.get(what, (f"{what} was removed", f"{what}s were removed"))
        yield Loss(f"{number} {one if number == 1 else many}", advice.get(what, LOOK))


def _unwrap_words(parts: Parts) -> None:
    for node in parts.css(
        "span, font, u, mark, abbr, acronym, small, big, ins, time, label, center, picture, "
        "source, "
        "tt"
    ):
        if node.tag == "source":
            node.decompose()
        else:
            node.unwrap()


def _mark_code(parts: Parts) -> None:
    """Code keeps its language; lines of tables with numbers, as highlighters write them, do not."""
    for node in parts.css("pre"):
        code = node.css_first("code")
        outer = node.parent if node.parent is not None else node
        said = " ".join(
            attribute(one, name)
            for one in (code, node, outer)
            if one is not None
            for name in ("class", "data-lang", "data-language", "data-code-block-lang", "lang")
        )
        found = _LANGUAGE.search(said)
        name = (
            found[1]
            if found
            else attribute(node, "data-lang") or attribute(node, "data-code-block-lang")
        )
        for line_break in node.css("br"):
            line_break.replace_with("\n")
        text = (code if code is not None else node).text(deep=True) or ""
        is_name = re.fullmatch(r"[\w+#.-]+", name) is not None
        language = f' class="language-{escape(name.lower())}"' if is_name else ""
        shown = f"<pre><code{language}>{escape(_code_lines(text))}</code></pre>"
        node.replace_with(element(shown))


def _code_lines(text: str) -> str:
    """Code without the empty lines around it, and without the indent that a page gave it."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    filled = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    if len(filled) == 1 or (len(filled) > 1 and filled[0] > 8 and min(filled[1:]) < filled[0]):
        lines[0] = lines[0].lstrip()
    return "\n".join(lines)


def _captions(parts: Parts) -> None:
    """A picture with its caption: the picture, and a paragraph in italics below it."""
    for node in parts.css("ul.blocks-gallery-grid, ul.wp-block-gallery, li.blocks-gallery-item"):
        node.unwrap()
    for node in parts.css("figcaption, p.wp-caption-text, .image-caption"):
        text = (node.text(deep=True) or "").strip()
        if not text:
            node.decompose()
            continue
        for inner in node.css("em, i, p, div"):
            inner.unwrap()
        node.replace_with(element(f"<p><em>{(node.inner_html or '').strip()}</em></p>"))
    for node in parts.css("figure"):
        below = node.css("img")
        if len(below) > 1:  # a gallery
            for image in below:
                holder = (
                    image.parent if image.parent is not None and image.parent.tag == "a" else image
                )
                holder.replace_with(element(f"<p>{holder.html}</p>"))
        elif below and (up := below[0].parent) is not None and up.tag in ("figure", "div", "a"):
            holder = up if up.tag == "a" else below[0]
            holder.replace_with(element(f"<p>{holder.html}</p>"))
    for node in parts.css("figure"):
        node.unwrap()


def _attributions(parts: Parts) -> None:
    for node in parts.css("blockquote cite, blockquote footer"):
        text = (node.inner_html or "").strip()
        if text:
            dash = "" if re.match(r"[-–—]", (node.text(deep=True) or "").strip()) else "— "
            node.replace_with(element(f"<p>{dash}{text}</p>"))
    for node in parts.css("cite"):
        node.replace_with(element(f"<em>{node.inner_html or ''}</em>"))
    for node in parts.css("q"):
        node.replace_with(element(f"<span>“{node.inner_html or ''}”</span>"))
    for node in parts.css("body > span, p span"):
        node.unwrap()


_MARKS = {"b": "strong", "i": "em", "s": "del", "strike": "del", "dfn": "em", "var": "em"}


def _simple_marks(parts: Parts) -> None:
    """Marks within the same marks, around nothing, or directly after another, are taken off."""
    for node in parts.css("b, i, s, strike, dfn, var"):
        node.replace_with(
            element(
                f"<{_MARKS[node.tag or 'b']}>{node.inner_html or ''}</{_MARKS[node.tag or 'b']}>"
            )
        )
    for tag in ("strong", "em", "del"):
        for node in parts.css(f"{tag} {tag}"):
            node.unwrap()
    for node in parts.css("h1 strong, h2 strong, h3 strong, h4 strong, h5 strong, h6 strong"):
        node.unwrap()
    for node in parts.css("strong, em, del"):
        if (
            not (node.text(deep=True) or "").strip() and not node.css_first("img")
        ) or node.css_first("p, div, ul, ol, h1, h2, h3, h4, h5, h6, table, pre, blockquote"):
            node.unwrap()
    for node in parts.css("strong, em, del"):
        before = node.prev
        if before is not None and before.tag in ("strong", "em", "del"):
            if before.tag == node.tag:
                before.replace_with(
                    element(f"<{node.tag}>{before.inner_html}{node.inner_html}</{node.tag}>")
                )
                node.decompose()
            else:
                node.unwrap()


def _shown_text(parts: Parts) -> str:
    body = parts.tree.body
    text = body.text(deep=True, separator=" ") if body is not None else ""
    return re.sub(rf"wkf\d+x|{MORE}", " ", text)


def _escape_texts(parts: Parts) -> None:
    body = parts.tree.body
    if body is None:
        return
    texts = [node for node in body.traverse(include_text=True) if node.tag == "-text"]
    for node in texts:
        if any(up.tag in ("pre", "code") for up in _up(node)):
            continue
        text = node.text(deep=False) or ""
        if not text.strip():
            continue
        shown = _escaped(re.sub(r"\s+", " ", text))
        before, up = node.prev, node.parent
        is_first = (before is None and up is not None and up.tag in _BLOCK_TAGS) or (
            before is not None and (before.tag == "br" or before.tag in _BLOCK_TAGS)
        )
        if is_first:
            lead = shown[: len(shown) - len(shown.lstrip())]
            shown = lead + guarded(shown.lstrip())
        if any(above.tag in ("td", "th") for above in _up(node)):
            shown = shown.replace("\\|", "|")
        if shown != text:
            node.replace_with(shown.replace("\\", _BACKSLASH))


_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\[\]()]+[\w/]")


def _escaped(text: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        parts += [escaped(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, escaped(text[at:])])


def _up(node: LexborNode) -> Iterator[LexborNode]:
    up = node.parent
    while up is not None:
        yield up
        up = up.parent


def _following(node: LexborNode) -> Iterator[LexborNode]:
    after = node.next
    while after is not None:
        yield after
        after = after.next


def _drop_note(note: LexborNode) -> None:
    up = note.parent
    note.decompose()
    while (
        up is not None and up.tag not in ("body", "html") and not (up.text(deep=True) or "").strip()
    ):
        above = up.parent
        up.decompose()
        up = above


def _converter() -> Any:
    try:
        import html_to_markdown
    except ImportError as error:
        raise MissingConverterError(
            "importing needs two more libraries; install them with: "
            "pip install 'cio-weekly[import]'"
        ) from error
    return html_to_markdown


def check_converter() -> None:
    """Raises MissingConverterError if the library that writes Markdown is missing."""
    _converter()


def _written(html: str) -> str:
    library = _converter()
    options = library.ConversionOptions(
        extract_metadata=False,
        bullets="-",
        compact_tables=True,
        newline_style="backslash",
        highlight_style="none",
        br_in_tables=True,
        autolinks=False,
        strip_tags=[],
        preserve_tags=["sup", "sub", "kbd"],
    )
    content: str = library.convert(f"<div>{html}</div>", options).content or ""
    return content.replace(_BACKSLASH, "\\")


def _tidy(text: str) -> str:
    """Markdown without what only a program would have written."""
    lines = []
    fence = ""
    for line in text.replace("\xa0", " ").split("\n"):
        mark = re.match(r"\s*(`{3,})", line)
        if mark:
            fence = "" if fence and line.strip() == fence else fence or mark[1]
            lines.append(line.rstrip())
        else:
            before = lines[-1] if lines else ""
            # after a heading or some code, and before a quote
            is_alone = re.match(r"#{1,6} |`{3,}$", before) or (
                line.startswith(">") and not before.startswith(">")
            )
            if not fence and before and line.strip() and is_alone:
                lines.append("")
            lines.append(line if fence else line.rstrip())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    text = re.sub(r"(?m)^( *(?:-|\d+\.) [^\n]+)\n\n(?= +(?:-|\d+\.) )", r"\1\n", text)
    text = re.sub(r"(?m)^( *-)(?=!\[)", r"\1 ", text)
    text = re.sub(r"\\\n(?=\n|$)", "\n", text)  # a break at the end of a paragraph
    return text.strip()


_IMAGE_IN_LINK = re.compile(r"\[!\[((?:[^\]\\]|\\.)*)\]\(wki(\d+)x\)\]\(wkl(\d+)x\)")
_IMAGE = re.compile(r"!\[((?:[^\]\\]|\\.)*)\]\(wki(\d+)x\)")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]\(wkl(\d+)x\)")
_RAW = re.compile(r"wk([il])(\d+)x")


def placed(text: str, links: list[str], images: list[tuple[str, str, str]]) -> str:
    """Markdown with its addresses: of links, and for each picture its file, address and alt text.

    A picture without a file becomes a link to where it is.
    """

    def destination(url: str) -> str:
        url = re.sub(r"[\x00-\x20<>\"\\^`{|}]", lambda found: f"%{ord(found[0]):02X}", url)
        return f"<{url}>" if re.search(r"[()]", url) else url

    def image(alt: str, number: int) -> str:
        file, address, described = images[number]
        alt = alt or escaped(described)
        if file:
            return f"![{alt}]({destination(file)})"
        return (
            f"[{'Picture: ' + alt if alt else 'Picture'}]({destination(address)})"
            if address
            else alt
        )

    def linked(found: re.Match[str]) -> str:
        file = images[int(found[2])][0]
        target = links[int(found[3])]
        if not file or not target:
            return image(found[1], int(found[2]))
        if re.search(r"\.(?:jpe?g|png|gif|webp)(?:\?|$)", target, re.I):  # the same, larger
            return image(found[1], int(found[2]))
        return f"[{image(found[1], int(found[2]))}]({destination(target)})"

    def link(found: re.Match[str]) -> str:
        target = links[int(found[2])]
        words = found[1]
        if not target:
            return words
        if re.sub(r"\\(.)", r"\1", words) == target and re.match(r"https?://[^\s<>]+$", target):
            return f"<{target}>"
        return f"[{words}]({destination(target)})"

    def raw(found: re.Match[str]) -> str:
        number = int(found[2])
        if found[1] == "l":
            return destination(links[number]) if number < len(links) else found[0]
        return (
            destination(images[number][0] or images[number][1])
            if number < len(images)
            else found[0]
        )

    text = _IMAGE_IN_LINK.sub(linked, text)
    text = _IMAGE.sub(lambda found: image(found[1], int(found[2])), text)
    text = _LINK.sub(link, text)
    text = re.sub(
        r"(?<=[\"'])\(wkl(\d+)x\)(?=[\"'])",
        lambda found: links[int(found[1])].replace('"', "%22") or "#",
        text,
    )
    text = re.sub(
        r"(?<=\]:)([ \t]*)\(wkl(\d+)x\)",
        lambda found: found[1] + (destination(links[int(found[2])]) or "<>"),
        text,
    )
    return re.sub(r"(?<=\()wk([il])(\d+)x", raw, text)
