"""The messages that ship, and what each language must have."""

from __future__ import annotations

import json
from pathlib import Path

from generator.i18n.catalogues import load_messages
from generator.views import Messages

FOLDER = Path(__file__).parents[2] / "generator/i18n"
MESSAGES = json.loads((FOLDER / "messages.json").read_bytes())  # by name and language

PLURALS = {
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "cy": {"zero", "one", "two", "few", "many", "other"},
    "de": {"one", "other"},
    "en": {"one", "other"},
    "es": {"one", "many", "other"},
    "fr": {"one", "many", "other"},
}
LANGUAGES = sorted(PLURALS)


def messages_in(language: str) -> Messages:
    """The messages of a language, in which nothing is wrong."""
    messages, problems = load_messages(language)
    assert problems == ()
    return messages
