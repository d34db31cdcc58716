"""The declared keys of front matter, each read as its declared type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from generator.config.levels import Level, severity_of
from generator.content.front_matter import (
    ContentFile,
    Value,
    entries,
    is_null,
    is_plain,
    place,
    repeated_hint,
)
from generator.content.front_matter_errors import quoted
from generator.model import Tag
from generator.problems import Location, Problem, Severity, did_you_mean, shortened

Choice = TypeVar("Choice", bound=StrEnum)

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Fields:
    """Reads declared keys from front matter, and gathers problems with them.

    A key that is never asked for is unknown: `unknown` reports those, once all have been read.
    """

    def __init__(
        self,
        file: ContentFile,
        values: Mapping[str, Value],
        problems: Iterable[Problem],
        rename: Mapping[str, str],
        *,
        begin: Location | None = None,
    ) -> None:
        """`begin` is where they begin, if not with the front matter."""
        self._begin = begin or Location(file.path, file.first_line - 1, 1)
        self.problems: list[Problem] = list(problems)
        # the same key twice is an error, but none that hides others
        self.is_whole = all(problem.code == "duplicate-key" for problem in self.problems)
        self._reported: set[str] = set()
        self._file = file
        self._lines = file.front_matter.split("\n")
        self._values: dict[str, Value] = {}
        self._asked: set[str] = set()
        self._settled: set[str] = set()
        self._hints: dict[str, str] = {}
        for key, value in values.items():
            name = rename.get(key, key)
            if name in self._values:
                first = self._values[name].key_at.line
                self.report_at(
                    "duplicate-key",
                    value.key_at,
                    f"'{shortened(key)}' sets '{shortened(name)}' a second time",
                    repeated_hint(name, first),
                )
                self._reported.add(name)
            else:
                self._values[name] = value
                if value.is_repeated:
                    self._reported.add(name)

    def at(self, key: str) -> Location:
        """The place of a key's value, or of where the keys begin if it is missing."""
        value = self._values.get(key)
        return value.at if value else self._begin

    def has(self, key: str) -> bool:
        """Whether the key has a value."""
        return self._value(key) is not None

    def text(self, key: str, *, kind: str = "text", example: str = "some text") -> str:
        """A key's text as it was typed; '' if it is missing or empty."""
        value = self._value(key)
        if value is None:
            return ""
        if not isinstance(value.node, yaml.ScalarNode):
            hint = f"Write {key}: {example}."
            if kind == "text" and (typed := self._typed(value.node)):
                hint = f"Put it in quotes: {key}: {quoted(typed)}."
            self._wrong_type(key, value, kind, hint)
            return ""
        return _scalar_text(value.node)

    def line(self, key: str) -> str:
        """A key's text on one line; a comment must not cut it short."""
        text = " ".join(self.text(key).split())
        value = self._values.get(key)
        if text and value and isinstance(value.node, yaml.ScalarNode):
            self._check_whole(value.node)
        return text

    def texts(self, key: str, *, or_one: bool = False) -> tuple[Tag, ...]:
        """A key's list of texts, each with its place; with `or_one`, a single text is accepted."""
        value = self._value(key, is_list=not or_one)
        if value is None:
            return ()
        if isinstance(value.node, yaml.ScalarNode):
            if or_one:
                return (Tag(_scalar_text(value.node), value.at),)
            hint = f"Write {key}: {_as_list(value.node.value)}."
            if is_plain(value.node) and value.node.value.startswith("-"):
                hint = "Put a space after the hyphen of each item."
            self._wrong_type(key, value, "a list", hint)
            return ()
        if not isinstance(value.node, yaml.SequenceNode):
            self._wrong_type(key, value, "a list", f"Write {key}: [one, two].")
            return ()
        return tuple(tag for item in value.node.value if (tag := self._item(key, item)))

    def flag(self, key: str) -> bool:
        """A key's `true` or `false`; false if it is missing."""
        value = self._value(key)
        if value is None:
            self.report_if_empty(key, f"Write {key}: true, or delete the line.")
            return False
        written = value.node.value if isinstance(value.node, yaml.ScalarNode) else None
        if not isinstance(written, str) or written.lower() not in _FLAGS:
            self._wrong_type(key, value, "true or false", f"Write {key}: true, or leave it out.")
            return False
        return _FLAGS[written.lower()]

    def report_if_empty(self, key: str, hint: str) -> None:
        """Report a key without a value, for one whose absence would decide what is published."""
        value = self._values.get(key)
        if value and value.node.value == "" and key not in self._reported:
            self._reported.add(key)
            self.report_at("empty-value", value.key_at, f"'{key}' is empty", hint)

    def number(self, key: str) -> int:
        """A key's whole number; 0 if it is missing."""
        value = self._value(key)
        if value is None:
            return 0
        if not isinstance(value.node, yaml.ScalarNode) or not re.fullmatch(
            r"-?[0-9]{1,9}", value.node.value
        ):
            self._wrong_type(key, value, "a whole number", f"Write {key}: 1.")
            return 0
        return int(value.node.value)

    def mapping(self, key: str) -> dict[str, Any]:
        """A key's free values, as plain Python values; {} if it is missing."""
        value = self._value(key)
        if value is None:
            return {}
        if not isinstance(value.node, yaml.MappingNode):
            hint = f"Write indented lines such as colour: blue below {key}:."
            self._wrong_type(key, value, "keys with values", hint)
            return {}
        for mapping in _mappings_in(value.node):
            self.problems += entries(mapping, self._file)[1]
        plain: dict[str, Any] = _plain(value.node)
        return plain

    def group(self, key: str) -> Fields | None:
        """The keys that a key has below it, to be read like these; None if it is missing."""
        value = self._value(key)
        if value is None:
            return None
        if not isinstance(value.node, yaml.MappingNode):
            hint = f"Write indented lines such as by: ada below {key}:."
            self._wrong_type(key, value, "keys with values", hint)
            return None
        values, problems = entries(value.node, self._file)
        return Fields(self._file, values, problems, {}, begin=value.key_at)

    def choice(self, key: str, known: type[Choice], default: Choice) -> Choice:
        """A key's word out of a few; `default` if it is missing."""
        given = self.text(key)
        if not given:
            return default
        found = {str(member): member for member in known}.get(given.casefold())
        if found is None:
            self.report(
                "bad-choice",
                key,
                f"there is no {key} '{shortened(given)}'",
                did_you_mean(given, known, otherwise=f"Write one of {', '.join(known)}."),
            )
        return found or default

    def unknown(self, level: Level, *, otherwise: str = "Free data goes under 'extra'.") -> None:
        """Report each key that nobody asked for; `otherwise` is said if it is like none of ours."""
        severity = severity_of(level)
        if severity is None:
            return
        for key in self._values.keys() - self._asked - self._settled:
            self.report_at(
                "unknown-key",
                self._values[key].key_at,
                f"unknown key '{shortened(key)}'",
                self._hints.get(key) or did_you_mean(key, self._asked, otherwise=otherwise),
                severity,
            )

    def unasked(self) -> tuple[tuple[str, Value], ...]:
        """The keys that nobody has asked for so far, with their values."""
        return tuple(pair for pair in self._values.items() if pair[0] not in self._asked)

    def is_declared(self, key: str) -> bool:
        """Whether somebody has asked for the key, so that this kind of file can have it."""
        return key in self._asked

    def explain(self, key: str, hint: str) -> None:
        """Give the advice for a key, should it be reported as unknown."""
        self._hints[key] = hint

    def settle(self, key: str) -> None:
        """Leave a key out of the unknown ones, since it is reported as something else."""
        self._settled.add(key)

    def places(self, *keys: str) -> tuple[Tag, ...]:
        """Those of the keys that have a value, each with its place."""
        return tuple(Tag(key, self.at(key)) for key in keys if self.has(key))

    def is_reported(self, key: str) -> bool:
        """Whether the key is wrong, or missing where some keys could not be read."""
        return key in self._reported or (not self.is_whole and key not in self._values)

    def report(self, code: str, key: str, message: str, hint: str = "") -> None:
        """Add a problem with a key's value."""
        self._reported.add(key)
        self.report_at(code, self.at(key), message, hint)

    def report_at(
        self,
        code: str,
        at: Location,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at any place."""
        self.problems.append(Problem(code, at, message, hint, severity))

    def _value(self, key: str, *, is_list: bool = False) -> Value | None:
        self._asked.add(key)
        value = self._values.get(key)
        if value is None or not is_null(value.node):
            return value
        typed = self._line(value.key_at).partition(":")[2].strip()
        if re.match(r"#\S", typed):  # with a space, as in `summary: # later`, it is a comment
            self._reported.add(key)
            self.report_at(
                "empty-value",
                value.key_at,
                f"'{key}' is empty, since '#' begins a comment",
                f"Write {key}: {_as_list(typed) if is_list else quoted(typed)}.",
            )
        return None

    def _check_whole(self, node: yaml.ScalarNode) -> None:
        """Report text that was read as a comment by mistake: `We are #1`."""
        end = node.end_mark
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        if is_plain(node) and re.match(r"[ \t]+#\S", line[end.column :]):
            at = line.index("#", end.column)
            self.report_at(
                "cut-text",
                Location(self._file.path, self._file.first_line + end.line, at + 1),
                f"the text ends before '{shortened(line[at:])}', since '#' begins a comment",
                "Put the whole text in quotes.",
            )

    def _item(self, key: str, node: yaml.Node) -> Tag | None:
        at = place(node, self._file)
        if not isinstance(node, yaml.ScalarNode):
            self.report_at(
                "wrong-type",
                at,
                f"each of '{key}' must be text",
                "Put it in quotes if it contains a colon or begins with a bracket.",
            )
            return None
        if not is_null(node):
            self._check_whole(node)
            return Tag(_scalar_text(node), at)
        comment = re.match(r"\s*#\s*(\S[^,\]]*)", self._line(at)[at.column - 1 :])
        self.report_at(
            "empty-value",
            at,
            f"one of '{key}' is empty" + (", since '#' begins a comment" if comment else ""),
            f"Write {_item_of_list(comment[1])}, without '#'." if comment else "Delete it.",
        )
        return None

    def _line(self, at: Location) -> str:
        index = at.line - self._file.first_line
        return self._lines[index] if index < len(self._lines) else ""

    def _typed(self, node: yaml.Node) -> str:
        """A value in brackets as it was typed; '' if it goes beyond its line."""
        start, end = node.start_mark, node.end_mark
        is_short = getattr(node, "flow_style", False) and start.line == end.line
        return self._lines[start.line][start.column : end.column] if is_short else ""

    def _wrong_type(self, key: str, value: Value, wanted: str, hint: str) -> None:
        given = (
            f"'{shortened(value.node.value)}'"
            if isinstance(value.node, yaml.ScalarNode)
            else "a list"
            if isinstance(value.node, yaml.SequenceNode)
            else "keys with values"
        )
        self._reported.add(key)
        self.report_at("wrong-type", value.at, f"'{key}' must be {wanted}, not {given}", hint)


def _as_list(text: str) -> str:
    """A list in brackets, of a text with commas or with `#` before each word."""
    parts = re.split(r"[,;]" if re.search("[,;]", text) else r"\s+(?=#)", text)
    return f"[{', '.join(_item_of_list(part) for part in parts if part.strip(' #'))}]"


def _item_of_list(text: str) -> str:
    plain = " ".join(text.split()).lstrip("# ")
    return plain if re.fullmatch(r"\w[\w .&/+'’-]*[\w+]|\w", plain) else quoted(plain)


def _mappings_in(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    """The mappings in a node, on all levels."""
    parts = [node]
    while parts:
        part = parts.pop(0)
        if isinstance(part, yaml.MappingNode):
            yield part
            parts += [value for _, value in part.value]
        elif isinstance(part, yaml.SequenceNode):
            parts += part.value


def _scalar_text(node: yaml.ScalarNode) -> str:
    text: str = node.value
    return text.strip()


def _plain(node: yaml.Node) -> Any:
    """A node as a plain value; only `true`, `false`, null and whole numbers are not text."""
    if isinstance(node, yaml.MappingNode):
        return {
            key.value: _plain(value)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        }
    if isinstance(node, yaml.SequenceNode):
        return tuple(_plain(item) for item in node.value)
    if is_null(node):
        return None
    if is_plain(node) and node.value in ("true", "false"):
        return node.value == "true"
    if is_plain(node) and re.fullmatch(r"-?(0|[1-9]\d{0,17})", node.value):
        return int(node.value)
    return node.value
