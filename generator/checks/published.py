"""Whether everything that was online still is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.config.levels import Level, severity_by
from generator.problems import Location, Problem, Severity, did_you_mean, shortened
from generator.site.permalinks import output_path, typed_permalink
from generator.site.published_urls import LIST, Published, meant_entry

MANY = 3  # addresses of a folder that are best given up in one line
_GONE = "'gone' at the start of this line"


def published_problems(
    published: Published, paths: Iterable[str], levels: Mapping[str, Level], base_url: str = ""
) -> Iterator[Problem]:
    """Addresses that no longer lead anywhere, and lines of the list that can't be read."""
    severity = severity_by(levels, "vanished-address")
    there = frozenset(paths)
    kept = {path.partition("/")[0] for path in there if "/" in path}
    lost = Counter(map(_section, published.lines))
    for address, line in published.lines.items():
        if severity and output_path(address) not in there:
            section = _section(address)
            is_whole = lost[section] >= MANY and section not in kept
            gone = f"'gone /{section}/*' in a line of its own" if is_whole else _GONE
            meant = typed_permalink(address)
            spellings = (meant, f"{meant.rstrip('/')}/")
            right = next((each for each in spellings if output_path(each) in there), "")
            yield Problem(
                "vanished-address",
                Location(LIST, line),
                f"{address} was online, and would lead nowhere",
                f"The address of this site is written {right}."
                if right
                else "Add it to the aliases of the post or page that replaces it,"
                f" or write {gone}.",
                severity,
            )
    yield from unreadable_problems(published, base_url)


def _section(address: str) -> str:
    """The folder that an address is in, '' for one at the top."""
    return address.split("/")[1] if address.count("/") > 1 else ""


def unreadable_problems(published: Published, base_url: str = "") -> Iterator[Problem]:
    """Lines of the list that are not addresses."""
    for line, entry in published.unreadable:
        word, _, rest = entry.partition(" ")
        is_pattern = "*" in entry and entry.startswith("/")
        right = f"gone {entry}" if is_pattern else typed_permalink(entry, base_url)
        if not is_pattern and rest and (right := typed_permalink(rest, base_url)):
            right = f"gone {right}"
        hint = did_you_mean(word, ["gone"]) if word != "gone" else ""
        yield Problem(
            "bad-address-line",
            Location(LIST, line),
            f"'{shortened(entry)}' is not an address on this site",
            (f"Write {right}." if right else hint)
            or "Write one such as /2026/hello/, or gone /2026/hello/.",
        )


def unlisted_problems(online: Published, source: str, base_url: str) -> Iterator[Problem]:
    """Lines of a list from elsewhere that are not addresses of this site, each as a warning."""
    has_some = online.lines or online.gone
    result = "this line was not recorded" if has_some else "nothing in this file was recorded"
    for line, entry in online.unreadable:
        meant = meant_entry(entry, base_url)
        yield Problem(
            "bad-address-line",
            Location(source, line),
            f"'{shortened(entry)}' is not an address on this site, so {result}",
            f"Write {meant}." if meant else "Write one address on each line, such as /2026/hello/.",
            Severity.WARNING,
        )
