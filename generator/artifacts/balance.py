"""The page of what the letters have been about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from generator.artifacts.built_in import has_balance_page
from generator.artifacts.frame import Frame, head, line, term_link, trait_shares
from generator.artifacts.pages import page
from generator.artifacts.weeks import all_weeks, months
from generator.config.settings import TRAITS
from generator.i18n.dates import date_view, month_in_short
from generator.i18n.translate import translate
from generator.model import Artifact, Entry, Term
from generator.site import permalinks
from generator.views import BalanceView, Chart, ChartRow, TermPair

MONTHS = 12  # of chart and calendar, up to the newest letter
PAIRS = 6


def balance_pages(frame: Frame) -> Iterator[Artifact]:
    """The page, where it is wanted and there is a letter to show."""
    if has_balance_page(frame.site, frame.config):
        view = partial(_balance_view, frame)
        yield page("balance.html", permalinks.BALANCE, view, frame.sketches.of_lists)


def _balance_view(frame: Frame) -> BalanceView:
    entries, messages = frame.site.entries, frame.messages
    first, newest = entries[-1], entries[0]
    title = translate(messages, "balance")
    since = date_view(first.post.published, messages.conventions).short
    return BalanceView(
        site=frame.view,
        head=head(
            frame,
            permalinks.BALANCE,
            title,
            translate(messages, "balance_summary", n=len(entries), date=since),
        ),
        title=title,
        post_count=len(entries),
        traits=trait_shares(entries, frame),
        charts=tuple(_charts(frame)),
        weeks=months(all_weeks(frame), messages.conventions)[-MONTHS:],
        pairs=tuple(_pairs(entries, frame)),
        first=line(first, frame),
        newest=line(newest, frame),
    )


def _charts(frame: Frame) -> Iterator[Chart]:
    """The last months, and all years where there are several; they end with the newest letter."""
    from generator.insights.balance import balance, by_year, filed

    entries = frame.site.entries
    whole = balance(
        filed(entries),
        _traits(frame),
        since=entries[-1].post.published.date(),
        until=entries[0].post.published.date(),
    )
    counts = [(trait.trait, trait.counts) for trait in whole.traits]
    if not counts:
        return
    names = [month_in_short(month, frame.messages.conventions) for month in whole.months[-MONTHS:]]
    recent = [(trait, by_month[-MONTHS:]) for trait, by_month in counts]
    yield _chart(translate(frame.messages, "by_month"), names, recent, frame)
    years = by_year(whole.posts, whole.months)
    if len(years) > 1:
        names = [translate(frame.messages, "year", year=year) for year in years]
        yearly = [
            (trait, tuple(by_year(by_month, whole.months).values())) for trait, by_month in counts
        ]
        yield _chart(translate(frame.messages, "by_year"), names, yearly, frame)


def _traits(frame: Frame) -> tuple[Term, ...]:
    return next(group.terms for group in frame.site.taxonomies if group.name == TRAITS)


def _chart(
    title: str,
    columns: Iterable[str],
    counts: Sequence[tuple[Term, tuple[int, ...]]],
    frame: Frame,
) -> Chart:
    rows = tuple(ChartRow(term_link(trait, frame), row) for trait, row in counts)
    return Chart(title, tuple(columns), rows, max(1, *(max(row.counts) for row in rows)))


def _pairs(entries: Iterable[Entry], frame: Frame) -> Iterator[TermPair]:
    """The traits that letters are about together, most often first."""
    traits = _traits(frame)
    found = Counter(
        pair
        for entry in entries
        for pair in combinations([place for place, t in enumerate(traits) if t in entry.terms], 2)
    )
    for (first, second), count in sorted(found.items(), key=lambda item: (-item[1], item))[:PAIRS]:
        yield TermPair(term_link(traits[first], frame), term_link(traits[second], frame), count)
