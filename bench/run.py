"""Measures the generators side by side: `python -m bench.run`, from the repository's folder.

    python -m bench.run --scratch DIR --posts 520
    python -m bench.run --scratch DIR --posts 5200 --rounds 3 --only ours,hugo --jobs cold

The jobs are interleaved (ours, hugo, pelican, eleventy, ours, …), so that a machine that is
busy for a while is unfair to all alike. A first round is not counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.corpus import Corpus
from bench.equality import contents
from bench.measure import Cost, run
from bench.report import Costs, replace_section, section
from bench.tools import (
    REPOSITORY,
    TOOLS,
    Scratch,
    Tool,
    add_letter,
    empty,
    environment,
    install,
    make_site,
    versions,
)

RESULTS = Path(__file__).parent / "RESULTS.md"
WARM_UP = 0  # the number of the round that is not counted


@dataclass(frozen=True, slots=True)
class Bench:
    """One size of the corpus, and the generators that build it."""

    corpus: Corpus
    scratch: Scratch
    tools: tuple[Tool, ...]

    def site(self, tool: Tool) -> Path:
        """The folder of a generator's site."""
        return self.scratch.site(self.corpus.size, tool.name)

    def output(self, tool: Tool) -> Path:
        """The folder of a generator's built site."""
        return self.site(tool) / tool.output


@dataclass(frozen=True, slots=True)
class Job:
    """A thing to measure: a change to the site, and what the build must make of it."""

    name: str
    means: str
    prepare: Callable[[Bench, Tool, int], None]
    verify: Callable[[Bench, Tool, int], None]
    is_cached: bool = True
    adds_posts: bool = False


def _empty(bench: Bench, tool: Tool, number: int) -> None:
    empty(tool, bench.site(tool))


def _leave(bench: Bench, tool: Tool, number: int) -> None:
    """Change nothing."""


