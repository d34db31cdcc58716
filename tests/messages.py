"""Golden messages: inputs, and the exact lines that are printed for each, in one place.

Each file in tests/data/messages/ holds cases: a name, an input, an arrow, the printed lines.

    ===== an unknown key
    ---
    titel: Hello
    ---
    ----->
    a.md:2:1: unknown key 'titel'. Did you mean 'title'?

A test reads the cases, and checks what is printed with the `golden` fixture:

    @pytest.mark.parametrize("case", cases("front_matter.txt"), ids=str)
    def test_a_broken_file_is_reported(case: Case, golden: Golden) -> None:
        golden.check(case, printed(case.text))

To change the wording of a message, change it in the program, run `pytest --update-messages`, and
review the diff. This rewrites the printed lines of cases that are there; it never adds a case,
never removes one, and never touches an input. To add a case, write its name and input by hand.

- ⟨U+0009⟩ stands for a character that can't be seen, or that an editor would change.
- An input of several files has a line `>>>>> path` before each: `case.files` splits it.
- A list that the program makes from its settings or keys stands as a placeholder, such as
  {all settings}, so that a new setting changes no message here: see `placeholders`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator.config.reading import documented_settings
from generator.content.posts import WRITTEN_STATUSES

FOLDER = Path(__file__).parent / "data" / "messages"

_ARROW = "----->\n"
_NAME = re.compile(r"^===== (.*)\n", re.MULTILINE)
_FILE = re.compile(r"^>>>>> (.*)\n", re.MULTILINE)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\uffff]")


@cache
def placeholders() -> Mapping[str, str]:
    """What each placeholder in the printed lines stands for."""
    settings = (name for name, _, _ in documented_settings() if "." not in name)
    return {
        "{all settings}": ", ".join(name.removesuffix("[]") for name in settings),
        "{all statuses}": ", ".join(WRITTEN_STATUSES),
    }


class Case(NamedTuple):
    """An input, and the lines that are printed for it."""

    file: Path
    name: str
    text: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def files(self) -> dict[str, str]:
        """The files of the input by path, where it has several."""
        _, *parts = _FILE.split(self.text)
        return dict(zip(parts[::2], parts[1::2], strict=True))


def cases(name: str, folder: Path = FOLDER) -> tuple[Case, ...]:
    """All cases of a file in tests/data/messages/."""
    file = folder / name
    _, *parts = _NAME.split(file.read_text(encoding="utf-8"))
    names = parts[::2]
    assert len(set(names)) == len(names), f"{name} has two cases of one name"
    return tuple(_case(file, *pair) for pair in zip(names, parts[1::2], strict=True))


def _case(file: Path, name: str, written: str) -> Case:
    text, arrow, lines = written.partition(_ARROW)
    assert arrow, f"the case '{name}' in {file.name} has no arrow"
    printed = tuple(_expanded(line) for line in lines.split("\n") if line)
    return Case(file, name, _with_characters(text), printed)


class Golden:
    """Compares printed lines with those of a case, or writes them there."""

    def __init__(self, *, update: bool) -> None:
        self.update = update
        self.updated: list[Case] = []

    def check(self, case: Case, printed: Sequence[str]) -> None:
        """Fail unless the lines are those of the case; with --update-messages, make them so."""
        if self.update and tuple(printed) != case.lines:
            _rewrite(case, printed)
            self.updated.append(case)
        else:
            assert list(printed) == list(case.lines)


def _rewrite(case: Case, printed: Sequence[str]) -> None:
    """Replace the printed lines of a case in its file."""
    text = case.file.read_text(encoding="utf-8")
    start = text.index(_ARROW, text.index(f"===== {case.name}\n")) + len(_ARROW)
    following = _NAME.search(text, start)
    lines = "".join(f"{_contracted(line)}\n" for line in printed)
    rest = f"\n{text[following.start() :]}" if following else ""
    case.file.write_text(text[:start] + lines + rest, encoding="utf-8")


def _expanded(line: str) -> str:
    for placeholder, words in placeholders().items():
        line = line.replace(placeholder, words)
    return _with_characters(line)


def _contracted(line: str) -> str:
    for placeholder, words in placeholders().items():
        line = line.replace(words, placeholder)
    return _INVISIBLE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", line)


def _with_characters(text: str) -> str:
    return re.sub("⟨U\\+([0-9A-F]+)⟩", lambda found: chr(int(found[1], 16)), text)
