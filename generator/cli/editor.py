"""The writer's own editor, $VISUAL or $EDITOR."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys


def open_in_editor(path: str) -> bool:
    """Open a file and wait until it is closed; returns whether there is an editor that could."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        return False
    try:
        subprocess.run([*shlex.split(editor), path], check=False)  # noqa: S603 it is their own
    except (OSError, ValueError):
        print(f"weekly: the editor '{editor}' can't be started.", file=sys.stderr)
        return False
    return True
