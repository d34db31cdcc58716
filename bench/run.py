"""Measures the generators side by side: `python -m bench.run`, from the repository's folder.

    python -m bench.run --scratch DIR --posts 520
    python -m bench.run --scratch DIR --posts 5200 --rounds 3 --only ours,hugo --jobs cold
    python -m bench.run --scratch DIR --only ours,hugo --generator before=DIR --generator after=DIR

The generators take turns, and each is first as often as any other, so that a machine that is busy
for a while is unfair to all alike. A first round is not counted.

With `--generator NAME=DIR`, copies of weekly take the place of this repository's. All of them are
run by this Python; their table also compares them with the first copy.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.corpus import Corpus
from bench.equality import contents, differing
from bench.measure import WARM_UP, Cost, in_turn, run
from bench.report import Costs, replace_section, section
from bench.tools import (
    OURS,
    TOOLS,
    Scratch,
    Tool,
    add_post,
    copy_of_ours,
    edit_post,
    empty,
    environment,
    install,
    make_site,
    scratch_in,
    versions,
)

RESULTS = Path(__file__).parent / "RESULTS.md"


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
    """A change to the site that is measured, and the test that the build took it in."""

    name: str
    meaning: str
    prepare: Callable[[Bench, Tool, int], object]
    verify: Callable[[Bench, Tool, int], None]
    is_cached: bool = True
    adds_posts: bool = False


def _empty(bench: Bench, tool: Tool, number: int) -> None:
    empty(tool, bench.site(tool))


def _change_nothing(bench: Bench, tool: Tool, number: int) -> None:
    """Leave the site as it is."""


def _edit(bench: Bench, tool: Tool, number: int) -> str:
    return edit_post(tool, bench.site(tool), bench.corpus.middle, number)


def _add(bench: Bench, tool: Tool, number: int) -> None:
    post = bench.corpus.post(bench.corpus.size + 1 + number)
    add_post(tool, bench.site(tool), post, bench.corpus)


def _verify_all(bench: Bench, tool: Tool, number: int) -> None:
    _must_hold(bench, tool, bench.corpus.link(1).address, "</html>")
    _must_hold(bench, tool, "/", bench.corpus.post(bench.corpus.size).title)


def _verify_edit(bench: Bench, tool: Tool, number: int) -> None:
    _must_hold(bench, tool, bench.corpus.middle.address, f"afterthought number {number}.")


def _verify_new(bench: Bench, tool: Tool, number: int) -> None:
    post = bench.corpus.post(bench.corpus.size + 1 + number)
    before = bench.corpus.link(post.number - 1).address
    for address in ("/", "/archive/", post.address, before):
        _must_hold(bench, tool, address, post.title)
    for feed in ("/", *(f"/traits/{trait}/" for trait in post.traits)):
        _must_hold(bench, tool, f"{feed}atom.xml", post.address)


def _must_hold(bench: Bench, tool: Tool, address: str, text: str) -> None:
    name = address[1:] + ("index.html" if address.endswith("/") else "")
    if text not in (bench.output(tool) / name).read_text(encoding="utf-8"):
        sys.exit(f"{tool.name} did not build {address} correctly: it does not contain '{text}'.")


JOBS = (
    Job(
        "cold",
        "the output and the caches are deleted first",
        _empty,
        _verify_all,
        is_cached=False,
    ),
    Job("nothing changed", "a build straight after a build", _change_nothing, _verify_all),
    Job(
        "one body edited",
        "a sentence is added to the body of the post in the middle",
        _edit,
        _verify_edit,
    ),
    Job(
        "a new post",
        "the next post is added: its page, the neighbour, home, traits, feeds, archive",
        _add,
        _verify_new,
        adds_posts=True,
    ),
)


def rounds_of(bench: Bench, job: Job, rounds: int) -> Iterator[tuple[str, Cost]]:
    """The costs of a job, round by round and generator by generator, after a warm-up."""
    for number in range(WARM_UP, rounds + 1):
        for tool in in_turn(bench.tools, number):
            job.prepare(bench, tool, number)
            cost = build(bench, tool, job, number)
            job.verify(bench, tool, number)
            if number != WARM_UP:
                yield tool.name, cost


def build(bench: Bench, tool: Tool, job: Job, number: int) -> Cost:
    """The cost of building one site as of the moment at which its last post is due."""
    last = bench.corpus.size + (1 + number if job.adds_posts else 0)
    moment = bench.corpus.written(last) + timedelta(hours=1)
    site = bench.site(tool)
    command = tool.command(bench.scratch, site, moment, job.is_cached)
    return run(command, folder=site, environment=environment(bench.scratch, tool))


def measure(bench: Bench, jobs: Iterable[Job], rounds: int) -> Costs:
    """The costs of all jobs, by job and generator."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for job in jobs:
        for tool, cost in rounds_of(bench, job, rounds):
            costs.setdefault((job.name, tool), []).append(cost)
            print(f"{job.name}: {tool} {cost.wall:.3f} s", file=sys.stderr, flush=True)
    return costs


