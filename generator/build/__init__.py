"""The stages of a build, composed: content becomes a site, a site becomes files."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator import disk, resources
from generator.artifacts import plan
from generator.artifacts.recipes import Artifact
from generator.build.report import Account, BuildOptions, BuildReport, ReplyCounts
from generator.cache.engine import engine_digest
from generator.cache.explain import changed_around, why_all, why_made
from generator.cache.file_digests import FileDigests
from generator.cache.keys import HOME_FILE, Fingerprints, inputs_key, key_of, parts_of
from generator.cache.made import Made
from generator.cache.store import Cache
from generator.checks.content import check_content
from generator.checks.settings import check_settings
from generator.checks.social_images import check_social_images
from generator.checks.sources import source_problems
from generator.config.settings import SiteConfig
from generator.content import read_content
from generator.content.known_documents import KnownDocuments
from generator.content.stand_ins import with_stand_ins
from generator.i18n.catalogues import load_messages
from generator.images.prepare import read_images
from generator.listening.questions import shown_in
from generator.model import Asset, Content, ImageFile, ReplyState, ShownReply, Site
from generator.output.writer import recover, refusal, write_site
from generator.problems import Problem, has_errors, in_reading_order, unreadable
from generator.progress import Progress, Step, no_progress, no_step
from generator.render import Renderer
from generator.render.template_closures import TemplateClosures
from generator.render.themes import Theme, load_theme
from generator.site.assemble import assemble, steady
from generator.views import Messages
from generator.workers import mapped

PARALLEL_FROM = 96  # artifacts to make; below that a pool costs more than it saves


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
    cache = Cache.open(options.blog, options.output, engine_digest())
    digests = FileDigests(options.blog, cache.files, taken_ns=options.started_ns)
    known = KnownDocuments(cache.documents)
    planned = prepare(config, options, cache, digests, known, progress)
    if isinstance(planned, BuildReport):
        return planned
    compared = compare(planned, cache, digests, options.output)
    fresh = render_all(planned, compared, cache, options, progress)
    if isinstance(fresh, tuple):
        return planned.report(fresh)
    parts = compared.parts()
    # documents are left out: they were made from the bytes that were read, not from the file
    sources = {document.source for document in planned.content.documents}
    is_settled = not fresh or (
        digests.are_current(besides=sources) and compared.closures.are_current()
    )
    written = write_site(fresh, compared.current, options.output, step=step)
    if isinstance(written, Problem):
        return planned.report((written,))
    # otherwise a file may be made partly from what was read before a change, partly after it
    made = compared.made_anew(fresh, parts, options.output) if is_settled else compared.current
    unkept = cache.save(
        documents=known.to_keep(),
        files=digests.taken,
        templates=compared.closures.references,
        images=cache.images.to_keep(planned.content.file_digests),
        made=made,
        step=step,
    )
    return BuildReport(
        problems=(*planned.problems, unkept) if unkept else planned.problems,
        account=planned.account,
        written=written,
        reasons=_reasons(compared.dirty, parts, cache),
        made=made,
        steady=planned.steady,
        site=planned.site,
        read={name: found.digest for name, found in digests.taken.items()},
    )


def _reasons(
    dirty: Iterable[Artifact], parts: Mapping[str, Mapping[str, str]], cache: Cache
) -> dict[str, str]:
    """Why each artifact is made, by path."""
    if not cache.made:
        return dict.fromkeys(parts, why_all(is_outdated=cache.is_outdated))
    before = {path: cache.made[path].parts for path in parts if path in cache.made}
    around = changed_around(before.get(HOME_FILE, {}), parts.get(HOME_FILE, {}))
    return {
        artifact.path: why_made(
            artifact.source, before.get(artifact.path), parts[artifact.path], around
        )
        for artifact in dirty
    }


class Plan(NamedTuple):
    """A site that can be rendered."""

    artifacts: tuple[Artifact, ...]
    content: Content
    known: KnownDocuments
    site: Site
    theme: Theme
    account: Account
    problems: tuple[Problem, ...]  # only warnings, in a plan that is to be written
    steady: tuple[float, float]
    messages: Messages
    assets: tuple[Asset, ...]
    images: Mapping[str, ImageFile]  # by source

    def report(self, more: Iterable[Problem]) -> BuildReport:
        """A report of this plan's problems and more."""
        return BuildReport(in_reading_order((*self.problems, *more)), self.account)


class Compared(NamedTuple):
    """A plan beside what the last build left."""

    closures: TemplateClosures
    prints: Fingerprints
    inputs: Mapping[str, str]  # digests of what views are made from, by path; '' without one
    keys: Mapping[str, str]  # of every artifact, by path
    current: Mapping[str, Made]  # files that are what this plan would make
    dirty: tuple[Artifact, ...]  # those to make

    def parts(self) -> dict[str, Mapping[str, str]]:
        """The parts of the keys of what is to be made, by path."""
        return {a.path: parts_of(a, self.prints, self.closures) for a in self.dirty}

    def made_anew(
        self, fresh: Mapping[str, bytes], parts: Mapping[str, Mapping[str, str]], output: Path
    ) -> dict[str, Made]:
        """Every artifact of the site, where these bytes have been written into the output."""
        return dict(self.current) | {
            path: Made.of(self.inputs[path], self.keys[path], parts[path], data, output / path)
            for path, data in fresh.items()
        }


