"""Files whose front matter is ours alone: no other tool has keys for it, and none is a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from generator.content.fields import Fields
from generator.content.front_matter import ContentFile, decode, read_front_matter, split
from generator.content.settings import ReadingSettings
from generator.problems import Problem, has_errors

Made = TypeVar("Made")


def read_strictly(
    made: Callable[[ContentFile, Fields], Made],
    path: str,
    data: bytes,
    settings: ReadingSettings,
    *,
    otherwise: str,
) -> tuple[Made | None, tuple[Problem, ...]]:
    """What `made` makes of a file's front matter and body, or what is wrong with them.

    `otherwise` is said of a key that is like none of ours.
    """
    text = decode(data, path)
    file = text if isinstance(text, Problem) else split(text, path)
    if isinstance(file, Problem):
        return None, (file,)
    values, problems = read_front_matter(file)
    fields = Fields(file, values, problems, {})
    value = made(file, fields)
    fields.unknown(settings.unknown_keys, otherwise=otherwise)
    return (None if has_errors(fields.problems) else value), tuple(fields.problems)
