"""The heads of other generators' posts: YAML, TOML, JSON, and lines of keys without fences."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any, NamedTuple

import yaml

MOST = 200_000  # characters of a head


class Head(NamedTuple):
    """The values of a head by key in small letters, and what comes after it."""

    values: dict[str, Any]
    body: str
    error: str = ""  # why the head can't be read
    is_there: bool = True


_KEY = re.compile(
    r"(?i)(title|date|category|tags|slug|authors?|summary|status|modified|lang|save_as|url|template|layout|description|keywords|published|draft):\s?"
)
_NIKOLA = re.compile(r"\s*<!--\s*\n?((?:\s*\.\.\s+[\w-]+:.*\n?)+)\s*-->\n?")


def read_head(text: str) -> Head:
    """The head and the body of a file."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    begin = text.lstrip("\n")
    if found := re.match(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", begin, re.S):
        return _yaml(found[1], begin[found.end() :])
    if found := re.match(r"\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", begin, re.S):
        return _toml(found[1], begin[found.end() :])
    if begin.startswith("{") and (head := _json(begin)):
        return head
    if found := _NIKOLA.match(begin):
        lines = re.findall(r"\.\.\s+([\w-]+):[ \t]*(.*)", found[1])
        return Head({key.lower(): value.strip() for key, value in lines}, begin[found.end() :])
    if (found := re.match(r"((?:[\w-]+:.*\n|\s+-\s.*\n)+)---[ \t]*\n", begin)) and _KEY.match(
        begin
    ):
        return _yaml(found[1], begin[found.end() :])
    if _KEY.match(begin):
        return _lines(begin)
    return Head({}, text, is_there=False)


def _yaml(head: str, body: str) -> Head:
    if len(head) > MOST:
        return Head({}, body, f"its head has more than {MOST:,} characters")
    try:
        # texts stay as they were typed: no dates, numbers or flags are guessed
        values = yaml.load(head.replace("\t", "  "), Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 2}" if mark else ""
        return _repaired(head, body, f"its head is no YAML{line}")
    return (
        Head(_lowered(values), body)
        if isinstance(values, dict)
        else Head({}, body, "its head has no keys" if values else "")
    )


def _repaired(head: str, body: str, error: str) -> Head:
    """What the lines of a damaged head say that have a key and a text."""
    found = re.findall(r"(?m)^([\w-]+):[ \t]*(.*?)[ \t]*$", head)
    values = {key.lower(): value.strip("\"'") for key, value in found if value}
    return Head(values, body, error)


def _toml(head: str, body: str) -> Head:
    try:
        return Head(_lowered(tomllib.loads(head)), body)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Head({}, body, f"its head is no TOML: {error}")


def _json(text: str) -> Head | None:
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return Head(_lowered(values), text[end:].lstrip("\n;")) if isinstance(values, dict) else None


def _lines(text: str) -> Head:
    """Lines of keys up to an empty line, as Pelican and MultiMarkdown write them."""
    values: dict[str, Any] = {}
    lines = text.split("\n")
    key = ""
    end = len(lines)
    for number, line in enumerate(lines):
        found = re.match(r"([A-Za-z][\w -]*):[ \t]*(.*)", line)
        if found:
            key = found[1].strip().lower()
            values[key] = found[2].strip()
        elif line.startswith((" ", "\t")) and key:
            values[key] = f"{values[key]} {line.strip()}".strip()
        else:
            end = number
            break
    return Head(values, "\n".join(lines[end:]))


def _lowered(values: dict[Any, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in values.items()}


def text_of(value: Any) -> str:
    """A value as a line of text; '' for lists and tables."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def texts_of(value: Any, *, separator: str = ",") -> list[str]:
    """A value as a list of texts: a list, or words with a separator between."""
    if isinstance(value, list):
        return [
            text
            for one in value
            for text in ([text_of(one)] if not isinstance(one, list) else texts_of(one))
            if text
        ]
    if isinstance(value, dict):
        return [text for one in value if (text := text_of(value[one]) or str(one))]
    text = text_of(value).strip("[]")
    return (
        [part.strip(" \"'") for part in text.split(separator) if part.strip(" \"'")] if text else []
    )
