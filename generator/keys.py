"""The key of an artifact: everything on which its bytes depend, by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.fingerprint import Fingerprints
from generator.model import Artifact, Letter
from generator.render.closures import Closures

PART_LENGTH = 20  # hexadecimal digits: 80 bits

TEMPLATE = "template "


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
    from dataclasses import fields, replace

    for field in fields(view):
        value = getattr(view, field.name)
        if isinstance(value, Letter):
            yield "body", value.html
            value = replace(value, html=None)  # type: ignore[arg-type]
        yield field.name, value
