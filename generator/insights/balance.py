"""Which traits the posts are about, month by month, and which trait has waited longest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.config.settings import TRAITS
from generator.model import Entry, Term


class FiledPost(NamedTuple):
    """The day of a post, and the traits that it is filed under."""

    day: date
    traits: tuple[str, ...]  # slugs


class TraitBalance(NamedTuple):
    """One trait in a span of months."""

    trait: Term
    counts: tuple[int, ...]  # posts about it, by month
    share: int  # percentage of the posts in the span; a post may be about several traits
    target: int | None  # the percentage that site.toml asks for
    drift: int | None  # share in the later half minus share in the earlier; None for one month
    newest: date | None  # the last post about it before the end of the span

    @property
    def total(self) -> int:
        """How many posts in the span are about it."""
        return sum(self.counts)

    @property
    def shortfall(self) -> int:
        """How far its share is below its target; 0 without a target."""
        return max(0, (self.target or 0) - self.share)


class Balance(NamedTuple):
    """All traits over a span of months."""

    months: tuple[date, ...]  # the first day of each, oldest first
    posts: tuple[int, ...]  # how many, by month
    traits: tuple[TraitBalance, ...]  # in the order of the blog

    @property
    def longest_waiting(self) -> TraitBalance | None:
        """The trait whose newest post is oldest, or the first trait without any."""
        return min(self.traits, key=lambda trait: trait.newest or date.min, default=None)


def filed(entries: Iterable[Entry]) -> Iterator[FiledPost]:
    """The day of each post, in the post's own zone, with its traits."""
    for entry in entries:
        traits = tuple(term.slug for term in entry.terms if term.taxonomy == TRAITS)
        yield FiledPost(entry.post.published.date(), traits)


def balance(
    posts: Iterable[FiledPost],
    traits: Sequence[Term],
    *,
    since: date,
    until: date,
    targets: Mapping[str, int] | None = None,
) -> Balance:
    """The traits of all posts from the month of `since` to the day `until`."""
    known = [post for post in posts if post.day <= until]
    months = tuple(_months(since, until))
    in_span = [post for post in known if months and post.day >= months[0]]
    totals = _by_month((post.day for post in in_span), months)
    return Balance(
        months=months,
        posts=totals,
        traits=tuple(
            _trait_balance(trait, known, months, totals, (targets or {}).get(trait.slug))
            for trait in traits
        ),
    )


def by_year(counts: Iterable[int], months: Iterable[date]) -> dict[int, int]:
    """The counts of months added up by year, the first year first."""
    years: dict[int, int] = {}
    for month, count in zip(months, counts, strict=True):
        years[month.year] = years.get(month.year, 0) + count
    return years


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _by_month(days: Iterable[date], months: Sequence[date]) -> tuple[int, ...]:
    counted = Counter(day.replace(day=1) for day in days)
    return tuple(counted[month] for month in months)


def _trait_balance(
    trait: Term,
    posts: Iterable[FiledPost],
    months: Sequence[date],
    totals: Sequence[int],
    target: int | None,
) -> TraitBalance:
    days = [post.day for post in posts if trait.slug in post.traits]
    counts = _by_month(days, months)
    return TraitBalance(
        trait=trait,
        counts=counts,
        share=_share(counts, totals),
        target=target,
        drift=_drift(counts, totals),
        newest=max(days, default=None),
    )


def _share(counts: Sequence[int], totals: Sequence[int]) -> int:
    whole = sum(totals)
    return (200 * sum(counts) + whole) // (2 * whole) if whole else 0  # halves are rounded up


def _drift(counts: Sequence[int], totals: Sequence[int]) -> int | None:
    """The change from the earlier half to the later; an odd month in between is left out."""
    half = len(counts) // 2
    if not half or not sum(totals[:half]) or not sum(totals[-half:]):
        return None
    later = _share(counts[-half:], totals[-half:])
    return later - _share(counts[:half], totals[:half])
