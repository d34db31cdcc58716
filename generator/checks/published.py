"""Whether everything that was online still is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.checks.places import severity_by
from generator.config.levels import Level
from generator.problems import Location, Problem, Severity, counted, did_you_mean, shortened
from generator.site.permalinks import output_path
from generator.site.published_urls import LIST, Published, meant_entry

_MOST_LINES = 20  # of a list from elsewhere


def published_problems(
    published: Published, paths: Iterable[str], levels: Mapping[str, Level]
) -> Iterator[Problem]:
    """Addresses that no longer lead anywhere, and lines of the list that can't be read."""
    severity = severity_by(levels, "vanished-address")
    there = frozenset(paths)
    for address, line in published.lines.items():
        if severity and output_path(address) not in there:
            yield Problem(
                "vanished-address",
                Location(LIST, line),
                f"{address} was online, and would lead nowhere",
                "Add it to the aliases of the post or page that replaces it,"
                " or write 'gone' at the start of this line.",
                severity,
            )
    yield from unreadable_problems(published)


def unreadable_problems(published: Published) -> Iterator[Problem]:
    """Lines of the list that are not addresses."""
    for line, entry in published.unreadable:
        hint = did_you_mean(entry.partition(" ")[0], ["gone"], otherwise="")
        yield Problem(
            "bad-address-line",
            Location(LIST, line),
            f"'{shortened(entry)}' is not an address on this site",
            hint or "Write one such as /2026/hello/, or gone /2026/hello/.",
        )


def unlisted_problems(online: Published, source: str, base_url: str) -> Iterator[Problem]:
    """Lines of a list from elsewhere that are not addresses of this site, each as a warning."""
    has_some = online.lines or online.gone
    result = "this line was not recorded" if has_some else "nothing in this file was recorded"
    for line, entry in online.unreadable[:_MOST_LINES]:
        meant = meant_entry(entry, base_url)
        yield Problem(
            "bad-address-line",
            Location(source, line),
            f"'{shortened(entry)}' is not an address on this site, so {result}",
            f"Write {meant}." if meant else "Write one address on each line, such as /2026/hello/.",
            Severity.WARNING,
        )
    if others := online.unreadable[_MOST_LINES:]:
        message = (
            f"and {counted(len(others), 'more line')} {'is' if len(others) == 1 else 'are'} not"
        )
        at = Location(source, others[0][0])
        yield Problem("bad-address-line", at, message, severity=Severity.WARNING)
