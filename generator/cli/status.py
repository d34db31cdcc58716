"""`weekly status`: this week's letter, the rhythm, and what the letters were about."""

from __future__ import annotations

from typing import NamedTuple

from generator.cli.desk import opened, prompt_of
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json
from generator.cli.screen import screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime
    from typing import Any

    from generator.cli.desk import Opened
    from generator.cli.screen import Screen
    from generator.insights.balance import Balance, TraitBalance
    from generator.insights.cadence import Cadence, Rhythm, WeekKept
    from generator.insights.calendar import Calendar, LetterState, WeekPlan
    from generator.insights.weeks import IsoWeek

SENTENCE = "Say how this week's letter stands, and how the last weeks went."
EXAMPLES = (
    ("weekly status", "this week, the next, and the rhythm; `weekly` alone does the same"),
    ("weekly status --balance", "what the letters of each month were about"),
    ("weekly status --since 2025-01 --until 2025-12", "the same for one year"),
)

QUARTER, YEAR = 12, 52  # weeks
MONTHS = 12  # columns of the balance; a longer span is told by year
ALL = "All letters"
LAST_COLUMNS = "   of 100   52 weeks ago"
SHORTEST = 16  # letters of a title that is cut
FIRST_OF_ALL = "Nothing yet. The first letter of a blog is on time on any day."
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
    command.add_argument("--until", metavar="MONTH", help="its last month; this one if not given")
    add_report_options(command)


def run(given: argparse.Namespace) -> int:
    """Print what was asked for."""
    blog = opened(given)
    if given.balance or given.since or given.until:
        return _tell_balance(given, blog)
    found, rhythm = _calendar_and_rhythm(blog)
    if given.format == "json":
        print_json(_as_json(found, rhythm, blog))
        return 0
    shown = screen()
    told = (
        *_weeks_told(found, rhythm, blog, shown),
        *_rhythm_told(rhythm, shown),
        *_waiting_told(blog, shown),
        *_change_told(blog, shown),
        *_way_back(found.weeks[0], rhythm, shown),
        *_unreadable_told(blog, shown),
    )
    for line in told:
        print(line)
    return 0


def _calendar_and_rhythm(blog: Opened) -> tuple[Calendar, Cadence]:
    from generator.insights.cadence import cadence
    from generator.insights.calendar import calendar

    found = calendar(blog.survey.site.entries, blog.config, as_of=blog.now, weeks=2)
    days = (letter.day for letter in found.published)
    return found, cadence(days, blog.config, today=blog.now.date())


def _weeks_told(found: Calendar, rhythm: Cadence, blog: Opened, shown: Screen) -> Iterator[str]:
    this_week, next_week = found.weeks
    is_new = not rhythm.weeks and this_week.is_gap
    told = FIRST_OF_ALL if is_new else week_in_words(this_week, blog.now)
    yield shown.about(_name("This", this_week.week), told)
    if this_week.is_gap and found.begun:
        yield shown.about("Begun before", _begun_in_words(found.begun))
    yield shown.about(_name("Next", next_week.week), week_in_words(next_week, blog.now))


def _name(which: str, week: IsoWeek) -> str:
    return f"{which} week, W{week.number:02}"


def _begun_in_words(begun: Sequence[LetterState]) -> str:
    """The letter that was begun last for a week that is over, and how many there are."""
    post, others = begun[0].entry.post, len(begun) - 1
    more = f", and {others} more: weekly calendar" if others else ""
    return f"“{post.title}” ({post.source}){more}"


def week_in_words(plan: WeekPlan, now: datetime) -> str:
    """How a week's letter stands, in a sentence."""
    if plan.letter:
        return _letter_in_words(plan.letter, plan, now)
    if plan.away is not None:
        return f"Off: {plan.away}" if plan.away else "Off."
    return f"Nothing yet. {_due_in_words(plan, now)}"


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
        "published": f"{title} went out on {appears.partition(' at ')[0]}.",
        "scheduled": f"{title} is ready and goes out on {appears}.",
        "ready": f"{title} is ready and waits for a signature (approved_by). {due}",
        "draft": f"{title} is begun. {due}",
        "planned": f"{title} is planned. {due}",
    }
    return sentences[letter.state]


