"""What each setting's value must be, beyond its type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from generator.config import addresses
from generator.config.built_in_pages import BUILT_IN_PAGES, HOME
from generator.config.levels import ALWAYS_ERRORS, DEFAULT_LEVELS
from generator.config.settings import (
    EARLIEST,
    LATEST,
    TOPICS,
    TRAITS,
    AuthorSettings,
    SiteConfig,
    WaySettings,
)
from generator.config.toml_places import KeyPath
from generator.problems import Problem, did_you_mean, shortened

LEAST_WIDTH = 16  # pixels
LONGEST_ABSENCE = 366  # days

# names of folders and pages of the site, which no taxonomy may take
RESERVED_NAMES = frozenset(
    {
        *(permalink.strip("/") for permalink in BUILT_IN_PAGES.values() if permalink != HOME),
        "assets",
        "authors",
        "feeds",
        "media",
        "page",
        "pages",
        "posts",
        "replies",
        "static",
        TOPICS,
    }
)


class ValueRule(NamedTuple):
    """Whether a setting's value is right; if not, what is wrong and what to do."""

    key: KeyPath
    is_right: bool
    message: str
    hint: str


def value_problems(config: SiteConfig) -> Iterator[Problem]:
    """Values that have the right type but make no sense."""
    for rule in _value_rules(config):
        if not rule.is_right:
            yield Problem("wrong-setting", config.at(rule.key), rule.message, rule.hint)


def wrong_settings(config: SiteConfig) -> set[str]:
    """The first part of the key of each setting that makes no sense."""
    return {str(rule.key[0]) for rule in _value_rules(config) if not rule.is_right}


def _value_rules(config: SiteConfig) -> Iterator[ValueRule]:
    yield from _blog_rules(config)
    yield from _rhythm_rules(config)
    yield from _size_rules(config)
    yield from _author_rules(config)
    yield from _link_rules(config)
    yield from _answer_rules(config)
    yield from _mail_rules(config)
    yield from _source_rules(config)
    yield from _check_rules(config)
    yield from _taxonomy_rules(config)


def _blog_rules(config: SiteConfig) -> Iterator[ValueRule]:
    yield ValueRule(
        ("title",),
        bool(config.title.strip()),
        "'title' is empty",
        "Write the blog's name.",
    )
    yield ValueRule(
        ("base_url",),
        _is_base_url(config.base_url),
        f"'base_url' is '{shortened(config.base_url)}'",
        f"Write a whole address such as {_base_url_meant(config.base_url)}.",
    )
    yield ValueRule(
        ("time_zone",),
        (is_zone := _is_zone(config.time_zone)),
        f"there is no time zone '{shortened(config.time_zone)}'",
        "" if is_zone else _zone_hint(config.time_zone),  # listing all zones takes long
    )
    yield ValueRule(
        ("language",),
        is_language_tag(config.language),
        f"'{shortened(config.language)}' is not a language tag",
        "Write one such as en, en-GB or cy.",
    )
    yield ValueRule(
        ("authority",),
        bool(re.fullmatch(r"[A-Za-z0-9.@_-]+,\d{4}(-\d\d){0,2}", config.authority, re.ASCII)),
        f"'authority' is '{shortened(config.authority)}'",
        "Write a domain that you own and a year: example.org,2026.",
    )
    yield ValueRule(
        ("permalink",),
        _is_permalink_pattern(config.permalink),
        f"'permalink' is '{shortened(config.permalink)}'",
        "Begin and end it with / and use {slug}; {year}, {month} and {day} are optional.",
    )
    yield ValueRule(
        ("cname",),
        bool(re.fullmatch(r"([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+|", config.cname)),
        f"'cname' is '{shortened(config.cname)}'",
        "Write a bare domain such as letters.example.org.",
    )


