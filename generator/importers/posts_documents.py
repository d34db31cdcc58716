"""Single documents as posts: letters of Word and mail, pages of HTML, and copied text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importers.archives import ArchiveError, unpacked
from generator.importers.bundle import Bundle
from generator.importers.clean import clean_text
from generator.importers.dates import mail_date, read_date
from generator.importers.found import ReaderSettings, Refused, SetAside
from generator.importers.html_parts import attribute, escape
from generator.importers.html_posts import MissingConverterError
from generator.importers.items import FoundPost, FoundState, ImageData, Item, Loss
from generator.importers.page_words import heading, is_form, is_noise
from generator.importers.pasted import read_pasted
from generator.importers.plain_text import paragraphs
from generator.importers.posts_files import decoded
from generator.importers.wordpress import host_of

_LARGEST_DOCX = 300_000_000


def read_documents_as_posts(
    bundle: Bundle, names: Sequence[str], settings: ReaderSettings
) -> Iterator[Item]:
    """A post for each document; a copied text may have replies below it."""
    for name in names:
        path = bundle.shown(name)
        suffix = PurePosixPath(name).suffix.lower()
        try:
            data = bundle.read(name)
            if suffix == ".docx":
                yield _word(data, name, path, settings)
            elif suffix == ".eml":
                yield _mail(data, name, path)
            elif suffix == ".txt":
                yield from _copied(data, name, path, settings)
            else:
                yield page_as_post(data, name, path, settings)
        except (OSError, ArchiveError) as error:
            yield Refused(path, f"it can't be read: {error}")


def _slug(name: str) -> str:
    return PurePosixPath(name).stem


# Word


_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


def _word(data: bytes, name: str, path: str, settings: ReaderSettings) -> Item:
    try:
        import mammoth
    except ImportError as error:
        raise MissingConverterError(
            "reading Word needs another library; install it with: pip install 'cio-weekly[import]'"
        ) from error
    core = ""
    for entry, content in unpacked(data, most=_LARGEST_DOCX):
        if entry.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content[:5_000]:
            return Refused(path, "its XML declares entities, which no letter needs")
        if entry == "docProps/core.xml":
            core = content.decode("utf-8", "replace")
    try:
        made: Any = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES)
    except Exception as error:
        return Refused(path, f"it is no letter from Word that can be read: {error}")
    html: str = made.value
    title, html = _title_out(html, _core(core, "dc:title"))
    losses = [Loss(f"Word: {one}", "Compare it with the letter.") for one in _said(made.messages)]
    return FoundPost(
        via="word",
        own=name,
        site="",
        position=path,
        title=title,
        body=html,
        state=FoundState.DRAFT,
        published=read_date(
            _core(core, "dcterms:modified") or _core(core, "dcterms:created"), settings.zone
        ),
        authors=tuple(one for one in (_core(core, "dc:creator"),) if one),
        slug=_slug(name),
        losses=tuple(losses),
    )


def _said(messages: Any) -> list[str]:
    kept = [
        str(one.message)
        for one in messages
        if "Unrecognised paragraph style" not in str(one.message)
    ]
    return list(
        dict.fromkeys(message for message in kept if "Unrecognised run style" not in message)
    )[:10]


def _core(xml: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>([^<]*)</{name}>", xml)
    text = found[1].strip() if found else ""
    return (
        text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&apos;", "'")
    )


def _title_out(html: str, otherwise: str) -> tuple[str, str]:
    """The title of a document: its first heading, which is taken out, or what its file says."""
    found = re.match(r"\s*<h1\b[^>]*>(.*?)</h1>", html, re.S)
    if not found:
        found = re.search(r"<h1 class=\"title\">(.*?)</h1>", html, re.S)
    if found:
        words = " ".join(re.sub(r"<[^>]+>", "", found[1]).split())
        if words:
            title = LexborHTMLParser(f"<p>{words}").text() if "&" in words else words
            return title.strip(), html[: found.start()] + html[found.end() :]
    return otherwise, html


# mail


def _mail(data: bytes, name: str, path: str) -> Item:
    try:
        message = message_from_bytes(data, policy=policy.default)
        subject = " ".join(str(message.get("subject", "")).split())
        date = mail_date(str(message.get("date", "")))
        body = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
        content = _text_in(body) if body is not None else ""
        kind = body.get_content_subtype() if body is not None else "plain"
    except (ValueError, LookupError, AttributeError, KeyError, TypeError, IndexError) as error:
        return Refused(path, f"it is no mail that can be read: {error}")
    pictures, others = _attachments(message)
    losses = [
        Loss(f"the attachment '{other}' was not kept", "Put it into content/static and link it.")
        for other in others
    ]
    if not str(content).strip() and not pictures:
        return SetAside(path, "it has no words")
    is_html = kind == "html"
    text = str(content) if is_html else paragraphs(clean_text(str(content)), is_wrapped=True)[0]
    if not is_html:
        text = "\n\n".join([text, *(f"![](cid:{one.name})" for one in pictures)])
    return FoundPost(
        via="mail",
        own=str(message.get("message-id", "")).strip(" <>") or name,
        site="",
        position=path,
        title=re.sub(r"(?i)^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", "", subject),
        body=text,
        is_markdown=not is_html,
        state=FoundState.DRAFT,
        published=date,
        slug="",
        pictures=pictures,
        losses=tuple(losses),
    )


def _text_in(part: Any) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        data = part.get_payload(decode=True)
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _attachments(message: Any) -> tuple[tuple[ImageData, ...], list[str]]:
    pictures: list[ImageData] = []
    others: list[str] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        own = str(part.get("content-id", "")).strip(" <>")
        file = part.get_filename() or ""
        if part.get_content_maintype() == "image":
            data = part.get_payload(decode=True)
            pictures.append(
                ImageData(
                    own or file or f"picture-{len(pictures) + 1}",
                    data if isinstance(data, bytes) else b"",
                )
            )
        elif file:
            others.append(" ".join(file.split())[:100])
    return tuple(pictures), others


# pages


_MAIN = (
    "article .entry-content",
    "article .post-content",
    ".entry-content",
    ".post-content",
    ".post-body",
    ".article-content",
    "[itemprop=articleBody]",
    "article",
    "main",
    "[role=main]",
    "#content",
    ".content",
)
_AROUND = (
    "nav, header nav, footer, aside, .comments, #comments, .sidebar, .share, .related, "
    ".post-navigation, .breadcrumbs, .cookie, .site-header, .site-footer"
)


def page_as_post(data: bytes, name: str, path: str, settings: ReaderSettings) -> Item:
    """The post on a page of HTML: its main part, and what its head says."""
    losses: list[Loss] = []
    html = decoded(data, losses)
    if not re.search(r"<\s*(?:p|h\d|div|body|article|html|span|ul|table|br)\b", html, re.I):
        return SetAside(path, "there is no page in it")
    tree = LexborHTMLParser(html)
    styles = "".join(re.findall(r"<style[^>]*>.*?</style>", html, re.S | re.I))
    is_google = (
        "docs.google.com" in html
        or re.search(r'class="[^"]*\bdoc-content\b', html) is not None
        or "@import url(https://themes.googleusercontent.com" in html
    )
    body = tree.body
    if body is None:
        return SetAside(path, "there is no page in it")
    named = tree.css_first("title")
    own_title = " ".join((named.text() if named is not None else "").split())
    part = body
    if not is_google:
        for around in body.css(_AROUND):
            around.decompose()
        part = _main(body)
    title = _meta(tree, "og:title")
    first = part.css_first("h1, p.title, p.MsoTitle") or body.css_first("h1")
    if first is not None and (words := " ".join(first.text(deep=True).split())):
        title = words
        first.decompose()
    address = next(
        (attribute(one, "href") for one in tree.css("link[rel=canonical]")), ""
    ) or _meta(tree, "og:url")
    date = (
        _meta(tree, "article:published_time")
        or _meta(tree, "date")
        or next(
            (
                attribute(one, "datetime")
                for one in tree.css(
                    "article time[datetime], time.published, time.entry-date, time[pubdate]"
                )
            ),
            "",
        )
    )
    published = read_date(date, settings.zone)
    return FoundPost(
        via="google-docs" if is_google else "html",
        own=name,
        site=host_of(address) if address.startswith("http") else "",
        position=path,
        title=title or own_title,
        body=(styles if is_google else "") + (part.html or ""),
        state=FoundState.PUBLISHED if published else FoundState.DRAFT,
        published=published,
        updated=read_date(_meta(tree, "article:modified_time"), settings.zone),
        tags=tuple(
            dict.fromkeys(
                attribute(one, "content") for one in tree.css('meta[property="article:tag"]')
            )
        ),
        summary=_meta(tree, "description") or _meta(tree, "og:description"),
        authors=tuple(one for one in (_meta(tree, "author"),) if one and "://" not in one),
        slug=_slug(name) if _slug(name) != "index" else PurePosixPath(name).parent.name,
        addresses=tuple(one for one in (address, f"file:{name}") if one),
        language=attribute(tree.root, "lang") if tree.root is not None else "",
        folder=str(PurePosixPath(name).parent).removeprefix("."),
        losses=tuple(losses),
    )


def _main(body: LexborNode) -> LexborNode:
    for selector in _MAIN:
        found = body.css(selector)
        if found:
            best = max(found, key=lambda node: len(node.text(deep=True) or ""))
            if len((best.text(deep=True) or "").strip()) * 3 > len(
                (body.text(deep=True) or "").strip()
            ):
                return best
    return body


def _meta(tree: LexborHTMLParser, name: str) -> str:
    for key in ("name", "property"):
        for one in tree.css(f'meta[{key}="{name}"]'):
            if found := attribute(one, "content"):
                return " ".join(found.split())
    return ""


# text that somebody copied from a page


_PUBLISHED = re.compile(
    r"(?i)(?:published|posted|veröffentlicht|publié|by .{2,60})?(?: on| am| le)?[\s:·•|]*"
    r"(.{6,40}?)(?:[\s·•|]+\d+ min(?:ute)?s? read|\s+by\s.{1,60}"
    r"|[\s·•|]+(?:edited|leave a comment).*)?"
)
_FURNITURE = re.compile(
    r"(?i)[+•·]?\s*(?:follow(?:ing)?|subscribe|like|comment|share|repost|send|save|report this.*"
    r"|copy link"
    r"|edit|print|tweet|twitter|facebook|linkedin|email|more|related|like loading\W*|loading\W*"
    r"|\d[\d,.]*|\d+ (?:likes?|reactions?|comments?|reposts?|shares?).*|share this:?"
    r"|published by .+|view all posts by .+|(?:previous|next)(?: post:? .*)?"
    r"|tagged.*|categories:?.*)"
)
_AFTER_ARTICLE = re.compile(
    r"(?i)share this:?|like loading\W*|published by .{1,80}|view all posts by .+"
)


def _copied(data: bytes, name: str, path: str, settings: ReaderSettings) -> Iterator[Item]:
    """An article that was copied as text: its words, and the replies below it as replies."""
    losses: list[Loss] = []
    lines = clean_text(decoded(data, losses)).split("\n")
    border = _border(lines)
    article = [line.strip() for line in lines[:border]]
    filled = [
        number
        for number, line in enumerate(article)
        if line and not is_noise(line) and not is_form(line)
    ]
    if not filled:
        yield SetAside(path, "no words are in it")
        return
    named = re.search(r"[“\"«‘](.{3,200}?)[”\"»’]", lines[border]) if border < len(lines) else None
    first = next((n for n in filled if named and article[n] == named[1].strip()), filled[0])
    title = article[first]
    published = None
    start = first + 1
    for number in [n for n in filled if n > first][:8]:
        found = _PUBLISHED.fullmatch(article[number])
        if found and (moment := read_date(found[1], settings.zone)):
            published, start = moment, number + 1
            break
    kept = _without_furniture(article[start:])
    body, removed = paragraphs("\n".join(_apart(kept)))
    if removed:
        losses.append(
            Loss(
                f"{removed} addresses were taken out of the text",
                "Write them again if they should be there.",
            )
        )
    yield FoundPost(
        via="text",
        own=name,
        site="",
        position=path,
        title=title,
        body=body,
        is_markdown=True,
        state=FoundState.PUBLISHED if published else FoundState.DRAFT,
        published=published,
        slug="",
        losses=tuple(losses),
    )
    if border < len(lines):
        # empty lines keep the numbers of the lines below
        below = "\n" * border + "\n".join(lines[border:])
        intake = read_pasted(below.encode(), path, settings)
        for reply in intake.found:
            yield reply._replace(subject=title, references=(*reply.references, f"text {path}"))
        yield from intake.set_aside
        yield from intake.refused


def _without_furniture(lines: list[str]) -> list[str]:
    """The lines of an article without the buttons and boxes of its page."""
    end = next(
        (n for n, line in enumerate(lines) if n > 1 and _AFTER_ARTICLE.fullmatch(line)), len(lines)
    )
    kept = [line for line in lines[:end] if not line or not (is_noise(line) or is_form(line))]
    for at in (0, -1):  # at the top and at the bottom
        while kept and (not kept[at] or _FURNITURE.fullmatch(kept[at])):
            kept.pop(at)
    return kept


def _apart(lines: list[str]) -> list[str]:
    """Lines as paragraphs, if the page had no empty lines between them."""
    if any(not line for line in lines[1:-1]):
        return lines
    return [part for line in lines for part in (line, "")]


def _border(lines: list[str]) -> int:
    """Where the replies begin: the first heading of theirs that is not at the top."""
    for number, line in enumerate(lines):
        if number > 1 and line.strip() and (heading(line.strip()) or _is_border(line.strip())):
            return number
    return len(lines)


def _is_border(line: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?i)(?:\d+|one|an?|no)\s+(?:thoughts?|comments?|repl(?:y|ies)|responses?)\b.{0,200}"
            r"|(?:leave|post|add) a (?:comment|reply).{0,20}|comments?(?: \(\d+\))?"
            r"|responses? \(\d+\)",
            line,
        )
    )


def shown_html(text: str) -> str:
    """Plain text as paragraphs of HTML."""
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