def bench_of(posts: int, scratch: Scratch, tools: tuple[Tool, ...]) -> Bench:
    """The sites of all generators with that many posts, written anew."""
    bench = Bench(Corpus(posts), scratch, tools)
    for tool in tools:
        make_site(tool, scratch, bench.corpus)
    return bench


def built_contents(bench: Bench) -> Mapping[str, Mapping[str, int]]:
    """What each generator's output contains after a first build."""
    for tool in bench.tools:
        build(bench, tool, JOBS[0], WARM_UP)
    return {tool.name: contents(bench.output(tool)) for tool in bench.tools}


def chosen_tools(only: str, copies: tuple[Tool, ...]) -> tuple[Tool, ...]:
    """The generators to measure; where `ours` is among them, all copies of weekly."""
    names = only.split(",")
    ours = copies if OURS.name in names else ()
    return (*ours, *(TOOLS[name] for name in names if name != OURS.name))


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    names = [job.name for job in JOBS]
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--posts", type=int, nargs="+", default=[520], help="sizes of the blog")
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds of each job")
    parser.add_argument("--jobs", nargs="+", choices=names, default=names)
    parser.add_argument("--only", default=",".join(TOOLS), help="generators, such as ours,hugo")
    parser.add_argument("--scratch", type=Path, help="a folder to work in; it is kept")
    parser.add_argument(
        "--generator",
        type=copy_of_ours,
        action="append",
        metavar="NAME=DIR",
        help="a copy of this repository to measure in its place; can be given several times",
    )
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="of the results")
    parser.add_argument(
        "--results",
        type=Path,
        help="the file to write into; without --generator, RESULTS.md, else none",
    )
    asked = parser.parse_args()
    asked.copies = tuple(asked.generator or (OURS,))
    if unknown := sorted({*asked.only.split(",")} - TOOLS.keys()):
        parser.error(f"no generator is called {', '.join(unknown)}: choose from {', '.join(TOOLS)}")
    asked.tools = chosen_tools(asked.only, asked.copies)
    if len({tool.name for tool in asked.tools}) < len(asked.tools):
        parser.error("give each --generator a name of its own, such as before=DIR")
    return asked


def main(asked: argparse.Namespace, scratch: Scratch) -> None:
    """Measure each size, print its table, and put it into the file of results."""
    tools = asked.tools
    copies = tuple(tool for tool in tools if tool in asked.copies)
    names = {tool.name for tool in tools}
    jobs = [job for job in JOBS if job.name in asked.jobs]
    results = asked.results or (None if asked.generator else RESULTS)
    install(scratch, names)
    for posts in asked.posts:
        bench = bench_of(posts, scratch, tools)
        built = built_contents(bench)
        different = differing([bench.output(tool) for tool in copies])
        costs = measure(bench, jobs, asked.rounds)
        text = section(
            posts=posts,
            heading=f"{asked.date}; {os.cpu_count()} cores; {versions(scratch, names)}",
            rounds=asked.rounds,
            jobs=[(job.name, job.meaning) for job in jobs],
            tools=[tool.name for tool in tools],
            copies=[tool.name for tool in copies],
            costs=costs,
            built=built,
            differing=different,
        )
        print(text)
        if results:
            replace_section(results, posts, text)


if __name__ == "__main__":
    asked = arguments()
    with scratch_in(asked.scratch) as scratch:
        main(asked, scratch)
