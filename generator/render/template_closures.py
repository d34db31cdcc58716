"""Which template files a page depends on, all the way down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from generator import disk, fingerprint
from generator.render.themes import Theme

ABSENT = "absent"
UNREADABLE = "unreadable"  # rendering says why
COMPUTED = "{computed}"  # stands for a template whose name is an expression


class TemplateClosures:
    """The templates behind a template, as `extends`, `include` and `import` name them.

    What a template names is remembered by the digest of its text, so that Jinja is needed only
    for a text that is new. The place of a file is looked up each time, so that a new
    or removed override counts.
    """

    def __init__(
        self,
        theme: Theme,
        digest_of: Callable[[Path], str],
        known: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.references: dict[str, tuple[str, ...]] = {}  # by digest, of the templates in use
        self._theme = theme
        self._digest_of = digest_of
        self._known = known
        self._files: dict[str, Path | None] = {}  # where each template was
        self._digests: dict[str, str] = {}
        self._closures: dict[str, dict[str, str]] = {}
        self._whole: dict[str, str] = {}

    def of(self, template: str) -> dict[str, str]:
        """The digest of each template behind this one, by name; ABSENT for one not there."""
        if template not in self._closures:
            found: dict[str, str] = {}
            waiting = [template]
            while waiting:
                name = waiting.pop()
                if name not in found:
                    found[name] = self._digest(name)
                    waiting += self._names_in(name, found[name])
            self._closures[template] = dict(sorted(found.items()))
        return self._closures[template]

    def digest_of(self, template: str) -> str:
        """The digest of everything that `of` gives for a template."""
        if template not in self._whole:
            self._whole[template] = fingerprint.of_value(self.of(template))
        return self._whole[template]

    def computed_in(self, template: str) -> str:
        """The template among those behind this one that names another by an expression, or ''."""
        for name, digest in self.of(template).items():
            if COMPUTED in self.references.get(digest, ()):
                return name
        return ""

    def are_current(self) -> bool:
        """Whether no override was added or removed since the templates were looked up."""
        found = ((self._theme.template(name), file) for name, file in self._files.items())
        return all((now and now[1]) == file for now, file in found)

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            found = self._theme.template(name)
            self._files[name] = found and found[1]
            try:
                self._digests[name] = self._digest_of(found[1]) if found else ABSENT
            except OSError:
                self._digests[name] = UNREADABLE
        return self._digests[name]

    def _names_in(self, name: str, digest: str) -> tuple[str, ...]:
        if digest in (ABSENT, UNREADABLE):
            return ()
        if digest not in self.references:
            names = self._known.get(digest)
            self.references[digest] = self._parsed(name) if names is None else names
        return self.references[digest]

    def _parsed(self, name: str) -> tuple[str, ...]:
        found = self._theme.template(name)
        return references_in(disk.read_bytes(found[1], most=disk.MOST_TEXT)) if found else ()


def references_in(source: bytes) -> tuple[str, ...]:
    """What a template's text names, sorted; COMPUTED stands for an expression."""
    from jinja2 import Environment, TemplateSyntaxError, meta  # only for a text that is new

    try:
        parsed = Environment(autoescape=True).parse(source.decode())
    except (TemplateSyntaxError, UnicodeDecodeError):
        return ()  # rendering says what is wrong
    return tuple(sorted({name or COMPUTED for name in meta.find_referenced_templates(parsed)}))
