"""Whether GitHub can install the program by requirements.txt, and the same as on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator import disk
from generator.deploy.requirement import EXAMPLE, NAME, Requirement
from generator.deploy.requirement_lines import ListedPackage, has_more_elsewhere, packages_in
from generator.deploy.workflow import REQUIREMENTS
from generator.doctor.problems import doctor_problem
from generator.problems import Location, Problem, did_you_mean, shortened

_SAY_WHERE = "Write in it where GitHub can get weekly:"
_LIKE_OURS = 0.7


def requirement_problems(path: Path, ours: Requirement) -> Iterator[Problem]:
    """What is wrong with a requirements.txt; `ours` installs the program of this machine."""
    unknown = "" if ours.line else f", and {ours.why_not}"
    add = f"Add a line: {ours.line}." if ours.line else f"{_SAY_WHERE} {EXAMPLE}."
    if not path.is_file():
        message = f"the workflow installs what this file lists, but there is no such file{unknown}"
        hint = "Run: weekly deploy --init." if ours.line else add
        yield doctor_problem("no-requirements", REQUIREMENTS, message, hint)
        return
    try:
        text = disk.read_text(path, encoding="utf-8-sig", errors="replace")
    except OSError:
        text = ""
    packages = packages_in(text)
    own = [package for package in packages if package.is_ours]
    others = [package for package in packages if _is_like_ours(package)]
    for package in own:
        yield from _own_problem(package, ours)
    if own or has_more_elsewhere(text):
        return
    for package in others:
        message = f"'{package.name}' is another package: this program is {NAME}"
        hint = f"Write {ours.line or EXAMPLE} in its place."
        yield doctor_problem("other-package", _place(package), message, hint)
    if not others:
        message = f"the workflow installs what this file lists, but weekly is not in it{unknown}"
        yield doctor_problem("no-requirements", REQUIREMENTS, message, add)


def _is_like_ours(package: ListedPackage) -> bool:
    return bool(did_you_mean(package.name, [NAME], likeness=_LIKE_OURS))


def _place(package: ListedPackage) -> Location:
    return Location(REQUIREMENTS, package.line)


def _own_problem(package: ListedPackage, ours: Requirement) -> Iterator[Problem]:
    """What is wrong with a line that installs the program."""
    at, shown = _place(package), shortened(package.text)
    if package.url:
        if not package.is_reachable:
            message = f"GitHub can't install weekly from {shortened(package.url)}"
            over_https = f"{NAME} @ {package.reachable_url}" if package.reachable_url else ""
            hint = _in_its_place(over_https or ours.line)
            yield doctor_problem("unreachable-source", at, message, hint)
        elif ours.is_other_commit_of(package.url):
            message = f"GitHub builds with {package.text}, this machine with {ours.line}"
            yield doctor_problem("other-version", at, message, _same_version(ours))
    elif not ours.version:
        source = ours.line.partition(" @ ")[2]
        reason = f"this machine's weekly comes from {source}" if source else ours.why_not
        message = f"GitHub may not find {shown}: {reason}"
        yield doctor_problem("unknown-source", at, message, _in_its_place(ours.line))
    elif package.version != ours.version:
        version = shown if package.version else f"the newest version that '{shown}' allows"
        message = f"GitHub builds with {version}, this machine with {ours.line}"
        yield doctor_problem("other-version", at, message, _same_version(ours))


def _in_its_place(line: str) -> str:
    return f"Write {line} in this file." if line else f"{_SAY_WHERE} {EXAMPLE}."


def _same_version(ours: Requirement) -> str:
    return f"Write {ours.line} in this file, or install GitHub's version on this machine."
