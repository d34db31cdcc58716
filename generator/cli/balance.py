"""What `weekly status --balance` prints: how many posts were about which trait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from generator.cli.blog_context import BlogContext
from generator.cli.printing import fail_plainly, print_json
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.i18n.dates import day_in_short
from generator.insights.balance import Balance, TraitBalance, balance, by_year, filed
from generator.model import PostState

MONTHS = 12  # columns of the balance; a longer span is shown by year
ALL = "All posts"
NONE = "·"
LAST_COLUMNS = "   of 100   52 weeks ago"
SHORTEST = 16  # characters of a title that is cut


def print_balance(
    given: SharedOptions, blog: BlogContext, *, since: str | None, until: str | None
) -> None:
    """Print the balance of the span that was asked for."""
    today = blog.now.date()
    entries = blog.inventory.site.entries
    posts = tuple(filed(e for e in entries if e.state is PostState.PUBLISHED))
    first = min((post.day for post in posts), default=today)
    last = _until(until, today)
    found = balance(
        posts,
        blog.traits,
        since=_since(since, first, last),
        until=last,
        targets=blog.config.balance,
    )
    if given.format == "json":
        print_json(_balance_as_json(found))
        return
    for line in _lines(found, today if last == today else None, screen()):
        print(line)


def _until(month: str | None, today: date) -> date:
    """The last day to show: the end of the month that was asked for, but never after today."""
    if month is None:
        return today
    first = _month(month, "--until", today)
    return min(today, (first + timedelta(31)).replace(day=1) - timedelta(1))


def _since(month: str | None, first_post: date, until: date) -> date:
    """The first month to show: as asked for, else the first of the last twelve that has posts."""
    if month is None:
        a_year = 12 * until.year + until.month - 12  # months since the year 0, from 0
        return min(max(date(a_year // 12, a_year % 12 + 1, 1), first_post), until)
    return _month(month, "--since", until)


def _month(written: str, option: str, latest: date) -> date:
    """The first day of the month that an option names."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        fail_plainly(f"{option}: '{written}' is not a month. Write one such as 2026-01.")
    if first > latest:
        fail_plainly(f"{option}: {written} comes after {latest:%Y-%m}.")
    return first


def _lines(found: Balance, until: date | None, shown: Screen) -> Iterator[str]:
    """A line for each trait; a month or year without a post about it is a dot.

    `until` is today, or None if the table ends earlier.
    """
    table = _Table.of(found, shown)
    yield shown.bold(table.row("", table.names, "of 100", "last"))
    for each in found.traits:
        counts = _cells(each.counts, found.months)
        row = table.row(each.trait.title, counts, _share(each), _waited(each, until))
        yield row.replace(NONE, shown.dim(NONE))
    yield table.row(ALL, _cells(found.posts, found.months), "", "")
    yield from _lines_of_drift(found, shown)


class _Table(NamedTuple):
    """The names of the columns, and the width of the column of traits."""

    names: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, found: Balance, shown: Screen) -> _Table:
        """The table as it fits on the screen: with short names of months, and long titles cut."""
        titles = max(len(title) for title in (ALL, *(each.trait.title for each in found.traits)))
        names = _column_names(found.months)
        if shown.width is None or titles + _room(names) <= shown.width:
            return cls(names, titles)
        if len(found.months) <= MONTHS:
            names = tuple(f" {name[0]}" for name in names)
        return cls(names, min(titles, max(SHORTEST, shown.width - _room(names))))

    def row(self, title: str, cells: Iterable[str], share: str, last: str) -> str:
        """A line of the table."""
        name = title if len(title) <= self.width else f"{title[: self.width - 1]}…"
        counts = " ".join(
            cell.rjust(len(column)) for cell, column in zip(cells, self.names, strict=True)
        )
        return f"{name:<{self.width}} {counts}   {share:<6}   {last}".rstrip()


def _room(names: Iterable[str]) -> int:
    """The width that a line needs besides its title."""
    return sum(len(name) + 1 for name in names) + len(LAST_COLUMNS)


def _column_names(months: Sequence[date]) -> tuple[str, ...]:
    if len(months) <= MONTHS:
        return tuple(day_in_short(month)[-3:] for month in months)
    return tuple(str(year) for year in range(months[0].year, months[-1].year + 1))


def _cells(counts: Sequence[int], months: Sequence[date]) -> list[str]:
    """Counts by month, or by year if there are too many months for a line."""
    shown = counts if len(months) <= MONTHS else by_year(counts, months).values()
    return [str(count or NONE) for count in shown]


def _share(each: TraitBalance) -> str:
    return f"{each.share:>2}" if each.target is None else f"{each.share:>2}/{each.target}"


def _waited(each: TraitBalance, today: date | None) -> str:
    """How long ago the last post about it was, or its day if the table ends before today."""
    if each.newest is None:
        return "not yet"
    if today is None:
        return f"{day_in_short(each.newest)[4:].strip()} {each.newest.year}"
    weeks = (today - each.newest).days // 7
    return "this week" if not weeks else "a week ago" if weeks == 1 else f"{weeks} weeks ago"


def _lines_of_drift(found: Balance, shown: Screen) -> Iterator[str]:
    """The traits that lost and gained most from the first half to the second."""
    drifts = [(each.drift, each.trait.title) for each in found.traits if each.drift]
    less, more = min(drifts, default=(0, "")), max(drifts, default=(0, ""))
    if less[0] < 0 < more[0]:
        yield ""
        yield shown.wrapped(
            f"The second half of that time has more about “{more[1]}” and less about “{less[1]}”."
        )


def _balance_as_json(found: Balance) -> dict[str, object]:
    return {
        "months": [f"{month:%Y-%m}" for month in found.months],
        "posts": list(found.posts),
        "traits": [
            {
                "slug": each.trait.slug,
                "title": each.trait.title,
                "posts": list(each.counts),
                "share": each.share,
                "target": each.target,
                "drift": each.drift,
                "newest": each.newest and each.newest.isoformat(),
            }
            for each in found.traits
        ],
    }
