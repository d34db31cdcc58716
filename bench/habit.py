"""What the parts for a weekly habit cost a build: `python -m bench.habit`, from the repository.

Builds the posts of `bench.corpus` after an edit and after a new post, with everything that shows
readers the habit (what the blog is about, series, related posts, years), without each part of it,
and without all of it. What `site.toml` or front matter can leave out is left out there; for the
rest, the functions that make it are replaced. The builds take turns, and each variant must build
another site than the whole does. Prints the median CPU time of the whole process, and the median
of the differences from the build without all parts in the same round.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.corpus import TEN_YEARS, Corpus
from bench.equality import differing
from bench.measure import WARM_UP, in_turn, run
from bench.tools import OURS, Scratch, add_post, edit_post, environment, make_site, scratch_in

SERIES_LENGTH = 6  # posts; one in three such runs is no series
PROGRAM = """
from itertools import islice
from bench.replacing import replace_function
{replacements}
from generator.cli import main
main()
"""
# what takes the place of each part; the balance page and series are left out of the content
REPLACEMENTS = {
    "balance": """
replace_function("generator.artifacts.weeks:lately", lambda lately: lambda *_: None)
replace_function("generator.artifacts.context:trait_shares", lambda shares: lambda *_: ())
""",
    "series": "",
    "related": """
replace_function(
    "generator.site.related:related_posts",
    lambda related: lambda shown, *_: {post.source: () for post in shown},
)
""",
    "years": """
replace_function("generator.artifacts.weeks:months", lambda months: lambda *_: ())
replace_function("generator.artifacts.feeds:_year_feeds", lambda feeds: lambda *_: ())
replace_function(
    "generator.artifacts.archives:archive_pages",
    lambda pages: lambda *given: islice(pages(*given), 1),
)
""",
}
WHOLE, NONE = "all of it", "none of it"


@dataclass(frozen=True, slots=True)
class Variant:
    """The blog and the generator without some parts of the habit."""

    name: str
    without: tuple[str, ...]
    blog: Path

    def command(self, corpus: Corpus, number: int) -> list[str]:
        """The build of the blog as of the moment at which that many more posts are due."""
        moment = corpus.written(corpus.size + number) + timedelta(hours=1)
        replacements = "\n".join(REPLACEMENTS[part] for part in self.without)
        program = PROGRAM.format(replacements=replacements)
        return [sys.executable, "-c", program, "build", "--now", f"{moment:%Y-%m-%d %H:%M}"]


def variants_of(scratch: Scratch, corpus: Corpus, parts: Sequence[str]) -> tuple[Variant, ...]:
    """The blog without each of the parts, written anew."""
    wanted: dict[str, tuple[str, ...]] = {WHOLE: ()}
    wanted |= {f"no {part}": (part,) for part in parts}
    wanted[NONE] = tuple(REPLACEMENTS)
    return tuple(_variant(name, without, scratch, corpus) for name, without in wanted.items())


def _variant(name: str, without: tuple[str, ...], scratch: Scratch, corpus: Corpus) -> Variant:
    blog = make_site(OURS, Scratch(scratch.folder / name.replace(" ", "-")), corpus)
    if "balance" in without:
        _replace_beginning(blog / "content" / "site.toml", "", "balance_page = false\n")
    if "series" not in without:
        _write_series(blog, corpus)
    return Variant(name, without, blog)


def _write_series(blog: Path, corpus: Corpus) -> None:
    for post in corpus.posts():
        series, is_outside = divmod(post.number // SERIES_LENGTH, 3)
        if not is_outside:
            path = blog / OURS.form.path(post)
            _replace_beginning(path, "---\n", f"---\nseries: Journey {series}\n")


def _replace_beginning(path: Path, old: str, new: str) -> None:
    whole = path.read_text(encoding="utf-8")
    path.write_text(new + whole.removeprefix(old), encoding="utf-8")


def edit(variant: Variant, corpus: Corpus, number: int) -> None:
    """Add a sentence to the post in the middle, which is part of a series."""
    edit_post(OURS, variant.blog, corpus.middle, number)


def add(variant: Variant, corpus: Corpus, number: int) -> None:
    """Write the next post."""
    add_post(OURS, variant.blog, corpus.post(corpus.size + number), corpus)


JOBS = {"one body edited": edit, "a new post": add}


def seconds(
    job: str, variants: Sequence[Variant], scratch: Scratch, corpus: Corpus, rounds: int
) -> dict[str, list[float]]:
    """The CPU seconds of a job, by variant; a first build of each is not counted."""
    found: dict[str, list[float]] = {variant.name: [] for variant in variants}
    for number in range(WARM_UP, rounds + 1):
        for variant in in_turn(variants, number):
            if number != WARM_UP:
                JOBS[job](variant, corpus, number)
            command = variant.command(corpus, number if JOBS[job] is add else 0)
            cost = run(command, folder=variant.blog, environment=environment(scratch))
            if number != WARM_UP:
                found[variant.name].append(cost.cpu)
    return found


def must_differ(variants: Sequence[Variant]) -> None:
    """End the run if a variant built the same site as the whole: its figure would mean nothing."""
    whole, *others = variants
    for variant in others:
        if not differing([whole.blog / OURS.output, variant.blog / OURS.output]):
            sys.exit(f"'{variant.name}' built the same site as '{whole.name}'.")


def table(found: dict[str, list[float]]) -> str:
    """The medians of a job's variants, and of their differences from the last one."""
    *_, without_all = found.values()
    lines = ["| with | CPU ms | more than with none |", "| --- | ---: | ---: |"]
    for name, times in found.items():
        more = median(a - b for a, b in zip(times, without_all, strict=True))
        lines.append(f"| {name} | {1000 * median(times):.0f} | {1000 * more:.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.habit", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, help="a folder to work in; it is kept")
    parser.add_argument("--posts", type=int, default=TEN_YEARS)
    parser.add_argument("--rounds", type=int, default=18)
    parser.add_argument("--parts", nargs="*", choices=REPLACEMENTS, default=list(REPLACEMENTS))
    asked = parser.parse_args()
    corpus = Corpus(asked.posts)
    with scratch_in(asked.scratch) as scratch:
        variants = variants_of(scratch, corpus, asked.parts)
        for job in JOBS:
            found = seconds(job, variants, scratch, corpus, asked.rounds)
            must_differ(variants)
            print(f"{job}, {asked.rounds} rounds:\n\n{table(found)}\n", flush=True)


if __name__ == "__main__":
    main()
