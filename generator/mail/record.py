"""What was sent, by the ids of posts, in `content/sent.txt`: no addresses, so it can be public."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from generator import disk
from generator.config.settings import SENT_FILE
from generator.problems import Location, Problem, unreadable

_HEADER = """\
# Posts that were sent as mail. weekly writes this file, and never sends a post that is in it again.
# Keep it with your content. "begun" says that a run was not finished: see `weekly mail status`.
"""
_LINE = re.compile(
    r"(?P<state>begun|sent) (?P<post>\S+) (?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    r" run=(?P<run>[0-9a-f]+) text=(?P<text>[0-9a-f]+)"
    r"(?: accepted=(?P<accepted>\d+) refused=(?P<refused>\d+) unknown=(?P<unknown>\d+))?"
)

Problems = tuple[Problem, ...]


class SentPost(NamedTuple):
    """What the record says of a post."""

    state: Literal["begun", "sent"]
    post: str  # its id
    moment: str  # of the last change, in UTC
    run: str  # the notes that belong to it have the same
    text: str  # the digest of what the post said
    accepted: int = 0
    refused: int = 0
    unknown: int = 0

    def __str__(self) -> str:
        """Its line in the record."""
        line = f"{self.state} {self.post} {self.moment} run={self.run} text={self.text}"
        if self.state == "begun":
            return line
        return f"{line} accepted={self.accepted} refused={self.refused} unknown={self.unknown}"


class Record(NamedTuple):
    """Every post that was sent, by its id, in the order of the file."""

    posts: Mapping[str, SentPost] = {}
    comments: tuple[str, ...] = ()

    def with_post(self, post: SentPost) -> Record:
        """The record with what is new of a post."""
        return self._replace(posts={**self.posts, post.post: post})

    def without(self, post: str) -> Record:
        """The record without a post that nobody has got."""
        return self._replace(posts={each: self.posts[each] for each in self.posts if each != post})


def read_record(blog: Path) -> Record | Problems:
    """The record of a blog, or every line of it that can't be understood."""
    path = blog / SENT_FILE
    if not os.path.lexists(path):
        return Record()
    try:
        text = disk.read_text(path)
    except UnicodeDecodeError:
        return (_damaged(0),)
    except OSError as error:
        return (unreadable(SENT_FILE, error),)
    posts: dict[str, SentPost] = {}
    comments: list[str] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("#"):
            comments += [] if line in _HEADER else [line]
        elif found := _LINE.fullmatch(line.strip()):
            post = _post(found)
            if post.post not in posts or post.state == "sent":
                posts[post.post] = post
        elif line.strip():
            problems.append(_damaged(number))
    return tuple(problems) or Record(posts, tuple(comments))


def _post(found: re.Match[str]) -> SentPost:
    state: Literal["begun", "sent"] = "sent" if found["state"] == "sent" else "begun"
    counts = [int(found[name] or 0) for name in ("accepted", "refused", "unknown")]
    return SentPost(state, found["post"], found["moment"], found["run"], found["text"], *counts)


def _damaged(line: int) -> Problem:
    message = "this can't be read, so weekly can't tell what was sent"
    hint = "Take the file from an earlier commit, or correct the line; until then nothing is sent."
    return Problem("mail-record", Location(SENT_FILE, line), message, hint)


def write_record(blog: Path, record: Record) -> None:
    """Write the record so that it survives even a loss of power; raises OSError.

    A record that says nothing needs no file.
    """
    if not record.posts and not record.comments:
        (blog / SENT_FILE).unlink(missing_ok=True)
        return
    lines = (*record.comments, *map(str, record.posts.values()))
    text = _HEADER + "".join(f"{line}\n" for line in lines)
    path = blog / SENT_FILE
    disk.write_bytes(path, text.encode())
    for place in (path, path.parent):
        flush(place)


def flush(path: Path) -> None:
    """Wait until what was written to a file or folder is on the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
