"""What the files of a theme contain that the policy of every page refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.links import css_urls, urls_of
from generator.checks.markup import BuiltPage, Element, read_page
from generator.checks.policy import OWN_FILE
from generator.problems import Location, Problem, Severity

_OUTSIDE = re.compile(r"(https?:)?//", re.IGNORECASE)


def template_problems(shown_as: str, text: str, *, is_mail: bool = False) -> Iterator[Problem]:
    """What browsers refuse of a template, given as text with blanks in place of Jinja's tags.

    A mail has its styles inside, and no policy.
    """
    page = read_page(shown_as, text)
    yield from () if is_mail else _refused_inline(page)
    for element, url, is_link in urls_of(page):
        if not is_link and _OUTSIDE.match(url):
            yield _third_party(page.location(element), url.strip())


def _refused_inline(page: BuiltPage) -> Iterator[Problem]:

    def refused(element: Element, what: str) -> Problem:
        message = f"{what} is refused by browsers"
        return Problem(
            "refused-inline", page.location(element), message, OWN_FILE, Severity.WARNING
        )

    for element in page.all("style"):
        yield refused(element, "a <style>")
    for element in page.special:
        if "style" in element.attributes:
            yield refused(element, "a style attribute")
        for name in sorted(element.attributes):
            if name.startswith("on"):
                yield refused(element, f"the script in '{name}'")


def theme_stylesheet_problems(shown_as: str, text: str) -> Iterator[Problem]:
    """What a stylesheet of a theme would load from other hosts."""
    for url, line in css_urls(text):
        if _OUTSIDE.match(url):
            yield _third_party(Location(shown_as, line), url)


def _third_party(at: Location, url: str) -> Problem:
    message = f"'{url}' would be loaded from another host"
    return Problem("third-party", at, message, "Keep a copy in the theme's static/ folder.")
