"""What the weekly practice costs a build: `python -m bench.practice --scratch DIR`.

Builds the 520 letters of `bench.corpus` after an edit and after a new letter, with all that shows
readers the practice (what the blog is about, series, related letters, years), without each part of
it, and without all of it. What can be switched off in `site.toml` or left out of front matter is;
for the rest the functions that make it are replaced. The builds take turns. Prints the median CPU
time of the whole process, and that of the differences from what the build without all took in the
same round; then the modules of `generator.insights` that a build of each kind loads.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.corpus import TEN_YEARS, Corpus
from bench.measure import run
from bench.tools import REPOSITORY, TOOLS, Scratch, add_letter, environment, make_site

OURS = TOOLS["ours"]
SERIES_OF = 6  # letters; every third six of them is a series
IMPORTS = """
from itertools import islice
from generator import artifacts, assemble
from generator.artifacts import archives, feeds, pages, posts
"""
# what stands in the place of each part; the balance page and series are left out of the content
REPLACED = {
    "picture": "posts.lately = lambda frame: None\npages.trait_shares = lambda *_: ()",
    "series": "",
    "related": "assemble.related_posts = lambda shown, *_: {post.source: () for post in shown}",
    "years": """
archives.months = lambda *_: ()
feeds._year_feeds = lambda frame: ()
artifacts.archive_pages = lambda frame, whole=archives.archive_pages: islice(whole(frame), 1)
""",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """The blog and the generator without some parts of the practice."""

    name: str
    without: tuple[str, ...]
    blog: Path

    def command(self, corpus: Corpus, number: int) -> list[str]:
        """The build of the blog as of the moment at which so many letters more are due."""
        moment = corpus.written(corpus.size + number) + timedelta(hours=1)
        replaced = "\n".join(REPLACED[part] for part in self.without)
        program = f"{IMPORTS}{replaced}\nfrom generator.cli import main\nmain()"
        return [sys.executable, "-c", program, "build", "--now", f"{moment:%Y-%m-%d %H:%M}"]


def written(scratch: Scratch, corpus: Corpus) -> tuple[Variant, ...]:
    """The blog of each variant, written anew."""
    wanted = {"all of it": (), **{f"no {part}": (part,) for part in REPLACED}}
    variants = []
    for name, without in (*wanted.items(), ("none of it", tuple(REPLACED))):
        place = Scratch(scratch.folder / name.replace(" ", "-"), scratch.generator)
        make_site(OURS, place, corpus)
        variant = Variant(name, without, place.site(corpus.size, OURS.name))
        if "picture" in without:
            _put(variant.blog / "content" / "site.toml", "balance_page = false\n")
        if "series" not in without:
            _write_series(variant.blog, corpus)
        variants.append(variant)
    return tuple(variants)


def _write_series(blog: Path, corpus: Corpus) -> None:
    for letter in corpus.letters():
        series, is_outside = divmod(letter.number // SERIES_OF, 3)
        if not is_outside:
            _put(blog / OURS.form.path(letter), f"---\nseries: Journey {series}\n", instead="---\n")


def _put(path: Path, text: str, *, instead: str = "") -> None:
    """Put a text at the beginning of a file, in the place of what stands there."""
    whole = path.read_text(encoding="utf-8")
    path.write_text(text + whole.removeprefix(instead), encoding="utf-8")


def edit(variant: Variant, corpus: Corpus, number: int) -> None:
    """Add a sentence to the letter in the middle, which is part of a series."""
    path = variant.blog / OURS.form.path(corpus.letter(corpus.size // 2))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nOn reflection this is afterthought number {number}.\n")


def add(variant: Variant, corpus: Corpus, number: int) -> None:
    """Write the next letter."""
    add_letter(OURS, variant.blog, corpus.letter(corpus.size + number), corpus)


def seconds(
    variants: Sequence[Variant], scratch: Scratch, corpus: Corpus, rounds: int
) -> dict[str, dict[str, list[float]]]:
    """The CPU seconds of each job, by variant; a first build of each is not counted."""
    taken: dict[str, dict[str, list[float]]] = {}
    for job, change in (("one body edited", edit), ("a new letter", add)):
        found = taken[job] = {variant.name: [] for variant in variants}
        for number in range(rounds + 1):
            # each goes first as often as any other: the first of a round finds cold caches
            for variant in (
                *variants[number % len(variants) :],
                *variants[: number % len(variants)],
            ):
                if number:
                    change(variant, corpus, number)
                command = variant.command(corpus, number if job == "a new letter" else 0)
                cost = run(command, folder=variant.blog, environment=environment(scratch))
                if number:
                    found[variant.name].append(cost.cpu)
    return taken


def table(found: dict[str, list[float]]) -> str:
    """The medians of a job's variants, and of their differences from the last one."""
    *_, without_all = found.values()
    lines = ["| with | CPU ms | more than with none |", "| --- | ---: | ---: |"]
    for name, times in found.items():
        more = median(a - b for a, b in zip(times, without_all, strict=True))
        lines.append(f"| {name} | {1000 * median(times):.0f} | {1000 * more:.1f} |")
    return "\n".join(lines)


def insights_loaded(variant: Variant, scratch: Scratch, corpus: Corpus, number: int) -> list[str]:
    """The modules of `generator.insights` that a build loads."""
    command = variant.command(corpus, number)
    command.insert(1, "-Ximporttime")
    told = subprocess.run(
        command,
        cwd=variant.blog,
        env=environment(scratch),
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    names = (line.rpartition("|")[2].strip() for line in told.splitlines())
    return sorted(name for name in names if name.startswith("generator.insights"))


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.practice", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, required=True, help="a folder to work in")
    parser.add_argument("--posts", type=int, default=TEN_YEARS)
    parser.add_argument("--rounds", type=int, default=18)
    parser.add_argument(
        "--generator", type=Path, default=REPOSITORY, help="where our package is; this repository"
    )
    asked = parser.parse_args()
    scratch = Scratch(asked.scratch.resolve(), asked.generator.resolve())
    corpus = Corpus(asked.posts)
    variants = written(scratch, corpus)
    for job, found in seconds(variants, scratch, corpus, asked.rounds).items():
        print(f"{job}, {asked.rounds} rounds:\n\n{table(found)}\n", flush=True)
    whole, added = variants[0], asked.rounds
    edit(whole, corpus, 0)
    print(f"loaded after an edit: {insights_loaded(whole, scratch, corpus, added)}")
    add(whole, corpus, added + 1)
    print(f"loaded after a new letter: {insights_loaded(whole, scratch, corpus, added + 1)}")


if __name__ == "__main__":
    main()
