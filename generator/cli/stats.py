"""`weekly stats`: how the letters are written."""

from __future__ import annotations

from generator.cli.blog_context import opened
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json
from generator.cli.screen import screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from generator.cli.screen import Screen
    from generator.insights.stats import Medians, PostStats

SENTENCE = "Count words, questions, links, and I, we and you in the letters."
EXAMPLES = (
    ("weekly stats", "the last twelve letters, then beside the twelve before, and year by year"),
    ("weekly stats --last 52 --format json", "a year of letters, for a spreadsheet"),
)

_HEAD = ("", "words", "age", "questions", "I", "we", "you", "links", "")
_WIDTHS = (6, 4, 10, 4, 4, 4, 6)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument(
        "--last", type=int, default=12, metavar="N", help="how many letters to show, 12 if not said"
    )
    add_report_options(command)


def run(given: argparse.Namespace) -> int:
    """Print what was counted."""
    from generator.insights.stats import over_time, stats_of

    if given.last < 1:
        fail_plainly(f"--last is {given.last}; write a number of at least 1.")
    blog = opened(given)
    letters = stats_of(blog.survey.site.entries, blog.config.language)
    latest, times = letters[: given.last], over_time(letters)
    if given.format == "json":
        print_json(
            {
                "letters": [_as_json(letter) for letter in latest],
                "middle_values": [each._asdict() for each in times],
            }
        )
        return 0
    for line in _told(latest, times, screen()):
        print(line)
    return 0


def _told(letters: Sequence[PostStats], times: Sequence[Medians], shown: Screen) -> Iterator[str]:
    if not letters:
        yield "There is no letter yet."
        return
    yield shown.bold(_row(_HEAD))
    for letter in letters:
        yield shown.cut(_row(_cells(letter)))
    if times:
        yield ""
        yield shown.bold("Medians:")
    for each in times:
        of, _, *numbers = each
        yield _row((of, *map(_cell, numbers), ""))
    if any(letter.voice is None for letter in letters):
        yield ""
        yield shown.wrapped(
            "The reading age and I, we and you are counted in English letters only."
        )


def _row(cells: Sequence[str]) -> str:
    name, *counts, title = cells
    numbers = (count.rjust(width) for count, width in zip(counts, _WIDTHS, strict=True))
    return f"{name:<10}{''.join(numbers)}  {title}".rstrip()


def _cells(letter: PostStats) -> tuple[str, ...]:
    voice = letter.voice or (None, None, None)
    numbers = (letter.words, letter.reading_age, letter.questions, *voice, letter.links)
    state = "" if letter.state == "published" else f" ({letter.state})"
    return (str(letter.day), *map(_cell, numbers), f"{letter.title}{state}")


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


def _as_json(letter: PostStats) -> dict[str, object]:
    voice = letter.voice._asdict() if letter.voice else None
    return letter._asdict() | {"day": str(letter.day), "voice": voice}
