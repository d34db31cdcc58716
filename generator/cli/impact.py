"""`weekly impact`: what came of each post and trait, for the writer alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from generator.cache.impact_sums import read_sums
from generator.cache.store import FOLDER
from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.options import report_options
from generator.cli.printing import print_json
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import posts_by_reply
from generator.insights.impact import (
    FEWEST,
    MEASURES,
    Impact,
    PostImpact,
    Said,
    TraitImpact,
    impact_of,
    impact_of_traits,
)

_FACTS = (
    ("replies", "replies"),
    ("questions", "asked"),
    ("thanks", "thanks"),
    ("linked_by", "linked"),
    ("actions", "actions"),
    ("copies", "copies"),
)
_LEGEND = (
    "replies: with words, from people; asked, thanks: those among them that ask or thank",
    "linked: later posts that link it; actions: what was decided about it; copies: elsewhere",
)
_WIDTH = 9


@command(
    "impact",
    examples=(
        ("weekly impact", "what came of the last twelve posts, and of each trait"),
        ("weekly impact --last 52 --format json", "a year of posts, for a spreadsheet"),
        ("weekly impact import visits.csv.gz", "take in an export of GoatCounter"),
    ),
)
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=12,
    metavar="N",
    help="How many posts to show; 12 if not given. Traits count all posts.",
)
@report_options
def run(given: SharedOptions, last: int) -> int:
    """Print facts, each in a column of its own."""
    blog = blog_context(given)
    content, entries = blog.inventory.content, blog.inventory.site.entries
    said = Said(content.replies, posts_by_reply(blog), content.actions)
    sums = read_sums(given.blog / FOLDER)
    posts = impact_of(entries, said, sums, blog.config.base_url)
    traits = impact_of_traits(blog.traits, entries, posts, said)
    if given.format == "json":
        print_json(
            {
                "posts": [_post_as_json(post) for post in posts[:last]],
                "traits": [_trait_as_json(trait) for trait in traits],
            }
        )
        return 0
    for line in _lines(posts[:last], traits, screen()):
        print(line)
    return 0


def _lines(
    posts: Sequence[PostImpact], traits: Sequence[TraitImpact], shown: Screen
) -> Iterator[str]:
    if not posts:
        yield "There is no published post yet."
        return
    impacts = [post.impact for post in posts] + [trait.impact for trait in traits]
    measures = [name for name in MEASURES if any(name in impact.sums for impact in impacts)]
    heads = [head for _, head in _FACTS] + measures
    yield shown.bold(_row("post", heads, ""))
    for post in posts:
        yield shown.cut(_row(str(post.day), _cells(post.impact, measures), post.title))
    if traits:
        yield ""
        yield shown.bold(_row("posts", heads, "trait"))
    for trait in traits:
        number = f"{trait.posts:,}".rjust(10)
        yield shown.cut(_row(number, _cells(trait.impact, measures), trait.title))
    yield ""
    for line in _LEGEND:
        yield shown.dim(line)
    if measures:
        yield shown.dim(f"<{FEWEST}: so few that no number is shown")


def _row(first: str, cells: Sequence[str], last: str) -> str:
    numbers = "".join(cell.rjust(_WIDTH) for cell in cells)
    return f"{first:<10}{numbers}  {last}".rstrip()


def _cells(impact: Impact, measures: Sequence[str]) -> list[str]:
    numbers = [getattr(impact, name) for name, _ in _FACTS]
    cells = [f"{number:,}" if number else "·" for number in numbers]
    return cells + [_counted(impact, measure) for measure in measures]


def _counted(impact: Impact, measure: str) -> str:
    if measure not in impact.sums:
        return "·"
    count = impact.sums[measure]
    return f"<{FEWEST}" if count is None else f"{count:,}"


def _post_as_json(post: PostImpact) -> dict[str, object]:
    head = {"post": post.source, "title": post.title, "day": str(post.day)}
    return head | {"traits": [*post.traits]} | _facts_as_json(post.impact)


def _trait_as_json(trait: TraitImpact) -> dict[str, object]:
    head: dict[str, object] = {"trait": trait.slug, "title": trait.title, "posts": trait.posts}
    return head | _facts_as_json(trait.impact)


def _facts_as_json(impact: Impact) -> dict[str, object]:
    return {name: getattr(impact, name) for name, _ in _FACTS} | {**impact.sums}
