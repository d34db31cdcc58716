"""FileDigests of files: read again only where a stat could hide a change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import disk, fingerprint
from generator.cache.file_digests import FileDigests

SECOND_NS = 1_000_000_000


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    found: list[str] = []
    read_bytes = disk.read_bytes

    def read(path: str) -> bytes:
        found.append(Path(path).name)
        return read_bytes(path)

    monkeypatch.setattr(disk, "read_bytes", read)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(b"one")
    return path


def digests(
    file: Path, known: FileDigests | None = None, *, after_ns: int = 10 * SECOND_NS
) -> FileDigests:
    """FileDigests by a clock that is so much later than the file's last change."""
    taken_ns = file.stat().st_ctime_ns + after_ns
    return FileDigests(file.parent, known.taken if known else {}, taken_ns=taken_ns)


def test_a_digest_is_that_of_the_bytes(file: Path) -> None:
    assert digests(file).of("a.md") == fingerprint.of_bytes(b"one")


def test_a_file_that_did_not_change_is_not_read_again(file: Path, reads: list[str]) -> None:
    first = digests(file)
    second = digests(file, first)

    assert first.of("a.md") == second.of("a.md")
    assert reads == ["a.md"]
    assert first.taken == second.taken


def test_a_file_that_changed_is_read_again(file: Path) -> None:
    first = digests(file)
    first.of("a.md")
    file.write_bytes(b"two and more")

    assert digests(file, first).of("a.md") == fingerprint.of_bytes(b"two and more")


def test_a_digest_that_was_taken_within_a_tick_of_the_change_is_not_trusted(
    file: Path, reads: list[str]
) -> None:
    first = digests(file, after_ns=0)
    first.of("a.md")
    second = digests(file, first, after_ns=SECOND_NS)
    second.of("a.md")
    digests(file, second).of("a.md")

    assert reads == ["a.md", "a.md"]


@pytest.mark.parametrize(
    ("after_ns", "is_trusted"), [(1 * SECOND_NS, False), (3 * SECOND_NS, True)]
)
def test_a_disk_with_a_coarse_clock_is_given_two_seconds(
    after_ns: int, is_trusted: bool, file: Path, reads: list[str]
) -> None:
    """A time without a fraction may stand for all of two seconds."""
    whole = (file.stat().st_ctime_ns // SECOND_NS + 5) * SECOND_NS
    os.utime(file, ns=(whole, whole))
    first = FileDigests(file.parent, {}, taken_ns=whole + after_ns)
    first.of("a.md")
    FileDigests(file.parent, first.taken, taken_ns=whole + after_ns).of("a.md")

    assert len(reads) == (1 if is_trusted else 2)


def test_a_time_that_was_put_back_is_seen_by_the_time_of_change(file: Path) -> None:
    first = digests(file)
    first.of("a.md")
    times = file.stat()
    while file.stat().st_ctime_ns == times.st_ctime_ns:
        file.write_bytes(b"two")
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert digests(file, first).of("a.md") == fingerprint.of_bytes(b"two")


def test_another_file_under_the_same_name_is_read(file: Path) -> None:
    first = digests(file)
    first.of("a.md")
    times = file.stat()
    other = file.with_name("b.md")
    other.write_bytes(b"two")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(file)

    assert digests(file, first).of("a.md") == fingerprint.of_bytes(b"two")


@pytest.mark.parametrize("taken_ns", [0, 1])
def test_a_clock_that_was_set_back_trusts_nothing(
    taken_ns: int, file: Path, reads: list[str]
) -> None:
    first = FileDigests(file.parent, {}, taken_ns=taken_ns)
    first.of("a.md")
    digests(file, first).of("a.md")

    assert reads == ["a.md", "a.md"]


def test_only_files_that_were_asked_for_are_remembered(file: Path) -> None:
    first = digests(file)
    first.of("a.md")

    assert digests(file, first).taken == {}


def test_a_file_by_its_whole_path_may_stand_outside_the_root(file: Path, tmp_path: Path) -> None:
    outside = FileDigests(tmp_path / "blog", {}, taken_ns=0)

    assert outside.of(str(file)) == fingerprint.of_bytes(b"one")


def test_a_file_that_is_not_there_raises_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileDigests(tmp_path, {}, taken_ns=0).of("gone.md")


def test_digests_are_current_until_a_file_changes_or_goes(file: Path) -> None:
    found = digests(file)
    found.of("a.md")
    assert found.are_current()

    file.write_bytes(b"two and more")
    assert not found.are_current()

    file.unlink()
    assert not found.are_current()
