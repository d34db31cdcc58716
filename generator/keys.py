"""The key of an artifact: everything on which its bytes depend, by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator import fingerprint
from generator.model import Artifact, Letter
from generator.render.closures import Closures

PART_LENGTH = 20  # hexadecimal digits: 80 bits

TEMPLATE = "template "

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

    def _of_shared(self, value: Any) -> str:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, fingerprint.of_value(value))
        return known[1]


def parts_of(artifact: Artifact, prints: Fingerprints, closures: Closures) -> Mapping[str, str]:
    """The digests of an artifact's recipe, of each field of its view, and of its templates."""
    recipe, _, template = artifact.recipe.partition(":")
    parts = {"recipe": artifact.recipe}
    for name, value in _fields(artifact.view):
        parts[name] = prints.of(value)[:PART_LENGTH]
    if recipe == "page":
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