def _rhythm_rules(config: SiteConfig) -> Iterator[ValueRule]:
    yield ValueRule(
        ("weekly", "time"),
        bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", config.weekly.time, re.ASCII)),
        f"'time' is '{shortened(config.weekly.time)}'",
        "Write hours and minutes: 09:00.",
    )
    yield ValueRule(
        ("weekly", "grace"),
        0 <= config.weekly.grace <= 6,
        f"'grace' is {config.weekly.grace}",
        "Write a whole number of days from 0 to 6.",
    )
    for key, day in _days_of(config):
        yield ValueRule(
            key,
            EARLIEST <= day.year <= LATEST,
            f"'{key[-1]}' is {day}, in a year that is surely a mistake",
            f"Write a year from {EARLIEST} to {LATEST}.",
        )
    for index, off in enumerate(config.away):
        yield ValueRule(
            ("away", index, "to"),
            0 <= (off.to - off.from_).days < LONGEST_ABSENCE,
            f"the days off are from {off.from_} to {off.to}",
            "Write the first day as 'from' and the last as 'to', at most a year later.",
        )
    for slug, share in config.balance.items():
        yield ValueRule(
            ("balance", slug),
            0 <= share <= 100,
            f"'{shortened(slug)}' is {share}",
            "Write how many posts in a hundred should be about it.",
        )


def _days_of(config: SiteConfig) -> Iterator[tuple[KeyPath, date]]:
    """Every date in the settings."""
    if config.approval_since != date.min:  # which is what it is if nobody has written it
        yield ("approval_since",), config.approval_since
    for index, off in enumerate(config.away):
        yield ("away", index, "from"), off.from_
        yield ("away", index, "to"), off.to


def _size_rules(config: SiteConfig) -> Iterator[ValueRule]:
    for key, number in (
        (("feeds", "entries"), config.feeds.entries),
        (("home", "cards"), config.home.cards),
    ):
        hint = "Write a whole number of at least 1."
        yield ValueRule(key, number >= 1, f"'{key[-1]}' is {number}", hint)
    yield ValueRule(
        ("images", "widths"),
        bool(config.images.widths) and min(config.images.widths) >= LEAST_WIDTH,
        f"'widths' is {list(config.images.widths)}",
        f"Write whole numbers of at least {LEAST_WIDTH}, such as [480, 800, 1600].",
    )
    yield ValueRule(
        ("images", "quality"),
        1 <= config.images.quality <= 100,
        f"'quality' is {config.images.quality}",
        "Write a whole number from 1 to 100.",
    )


def _author_rules(config: SiteConfig) -> Iterator[ValueRule]:
    yield ValueRule(
        ("authors",),
        bool(config.authors),
        "there is no author",
        "Add a table [[authors]] with an id and a name.",
    )
    seen: set[str] = set()
    for index, author in enumerate(config.authors):
        yield ValueRule(
            ("authors", index, "id"),
            is_author_id(author.id)
            and author.id not in seen
            and not addresses.why_unwritable(author.id),
            f"'{shortened(author.id)}' can't be the id of this author",
            "Use small letters from a to z, digits and hyphens, and each id only once.",
        )
        seen.add(author.id)
        yield from _address_rules(index, author)


def _link_rules(config: SiteConfig) -> Iterator[ValueRule]:
    """The addresses outside the blog that settings hold."""
    for index, entry in enumerate(config.menu):
        yield ValueRule(
            ("menu", index, "to"),
            not addresses.scheme_of(entry.to) or addresses.is_url(entry.to, addresses.WEB),
            f"the menu entry '{shortened(entry.title)}' leads to '{shortened(entry.to)}'",
            _whole(entry.to) or "Write a whole address that begins with https://.",
        )
    emails: list[tuple[KeyPath, str]] = [(("answer", "email"), config.answer.email)]
    emails += [(("authors", n, "email"), a.email) for n, a in enumerate(config.authors)]
    for key, email in emails:
        yield ValueRule(
            key,
            not email or addresses.is_mail_address(email),
            f"'{shortened(email)}' is not a mail address",
            "Write one such as ada@example.org, and nothing else.",
        )


