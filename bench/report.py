"""The results as Markdown: a section for each size of the blog in one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.measure import Cost

Costs = Mapping[tuple[str, str], Sequence[Cost]]  # by job and generator, in order of rounds

PREAMBLE = """\
# How fast

`python -m bench.run --posts 520` writes this file: the same letters, of 500 to 1,100 words with
lists, tables, code, quotes, footnotes and links, built by weekly (*ours*), Hugo, Pelican and
Eleventy into equal sites. Ten years of weekly letters are 520; 5,200 are ten such blogs.

Figures are medians of the whole process, from the command to its exit: **wall** is the time that
passes, **CPU** the time of all cores together, **peak** the memory of the largest process. The
generators take turns. **÷ Hugo** is a time divided by Hugo's in the same round; the median of
these is shown, below 1 for what is faster than Hugo. After each build its output is checked: the
new sentence, or the new post with its neighbour, feeds, home page and archive, must be there.

Ours writes more than the others are asked for: each feed in three formats, related letters and a
table of contents on each post, a page for each year, one for the author, one about the feeds and
one for addresses that don't exist. It draws no cards for shared links here (`images.cards`),
which the others can't do: by default it would, in 6 ms of CPU each.
Eleventy keeps nothing from one process to the next; Pelican keeps what it has read; Hugo builds
all anew.

To measure again: `python -m bench.run --scratch DIR --posts 520 5200`, with the Python of our
environment. It installs the peers into that folder, by the versions in `bench/requirements.txt`
and `bench/package-lock.json`, writes every site there, and puts its tables in the place of those
below. `--rounds`, `--jobs` and `--only ours,hugo` make it shorter, `--generator DIR` measures
another copy of ours. `python -m bench.stages SITE` shows where our time goes, and
`python -m bench.markdown` how our Markdown bears hostile texts.
"""


def section(
    *,
    posts: int,
    heading: str,
    rounds: int,
    jobs: Sequence[tuple[str, str]],
    tools: Sequence[str],
    costs: Costs,
    built: Mapping[str, Mapping[str, int]],
) -> str:
    """The section about blogs of that size."""
    return "\n".join(
        (
            _title(posts),
            "",
            f"{heading}; {rounds} rounds.",
            "",
            *(f"- **{name}**: {means}." for name, means in jobs),
            "",
            *_cost_table([name for name, _ in jobs], tools, costs),
            "",
            "What they built:",
            "",
            *_built_table(tools, built),
            "",
        )
    )


def replace_section(path: Path, posts: int, text: str) -> None:
    """Put the section into the file, in the place of the one about the same size."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = re.split(r"^(?=## )", old, flags=re.MULTILINE)[1:]
    others = [other for other in sections if not other.startswith(_title(posts))]
    ordered = sorted((*others, text), key=_posts_of)
    path.write_text("\n".join((PREAMBLE, *(s.rstrip("\n") + "\n" for s in ordered))), "utf-8")


def _title(posts: int) -> str:
    return f"## {posts:,} posts"


def _posts_of(text: str) -> int:
    return int(text.split()[1].replace(",", ""))


def _cost_table(jobs: Iterable[str], tools: Sequence[str], costs: Costs) -> Iterator[str]:
    yield "| job | generator | wall s | CPU s | peak MB | wall ÷ Hugo | CPU ÷ Hugo |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for job in jobs:
        for tool in tools:
            found, hugo = costs[job, tool], costs.get((job, "hugo"), ())
            yield " | ".join(
                (
                    f"| {job}",
                    tool,
                    f"{median(cost.wall for cost in found):.2f}",
                    f"{median(cost.cpu for cost in found):.2f}",
                    f"{median(cost.peak for cost in found):.0f}",
                    _ratio([cost.wall for cost in found], [cost.wall for cost in hugo]),
                    f"{_ratio([cost.cpu for cost in found], [cost.cpu for cost in hugo])} |",
                )
            )


def _ratio(ours: Sequence[float], others: Sequence[float]) -> str:
    pairs = list(zip(ours, others, strict=False))  # others is empty when Hugo was left out
    return f"{median(our / other for our, other in pairs):.2f}" if pairs else ""


def _built_table(tools: Sequence[str], built: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield f"| | {' | '.join(tools)} |"
    yield f"| --- |{' ---: |' * len(tools)}"
    for kind in built[tools[0]]:
        yield f"| {kind} | {' | '.join(f'{built[tool][kind]:,}' for tool in tools)} |"
