"""Markdown of other systems in our dialect: their tags and shortcodes, links and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from generator.importers.clean import clean_text
from generator.importers.html_parts import ImageRef
from generator.importers.html_posts import LARGEST, Converted, losses_of
from generator.importers.html_text import UnreadableHtmlError
from generator.importers.items import Loss

_CODE = re.compile(
    r"(^(`{3,}|~{3,})[^\n]*\n.*?(?:^\2[`~]*[ \t]*$|\Z)|(?<!`)(`+)(?!`).+?(?<!`)\3(?!`))",
    re.S | re.M,
)
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>(?:[^\[\]\\]|\\.|!?\[[^\[\]]*\](?:\([^()\s]*\))?)*)\]"
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"
)
_DEFINITION = re.compile(
    r"(?m)^( {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)<?(\S+?)>?"
    r"([ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
_REFERENCED_IMAGE = re.compile(r"!\[([^\]\n]*)\](?:\[([^\]\n]*)\])?(?!\()")
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#-]*)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.S
)
_HUGO_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+\"?([\w+#-]*)\"?[^>%]*[>%]\}\}\n?(.*?)\{\{[<%]\s*/highlight\s*[>%]\}\}",
    re.S,
)
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s+(.*?)/?\s*[>%]\}\}", re.S)
_POST_URL = re.compile(r"\{%-?\s*(?:post_url|link)\s+([^\s%]+)\s*-?%\}")
_HUGO_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+\"?([^\"\s]+)\"?\s*[>%]\}\}")
_VIDEO = re.compile(
    r"\{\{[<%]\s*(youtube|vimeo)\s+(?:id=)?\"?([\w-]+)\"?.*?[>%]\}\}|\{%\s*(youtube|vimeo)\s+\"?([\w-]+)\"?[^%]*%\}"
)
_VARIABLE = re.compile(r"\{\{-?\s*(?:site\.(?:baseurl|url|github\.url)|base_?url|baseurl)\s*-?\}\}")
_URL_FILTER = re.compile(
    r"\{\{-?\s*[\"']([^\"'{}]+)[\"']\s*\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.[\w.]+)[^}]*\}\}"
)
_TAG = re.compile(
    r"\{\{[<%]\s*/?\s*([\w./-]+)[^\n]*?[>%]\}\}|\{%-?\s*([\w-]+)[^\n]*?%\}|^\{\{\s*([\w-]+)\([^\n]*\)\s*\}\}|^\s*:::\s*\{?([\w.-]+)",
    re.M,
)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_RUNS = re.compile(r"<(script|style|form|noscript|object|applet)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_FRAME = re.compile(
    r"<(iframe|embed|video|audio)\b[^>]*?\bsrc=[\"']([^\"']+)[\"'][^>]*>(?:.*?</\1\s*>)?",
    re.S | re.I,
)
_PLAYER = re.compile(r"<(video|audio)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_IMG = re.compile(r"<img\b[^>]*>", re.I)
_HREF = re.compile(r"(<a\b[^>]*?\bhref=)([\"'])([^\"']*)\2", re.I)
_HANDLER = re.compile(r"(<[a-z][^<>]*?)\s(?:on\w+|style)=(?:\"[^\"]*\"|'[^']*')", re.I)
_HEADING = re.compile(r"(?m)^(#{1,6})(?=\s+\S)")
_UNSAFE = re.compile(r"\s*(?:javascript|vbscript|data|file|blob):", re.I)


class _Body:
    """A body in the making, with what was taken out of it."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.images: list[ImageRef] = []
        self.code: list[str] = []
        self.removed: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()

    def link(self, url: str) -> str:
        self.links.append(url)
        return f"wkl{len(self.links) - 1}x"

    def image(self, url: str, alt: str) -> str:
        self.images.append(ImageRef(url, alt))
        return f"![{alt}](wki{len(self.images) - 1}x)"


