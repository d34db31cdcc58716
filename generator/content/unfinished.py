"""Words in a file that say that it is not finished: a skeleton's own, and notes to oneself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.content.front_matter import ContentFile
from generator.model import Tag
from generator.problems import Location

# what `weekly new` writes for the writer to replace
BEGIN = "Begin with what happened, to whom, and what you make of it."
ASK = "What would you like to ask everybody this week?"
EARLIER = "Earlier posts about it: "


def _as_typed(sentence: str) -> str:
    """A pattern for a sentence, wherever an editor has broken its lines."""
    return r"\s+".join(map(re.escape, sentence.rstrip(".? ").split()))


_NOTES = r"(?<![\w/#@.-])_{0,2}(?:TODO|FIXME|TK(?:TK)*|XXX+)_{0,2}(?![\w/-]|\.\w)"
_UNFINISHED = re.compile(
    f"{_NOTES}|{_as_typed(BEGIN)}|{_as_typed(ASK)}|{_as_typed(EARLIER)}"
    r"|\b[Ll]orem ipsum dolor\b"
)
_QUOTED = re.compile(r"(?<=^>[ \t])\S.*|(?<=^>)\S.*", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|[ \t])#.*", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_TICKS = re.compile(r"`+")


def unfinished_in(file: ContentFile) -> Iterator[Tag]:
    """Each place in a file, front matter or body, that is still to be written."""
    if _UNFINISHED.search(file.front_matter):
        text = _without_comments(file.front_matter)
        yield from _placed(_UNFINISHED.finditer(text), file.path, file.first_line)
    if _UNFINISHED.search(file.body):
        text = _without_code(file.body)
        yield from _placed(_UNFINISHED.finditer(text), file.path, file.body_line)


def quotes_in(file: ContentFile) -> Iterator[Tag]:
    """The quoted lines of a body: one may be a question that a skeleton begins with."""
    return _placed(_QUOTED.finditer(file.body), file.path, file.body_line)


def _placed(matches: Iterable[re.Match[str]], path: str, line: int) -> Iterator[Tag]:
    """What was found, on one line, each with its place; `line` is that of the text's first."""
    seen = begin = 0  # up to where lines have been counted, and where the last one begins
    for found in matches:
        line += found.string.count("\n", seen, found.start())
        begin = max(begin, found.string.rfind("\n", seen, found.start()) + 1)
        seen = found.start()
        yield Tag(" ".join(found[0].split()), Location(path, line, seen - begin + 1))


def _without_comments(front_matter: str) -> str:
    """Front matter with spaces in place of its comments."""
    return _COMMENT.sub(_blank, front_matter)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_code(body: str) -> str:
    """A body with spaces in place of code, which may say TODO for reasons of its own."""
    lines, fence, is_in_list, is_after_blank = [], "", False, True
    for line in body.split("\n"):
        found = _FENCE.fullmatch(line)
        if fence:
            is_end = found and found["fence"].startswith(fence) and not found["info"].strip()
            fence = "" if is_end else fence
            lines.append(" " * len(line))
            continue
        is_indented = line.startswith(("    ", "\t"))
        is_in_list = bool(_ITEM.match(line)) or (is_in_list and (is_indented or not line.strip()))
        if found and not (found["fence"][0] == "`" and "`" in found["info"]):
            fence = found["fence"]
            line = " " * len(line)
        elif is_indented and is_after_blank and not is_in_list:
            line = " " * len(line)
        is_after_blank = not line.strip()
        lines.append(line)
    return _without_spans("\n".join(lines))


def _without_spans(text: str) -> str:
    """A text with spaces in place of what is between backticks, paragraph by paragraph."""
    return "".join(
        part if number % 2 else _without_spans_in(part)
        for number, part in enumerate(re.split(r"(\n[ \t]*\n)", text))
    )


def _without_spans_in(paragraph: str) -> str:
    runs = list(_TICKS.finditer(paragraph))
    nexts: dict[int, int] = {}  # the number of the next run of that length
    closing = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        closing[number] = nexts.get(length, 0)
        nexts[length] = number
    kept, start, number = [], 0, 0
    while number < len(runs):
        if end := closing[number]:
            kept += [paragraph[start : runs[number].end()]]
            kept += [" " * (runs[end].start() - runs[number].end())]
            start, number = runs[end].start(), end
        number += 1
    return "".join(kept) + paragraph[start:]
