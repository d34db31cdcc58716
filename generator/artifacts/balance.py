"""The page of what the posts have been about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from generator.artifacts.built_in import has_balance_page
from generator.artifacts.context import SiteContext, link_to, term_link, trait_shares
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.weeks import last_weeks, months
from generator.config.built_in_pages import BALANCE
from generator.i18n.dates import date_view, month_in_short
from generator.i18n.translate import translate
from generator.insights.balance import balance, by_year, filed
from generator.model import Entry, Term
from generator.site.taxonomies import traits_in
from generator.views import BalanceView, Chart, ChartRow, TermPair

MONTHS = 12  # of chart and calendar, up to the newest post
WEEKS = 54  # at least those of these months
PAIRS = 6


def balance_pages(context: SiteContext) -> Iterator[Artifact]:
    """The page, if it is wanted and there is a post to show."""
    if has_balance_page(context.site, context.config):
        yield page("balance.html", BALANCE, partial(_balance_view, context))


def _balance_view(context: SiteContext) -> BalanceView:
    entries, messages = context.site.entries, context.messages
    first, newest = entries[-1], entries[0]
    title = translate(messages, "balance")
    since = date_view(first.post.published, messages.conventions).short
    return BalanceView(
        site=context.view,
        head=head(
            context.page,
            BALANCE,
            title,
            translate(messages, "balance_summary", n=len(entries), date=since),
        ),
        title=title,
        post_count=len(entries),
        traits=trait_shares(entries, context),
        charts=tuple(_charts(context)),
        weeks=months(last_weeks(WEEKS, context), messages.conventions)[-MONTHS:],
        pairs=tuple(_pairs(entries, context)),
        first=link_to(first, context),
        newest=link_to(newest, context),
    )


def _charts(context: SiteContext) -> Iterator[Chart]:
    """The last months, and all years if there are several; they end with the newest post."""
    entries = context.site.entries
    whole = balance(
        filed(entries),
        traits_in(context.site.taxonomies),
        since=entries[-1].post.published.date(),
        until=entries[0].post.published.date(),
    )
    counts = [(trait.trait, trait.counts) for trait in whole.traits]
    if not counts:
        return
    names = [
        month_in_short(month, context.messages.conventions) for month in whole.months[-MONTHS:]
    ]
    recent = [(trait, by_month[-MONTHS:]) for trait, by_month in counts]
    yield _chart(translate(context.messages, "by_month"), names, recent, context)
    years = by_year(whole.posts, whole.months)
    if len(years) > 1:
        names = [translate(context.messages, "year", year=year) for year in years]
        yearly = [
            (trait, tuple(by_year(by_month, whole.months).values())) for trait, by_month in counts
        ]
        yield _chart(translate(context.messages, "by_year"), names, yearly, context)


def _chart(
    title: str,
    columns: Iterable[str],
    counts: Sequence[tuple[Term, tuple[int, ...]]],
    context: SiteContext,
) -> Chart:
    rows = tuple(ChartRow(term_link(trait, context), row) for trait, row in counts)
    return Chart(title, tuple(columns), rows, max(1, *(max(row.counts) for row in rows)))


def _pairs(entries: Iterable[Entry], context: SiteContext) -> Iterator[TermPair]:
    """The traits that posts share, most often first."""
    traits = traits_in(context.site.taxonomies)
    found = Counter(
        pair
        for entry in entries
        for pair in combinations([place for place, t in enumerate(traits) if t in entry.terms], 2)
    )
    for (first, second), count in sorted(found.items(), key=lambda item: (-item[1], item))[:PAIRS]:
        yield TermPair(term_link(traits[first], context), term_link(traits[second], context), count)
