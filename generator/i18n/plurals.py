"""The plural form that a whole number needs, by the rules of Unicode's CLDR."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def category_of(n: int, language: str) -> str:
    """The plural category of a whole number in a language; by the English rule if we know none."""
    return _RULES.get(language, _english)(n)


def _english(n: int) -> str:
    return "one" if n == 1 else "other"


def _french(n: int) -> str:
    return "one" if n in (0, 1) else _millions(n)


def _spanish(n: int) -> str:
    return "one" if n == 1 else _millions(n)


def _millions(n: int) -> str:
    return "many" if n and n % 1_000_000 == 0 else "other"


def _welsh(n: int) -> str:
    return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, "other")


def _arabic(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


_RULES: Mapping[str, Callable[[int], str]] = {
    "ar": _arabic,
    "cy": _welsh,
    "fr": _french,
    "es": _spanish,
}