def _whole(typed: str) -> str:
    """What to write instead of an address that lacks its scheme; '' if nobody can tell."""
    meant = addresses.meant_by(typed)
    return f"Write {meant}." if addresses.is_url(meant, addresses.PROFILE) else ""


def _address_rules(index: int, author: AuthorSettings) -> Iterator[ValueRule]:
    yield ValueRule(
        ("authors", index, "fediverse"),
        bool(re.fullmatch(r"@[\w.-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+|", author.fediverse)),
        f"'{shortened(author.fediverse)}' is not an account in the fediverse",
        "Write it with both @ signs: @ada@example.social.",
    )
    for place, link in enumerate(author.links):
        yield ValueRule(
            ("authors", index, "links", place, "url"),
            addresses.is_url(link.url, addresses.PROFILE),
            f"'{shortened(link.url)}' is not a whole address",
            _whole(link.url) or "Begin it with https:// or mailto:.",
        )


def _answer_rules(config: SiteConfig) -> Iterator[ValueRule]:
    answer = config.answer
    for index, way in enumerate(answer.ways):
        at: KeyPath = ("answer", "ways", index)
        yield _rule_of_destination(way, (*at, "to"), answer.email)
        yield ValueRule(
            (*at, "template"),
            not way.template or _is_issue_form(way),
            f"'template' is '{shortened(way.template)}'",
            "Name a file in .github/ISSUE_TEMPLATE/, such as reply.yml, of a way via github.",
        )


def _source_rules(config: SiteConfig) -> Iterator[ValueRule]:
    sources = config.replies.sources
    at: KeyPath = ("replies", "sources")
    yield ValueRule(
        (*at, "mail", "host"),
        not sources.mail.host or bool(_HOST.fullmatch(sources.mail.host)),
        f"'host' is '{shortened(sources.mail.host)}'",
        "Write the name of a server only: imap.example.org.",
    )
    yield ValueRule(
        (*at, "mail", "port"),
        0 < sources.mail.port < 65536,
        f"'port' is {sources.mail.port}",
        "Write the number of the port for TLS, which is 993 nearly everywhere.",
    )
    yield ValueRule(
        (*at, "mail", "folder"),
        bool(sources.mail.folder.strip()),
        "'folder' is empty",
        "Name a folder, such as INBOX or Answers.",
    )
    yield ValueRule(
        (*at, "webmentions"),
        not sources.webmentions or bool(_HOST.fullmatch(sources.webmentions)),
        f"'webmentions' is '{shortened(sources.webmentions)}'",
        "Write the domain only, as webmention.io has it: letters.example.org.",
    )
    yield ValueRule(
        (*at, "github"),
        not sources.github or bool(_REPOSITORY.fullmatch(sources.github)),
        f"'github' is '{shortened(sources.github)}'",
        "Write the owner and the name of a repository: northmere/letters.",
    )


_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


def _rule_of_destination(way: WaySettings, at: KeyPath, email: str) -> ValueRule:
    """Where a way to answer leads, by its kind."""
    match way.via:
        case "email":
            is_right = addresses.is_mail_address(way.to or email)
            hint = "Write one address such as letters@example.org, here or as answer.email."
        case "form":
            is_right = _is_form_address(way.to)
            hint = f"Write an address that begins with https:// and may contain {_PLACES_OF_FORM}."
        case "github":
            is_right = bool(_REPOSITORY.fullmatch(way.to))
            hint = "Write the owner and the name of a repository: northmere/letters."
        case "copies":
            is_right = not way.to
            hint = "Delete it: a post names its copies itself, in 'syndication'."
    message = f"'to' is '{shortened(way.to)}'" if way.to else "there is no 'to'"
    return ValueRule(at, is_right, f"{message} for answers via {way.via}", hint)


_PLACES_OF_FORM = "{title}, {url} and {id}"


def _is_form_address(text: str) -> bool:
    plain = re.sub(r"\{(title|url|id)\}", "x", text)
    host = plain.partition("://")[2].partition("/")[0]
    return (
        addresses.is_url(plain, addresses.WEB)
        and host == text.partition("://")[2].partition("/")[0]
    )


