"""docs/first-letter.md, followed step by step."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands import SUNDAY, run

GUIDE = Path(__file__).parents[1] / "docs/first-letter.md"
LETTER = "content/posts/2026-11-24-the-first-thing-i-got-wrong.md"
EDITS = {  # what a heading asks the reader to do by hand, before its commands
    "5. Write it (four minutes)": [(LETTER, "tags: [risk]", "tags: [mistaks]")],
    "6. Schedule it (one minute)": [(LETTER, "mistaks", "mistakes"), (LETTER, "draft: true\n", "")],
}


def sections() -> list[tuple[str, str]]:
    """The headings of the guide, each with its text."""
    _, *parts = re.split(r"^## (.+)\n", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return list(zip(parts[::2], parts[1::2], strict=True))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def printed_by(command: str) -> str:
    """What a command of the guide prints; only those of weekly are run, but no server."""
    name, *words = shlex.split(command)
    if name != "weekly" or words[0] == "serve":
        return ""
    result = run(*words, **SUNDAY)
    return result.stdout + result.stderr


def test_the_guide_leads_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for heading, text in sections():
        for path, old, new in EDITS.get(heading, []):
            source = Path(path)
            before = source.read_text(encoding="utf-8")
            assert old in before
            source.write_text(before.replace(old, new), encoding="utf-8")
        commands = "".join(blocks(text, "sh")).splitlines()
        printed = "".join(printed_by(command) for command in commands)
        for line in "".join(blocks(text, "text")).splitlines():
            assert f"{line}\n" in printed
        for settings in blocks(text, "toml"):
            monkeypatch.chdir("my-letters")
            site = Path("content/site.toml")
            chosen = re.search(r'^time_zone = ".*"$', settings, flags=re.MULTILINE)
            assert chosen
            site.write_text(
                re.sub(r'time_zone = ".*"', chosen[0], site.read_text("utf-8")), "utf-8"
            )
            assert all(
                line.partition(" =")[0] in site.read_text() for line in settings.splitlines()
            )
        for letter in blocks(text, "markdown"):
            assert Path(LETTER).read_text(encoding="utf-8") == letter
