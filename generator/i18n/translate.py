"""Messages of a catalogue, by name and with their placeholders filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.i18n.numbers import grouped, in_digits
from generator.i18n.plurals import category_of
from generator.problems import did_you_mean
from generator.views import Messages

COUNT = "n"  # the placeholder whose number chooses the plural
YEAR = "year"  # the placeholder whose number has no thousands separator

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class UntranslatedError(LookupError):
    """A message that can't be translated: it does not exist, or a placeholder has no value."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def translate(messages: Messages, name: str, /, **values: Any) -> str:
    """The message of that name, filled with these values."""
    return translate_as(str, messages, name, values)


def translate_as(
    shown: Callable[[Any], str], messages: Messages, name: str, values: Mapping[str, Any]
) -> str:
    """The same, with `shown` applied to the text and to each value."""

    def value_at(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise UntranslatedError(
                f"the message '{name}' needs '{found[1]}'", f"Write {found[1]}=…."
            )
        return shown(_written(found[1], values[found[1]], messages))

    return PLACEHOLDER.sub(value_at, shown(_text_of(messages, name, values)))


def _text_of(messages: Messages, name: str, values: Mapping[str, Any]) -> str:
    """The text of that name, in the plural that its number needs."""
    text = messages.texts.get(name)
    if text is None:
        raise UntranslatedError(f"there is no message '{name}'", did_you_mean(name, messages.texts))
    if isinstance(text, str):
        return text
    if COUNT not in values:
        raise UntranslatedError(
            f"the message '{name}' needs '{COUNT}'", f"Write {COUNT}= and a number."
        )
    return text.get(category_of(values[COUNT], messages.language), text["other"])


def _written(placeholder: str, value: Any, messages: Messages) -> Any:
    """A value as the language writes it, if it is a number."""
    if not isinstance(value, int):
        return value
    return (in_digits if placeholder == YEAR else grouped)(value, messages.conventions)
