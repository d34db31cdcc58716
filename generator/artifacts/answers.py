"""The ways in which a reader answers a post, in the order of the settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from generator.artifacts.page_context import PageContext
from generator.artifacts.shown_posts import ShownPost
from generator.config.built_in_pages import HOME
from generator.config.settings import WaySettings
from generator.i18n.translate import translate
from generator.site.message_ids import token, token_in_subject
from generator.views import AnswerView, AnswerWay

LONGEST_LINK = 1900  # characters; Windows passes at most 2,083 of a link to a mail program
LONGEST_TITLE = 150  # characters in a subject

# a copy of a post at one of these is a place to answer; its name needs no translation
_NETWORKS = {
    "Mastodon": re.compile(r"https://[^/]+/@[^/]+/\d+/?"),
    "Bluesky": re.compile(r"https://bsky\.app/profile/[^/]+/post/[^/]+/?"),
    "LinkedIn": re.compile(r"https://([a-z]+\.)?linkedin\.com/.+"),
}


class _Asked(NamedTuple):
    """What is to be answered: a post, or the blog while it has none."""

    title: str
    url: str  # absolute
    token: str  # '' for the blog
    subject_end: str
    copies: tuple[str, ...]


def answer(shown: ShownPost, context: PageContext) -> AnswerView:
    """The line that asks the reader to answer a post, and the ways to do so."""
    authority, post = context.config.authority, shown.post
    return _answer(
        _Asked(
            title=post.title,
            url=context.links.absolute(shown.permalink),
            token=token(authority, post.id),
            subject_end=f" {token_in_subject(authority, post.id)}",
            copies=post.syndication,
        ),
        context,
    )


def answer_to_blog(context: PageContext) -> AnswerView:
    """The same for the whole blog, where no single post is asked about."""
    asked = _Asked(context.config.title, context.links.absolute(HOME), "", "", ())
    return _answer(asked, context)


def _answer(asked: _Asked, context: PageContext) -> AnswerView:
    settings = context.config.answer
    ways = tuple(way for one in settings.all_ways for way in _ways(one, asked, context))
    page = context.answer_page if ways or settings.is_possible else ""
    line = settings.text or translate(context.messages, "answer_line")
    return AnswerView(
        text=line if ways or page else "",
        page=page,
        mailto=next((way.url for way in ways if way.via == "email"), ""),
        ways=ways,
    )


def _ways(way: WaySettings, asked: _Asked, context: PageContext) -> Iterator[AnswerWay]:
    """One way of the settings: one link, or one for each copy of the post."""
    match way.via:
        case "email":
            title = way.title or translate(context.messages, "answer_by_mail")
            address = way.to or context.config.answer.email
            yield AnswerWay("email", title, _mailto(address, asked, context))
        case "form":
            title = way.title or translate(context.messages, "answer_by_form")
            yield AnswerWay("form", title, _form(way.to, asked))
        case "github":
            title = way.title or translate(context.messages, "answer_at", place="GitHub")
            yield AnswerWay("github", title, _issue(way, asked, context))
        case "copies":
            for url in asked.copies:
                if name := network_of(url):
                    title = translate(context.messages, "answer_at", place=name)
                    yield AnswerWay(name.lower(), title, url)


def network_of(url: str) -> str:
    """The network on which a post's copy at that address can be answered, '' if none is known."""
    return next((name for name, form in _NETWORKS.items() if form.fullmatch(url)), "")


def _form(template: str, asked: _Asked) -> str:
    values = {"title": _shortened(asked).title, "url": asked.url, "id": asked.token}
    return re.sub(r"\{(title|url|id)\}", lambda found: _quoted(values[found[1]]), template)


def _issue(way: WaySettings, asked: _Asked, context: PageContext) -> str:
    """A new issue on GitHub, whose form has a field `post` for the permalink."""
    fields = {
        "template": way.template,
        "title": _subject(_shortened(asked), context),
        "post" if way.template else "body": asked.url,
    }
    query = "&".join(f"{name}={_quoted(value)}" for name, value in fields.items() if value)
    return f"https://github.com/{way.to}/issues/new?{query}"


def _mailto(address: str, asked: _Asked, context: PageContext) -> str:
    """A link that opens a mail about a post, whose permalink is in its body (RFC 6068).

    Mail programs cut or refuse links that are too long. So the title gives way first, and then the
    permalink; the token stays.
    """
    body = "&body=" + _quoted("\r\n\r\n" + asked.url)
    start = f"mailto:{quote(address, safe='@')}?subject="
    room = LONGEST_LINK - len(start)
    for end in (body, ""):
        length = LONGEST_TITLE
        while length:
            subject = _quoted(_subject(_shortened(asked, length), context))
            if len(subject) + len(end) <= room:
                return f"{start}{subject}{end}"
            length = length * 3 // 4
    return f"{start}{_quoted(asked.subject_end.strip())}"


def _shortened(asked: _Asked, length: int = LONGEST_TITLE) -> _Asked:
    """The same with a title of at most so many characters, before three dots."""
    if len(asked.title) <= length:
        return asked
    return asked._replace(title=f"{asked.title[:length].rstrip()}…")


def _subject(asked: _Asked, context: PageContext) -> str:
    subject = translate(context.messages, "reply_subject", title=asked.title)
    return f"{subject}{asked.subject_end}"


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")
