"""Files that may be meant as posts and are not read, since they are not Markdown."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath

from generator.problems import Location, Problem, shortened

_TEXTS = frozenset(
    {
        "",
        ".markdn",
        ".mdown",
        ".mdtext",
        ".mdtxt",
        ".mdwn",
        ".mdx",
        ".mkd",
        ".mkdn",
        ".text",
        ".txt",
    }
)
_DOCUMENTS = frozenset(
    {".abw", ".adoc", ".asciidoc", ".doc", ".docm", ".docx", ".dot", ".dotx", ".eml", ".fodt"}
    | {".gdoc", ".htm", ".html", ".msg", ".odt", ".org", ".ott", ".pages", ".rst", ".rtf", ".rtfd"}
    | {".tex", ".textile", ".wpd", ".wps", ".xhtml"}
)


def may_be_a_post(path: str) -> bool:
    """Whether somebody may have written a post into a file that is not Markdown."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 there may be thousands
    return suffix in _TEXTS or suffix in _DOCUMENTS or _is_renamed(path)


def _is_renamed(path: str) -> bool:
    """Whether a program or somebody has put an ending behind that of a post: `hello.md.save`."""
    return bool(re.search(r"\.(?:md|markdown)\.[^./]+\Z", path, re.IGNORECASE))


def not_markdown(path: str) -> Problem:
    """A file that may be meant as a post, and is not read."""
    name, suffix = PurePosixPath(path).name, PurePosixPath(path).suffix.lower()
    if suffix in _TEXTS or _is_renamed(path):
        stem = name[: len(name) - len(suffix)].removesuffix(".md")
        message = f"'{shortened(name)}' is not read, since its name does not end with .md"
        hint = (
            f"If it is a post, rename it to {shortened(stem)}.md; if not, move it out of content/."
        )
    else:
        message = f"'{shortened(name)}' is not read: posts are Markdown, in files that end with .md"
        hint = (
            "Copy its text into a post (weekly new), and move this file out of content/;"
            " if readers are to download it, link to it from a post."
        )
    return Problem("not-markdown", Location(path), message, hint)
