"""`weekly status`: this week's letter, the rhythm, and what the letters were about."""

from __future__ import annotations

from generator.cli.desk import opened, prompt_of
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date, datetime
    from typing import Any

    from generator.cli.desk import Opened
    from generator.insights.balance import Balance, TraitBalance
    from generator.insights.cadence import Cadence, Rhythm, WeekKept
    from generator.insights.calendar import LetterState, WeekPlan

SENTENCE = "Say how this week's letter stands, and how the last weeks went."
EXAMPLES = (
    ("weekly status", "this week, the next, and the rhythm; `weekly` alone does the same"),
    ("weekly status --balance --since 2026-01", "what the letters of each month were about"),
)

QUARTER, YEAR = 12, 52  # weeks
ALL = "All letters"
MARGIN = 20  # columns for what a line is about
SIGNS = {"on time": "●", "late": "●", "away": "–", "missed": "○"}


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument(
        "--balance", action="store_true", help="show how many letters were about which trait"
    )
    command.add_argument(
        "--since",
        metavar="MONTH",
        help="the first month of the balance, such as 2026-01; of the last twelve if not given",
    )
    add_report_options(command)


def run(given: argparse.Namespace) -> int:
    """Print what was asked for."""
    blog = opened(given)
    if given.balance or given.since:
        return _tell_balance(given, blog)
    weeks, rhythm = _weeks_and_rhythm(blog)
    if given.format == "json":
        print_json(_as_json(weeks, rhythm))
        return 0
    told = (
        *_weeks_told(weeks, blog),
        *_rhythm_told(rhythm),
        *_waiting_told(blog),
        *_change_told(blog),
        *_way_back(weeks[0], rhythm),
        *_unreadable_told(blog),
    )
    for line in told:
        print(line)
    return 0


def _weeks_and_rhythm(blog: Opened) -> tuple[tuple[WeekPlan, ...], Cadence]:
    from generator.insights.cadence import cadence
    from generator.insights.calendar import calendar

    found = calendar(blog.survey.site.entries, blog.config, as_of=blog.now, weeks=2)
    days = (letter.day for letter in found.published)
    return found.weeks, cadence(days, blog.config, today=blog.now.date())


def _weeks_told(weeks: tuple[WeekPlan, ...], blog: Opened) -> Iterator[str]:
    for name, plan in zip(("This week", "Next week"), weeks, strict=True):
        yield f"{name} ({plan.week}): {week_in_words(plan, blog.now)}"


def week_in_words(plan: WeekPlan, now: datetime) -> str:
    """How a week's letter stands, in a sentence."""
    if plan.letter:
        return _letter_in_words(plan.letter, plan, now)
    if plan.away is not None:
        return f"off, for {plan.away}." if plan.away else "off."
    return f"nothing yet. {_due_in_words(plan, now)}"


def _due_in_words(plan: WeekPlan, now: datetime) -> str:
    """When the letter is due; once its day has passed, how long there is time."""
    from generator.dates import hour_in_words, without_midnight

    due = without_midnight(hour_in_words(plan.due, today=now))
    day, _, hour = due.partition(" at ")
    if plan.due.date() > now.date():
        return f"A letter is due on {due}."
    if plan.due.date() == now.date():
        return f"A letter is due today at {hour}." if hour else "A letter is due today."
    return f"{day} has passed, and until Sunday it still counts."


def _letter_in_words(letter: LetterState, plan: WeekPlan, now: datetime) -> str:
    from generator.dates import hour_in_words

    title = f"“{letter.entry.post.title}”"
    appears = hour_in_words(letter.entry.post.published, today=now)
    due = _due_in_words(plan, now)
    sentences = {
        "published": f"{title} is out since {appears.partition(' at ')[0]}.",
        "scheduled": f"{title} is ready and goes out on {appears}.",
        "ready": f"{title} is ready and waits for approval. {due}",
        "draft": f"{title} is begun. {due}",
        "planned": f"{title} is planned. {due}",
    }
    return sentences[letter.state]