def _rhythm_told(rhythm: Cadence, shown: Screen) -> Iterator[str]:
    yield ""
    if not rhythm.weeks:
        yield shown.wrapped("No letter is out yet. The first one can be two lines: weekly note")
        return
    for number in (QUARTER, YEAR):
        last = rhythm.last(number)
        signs = f"{_signs(last)}  " if number == QUARTER else ""
        is_all = len(last.weeks) < number
        yield shown.about(_name_of_last(len(last.weeks), is_all), f"{signs}{_counted(last)}")
        if is_all:
            break
    if rhythm.median_gap is not None:
        yield shown.about("Between letters", "; ".join(_gaps(rhythm)) + ".")


def _name_of_last(weeks: int, is_all: bool) -> str:
    if weeks == 1:
        return "First week" if is_all else "Last week"
    return f"{'All' if is_all else 'Last'} {weeks} weeks"


def _gaps(rhythm: Cadence) -> Iterator[str]:
    """The usual days between letters, and the longest silence where it was longer."""
    from generator.dates import day_in_full

    usual, silence = rhythm.median_gap or 0, rhythm.longest_silence
    yield f"{_days(usual)} as a rule"
    if silence and silence.days > usual:
        span = f"{day_in_full(silence.after)} to {day_in_full(silence.until)}"
        yield f"at the longest {_days(silence.days)}, {span}"


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


def _waiting_told(blog: Opened, shown: Screen) -> Iterator[str]:
    if title := _waiting(blog):
        yield shown.about("A trait that waits", f"“{title}”. For questions: weekly prompt")


def _waiting(blog: Opened) -> str:
    """The title of the trait to write about next, '' before there is a letter."""
    found = prompt_of(blog) if blog.survey.site.entries else None
    return found.trait.title if found else ""


def _change_told(blog: Opened, shown: Screen) -> Iterator[str]:
    if told := _change(blog):
        yield ""
        yield shown.wrapped(f"{told} More: weekly stats")


def _change(blog: Opened) -> str:
    """What has changed in how the letters are written, where that is worth a sentence."""
    from generator.insights.stats import change_lately

    return change_lately(blog.survey.site.entries, blog.config.language)


def _way_back(this_week: WeekPlan, rhythm: Cadence, shown: Screen) -> Iterator[str]:
    """One sentence after two missed weeks, while nothing is on its way."""
    is_coming = this_week.letter and this_week.letter.state in ("scheduled", "published")
    if rhythm.missed_lately >= 2 and not is_coming and this_week.away is None:
        yield ""
        weeks = rhythm.missed_lately
        ago = f"{weeks} weeks" if weeks <= QUARTER else "a while"  # a large number helps nobody
        yield shown.wrapped(
            f"It has been {ago}. Two lines are enough to be back: "
            'weekly note "What I heard this week"'
        )


def _unreadable_told(blog: Opened, shown: Screen) -> Iterator[str]:
    """That posts are missing from the account, where some are."""
    if rejected := blog.survey.content.rejected:
        yield ""
        names = ", ".join(rejected)
        yield shown.wrapped(f"Left out, since it can't be read: {names}. See: weekly check")


