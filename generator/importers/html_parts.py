"""HTML of blogs made plain: what is noise, what runs and what watches readers is gone."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importers.items import ImageData, Loss

_GONE = (
    "script, style, noscript, template, link, meta, title, base, svg, canvas, button, form, input, "
    "select, textarea, dialog, math, applet, .sharedaddy, .jp-relatedposts, p.button-wrapper, "
    ".captioned-button-wrap, "
    ".subscription-widget-wrap, .subscription-widget, .share-dialog, .comments-area, #respond, "
    ".kg-signup-card, .feedflare, .ssba, .addtoany_share_save_container, .wpcnt, .code-block-ads"
)
_TRACKERS = re.compile(
    r"pixel\.wp\.com|stats\.wordpress\.com|pixel\.quantserve|medium\.com/_/stat|feeds\.feedburner"
    r"\.com/~|feedads\.|doubleclick\.net|google-analytics\.com|facebook\.com/tr|/pixel\.(?:gif|png)"
    r"|blogger\.googleusercontent\.com/tracker|feeds\.wordpress\.com|/(?:open|track(?:ing)?)\.gif"
    r"|email\.mg\d|mandrillapp\.com/track|list-manage\.com/track|/o/[\w-]+\.gif|eotrx\.|sendgrid\.net/wf",
    re.IGNORECASE,
)
_FRAMES = {
    "youtube": "Video on YouTube", "youtu.be": "Video on YouTube", "vimeo": "Video on Vimeo",
    "spotify": "Audio on Spotify", "soundcloud": "Audio on SoundCloud", "libsyn": "Audio",
    "twitter": "Post on Twitter", "x.com": "Post on X", "instagram": "Picture on Instagram",
    "slideshare": "Slides on SlideShare", "speakerdeck": "Slides on Speaker Deck",
    "gist.github": "Code on GitHub", "codepen": "Code on CodePen", "google.com/maps": "Map",
    "podbean": "Audio on Podbean", "ted.com": "Talk on TED", "tiktok": "Video on TikTok",
    "linkedin": "Post on LinkedIn", "facebook": "Post on Facebook",
}  # fmt: skip
_INLINE_STYLES = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), "strong"),
    (re.compile(r"font-style\s*:\s*italic", re.I), "em"),
    (re.compile(r"text-decoration[\w-]*\s*:\s*line-through", re.I), "del"),
)
_BLOCKS = "p, div, section, article, li, td, th, h1, h2, h3, h4, h5, h6, blockquote, figure, dd, dt"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MORE = "weeklymoreweekly"


class ImageRef(NamedTuple):
    """A picture that a body shows."""

    address: str
    alt: str


class Parts:
    """A body in the making: its tree, its pictures and links, and what was lost."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(f"<!doctype html><body>{html}")
        self.images: list[ImageRef] = []
        self.links: list[str] = []
        self.pictures: list[ImageData] = []
        self.footnotes: list[tuple[str, LexborNode]] = []
        self.removed: Counter[str] = Counter()
        self.losses: list[Loss] = []

    def css(self, selector: str) -> list[LexborNode]:
        """The elements that a selector names and that are still in the body."""
        body = self.tree.body
        found = [] if body is None else body.css(selector)
        # an element is found once for each part of the selector that it matches
        return list({node.mem_id: node for node in found}.values())

    def html(self) -> str:
        """The body as it is now."""
        body = self.tree.body
        return (body.inner_html if body is not None else "") or ""

    def parse_again(self, html: str) -> None:
        """Go on with other HTML."""
        self.tree = LexborHTMLParser(f"<!doctype html><body>{html}")


