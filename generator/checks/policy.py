"""What built pages hold that their own Content-Security-Policy refuses."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from generator.checks.built import Finding
from generator.checks.markup import Element, Page

_SCRIPT = re.compile(r"<[^>]*>(.*)</[^>]*>\Z", re.DOTALL)
_RUNS = re.compile(r"module|(text|application)/(java|ecma)script|", re.IGNORECASE)


def policy_findings(page: Page) -> Iterator[Finding]:
    """The styles and scripts in the text of a page that browsers will pass over."""
    policy = _policy_of(page)
    if _refuses_inline(policy, "style-src"):
        for element in page.all("style"):
            yield _finding(page, element, "a <style> is refused", "<style")
        for element in page.special:
            if style := element.attributes.get("style"):
                yield _finding(page, element, f"the style '{style}' is refused", style)
    if _refuses_inline(policy, "script-src"):
        for element in page.all("script"):
            if _runs(element) and not _is_allowed(page.parts[element.at], policy):
                yield _finding(page, element, "a script is refused", "<script")
        for element in page.special:
            for name in element.attributes:
                if name.startswith("on"):
                    yield _finding(page, element, f"the script in '{name}' is refused", name)


def _finding(page: Page, element: Element, message: str, clue: str) -> Finding:
    hint = "Give it a file of its own: see docs/themes.md, What a page may load."
    line = page.line(element.at)
    return Finding("refused-inline", page.path, line, f"{message} by browsers", hint, (clue,))


def _policy_of(page: Page) -> dict[str, str]:
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
    """Whether an element is a script in the page, and not a file or data."""
    is_code = _RUNS.fullmatch(element.attributes.get("type", "").strip())
    return "src" not in element.attributes and is_code is not None


def _is_allowed(element: str, policy: dict[str, str]) -> bool:
    found = _SCRIPT.match(element)
    digest = b64encode(sha256((found[1] if found else "").encode()).digest()).decode()
    return f"'sha256-{digest}'" in policy.get("script-src", "")
