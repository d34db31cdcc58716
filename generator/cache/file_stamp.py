"""What tells a file from its next version, if the clock of its disk is fine enough."""

from __future__ import annotations

import os

FileStamp = tuple[int, int, int, int]  # size in bytes, times of change in ns, inode

SECOND_NS = 1_000_000_000
COARSE_NS = 2 * SECOND_NS  # FAT keeps even seconds, HFS+ whole ones
FINE_NS = SECOND_NS // 20  # Linux stamps files by a tick of at most 10 ms


def may_hide_a_change(changed_ns: int, taken_ns: int) -> bool:
    """Whether a file that changed then may change again without a trace in its times.

    `taken_ns` is when the file was looked at. A time with a fraction of a second shows that the
    disk's clock is fine; one without may be a coarse one. A time after `taken_ns`, from a clock
    that was set back, hides everything (compare git's racy index).
    """
    resolution = FINE_NS if changed_ns % SECOND_NS else COARSE_NS
    return changed_ns + resolution > taken_ns


def stamp_of(stat: os.stat_result) -> FileStamp:
    """What shows that a file has changed: its size, its times of change and its inode."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
