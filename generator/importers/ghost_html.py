"""HTML of what Ghost's two editors keep: Lexical and Mobiledoc."""

from __future__ import annotations

from typing import Any

from generator.importers.html_parts import escape

_DEEPEST = 60


def html_of_lexical(value: Any) -> str:
    """The HTML of a document of the newer editor."""
    return "".join(_node(one, 0) for one in value["root"]["children"])


_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"))


def _node(node: Any, depth: int) -> str:
    if depth > _DEEPEST or not isinstance(node, dict):
        return ""
    kind = str(node.get("type", ""))
    if kind in ("text", "extended-text"):
        shown = escape(str(node.get("text", "")))
        number = node.get("format")
        for bit, tag in _FORMATS:
            if isinstance(number, int) and number & bit:
                shown = f"<{tag}>{shown}</{tag}>"
        return shown
    inside = "".join(_node(one, depth + 1) for one in node.get("children") or ())
    if kind == "linebreak":
        return "<br>"
    if kind in ("heading", "extended-heading"):
        tag = str(node.get("tag", "h2"))
        return f"<{tag}>{inside}</{tag}>" if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else inside
    if kind in ("quote", "extended-quote", "aside"):
        return f"<blockquote><p>{inside}</p></blockquote>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
        return f"<{tag}>{inside}</{tag}>"
    if kind == "listitem":
        return f"<li>{inside}</li>"
    if kind in ("link", "autolink"):
        return f'<a href="{escape(str(node.get("url", "")))}">{inside}</a>'
    if kind == "paragraph":
        return f"<p>{inside}</p>"
    return _card(kind, node) or inside


def _card(kind: str, card: dict[str, Any]) -> str:
    """The HTML of what is no text: a picture, some code, an embed."""

    def value(*names: str) -> str:
        return next((str(card[name]) for name in names if card.get(name)), "")

    caption = f"<figcaption>{value('caption')}</figcaption>" if value("caption") else ""
    if kind == "image":
        alt = escape(value("alt", "altText"))
        return f'<figure><img src="{escape(value("src"))}" alt="{alt}">{caption}</figure>'
    if kind == "gallery":
        images = "".join(
            f'<img src="{escape(str(one.get("src", "")))}" alt="{escape(str(one.get("alt", "")))}">'
            for one in card.get("images") or ()
            if isinstance(one, dict)
        )
        return f"<figure>{images}{caption}</figure>"
    if kind in ("codeblock", "code"):
        language = escape(value("language"))
        return (
            f'<pre><code class="language-{language}">{escape(value("code"))}</code></pre>{caption}'
        )
    if kind in ("html", "markdown", "card-markdown"):
        text = value("html", "markdown")
        return (
            text
            if kind == "html"
            else "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
        )
    if kind in ("horizontalrule", "hr"):
        return "<hr>"
    if kind in ("embed", "bookmark", "video", "audio", "file", "button"):
        meta = card.get("metadata")
        title = value("title", "buttonText", "fileTitle") or (
            str(meta.get("title") or "") if isinstance(meta, dict) else ""
        )
        url = value("url", "src", "buttonUrl")
        return f'<p><a href="{escape(url)}">{escape(title or url)}</a></p>{caption}'
    if kind in ("callout", "toggle"):
        heading = f"<p><strong>{value('heading')}</strong></p>" if value("heading") else ""
        return f"<blockquote>{heading}<p>{value('calloutText', 'content')}</p></blockquote>"
    if kind == "header":
        below = escape(value("subheading", "subheader"))
        return f"<h2>{escape(value('heading', 'header'))}</h2><p>{below}</p>"
    return ""


def html_of_mobiledoc(value: Any) -> str:
    """The HTML of a document of the older editor."""
    return "".join(_section(section, value) for section in value["sections"])


def _section(section: Any, document: Any) -> str:
    kind = section[0]
    if kind == 1:
        tag = (
            str(section[1])
            if section[1] in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
            else "p"
        )
        return f"<{tag}>{_markers(section[2], document)}</{tag}>"
    if kind == 2:
        return f'<figure><img src="{escape(str(section[1]))}"></figure>'
    if kind == 3:
        tag = "ol" if section[1] == "ol" else "ul"
        items = "".join(f"<li>{_markers(item, document)}</li>" for item in section[2])
        return f"<{tag}>{items}</{tag}>"
    if kind == 10:
        name, payload = document["cards"][section[1]][:2]
        return _card(str(name).replace("card-", ""), payload if isinstance(payload, dict) else {})
    return ""


def _markers(markers: Any, document: Any) -> str:
    parts: list[str] = []
    opened: list[str] = []
    for kind, opens, closes, value in markers:
        for number in opens:
            markup = document["markups"][number]
            tag, attributes = str(markup[0]), markup[1] if len(markup) > 1 else []
            if tag not in ("a", "b", "strong", "i", "em", "code", "s", "u", "sub", "sup"):
                tag = "span"
            href = attributes[attributes.index("href") + 1] if "href" in attributes else ""
            parts.append(f'<a href="{escape(str(href))}">' if tag == "a" else f"<{tag}>")
            opened.append(tag)
        if kind == 0:
            parts.append(escape(str(value)))
        else:
            atom = document["atoms"][value]
            parts.append("<br>" if atom[0] == "soft-return" else escape(str(atom[1])))
        for _ in range(closes):
            parts.append(f"</{opened.pop()}>" if opened else "")
    return "".join(parts)
