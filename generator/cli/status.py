"""`weekly status`: this week's letter, the rhythm, and what the letters were about."""

from __future__ import annotations

from generator.cli.blog_context import opened, prompt_of
from generator.cli.options import add_report_options
from generator.cli.printing import print_json
from generator.cli.screen import screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from generator.cli.blog_context import Opened
    from generator.cli.screen import Screen
    from generator.insights.cadence import Cadence, Rhythm, WeekKept
    from generator.insights.calendar import Calendar, CalendarPost, WeekPlan
    from generator.insights.weeks import IsoWeek

SENTENCE = "Say how this week's letter stands, and how the last weeks went."
EXAMPLES = (
    ("weekly status", "this week, the next, and the rhythm; `weekly` alone does the same"),
    ("weekly status --balance", "what the letters of each month were about"),
    ("weekly status --since 2025-01 --until 2025-12", "the same for one year"),
)

QUARTER, YEAR = 12, 52  # weeks
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
        from generator.cli.balance import tell_balance

        return tell_balance(given, blog)
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
    if this_week.is_gap and found.overdue:
        yield shown.about("Begun before", _begun_in_words(found.overdue))
    yield shown.about(_name("Next", next_week.week), week_in_words(next_week, blog.now))


def _name(which: str, week: IsoWeek) -> str:
    return f"{which} week, W{week.number:02}"


def _begun_in_words(begun: Sequence[CalendarPost]) -> str:
    """The letter that was begun last for a week that is over, and how many there are."""
    post, others = begun[0].entry.post, len(begun) - 1
    more = f", and {others} more: weekly calendar" if others else ""
    return f"“{post.title}” ({post.source}){more}"


def week_in_words(plan: WeekPlan, now: datetime) -> str:
    """How a week's letter stands, in a sentence."""
    if plan.post:
        return _letter_in_words(plan.post, plan, now)
    if plan.away is not None:
        return f"Off: {plan.away}" if plan.away else "Off."
    return f"Nothing yet. {_due_in_words(plan, now)}"


def _due_in_words(plan: WeekPlan, now: datetime) -> str:
    """When the letter is due; once its day has passed, how long there is time."""
    from generator.i18n.dates import hour_in_words, without_midnight

    due = without_midnight(hour_in_words(plan.due, today=now))
    day, _, hour = due.partition(" at ")
    if plan.due.date() > now.date():
        return f"A letter is due on {due}."
    if plan.due.date() == now.date():
        return f"A letter is due today at {hour}." if hour else "A letter is due today."
    return f"{day} has passed, and until Sunday it still counts."


def _letter_in_words(letter: CalendarPost, plan: WeekPlan, now: datetime) -> str:
    from generator.i18n.dates import hour_in_words

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
    from generator.i18n.dates import day_in_full

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
    is_coming = this_week.post and this_week.post.state in ("scheduled", "published")
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
        "begun": [letter_as_json(letter) for letter in found.overdue],
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
        "state": str(plan.post.state) if plan.post else None,
        "letters": [letter_as_json(letter) for letter in plan.posts],
    }


def letter_as_json(letter: CalendarPost) -> dict[str, Any]:
    """A letter and how far it is, as JSON can hold it."""
    post = letter.entry.post
    return {
        "path": post.source,
        "title": post.title,
        "state": str(letter.state),
        "appears": post.published.isoformat(),
    }
