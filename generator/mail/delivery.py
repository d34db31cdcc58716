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

from generator import disk
from generator.mail.record import flush
from generator.problems import Location, Problem, unreadable

_FIRST = "weekly mail 1"
_LINE = re.compile(r"(?P<digest>[0-9a-f]{32}) (?P<state>trying|accepted|refused|unknown|unsent)")


class Delivery(StrEnum):
    """What became of a message to a recipient."""

    TRYING = "trying"  # on its way: unknown, if the run ends here
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"  # the answer was lost
    UNSENT = "unsent"


DONE = frozenset({Delivery.ACCEPTED, Delivery.REFUSED, Delivery.UNKNOWN})


class Deliveries:
    """The file of one post's deliveries, by the digest of each recipient."""

    def __init__(self, path: Path, states: Mapping[str, Delivery]) -> None:
        """As `open_deliveries` makes it."""
        self.states = dict(states)
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


def read_deliveries(path: Path, key: str) -> Mapping[str, Delivery] | Problem | None:
    """The deliveries in a file, None if there is no file; those of a killed run are unknown."""
    try:
        data = disk.read_bytes(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(str(path), error)
    lines = data.decode("ascii", "replace").split("\n")[:-1]  # a line cut short was never relied on
    if not lines:
        return {}
    if lines[0] != f"{_FIRST} {key}":
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
    return {
        digest: Delivery.UNKNOWN if state is Delivery.TRYING else state
        for digest, state in states.items()
    }


def open_deliveries(path: Path, key: str) -> Deliveries | Problem:
    """The deliveries in a file, to add to; the file is made if there is none. Raises OSError."""
    states = read_deliveries(path, key)
    if isinstance(states, Problem):
        return states
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{digest} {state}" for digest, state in (states or {}).items()]
    disk.write_bytes(path, "".join(f"{line}\n" for line in (f"{_FIRST} {key}", *lines)).encode())
    for place in (path, path.parent):
        flush(place)
    return Deliveries(path, states or {})
