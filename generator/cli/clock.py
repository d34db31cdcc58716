"""The clock of a run."""

from __future__ import annotations

import os
import time


def clock_seconds() -> float | None:
    """Seconds since 1970 by SOURCE_DATE_EPOCH, None if that is not a number, else by the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return time.time()
    return float(epoch) if epoch.isascii() and epoch.isdigit() else None