def element(html: str) -> LexborNode:
    """The first element of some HTML, to be put into a tree."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    found = body.first_child if body is not None else None
    if found is None:
        raise ValueError("no element")
    return found


def attribute(node: LexborNode, name: str) -> str:
    """An attribute, '' if it is missing or empty."""
    return (node.attributes.get(name) or "").strip()


def escape(text: str) -> str:
    """A text as it is written in HTML."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def remove_noise(parts: Parts) -> None:
    """Takes out what runs, what asks for input and what only shares; counts what was there."""
    _forget_comments(parts)
    _keep_what_noscript_shows(parts)
    for node in parts.css(_GONE):
        tag = node.tag or ""
        what = {"script": "script", "form": "form"}.get(tag)
        if tag == "script" and (src := attribute(node, "src")) and "gist.github.com" in src:
            node.replace_with(element(_link_line(src.removesuffix(".js"))))
            parts.removed["embed"] += 1
            continue
        if what:
            parts.removed[what] += 1
        node.decompose()


def _forget_comments(parts: Parts) -> None:
    html = parts.html()
    html = re.sub(r"<!--\s*more(?:\s[^>]*)?-->", f"<p>{MORE}</p>", html, count=1, flags=re.I)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    parts.parse_again(html)


def _keep_what_noscript_shows(parts: Parts) -> None:
    """A picture that a script would load is written again in `noscript`; the first will do."""
    for node in parts.css("noscript"):
        html = node.inner_html or ""
        if "<img" in html and not node.parent.css_first("img") if node.parent else False:
            node.replace_with(element(f"<span>{html}</span>"))


def plain_styles(parts: Parts) -> None:
    """Styles of word processors become elements; Google Docs keeps them in classes."""
    classes: dict[str, set[str]] = {}
    for sheet in re.findall(r"<style[^>]*>(.*?)</style>", parts.html(), re.S | re.I):
        for name, rules in re.findall(r"\.([\w-]+)\s*\{([^}]*)\}", sheet[:500_000]):
            for pattern, tag in _INLINE_STYLES:
                if pattern.search(rules):
                    classes.setdefault(name, set()).add(tag)
    for node in parts.css("span[style], span[class]"):
        tags = {tag for pattern, tag in _INLINE_STYLES if pattern.search(attribute(node, "style"))}
        for name in attribute(node, "class").split():
            tags |= classes.get(name, set())
        if tags and not any(
            up.tag in (*HEADINGS, "strong", "b", "em", "i", "del", "th") for up in _above(node)
        ):
            wrapped = node.inner_html or ""
            for tag in sorted(tags):
                wrapped = f"<{tag}>{wrapped}</{tag}>"
            if (node.text(deep=True) or "").strip():
                node.replace_with(element(wrapped))


def _above(node: LexborNode) -> Iterator[LexborNode]:
    up = node.parent
    while up is not None:
        yield up
        up = up.parent


def embeds_as_links(parts: Parts) -> None:
    """Frames, players and objects become a line with a link that says what they were."""
    for node in parts.css("iframe, embed, object, video, audio"):
        source = attribute(node, "src") or attribute(node, "data-src") or attribute(node, "data")
        if not source and (inner := node.css_first("source, a")) is not None:
            source = attribute(inner, "src") or attribute(inner, "href")
        parts.removed["embed"] += 1
        if source.startswith("//"):
            source = f"https:{source}"
        if not re.match(r"https?://|/|\.{0,2}[\w-]", source) or re.match(
            r"(?!https?:)\w+:", source
        ):
            node.decompose()
            continue
        name = {"video": "Video", "audio": "Audio"}.get(node.tag or "", "")
        node.replace_with(element(_link_line(_watchable(source), name)))
    quotes = parts.css("blockquote.twitter-tweet, blockquote.instagram-media")
    parts.removed.update({"embed": len(quotes)} if quotes else {})


def _watchable(source: str) -> str:
    """The page on which people watch what a frame shows."""
    if found := re.match(
        r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,})", source
    ):
        return f"https://www.youtube.com/watch?v={found[1]}"
    if found := re.match(r"(?:https?:)?//player\.vimeo\.com/video/(\d+)", source):
        return f"https://vimeo.com/{found[1]}"
    return source


