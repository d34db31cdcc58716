"""Pages from Jinja2 templates, and a template's mistakes with their place and the known names."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from markupsafe import Markup

from generator import model
from generator.problems import Location, Problem, did_you_mean
from generator.render.prose import on_page
from generator.render.themes import Theme


class _ThemeLoader(BaseLoader):
    """Finds a template in the nearest layer of a theme that has it."""

    def __init__(self, theme: Theme) -> None:
        self._folders = theme.template_folders()

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, and the name that messages call it by."""
        for name, folder in self._folders:
            path = folder / template
            if ".." not in Path(template).parts and path.is_file():
                return path.read_text(encoding="utf-8"), f"{name}/{template}", lambda: True
        raise TemplateNotFound(template)


def references_in(source: bytes) -> list[str]:
    """The names of the templates that a template's text names, sorted; [] for one with mistakes."""
    try:
        parsed = Environment(autoescape=True).parse(source.decode())
    except (TemplateSyntaxError, UnicodeDecodeError):
        return []  # rendering says what is wrong
    return sorted({name for name in meta.find_referenced_templates(parsed) if name})


class _DynamicReferenceError(Exception):
    """A template that includes another whose name is computed."""


class Templates:
    """The templates of one theme."""

    def __init__(self, theme: Theme) -> None:
        self._checked: set[str] = set()
        self._loader = _ThemeLoader(theme)
        self._environment = Environment(
            loader=self._loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        # a template sees its view and nothing else, and `random` would differ at each build
        self._environment.globals.clear()
        self._environment.filters.pop("random")
        self._environment.filters["html"] = lambda prose: Markup(on_page(prose)) if prose else ""

    def render(self, name: str, view: Any) -> bytes | Problem:
        """A page, or what is wrong with its templates."""
        context = {field.name: getattr(view, field.name) for field in fields(view)}
        try:
            self._check_references(name)
            return self._environment.get_template(name).render(context).encode()
        except _DynamicReferenceError as error:
            return Problem(
                "template",
                Location(str(error)),
                "a template is named by an expression, so nobody could tell what it depends on",
                "Write the name itself, in quotes.",
            )
        except TemplateSyntaxError as error:
            place = Location(error.filename or error.name or name, error.lineno)
            return Problem("template", place, _lower_first(error.message or "a syntax error"))
        except TemplateNotFound as error:
            return Problem(
                "template", self._place(error, name), f"there is no template '{error.name}'"
            )
        except UnicodeDecodeError as error:
            return Problem("template", self._place(error, name), "a template is not UTF-8 text")
        except Exception as error:
            place = self._place(error, name)
            if not place.line and not isinstance(error, TemplateError):
                raise
            message, hint = _in_plain_words(str(error), context)
            return Problem("template", place, message, hint)

    def _check_references(self, name: str) -> None:
        """Follow extends, include and import; one whose name is computed is an error."""
        waiting = [name]
        while waiting:
            template = waiting.pop()
            if template in self._checked:
                continue
            self._checked.add(template)
            try:
                source, shown_as, _ = self._loader.get_source(self._environment, template)
            except TemplateNotFound:
                continue  # an optional include; one that is needed is reported when rendered
            for found in meta.find_referenced_templates(
                self._environment.parse(source, template, shown_as)
            ):
                if found is None:
                    raise _DynamicReferenceError(shown_as)
                waiting.append(found)

    def _place(self, error: BaseException, name: str) -> Location:
        """The innermost line of a template that an exception went through."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if re.match(r"(themes/[^/]+/)?templates/", frame.filename):
                return Location(frame.filename, frame.lineno or 0)
        return Location(f"templates/{name}")


_NO_ATTRIBUTE = re.compile(r"'(?:generator\.model\.)?(\w+) object' has no attribute '(\w+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")


def _in_plain_words(message: str, context: dict[str, Any]) -> tuple[str, str]:
    """A template's error without class names, with the name that was probably meant."""
    if found := _UNDEFINED.search(message):
        known = sorted(context)
        return f"'{found[1]}' is not known here", _known(found[1], known)
    if found := _NO_ATTRIBUTE.search(message):
        cls = getattr(model, found[1], None)
        names = [f.name for f in fields(cls)] if is_dataclass(cls) else []
        return f"'{found[2]}' is not known here", _known(found[2], names)
    return _lower_first(message), ""


def _known(name: str, names: list[str]) -> str:
    return did_you_mean(name, names, otherwise=f"Known are: {', '.join(names)}." if names else "")


def _lower_first(message: str) -> str:
    return (message[:1].lower() + message[1:]).rstrip(".")
