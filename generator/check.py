"""The stages of a check, composed: what a build would find, and what is wrong in what it makes."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from generator import disk
from generator.build import Compared, Plan, compare, prepare, render_each
from generator.build.report import Account, BuildOptions, BuildReport
from generator.cache.engine import engine_digest
from generator.cache.file_digests import FileDigests
from generator.cache.store import Cache
from generator.checks.built import BuiltSite, UnplacedProblem
from generator.checks.external_links import Ask, ask_nobody
from generator.checks.places import Sources, placed
from generator.checks.published import published_problems
from generator.checks.site import check_site
from generator.checks.sources import source_problems
from generator.checks.unfinished import UNPUBLISHED, unfinished_problems
from generator.config.settings import SiteConfig
from generator.content import read_content
from generator.content.known_documents import KnownDocuments
from generator.content.typed_places import typed_in
from generator.output import manifest
from generator.output.writer import STAGE
from generator.problems import Location, Problem, has_errors, in_reading_order
from generator.progress import no_progress
from generator.render import Renderer
from generator.site.page_bundles import references_of
from generator.site.permalinks import Permalinks
from generator.site.published_urls import published_in

_READ = (".html", ".htm", ".xml", ".json", ".webmanifest", ".css", ".svg", ".opml", ".xsl", ".txt")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check has found, and in how much."""

    problems: tuple[Problem, ...]
    account: Account | None = None
    pages: int = 0  # 0 where errors in the sources leave nothing to check
    feeds: int = 0
    links: int = 0


def check(
    config: SiteConfig, options: BuildOptions, *, as_built: bool = False, ask: Ask = ask_nobody
) -> CheckReport:
    """Everything that is wrong with a blog and the site that would be built of it.

    `as_built` looks at the files of the output folder, whatever the sources are by now.
    """
    cache = Cache.open(options.blog, options.output, engine_digest())
    digests = FileDigests(options.blog, cache.files, taken_ns=options.started_ns)
    known = KnownDocuments(cache.documents)
    planned = prepare(config, options, cache, digests, known, despite_errors=True)
    if isinstance(planned, BuildReport):
        return CheckReport(planned.problems, planned.account)
    compared = compare(planned, cache, digests, options.output)
    site = (
        _site_as_built(config, options.output)
        if as_built
        else _site_as_planned(config, options, planned, compared, cache)
    )
    if isinstance(site, tuple):
        return CheckReport(in_reading_order((*planned.problems, *site)), planned.account)
    sources = _sources(config, options, planned)
    checked = check_site(site, sources, config.checks, ask)
    in_sources = source_problems(
        planned.site,
        planned.content.documents,
        config.checks,
        sources.text_of,
        with_notes=True,
    )
    unfinished = unfinished_problems(
        config,
        [d.source for d in planned.content.documents if d.source in planned.site.permalinks],
        sources.text_of,
        {**(UNPUBLISHED if as_built else {}), **config.checks},
    )
    found = [*checked.problems, *in_sources, *unfinished]
    if as_built and not has_errors(planned.problems):
        found += placed(_stale(planned, compared, site), sources, config.checks)
    if not planned.content.rejected:  # their addresses may not be known
        listed = published_in(options.blog)
        found += published_problems(listed, site.paths, config.checks, config.base_url)
    return CheckReport(
        problems=in_reading_order((*planned.problems, *_new(found, planned))),
        account=planned.account,
        pages=checked.pages,
        feeds=checked.feeds,
        links=checked.links,
    )


def problems_despite_settings(options: BuildOptions, config: SiteConfig) -> tuple[Problem, ...]:
    """What is wrong in single files whatever the settings say.

    `config` has defaults for the settings that are wrong, so problems that may come from these
    are left out.
    """
    cache = Cache.open(options.blog, options.output, engine_digest())
    digests = FileDigests(options.blog, cache.files, taken_ns=options.started_ns)
    known = KnownDocuments(cache.documents)
    _, found = read_content(
        options.blog,
        config,
        digest_of=digests.of,
        known=known,
        jobs=options.jobs,
        progress=no_progress,
    )
    by_settings = ("unknown-folder", "unknown-key", "duplicate-key")
    return tuple(problem for problem in found if problem.code not in by_settings)