def _is_issue_form(way: WaySettings) -> bool:
    return way.via == "github" and bool(re.fullmatch(r"[\w.-]+\.ya?ml", way.template, re.ASCII))


LOOPBACK = ("localhost", "127.0.0.1", "::1")  # hosts to which nothing need be encrypted


def _mail_rules(config: SiteConfig) -> Iterator[ValueRule]:
    yield from _rules_of_addresses(config)
    mail = config.mail
    host = shortened(mail.host)
    yield ValueRule(
        ("mail", "host"),
        bool(re.fullmatch(r"[A-Za-z0-9._:-]*", mail.host)),
        f"'host' is '{host}'",
        "Write the name of the server alone, such as smtp.example.org.",
    )
    yield ValueRule(
        ("mail", "port"), 0 <= mail.port < 65536, f"'port' is {mail.port}", "Write one such as 587."
    )
    yield ValueRule(
        ("mail", "tls"),
        mail.tls != "none" or mail.host in LOOPBACK,
        f"mail to '{host}' would not be encrypted",
        'Write tls = "starttls" or "tls"; "none" is for a server on this machine, localhost.',
    )
    yield ValueRule(
        ("mail", "rate"),
        1 <= mail.rate <= 6000,
        f"'rate' is {mail.rate}",
        "Write a whole number from 1 to 6000: how many messages a minute.",
    )
    yield ValueRule(
        ("mail", "subject"),
        "{title}" in mail.subject and _is_line(mail.subject.replace("{title}", "x"), r"[^{}]+"),
        f"'subject' is '{shortened(mail.subject)}'",
        "Write a line with {title} in it, and with no other { or }.",
    )
    yield ValueRule(
        ("mail", "why"), not _has_control(mail.why), "'why' has line ends", "Write one line."
    )
    yield ValueRule(
        ("mail", "listmonk", "url"),
        not mail.listmonk.url or _is_base_url(mail.listmonk.url),
        f"'url' is '{shortened(mail.listmonk.url)}'",
        "Write the address of your listmonk, such as https://lists.example.org.",
    )


def _rules_of_addresses(config: SiteConfig) -> Iterator[ValueRule]:
    """The settings of mail that become headers."""
    mail = config.mail
    for key, text, hint in (
        ("from", mail.from_, "Write an address: Ada Marsh <ada@example.org>."),
        ("reply_to", mail.reply_to, "Write an address: letters@example.org."),
    ):
        yield ValueRule(
            ("mail", key),
            not text or _is_named_address(text),
            f"'{key}' is '{shortened(text)}'",
            hint,
        )
    for key, text in (("to", mail.to), ("graph_mailbox", mail.graph_mailbox)):
        yield ValueRule(
            ("mail", key),
            not text or addresses.is_mail_address(text),
            f"'{key}' is '{shortened(text)}'",
            "Write one address, without a name: all-staff@example.org.",
        )
    yield ValueRule(
        ("mail", "recipients"),
        not (mail.to and mail.recipients),
        "there are both 'to' and 'recipients'",
        "Keep one of them: an address that is a list, or a file of addresses.",
    )
    yield ValueRule(
        ("mail", "list_id"),
        _is_line(mail.list_id, r"([^<>]*<[A-Za-z0-9._-]+>|[A-Za-z0-9._-]+|)"),
        f"'list_id' is '{shortened(mail.list_id)}'",
        "Write a name made like a domain: letters.example.org.",
    )
    yield ValueRule(
        ("mail", "unsubscribe"),
        _is_line(mail.unsubscribe, r"(mailto:[!-;=?A-~]+@[!-;=?A-~]+|)"),
        f"'unsubscribe' is '{shortened(mail.unsubscribe)}'",
        "Write one such as mailto:leave-letters@example.org.",
    )
    yield ValueRule(
        ("mail", "unsubscribe_url"),
        not mail.unsubscribe_url or _is_unsubscribe_url(mail.unsubscribe_url),
        f"'unsubscribe_url' is '{shortened(mail.unsubscribe_url)}'",
        "Write one such as https://example.org/leave?who={token}.",
    )


