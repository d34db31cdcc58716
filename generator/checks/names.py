"""Names of topics and series: different ones never become one, and each has an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.config.settings import TOPICS, SiteConfig
from generator.model import Post, Tag, Taxonomy
from generator.problems import Problem, Severity, shortened
from generator.site import permalinks
from generator.site.taxonomies import fold, terms_by_tag


def shared_addresses(
    posts: Iterable[Post], taxonomies: Iterable[Taxonomy], config: SiteConfig
) -> Iterator[Problem]:
    """Topics and series with the address of another, or with none."""
    in_order = sorted(posts, key=drafts_last)
    at = config.at(("topics",))
    declared = [Tag(title, at) for title in config.topics]
    undeclared = tuple(_undeclared(in_order, taxonomies, config))
    yield from _repeated(declared)
    for topic in (*declared, *undeclared):
        if not permalinks.slug_of(topic.text):
            yield _no_address(topic, Severity.ERROR if topic in declared else Severity.WARNING)
    yield from _clashes("topics", (*declared, *undeclared))
    yield from _clashes("series", (post.series for post in in_order if post.series))


def drafts_last(post: Post) -> tuple[bool, str]:
    """An order in which the second of two that clash is a draft, if one is: it stops nothing."""
    return post.is_draft, post.source


def _undeclared(
    posts: Iterable[Post], taxonomies: Iterable[Taxonomy], config: SiteConfig
) -> Iterator[Tag]:
    """The first of each unknown tag, which becomes a topic where unknown tags are allowed."""
    if config.unknown_tags == "error":
        return
    known = {*terms_by_tag(one for one in taxonomies if one.name != TOPICS)}
    known |= {fold(title) for title in config.topics}
    for tag in (tag for post in posts for tag in post.tags):
        if (folded := fold(tag.text)) not in known:
            known.add(folded)
            yield tag


def _repeated(topics: Iterable[Tag]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for text, at in topics:
        if (other := first.setdefault(fold(text), text)) != text:
            message = f"the topics '{shortened(other)}' and '{shortened(text)}' count as one"
            hint = "Delete one of them: case, accents and hyphens make no difference."
            yield Problem("shared-tag", at, message, hint, Severity.WARNING)


def _no_address(topic: Tag, severity: Severity) -> Problem:
    message = f"no address can be made from the topic '{shortened(topic.text)}'"
    hint = "Write a name with a letter or a digit."
    return Problem("bad-slug", topic.at, message, hint, severity)


def _clashes(kind: str, names: Iterable[Tag]) -> Iterator[Problem]:
    """Different names of that kind which would have one address."""
    first: dict[str, Tag] = {}
    reported: set[str] = set()
    for name in names:
        slug, folded = permalinks.slug_of(name.text), fold(name.text)
        other = first.setdefault(slug, name)
        if slug and fold(other.text) != folded and folded not in reported:
            reported.add(folded)
            address = permalinks.for_term(kind, slug)
            yield Problem(
                "same-url",
                name.at,
                f"the {kind} '{shortened(other.text)}' and '{shortened(name.text)}' would both be "
                f"at {address}",
                "Give one of them another name, in words: 'C Sharp' instead of 'C#'.",
            )
