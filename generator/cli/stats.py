"""`weekly stats`: how the posts are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.options import report_options
from generator.cli.printing import print_json
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.insights.stats import Medians, PostStats, over_time, stats_of
from generator.model import PostState

_HEAD = ("", "words", "age", "questions", "I", "we", "you", "links", "")
_WIDTHS = (6, 4, 10, 4, 4, 4, 6)


@command(
    "stats",
    examples=(
        ("weekly stats", "the last twelve posts, the twelve before them, and each year"),
        ("weekly stats --last 52 --format json", "a year of posts, for a spreadsheet"),
    ),
)
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=12,
    metavar="N",
    help="How many posts to show; 12 if not given.",
)
@report_options
def run(given: SharedOptions, last: int) -> int:
    """Print what was counted."""
    blog = blog_context(given)
    posts = stats_of(blog.inventory.site.entries, blog.config.language)
    latest, medians = posts[:last], over_time(posts)
    if given.format == "json":
        print_json(
            {
                "posts": [_as_json(post) for post in latest],
                "medians": [each._asdict() for each in medians],
            }
        )
        return 0
    for line in _lines(latest, medians, screen()):
        print(line)
    return 0


def _lines(posts: Sequence[PostStats], medians: Sequence[Medians], shown: Screen) -> Iterator[str]:
    if not posts:
        yield "There is no post yet."
        return
    yield shown.bold(_row(_HEAD))
    for post in posts:
        yield shown.cut(_row(_cells(post)))
    if medians:
        yield ""
        yield shown.bold("Medians:")
    for each in medians:
        of, _, *numbers = each
        yield _row((of, *map(_cell, numbers), ""))
    if any(post.voice is None for post in posts):
        yield ""
        yield shown.wrapped("The reading age and I, we and you are counted in English posts only.")


def _row(cells: Sequence[str]) -> str:
    name, *counts, title = cells
    numbers = (count.rjust(width) for count, width in zip(counts, _WIDTHS, strict=True))
    return f"{name:<10}{''.join(numbers)}  {title}".rstrip()


def _cells(post: PostStats) -> tuple[str, ...]:
    voice = post.voice or (None, None, None)
    numbers = (post.words, post.reading_age, post.questions, *voice, post.links)
    state = "" if post.state is PostState.PUBLISHED else f" ({post.state})"
    return (str(post.day or ""), *map(_cell, numbers), f"{post.title}{state}")


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


def _as_json(post: PostStats) -> dict[str, object]:
    voice = post.voice._asdict() if post.voice else None
    return post._asdict() | {"day": str(post.day) if post.day else None, "voice": voice}
