"""Composes a message from a blog: the newest post, another one, or those of a month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from generator import fingerprint
from generator.artifacts.context import SiteContext, site_context
from generator.artifacts.mail import icon_cid, mail_view
from generator.artifacts.recipes import Artifact, Copy, PreparedImage
from generator.build import Plan, prepare
from generator.build.report import BuildOptions, BuildReport
from generator.cache.engine import engine_digest
from generator.cache.file_digests import FileDigests
from generator.cache.store import Cache
from generator.config.settings import SiteConfig
from generator.content.known_documents import KnownDocuments
from generator.mail.message import MailImage, MailParts
from generator.mail.parts import IMAGE_TYPES, with_images
from generator.model import Entry, PostState
from generator.problems import Location, Problem, has_errors
from generator.progress import Progress, no_progress
from generator.render import Renderer
from generator.render.template_closures import TemplateClosures
from generator.site.permalinks import output_path
from generator.views import MailView
from generator.writing.find_post import find_post

Problems = tuple[Problem, ...]


class MailChoice(NamedTuple):
    """What a message is to be about, and how."""

    post: str = ""  # a name of a post; '' for the newest published one
    month: str = ""  # '2026-11' for a digest of its posts, else ''
    brings_images: bool = False  # whether the message brings its pictures along, or links them


class Mailing(NamedTuple):
    """A message, and what it is about."""

    name: str  # for its files: that of the post, or the month
    entries: tuple[Entry, ...]  # oldest first
    parts: MailParts
    problems: Problems  # warnings about these posts


def mailing(
    config: SiteConfig,
    options: BuildOptions,
    choice: MailChoice,
    *,
    progress: Progress = no_progress,
) -> Mailing | Problems:
    """The message that is asked for, or every problem that prevents it."""
    cache = Cache.open(options.blog, options.output, engine_digest())
    digests = FileDigests(options.blog, cache.files, taken_ns=options.started_ns)
    known = KnownDocuments(cache.documents)
    planned = prepare(config, options, cache, digests, known, progress)
    if isinstance(planned, BuildReport):
        return planned.problems
    closures = TemplateClosures(
        planned.theme, lambda path: digests.of(str(path.absolute())), cache.templates
    )
    renderer = Renderer(planned.theme, closures, options.blog, cache.images.read)
    return mailing_of(planned, config, renderer, choice)


def mailing_of(
    planned: Plan, config: SiteConfig, renderer: Renderer, choice: MailChoice
) -> Mailing | Problems:
    """The message that is asked for, of a site that has been planned."""
    entries = chosen(planned, config, choice)
    if isinstance(entries, Problem):
        return (entries,)
    context = site_context(planned.site, config, planned.messages, planned.assets, planned.images)
    view = mail_view(entries, context, is_digest=bool(choice.month))
    made = renderer.mail(view)
    if isinstance(made, Problem):
        return (made,)
    brought = _Images(view, planned, context, renderer, brings_all=choice.brings_images)
    html, images = with_images(made.html, brought.image_at)
    if has_errors(brought.problems):
        return tuple(brought.problems)
    return Mailing(
        name=choice.month or entries[-1].post.name,
        entries=entries,
        parts=MailParts(view.subject, html, made.text, images),
        problems=_about(entries, planned.problems),
    )


def _about(entries: Iterable[Entry], problems: Problems) -> Problems:
    sources = {entry.post.source for entry in entries}
    return tuple(problem for problem in problems if problem.at.path in sources)


def chosen(planned: Plan, config: SiteConfig, choice: MailChoice) -> tuple[Entry, ...] | Problem:
    """The posts that a message is to be about, oldest first."""
    if choice.month:
        return _of_month(planned, choice.month)
    if choice.post:
        found = find_post(choice.post, planned.content, config)
        if isinstance(found, Problem):
            return found
        entry = next((e for e in planned.site.entries if e.post.source == found.source), None)
        if entry is None:
            hint = "Add --drafts --future to see what its message will be."
            return Problem("not-mailed", Location(found.source), "the post is not published", hint)
        return (entry,)
    newest = [e for e in planned.site.entries if e.state is PostState.PUBLISHED][:1]
    if not newest:
        return Problem("not-mailed", Location("content/posts"), "no post is published yet")
    return tuple(newest)


def _of_month(planned: Plan, month: str) -> tuple[Entry, ...] | Problem:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        hint = "Write it like 2026-11."
        return Problem("not-mailed", Location("content/posts"), f"'{month[:40]}' is no month", hint)
    found = [
        e
        for e in reversed(planned.site.entries)
        if e.state is PostState.PUBLISHED and f"{e.post.published:%Y-%m}" == month
    ]
    if not found:
        message = f"no post was published in {month}"
        return Problem("not-mailed", Location("content/posts"), message)
    return tuple(found)


class _Images:
    """The images that a message brings along: icons, and the pictures of posts if asked for."""

    def __init__(
        self,
        view: MailView,
        planned: Plan,
        context: SiteContext,
        renderer: Renderer,
        *,
        brings_all: bool,
    ) -> None:
        self.problems: list[Problem] = []
        self._renderer = renderer
        self._base_url = context.config.base_url
        self._traits = {
            f"cid:{icon_cid(post.trait)}": post.trait for post in view.posts if post.trait
        }
        self._artifacts: Mapping[str, Artifact] = (
            {a.path: a for a in planned.artifacts if isinstance(a.recipe, Copy | PreparedImage)}
            if brings_all
            else {}
        )

    def image_at(self, url: str) -> MailImage | None:
        """The image for a URL in the HTML, None for one that stays where it is."""
        trait = self._traits.get(url)
        if trait:
            icon = self._renderer.mail_icon(trait.icon, trait.colour)
            name = f"{trait.icon}.png"
            return self._image(icon, url.removeprefix("cid:"), name, "image/png", trait.title)
        path = output_path("/" + unquote(url.removeprefix(self._base_url)))
        artifact = self._artifacts.get(path) if url.startswith(self._base_url) else None
        if artifact is None:
            return None
        name = path.rpartition("/")[2]
        kind = IMAGE_TYPES.get(name.rpartition(".")[2].lower())
        return self._image(self._renderer.render(artifact), "", name, kind, "") if kind else None

    def _image(
        self, data: bytes | Problem, cid: str, name: str, kind: str, alt: str
    ) -> MailImage | None:
        if isinstance(data, Problem):
            self.problems.append(data)
            return None
        return MailImage(cid or f"{fingerprint.of_bytes(data)[:16]}@images", name, kind, data, alt)
