"""The key of an artifact: everything on which its bytes depend, by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from generator import fingerprint
from generator.model import Artifact, Letter
from generator.render.closures import Closures

PART_LENGTH = 20  # hexadecimal digits: 80 bits

TEMPLATE = "template "


class Fingerprints:
    """Digests of many views at a time: what several of them hold is read only once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}  # the value too, so that its id stays its own

    def of_parts(self, view: Any) -> dict[str, str]:
        """The digest of each field of a view, by the field's name."""
        return {field.name: self.of(getattr(view, field.name)) for field in fields(view)}

    def of(self, value: Any) -> str:
        """The digest of a value that may be shared."""
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            return fingerprint.of_bytes(",".join(self._of_all(value)).encode())
        if not is_dataclass(value):
            return fingerprint.of_value(value)
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, fingerprint.of_value(value))
        return known[1]

    def _of_all(self, values: Iterable[Any]) -> Iterable[str]:
        return (self.of(value) for value in values)


def parts_of(artifact: Artifact, prints: Fingerprints, closures: Closures) -> Mapping[str, str]:
    """The digests of an artifact's recipe, of each field of its view, and of its templates."""
    return {name: digest[:PART_LENGTH] for name, digest in _parts(artifact, prints, closures)}


def _parts(
    artifact: Artifact, prints: Fingerprints, closures: Closures
) -> Iterator[tuple[str, str]]:
    recipe, _, template = artifact.recipe.partition(":")
    yield "recipe", prints.of((recipe, template))
    for name, value in _fields(artifact.view):
        yield name, prints.of(value)
    if recipe == "page":
        for name, digest in closures.of(template).items():
            yield TEMPLATE + name, digest


def _fields(view: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a view; a letter's body apart from its head, since they change apart."""
    for field in fields(view):
        value = getattr(view, field.name)
        if isinstance(value, Letter):
            yield "body", value.html
            value = replace(value, html=None)  # type: ignore[arg-type]
        yield field.name, value
