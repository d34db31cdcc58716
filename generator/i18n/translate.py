"""Words of a catalogue, said by name with values in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.i18n.numbers import grouped, in_digits
from generator.i18n.plurals import category_of
from generator.problems import did_you_mean
from generator.views import Messages

COUNT = "n"  # the place whose number chooses the plural
YEAR = "year"  # the place whose number is not written by thousands

PLACE = re.compile(r"\{(\w+)\}")


class UntranslatedError(LookupError):
    """Words that can't be said: there are none of that name, or something is missing in them."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def translate(messages: Messages, name: str, /, **values: Any) -> str:
    """The words of that name with these values in their places."""
    return translate_as(str, messages, name, values)


def translate_as(
    shown: Callable[[Any], str], messages: Messages, name: str, values: Mapping[str, Any]
) -> str:
    """The same with words and values as `shown` shows them."""

    def value_at(place: re.Match[str]) -> str:
        if place[1] not in values:
            raise UntranslatedError(f"the words '{name}' need '{place[1]}'", f"Write {place[1]}=….")
        return shown(_written(place[1], values[place[1]], messages))

    return PLACE.sub(value_at, shown(_text_of(messages, name, values)))


def _text_of(messages: Messages, name: str, values: Mapping[str, Any]) -> str:
    """The text of that name, in the plural that a number asks for."""
    text = messages.texts.get(name)
    if text is None:
        raise UntranslatedError(f"there are no words '{name}'", did_you_mean(name, messages.texts))
    if isinstance(text, str):
        return text
    if COUNT not in values:
        raise UntranslatedError(
            f"the words '{name}' need '{COUNT}'", f"Write {COUNT}= and a number."
        )
    return text.get(category_of(values[COUNT], messages.language), text["other"])


def _written(place: str, value: Any, messages: Messages) -> Any:
    """A value as the language writes it, if it is a number."""
    if not isinstance(value, int):
        return value
    return (in_digits if place == YEAR else grouped)(value, messages.conventions)
