"""`weekly status`: this week's post, the rhythm, and what the posts were about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import click

from generator.cli.balance import print_balance
from generator.cli.blog_context import BlogContext, blog_context, prompt_of
from generator.cli.commands import command
from generator.cli.options import report_options
from generator.cli.printing import print_json
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import first_words, open_in, question_as_json
from generator.i18n.dates import day_in_full, hour_in_words, without_midnight
from generator.insights.cadence import Cadence, Rhythm, WeekKept, Went, cadence
from generator.insights.calendar import Calendar, CalendarPost, WeekPlan, calendar
from generator.insights.stats import change_lately
from generator.insights.weeks import IsoWeek
from generator.listening.waiting import OpenQuestion, waiting
from generator.model import PostState
from generator.problems import counted

QUARTER, YEAR = 12, 52  # weeks
ASKED = 3  # open questions that are named, the oldest
FIRST_OF_ALL = "Nothing yet. The first post of a blog is on time on any day."
_COMING = (PostState.SCHEDULED, PostState.PUBLISHED)
SIGNS = {"on time": "●", "late": "●", "away": "–", "missed": "○"}


@command(
    "status",
    examples=(
        ("weekly status", "this week, the next, and the rhythm; `weekly` alone does the same"),
        ("weekly status --balance", "what the posts of each month were about"),
        ("weekly status --since 2025-01 --until 2025-12", "the same for one year"),
    ),
)
@click.option("--balance", is_flag=True, help="Show how many posts were about which trait.")
@click.option(
    "--since",
    metavar="MONTH",
    help="The first month of the balance, such as 2026-01; of the last twelve if not given.",
)
@click.option("--until", metavar="MONTH", help="Its last month; this one if not given.")
@report_options
def run(given: SharedOptions, balance: bool, since: str | None, until: str | None) -> int:
    """Print what was asked for."""
    blog = blog_context(given)
    if balance or since or until:
        print_balance(given, blog, since=since, until=until)
        return 0
    found, rhythm = _calendar_and_rhythm(blog)
    if given.format == "json":
        print_json(_as_json(found, rhythm, blog))
        return 0
    shown = screen()
    lines = (
        *_lines_of_weeks(found, rhythm, blog, shown),
        *_lines_of_rhythm(rhythm, shown),
        *_lines_of_replies(blog, shown),
        *_line_of_trait(blog, shown),
        *_lines_of_change(blog, shown),
        *_way_back(found.weeks[0], rhythm, shown),
        *_lines_of_unreadable(blog, shown),
    )
    for line in lines:
        print(line)
    return 0


def _calendar_and_rhythm(blog: BlogContext) -> tuple[Calendar, Cadence]:
    found = calendar(blog.inventory.site.entries, blog.config, as_of=blog.now, weeks=2)
    days = (post.day for post in found.published)
    return found, cadence(days, blog.config, today=blog.now.date())


def _lines_of_weeks(
    found: Calendar, rhythm: Cadence, blog: BlogContext, shown: Screen
) -> Iterator[str]:
    this_week, next_week = found.weeks
    is_new = not rhythm.weeks and this_week.is_gap
    words = FIRST_OF_ALL if is_new else week_in_words(this_week, blog.now)
    yield shown.about(_name("This", this_week.week), words)
    started = [post for post in found.overdue if post.state is not PostState.READY]
    if this_week.is_gap and started:
        yield shown.about("Started earlier", _named(started))
    yield shown.about(_name("Next", next_week.week), week_in_words(next_week, blog.now))
    if unapproved := _unapproved(found):
        yield shown.about("Needs approval", _named(unapproved))


def _name(which: str, week: IsoWeek) -> str:
    return f"{which} week, W{week.number:02}"


def _unapproved(found: Calendar) -> list[CalendarPost]:
    """The posts without approval of earlier weeks and of these, but for those that are named."""
    named = [plan.post for plan in found.weeks]
    due = [*found.overdue, *(post for plan in found.weeks for post in plan.posts)]
    return [post for post in found.unapproved if post in due and post not in named]


def _named(posts: Sequence[CalendarPost]) -> str:
    """The first of some posts, and how many more there are."""
    post, others = posts[0].entry.post, len(posts) - 1
    more = f", and {others} more: weekly calendar" if others else ""
    return f"“{post.title}” ({post.source}){more}"


def week_in_words(plan: WeekPlan, now: datetime) -> str:
    """The state of a week's post, in a sentence."""
    if plan.post:
        return _post_in_words(plan.post, plan, now)
    if plan.away is not None:
        return f"Off: {plan.away}" if plan.away else "Off."
    return f"Nothing yet. {_due_in_words(plan, now)}"


