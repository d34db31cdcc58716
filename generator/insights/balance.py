"""Which traits the letters are about, month by month, and which one has waited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.config.settings import TRAITS
from generator.model import Entry, Term


class Filed(NamedTuple):
    """A letter by its day, and the traits that it is filed under."""

    day: date
    traits: tuple[str, ...]  # slugs


@dataclass(frozen=True, slots=True)
class TraitBalance:
    """One trait in a span of months."""

    trait: Term
    counts: tuple[int, ...]  # letters about it, by month
    share: int  # of a hundred letters in the span; one letter may be about several traits
    target: int | None  # the same, as wished for in site.toml
    drift: int | None  # share in the later half minus share in the earlier; None in one month
    newest: date | None  # the last letter about it until the end of the span

    @property
    def total(self) -> int:
        """Letters about it in the span."""
        return sum(self.counts)

    @property
    def shortfall(self) -> int:
        """How far its share is below its target; 0 without one."""
        return max(0, (self.target or 0) - self.share)


@dataclass(frozen=True, slots=True)
class Balance:
    """All traits over a span of months."""

    months: tuple[date, ...]  # the first day of each, oldest first
    letters: tuple[int, ...]  # all letters, by month
    traits: tuple[TraitBalance, ...]  # in the order of the blog

    @property
    def longest_waiting(self) -> TraitBalance | None:
        """The trait whose newest letter is oldest, the first of those that have none."""
        return min(self.traits, key=lambda trait: trait.newest or date.min, default=None)


def filed(entries: Iterable[Entry]) -> Iterator[Filed]:
    """Letters by the days of their own zone, in which the site has put them."""
    for entry in entries:
        traits = tuple(term.slug for term in entry.terms if term.taxonomy == TRAITS)
        yield Filed(entry.post.published.date(), traits)


def balance(
    letters: Iterable[Filed],
    traits: Sequence[Term],
    *,
    since: date,
    until: date,
    targets: Mapping[str, int] | None = None,
) -> Balance:
    """The traits of all letters from the month of `since` to the day `until`."""
    known = [letter for letter in letters if letter.day <= until]
    months = tuple(_months(since, until))
    spread = [letter for letter in known if months and letter.day >= months[0]]
    all_letters = _by_month((letter.day for letter in spread), months)
    return Balance(
        months=months,
        letters=all_letters,
        traits=tuple(
            _trait_balance(trait, known, months, all_letters, (targets or {}).get(trait.slug))
            for trait in traits
        ),
    )


def by_year(counts: Iterable[int], months: Iterable[date]) -> dict[int, int]:
    """Counts of months added up, the first year first."""
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
    letters: Iterable[Filed],
    months: Sequence[date],
    all_letters: Sequence[int],
    target: int | None,
) -> TraitBalance:
    days = [letter.day for letter in letters if trait.slug in letter.traits]
    counts = _by_month(days, months)
    return TraitBalance(
        trait=trait,
        counts=counts,
        share=_share(counts, all_letters),
        target=target,
        drift=_drift(counts, all_letters),
        newest=max(days, default=None),
    )


def _share(counts: Sequence[int], all_letters: Sequence[int]) -> int:
    whole = sum(all_letters)
    return (200 * sum(counts) + whole) // (2 * whole) if whole else 0  # halves go up


def _drift(counts: Sequence[int], all_letters: Sequence[int]) -> int | None:
    """The change from the earlier half to the later; an odd month between belongs to neither."""
    half = len(counts) // 2
    if not half or not sum(all_letters[:half]) or not sum(all_letters[-half:]):
        return None
    later = _share(counts[-half:], all_letters[-half:])
    return later - _share(counts[:half], all_letters[:half])