def _new(found: Iterable[Problem], planned: Plan) -> Iterator[Problem]:
    """The problems that were not already reported for the sources, in other words."""
    places = {
        problem.at
        for problem in planned.problems
        if problem.code in ("broken-link", "missing-image")
    }
    # how these come out, also in lists and feeds that show them
    missing = {
        quote(reference.target) + reference.suffix
        for document in planned.content.documents
        for reference in references_of(document)
        if places and reference.at in places
    }
    for problem in found:
        is_reported = problem.at in places or any(
            f"{target}'" in problem.message for target in missing
        )
        if not is_reported or problem.code not in ("dead-link", "missing-file"):
            yield problem


def _site_as_planned(
    config: SiteConfig, options: BuildOptions, planned: Plan, compared: Compared, cache: Cache
) -> BuiltSite | tuple[Problem, ...]:
    """The site that a build would leave, made in memory as far as it is not there yet."""
    dirty = [artifact for artifact in compared.dirty if _is_read(artifact.path)]
    renderer = Renderer(planned.theme, compared.closures, options.blog, cache.images.read)
    fresh = render_each(dirty, renderer, options.jobs, no_progress)
    if isinstance(fresh, tuple):
        return fresh
    there = {
        path: disk.read_bytes(options.output / path) for path in compared.current if _is_read(path)
    }
    paths = frozenset(artifact.path for artifact in planned.artifacts)
    return BuiltSite(config.base_url, paths, there | fresh)


def _site_as_built(config: SiteConfig, output: Path) -> BuiltSite | tuple[Problem, ...]:
    """Every file of the output folder, ours or not: all of them are uploaded."""
    if not output.is_dir():
        message, hint = "there is no such folder", "Build the site first: weekly build."
        return (Problem("no-output", Location(str(output)), message, hint),)
    not_shown = {output / manifest.NAME, output / ".gitignore"}
    paths = frozenset(
        path.relative_to(output).as_posix()
        for path in map(Path, disk.files_below(output))
        if path not in not_shown and output / STAGE not in path.parents
    )
    texts = {path: disk.read_bytes(output / path) for path in sorted(paths) if _is_read(path)}
    return BuiltSite(config.base_url, paths, texts)


def _is_read(path: str) -> bool:
    return path.endswith(_READ)


def _stale(planned: Plan, compared: Compared, site: BuiltSite) -> list[UnplacedProblem]:
    """That the files are not what a build would make now."""
    wanted = {artifact.path for artifact in planned.artifacts}
    stale = sorted({a.path for a in compared.dirty} | (site.paths - wanted))
    if not stale:
        return []
    files = "1 file differs" if len(stale) == 1 else f"{len(stale)} files differ"
    message = f"{files} from what a build would make now, such as {stale[0]}"
    return [UnplacedProblem("stale-output", Location(""), message, "Run: weekly build.")]


def _sources(config: SiteConfig, options: BuildOptions, planned: Plan) -> Sources:
    """Where the text of a plan's pages was typed."""

    @functools.cache
    def text_of(source: str) -> str:
        return disk.read_text(options.blog / source, errors="replace")

    places = Permalinks.at(config.base_url)
    urls = {source: places.url(link) for source, link in planned.site.permalinks.items()}
    addresses: dict[str, dict[str, list[Location]]] = {}
    for document in planned.content.documents:
        places_in = addresses[document.source] = defaultdict(list)
        for reference in references_of(document):
            url = urls.get(reference.target) or quote(reference.target)
            places_in[url + reference.suffix].append(reference.at)
        for address in typed_in(document).addresses:
            is_from_root = address.text[:1] == "/" != address.text[1:2]
            url = places.root + address.text[1:] if is_from_root else address.text
            places_in[url].append(address.at)
    with_body = [document for document in planned.content.documents if document.body]
    pieces = {document.source: typed_in(document).pieces for document in with_body}
    of_page = {a.path: a.source for a in planned.artifacts if a.source and _is_read(a.path)}
    of_page |= {source: source for source in planned.site.permalinks}
    posts, pages = planned.content.posts, planned.content.pages
    wholes = {post.source for post in posts} | {page.source for page in pages}
    lists = frozenset(a.path for a in planned.artifacts if a.source not in wholes)
    return Sources(of_page, addresses, pieces, lists, text_of, options.output.name)
