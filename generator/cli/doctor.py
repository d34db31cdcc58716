"""`weekly doctor`: what no page shows."""

from __future__ import annotations

from generator.cli.options import add_desk_options, build_options, moment_now, site_config
from generator.cli.printing import as_json, print_json, print_problems, say
from generator.cli.repositories import git_of, publishing_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from generator.config.settings import SiteConfig
    from generator.doctor.releases import ScheduledPost
    from generator.model import Content, Post
    from generator.problems import Problem
    from generator.site.published_urls import Published

SENTENCE = "Say what no page shows: git, GitHub Pages, held posts, files, clock and libraries."
EXAMPLES = (
    ("weekly doctor", "everything about this blog and this machine that may go wrong unseen"),
    ("weekly doctor --format json", "the same for a program"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_desk_options(command)
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how results are printed"
    )


def run(given: argparse.Namespace) -> int:
    """Print all that is wrong; only an error fails."""
    from generator.problems import has_errors

    machine = list(_about_the_machine())
    if has_errors(machine):  # without zones or libraries nothing else can be looked at
        return _told(given, machine)
    config = site_config(given)
    return _told(given, [*machine, *_about_the_blog(given, config, moment_now(config))])


def _told(given: argparse.Namespace, problems: list[Problem]) -> int:
    from generator.problems import has_errors, in_reading_order

    if given.format == "json":
        print_json({"problems": [as_json(problem) for problem in in_reading_order(problems)]})
    else:
        print_problems(problems, "text")
        if not problems:
            say(given, "Nothing is wrong that can be seen from here.")
    return 1 if has_errors(problems) else 0


def _about_the_machine() -> Iterator[Problem]:
    from datetime import UTC, datetime
    from pathlib import Path

    import generator
    from generator.cli.options import clock_seconds
    from generator.doctor.machine import (
        installed_libraries,
        library_problems,
        needed_libraries,
        zone_problems,
    )

    now = datetime.fromtimestamp(clock_seconds(), UTC)
    installed = installed_libraries()
    needed = needed_libraries(Path(generator.__file__).parent)
    yield from library_problems(needed, installed)
    yield from zone_problems(installed.get("tzdata", ""), now=now)


def _about_the_blog(
    given: argparse.Namespace, config: SiteConfig, now: datetime
) -> Iterator[Problem]:
    from pathlib import Path

    from generator import __version__
    from generator.deploy.workflow import PATH
    from generator.doctor.cache import cache_problems
    from generator.doctor.files import content_problems, files_of, name_problems
    from generator.doctor.machine import clock_problems
    from generator.doctor.releases import release_problems, workflow_problems
    from generator.doctor.repository import (
        address_problems,
        domain_problems,
        ignored_file_problems,
        publication_problems,
        repository_problems,
        repository_state,
    )
    from generator.inventory import take_inventory
    from generator.site.published_urls import published_in

    blog, git = Path(given.blog), git_of(given.blog)
    publishing, root = publishing_of(given, config)
    content = take_inventory(config, build_options(given, config)).content
    state = repository_state(git)
    committed = state.committed if state else 0.0
    paths = files_of(blog)
    yield from repository_problems(state, has_git=bool(git.ask("--version")))
    yield from ignored_file_problems(git, _sources_of(content))
    yield from address_problems(config, state)
    yield from domain_problems(config, blog)
    yield from workflow_problems(
        publishing, root, blog, version=__version__, committed=committed, now=now
    )
    online = published_in(blog)
    held = [*_held(content.posts, config, online, now)]
    yield from release_problems(held, root, now=now)
    if not (held or online.lines or (root / PATH).is_file()):
        yield from publication_problems(state)
    yield from name_problems(paths)
    yield from content_problems(blog, paths)
    yield from clock_problems({"the last commit": committed}, now=now)
    yield from cache_problems(blog)


def _sources_of(content: Content) -> Iterator[str]:
    """The files that pages are made from; what editors leave beside them is none."""
    from generator.config.settings import SITE_FILE

    yield SITE_FILE
    yield from (document.source for document in content.documents)
    yield from (file.path for file in (*content.media, *content.static))
    yield from content.rejected


def _held(
    posts: Iterable[Post], config: SiteConfig, online: Published, now: datetime
) -> Iterator[ScheduledPost]:
    """The posts that only wait for their hour."""
    from generator.doctor.releases import ScheduledPost
    from generator.model import PostState
    from generator.site.assemble import state_of
    from generator.writing.find_post import address_of

    for post in posts:
        if state_of(post, config, now) is PostState.SCHEDULED:
            due = post.published.astimezone(config.zone)
            yield ScheduledPost(post.source, due, address_of(post, config) in online.lines)
