"""WordPress's own HTML: paragraphs made of empty lines, and shortcodes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from generator.importers.html_parts import escape
from generator.importers.items import Loss

_BLOCK = (
    r"(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map"
    r"|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup"
    r"|header|footer|nav|figure|figcaption|details|menu|summary|script|iframe)"
)
_CODE = re.compile(
    r"\[(code|sourcecode|php|python|css|html|js|javascript|bash|sql|java|ruby|xml|csharp)((?:\s[^\]]*)?)\]"
    r"(.*?)\[/\1\]",
    re.S | re.I,
)
_CAPTION = re.compile(r"\[(?:wp_)?caption([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.S | re.I)
_EMBED = re.compile(
    r"\[(embed|youtube|vimeo|video|audio|soundcloud|playlist|twitter|tweet)\b((?:[ =:][^\]]*)?)\]"
    r"(?:([^\[]*?)\[/\1\])?",
    re.I,
)
_GALLERY = re.compile(r"\[gallery\b([^\]]*)\]", re.I)
_OTHER = re.compile(
    r"(?<!\[)\[(/?)([a-zA-Z][\w-]{1,40})((?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\]]+)|\s+[\w-]+)*)\s*/?\](?![\](:])"
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\]]+))")
_URL = re.compile(r"https?://[^\s\"'<>\]]+")


def html_of_wordpress(content: str) -> tuple[str, tuple[Loss, ...]]:
    """The HTML that WordPress makes of a post's content, and what stays as text."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\n\n<pre>wkkeep{len(kept) - 1}x</pre>\n\n"

    def code(found: re.Match[str]) -> str:
        given = dict(_attributes(found[2]))
        name = given.get("language") or given.get("lang") or found[1].lower()
        name = "" if name in ("code", "sourcecode") else name
        text = found[3].strip("\n")
        if not re.search(r"&(?:lt|gt|amp);", text):
            text = escape(text)
        return keep(f'<pre><code class="language-{escape(name)}">{text}</code></pre>')

    content = re.sub(r"<pre\b.*?</pre>", lambda found: keep(found[0]), content, flags=re.S | re.I)
    content = _CODE.sub(code, content)
    content = _CAPTION.sub(_figure, content)
    content = _EMBED.sub(_embed, content)
    content = _GALLERY.sub(_gallery, content)
    losses = tuple(_shortcodes(content))
    if "<!-- wp:" not in content:
        content = with_paragraphs(content)
    content = re.sub(r"(?m)^\s*(?:<p>)?\s*(https?://[^\s<>]+)\s*(?:</p>)?\s*$", _own_line, content)
    content = re.sub(
        r'(<div class="wp-block-embed__wrapper">)\s*(https?://[^\s<>]+)\s*(?=</div>)',
        lambda found: found[1] + _embedded(found[2]),
        content,
    )
    content = re.sub(
        r"(?:<p>)?\s*<pre>wkkeep(\d+)x</pre>\s*(?:</p>)?",
        lambda found: kept[int(found[1])],
        content,
    )
    return content, losses


def _attributes(text: str) -> list[tuple[str, str]]:
    return [
        (found[1].lower(), found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text)
    ]


def _figure(found: re.Match[str]) -> str:
    given, inside = dict(_attributes(found[1])), found[2].strip()
    image = re.match(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", inside, re.I)
    caption = given.get("caption") or (inside[image.end() :].strip() if image else "")
    shown = image[0] if image else inside
    return f"\n\n<figure>{shown}<figcaption>{caption}</figcaption></figure>\n\n"


def _embed(found: re.Match[str]) -> str:
    text = f"{found[3] or ''} {found[2]}"
    url = _URL.search(text)
    if url:
        return f"\n\n{_embedded(url[0])}\n\n"
    own = re.search(r"[\w-]{6,}", found[2])
    if own and found[1].lower() == "youtube":
        return f"\n\n{_embedded('https://www.youtube.com/watch?v=' + own[0])}\n\n"
    if own and found[1].lower() == "vimeo":
        return f"\n\n{_embedded('https://vimeo.com/' + own[0])}\n\n"
    return found[0]


def _embedded(url: str) -> str:
    return f'<iframe src="{escape(url)}"></iframe>'


_EMBEDDABLE = re.compile(
    r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|spotify\.com|soundcloud\.com|twitter\.com"
    r"|x\.com|instagram\.com|slideshare\.net|ted\.com|flickr\.com|tiktok\.com|speakerdeck\.com)/"
)


def _own_line(found: re.Match[str]) -> str:
    """An address on a line of its own is shown as what it leads to, on sites that allow it."""
    return _embedded(found[1]) if _EMBEDDABLE.match(found[1]) else found[0]


def _gallery(found: re.Match[str]) -> str:
    ids = dict(_attributes(found[1])).get("ids", "")
    numbers = re.findall(r"\d+", ids)
    if not numbers:
        return found[0]
    images = "".join(f'<p><img src="attachment:{number}"></p>' for number in numbers)
    return f"\n\n<div>{images}</div>\n\n"


def _shortcodes(content: str) -> list[Loss]:
    names: Counter[str] = Counter()
    closed = {name for is_end, name, *_ in _OTHER.findall(content) if is_end}
    for is_end, name, values in _OTHER.findall(
        re.sub(r"<(?:code|a)\b.*?</(?:code|a)>", "", content, flags=re.S)
    ):
        if not is_end and ("=" in values or name in closed or _is_known(name)):
            names[name] += 1
    return [
        Loss(
            f"the shortcode [{name}] stays as text" + (f" ({count} times)" if count > 1 else ""),
            "Write what it showed, or delete it.",
        )
        for name, count in sorted(names.items())
    ]


def _is_known(name: str) -> bool:
    return bool(
        re.match(
            r"(?:vc_|et_pb_|fusion_|av_|su_|ngg|contact-form|gravityform|wpforms|gallery|playlist|toc$|more$"
            r"|newsletter|mc4wp|table$|poll|ninja|rev_slider|recent|sitemap|audio|video|button|columns?|row$)",
            name,
            re.I,
        )
    )


def with_paragraphs(text: str) -> str:
    """What WordPress makes of lines: paragraphs of empty lines, and breaks of the others."""
    if not text.strip():
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n") + "\n"
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = re.sub(r"(<!--\s*(?:more|nextpage).*?-->)", r"\n\n\1\n\n", text)
    text = re.sub(rf"(<{_BLOCK}[\s/>])", r"\n\n\1", text)
    text = re.sub(rf"(</{_BLOCK}>)", r"\1\n\n", text)
    text = re.sub(r"(<hr\s*/?>)", r"\1\n\n", text)
    text = re.sub(r"<[^<>]*\n[^<>]*>", lambda found: found[0].replace("\n", " "), text)
    text = re.sub(r"\n\n+", "\n\n", text)
    blocks = []
    for block in re.split(r"\n\s*\n", text):
        block = block.strip("\n")
        if not block.strip():
            continue
        if re.match(rf"\s*</?{_BLOCK}[\s/>]|\s*<!--", block):
            blocks.append(block)
        else:
            end = re.search(rf"</{_BLOCK}>\s*$", block)
            body = block[: end.start()] if end else block
            blocks.append(f"<p>{_breaks(body.strip())}</p>" + (end[0] if end else ""))
    return "\n".join(blocks)


def _breaks(text: str) -> str:
    return re.sub(r"(?<!<br />)(?<!<br>)\s*\n", "<br />\n", text)


Transform = Callable[[str], tuple[str, tuple[Loss, ...]]]
