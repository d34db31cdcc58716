"""What a theme's files hold that the policy of every page refuses, before anything is built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.links import CSS_URL, urls_of
from generator.checks.markup import Element, read_page
from generator.problems import Location, Problem, Severity

_OUTSIDE = re.compile(r"(https?:)?//", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_A_FILE_OF_ITS_OWN = "Give it a file of its own: see docs/themes.md, What a page may load."


def template_problems(shown_as: str, text: str) -> Iterator[Problem]:
    """What is refused of a template, given as text with blanks where Jinja's tags stand."""
    page = read_page(shown_as, text)

    def refused(element: Element, what: str) -> Problem:
        place = Location(shown_as, page.line(element.at))
        message = f"{what} is refused by browsers"
        return Problem("refused-inline", place, message, _A_FILE_OF_ITS_OWN, Severity.WARNING)

    for element in page.all("style"):
        yield refused(element, "a <style>")
    for element in page.special:
        if "style" in element.attributes:
            yield refused(element, "a style attribute")
        for name in sorted(element.attributes):
            if name.startswith("on"):
                yield refused(element, f"the script in '{name}'")
    for element, url, is_link in urls_of(page):
        if not is_link and _OUTSIDE.match(url):
            yield _outside(Location(shown_as, page.line(element.at)), url.strip())


def stylesheet_problems(shown_as: str, text: str) -> Iterator[Problem]:
    """What a stylesheet would load from other hosts."""
    blanked = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for found in CSS_URL.finditer(blanked):
        url = found[1] or found[2]
        if _OUTSIDE.match(url):
            line = blanked.count("\n", 0, found.start()) + 1
            yield _outside(Location(shown_as, line), url)


def _outside(at: Location, url: str) -> Problem:
    message = f"'{url}' would be loaded from another host"
    return Problem("third-party", at, message, "Keep a copy in the theme's static/ folder.")
