"""How far sending has come, for each recipient: written before and after each message.

A line is added before the last bytes of a message leave, and another when the server has answered.
So after a run that was killed, whoever has only the first may have got it: that is unknown, and
nobody is sent a message that they may have.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.mail.record import flush
from generator.problems import Location, Problem, unreadable

_FIRST = re.compile(r"weekly mail 1 (?P<key>[0-9a-f]+) (?P<run>[0-9a-f]+)")
_LINE = re.compile(r"(?P<digest>[0-9a-f]{32}) (?P<state>trying|accepted|refused|unknown|unsent)")


class Delivery(StrEnum):
    """What became of a message to a recipient."""

    TRYING = "trying"  # on its way: unknown, if the run ends here
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"  # the answer was lost
    UNSENT = "unsent"


DONE = frozenset({Delivery.ACCEPTED, Delivery.REFUSED, Delivery.UNKNOWN})


class Noted(NamedTuple):
    """What a file of notes says."""

    run: str  # by which the record knows that they belong to it
    states: Mapping[str, Delivery] = {}


class Deliveries:
    """The file of one post's deliveries, by the digest of each recipient."""

    def __init__(self, path: Path, noted: Noted) -> None:
        """As `open_deliveries` makes it."""
        self.run = noted.run
        self.states = dict(noted.states)
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND)

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)

    def note(self, digest: str, state: Delivery) -> None:
        """Write down the state of a recipient; it is on the disk when this returns."""
        os.write(self._handle, f"{digest} {state}\n".encode())
        os.fsync(self._handle)
        self.states[digest] = state

    def count(self, state: Delivery) -> int:
        """How many recipients are in a state."""
        return sum(each is state for each in self.states.values())


def read_deliveries(path: Path, key: str) -> Noted | Problem | None:
    """The deliveries in a file, None if there is no file; those of a killed run are unknown."""
    try:
        data = disk.read_bytes(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(str(path), error)
    lines = data.decode("ascii", "replace").split("\n")[:-1]  # a line cut short was never relied on
    if not lines:
        return None
    first = _FIRST.fullmatch(lines[0])
    if not first or first["key"] != key:
        message = "this can't be read with the key beside the recipients"
        hint = "Put the right key back; it tells who got a message already."
        return Problem("mail-record", Location(str(path), 1), message, hint)
    states: dict[str, Delivery] = {}
    for number, line in enumerate(lines[1:], start=2):
        found = _LINE.fullmatch(line)
        if not found:
            message = "this line is damaged, so weekly can't tell who got a message already"
            return Problem("mail-record", Location(str(path), number), message)
        states[found["digest"]] = Delivery(found["state"])
    ended = {
        digest: Delivery.UNKNOWN if state is Delivery.TRYING else state
        for digest, state in states.items()
    }
    return Noted(first["run"], ended)


def open_deliveries(path: Path, key: str, run: str) -> Deliveries | Problem:
    """The deliveries in a file, to add to; a new file is for `run`. Raises OSError."""
    found = read_deliveries(path, key)
    if isinstance(found, Problem):
        return found
    noted = found or Noted(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{digest} {state}" for digest, state in noted.states.items()]
    first = f"weekly mail 1 {key} {noted.run}"
    disk.write_bytes(path, "".join(f"{line}\n" for line in (first, *lines)).encode())
    for place in (path, path.parent):
        flush(place)
    return Deliveries(path, noted)