def _link_line(source: str, name: str = "") -> str:
    label = name or next((said for sign, said in _FRAMES.items() if sign in source.lower()), "")
    host = urlsplit(source).hostname or ""
    label = label or (f"Embedded page on {host.removeprefix('www.')}" if host else "Embedded file")
    return f'<p><a href="{escape(source)}">{escape(label)}</a></p>'


def take_links(parts: Parts) -> None:
    """Numbers the links; those that run a script, or lead nowhere, become plain words."""
    for node in parts.css("a"):
        href = re.sub(r"[\x00-\x20]+", "", attribute(node, "href"))
        if re.match(r"(?:javascript|data|vbscript|file|blob):", href, re.I):
            parts.removed["unsafe link"] += 1
            href = ""
        elif found := re.match(r"https?://www\.google\.com/url\?q=([^&]+)", href):
            href = unquote_to_bytes(found[1]).decode(
                "utf-8", "replace"
            )  # Google Docs counts clicks
        has_words = (node.text(deep=True) or "").strip() or node.css_first("img")
        if not href or not has_words:
            node.unwrap()
            continue
        parts.links.append(href)
        for name in (*node.attributes,):
            if name != "href":
                del node.attrs[name]
        node.attrs["href"] = f"wkl{len(parts.links) - 1}x"


def take_images(parts: Parts) -> None:
    """Numbers the pictures; those that only watch readers are gone."""
    for node in parts.css("img"):
        source = _source_of(node)
        if _is_tracker(node, source):
            parts.removed["tracking pixel"] += 1
            node.decompose()
            continue
        if source.startswith("data:"):
            name = _inline(parts, source)
            source = f"cid:{name}" if name else ""
        if not source or re.match(r"(?:javascript|vbscript|file|blob):", source, re.I):
            parts.removed["picture without a file"] += 1
            node.decompose()
            continue
        alt = " ".join(attribute(node, "alt").split())
        parts.images.append(ImageRef(source, alt))
        for name in (*node.attributes,):
            del node.attrs[name]
        node.attrs["src"] = f"wki{len(parts.images) - 1}x"
        node.attrs["alt"] = alt


def _source_of(node: LexborNode) -> str:
    source = attribute(node, "src")
    if not source or source.startswith("data:image/gif") or "placeholder" in source.lower():
        lazy = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
        source = next((found for name in lazy if (found := attribute(node, name))), source)
    if not source and (listed := attribute(node, "srcset") or attribute(node, "data-srcset")):
        source = listed.split(",")[-1].split()[0]
    return f"https:{source}" if source.startswith("//") else source


def _is_tracker(node: LexborNode, source: str) -> bool:
    sizes = [
        attribute(node, "width").removesuffix("px"),
        attribute(node, "height").removesuffix("px"),
    ]
    style = attribute(node, "style").replace(" ", "").lower()
    is_tiny = all(size in ("0", "1") for size in sizes) or any(
        sign in style for sign in ("width:1px", "width:0", "height:1px", "height:0", "display:none")
    )
    return is_tiny or bool(_TRACKERS.search(source))


_KINDS = {"png": "png", "jpeg": "jpg", "jpg": "jpg", "gif": "gif", "webp": "webp", "avif": "avif"}


def _inline(parts: Parts, source: str) -> str:
    """Keeps a picture that is written into the page; '' if it is none."""
    found = re.match(r"data:image/([\w.+-]+)(;[\w=;-]*)?,(.*)", source, re.S)
    ending = _KINDS.get(found[1].lower()) if found else None
    if not found or not ending:
        return ""
    try:
        data = (
            base64.b64decode(found[3], validate=False)
            if "base64" in (found[2] or "")
            else unquote_to_bytes(found[3])
        )
    except (binascii.Error, ValueError):
        return ""
    if len(data) < 100:  # a dot that a script would replace
        return ""
    name = f"picture-{len(parts.pictures) + 1}.{ending}"
    parts.pictures.append(ImageData(name, data))
    return name