def converted_markdown(text: str) -> Converted:
    """Markdown with numbers for links and pictures; raises UnreadableHtmlError if too long."""
    if len(text) > LARGEST:
        raise UnreadableHtmlError(f"it has more than {LARGEST:,} characters")
    body = _Body()
    text = clean_text(text)
    text = _HIGHLIGHT.sub(lambda found: _fence(found[1], found[2]), text)
    text = _HUGO_HIGHLIGHT.sub(lambda found: _fence(found[1], found[2]), text)
    text = re.sub(
        r"<!--\s*(?:more|truncate|excerpt|read\s*more|TEASER_END|PELICAN_END_SUMMARY)\s*-->",
        "<!-- more -->",
        text,
        flags=re.I,
    )
    text = re.sub(r"<!--(?!\s*more\s*-->).*?-->", "", text, flags=re.S)

    def keep_code(found: re.Match[str]) -> str:
        body.code.append(found[0])
        return f"\x02{len(body.code) - 1}\x03"

    text = _CODE.sub(keep_code, text)
    text = _without_tags(text, body)
    text = _without_harm(text, body)
    text = _with_numbers(text, body)
    text = _levelled(text)
    text = re.sub(r"\x02(\d+)\x03", lambda found: body.code[int(found[1])], text)
    return Converted(
        markdown=re.sub(r"\n{3,}", "\n\n", text).strip(),
        links=tuple(body.links),
        images=tuple(body.images),
        losses=tuple(_losses(body)),
    )


def _fence(language: str, code: str) -> str:
    return f"\n```{language}\n{code.strip(chr(10))}\n```\n"


def _without_tags(text: str, body: _Body) -> str:
    """Text without the tags of Jekyll and Hugo that mean something here; others stay."""
    text = re.sub(
        r"\{%-?\s*(?:end)?raw\s*-?%\}|\{%-?\s*comment.*?endcomment\s*-?%\}", "", text, flags=re.S
    )
    text = _VARIABLE.sub("", text)
    text = _URL_FILTER.sub(lambda found: found[1], text)
    text = _POST_URL.sub(lambda found: f"post:{found[1]}", text)
    text = _HUGO_REF.sub(lambda found: f"post:{found[1]}", text)

    def figure(found: re.Match[str]) -> str:
        given = {one[1]: one[2] or one[3] or one[4] or "" for one in _ATTRIBUTE.finditer(found[1])}
        source = given.get("src", "")
        if not source:
            return found[0]
        shown = body.image(source, given.get("alt", "").replace("]", ""))
        caption = given.get("caption") or given.get("title") or ""
        return f"{shown}\n\n*{caption}*\n" if caption else shown

    def video(found: re.Match[str]) -> str:
        site, own = found[1] or found[3], found[2] or found[4]
        body.removed["embed"] += 1
        url = (
            f"https://www.youtube.com/watch?v={own}"
            if site == "youtube"
            else f"https://vimeo.com/{own}"
        )
        return f"[Video on {'YouTube' if site == 'youtube' else 'Vimeo'}]({url})"

    text = _FIGURE.sub(figure, text)
    text = _VIDEO.sub(video, text)
    for found in _TAG.finditer(text):
        body.kept[next(name for name in found.groups() if name)] += 1
    return text


def _without_harm(text: str, body: _Body) -> str:
    def gone(what: str) -> Callable[[re.Match[str]], str]:
        def remove(found: re.Match[str]) -> str:
            body.removed[what.format(*found.groups())] += 1
            return ""

        return remove

    def frame(found: re.Match[str]) -> str:
        body.removed["embed"] += 1
        url = found[2] if re.match(r"https?://|/", found[2]) else ""
        url = f"https:{url}" if url.startswith("//") else url
        return (
            f"[{found[1].capitalize() if found[1] != 'iframe' else 'Embedded page'}]({url})"
            if url
            else ""
        )

    def player(found: re.Match[str]) -> str:
        source = re.search(r"\bsrc=[\"']([^\"']+)[\"']", found[0])
        body.removed["embed"] += 1
        return f"[{found[1].capitalize()}]({source[1]})" if source else ""

    text = _RUNS.sub(gone("{0}"), text)
    text = _PLAYER.sub(player, text)
    text = re.sub(
        r"</?(?:script|style|form|input|button|meta|link|base)\b[^>]*>", "", text, flags=re.I
    )
    text = _FRAME.sub(frame, text)
    for _ in range(4):
        text = _HANDLER.sub(r"\1", text)
    return text


