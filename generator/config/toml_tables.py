"""Reads TOML tables into dataclasses, and reports every key and value that does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from generator.config.toml_places import KeyPath, Places, place_of
from generator.problems import Location, Problem, did_you_mean, shortened


def _settings(cls: type) -> tuple[Field[Any], ...]:
    return tuple(f for f in fields(cls) if f.metadata.get("is_setting", True))


def _key(f: Field[Any]) -> str:
    """The key of a setting; a word that Python reserves is spelt with an underscore: `from_`."""
    return f.name.removesuffix("_")


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


class TableReader:
    """Turns a parsed TOML table into the arguments of a dataclass, and gathers problems."""

    def __init__(self, root: type, places: Places, path: str) -> None:
        """`root` is the dataclass of the whole file, whose path is `path`."""
        self.problems: list[Problem] = []
        self._root = root
        self._places = places
        self._path = path

    def at(self, key: KeyPath) -> Location:
        """The place of a key, or of the nearest table around it."""
        return place_of(key, self._places, self._path)

    def report(self, code: str, key: KeyPath, message: str, hint: str = "") -> None:
        """Add a problem with the value of a key."""
        self.problems.append(Problem(code, self.at(key), message, hint))

    def table(self, cls: type, data: Mapping[str, Any], key: KeyPath) -> dict[str, Any]:
        """The arguments of `cls` that a table gives, without those that are missing or wrong."""
        known = {_key(f): f for f in _settings(cls)}
        for name in data.keys() - known.keys():
            self.report(
                "unknown-setting",
                (*key, name),
                f"unknown setting '{shortened(name)}'{_in_table(key)}",
                _other_place(self._root, name, key)
                or did_you_mean(name, known)
                or f"Known settings: {', '.join(known)}.",
            )
        for name in (name for name, f in known.items() if _is_required(f) and name not in data):
            sentence = _sentence(cls, known[name].name)
            kind = _hints(cls)[known[name].name]
            example = f"Add {name} = {_EXAMPLE_DAY}" if kind is date else f'Add {name} = "…"'
            if _is_list_of_tables(kind):
                example = f"Add a table [[{name}]] for each"
            hint = f"{example}: {sentence[0].lower()}{sentence[1:]}"
            message = f"the setting '{name}' is missing{_in_table(key)}"
            self.report("missing-setting", key, message, hint)
        values = {
            f.name: self.value(_hints(cls)[f.name], data[name], (*key, name))
            for name, f in known.items()
            if name in data
        }
        return {name: value for name, value in values.items() if value is not _WRONG}

    def value(self, kind: Any, given: Any, key: KeyPath) -> Any:
        """`given` as the declared type, or `_WRONG` after reporting a problem."""
        origin, arguments = get_origin(kind), get_args(kind)
        if is_dataclass(kind) and isinstance(kind, type):
            if isinstance(given, dict):
                values = self.table(kind, given, key)
                is_whole = all(f.name in values for f in _settings(kind) if _is_required(f))
                return kind(**values) if is_whole else _WRONG
        elif origin is tuple:
            if isinstance(given, list):
                items = [
                    self.value(arguments[0], item, (*key, index))
                    for index, item in enumerate(given)
                ]
                return _WRONG if _WRONG in items else tuple(items)
        elif origin is dict:
            if isinstance(given, dict):
                pairs = {
                    name: self.value(arguments[1], item, (*key, name))
                    for name, item in given.items()
                }
                return {name: value for name, value in pairs.items() if value is not _WRONG}
        elif origin is Literal:
            if given in arguments:
                return given
            options = ", ".join(f'"{option}"' for option in arguments)
            hint = did_you_mean(str(given), arguments, otherwise=f"Write one of {options}.")
            self.report("wrong-setting", key, f"'{key[-1]}' is {_shown(given)}", hint)
            return _WRONG
        elif type(given) is kind:
            if not isinstance(given, str) or not _CONTROL.search(given):
                return given
            message = f"'{_name(key)}' contains a control character"
            self.report("wrong-setting", key, message, "Delete it.")
            return _WRONG
        wanted = _KINDS.get(origin or kind, "a table")
        each = "each of " if isinstance(key[-1], int) else ""
        message = f"{each}'{_name(key)}' must be {wanted}, not {_shown(given)}"
        self.report("wrong-setting", key, message, _how_to_write(kind, given, key))
        return _WRONG


_WRONG: Any = object()
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _in_table(key: KeyPath) -> str:
    return f" in [{'.'.join(part for part in key if isinstance(part, str))}]" if key else ""


def _other_place(root: type, name: str, key: KeyPath) -> str:
    """Where a setting belongs that is in the wrong table; '' if in none."""
    if key:
        is_of_site = any(name == f.name for f in _settings(root))
        return "Move it to the top of the file, above the first table." if is_of_site else ""
    tables = (f.name for f in _settings(root) if is_dataclass(_hints(root)[f.name]))
    homes = [table for table in tables if name in _hints(_hints(root)[table])]
    return f"Move it below the line [{homes[0]}]." if len(homes) == 1 else ""


def _is_list_of_tables(kind: Any) -> bool:
    return any(is_dataclass(part) for part in get_args(kind))


def _how_to_write(kind: Any, given: Any, key: KeyPath) -> str:
    """How to write a setting so that it has the right type."""
    name = _name(key)
    if kind is str:
        is_simple = not isinstance(given, list | dict) and isinstance(key[-1], str)
        return f'Write {name} = "{_shown(given)}".' if is_simple else 'Write it as "text".'
    if kind is bool:
        return f"Write {name} = true or {name} = false."
    if kind is int:
        number = given if isinstance(given, str) and re.fullmatch("[0-9]{1,9}", given) else 10
        return f"Write {name} = {int(number)}."
    if kind is date:
        typed = given if isinstance(given, str) and _DAY.fullmatch(given) else _EXAMPLE_DAY
        return f"Write {name} = {typed}, without quotes."
    dotted = ".".join(part for part in key if isinstance(part, str))
    if is_dataclass(kind) or get_origin(kind) is dict:
        return f"Write [{dotted}] on a line, and its settings below."
    if is_dataclass(get_args(kind)[0]):
        return f"Write [[{dotted}]], with two pairs of brackets, and its settings below."
    return (
        f"Write {name} = {json.dumps([given], ensure_ascii=False)}."
        if isinstance(given, str)
        else f'Write {name} = ["one", "two"].'
    )


_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])")
_EXAMPLE_DAY = "2026-12-24"

_KINDS: dict[Any, str] = {
    date: "a date",
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    tuple: "a list in square brackets",
}


def _name(key: KeyPath) -> str:
    return next(str(part) for part in reversed(key) if isinstance(part, str))


def _shown(given: Any) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict):
        return "a table"
    if isinstance(given, list):
        return "a list"
    return f"'{shortened(given)}'" if isinstance(given, str) else shortened(str(given))


def _is_required(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _default(f: Field[Any]) -> Any:
    if f.default_factory is not MISSING:
        return f.default_factory()
    return ... if f.default is MISSING else f.default


def _sentence(cls: type, name: str) -> str:
    sentence: str = get_type_hints(cls, include_extras=True)[name].__metadata__[0]
    return sentence


def documented(cls: type, prefix: str = "") -> Iterator[tuple[str, Any, str]]:
    """Each setting: its dotted name, its default (`...` if it is required), a sentence."""
    for f in _settings(cls):
        hint, name = _hints(cls)[f.name], prefix + _key(f)
        tables = [kind for kind in (hint, *get_args(hint)) if is_dataclass(kind)]
        yield name, _default(f), _sentence(cls, f.name)
        for table in tables:
            dots = "[]." if get_origin(hint) is tuple else ".<name>." if table is not hint else "."
            yield from documented(cast(type, table), name + dots)
