"""Pages described for machines: schema.org for search engines, Open Graph for shared links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import Properties, shared_image, social_image
from generator.artifacts.shown_posts import ShownPost
from generator.config.built_in_pages import HOME
from generator.config.settings import TRAITS
from generator.i18n.translate import translate
from generator.views import AuthorCard, Image, Link, Replies, ReplyView

Thing = Mapping[str, Any]  # a value of schema.org, as JSON-LD writes it

CONTEXT = "https://schema.org"


def described_post(shown: ShownPost, replies: Replies | None, context: PageContext) -> Thing:
    """A post as a BlogPosting with its replies, and its place below the home page."""
    trait = (Link(t.title, t.url) for t in shown.traits[:1])
    here = Link(shown.post.title, context.links.url(shown.permalink))
    posting = _posting(shown, context)
    if replies and replies.total:
        posting |= {"commentCount": replies.total, "comment": _comments(replies.threads, context)}
    return _graph(posting, _trail((*trait, here), context))


def described_blog(authors: Iterable[AuthorCard], context: PageContext) -> Thing:
    """The home page: the name of the site, and the blog with who writes and publishes it."""
    site = context.view
    blog = given(
        {
            **_blog(context),
            "description": site.tagline,
            "inLanguage": site.language,
            "author": [_named(author, context) for author in authors],
            "publisher": _publisher(context),
        }
    )
    name = {"@type": "WebSite", "name": site.title, "url": _home(context)}
    return _graph(name, blog)


def described_author(author: AuthorCard, context: PageContext) -> Thing:
    """An author's page as the profile of a person."""
    person = {
        **_person(author, context),
        "description": author.summary,
        "image": _image(shared_image(author.portrait, context)),
        "sameAs": [link.url for link in author.links if link.url.startswith("http")],
    }
    page = {"@type": "ProfilePage", "mainEntity": given(person)}
    return _graph(page, _trail((Link(author.name, author.url),), context))


def described_place(places: Iterable[Link], context: PageContext) -> Thing:
    """A page that is known by its place below the home page."""
    return _graph(_trail(places, context))


def article_properties(shown: ShownPost, context: PageContext) -> Properties:
    """What Open Graph wants to know about an article: when, by whom, about what."""
    post = shown.post
    return (
        ("article:published_time", post.published.isoformat()),
        *([("article:modified_time", post.updated.isoformat())] if post.updated else []),
        *(("article:author", context.links.absolute_url(a.url)) for a in shown.authors if a.url),
        *(("article:section", trait.title) for trait in shown.traits[:1]),
        *(("article:tag", term.title) for term in shown.terms),
    )


def profile_properties(author: AuthorCard) -> Properties:
    """What Open Graph asks about a person, as far as we know: not the first and last name apart."""
    return (("profile:username", author.id),)


def _graph(*things: Thing) -> Thing:
    return {"@context": CONTEXT, "@graph": things}


def _comments(replies: Iterable[ReplyView], context: PageContext) -> list[Thing]:
    """Replies as comments, each with its answer and the replies to it."""
    return [comment for reply in replies for comment in _comment(reply, context)]


def _comment(reply: ReplyView, context: PageContext) -> list[Thing]:
    below = [*_answer(reply, context), *_comments(reply.replies, context)]
    if reply.html is None:
        return below
    url = context.links.absolute_url(reply.url)
    name = reply.name or translate(context.messages, "reply_by_colleague")
    author = {"@type": "Person", "name": name, "jobTitle": reply.role, "url": reply.homepage}
    return [
        given(
            {
                "@type": "Comment",
                "@id": url,
                "url": url,
                "text": plain_text(reply.html.html),
                "datePublished": reply.date.iso if reply.date else "",
                "author": given(author),
                "comment": below,
            }
        )
    ]


def _answer(reply: ReplyView, context: PageContext) -> list[Thing]:
    """The blog's words in answer to a reply; an answer in a post is described there."""
    answer = reply.answer
    if answer is None or answer.html is None:
        return []
    return [
        given(
            {
                "@type": "Comment",
                "text": plain_text(answer.html.html),
                "datePublished": answer.date.iso if answer.date else "",
                "author": _person(answer.author, context),
            }
        )
    ]


_TAG = re.compile(r"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")


def plain_text(html: str) -> str:
    """The words of some HTML in one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _posting(shown: ShownPost, context: PageContext) -> dict[str, Any]:
    post = shown.post
    url = context.links.absolute(shown.permalink)
    image = shared_image(shown.image, context) or social_image(
        shown.permalink, post.title, "article", context
    )
    return given(
        {
            "@type": "BlogPosting",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "headline": post.title,
            "description": shown.summary,
            "image": _image(image),
            "datePublished": post.published.isoformat(),
            "dateModified": (post.updated or post.published).isoformat(),
            "author": [_person(author, context) for author in shown.authors],
            "publisher": _publisher(context),
            "inLanguage": post.language or context.config.language,
            "wordCount": post.body.word_count,
            "articleSection": [trait.title for trait in shown.traits],
            "keywords": [term.title for term in shown.terms if term.taxonomy != TRAITS],
            "isPartOf": _blog(context),
        }
    )


def _blog(context: PageContext) -> dict[str, Any]:
    home = _home(context)
    return {"@type": "Blog", "@id": home, "name": context.view.title, "url": home}


def _named(author: AuthorCard, context: PageContext) -> dict[str, Any]:
    url = context.links.absolute_url(author.url) if author.url else ""
    return given({"@type": "Person", "name": author.name, "url": url})


def _person(author: AuthorCard, context: PageContext) -> dict[str, Any]:
    return _named(author, context) | given({"jobTitle": author.role})


def _publisher(context: PageContext) -> dict[str, Any]:
    """The organisation that the settings name, else the first author."""
    if not context.config.publisher:
        return _person(context.view.author, context)
    return {"@type": "Organization", "name": context.config.publisher}


def _image(image: Image | None) -> dict[str, Any]:
    """An image with a whole URL; nothing if there is none."""
    if image is None:
        return {}
    return given(
        {
            "@type": "ImageObject",
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "caption": image.alt,
        }
    )


def _trail(places: Iterable[Link], context: PageContext) -> Thing:
    """The way from the home page to a page, which is the last of these places."""
    steps = (Link(context.view.title, context.view.home), *places)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": step.title,
                "item": context.links.absolute_url(step.url),
            }
            for number, step in enumerate(steps, start=1)
        ],
    }


def _home(context: PageContext) -> str:
    return context.links.absolute(HOME)


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not empty; JSON leaves the others out."""
    return {key: value for key, value in values.items() if value}