def _as_json(found: Calendar, rhythm: Cadence, blog: Opened) -> dict[str, Any]:
    silence = rhythm.longest_silence
    this_week, next_week = found.weeks
    return {
        "this_week": week_as_json(this_week),
        "next_week": week_as_json(next_week),
        "begun": [letter_as_json(letter) for letter in found.begun],
        "rhythm": {str(number): _rhythm_as_json(rhythm.last(number)) for number in (QUARTER, YEAR)},
        "missed_in_a_row": rhythm.missed_lately,
        "median_gap_days": rhythm.median_gap,
        "longest_silence": silence
        and {
            "days": silence.days,
            "after": silence.after.isoformat(),
            "until": silence.until.isoformat(),
        },
        "waiting_trait": _waiting(blog),
        "change": _change(blog),
        "unreadable": list(blog.survey.content.rejected),
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
    until = _until(given.until, today)
    found = balance(
        letters,
        blog.traits,
        since=_since(given.since, first, until),
        until=until,
        targets=blog.config.balance,
    )
    if given.format == "json":
        print_json(_balance_as_json(found))
        return 0
    for line in _balance_told(found, today if until == today else None, screen()):
        print(line)
    return 0


def _until(month: str | None, today: date) -> date:
    """The last day that is shown: of the month that is asked for, and never after today."""
    from datetime import timedelta

    if month is None:
        return today
    first = _month(month, "--until", today)
    return min(today, (first + timedelta(31)).replace(day=1) - timedelta(1))


def _since(month: str | None, first_letter: date, until: date) -> date:
    """The first month that is shown: as asked for, else of the last twelve that have letters."""
    from datetime import date

    if month is None:
        a_year = 12 * until.year + until.month - 12  # months since the year 0, from 0
        return min(max(date(a_year // 12, a_year % 12 + 1, 1), first_letter), until)
    return _month(month, "--since", until)


def _month(written: str, option: str, latest: date) -> date:
    """The first day of the month that an option names."""
    from datetime import date

    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        fail_plainly(f"{option}: '{written}' is not a month. Write one such as 2026-01.")
    if first > latest:
        fail_plainly(f"{option}: {written} comes after {latest:%Y-%m}.")
    return first


def _balance_told(found: Balance, until: date | None, shown: Screen) -> Iterator[str]:
    """A line for each trait; a month or year without a letter about it is a dot.

    `until` is today, or None where the table ends before.
    """
    table = _Table.of(found, shown)
    yield shown.bold(table.row("", table.names, "of 100", "last"))
    for each in found.traits:
        counts = [str(count or "·") for count in _by_column(each.counts, found.months)]
        last = _waited(each, until)
        yield table.row(each.trait.title, counts, _share(each), last).replace("·", shown.dim("·"))
    letters = [str(count or "·") for count in _by_column(found.letters, found.months)]
    yield table.row(ALL, letters, "", "")
    yield from _drift_told(found, shown)


class _Table(NamedTuple):
    """The names of the columns, and how wide that of the traits is."""

    names: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, found: Balance, shown: Screen) -> _Table:
        """The table as its screen can hold it: months become letters, and long titles are cut."""
        titles = max(len(title) for title in (ALL, *(each.trait.title for each in found.traits)))
        names = _column_names(found.months)
        others = sum(len(name) + 1 for name in names) + len(LAST_COLUMNS)
        if shown.width is None or titles + others <= shown.width:
            return cls(names, titles)
        if len(found.months) <= MONTHS:
            names = tuple(f" {name[0]}" for name in names)
            others = sum(len(name) + 1 for name in names) + len(LAST_COLUMNS)
        return cls(names, min(titles, max(SHORTEST, shown.width - others)))

    def row(self, title: str, cells: Iterable[str], share: str, last: str) -> str:
        """A line of it."""
        name = title if len(title) <= self.width else f"{title[: self.width - 1]}…"
        counts = " ".join(
            cell.rjust(len(column)) for cell, column in zip(cells, self.names, strict=True)
        )
        return f"{name:<{self.width}} {counts}   {share:<6}   {last}".rstrip()


def _column_names(months: Sequence[date]) -> tuple[str, ...]:
    from generator.dates import day_in_short

    if len(months) <= MONTHS:
        return tuple(day_in_short(month)[-3:] for month in months)
    return tuple(str(year) for year in range(months[0].year, months[-1].year + 1))


def _by_column(counts: Sequence[int], months: Sequence[date]) -> Sequence[int]:
    """Counts by month; where there are more months than a line can hold, by year."""
    from generator.insights.balance import by_year

    return counts if len(months) <= MONTHS else tuple(by_year(counts, months).values())


def _share(each: TraitBalance) -> str:
    return f"{each.share:>2}" if each.target is None else f"{each.share:>2}/{each.target}"


def _waited(each: TraitBalance, today: date | None) -> str:
    """How long ago the last letter about it was, or its day where the table ends before today."""
    from generator.dates import day_in_short

    if each.newest is None:
        return "not yet"
    if today is None:
        return f"{day_in_short(each.newest)[4:].strip()} {each.newest.year}"
    weeks = (today - each.newest).days // 7
    return "this week" if not weeks else "a week ago" if weeks == 1 else f"{weeks} weeks ago"


def _drift_told(found: Balance, shown: Screen) -> Iterator[str]:
    """The trait that gave way most and the one that gained most, between the halves."""
    drifts = [(each.drift, each.trait.title) for each in found.traits if each.drift]
    less, more = min(drifts, default=(0, "")), max(drifts, default=(0, ""))
    if less[0] < 0 < more[0]:
        yield ""
        yield shown.wrapped(
            f"In the later half of that time more about “{more[1]}”, and less about “{less[1]}”."
        )


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
