"""Pages in the words of machines: schema.org for search engines, Open Graph for links shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.artifacts.frame import (
    Frame,
    Properties,
    card_of,
    image_of,
    shared_image,
    summary_of,
    traits_of,
)
from generator.config.settings import TRAITS
from generator.model import Entry
from generator.site import permalinks
from generator.views import AuthorCard, Image, Link

Thing = Mapping[str, Any]  # a value of schema.org, as JSON-LD writes it

CONTEXT = "https://schema.org"


def described_post(entry: Entry, frame: Frame) -> Thing:
    """A post as a BlogPosting, and its place below the home page."""
    trait = (Link(t.title, t.url) for t in traits_of(entry, frame)[:1])
    here = Link(entry.post.title, frame.links.url(entry.permalink))
    return _graph(_posting(entry, frame), _trail((*trait, here), frame))


def described_blog(frame: Frame) -> Thing:
    """The home page: the name of the site, and the blog with who writes and publishes it."""
    site = frame.view
    blog = _given(
        {
            **_blog(frame),
            "description": site.tagline,
            "inLanguage": site.language,
            "author": [_named(frame.authors[author.id], frame) for author in frame.config.authors],
            "publisher": _publisher(frame),
        }
    )
    name = {"@type": "WebSite", "name": site.title, "url": _home(frame)}
    return _graph(name, blog)


def described_author(author: AuthorCard, frame: Frame) -> Thing:
    """An author's page as the profile of a person."""
    person = {
        **_person(author, frame),
        "description": author.summary,
        "image": _image(shared_image(author.portrait, frame)),
        "sameAs": [link.url for link in author.links if link.url.startswith("http")],
    }
    page = {"@type": "ProfilePage", "mainEntity": _given(person)}
    return _graph(page, _trail((Link(author.name, author.url),), frame))


def described_place(places: Iterable[Link], frame: Frame) -> Thing:
    """A page that is known by its place below the home page."""
    return _graph(_trail(places, frame))


def article_properties(entry: Entry, frame: Frame) -> Properties:
    """What Open Graph asks of an article: when, by whom, about what."""
    post = entry.post
    authors = (frame.authors[author] for author in entry.authors)
    traits = traits_of(entry, frame)
    return (
        ("article:published_time", post.published.isoformat()),
        *([("article:modified_time", post.updated.isoformat())] if post.updated else []),
        *(("article:author", frame.links.absolute_url(a.url)) for a in authors if a.url),
        *(("article:section", trait.title) for trait in traits[:1]),
        *(("article:tag", term.title) for term in entry.terms),
    )


def profile_properties(author: AuthorCard) -> Properties:
    """What Open Graph asks of a profile that we can know: names are not cut into first and last."""
    return (("profile:username", author.id),)


def _graph(*things: Thing) -> Thing:
    return {"@context": CONTEXT, "@graph": things}


def _posting(entry: Entry, frame: Frame) -> Thing:
    post = entry.post
    url = frame.links.absolute(entry.permalink)
    image = image_of(entry, frame)
    image = shared_image(image, frame) or card_of(entry.permalink, post.title, "article", frame)
    traits = [trait.title for trait in traits_of(entry, frame)]
    return _given(
        {
            "@type": "BlogPosting",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "headline": post.title,
            "description": summary_of(entry),
            "image": _image(image),
            "datePublished": post.published.isoformat(),
            "dateModified": (post.updated or post.published).isoformat(),
            "author": [_person(frame.authors[author], frame) for author in entry.authors],
            "publisher": _publisher(frame),
            "inLanguage": post.language or frame.config.language,
            "wordCount": post.body.word_count,
            "articleSection": traits,
            "keywords": [term.title for term in entry.terms if term.taxonomy != TRAITS],
            "isPartOf": _blog(frame),
        }
    )


def _blog(frame: Frame) -> dict[str, Any]:
    home = _home(frame)
    return {"@type": "Blog", "@id": home, "name": frame.view.title, "url": home}


def _named(author: AuthorCard, frame: Frame) -> dict[str, Any]:
    url = frame.links.absolute_url(author.url) if author.url else ""
    return _given({"@type": "Person", "name": author.name, "url": url})


def _person(author: AuthorCard, frame: Frame) -> dict[str, Any]:
    return _named(author, frame) | _given({"jobTitle": author.role})


def _publisher(frame: Frame) -> dict[str, Any]:
    """The organisation that the settings name, else the first author."""
    if not frame.config.publisher:
        return _person(frame.view.author, frame)
    return {"@type": "Organization", "name": frame.config.publisher}


def _image(image: Image | None) -> dict[str, Any]:
    """An image with a whole URL; nothing for none."""
    if image is None:
        return {}
    return _given(
        {
            "@type": "ImageObject",
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "caption": image.alt,
        }
    )


def _trail(places: Iterable[Link], frame: Frame) -> Thing:
    """The way from the home page to a page, which is the last of these places."""
    steps = (Link(frame.view.title, frame.view.home), *places)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": step.title,
                "item": frame.links.absolute_url(step.url),
            }
            for number, step in enumerate(steps, start=1)
        ],
    }


def _home(frame: Frame) -> str:
    return frame.links.absolute(permalinks.HOME)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without those that are empty."""
    return {key: value for key, value in values.items() if value}