def _rhythm_told(rhythm: Cadence) -> Iterator[str]:
    if not rhythm.weeks:
        yield "No letter is out yet. The first one can be two lines: weekly note"
        return
    yield ""
    for number in (QUARTER, YEAR):
        last = rhythm.last(number)
        shown = f"{_signs(last)}  " if number == QUARTER else ""
        is_all = len(last.weeks) < number
        weeks = f"{len(last.weeks)} weeks" if len(last.weeks) != 1 else "1 week"
        name = f"{'All' if is_all else 'Last'} {weeks}"
        yield f"{name:<{MARGIN}}{shown}{_counted(last)}"
        if is_all:
            break
    from generator.dates import day_in_full

    if rhythm.median_gap is not None and rhythm.longest_silence:
        silence = rhythm.longest_silence
        yield (
            f"{'Between letters':<{MARGIN}}{_days(rhythm.median_gap)} as a rule; at the longest "
            f"{_days(silence.days)}, {day_in_full(silence.after)} to {day_in_full(silence.until)}."
        )


def _signs(rhythm: Rhythm) -> str:
    return " ".join(SIGNS[week.went] for week in rhythm.weeks)


def _counted(rhythm: Rhythm) -> str:
    from generator.insights.cadence import Went

    late = rhythm.count(Went.LATE)
    parts = [f"{rhythm.count(Went.ON_TIME, Went.LATE)} with a letter"]
    if late:
        parts[0] += f" ({late} after its day)"
    if off := rhythm.count(Went.AWAY):
        parts.append(f"{off} off")
    if missed := rhythm.count(Went.MISSED):
        parts.append(f"{missed} without")
    return ", ".join(parts) + "."


def _days(number: float) -> str:
    return "1 day" if number == 1 else f"{number:g} days"


def _waiting_told(blog: Opened) -> Iterator[str]:
    if (found := prompt_of(blog)) and blog.survey.site.entries:
        yield f"{'A trait that waits':<{MARGIN}}“{found.trait.title}”. For questions: weekly prompt"


def _change_told(blog: Opened) -> Iterator[str]:
    """What has changed in how the letters are written, where that is worth a sentence."""
    from generator.insights.stats import change_in_words, stats_of

    if told := change_in_words(stats_of(blog.survey.site.entries, blog.config.language)):
        yield ""
        yield f"{told} More: weekly stats"


def _unreadable_told(blog: Opened) -> Iterator[str]:
    """That posts are missing from the account, where some are."""
    if rejected := blog.survey.content.rejected:
        yield ""
        yield f"Left out, since it can't be read: {', '.join(rejected)}. See: weekly check"


def _way_back(this_week: WeekPlan, rhythm: Cadence) -> Iterator[str]:
    """One sentence after two missed weeks, while nothing is on its way."""
    is_coming = this_week.letter and this_week.letter.state in ("scheduled", "published")
    if rhythm.missed_lately >= 2 and not is_coming and this_week.away is None:
        yield ""
        yield (
            f"It has been {rhythm.missed_lately} weeks. Two lines are enough to be back: "
            'weekly note "What I heard this week"'
        )


def _as_json(weeks: tuple[WeekPlan, ...], rhythm: Cadence) -> dict[str, Any]:
    silence = rhythm.longest_silence
    return {
        "this_week": week_as_json(weeks[0]),
        "next_week": week_as_json(weeks[1]),
        "rhythm": {str(number): _rhythm_as_json(rhythm.last(number)) for number in (QUARTER, YEAR)},
        "missed_in_a_row": rhythm.missed_lately,
        "median_gap_days": rhythm.median_gap,
        "longest_silence": silence
        and {
            "days": silence.days,
            "after": silence.after.isoformat(),
            "until": silence.until.isoformat(),
        },
    }


def _rhythm_as_json(rhythm: Rhythm) -> dict[str, Any]:
    from generator.insights.cadence import Went

    names = (went for went in Went if went is not Went.OPEN)
    counts = {went.replace(" ", "_"): rhythm.count(went) for went in names}
    return {"kept": rhythm.kept, **counts, "weeks": [_kept_as_json(week) for week in rhythm.weeks]}


