"""The stages of a build, composed: content becomes a site, a site becomes files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

from generator import fingerprint, resources
from generator.artifacts import plan
from generator.cache.damage import MISFITS, CacheDamagedError
from generator.cache.engine import engine_digest
from generator.cache.explain import changed_in_frame, why_anew, why_made
from generator.cache.file_digests import Digests
from generator.cache.file_stamp import Marks, may_hide_a_change
from generator.cache.keys import HOME, Fingerprints, key_of, parts_of, sketch_of
from generator.cache.stamp import Inputs, Seal, outputs_digest, write_seal
from generator.cache.store import FOLDER, Cache, Made
from generator.checks.content import check_content
from generator.checks.settings import check_settings
from generator.checks.social_images import check_cards
from generator.config.reading import read_config
from generator.config.settings import SITE_FILE, SiteConfig
from generator.content import read_content
from generator.content.rows import Memo
from generator.i18n.catalogues import load_messages
from generator.images.prepare import read_images
from generator.model import Artifact, Content, PostState, Showing, Site, Withheld
from generator.output.writer import Written, recover, refusal, write_site
from generator.problems import Location, Problem, has_errors, in_reading_order, reason_of
from generator.progress import Progress, Step, no_progress, no_step
from generator.render import Renderer
from generator.render.template_closures import Closures
from generator.render.themes import Theme, load_theme
from generator.site.assemble import assemble, steady
from generator.site.related import Relations
from generator.workers import mapped

PARALLEL_FROM = 96  # artifacts to make; below that a pool costs more than it saves


class BuildOptions(NamedTuple):
    """What the caller of a build decides."""

    blog: Path
    output: Path
    as_of: datetime
    showing: Showing
    started_ns: int  # the real time, for the trust in file times; 0 trusts none
    jobs: int = 1
    seen: Mapping[str, Marks] = {}  # marks that files had then, by path


@dataclass(frozen=True, slots=True)
class Account:
    """Every source of a build, by what became of it."""

    published: int
    withheld: tuple[Withheld, ...]

    @property
    def sources(self) -> int:
        """The number of posts and pages that were found."""
        return self.published + len(self.withheld)

    @property
    def scheduled(self) -> int:
        """How many posts wait for their hour, approved where that is asked for."""
        return self._count(PostState.SCHEDULED)

    @property
    def unapproved(self) -> int:
        """How many posts are ready and wait for approval."""
        return self._count(PostState.READY)

    @property
    def drafts(self) -> int:
        """How many sources are drafts, plans or ideas."""
        return sum(item.state.is_draft for item in self.withheld)

    @property
    def with_errors(self) -> int:
        """How many sources could not be read."""
        return self._count(PostState.ERROR)

    def _count(self, state: PostState) -> int:
        return sum(item.state is state for item in self.withheld)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found, and what it did."""

    problems: tuple[Problem, ...]
    account: Account | None = None
    written: Written | None = None  # None when errors kept the output as it was
    reasons: Mapping[str, str] = field(default_factory=dict)  # why each artifact was made
    made: Mapping[str, Made] = field(default_factory=dict)  # every file of the site, by path
    steady: tuple[float, float] | None = None  # seconds between which the same posts are out
    site: Site | None = None  # what was built
    read: Mapping[str, str] = field(default_factory=dict)  # the digest of each file that counts

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


def build(
    config: SiteConfig,
    options: BuildOptions,
    *,
    progress: Progress = no_progress,
    step: Step = no_step,
) -> BuildReport:
    """Build what has changed into the output folder, or leave the folder as it is.

    `step` is called before each change of the disk; tests stop a run there.
    """
    problem = recover(options.output) or refusal(options.output)
    if problem:
        return BuildReport((problem,))
    return with_cache(options, lambda cache: _build(config, options, cache, progress, step))


Result = TypeVar("Result")


def with_cache(options: BuildOptions, use: Callable[[Cache], Result]) -> Result:
    """What `use` makes of what is kept, or of an empty cache where that turns out damaged."""
    place = options.blog, options.output, engine_digest()
    try:
        return use(Cache.open(*place))
    except (CacheDamagedError, *MISFITS):  # a mistake of our own shows itself once more
        return use(Cache.empty(*place))


