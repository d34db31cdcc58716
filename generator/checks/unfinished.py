"""What is still that of the starter or of an example, and must not be published as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from generator.config.levels import Level, severity_by
from generator.config.settings import SiteConfig
from generator.config.toml_places import KeyPath
from generator.problems import Location, Problem, Severity, shortened

PLACEHOLDER = re.compile(r"\[REPLACE: [^\[\]\n]+\]")
UNPUBLISHED: dict[str, Level] = {"placeholder": "error", "example-address": "error"}

_NOBODY = frozenset({"author name", "firstname lastname", "your name"})

# reserved for documentation and tests: RFC 2606 and RFC 6761
_EXAMPLE = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|localhost|test)\.?")


def is_for_examples(domain: str) -> bool:
    """Whether nobody can have a domain, because it is reserved for examples and tests."""
    return bool(_EXAMPLE.fullmatch(domain.casefold()))


def unfinished_problems(
    config: SiteConfig,
    sources: Iterable[str],
    text_of: Callable[[str], str],
    levels: Mapping[str, Level],
) -> Iterator[Problem]:
    """Placeholders in the settings and sources, and settings with an address for examples."""
    if severity := severity_by(levels, "placeholder"):
        for key, text in _texts_in(config):
            for found in PLACEHOLDER.finditer(text):
                yield _placeholder(found[0], config.at(key), severity)
        for number, author in enumerate(config.authors):
            if author.name.casefold() in _NOBODY:
                yield _placeholder(author.name, config.at(("authors", number, "name")), severity)
        for source in sources:
            yield from _placeholders_in(source, text_of(source), severity)
    if severity := severity_by(levels, "example-address"):
        for key, shown, domain, hint in _addresses_in(config):
            if is_for_examples(domain):
                message = f"'{key[-1]}' is {shortened(shown)}, an address for examples"
                yield Problem("example-address", config.at(key), message, hint, severity)


def _placeholders_in(source: str, text: str, severity: Severity) -> Iterator[Problem]:
    for found in PLACEHOLDER.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        yield _placeholder(found[0], Location(source, line, column), severity)


def _placeholder(found: str, at: Location, severity: Severity) -> Problem:
    message = f"'{shortened(found)}' is a placeholder, which readers would see"
    return Problem(
        "placeholder", at, message, "Write your own words there, or delete it.", severity
    )


def _texts_in(value: Any, key: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text in the settings, with its key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts_in(item, (*key, name))
    elif isinstance(value, tuple):  # a list, or a table with named fields
        names = getattr(value, "_fields", range(len(value)))
        for name, item in zip(names, value, strict=True):
            yield from _texts_in(item, (*key, name))


def _addresses_in(config: SiteConfig) -> Iterator[tuple[KeyPath, str, str, str]]:
    """The addresses of the blog and of people: key, value, domain, and what to write instead."""
    url = config.base_url
    where = "Write where the blog will be, such as https://org.github.io/letters/."
    yield ("base_url",), url, urlsplit(url).hostname or "", where
    yield ("cname",), config.cname, config.cname, "Write your own domain, or delete this line."
    domain = config.authority.partition(",")[0].rpartition("@")[2]
    own = "Write a domain that you own, and this year. Never change it once people subscribe."
    yield ("authority",), config.authority, domain, own
    mail = "Write an address that somebody reads, or delete this line."
    emails: list[tuple[KeyPath, str]] = [(("answer", "email"), config.answer.email)]
    emails += [(("authors", n, "email"), each.email) for n, each in enumerate(config.authors)]
    for key, email in emails:
        yield key, email, email.rpartition("@")[2], mail
