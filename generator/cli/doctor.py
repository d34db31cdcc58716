"""`weekly doctor`: what no page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import generator
from generator import disk
from generator.checks.unfinished import is_for_examples, unfinished_problems
from generator.cli.build_inputs import build_options, moment_now, site_config, utc_now
from generator.cli.commands import command
from generator.cli.options import blog_option, format_option
from generator.cli.printing import as_json, print_json, print_problems, say
from generator.cli.repositories import git_of, own_requirement, publishing_of
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SITE_FILE, SiteConfig
from generator.deploy.workflow import PATH
from generator.doctor.answers import answer_problems
from generator.doctor.cache import cache_problems
from generator.doctor.files import content_problems, files_of, name_problems
from generator.doctor.machine import (
    clock_problems,
    installed_libraries,
    library_problems,
    needed_libraries,
    zone_problems,
)
from generator.doctor.releases import ScheduledPost, release_problems, workflow_problems
from generator.doctor.repository import (
    address_problems,
    domain_problems,
    ignored_file_problems,
    publication_problems,
    repository_problems,
    repository_state,
)
from generator.inventory import take_inventory
from generator.model import Content, Post, PostState
from generator.problems import Problem, has_errors, in_reading_order
from generator.site.assemble import state_of
from generator.site.published_urls import Published, published_in
from generator.writing.find_post import address_of


@command(
    "doctor",
    examples=(
        ("weekly doctor", "what is wrong with this blog or this machine, though no page shows it"),
        ("weekly doctor --format json", "the same, for a program to read"),
    ),
)
@blog_option
@format_option("text", "json")
def run(given: SharedOptions) -> int:
    """Print every problem; only an error fails."""
    machine = list(_about_the_machine())
    if has_errors(machine):  # without time zones or libraries nothing else can be examined
        return _print(given, machine)
    config = site_config(given)
    return _print(given, [*machine, *_about_the_blog(given, config, moment_now(config))])


def _print(given: SharedOptions, problems: list[Problem]) -> int:
    if given.format == "json":
        print_json({"problems": [as_json(problem) for problem in in_reading_order(problems)]})
    else:
        print_problems(problems, "text")
        if not problems:
            say(given, "No problems that can be seen from here.")
    return 1 if has_errors(problems) else 0


def _about_the_machine() -> Iterator[Problem]:
    installed = installed_libraries()
    needed = needed_libraries(Path(generator.__file__).parent)
    yield from library_problems(needed, installed)
    yield from zone_problems(installed.get("tzdata", ""), now=utc_now())


def _about_the_blog(given: SharedOptions, config: SiteConfig, now: datetime) -> Iterator[Problem]:
    blog, git = given.blog, git_of(given.blog)
    publishing, root = publishing_of(blog, config, year=now.year)
    content = take_inventory(config, build_options(given, config)).content
    state = repository_state(git)
    committed = state.committed if state else 0.0
    paths = files_of(blog)
    yield from repository_problems(state, has_git=bool(git.ask("--version")))
    yield from ignored_file_problems(git, _sources_of(content))
    yield from _unfinished(config, content, blog)
    if not is_for_examples(urlsplit(config.base_url).hostname or ""):
        yield from address_problems(config, state)
    yield from domain_problems(config, blog)
    yield from answer_problems(config)
    yield from workflow_problems(
        publishing, root, blog, requirement=own_requirement(), committed=committed, now=now
    )
    online = published_in(blog)
    scheduled = [*_scheduled(content.posts, config, online, now)]
    yield from release_problems(scheduled, root, now=now)
    if not (scheduled or online.lines or (root / PATH).is_file()):
        yield from publication_problems(state)
    yield from name_problems(paths)
    yield from content_problems(blog, paths)
    yield from clock_problems({"the last commit": committed}, now=now)
    yield from cache_problems(blog)


def _unfinished(config: SiteConfig, content: Content, blog: Path) -> Iterator[Problem]:
    """What has to be filled in before the blog is published, whatever the settings allow."""
    sources = [document.source for document in content.documents]

    def text_of(source: str) -> str:
        return disk.read_text(blog / source, errors="replace")

    return unfinished_problems(config, sources, text_of, {})


def _sources_of(content: Content) -> Iterator[str]:
    """The files that pages are made from, without what editors leave beside them."""
    yield SITE_FILE
    yield from (document.source for document in content.documents)
    yield from (file.path for file in (*content.media, *content.static))
    yield from content.rejected


def _scheduled(
    posts: Iterable[Post], config: SiteConfig, online: Published, now: datetime
) -> Iterator[ScheduledPost]:
    """The scheduled posts, each with its moment, and whether its address is already online."""
    for post in posts:
        if state_of(post, config, now) is PostState.SCHEDULED:
            due = post.published.astimezone(config.zone)
            yield ScheduledPost(post.source, due, address_of(post, config) in online.lines)