def _due_in_words(plan: WeekPlan, now: datetime) -> str:
    """When the post is due; once its day has passed, how much time there is left."""
    due = without_midnight(hour_in_words(plan.due, today=now))
    day, _, hour = due.partition(" at ")
    if plan.due.date() > now.date():
        return f"A post is due on {due}."
    if plan.due.date() == now.date():
        return f"A post is due today at {hour}." if hour else "A post is due today."
    return f"{day} has passed, but a post still counts until Sunday."


def _post_in_words(post: CalendarPost, plan: WeekPlan, now: datetime) -> str:
    title = f"“{post.entry.post.title}”"
    appears = hour_in_words(post.entry.post.published, today=now)
    due = _due_in_words(plan, now)
    sentences = {
        PostState.PUBLISHED: f"{title} was published on {appears.partition(' at ')[0]}.",
        PostState.SCHEDULED: f"{title} is ready and will be published on {appears}.",
        PostState.READY: f"{title} is ready and needs approval (approved_by). {due}",
        PostState.DRAFT: f"{title} is a draft. {due}",
        PostState.PLANNED: f"{title} is planned. {due}",
    }
    return sentences[post.state]


def _lines_of_rhythm(rhythm: Cadence, shown: Screen) -> Iterator[str]:
    yield ""
    if not rhythm.weeks:
        yield shown.wrapped(
            "Nothing is published yet. The first post can be two lines: weekly note"
        )
        return
    for number in (QUARTER, YEAR):
        last = rhythm.last(number)
        signs = f"{_signs(last)}  " if number == QUARTER else ""
        is_all = len(last.weeks) < number
        yield shown.about(_name_of_last(len(last.weeks), is_all), f"{signs}{_counted(last)}")
        if is_all:
            break
    if rhythm.median_gap is not None:
        yield shown.about("Between posts", "; ".join(_gaps(rhythm)) + ".")


def _name_of_last(weeks: int, is_all: bool) -> str:
    if weeks == 1:
        return "First week" if is_all else "Last week"
    return f"{'All' if is_all else 'Last'} {weeks} weeks"


def _gaps(rhythm: Cadence) -> Iterator[str]:
    """The usual days between posts, and the longest silence if it was longer."""
    usual, silence = rhythm.median_gap or 0, rhythm.longest_silence
    yield f"usually {counted(usual, 'day')}"
    if silence and silence.days > usual:
        span = f"{day_in_full(silence.after)} to {day_in_full(silence.until)}"
        yield f"at most {counted(silence.days, 'day')}, {span}"


def _signs(rhythm: Rhythm) -> str:
    return " ".join(SIGNS[week.went] for week in rhythm.weeks)


def _counted(rhythm: Rhythm) -> str:
    late = rhythm.count(Went.LATE)
    parts = [f"{rhythm.count(Went.ON_TIME, Went.LATE)} with a post"]
    if late:
        parts[0] += f" ({late} after its day)"
    if off := rhythm.count(Went.AWAY):
        parts.append(f"{off} off")
    if missed := rhythm.count(Went.MISSED):
        parts.append(f"{missed} without")
    return ", ".join(parts) + "."


def _lines_of_replies(blog: BlogContext, shown: Screen) -> Iterator[str]:
    """What waits for a decision or an answer; nothing in a blog without replies."""
    found = waiting(blog.inventory.content.replies)
    if found:
        replies = "1 reply waits" if len(found) == 1 else f"{len(found):,} replies wait"
        yield shown.about("Replies", f"{replies} for a decision: weekly replies")
    asked = open_in(blog)
    for place, question in enumerate(asked[:ASKED]):
        name = counted(len(asked), "open question").capitalize() if place == 0 else ""
        yield shown.about(name, _open_in_words(question, blog))
    if len(asked) > ASKED:
        yield shown.about("", f"and {len(asked) - ASKED:,} more: weekly replies --format json")


