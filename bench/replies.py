"""What replies cost a build: `python -m bench.replies`, from the repository's folder.

Builds the posts of `bench.corpus` with thousands of replies below them: after an edit of a post,
and after a new reply. The same edit of the same posts without any reply is measured beside them, in
turn. Prints the median CPU time of the whole process, and the median of each round's quotient by
the edit of a blog with replies.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.corpus import TEN_YEARS, Corpus, CorpusPost, CorpusProse
from bench.measure import WARM_UP, in_turn, run
from bench.tools import OURS, WEEKLY, Scratch, edit_post, environment, make_site, scratch_in

REPLIES = 5_000
AUTHOR = "ada"  # of bench/peers/weekly


class Job(NamedTuple):
    """A change of a blog, whose build is measured."""

    name: str
    blog: Path
    change: Callable[[int], object]


def write_reply(blog: Path, post: CorpusPost, number: int) -> None:
    """Write an approved reply to a post: one in six is a question, one in eight a like."""
    prose = CorpusProse(f"reply:{number}")
    when = post.written + timedelta(hours=number % 100)
    kind = "like" if number % 8 == 1 else "question" if number % 6 == 2 else "reply"
    name = post.file_name.removesuffix(".md")
    path = blog / "content/replies" / name / f"{when:%Y-%m-%dT%H%M}-{number:08x}.md"
    answered = (
        f"answered:\n  by: {AUTHOR}\n  at: {when:%Y-%m-%d}\n  words: >\n    {prose.sentence()}\n"
    )
    lines = [
        "---",
        f"to: {name}",
        f"name: {prose.word('person')}",
        f"received: {when:%Y-%m-%dT%H:%M:%S}+00:00",
        "via: email",
        f"kind: {kind}",
        "state: approved",
        "consent: public",
        f"{answered if kind == 'question' and number % 4 else ''}---",
        prose.paragraph(),
        "",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def jobs_in(scratch: Scratch, corpus: Corpus, replies: int) -> tuple[Job, ...]:
    """The blogs, written anew, and what is done to them."""
    bare = make_site(OURS, Scratch(scratch.folder / "bare"), corpus)
    answered = make_site(OURS, Scratch(scratch.folder / "answered"), corpus)
    for number in range(replies):
        write_reply(answered, corpus.post(1 + number % corpus.size), number)
    return (
        Job(
            f"one body edited, {replies:,} replies",
            answered,
            lambda number: edit_post(OURS, answered, corpus.middle, number),
        ),
        Job(
            f"a new reply to {replies:,}",
            answered,
            lambda number: write_reply(answered, corpus.middle, replies + number),
        ),
        Job(
            "one body edited, no reply",
            bare,
            lambda number: edit_post(OURS, bare, corpus.middle, number),
        ),
    )


def seconds(
    jobs: Sequence[Job], scratch: Scratch, corpus: Corpus, rounds: int
) -> list[list[float]]:
    """The CPU seconds of each job, by round; a first build of each blog is not counted."""
    moment = corpus.written(corpus.size) + timedelta(hours=1)
    command = [*WEEKLY, "build", "--now", f"{moment:%Y-%m-%d %H:%M}"]
    found: list[list[float]] = [[] for _ in jobs]
    for number in range(WARM_UP, rounds + 1):
        for place in in_turn(range(len(jobs)), number):
            job = jobs[place]
            if number != WARM_UP:
                job.change(number)
            cost = run(command, folder=job.blog, environment=environment(scratch))
            if number != WARM_UP:
                found[place].append(cost.cpu)
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.replies", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, help="a folder to work in; it is kept")
    parser.add_argument("--posts", type=int, default=TEN_YEARS)
    parser.add_argument("--replies", type=int, default=REPLIES)
    parser.add_argument("--rounds", type=int, default=11)
    asked = parser.parse_args()
    corpus = Corpus(asked.posts)
    with scratch_in(asked.scratch) as scratch:
        jobs = jobs_in(scratch, corpus, asked.replies)
        found = seconds(jobs, scratch, corpus, asked.rounds)
    print("| job | CPU ms | ÷ the edit with replies |\n| --- | ---: | ---: |")
    for job, times in zip(jobs, found, strict=True):
        quotient = median(a / b for a, b in zip(times, found[0], strict=True))
        print(f"| {job.name} | {1000 * median(times):.0f} | {quotient:.2f} |")


if __name__ == "__main__":
    main()
