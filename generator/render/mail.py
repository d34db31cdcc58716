"""Messages: HTML whose styles are where mail programs read them, and the same as plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.artifacts.recipes import MAIL_TEMPLATE
from generator.config.settings import SITE_FILE
from generator.mail.bodies import block_count
from generator.mail.text_part import text_part
from generator.problems import Location, Problem
from generator.render.prose import in_mail
from generator.render.templates import Templates
from generator.views import FeedEntry, MailFeedView, MailPost, MailView

MOST_BYTES = 95_000  # of HTML: Gmail shows 102 kB, and adds to what it got

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_CLASS = re.compile(r'(<[a-z][^<>]*?)\sclass="[^"]*"')

NEEDS_CSS_INLINE = Problem(
    "needs-css-inline",
    Location(SITE_FILE),
    "css-inline is not installed, which writes styles where mail programs read them",
    "Install it: pip install 'cio-weekly[mail]'",
)


class RenderedMail(NamedTuple):
    """The two forms of a message."""

    html: str
    text: str


def rendered_mail(view: MailView, templates: Templates) -> RenderedMail | Problem:
    """A message; if its HTML would be too long for Gmail, the body of its post is cut short."""
    html = _html(view, templates)
    if isinstance(html, Problem):
        return html
    bodies = {post.url: _body(post) for post in view.posts if post.html}
    return RenderedMail(html, text_part(view, bodies))


def mail_entry(view: MailView, templates: Templates) -> str | Problem:
    """A message as a part of another one, which a service makes from a feed."""
    html = _html(view, templates)
    if isinstance(html, Problem):
        return html
    found = _BODY.search(html)
    inside = _COMMENT.sub("", found[1]) if found else html
    return _CLASS.sub(r"\1", inside).strip()


def mail_feed(view: MailFeedView, templates: Templates) -> bytes | Problem:
    """The feed for services that send mail, with a message in each entry."""
    from generator.render.feeds import rss  # feedgen

    texts: dict[str, str] = {}
    for entry, mail in zip(view.feed.entries, view.mails, strict=True):
        text = mail_entry(mail, templates)
        if isinstance(text, Problem):
            return text
        texts[entry.id] = text

    def text_of(entry: FeedEntry) -> str:
        return texts[entry.id]

    return rss(view.feed, text_of)


def _body(post: MailPost) -> str:
    return in_mail(post.html, post.url) if post.html else ""


def _html(view: MailView, templates: Templates) -> str | Problem:
    html = _inlined(view, templates)
    if isinstance(html, Problem) or _fits(html):
        return html
    post = max(view.posts, key=lambda post: len(post.html.html) if post.html else 0)
    least, most = 0, block_count(_body(post))
    shortest = html
    while least < most:  # `least` blocks are known to fit, or are none
        middle = (least + most + 1) // 2
        html = _inlined(_cut(view, post, middle), templates)
        if isinstance(html, Problem):
            return html
        if _fits(html):
            least, shortest = middle, html
        else:
            most = middle - 1
    return shortest if least else _inlined(_cut(view, post, 0), templates)


def _fits(html: str) -> bool:
    return len(html.encode()) <= MOST_BYTES


def _cut(view: MailView, post: MailPost, shown: int) -> MailView:
    cut = post._replace(shown=shown)
    return view._replace(posts=tuple(cut if one is post else one for one in view.posts))


def _inlined(view: MailView, templates: Templates) -> str | Problem:
    made = templates.render(MAIL_TEMPLATE, view)
    if isinstance(made, Problem):
        return made
    try:
        from css_inline import CSSInliner, InlineError
    except ImportError:
        return NEEDS_CSS_INLINE
    inliner = CSSInliner(load_remote_stylesheets=False)
    try:
        return str(inliner.inline(made.decode()))
    except InlineError as error:
        place = Location(templates.shown_as(MAIL_TEMPLATE))
        return Problem("template", place, f"its styles can't be read: {error}")