def _edit(bench: Bench, tool: Tool, number: int) -> None:
    edited = bench.site(tool) / tool.form.path(bench.corpus.letter(bench.corpus.size // 2))
    with edited.open("a", encoding="utf-8") as file:
        file.write(f"\n{_edit_sentence(number)}\n")


def _edit_sentence(number: int) -> str:
    return f"On reflection this is afterthought number {number}."


def _add(bench: Bench, tool: Tool, number: int) -> None:
    letter = bench.corpus.letter(bench.corpus.size + 1 + number)
    add_letter(tool, bench.site(tool), letter, bench.corpus)


def _verify_all(bench: Bench, tool: Tool, number: int) -> None:
    _must_hold(bench, tool, bench.corpus.link(1).address, "</html>")
    _must_hold(bench, tool, "/", bench.corpus.letter(bench.corpus.size).title)


def _verify_edit(bench: Bench, tool: Tool, number: int) -> None:
    address = bench.corpus.link(bench.corpus.size // 2).address
    _must_hold(bench, tool, address, _edit_sentence(number))


def _verify_new(bench: Bench, tool: Tool, number: int) -> None:
    letter = bench.corpus.letter(bench.corpus.size + 1 + number)
    before = bench.corpus.link(letter.number - 1).address
    for address in ("/", "/archive/", letter.address, before):
        _must_hold(bench, tool, address, letter.title)
    for feed in ("/", *(f"/traits/{trait}/" for trait in letter.traits)):
        _must_hold(bench, tool, f"{feed}atom.xml", letter.address)


def _must_hold(bench: Bench, tool: Tool, address: str, text: str) -> None:
    name = address[1:] + ("index.html" if address.endswith("/") else "")
    if text not in (bench.output(tool) / name).read_text(encoding="utf-8"):
        sys.exit(f"{tool.name} did not build {address} rightly: '{text}' is not there.")


JOBS = (
    Job(
        "cold",
        "output and caches are deleted before",
        _empty,
        _verify_all,
        is_cached=False,
    ),
    Job("nothing changed", "a build straight after a build", _leave, _verify_all),
    Job(
        "one body edited",
        "a sentence is added to the body of the post in the middle",
        _edit,
        _verify_edit,
    ),
    Job(
        "a new post",
        "the next letter is added: its page, the neighbour, home, traits, feeds, archive",
        _add,
        _verify_new,
        adds_posts=True,
    ),
)


def rounds_of(bench: Bench, job: Job, rounds: int) -> Iterator[tuple[str, Cost]]:
    """The costs of a job, round by round and generator by generator, after a warm-up."""
    for number in range(WARM_UP, rounds + 1):
        for tool in bench.tools:
            job.prepare(bench, tool, number)
            cost = build(bench, tool, job, number)
            job.verify(bench, tool, number)
            if number != WARM_UP:
                yield tool.name, cost


def build(bench: Bench, tool: Tool, job: Job, number: int) -> Cost:
    """Build one site as of the moment at which its last post is due."""
    last = bench.corpus.size + (1 + number if job.adds_posts else 0)
    moment = bench.corpus.written(last) + timedelta(hours=1)
    site = bench.site(tool)
    command = tool.command(bench.scratch, site, moment, job.is_cached)
    return run(command, folder=site, environment=environment(bench.scratch))


def measure(bench: Bench, jobs: Iterable[Job], rounds: int) -> Costs:
    """The costs of all jobs, by job and generator."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for job in jobs:
        for tool, cost in rounds_of(bench, job, rounds):
            costs.setdefault((job.name, tool), []).append(cost)
            print(f"{job.name}: {tool} {cost.wall:.2f} s", file=sys.stderr, flush=True)
    return costs


def bench_of(posts: int, scratch: Scratch, tools: tuple[Tool, ...]) -> Bench:
    """The sites of all generators with so many posts, written anew."""
    bench = Bench(Corpus(posts), scratch, tools)
    for tool in tools:
        make_site(tool, scratch, bench.corpus)
    return bench


def built_contents(bench: Bench) -> Mapping[str, Mapping[str, int]]:
    """What stands in the output of each generator after a first build."""
    for tool in bench.tools:
        build(bench, tool, JOBS[0], WARM_UP)
    return {tool.name: contents(bench.output(tool)) for tool in bench.tools}


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    names = [job.name for job in JOBS]
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--posts", type=int, nargs="+", default=[520], help="sizes of the blog")
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds of each job")
    parser.add_argument("--jobs", nargs="+", choices=names, default=names)
    parser.add_argument("--only", default=",".join(TOOLS), help="generators, such as ours,hugo")
    parser.add_argument("--scratch", type=Path, help="a folder to work in; kept for the next time")
    parser.add_argument(
        "--generator", type=Path, default=REPOSITORY, help="where our package is; this repository"
    )
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="of the results")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write into")
    return parser.parse_args()


def main(asked: argparse.Namespace, scratch: Scratch) -> None:
    """Measure each size, print its table, and put it into the file of results."""
    tools = tuple(TOOLS[name] for name in asked.only.split(","))
    names = {tool.name for tool in tools}
    jobs = [job for job in JOBS if job.name in asked.jobs]
    install(scratch, names)
    for posts in asked.posts:
        bench = bench_of(posts, scratch, tools)
        built = built_contents(bench)
        costs = measure(bench, jobs, asked.rounds)
        text = section(
            posts=posts,
            heading=f"{asked.date}; {os.cpu_count()} cores; {versions(scratch, names)}",
            rounds=asked.rounds,
            jobs=[(job.name, job.means) for job in jobs],
            tools=[tool.name for tool in tools],
            costs=costs,
            built=built,
        )
        print(text)
        replace_section(asked.results, posts, text)


if __name__ == "__main__":
    asked = arguments()
    if asked.scratch:
        asked.scratch.mkdir(parents=True, exist_ok=True)
        main(asked, Scratch(asked.scratch.resolve(), asked.generator.resolve()))
    else:
        with tempfile.TemporaryDirectory(prefix="weekly-bench-") as folder:
            main(asked, Scratch(Path(folder), asked.generator.resolve()))
