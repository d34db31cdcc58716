"""Reads TOML tables into named tuples, and reports every key and value that does not fit."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from generator.config.toml_places import KeyPath, Places, place_of
from generator.problems import Location, Problem, did_you_mean, shortened


class Setting(NamedTuple):
    """A setting, as the field of a named tuple declares it."""

    name: str  # its key; a word that Python reserves is spelt with an underscore: `from_`
    kind: Any  # its type
    sentence: str
    default: Any  # `...` if it is required

    @property
    def is_required(self) -> bool:
        """Whether there is no default."""
        return self.default is ...


@cache
def _settings(cls: Any) -> Mapping[str, Setting]:
    """The settings of a table by their keys: the fields that have a sentence."""
    hints = get_type_hints(cls, include_extras=True)
    return {
        name.removesuffix("_"): Setting(
            name, hint.__origin__, hint.__metadata__[0], cls._field_defaults.get(name, ...)
        )
        for name, hint in hints.items()
        if get_origin(hint) is Annotated
    }


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "_field_defaults")


class TableReader:
    """Turns a parsed TOML table into the arguments of a named tuple, and gathers problems."""

    def __init__(self, root: type, places: Places, path: str) -> None:
        """`root` is the named tuple of the whole file, whose path is `path`."""
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
        known = _settings(cls)
        for name in data.keys() - known.keys():
            self.report(
                "unknown-setting",
                (*key, name),
                f"unknown setting '{shortened(name)}'{_in_table(key)}",
                _other_place(self._root, name, key)
                or did_you_mean(name, known)
                or f"Known settings: {', '.join(known)}.",
            )
        for name, (_, kind, sentence, _) in known.items():
            if name in data or not known[name].is_required:
                continue
            example = f"Add {name} = {_EXAMPLE_DAY}" if kind is date else f'Add {name} = "…"'
            if _is_list_of_tables(kind):
                example = f"Add a table [[{name}]] for each"
            hint = f"{example}: {sentence[0].lower()}{sentence[1:]}"
            message = f"the setting '{name}' is missing{_in_table(key)}"
            self.report("missing-setting", key, message, hint)
        values = {
            setting.name: self.value(setting.kind, data[name], (*key, name))
            for name, setting in known.items()
            if name in data
        }
        return {name: value for name, value in values.items() if value is not _WRONG}

    def value(self, kind: Any, given: Any, key: KeyPath) -> Any:
        """`given` as the declared type, or `_WRONG` after reporting a problem."""
        origin, arguments = get_origin(kind), get_args(kind)
        if _is_table(kind):
            if isinstance(given, dict):
                values = self.table(kind, given, key)
                is_whole = all(s.name in values for s in _settings(kind).values() if s.is_required)
                return kind(**values) if is_whole else _WRONG
        elif origin is tuple:
            if isinstance(given, list):
                items = [
                    self.value(arguments[0], item, (*key, index))
                    for index, item in enumerate(given)
                ]
                return _WRONG if _WRONG in items else tuple(items)
        elif origin is Mapping:
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
        is_of_site = name in _settings(root)
        return "Move it to the top of the file, above the first table." if is_of_site else ""
    tables = {
        key: setting.kind for key, setting in _settings(root).items() if _is_table(setting.kind)
    }
    homes = [key for key, table in tables.items() if name in _settings(table)]
    return f"Move it below the line [{homes[0]}]." if len(homes) == 1 else ""


def _is_list_of_tables(kind: Any) -> bool:
    return any(map(_is_table, get_args(kind)))


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
    if _is_table(kind) or get_origin(kind) is Mapping:
        return f"Write [{dotted}] on a line, and its settings below."
    if _is_table(get_args(kind)[0]):
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


def documented(cls: type, prefix: str = "") -> Iterator[tuple[str, Any, str]]:
    """Each setting: its dotted name, its default (`...` if it is required), a sentence."""
    for key, setting in _settings(cls).items():
        name, kind = prefix + key, setting.kind
        yield name, setting.default, setting.sentence
        for table in filter(_is_table, (kind, *get_args(kind))):
            dots = "[]." if get_origin(kind) is tuple else ".<name>." if table is not kind else "."
            yield from documented(table, name + dots)
