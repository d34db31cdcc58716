"""What is wrong with a theme, found by reading its files: no page is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from generator import disk
from generator.artifacts.recipes import MAIL_TEMPLATE, SOCIAL_IMAGE_COLOURS
from generator.checks.templates import template_problems, theme_stylesheet_problems
from generator.problems import Location, Problem, Severity, did_you_mean, in_reading_order
from generator.render.colours import palettes_of
from generator.render.templates import environment
from generator.render.themes import Theme
from generator.theme_check.names import TemplateReader
from generator.views import PAGES, Messages


def audit(theme: Theme, messages: Messages) -> tuple[Problem, ...]:
    """Names that API 1 does not have, missing templates, and what browsers refuse."""
    reader = TemplateReader(theme, environment(), messages)
    for template, view in PAGES.items():
        if theme.template(template):
            reader.read(template, view)
    found = (
        *reader.problems,
        *_missing_pages(theme),
        *_unused(theme, reader.reached),
        *_refused(theme, reader.environment),
    )
    if isinstance(palettes := palettes_of(theme), Problem):
        found = (*found, palettes)
    return in_reading_order(found)


def _missing_pages(theme: Theme) -> Iterator[Problem]:
    place = Location(f"{theme.layers[1][0]}theme.toml")
    for template in PAGES:
        if not theme.template(template):
            message = f"the theme has no template '{template}'"
            hint = 'Write it, or take it from another theme with extends = "default".'
            yield Problem("missing-template", place, message, hint)


def _unused(theme: Theme, reached: set[str]) -> Iterator[Problem]:
    """Templates of the blog and of the theme itself that no page uses."""
    own = tuple(f"{layer}templates/" for layer, _ in theme.layers[:2])
    for name, shown_as in theme.templates().items():
        if name not in reached and name != SOCIAL_IMAGE_COLOURS and shown_as.startswith(own):
            place, message = Location(shown_as), "no page uses this template"
            hint = did_you_mean(name, PAGES)
            yield Problem("unused-template", place, message, hint, Severity.WARNING)


def _refused(theme: Theme, jinja: Environment) -> Iterator[Problem]:
    """What the files of the theme contain that browsers refuse."""
    for name, shown_as in theme.templates().items():
        found = theme.template(name)
        if found and name.endswith(".html"):
            text = _without_jinja(disk.read_text(found[1], errors="replace"), jinja)
            yield from template_problems(shown_as, text, is_mail=name == MAIL_TEMPLATE)
    for layer, folder in theme.layers[1:]:
        found_below = map(Path, disk.files_below(folder / "static"))
        for path in (path for path in found_below if path.suffix == ".css"):
            shown_as = layer + path.relative_to(folder).as_posix()
            text = disk.read_text(path, errors="replace")
            yield from theme_stylesheet_problems(shown_as, text)


def _without_jinja(source: str, jinja: Environment) -> str:
    """A template's own text on its lines, with blanks in place of Jinja's tags."""
    try:
        tokens = list(jinja.lex(source))
    except TemplateSyntaxError:
        return ""  # reported already
    parts = (value if kind == "data" else re.sub(r"[^\n]", " ", value) for _, kind, value in tokens)
    return "".join(parts)