def _kept_as_json(kept: WeekKept) -> dict[str, Any]:
    return {"week": str(kept.week), "went": str(kept.went)}


def week_as_json(plan: WeekPlan) -> dict[str, Any]:
    """A week with what is meant for it, as JSON can hold it."""
    return {
        "week": str(plan.week),
        "due": plan.due.isoformat(),
        "away": plan.away,
        "state": str(plan.letter.state) if plan.letter else None,
        "letters": [letter_as_json(letter) for letter in plan.letters],
    }


def letter_as_json(letter: LetterState) -> dict[str, Any]:
    """A letter and how far it is, as JSON can hold it."""
    post = letter.entry.post
    return {
        "path": post.source,
        "title": post.title,
        "state": str(letter.state),
        "appears": post.published.isoformat(),
    }


def _tell_balance(given: argparse.Namespace, blog: Opened) -> int:
    from generator.insights.balance import balance, filed
    from generator.model import Standing

    today = blog.now.date()
    entries = blog.survey.site.entries
    letters = tuple(filed(e for e in entries if e.standing is Standing.PUBLISHED))
    first = min((letter.day for letter in letters), default=today)
    found = balance(
        letters,
        blog.traits,
        since=_since(given.since, first, today),
        until=today,
        targets=blog.config.balance,
    )
    if given.format == "json":
        print_json(_balance_as_json(found))
        return 0
    for line in _balance_told(found, today):
        print(line)
    return 0


def _since(month: str | None, first_letter: date, today: date) -> date:
    """The first month that is shown: as asked for, else of the last twelve that have letters."""
    from datetime import date

    if month is None:
        a_year = 12 * today.year + today.month - 12  # months since the year 0, from 0
        return max(date(a_year // 12, a_year % 12 + 1, 1), first_letter)
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        fail_plainly(f"--since: '{month}' is not a month. Write one such as 2026-01.")
    if first > today:
        fail_plainly(f"--since: {month} has not begun.")
    return first


def _balance_told(found: Balance, today: date) -> Iterator[str]:
    """A line for each trait; a month without a letter about it is a dot."""
    from generator.dates import day_in_short

    width = max(len(title) for title in (ALL, *(each.trait.title for each in found.traits))) + 2
    months = " ".join(day_in_short(month)[-3:] for month in found.months)
    yield f"{'':<{width}}{months}   of 100   last"
    for each in found.traits:
        counts = " ".join(f"{count or '·':>3}" for count in each.counts)
        yield f"{each.trait.title:<{width}}{counts}   {_share(each):<6}   {_waited(each, today)}"
    letters = " ".join(f"{count or '·':>3}" for count in found.letters)
    yield f"{ALL:<{width}}{letters}"
    yield from _drift_told(found)


def _share(each: TraitBalance) -> str:
    return f"{each.share:>2}" if each.target is None else f"{each.share:>2}/{each.target}"


def _waited(each: TraitBalance, today: date) -> str:
    from generator.dates import day_in_full

    if each.newest is None:
        return "not yet"
    weeks = (today - each.newest).days // 7
    ago = "this week" if not weeks else "a week ago" if weeks == 1 else f"{weeks} weeks ago"
    return f"{day_in_full(each.newest)}, {ago}"


def _drift_told(found: Balance) -> Iterator[str]:
    """The trait that gave way most and the one that gained most, between the halves."""
    drifts = [(each.drift, each.trait.title) for each in found.traits if each.drift]
    less, more = min(drifts, default=(0, "")), max(drifts, default=(0, ""))
    if less[0] < 0 < more[0]:
        yield ""
        yield f"In the later half more about “{more[1]}”, and less about “{less[1]}”."


def _balance_as_json(found: Balance) -> dict[str, Any]:
    return {
        "months": [f"{month:%Y-%m}" for month in found.months],
        "letters": list(found.letters),
        "traits": [
            {
                "slug": each.trait.slug,
                "title": each.trait.title,
                "letters": list(each.counts),
                "share": each.share,
                "target": each.target,
                "drift": each.drift,
                "newest": each.newest and each.newest.isoformat(),
            }
            for each in found.traits
        ],
    }
