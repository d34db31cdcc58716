"""`weekly stats`: how the letters are written."""

from __future__ import annotations

from generator.cli.desk import opened
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from generator.insights.stats import LetterStats

SENTENCE = "Count words, questions, links, and I, we and you in the letters."
EXAMPLES = (
    ("weekly stats", "the last twelve letters, beside the twelve before"),
    ("weekly stats --last 52 --format json", "a year of letters, for a spreadsheet"),
)

_HEAD = ("", "words", "age", "questions", "I", "we", "you", "links", "")
_WIDTHS = (10, 6, 4, 10, 4, 4, 4, 6, 0)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument(
        "--last", type=int, default=12, metavar="N", help="how many letters to show, 12 if not said"
    )
    add_report_options(command)


def run(given: argparse.Namespace) -> int:
    """Print what was counted."""
    from generator.insights.stats import stats_of

    if given.last < 1:
        fail_plainly(f"--last is {given.last}; write a number of at least 1.")
    blog = opened(given)
    letters = stats_of(blog.survey.site.entries, blog.config.language)
    if given.format == "json":
        print_json({"letters": [_as_json(letter) for letter in letters[: given.last]]})
        return 0
    for line in _told(letters, given.last):
        print(line)
    return 0


def _told(letters: Sequence[LetterStats], last: int) -> Iterator[str]:
    from generator.insights.stats import SPAN, compared

    if not letters:
        yield "There is no letter yet."
        return
    yield _row(_HEAD)
    for letter in letters[:last]:
        yield _row(_cells(letter))
    pairs = [pair for pair in compared(letters) if pair.before is not None]
    if pairs:
        yield ""
        yield f"The middle value of the last {SPAN} letters, and of the {SPAN} before:"
        for pair in pairs:
            yield f"  {pair.name:<12}{pair.now:>6}{pair.before:>8}"
    if any(letter.voice is None for letter in letters[:last]):
        yield ""
        yield "The reading age and I, we and you are counted in English letters only."


def _row(cells: Sequence[str]) -> str:
    *counts, title = cells
    pairs = zip(counts, _WIDTHS, strict=False)
    return f"{''.join(cell.rjust(width) for cell, width in pairs)}  {title}".rstrip()


def _cells(letter: LetterStats) -> tuple[str, ...]:
    age = "" if letter.reading_age is None else str(letter.reading_age)
    voice = letter.voice or ("", "", "")
    standing = "" if letter.standing == "published" else f" ({letter.standing})"
    return (
        str(letter.day),
        str(letter.words),
        age,
        str(letter.questions),
        *map(str, voice),
        str(letter.links),
        f"{letter.title}{standing}",
    )


def _as_json(letter: LetterStats) -> dict[str, object]:
    voice = letter.voice._asdict() if letter.voice else None
    return letter._asdict() | {"day": str(letter.day), "voice": voice}
