"""The stages of a build, composed: content becomes a site, a site becomes files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import resources
from generator.artifacts import plan
from generator.assemble import assemble
from generator.checks.content import check_content
from generator.checks.settings import check_settings
from generator.config import SITE_FILE, SiteConfig, read_config
from generator.content import read_content
from generator.model import Artifact, Showing, Site, Standing, Withheld
from generator.output.writer import Written, write_site
from generator.problems import Location, Problem, has_errors, in_reading_order
from generator.render import Renderer
from generator.render.themes import Theme, load_theme


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the caller of a build decides."""

    blog: Path
    output: Path
    as_of: datetime
    showing: Showing


@dataclass(frozen=True, slots=True)
class Account:
    """Every source of a build, by what became of it."""

    published: int
    withheld: tuple[Withheld, ...]

    @property
    def sources(self) -> int:
        """The number of posts and pages that were found."""
        return self.published + len(self.withheld)

    def count(self, standing: Standing) -> int:
        """How many of the withheld sources have that standing."""
        return Counter(item.standing for item in self.withheld)[standing]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found, and what it did."""

    problems: tuple[Problem, ...]
    account: Account | None = None
    written: Written | None = None  # None when errors kept the output as it was

    @property
    def failed(self) -> bool:
        """Whether an error stopped the build."""
        return has_errors(self.problems)


def load_config(blog: Path, *, base_url: str = "") -> SiteConfig | tuple[Problem, ...]:
    """The settings of the blog in that folder, or what is wrong with them."""
    try:
        text = (blog / SITE_FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "Go to the folder of a blog, or make one with: weekly init DIR."
        return (Problem("no-blog", Location(SITE_FILE), "there is no such file here", hint),)
    except (OSError, UnicodeDecodeError):
        return (Problem("encoding", Location(SITE_FILE), "this file can't be read as UTF-8"),)
    config, problems = read_config(text, overrides={"base_url": base_url} if base_url else {})
    return config or problems


def build(config: SiteConfig, options: BuildOptions) -> BuildReport:
    """Build the whole site into the output folder, or leave the folder as it is."""
    planned = prepare(config, options)
    if isinstance(planned, BuildReport):
        return planned
    rendered = _render(planned.artifacts, planned.theme, options.blog)
    if isinstance(rendered, tuple):
        return planned.report(rendered)
    written = write_site(rendered, options.output)
    if isinstance(written, Problem):
        return planned.report((written,))
    return BuildReport(planned.problems, planned.account, written)


@dataclass(frozen=True, slots=True)
class Plan:
    """A site that can be rendered."""

    artifacts: tuple[Artifact, ...]
    theme: Theme
    account: Account
    problems: tuple[Problem, ...]  # warnings only

    def report(self, more: Iterable[Problem]) -> BuildReport:
        """A report of this plan's problems and more."""
        return BuildReport(in_reading_order((*self.problems, *more)), self.account)


def prepare(config: SiteConfig, options: BuildOptions) -> Plan | BuildReport:
    """The artifacts of the site, or a report of the errors that it can't be made with."""
    content, problems = read_content(options.blog, config)
    site = assemble(content, config, as_of=options.as_of, showing=options.showing)
    account = _account(content_count=len(content.posts) + len(content.pages), site=site)
    problems += check_content(content, site, config, showing=options.showing)
    problems += tuple(check_settings(config, site))
    theme = load_theme(config.theme, blog=options.blog, shipped=resources.themes_folder())
    if isinstance(theme, Problem):
        return BuildReport(in_reading_order((*problems, theme)), account)
    artifacts, clashes = plan(site, config, theme.assets())
    found = in_reading_order((*problems, *clashes))
    if has_errors(found):
        return BuildReport(found, account)
    return Plan(artifacts, theme, account, found)


def _account(content_count: int, site: Site) -> Account:
    rejected = sum(item.standing is Standing.REJECTED for item in site.withheld)
    return Account(content_count + rejected - len(site.withheld), site.withheld)


def _render(
    artifacts: Iterable[Artifact], theme: Theme, blog: Path
) -> dict[str, bytes] | tuple[Problem, ...]:
    """Every file of the output, or every problem with the templates."""
    renderer = Renderer(theme, blog)
    made = {artifact.path: renderer.render(artifact) for artifact in artifacts}
    problems = tuple(result for result in made.values() if isinstance(result, Problem))
    return problems or {path: data for path, data in made.items() if isinstance(data, bytes)}