def _is_named_address(text: str) -> bool:
    """Whether `text` is an address, with or without a name before it."""
    if _has_control(text):
        return False
    named = re.fullmatch(r"[^<>]*<([^<>]+)>", text)
    return addresses.is_mail_address(named[1] if named else text)


def _is_unsubscribe_url(text: str) -> bool:
    plain = text.replace("{token}", "x")
    return "{token}" in text and _is_line(plain, r"https://[!-;=?-z|~]+")


def _is_line(text: str, form: str) -> bool:
    """Whether `text` has a form, and no control character in it."""
    return bool(re.fullmatch(form, text)) and not _has_control(text)


def _has_control(text: str) -> bool:
    """Whether `text` has what ends a line, or what no header can hold."""
    return bool(re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", text))


def _check_rules(config: SiteConfig) -> Iterator[ValueRule]:
    adjustable = DEFAULT_LEVELS.keys() - ALWAYS_ERRORS
    for code in config.checks:
        is_fixed = code in ALWAYS_ERRORS
        yield ValueRule(
            ("checks", code),
            code in adjustable,
            f"'{shortened(code)}' is always an error"
            if is_fixed
            else f"no check has the code '{shortened(code)}'",
            "Delete this line." if is_fixed else did_you_mean(code, adjustable),
        )


def _taxonomy_rules(config: SiteConfig) -> Iterator[ValueRule]:
    for index, topic in enumerate(config.topics):
        yield ValueRule(
            ("topics", index),
            not addresses.why_unwritable(topic),
            f"the topic '{shortened(topic)}' is too long for an address",
            "Write a shorter one.",
        )
    traits = config.taxonomies.get(TRAITS)
    yield ValueRule(
        ("taxonomies", TRAITS, "hidden"),
        not (traits and traits.hidden),
        "the traits can't be hidden, since every post has one",
        "Delete this line.",
    )
    for name in config.taxonomies:
        yield ValueRule(
            ("taxonomies", name),
            bool(re.fullmatch(r"[a-z][a-z0-9-]*", name)) and not addresses.why_unwritable(name),
            f"'{shortened(name)}' can't be the name of a taxonomy",
            "Use small letters and hyphens, not too many.",
        )
        yield ValueRule(
            ("taxonomies", name),
            name not in RESERVED_NAMES,
            f"'{name}' can't be the name of a taxonomy: weekly uses /{name}/ itself",
            "Choose another name.",
        )


def _is_base_url(text: str) -> bool:
    """Whether pages can be linked to by what is added to this address."""
    if not addresses.is_url(text, addresses.WEB):
        return False
    return text.rstrip("/") == addresses.site_url(text).rstrip("/") and "'" not in text


def _base_url_meant(text: str) -> str:
    meant = addresses.site_url(text) if "." in text else ""
    return meant if _is_base_url(meant) else "https://org.github.io/blog/"


def is_author_id(text: str) -> bool:
    """Whether `text` can be the id of an author, which is part of an address."""
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9-]*", text))


def is_language_tag(text: str) -> bool:
    """Whether `text` has the form of a language tag (BCP 47)."""
    return bool(re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", text))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _zone_hint(name: str) -> str:
    return did_you_mean(name, available_timezones(), otherwise="Write one such as Europe/London.")


def _is_permalink_pattern(pattern: str) -> bool:
    names = re.findall(r"\{([^}]*)\}", pattern)
    plain = re.sub(r"\{[^}]*\}", "x", pattern)
    return (
        "slug" in names
        and set(names) <= {"year", "month", "day", "slug"}
        and bool(re.fullmatch(r"/(?:[\w-]+/)+", plain))
        and not addresses.why_unwritable(plain)
    )
