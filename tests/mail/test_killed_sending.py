"""A run of `weekly mail send` that is killed: nobody gets it twice, and nobody is forgotten."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from generator import disk
from generator.cli import mail_send
from generator.mail.recipients import Digests, Recipient
from generator.problems import Location
from tests.commands import SUNDAY
from tests.conftest import Blog
from tests.mail.houses import House
from tests.mail.post_office import free_port, wait_until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ROOT = Path(__file__).parents[2]
MANY = [f"staff{number:03}@example.org" for number in range(200)]


class Counter200:
    """A server in a process of its own, and the addresses that it accepted messages for."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._file = folder / "accepted.txt"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.post_office", str(self.port), str(self._file)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
        )
        wait_until(self._file.exists)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def accepted(self) -> Counter[str]:
        return Counter(self._file.read_text().split())

    def forget(self) -> None:
        self._file.write_text("")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Counter200]:
    server = Counter200(tmp_path)
    yield server
    server.stop()


def counted_steps(kill_at: int) -> None:
    """In this process, from now on: die before or after the step of that number."""
    left = iter(range(kill_at))

    def stepping(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def step(*given: Any, **named: Any) -> Any:
            for moment in ("before", "after"):
                if next(left, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                if moment == "before":
                    found = function(*given, **named)
            return found

        return step

    smtplib.SMTP.send = stepping(smtplib.SMTP.send)  # type: ignore[method-assign]
    smtplib.SMTP.getreply = stepping(smtplib.SMTP.getreply)  # type: ignore[method-assign]
    os.write = stepping(os.write)
    os.fsync = stepping(os.fsync)
    os.replace = stepping(os.replace)
    disk.create = stepping(disk.create)


def send_until_killed(house: House, kill_at: int) -> bool:
    """Send in a process of its own that is killed at that step; whether it came to its end."""
    child = os.fork()
    if not child:
        mail_send.sleep = lambda seconds: None  # type: ignore[assignment]
        counted_steps(kill_at)
        os._exit(house.send().exit_code)
    _, status = os.waitpid(child, 0)
    return not os.WIFSIGNALED(status)


def unknown_lines(house: House) -> set[str]:
    """The addresses on the lines that `weekly mail status` calls unknown."""
    found = json.loads(house.mail("status", "--format", "json").stdout)
    lines = house.file.read_text().splitlines()
    return {
        lines[int(at.rpartition(":")[2]) - 1]
        for post in found["posts"]
        for at in post["unknown_at"]
    }


def assert_once_or_unknown(house: House, server: Counter200, staff: list[str]) -> None:
    accepted, unknown = server.accepted(), unknown_lines(house)
    assert set(accepted.values()) <= {1}
    assert set(accepted) | unknown == set(staff)
    assert house.record[0].startswith("sent ")
    assert (
        f"accepted={len(staff) - len(unknown)} refused=0 unknown={len(unknown)}"
        in (house.record[0])
    )


def start_again(house: House, server: Counter200) -> None:
    server.forget()
    (house.blog.folder / "content" / "sent.txt").unlink(missing_ok=True)
    for path in house.blog.folder.glob(".weekly/mail/sent/*"):
        path.unlink()


@pytest.mark.slow
def test_a_run_can_be_killed_at_every_step(blog: Blog, server: Counter200) -> None:
    """Three recipients, so that each step comes first, in the middle and last."""
    house = House(blog, server.port, MANY[:3])
    house.send()  # so that the cache is warm
    step = 0
    while True:
        start_again(house, server)
        has_ended = send_until_killed(house, step)
        assert house.send().exit_code == 0 or unknown_lines(house)
        assert_once_or_unknown(house, server, MANY[:3])
        assert len(unknown_lines(house)) <= 1
        if has_ended:
            break
        step += 1
    assert step > 60


@pytest.mark.slow
def test_a_run_to_200_that_is_killed_again_and_again(blog: Blog, server: Counter200) -> None:
    """Killed after every 37 steps, which is another step of a message each time."""
    house = House(blog, server.port, MANY)
    kills = 0
    while not send_until_killed(house, 37 + 60 * (kills % 5)):
        kills += 1
        assert kills < 400
    assert kills > 20
    house.send()
    assert_once_or_unknown(house, server, MANY)
    assert len(unknown_lines(house)) < kills / 2


def test_a_run_that_is_killed_once_goes_on(blog: Blog, server: Counter200) -> None:
    house = House(blog, server.port, MANY[:3])
    assert not send_until_killed(house, 40)
    house.send()
    assert_once_or_unknown(house, server, MANY[:3])


def test_whoever_was_being_sent_a_message_is_named(blog: Blog, server: Counter200) -> None:
    house = House(blog, server.port, MANY[:3])
    house.send("--claim")
    (notes,) = (house.blog.folder / ".weekly" / "mail" / "sent").iterdir()
    key = bytes.fromhex(house.file.with_name("recipients.txt.key").read_text())
    digest = Digests(key).of(Recipient(MANY[1], "", Location("x")))
    with notes.open("a") as file:
        file.write(f"{digest} trying\n")
    result = house.send()

    assert result.exit_code == 1
    assert f"{house.file}:2: an earlier run ended before the server had answered." in result.stderr
    assert set(server.accepted()) == {MANY[0], MANY[2]}
    assert "accepted=2 refused=0 unknown=1" in house.record[0]


def test_two_runs_at_once_send_one_message_each(blog: Blog, server: Counter200) -> None:
    house = House(blog, server.port, MANY[:20])
    house.mail("status")  # so that no run has to read the blog first
    command = [sys.executable, "-m", "generator", "mail", "send", "--yes", "--blog"]
    environment = {**os.environ, **SUNDAY, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(
            [*command, str(blog.folder)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    printed = [run.communicate(timeout=60)[0] for run in both]

    assert [run.returncode for run in both] == [0, 0]
    assert server.accepted() == Counter(MANY[:20])
    assert sum("Sent to 20 recipients" in text for text in printed) == 1
    assert sum("nothing was sent now" in text for text in printed) == 1
