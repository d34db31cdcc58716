"""Whether everything that was online still is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.checks.places import severity_by
from generator.config.levels import Level
from generator.problems import Location, Problem, did_you_mean, shortened
from generator.site.permalinks import output_path
from generator.site.published_urls import LIST, Published


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
