"""What built pages contain that their own Content-Security-Policy refuses."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from generator.checks.built import UnplacedProblem
from generator.checks.markup import BuiltPage, Element

OWN_FILE = "Move it to a file of its own: see docs/themes.md, What a page may load."

NO_STYLE = "Delete it: the theme decides how text looks, and Markdown has bold, lists and quotes."
NO_SCRIPT = "Delete it: a post can't run scripts. Link to the page that it came from."

_SCRIPT = re.compile(r"<[^>]*>(.*)</[^>]*>\Z", re.DOTALL)
_RUNS = re.compile(r"module|(text|application)/(java|ecma)script|", re.IGNORECASE)


def policy_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    """The styles and scripts written into a page that browsers will ignore."""
    policy = _policy_of(page)
    if _refuses_inline(policy, "style-src"):
        for element in page.all("style"):
            yield _refused(page, element, "a <style>", "<style")
        for element in page.special:
            if style := element.attributes.get("style"):
                yield _refused(page, element, f"the style '{style}'", style)
    if _refuses_inline(policy, "script-src"):
        for element in page.all("script"):
            if _runs(element) and not _is_allowed(page.parts[element.at], policy):
                yield _refused(page, element, "a script", "<script")
        for element in page.special:
            for name in element.attributes:
                if name.startswith("on"):
                    yield _refused(page, element, f"the script in '{name}'", name)


def _refused(page: BuiltPage, element: Element, what: str, clue: str) -> UnplacedProblem:
    at, message = page.location(element), f"{what} is refused by browsers"
    in_text = NO_STYLE if "style" in what.partition("'")[0] else NO_SCRIPT
    token = page.token(element)
    return UnplacedProblem("refused-inline", at, message, OWN_FILE, (clue,), token, in_text)


def _policy_of(page: BuiltPage) -> dict[str, str]:
    """The directives of a page's policy."""
    texts = (
        element.attributes.get("content", "")
        for element in page.all("meta")
        if element.attributes.get("http-equiv", "").lower() == "content-security-policy"
    )
    directives = (directive.strip().partition(" ") for directive in next(texts, "").split(";"))
    return {name.lower(): sources for name, _, sources in directives if name}


def _refuses_inline(policy: dict[str, str], directive: str) -> bool:
    sources = policy.get(directive, policy.get("default-src"))
    return sources is not None and "'unsafe-inline'" not in sources


def _runs(element: Element) -> bool:
    """Whether an element is a script written into the page, not a file and not data."""
    is_code = _RUNS.fullmatch(element.attributes.get("type", "").strip())
    return "src" not in element.attributes and is_code is not None


def _is_allowed(element: str, policy: dict[str, str]) -> bool:
    found = _SCRIPT.match(element)
    digest = b64encode(sha256((found[1] if found else "").encode()).digest()).decode()
    return f"'sha256-{digest}'" in policy.get("script-src", "")
