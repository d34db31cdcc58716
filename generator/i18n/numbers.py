"""Whole numbers as a language writes them."""

from __future__ import annotations

from generator.views import Conventions


def in_digits(number: int, conventions: Conventions) -> str:
    """A number in the digits of the language, without separators, as in a year."""
    return _with_digits(str(number), conventions)


def grouped(number: int, conventions: Conventions) -> str:
    """A number in the digits of the language, with separators, as in a count."""
    if number < conventions.grouped_from:
        return in_digits(number, conventions)
    return _with_digits(f"{number:,}".replace(",", conventions.group), conventions)


def _with_digits(text: str, conventions: Conventions) -> str:
    if conventions.digits[0] == "0":
        return text
    return "".join(conventions.digits[int(c)] if c.isdecimal() else c for c in text)