def take_footnotes(parts: Parts) -> None:
    """Finds notes that refer to the text and back, whatever system wrote them."""
    by_id = {attribute(node, "id"): node for node in parts.css("[id]")}
    by_id |= {
        attribute(node, "name"): node
        for node in parts.css("a[name]")
        if attribute(node, "name") not in by_id
    }
    number = 0
    taken: dict[str, str] = {}
    for anchor in parts.css(
        'a[href^="#"], a[href*="#fn"], a[href*="#footnote"], a[href*="#ftnt"], a[href*="#_ftn"]'
    ):
        if anchor.parent is None:
            continue
        name = attribute(anchor, "href").partition("#")[2]
        target = by_id.get(name)
        label = (anchor.text(deep=True) or "").strip().strip("[]()")
        if target is None or not re.fullmatch(r"\d{1,3}|[*†‡]|[ivx]+|[a-z]", label):
            continue
        note = _note_of(target)
        own = {
            attribute(node, "id") or attribute(node, "name") for node in (anchor, *_near(anchor))
        }
        if note is None or not _leads_back(note, own - {""}):
            continue
        if any(node.mem_id == note.mem_id for node in _above(anchor)):
            continue  # the link back
        if name in taken:
            _replace_reference(anchor, taken[name])
            continue
        number += 1
        taken[name] = str(number)
        parts.footnotes.append((str(number), note))
        _replace_reference(anchor, str(number))
    for _, note in parts.footnotes:
        for back in note.css("a"):
            words = (back.text(deep=True) or "").strip()
            if attribute(back, "href").partition("#")[2] and (
                not re.search(r"\w{2,}", words) or "footnote-number" in attribute(back, "class")
            ):
                up = back.parent
                back.decompose()
                if up is not None and up.tag == "sup" and not (up.text(deep=True) or "").strip():
                    up.decompose()


def _near(anchor: LexborNode) -> list[LexborNode]:
    near = [up for up in list(_above(anchor))[:2] if up.tag in ("sup", "span")]
    return [*near, *anchor.css("[id], [name]")]


def _note_of(target: LexborNode) -> LexborNode | None:
    """The block that a note is, from the element that its number leads to."""
    for node in (target, *_above(target)):
        if node.tag in ("li", "p", "aside") or "footnote" in attribute(node, "class").split():
            up = node.parent
            if (
                node.tag == "p"
                and up is not None
                and up.tag in ("li", "div")
                and attribute(up, "id")
            ):
                return up
            return node
        if node.tag in ("body", "html", "ol"):
            return None
        if node.tag == "div":
            return node
    return None


def _leads_back(note: LexborNode, own: set[str]) -> bool:
    return any(attribute(a, "href").partition("#")[2] in own for a in note.css("a[href]")) and bool(
        own
    )


def _replace_reference(anchor: LexborNode, number: str) -> None:
    place = anchor
    up = anchor.parent
    if up is not None and up.tag == "sup":
        place = up
    place.replace_with(element(f"<span>wkf{number}x</span>"))


def level_headings(parts: Parts) -> None:
    """Headings begin below the title of the page, and leave no level out."""
    nodes = parts.css(", ".join(HEADINGS))
    nodes = [
        node for node in nodes if (node.text(deep=True) or "").strip() or node.css_first("img")
    ]
    if not nodes:
        return
    least = min(int((node.tag or "h2")[1]) for node in nodes)
    before = 1
    for node in nodes:
        level = min(int((node.tag or "h2")[1]) - least + 2, before + 1, 6)
        before = level
        inside = node.inner_html or ""
        if node.tag != f"h{level}":
            node.replace_with(element(f"<h{level}>{inside}</h{level}>"))