def _open_in_words(question: OpenQuestion, blog: BlogContext) -> str:
    age = question.age(blog.now.date())
    waits = "without a date" if age is None else "today" if age == 0 else counted(age, "day")
    return f"{waits}: “{first_words(question.reply)}” ({question.reply.id})"


def _line_of_trait(blog: BlogContext, shown: Screen) -> Iterator[str]:
    if title := _next_trait(blog):
        yield shown.about("Next trait", f"“{title}”. For questions: weekly prompt")


def _next_trait(blog: BlogContext) -> str:
    """The title of the trait to write about next, or '' before there is a post."""
    found = prompt_of(blog) if blog.inventory.site.entries else None
    return found.trait.title if found else ""


def _lines_of_change(blog: BlogContext, shown: Screen) -> Iterator[str]:
    if change := _change(blog):
        yield ""
        yield shown.wrapped(f"{change} More: weekly stats")


def _change(blog: BlogContext) -> str:
    """A sentence about how the writing has changed, or '' if that is not worth one."""
    return change_lately(blog.inventory.site.entries, blog.config.language)


def _way_back(this_week: WeekPlan, rhythm: Cadence, shown: Screen) -> Iterator[str]:
    """One sentence after two missed weeks, unless a post is scheduled."""
    is_coming = this_week.post and this_week.post.state in _COMING
    if rhythm.missed_lately >= 2 and not is_coming and this_week.away is None:
        yield ""
        weeks = rhythm.missed_lately
        ago = f"{weeks} weeks" if weeks <= QUARTER else "a while"  # a large number helps nobody
        yield shown.wrapped(
            f"It has been {ago}. Two lines are enough to be back: "
            'weekly note "What I heard this week"'
        )


def _lines_of_unreadable(blog: BlogContext, shown: Screen) -> Iterator[str]:
    """A line about the posts that were left out, if there are any."""
    if rejected := (*blog.inventory.content.rejected, *blog.inventory.content.unread):
        yield ""
        names = ", ".join(rejected)
        yield shown.wrapped(f"Left out because of errors: {names}. See: weekly check")


def _as_json(found: Calendar, rhythm: Cadence, blog: BlogContext) -> dict[str, object]:
    silence = rhythm.longest_silence
    this_week, next_week = found.weeks
    return {
        "this_week": week_as_json(this_week),
        "next_week": week_as_json(next_week),
        "started": [post_as_json(post) for post in found.overdue],
        "needs_approval": [post_as_json(post) for post in found.unapproved],
        "rhythm": {str(number): _rhythm_as_json(rhythm.last(number)) for number in (QUARTER, YEAR)},
        "missed_in_a_row": rhythm.missed_lately,
        "median_gap_days": rhythm.median_gap,
        "longest_silence": silence
        and {
            "days": silence.days,
            "after": silence.after.isoformat(),
            "until": silence.until.isoformat(),
        },
        "replies_waiting": len(waiting(blog.inventory.content.replies)),
        "open_questions": [question_as_json(question, blog) for question in open_in(blog)],
        "next_trait": _next_trait(blog),
        "change": _change(blog),
        "unreadable": [*blog.inventory.content.rejected, *blog.inventory.content.unread],
    }


def _rhythm_as_json(rhythm: Rhythm) -> dict[str, object]:
    names = (went for went in Went if went is not Went.OPEN)
    counts = {went.replace(" ", "_"): rhythm.count(went) for went in names}
    return {"kept": rhythm.kept, **counts, "weeks": [_kept_as_json(week) for week in rhythm.weeks]}


def _kept_as_json(kept: WeekKept) -> dict[str, object]:
    return {"week": str(kept.week), "went": str(kept.went)}


def week_as_json(plan: WeekPlan) -> dict[str, object]:
    """A week with what is planned for it, as JSON can hold it."""
    return {
        "week": str(plan.week),
        "due": plan.due.isoformat(),
        "away": plan.away,
        "state": str(plan.post.state) if plan.post else None,
        "posts": [post_as_json(post) for post in plan.posts],
    }


def post_as_json(found: CalendarPost) -> dict[str, object]:
    """A post and its state, as JSON can hold it."""
    post = found.entry.post
    return {
        "path": post.source,
        "title": post.title,
        "state": str(found.state),
        "appears": post.published.isoformat() if post.has_date else None,
    }
