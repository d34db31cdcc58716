"""A new blog, made from the starter that ships with `weekly`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator import disk, resources
from generator.config.reading import read_config
from generator.config.settings import SITE_FILE
from generator.problems import Location, Problem, reason_of
from generator.writing.changes import create

_IGNORED = ".gitignore"
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_NEVER_COPIED = frozenset({"__pycache__", ".DS_Store"})

# what a repository may hold before anybody has written anything
_HARMLESS = (
    ".*",
    "code_of_conduct*",
    "contributing*",
    "copying*",
    "licen[cs]e*",
    "notice*",
    "readme*",
    "security*",
    "venv",
)


# said only where there is an address, and so a link under each post
_BY_MAIL = "- **By mail.** Use the link under each letter. I read everything myself.\n"


class Answers(NamedTuple):
    """What somebody says about a new blog; what is left out can be filled in later."""

    title: str = "Letters from the CIO"
    name: str = "[REPLACE: your name]"
    organisation: str = ""
    email: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    base_url: str = "https://example.org/letters/"


def answer_problem(field: str, answer: str) -> Problem | None:
    """What is wrong with one answer, by the rules of the settings."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in answer):
        message = "there is a line break or an invisible character in it"
        return Problem("wrong-setting", Location(SITE_FILE), message, "Type it on one line.")
    _, problems = read_config(_settings(Answers()._replace(**{field: answer}), date.min))
    return problems[0] if problems else None


def folder_problem(folder: Path) -> Problem | None:
    """Why a new blog can't be made in a folder: it has files that may be somebody's work."""
    if not folder.exists():
        return None
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        message = f"a new blog can't be made here: {reason_of(error)}"
        return Problem("not-empty", Location(str(folder)), message, "Choose another folder.")
    others = [name for name in names if not _is_harmless(name)]
    if not others:
        return None
    return Problem(
        "not-empty",
        Location(str(folder)),
        f"a new blog needs an empty folder, and this one has '{others[0]}'",
        "Choose a folder that does not exist yet. Only files such as README and LICENSE, and hidden"
        " ones such as .git, may be there before.",
    )


def new_blog(folder: Path, answers: Answers, *, today: date) -> Problem | None:
    """Write the files of a new blog into a folder; None if all went well."""
    if problem := folder_problem(folder):
        return problem
    values = {"today": today.isoformat(), "by_mail": _BY_MAIL if answers.email else ""}
    for name, path in _starter_files():
        target, text = folder / _filled(name, values), disk.read_text(path)
        if name == SITE_FILE:
            text = _settings(answers, today)
        elif name == _IGNORED and target.is_file():
            if problem := _add_lines(target, text):
                return problem
            continue
        if problem := create(target, _filled(text, values).encode(), shown=str(target)):
            return problem
    return None


def _is_harmless(name: str) -> bool:
    return any(fnmatch(name.lower(), pattern) for pattern in _HARMLESS)


def _starter_files() -> Iterator[tuple[str, Path]]:
    root = resources.starter_folder()
    for path in sorted(root.rglob("*")):
        if path.is_file() and not _NEVER_COPIED & set(path.parts):
            name = path.relative_to(root).as_posix()
            yield _IGNORED if name == "gitignore" else name, path


def _settings(answers: Answers, today: date) -> str:
    """The text of site.toml."""
    authority = f"{_domain_of(answers.base_url)},{today.year:04}"
    values = {name: _quoted(answer) for name, answer in answers._asdict().items()}
    text = disk.read_text(resources.starter_folder() / SITE_FILE)
    return _filled(text, values | {"authority": _quoted(authority)})


def _domain_of(base_url: str) -> str:
    """The domain of an address as feed ids have it."""
    try:
        host = (urlsplit(base_url).hostname or "").encode("idna").decode()
    except ValueError:
        host = ""
    return host if re.fullmatch(r"[a-z0-9.-]+", host) else "example.org"


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: values[found[1]], text)


def _add_lines(path: Path, text: str) -> Problem | None:
    """Add the lines to a file that it does not have yet."""
    try:
        there = disk.read_bytes(path)
        known = {line.strip() for line in there.splitlines()}
        new = [line for line in text.encode().splitlines() if line not in known]
        gap = b"" if not there or there.endswith(b"\n") else b"\n"
        disk.write_bytes(path.resolve(), there + gap + b"".join(line + b"\n" for line in new))
    except OSError as error:
        message = f"this can't be written: {reason_of(error)}"
        return Problem("unwritable", Location(str(path)), message)
    return None
