"""What GitHub has to install to build a blog with the same weekly as this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from generator.deploy.git import Git

NAME = "cio-weekly"
EXAMPLE = f"{NAME} @ git+https://ADDRESS-OF-ITS-REPOSITORY"

# their repositories have the same address over https
_KNOWN_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_OVER_SSH = re.compile(r"(?:ssh://)?[^/@]+@(?P<host>[^/:]+)(?::\d+/|[:/])(?P<path>[^/].*)")
_PRIVATE = re.compile(r"[\d.]+|.*\.(?:local|localdomain|internal|intranet|lan|corp|home|arpa|test)")
_COMMIT = re.compile(r"(?P<source>.+)@(?P<commit>[0-9a-f]{40})(?:#.*)?")


class Installation(NamedTuple):
    """How this program came to this machine."""

    version: str
    checkout: Path | None = None  # the folder with its source, if it runs from there
    record: str | None = ""  # pip's direct_url.json (PEP 610), '' if an index had the package


class Requirement(NamedTuple):
    """A line of requirements.txt; '' if nothing is known that GitHub could install, with a why."""

    line: str
    why_not: str = ""

    @property
    def version(self) -> str:
        """The version, if the line takes weekly from the package index; else ''."""
        return self.line.partition("==")[2]

    def is_other_commit_of(self, url: str) -> bool:
        """Whether a URL names the same repository, but another commit."""
        ours, other = _COMMIT.fullmatch(self.line.partition(" @ ")[2]), _COMMIT.fullmatch(url)
        return bool(ours and other and ours["source"] == other["source"] and ours[0] != other[0])


def requirement_of(installation: Installation, git_in: Callable[[Path], Git]) -> Requirement:
    """What installs the same program elsewhere; `git_in` calls git in a folder."""
    if installation.checkout:
        return _of_folder(installation.checkout, git_in)
    if installation.record == "":
        return Requirement(f"{NAME}=={installation.version}")
    try:
        record = json.loads(installation.record or "")
        return _of_record(record, str(record["url"]), git_in)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Requirement("", "no record says where the weekly on this machine comes from")


def _of_record(record: Mapping[str, Any], url: str, git_in: Callable[[Path], Git]) -> Requirement:
    parts = urlsplit(url)
    if "vcs_info" in record and record["vcs_info"]["vcs"] == "git":
        commit, inside = record["vcs_info"]["commit_id"], record.get("subdirectory", "")
        return _of_repository(url, str(commit), str(inside))
    if parts.scheme == "file" and "dir_info" in record:
        path = re.sub(r"^/(?=[A-Za-z]:/)", "", unquote(parts.path))  # a drive of Windows
        return _of_folder(Path(path) / record.get("subdirectory", ""), git_in)
    address = "" if "vcs_info" in record else over_https(url)
    if not address:
        return Requirement("", f"weekly was installed here from {_shown(url)}")
    digest = record.get("archive_info", {}).get("hashes", {}).get("sha256")
    return Requirement(f"{NAME} @ {address}" + (f"#sha256={digest}" if digest else ""))


def _of_folder(folder: Path, git_in: Callable[[Path], Git]) -> Requirement:
    """The commit that a clone is at, from where it was cloned."""
    if not folder.is_dir():
        return Requirement("", f"weekly was installed here from {folder}, which is gone")
    git = git_in(folder)
    if not git.ask("ls-files", "pyproject.toml"):
        return Requirement("", f"weekly comes from {folder}, which is not a clone of a repository")
    commit = git.ask("rev-parse", "HEAD")
    pushed = git.ask("for-each-ref", "--contains", commit, "--format=%(refname)", "refs/remotes/")
    if not pushed:
        return Requirement("", f"the newest commit of {folder} is not pushed anywhere")
    inside = git.ask("rev-parse", "--show-prefix").rstrip("/")
    remotes = {ref.split("/")[2] for ref in pushed.splitlines()}
    found = [
        _of_repository(git.ask("remote", "get-url", name), commit, inside)
        for name in sorted(remotes, key=lambda name: (name != "origin", name))
    ]
    return next((each for each in found if each.line), found[0])


def _of_repository(url: str, commit: str, inside: str) -> Requirement:
    address = over_https(url)
    if not address:
        return Requirement(
            "", f"GitHub can't reach the repository that weekly is from, {_shown(url)}"
        )
    where = f"#subdirectory={inside}" if inside else ""
    return Requirement(f"{NAME} @ git+{address}@{commit}{where}")


def over_https(url: str) -> str:
    """An address that GitHub can read without a key or password; '' if there is none."""
    over_ssh = _OVER_SSH.fullmatch(url)
    if over_ssh and over_ssh["host"] in _KNOWN_HOSTS:
        return f"https://{over_ssh['host']}/{over_ssh['path']}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    is_public = "." in host and not _PRIVATE.fullmatch(host)
    return _shown(url) if parts.scheme == "https" and is_public else ""


def _shown(url: str) -> str:
    """An address without the name and password that may be in it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl() if parts.scheme else url