def _build(
    config: SiteConfig, options: BuildOptions, cache: Cache, progress: Progress, step: Step
) -> BuildReport:
    digests = Digests(options.blog, cache.digests, taken_ns=options.started_ns, seen=options.seen)
    planned = prepare(config, options, cache, digests, progress)
    if isinstance(planned, BuildReport):
        return planned
    compared = compare(planned, cache, digests, options.output)
    closures, dirty = compared.closures, compared.dirty
    parts = {a.path: parts_of(a, compared.prints, closures) for a in dirty}
    renderer = Renderer(planned.theme, closures, options.blog)
    fresh = render_all(dirty, renderer, options.jobs, progress)
    if isinstance(fresh, tuple):
        return planned.report(fresh)
    reasons = _reasons(dirty, cache, parts)
    # a document is known by what was read of it; of other files there is only the digest
    is_settled = not fresh or (
        digests.are_current(besides=planned.content.prints) and closures.are_current()
    )
    written = write_site(fresh, compared.current, options.output, step=step)
    if isinstance(written, Problem):
        return planned.report((written,))
    made = compared.current | {
        path: Made.of(
            compared.sketches[path],
            compared.keys[path],
            parts[path],
            data,
            options.output / path,
        )
        for path, data in fresh.items()
        if is_settled  # else it may be made of what was read before a change and after it
    }
    unkept = cache.save(
        digests=digests.rows,
        references=closures.references,
        related=planned.related,
        made=made,
        step=step,
    )
    return BuildReport(
        problems=(*planned.problems, unkept) if unkept else planned.problems,
        account=planned.account,
        written=written,
        reasons=reasons,
        made=made,
        steady=planned.steady,
        site=planned.site,
        read={name: str(row[-2]) for name, row in digests.rows.items()},
    )