def compare(planned: Plan, cache: Cache, digests: FileDigests, output: Path) -> Compared:
    """Which artifacts of a plan are in the output folder already."""
    closures = TemplateClosures(
        planned.theme, lambda path: digests.of(str(path.absolute())), cache.templates
    )
    prints = Fingerprints(planned.known.key_of)
    inputs = {a.path: inputs_key(a, prints, closures) for a in planned.artifacts}
    keys = {
        a.path: _known_key(inputs[a.path], cache.made.get(a.path)) or key_of(a, prints, closures)
        for a in planned.artifacts
    }
    current = {
        path: found._replace(inputs=inputs[path])
        for path, made in cache.made.items()
        if keys.get(path) == made.key and (found := made.found_at(f"{output}/{path}"))
    }
    dirty = tuple(artifact for artifact in planned.artifacts if artifact.path not in current)
    return Compared(closures, prints, inputs, keys, current, dirty)


def _known_key(inputs: str, made: Made | None) -> str:
    """The key of an artifact whose inputs have not changed, '' if it has to be computed."""
    return made.key if made and inputs and made.inputs == inputs else ""


def prepare(
    config: SiteConfig,
    options: BuildOptions,
    cache: Cache,
    digests: FileDigests,
    known: KnownDocuments,
    progress: Progress = no_progress,
    *,
    despite_errors: bool = False,
) -> Plan | BuildReport:
    """The artifacts of the site, or a report of the errors that prevent it.

    `despite_errors` plans what would be there without them, as far as that can be told, so that
    its pages can be checked; such a plan is never written.
    """
    content, problems = read_content(
        options.blog,
        config,
        digest_of=digests.of,
        known=known,
        jobs=options.jobs,
        progress=progress,
    )
    theme = load_theme(config.theme, blog=options.blog, shipped=resources.themes_folder())
    layers = theme.layers if isinstance(theme, Theme) else ()
    messages, wrong_messages = load_messages(config.language, layers)
    site = assemble(content, config, messages, as_of=options.as_of, visibility=options.visibility)
    account = _account(content, site)
    problems += wrong_messages
    problems += check_content(content, site, config, visibility=options.visibility)
    problems += tuple(check_social_images(site, config))
    problems += tuple(check_settings(config, site, messages))
    problems += _in_sources(site, content, config, options.blog)
    if isinstance(theme, Problem):
        return BuildReport(in_reading_order((*problems, theme)), account)
    try:
        assets = theme.assets(lambda path: digests.of(str(path.absolute())))
    except OSError as error:
        return BuildReport(
            in_reading_order((*problems, unreadable(str(error.filename), error))), account
        )
    if despite_errors and content.broken:
        content = with_stand_ins(content, as_of=options.as_of)
        site = assemble(
            content, config, messages, as_of=options.as_of, visibility=options.visibility
        )
    images, unusable = read_images(
        options.blog,
        site,
        config,
        cache.images,
        digest_of=digests.of,
        jobs=options.jobs,
        progress=progress,
    )
    artifacts, clashes = plan(site, config, messages, assets, images)
    broken = {each.document.source for each in content.broken}
    clashes = tuple(clash for clash in clashes if clash.at.path not in broken)  # of a stand-in
    problems = in_reading_order((*problems, *unusable, *clashes))
    if has_errors(problems) and not despite_errors:
        return BuildReport(problems, account)
    until = steady(content.documents, options.as_of, config)
    return Plan(
        artifacts=artifacts,
        content=content,
        known=known,
        site=site,
        theme=theme,
        account=account,
        problems=problems,
        steady=until,
        messages=messages,
        assets=assets,
        images=images,
    )


def _account(content: Content, site: Site) -> Account:
    found = len(content.posts) + len(content.pages) + len(content.rejected) + len(content.unread)
    return Account(found - len(site.withheld), site.withheld, _reply_counts(content, site))


def _reply_counts(content: Content, site: Site) -> ReplyCounts:
    if not content.replies:
        return ReplyCounts(0, 0, 0)
    threads = (thread for found in site.replies.values() for thread in found)
    shown = sum(1 for _ in shown_in(threads)) + sum(map(len, _all_reactions(site)))
    waiting = sum(reply.state is ReplyState.NEW for reply in content.replies)
    return ReplyCounts(shown, waiting, len(content.replies) - shown - waiting)


def _all_reactions(site: Site) -> Iterator[tuple[ShownReply, ...]]:
    for reactions in site.reactions.values():
        yield reactions.mentions
        yield reactions.likes


def _in_sources(
    site: Site, content: Content, config: SiteConfig, blog: Path
) -> tuple[Problem, ...]:
    """What is wrong in the sources; advice, of which there may be much, is for a check."""

    @functools.cache
    def text_of(source: str) -> str:
        try:
            return disk.read_text(blog / source, errors="replace")
        except OSError:  # it was just removed
            return ""

    return tuple(source_problems(site, content.documents, config.checks, text_of, with_notes=False))


def render_all(
    planned: Plan, compared: Compared, cache: Cache, options: BuildOptions, progress: Progress
) -> dict[str, bytes] | tuple[Problem, ...]:
    """The bytes of each artifact that is to be made, or every problem with the templates."""
    renderer = Renderer(planned.theme, compared.closures, options.blog, cache.images.read)
    return render_each(compared.dirty, renderer, options.jobs, progress)


def render_each(
    artifacts: Sequence[Artifact], renderer: Renderer, jobs: int, progress: Progress
) -> dict[str, bytes] | tuple[Problem, ...]:
    """The bytes of each artifact by path, or every problem with the templates."""
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
