"""Pages from Jinja2 templates, and a template's errors with their place and the known names."""

from __future__ import annotations

import re
import traceback
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from itertools import takewhile
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from markupsafe import Markup, escape

from generator import disk, views
from generator.i18n.translate import UntranslatedError, translate_as
from generator.problems import Location, Problem, did_you_mean, unreadable
from generator.render.compiled_templates import Compiled
from generator.render.prose import in_mail, on_page
from generator.render.template_closures import TemplateClosures
from generator.render.themes import Theme
from generator.views import Messages, Prose, TemplateView


class _ThemeLoader(BaseLoader):
    """Finds a template in the nearest layer of a theme that has it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, and the name that messages call it by."""
        found = self._theme.template(template)
        if found is None:
            raise TemplateNotFound(template)
        shown_as, path = found
        try:
            return disk.read_text(path), shown_as, lambda: True
        except OSError as error:
            raise _UnreadableError(shown_as, error) from error

    def shown_as(self, template: str) -> str:
        """The name that messages call a template by."""
        found = self._theme.template(template)
        return found[0] if found else template


class _UnreadableError(Exception):
    """A template that exists but can't be read."""

    def __init__(self, shown_as: str, error: OSError) -> None:
        super().__init__(shown_as)
        self.problem = unreadable(shown_as, error)


class _FilterError(Exception):
    """A filter got something other than what it takes."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def _translated(messages: object, name: str, /, **values: Any) -> str:
    """A message with its values; it is markup if one of them is, and then the rest is escaped."""
    if not isinstance(messages, Messages):
        hint = 'Write: site.messages | translate("archive").'
        raise _FilterError("'translate' takes messages", hint)
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(translate_as(escape, messages, name, values))
    return translate_as(str, messages, name, values)


def _shown(prose: object, sizes: str = "100vw") -> Markup:
    """The filter `html`: a body on a page whose images are shown as wide as `sizes` says."""
    if prose is not None and not isinstance(prose, Prose):
        raise _FilterError("'html' takes a body", "Write: html | html, or post.html | html.")
    return Markup(on_page(prose, sizes) if prose else "")


def _mailed(prose: object, page: str = "", shown: int | None = None) -> Markup:
    """The filter `mail`: a body as mail programs can show it, of the post at the URL `page`."""
    if not isinstance(prose, Prose):
        raise _FilterError("'mail' takes a body", "Write: post.html | mail(post.url, post.shown).")
    return Markup(in_mail(prose, page, shown))


class Unindented(Extension):
    """Removes the indentation of templates, which pages do without, unless that would show."""

    _INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
    _SHOWN = re.compile(r"<(pre|textarea)[\s>]")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """A template's text as it is compiled, line for line."""
        return source if self._SHOWN.search(source) else self._INDENTED.sub("", source)


def environment(loader: BaseLoader | None = None, compiled: Compiled | None = None) -> Environment:
    """Jinja with the names of API 1 and no others."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled,
        extensions=[Unindented],
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    # a template sees its view and nothing else, and `random` would differ at each build
    made.globals.clear()
    made.filters.pop("random")
    made.filters |= {"translate": _translated, "html": _shown, "mail": _mailed, "allowed": _allowed}
    return made


class Templates:
    """The templates of one theme."""

    def __init__(self, theme: Theme, closures: TemplateClosures, compiled: Compiled) -> None:
        self._closures = closures
        self._loader = _ThemeLoader(theme)
        self._environment = environment(self._loader, compiled)

    def render(self, name: str, view: TemplateView) -> bytes | Problem:
        """A page, or what is wrong with its templates."""
        if computed := self._closures.computed_in(name):
            return Problem(
                "template",
                Location(self._loader.shown_as(computed)),
                "a template is named by an expression, so weekly can't know what the page needs",
                "Write the name itself, in quotes.",
            )
        context = view._asdict()
        try:
            return self._environment.get_template(name).render(context).encode()
        except TemplateSyntaxError as error:
            place = Location(error.filename or error.name or name, error.lineno)
            return Problem("template", place, _lower_first(error.message or "a syntax error"))
        except TemplateNotFound as error:
            return Problem(
                "template", self._place(error, name), f"there is no template '{error.name}'"
            )
        except _UnreadableError as error:
            return error.problem
        except (UntranslatedError, _FilterError) as error:
            return Problem("template", self._place(error, name), error.message, error.hint)
        except UnicodeDecodeError as error:
            return Problem("template", self._place(error, name), "a template is not UTF-8 text")
        except Exception as error:
            place = self._place(error, name)
            if _is_ours(error) or (not place.line and not isinstance(error, TemplateError)):
                raise
            message, hint = _in_plain_words(str(error), context)
            return Problem("template", place, message, hint)

    def shown_as(self, name: str) -> str:
        """The name that messages call a template by."""
        return self._loader.shown_as(name)

    def _place(self, error: BaseException, name: str) -> Location:
        """The innermost line of a template that an exception passed through."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if _is_template(frame.filename):
                return Location(frame.filename, frame.lineno or 0)
        return Location(f"templates/{name}")


def _is_ours(error: BaseException) -> bool:
    """Whether this program failed, and not the template that called it."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    called = takewhile(lambda frame: not _is_template(frame.f_code.co_filename), reversed(frames))
    return any(str(f.f_globals.get("__name__", "")).startswith("generator.") for f in called)


def _is_template(file: str) -> bool:
    return re.match(r"(themes/[^/]+/)?templates/", file) is not None


def _allowed(script: object) -> Markup:
    """How a Content-Security-Policy names an inline script: by the digest of its text."""
    return Markup(f"'sha256-{b64encode(sha256(str(script).encode()).digest()).decode()}'")


_NO_ATTRIBUTE = re.compile(
    r"'(?:generator\.(?:model|views)\.)?(\w+) object' has no attribute '(\w+)'"
)
_UNDEFINED = re.compile(r"'(\w+)' is undefined")


def _in_plain_words(message: str, context: dict[str, Any]) -> tuple[str, str]:
    """A template's error without class names, with the name that was probably meant."""
    if found := _UNDEFINED.search(message):
        known = sorted(context)
        return f"'{found[1]}' is not known here", _known(found[1], known)
    if found := _NO_ATTRIBUTE.search(message):
        cls = getattr(views, found[1], None)
        names = sorted(getattr(cls, "_fields", getattr(cls, "__slots__", ())))
        return f"'{found[2]}' is not known here", _known(found[2], names)
    return _lower_first(message), ""


def _known(name: str, names: list[str]) -> str:
    return did_you_mean(name, names, otherwise=f"Known here: {', '.join(names)}." if names else "")


def _lower_first(message: str) -> str:
    return (message[:1].lower() + message[1:]).rstrip(".")