def _with_numbers(text: str, body: _Body) -> str:
    definitions = {
        name.strip("[]: \t").casefold(): url for name, url, _ in _DEFINITION.findall(text)
    }
    shown: set[str] = set()

    def image_of(tag: re.Match[str]) -> str:
        given = {
            one[1].lower(): one[2] or one[3] or one[4] or "" for one in _ATTRIBUTE.finditer(tag[0])
        }
        source = given.get("src") or given.get("data-src") or ""
        tiny = {given.get("width", ""), given.get("height", "")} <= {"0", "1"}
        if tiny or not source or _UNSAFE.match(source):
            body.removed["tracking pixel" if tiny else "picture without a file"] += 1
            return ""
        return body.image(source, given.get("alt", "").replace("[", "").replace("]", ""))

    def referenced(found: re.Match[str]) -> str:
        name = (found[2] or found[1]).casefold()
        if name not in definitions:
            return found[0]
        shown.add(name)
        return body.image(definitions[name], found[1])

    def definition(found: re.Match[str]) -> str:
        name = found[1].strip("[]: \t").casefold()
        if name in shown:
            return ""
        if _UNSAFE.match(found[2]):
            body.removed["unsafe link"] += 1
            return ""
        return f"{found[1]}({body.link(found[2])}){found[3] or ''}"

    def linked(found: re.Match[str]) -> str:
        url = found["angle"] if found["angle"] is not None else found["plain"] or ""
        words = found["words"]
        if found["image"]:
            if re.fullmatch(r"wki\d+x", url):
                return found[0]
            if not url or _UNSAFE.match(url):
                body.removed["picture without a file"] += 1
                return words
            return body.image(url, words)
        if re.fullmatch(r"wk[li]\d+x", url):
            return found[0]
        if "![" in words:
            words = _LINK.sub(linked, words)
        if _UNSAFE.match(re.sub(r"[\x00-\x20]", "", url)):
            body.removed["unsafe link"] += 1
            return words
        return f"[{words}]({body.link(url)})"

    def href(found: re.Match[str]) -> str:
        url = found[3]
        if _UNSAFE.match(re.sub(r"[\x00-\x20]", "", url)):
            body.removed["unsafe link"] += 1
            return f"{found[1]}{found[2]}#{found[2]}"
        return f"{found[1]}{found[2]}({body.link(url)}){found[2]}"

    text = _REFERENCED_IMAGE.sub(referenced, text)
    text = _IMG.sub(image_of, text)
    text = _LINK.sub(linked, text)
    text = _DEFINITION.sub(definition, text)
    return _HREF.sub(href, text)


def _levelled(text: str) -> str:
    """Headings that begin below the title of the page."""
    levels = [len(mark) for mark in _HEADING.findall(text)]
    if not levels or min(levels) == 2:
        return text
    change = 2 - min(levels)
    return _HEADING.sub(lambda found: "#" * min(6, len(found[1]) + change), text)


def _losses(body: _Body) -> list[Loss]:
    losses = [
        Loss(
            f"the tag '{name}' of the old system stays as text"
            + (f" ({count} times)" if count > 1 else ""),
            "Write what it showed, or delete it.",
        )
        for name, count in sorted(body.kept.items())
    ]
    return [*losses, *losses_of(body.removed)]
