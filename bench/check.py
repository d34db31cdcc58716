"""What `weekly check` costs: `python -m bench.check`, from the repository's folder.

Builds the posts of `bench.corpus` for another host, so that their invented links lead out of the
site rather than to pages that it lacks. Then checks the site several times, as planned and as
built. Prints medians of the whole process, from the command to its exit.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.corpus import TEN_YEARS, Corpus
from bench.measure import WARM_UP, Cost, in_turn, run
from bench.tools import OURS, WEEKLY, Scratch, environment, make_site, scratch_in

ANOTHER_HOST = "https://letters.example.net/blog/"
NOW = "2026-11-17 10:00"
JOBS = (("check",), ("check", "--built"))


def costs(scratch: Scratch, corpus: Corpus, rounds: int) -> dict[tuple[str, ...], list[Cost]]:
    """The costs of each job; a first round is not counted."""
    blog = make_site(OURS, scratch, corpus)

    def weekly(options: Sequence[str]) -> Cost:
        command = (*WEEKLY, *options, "--base-url", ANOTHER_HOST, "--now", NOW, "--quiet")
        return run(command, folder=blog, environment=environment(scratch))

    weekly(["build"])
    found: dict[tuple[str, ...], list[Cost]] = {job: [] for job in JOBS}
    for number in range(WARM_UP, rounds + 1):
        for job in in_turn(JOBS, number):
            cost = weekly(job)
            if number != WARM_UP:
                found[job].append(cost)
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.check", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, help="a folder to work in; it is kept")
    parser.add_argument("--posts", type=int, default=TEN_YEARS)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with scratch_in(asked.scratch) as scratch:
        found = costs(scratch, Corpus(asked.posts), asked.rounds)
    print("| job | wall s | CPU s | peak MB |\n| --- | ---: | ---: | ---: |")
    for job, taken in found.items():
        wall, cpu = median(cost.wall for cost in taken), median(cost.cpu for cost in taken)
        peak = median(cost.peak for cost in taken)
        print(f"| `{' '.join(job)}` | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
