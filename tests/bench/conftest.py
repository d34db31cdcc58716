"""Collects these tests only where bench/ is: the source distribution does not contain it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]

collect_ignore_glob = [] if (ROOT / "bench").is_dir() else ["test_*.py"]
