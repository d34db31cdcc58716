"""The key of an artifact: everything on which its bytes depend, by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator import fingerprint
from generator.model import Artifact
from generator.render.template_closures import Closures
from generator.site.permalinks import HOME as HOME_PERMALINK
from generator.site.permalinks import output_path
from generator.views import (
    ArchiveYear,
    FeedEntry,
    Letter,
    Messages,
    PostCard,
    PostLink,
    SearchYear,
    SiteView,
    TermCard,
)

HOME = output_path(HOME_PERMALINK)

PART_LENGTH = 10  # hexadecimal digits: 40 bits, which need only tell one build from the next

TEMPLATE = "template "
FRAME = "frame "

_SHARED = (ArchiveYear, FeedEntry, PostCard, PostLink, SearchYear, SiteView, TermCard, Messages)

_BODY = Letter._fields.index("html")


class Fingerprints:
    """Digests of many views at a time: what several of them hold is read only once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}  # the value too, so that its id stays its own

    def of(self, value: Any) -> str:
        """The digest of a value, which may be shared."""
        if not isinstance(value, tuple) or not value:
            return fingerprint.of_value(value)
        if hasattr(value, "_fields"):
            return self._of_shared(value)
        if hasattr(value[0], "_fields"):
            return fingerprint.of_bytes(",".join(map(self._of_shared, value)).encode())
        return fingerprint.of_value(value)

    def text_of(self, value: Any) -> str:
        """What a key holds of a value: the digest of what many views share, else its `repr`."""
        if isinstance(value, _SHARED):
            return self._of_shared(value)
        if isinstance(value, tuple) and value and isinstance(value[0], _SHARED):
            return ",".join(map(self._of_shared, value))
        return repr(value)

    def _of_shared(self, value: Any) -> str:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, fingerprint.of_value(value))
        return known[1]


def key_of(artifact: Artifact, prints: Fingerprints, closures: Closures) -> str:
    """The digest of an artifact's recipe, of its view and of its templates."""
    template = artifact.recipe.partition(":")[2]
    texts = [artifact.recipe, *map(prints.text_of, artifact.view)]
    if template:
        texts.append(closures.digest_of(template))
    return fingerprint.of_bytes("\n".join(texts).encode("utf-8", "surrogatepass"))


def sketch_of(artifact: Artifact, closures: Closures) -> str:
    """The digest of an artifact's recipe, of its sketch and of its templates; '' without sketch."""
    if not artifact.sketch:
        return ""
    template = artifact.recipe.partition(":")[2]
    templates = closures.digest_of(template) if template else ""
    text = f"{artifact.recipe} {artifact.sketch} {templates}"
    return fingerprint.of_bytes(text.encode("utf-8", "surrogatepass"))


def parts_of(artifact: Artifact, prints: Fingerprints, closures: Closures) -> Mapping[str, str]:
    """The same by part: the recipe, each field of the view, each template; to say what changed.

    The home page has the frame around all pages by part as well, on behalf of them all.
    """
    template = artifact.recipe.partition(":")[2]
    parts = {"recipe": artifact.recipe}
    if artifact.path == HOME:
        for name, value in _fields(artifact.view.site):
            parts[FRAME + name] = prints.of(value)[:PART_LENGTH]
    for name, value in _fields(artifact.view):
        parts[name] = prints.of(value)[:PART_LENGTH]
    if template:
        for name, digest in closures.of(template).items():
            parts[TEMPLATE + name] = digest[:PART_LENGTH]
    return parts


def _fields(view: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a view; a letter's body apart from its head, since they change apart."""
    for name, value in zip(view._fields, view, strict=True):
        if isinstance(value, Letter):
            yield "body", value.html
            yield name, value[:_BODY] + value[_BODY + 1 :]
        else:
            yield name, value
