"""The stamp that a build without problems leaves."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePosixPath

from generator import disk, fingerprint
from generator.build.report import BuildOptions, BuildReport
from generator.cache.file_stamp import may_hide_a_change
from generator.cache.stamp import Inputs, UpToDateStamp, outputs_digest, write_stamp
from generator.cache.store import FOLDER


def stamp_as_up_to_date(
    options: BuildOptions,
    report: BuildReport,
    inputs: Inputs | None,
    lines: Iterable[str],
    key: str,
    *,
    now_ns: int,
) -> None:
    """Leave a stamp of a build without problems, so that the next one need not look closer.

    An input that changed so shortly before the build that it could have changed again unseen is
    read again: if it is not what was built, there is no stamp.
    """
    if report.problems or not report.steady or not inputs or _has_strange_folders(report):
        return

    def is_as_built(path: str, changed_ns: int) -> bool:
        built = report.read.get(os.path.relpath(path, options.blog))
        return (
            built is not None
            and not may_hide_a_change(changed_ns, now_ns)
            and fingerprint.of_bytes(disk.read_bytes(path)) == built
        )

    with suppress(OSError):  # without a stamp the next build looks closer, and that is all
        if not all(is_as_built(*file) for file in inputs.restless):
            return
        left = {path: made.stamp for path, made in report.made.items()}
        outputs = outputs_digest(str(options.output), left)
        if not outputs:
            return
        since, until = report.steady
        stamp = UpToDateStamp(
            inputs=inputs.digest,
            outputs=outputs,
            options=key,
            since=since,
            until=until,
            lines=lines,
        )
        write_stamp(str(options.blog / FOLDER), stamp)


def _has_strange_folders(report: BuildReport) -> bool:
    """Whether there are foreign files in folders of the output that a stamp does not cover."""
    if not report.written or not report.written.foreign:
        return False
    looked_at = {folder for path in report.made for folder in PurePosixPath(path).parents}
    return any(PurePosixPath(path).parent not in looked_at for path in report.written.foreign)
