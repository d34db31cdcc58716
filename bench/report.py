"""The results as Markdown: one section for each size of the blog, all in one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.measure import Cost

Costs = Mapping[tuple[str, str], Sequence[Cost]]  # by job and generator, in order of rounds

HUGO = "hugo"
SHOWN_PATHS = 5

PREAMBLE = """\
# Speed

`python -m bench.run` writes this file. weekly (*ours*), Hugo, Pelican and Eleventy build the same
posts, of 500 to 1,100 words with lists, tables, code, quotes, footnotes and links, into equivalent
sites. 520 posts are ten years of a weekly blog; 5,200 are ten such blogs.

Figures are medians of the whole process, from the command to its exit: **wall** is elapsed time,
**CPU** the time of all cores together, **peak** the memory of the largest process. The generators
take turns. **÷ Hugo** is the median, over the rounds, of a time divided by Hugo's time in the same
round: a figure below 1 is faster than Hugo. After each build the benchmark checks the output: the
new sentence, or the new post with its neighbour, feeds, home page and archive, must be there.

weekly writes more than the others are asked for: each feed in three formats, related posts and a
table of contents on each post, a page for each year, one for the author, one about the feeds and
one for addresses that don't exist. It draws no social images here (`images.cards`), which the
others can't do: by default it would, in 6 ms of CPU each.
Eleventy keeps nothing from one process to the next; Pelican caches what it has read; Hugo rebuilds
everything.

To measure again: `python -m bench.run --scratch DIR --posts 520 5200`, with the Python of our
environment. It installs the peers into that folder, in the versions of `bench/requirements.txt`
and `bench/package-lock.json`, writes every site there, and replaces the tables below. `--rounds`,
`--jobs` and `--only ours,hugo` make it shorter. `--generator NAME=DIR`, given several times,
compares copies of weekly instead. `python -m bench.stages` shows where our time goes, and
`python -m bench.markdown` how our Markdown handles hostile texts.
"""


def section(
    *,
    posts: int,
    heading: str,
    rounds: int,
    jobs: Sequence[tuple[str, str]],
    tools: Sequence[str],
    copies: Sequence[str],
    costs: Costs,
    built: Mapping[str, Mapping[str, int]],
    differing: Sequence[str],
) -> str:
    """The section about blogs of that size."""
    return "\n".join(
        (
            _title(posts),
            "",
            f"{heading}; {rounds} {'round' if rounds == 1 else 'rounds'}.",
            "",
            *(f"- **{name}**: {meaning}." for name, meaning in jobs),
            "",
            *_cost_table([name for name, _ in jobs], tools, copies, costs),
            "",
            *_comparison(copies, differing),
            "What they built:",
            "",
            *_built_table(tools, built),
            "",
        )
    )


def replace_section(path: Path, posts: int, text: str) -> None:
    """Put the section into the file, in place of the one about the same size."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = re.split(r"^(?=## )", old, flags=re.MULTILINE)[1:]
    others = [other for other in sections if not other.startswith(_title(posts))]
    ordered = sorted((*others, text), key=_posts_of)
    path.write_text("\n".join((PREAMBLE, *(s.rstrip("\n") + "\n" for s in ordered))), "utf-8")


def _title(posts: int) -> str:
    return f"## {posts:,} posts"


def _posts_of(text: str) -> int:
    return int(text.split()[1].replace(",", ""))


def _cost_table(
    jobs: Iterable[str], tools: Sequence[str], copies: Sequence[str], costs: Costs
) -> Iterator[str]:
    bases = [("Hugo", HUGO, tools), *((name, name, copies) for name in copies[:1] if copies[1:])]
    titles = [f"{kind} ÷ {title}" for title, _, _ in bases for kind in ("wall", "CPU")]
    yield f"| job | generator | wall s | CPU s | peak MB | {' | '.join(titles)} |"
    yield f"| --- | --- |{' ---: |' * (3 + len(titles))}"
    for job in jobs:
        for tool in tools:
            found = costs[job, tool]
            cells = [job, tool, *_medians(found)]
            for _, base, compared in bases:
                others = costs.get((job, base), ()) if tool in compared else ()
                cells += _ratios(found, others)
            yield f"| {' | '.join(cells)} |"


def _medians(found: Sequence[Cost]) -> tuple[str, str, str]:
    return (
        _seconds(median(cost.wall for cost in found)),
        _seconds(median(cost.cpu for cost in found)),
        f"{median(cost.peak for cost in found):.0f}",
    )


def _seconds(value: float) -> str:
    """Milliseconds count below a second, where copies of weekly are compared."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


def _ratios(found: Sequence[Cost], others: Sequence[Cost]) -> tuple[str, str]:
    """The medians of wall and CPU time divided by those of the same round, where there are any."""
    pairs = list(zip(found, others, strict=False))
    if not pairs:
        return "", ""
    walls = median(one.wall / other.wall for one, other in pairs)
    return f"{walls:.2f}", f"{median(one.cpu / other.cpu for one, other in pairs):.2f}"


def _comparison(copies: Sequence[str], differing: Sequence[str]) -> Iterator[str]:
    """Whether copies of weekly built the same bytes."""
    if differing:
        shown = ", ".join(differing[:SHOWN_PATHS])
        yield f"Files that the copies built differently: {len(differing):,}, such as {shown}.\n"
    elif len(copies) > 1:
        yield f"{' and '.join(copies)} built the same files, byte for byte.\n"


def _built_table(tools: Sequence[str], built: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield f"| | {' | '.join(tools)} |"
    yield f"| --- |{' ---: |' * len(tools)}"
    for kind in built[tools[0]]:
        yield f"| {kind} | {' | '.join(f'{built[tool][kind]:,}' for tool in tools)} |"