def _reasons(
    dirty: Iterable[Artifact], cache: Cache, parts: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Why each artifact is made, by path."""
    if not cache.made:
        return dict.fromkeys(parts, why_anew(is_outdated=cache.is_outdated))
    before = {path: cache.made[path].parts for path in parts if path in cache.made}
    frame = changed_in_frame(before.get(HOME, {}), parts.get(HOME, {}))
    return {
        artifact.path: why_made(
            artifact.source, before.get(artifact.path), parts[artifact.path], frame
        )
        for artifact in dirty
    }


def seal(
    options: BuildOptions,
    report: BuildReport,
    inputs: Inputs | None,
    lines: Iterable[str],
    key: str,
    *,
    now_ns: int,
) -> None:
    """Seal a build without problems, so that the next one need not look closer.

    An input that changed so shortly before the build that it could have changed again unseen is
    read once more: if it does not hold what was built, nothing is sealed.
    """
    if report.problems or not report.steady or not inputs or _has_strange_folders(report):
        return

    def is_as_built(path: str, changed_ns: int) -> bool:
        built = report.read.get(os.path.relpath(path, options.blog))
        return (
            built is not None
            and not may_hide_a_change(changed_ns, now_ns)
            and fingerprint.of_bytes(Path(path).read_bytes()) == built
        )

    with suppress(OSError):  # without a seal the next build looks closer, and that is all
        if not all(is_as_built(*file) for file in inputs.restless):
            return
        marks = {path: made.marks for path, made in report.made.items()}
        outputs = outputs_digest(str(options.output), marks)
        if not outputs:
            return
        since, until = report.steady
        seal_of_it = Seal(
            inputs=inputs.digest,
            outputs=outputs,
            options=key,
            since=since,
            until=until,
            lines=lines,
        )
        write_seal(str(options.blog / FOLDER), seal_of_it)


def _has_strange_folders(report: BuildReport) -> bool:
    """Whether somebody's files stand in folders of the output that a seal does not look at."""
    if not report.written or not report.written.foreign:
        return False
    looked_at = {folder for path in report.made for folder in PurePosixPath(path).parents}
    return any(PurePosixPath(path).parent not in looked_at for path in report.written.foreign)


class Plan(NamedTuple):
    """A site that can be rendered."""

    artifacts: tuple[Artifact, ...]
    content: Content
    site: Site
    theme: Theme
    account: Account
    problems: tuple[Problem, ...]  # warnings only
    steady: tuple[float, float]
    related: dict[str, Any]  # as it is kept

    def report(self, more: Iterable[Problem]) -> BuildReport:
        """A report of this plan's problems and more."""
        return BuildReport(in_reading_order((*self.problems, *more)), self.account)


class Compared(NamedTuple):
    """A plan beside what the last build left."""

    closures: Closures
    prints: Fingerprints
    sketches: Mapping[str, str]  # of every artifact, by path
    keys: Mapping[str, str]  # the same
    current: dict[str, Made]  # files that are what this plan would make
    dirty: list[Artifact]  # those to make


def compare(planned: Plan, cache: Cache, digests: Digests, output: Path) -> Compared:
    """Which artifacts of a plan are in the output folder already."""
    closures = Closures(
        planned.theme, lambda path: digests.of(str(path.absolute())), cache.references
    )
    prints = Fingerprints()
    sketches = {a.path: sketch_of(a, closures) for a in planned.artifacts}
    keys = {
        a.path: _known_key(sketches[a.path], cache.made.get(a.path)) or key_of(a, prints, closures)
        for a in planned.artifacts
    }
    current = {
        path: state.with_sketch(sketches[path])
        for path, made in cache.made.items()
        if keys.get(path) == made.key and (state := made.found_at(f"{output}/{path}"))
    }
    dirty = [artifact for artifact in planned.artifacts if artifact.path not in current]
    return Compared(closures, prints, sketches, keys, current, dirty)


def _known_key(sketch: str, made: Made | None) -> str:
    """The key of an artifact whose sketch is as it was, '' where it has to be found out."""
    return made.key if made and sketch and made.sketch == sketch else ""


class AtHand(NamedTuple):
    """What a process keeps that prepares a site again and again, and makes a page when asked."""

    memo: Memo
    relations: Relations


def prepare(
    config: SiteConfig,
    options: BuildOptions,
    cache: Cache,
    digests: Digests,
    progress: Progress = no_progress,
    at_hand: AtHand | None = None,
) -> Plan | BuildReport:
    """The artifacts of the site, or a report of the errors that it can't be made with.

    Without anything `at_hand` they can be compared with those of the last build.
    """
    content, problems = read_content(
        options.blog,
        config,
        digest_of=digests.of,
        memo=at_hand.memo if at_hand else Memo(cache.documents),
        jobs=options.jobs,
        progress=progress,
    )
    theme = load_theme(config.theme, blog=options.blog, shipped=resources.themes_folder())
    layers = theme.layers if isinstance(theme, Theme) else ()
    messages, wrong_messages = load_messages(config.language, layers)
    problems += wrong_messages
    relations = at_hand.relations if at_hand else Relations(cache.related)
    site = assemble(
        content,
        config,
        messages,
        as_of=options.as_of,
        showing=options.showing,
        relations=relations,
    )
    account = _account(content_count=len(content.posts) + len(content.pages), site=site)
    problems += check_content(content, site, config, showing=options.showing)
    problems += tuple(check_cards(site, config))
    problems += tuple(check_settings(config, site, messages))
    if isinstance(theme, Problem):
        return BuildReport(in_reading_order((*problems, theme)), account)
    try:
        assets = theme.assets(lambda path: digests.of(str(path.absolute())))
    except OSError as error:
        return BuildReport(in_reading_order((*problems, _unreadable(error))), account)
    images, unusable = read_images(
        options.blog, site, config, cache.images, jobs=options.jobs, progress=progress
    )
    cache.images.save(file.digest for file in (*content.media, *content.static))
    artifacts, clashes = plan(site, config, messages, assets, images, is_compared=at_hand is None)
    problems += unusable
    found = in_reading_order((*problems, *clashes))
    if has_errors(found):
        return BuildReport(found, account)
    until = steady(content.posts, options.as_of, config)
    return Plan(artifacts, content, site, theme, account, found, until, relations.rows)


def _unreadable(error: OSError) -> Problem:
    """A file of a theme that is there and can't be read."""
    reason = reason_of(error)
    return Problem("unreadable", Location(str(error.filename)), f"this can't be read: {reason}")


def _account(content_count: int, site: Site) -> Account:
    rejected = sum(item.state is PostState.ERROR for item in site.withheld)
    return Account(content_count + rejected - len(site.withheld), site.withheld)


def render_all(
    artifacts: Sequence[Artifact], renderer: Renderer, jobs: int, progress: Progress
) -> dict[str, bytes] | tuple[Problem, ...]:
    """The bytes of each artifact, or every problem with the templates."""
    made = {}
    results = mapped(
        lambda: lambda number: renderer.render(artifacts[number]),
        range(len(artifacts)),
        jobs=jobs,
        least=PARALLEL_FROM,
    )
    for number, result in enumerate(results):
        made[artifacts[number].path] = result
        progress("Making pages", number + 1, len(artifacts))
    problems = tuple(result for result in made.values() if isinstance(result, Problem))
    return problems or {path: data for path, data in made.items() if isinstance(data, bytes)}
