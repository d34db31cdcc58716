"""The key of an artifact: everything on which its bytes depend, by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator import fingerprint
from generator.artifacts.page_context import PageContext
from generator.artifacts.recipes import Artifact, Feed
from generator.artifacts.replies import PostReplies
from generator.artifacts.shown_posts import ShownPost
from generator.config.built_in_pages import HOME
from generator.model import Post
from generator.render.template_closures import TemplateClosures
from generator.site.permalinks import output_path
from generator.views import (
    ArchiveYear,
    AuthorCard,
    FeedEntry,
    FullPost,
    Messages,
    PostCard,
    PostLink,
    SearchYear,
    SiteView,
    TermCard,
    TermLink,
    Week,
)

HOME_FILE = output_path(HOME)

PART_LENGTH = 10  # hexadecimal digits: 40 bits, which need only tell one build from the next

TEMPLATE = "template "
AROUND = "around "  # what surrounds every page

# what many views contain: each is made once, and its digest is taken once
_SHARED = frozenset(
    {
        ArchiveYear,
        AuthorCard,
        FeedEntry,
        Messages,
        PageContext,
        PostCard,
        PostLink,
        PostReplies,
        SearchYear,
        ShownPost,
        SiteView,
        TermCard,
        TermLink,
        Week,
    }
)

_OFTEN_MANY = _SHARED | {Post}

# Two fields of views are of any type: `Head.structured`, since JSON-LD has a shape for each kind of
# page, and `FullPost.extra`, since only the writer's own theme knows what it asks of front matter.
# Both hold what JSON can hold and dates, so the digest of their `repr` is canonical all the same.

_BODY = FullPost._fields.index("html")


class Fingerprints:
    """Digests of many values at a time: what several of them contain is read only once."""

    def __init__(self, key_of: Callable[[Post], str]) -> None:
        """`key_of` gives the key of a post's source, '' if the post is not as it was read."""
        self._key_of = key_of
        self._known: dict[int, tuple[object, str]] = {}  # the value too, so that it keeps its id

    def of(self, value: object) -> str:
        """The digest of a value, which may be shared."""
        if not isinstance(value, tuple) or not value:
            return fingerprint.of_value(value)
        if hasattr(value, "_fields"):
            return self._of_shared(value)
        if hasattr(value[0], "_fields"):
            return fingerprint.of_bytes(",".join(map(self._of_shared, value)).encode())
        return fingerprint.of_value(value)

    def of_all(self, values: Sequence[object], *texts: str) -> str:
        """The digest of some values, and of some texts."""
        parts = (*texts, *map(self._text_of, values))
        return fingerprint.of_bytes("\n".join(parts).encode("utf-8", "surrogatepass"))

    def _text_of(self, value: object) -> str:
        """A value as it counts in a digest.

        What many values contain counts by its own digest, a post as it was read by its source's.
        """
        kind = type(value)
        if kind in _SHARED:
            return self._of_shared(value)
        if isinstance(value, Post):
            return self._key_of(value) or repr(value)
        if isinstance(value, tuple) and value and type(value[0]) in _OFTEN_MANY:
            return ",".join(map(self._text_of, value))
        return repr(value)

    def _of_shared(self, value: object) -> str:
        known = self._known.get(id(value))
        if known is None:
            of_parts = self.of_all(value) if isinstance(value, ShownPost) else ""
            digest = of_parts or fingerprint.of_value(value)
            known = self._known[id(value)] = (value, digest)
        return known[1]


def key_of(artifact: Artifact, prints: Fingerprints, closures: TemplateClosures) -> str:
    """The digest of an artifact's recipe, of its view and of its templates."""
    return prints.of_all(artifact.recipe.view, *_recipe_texts(artifact, closures))


def inputs_key(artifact: Artifact, prints: Fingerprints, closures: TemplateClosures) -> str:
    """The digest of its recipe, of what its view is made from, and of its templates.

    '' for an artifact whose view itself must be compared.
    """
    if not artifact.inputs:
        return ""
    return prints.of_all(artifact.inputs, *_recipe_texts(artifact, closures))


def _recipe_texts(artifact: Artifact, closures: TemplateClosures) -> tuple[str, ...]:
    templates = closures.digest_of(artifact.template) if artifact.template else ""
    return recipe_name(artifact), templates


def recipe_name(artifact: Artifact) -> str:
    """How an artifact is made, without what it is made from."""
    recipe = artifact.recipe
    detail = recipe.format if isinstance(recipe, Feed) else artifact.template
    return f"{type(recipe).__name__} {detail}".rstrip()


def parts_of(
    artifact: Artifact, prints: Fingerprints, closures: TemplateClosures
) -> Mapping[str, str]:
    """The same by part: the recipe, each field of the view, each template; to say what changed.

    The home page also has what surrounds every page by part, for all of them.
    """
    view = artifact.recipe.view
    parts = {"recipe": recipe_name(artifact)}
    if artifact.path == HOME_FILE:
        for name, value in _fields(getattr(view, "site", ())):
            parts[AROUND + name] = prints.of(value)[:PART_LENGTH]
    for name, value in _fields(view):
        parts[name] = prints.of(value)[:PART_LENGTH]
    if artifact.template:
        for name, digest in closures.of(artifact.template).items():
            parts[TEMPLATE + name] = digest[:PART_LENGTH]
    return parts


def _fields(view: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    """The fields of a view; a post's body apart from its head, since they change apart."""
    for name, value in zip(getattr(view, "_fields", ()), view, strict=True):
        if isinstance(value, FullPost):
            yield "body", value.html
            yield name, value[:_BODY] + value[_BODY + 1 :]
        else:
            yield name, value
