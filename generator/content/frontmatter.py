"""The head of a content file: its fences, its YAML and the declared keys, each with its place.

python-frontmatter swallows most mistakes (an unclosed fence, a list, a byte order mark), so
the fences are found here first; it is then given a head that is known to be whole, and a
handler that keeps the place of every value. Values are read as the key declares them, never
as YAML 1.1 guesses them: `no` and `12:30` stay text where text is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from generator.problems import Location, Problem

# libyaml where it is there: it reads a head in a tenth of the time
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_OPENING = re.compile(r"-{3}[ \t]*")
_CLOSING = re.compile(r"(?:-{3}|\.{3})[ \t]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ["str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value"]
)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Document:
    """A content file cut in two, with the lines on which the parts begin."""

    path: str
    head: str
    head_line: int
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Value:
    """A key's value in the head, with both places."""

    at: Location
    key_at: Location
    node: yaml.Node


def decode(data: bytes, path: str) -> str | Problem:
    """The text of a file with LF line ends and no byte order mark, or why it can't be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return Problem(
            "encoding",
            Location(path, line, column),
            "this file is not UTF-8 text",
            "Save it with the encoding UTF-8.",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        return Problem(
            "control-character",
            Location(path, line, column),
            f"there is a control character here (U+{ord(found[0]):04X})",
            "Delete it; it can't be seen in most editors.",
        )
    return text


def split(text: str, path: str) -> Document | Problem:
    """The head and the body of a content file, or why they can't be told apart."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return Problem("no-front-matter", Location(path), "the file is empty", _SKELETON)
    if not _OPENING.fullmatch(lines[first]):
        return _no_opening(lines[first], Location(path, first + 1, 1))
    for number in range(first + 1, len(lines)):
        if _CLOSING.fullmatch(lines[number]):
            return Document(
                path=path,
                head="\n".join(lines[first + 1 : number]),
                head_line=first + 2,
                body="\n".join(lines[number + 1 :]),
                body_line=number + 2,
            )
    return Problem(
        "unclosed-front-matter",
        Location(path, first + 1, 1),
        "the front matter that begins here has no end",
        "Add a line of three hyphens (---) below its last key.",
    )


_SKELETON = "Begin it with a line ---, a line title: …, and a line ---."


def _no_opening(line: str, at: Location) -> Problem:
    if line.startswith("+++"):
        return Problem(
            "toml-front-matter",
            at,
            "front matter between +++ lines is TOML, which is not read here",
            'Write it as YAML between --- lines: title: "…" in place of title = "…".',
        )
    if re.fullmatch(r"[-–—]{1,9}\s*", line):
        return Problem(
            "no-front-matter",
            at,
            f"the front matter begins with '{line.strip()}'",
            "Write exactly three hyphens: ---.",
        )
    return Problem("no-front-matter", at, "the front matter is missing", _SKELETON)


class _PlacedYAML(BaseHandler):
    """Loads a head as YAML nodes, which know their places."""

    FM_BOUNDARY = re.compile(r"^---$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        return text.removeprefix("---\n").removesuffix("\n---"), ""

    def load(self, fm: str) -> dict[str, Any]:
        # the C loader takes tabs at the end of a line and the Python one does not
        fm = re.sub(r"[ \t]+$", "", fm, flags=re.MULTILINE)
        return {"head": yaml.compose(fm, Loader=_Loader)}


def read_head(document: Document) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The values of a head by key, and what is wrong with its form."""
    first = Location(document.path, document.head_line - 1, 1)
    try:
        metadata, _ = frontmatter.parse(f"---\n{document.head}\n---", handler=_PlacedYAML())
    except yaml.MarkedYAMLError as error:
        return {}, (_syntax_problem(error, document),)
    except yaml.YAMLError as error:
        return {}, (Problem("yaml", first, f"this is not YAML: {_first_line(error)}"),)
    except RecursionError:
        return {}, (_too_deep(first),)
    node = cast("yaml.Node | None", metadata["head"])
    if node is None:
        return {}, ()
    if not isinstance(node, yaml.MappingNode):
        kind = "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
        return {}, (
            Problem(
                "front-matter-shape",
                place(node, document),
                f"the front matter is {kind}, not keys with values",
                "Write lines such as title: Hello.",
            ),
        )
    problems = tuple(_unsupported(node, document))
    return ({}, problems) if problems else _values(node, document)


def _values(
    node: yaml.MappingNode, document: Document
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    values: dict[str, Value] = {}
    problems = []
    for key, value in node.value:
        at = place(key, document)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem("yaml", at, "a key must be one word", "Write key: value."))
        elif key.value in values:
            first = values[key.value].key_at.line
            problems.append(
                Problem(
                    "duplicate-key",
                    at,
                    f"'{key.value}' is given twice",
                    f"The first stands in line {first}: keep one of them.",
                )
            )
        else:
            values[key.value] = Value(place(value, document), at, value)
    return values, tuple(problems)


def _unsupported(root: yaml.Node, document: Document) -> Iterator[Problem]:
    """Aliases, tags and depths that no front matter needs and that can do harm."""
    seen: set[int] = set()
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        at = place(node, document)
        if depth > _DEEPEST:
            yield _too_deep(at)
            return
        if id(node) in seen:
            yield Problem("yaml", at, "an alias (*name) repeats this value", "Write it out twice.")
            return
        seen.add(id(node))
        if node.tag not in _CORE_TAGS:
            yield Problem(
                "yaml", at, f"the YAML tag '{node.tag}' is not read here", "Leave it out."
            )
        if isinstance(node, yaml.MappingNode):
            waiting += [(part, depth + 1) for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(part, depth + 1) for part in node.value]


def _too_deep(at: Location) -> Problem:
    return Problem("yaml", at, "the values are nested too deeply", "Write simple lists and texts.")


def place(node: yaml.Node, document: Document) -> Location:
    """Where a YAML node begins in its file."""
    mark = node.start_mark
    return Location(document.path, document.head_line + mark.line, mark.column + 1)


def _first_line(error: yaml.YAMLError) -> str:
    return str(error).splitlines()[0]


_KEY_LINE = re.compile(r"(?P<key>[\w-]+):[ \t]+(?P<value>\S.*?)[ \t]*")
_QUOTE_IT = "found character", "cannot start any token"


def _syntax_problem(error: yaml.MarkedYAMLError, document: Document) -> Problem:
    """A YAML error in the writer's words; the two loaders word and place theirs differently."""
    lines = document.head.split("\n")
    mark = error.problem_mark or error.context_mark
    start = (error.context_mark or mark) if "scan" in (error.context or "") else mark
    index = min(mark.line if mark else 0, len(lines) - 1)
    at = Location(document.path, document.head_line + index, (mark.column if mark else 0) + 1)
    reason, line = error.problem or "", lines[index]
    if text := _text_without_key(lines, index):
        return Problem(
            "unclosed-front-matter",
            Location(document.path, document.head_line + text, 1),
            "text begins here before the front matter has ended",
            "Add a line of three hyphens (---) above it.",
        )
    if "mapping values are not allowed" in reason and (found := _KEY_LINE.fullmatch(line)):
        return Problem(
            "unquoted-colon",
            at,
            f"the value of '{found['key']}' holds a colon",
            f"Put it in quotes: {found['key']}: {quoted(found['value'])}.",
        )
    if "\t" in line[: len(line) - len(line.lstrip())]:
        at = Location(document.path, at.line, 1)
        return Problem("yaml", at, "this line is indented with a tab", "Use spaces.")
    if "cannot start any token" in reason and (found := _KEY_LINE.fullmatch(line)):
        return Problem(
            "yaml",
            at,
            f"a value can't begin with '{found['value'][0]}'",
            f"Put it in quotes: {found['key']}: {quoted(found['value'])}.",
        )
    if "flow" in (error.context or "") and error.context_mark:
        opened = error.context_mark
        mark_char = lines[opened.line][opened.column]
        return Problem(
            "yaml",
            Location(document.path, document.head_line + opened.line, opened.column + 1),
            f"the '{mark_char}' that opens here is not closed",
            f"Add '{']' if mark_char == '[' else '}'}' where it ends.",
        )
    if "quoted scalar" in (error.context or "") and start and "end of stream" in reason:
        return Problem(
            "yaml",
            Location(document.path, document.head_line + start.line, start.column + 1),
            "the quote that opens here is not closed",
            "Add the same quote at the end of the text.",
        )
    if "unknown escape" in reason:
        return Problem(
            "yaml",
            Location(document.path, at.line),
            "a backslash in double quotes begins an escape that YAML does not know",
            "Use single quotes, or write two backslashes.",
        )
    if (found := _KEY_LINE.fullmatch(line)) and found["value"][0] in "\"'":
        return Problem(
            "yaml",
            at,
            f"text follows the quoted value of '{found['key']}'",
            "Put all of it in one pair of quotes.",
        )
    if "undefined alias" in reason and (found := _KEY_LINE.fullmatch(line)):
        return Problem(
            "yaml",
            at,
            "a value can't begin with '*'",
            f"Put it in quotes: {found['key']}: {quoted(found['value'])}.",
        )
    return Problem(
        "yaml",
        at,
        "this line is not a key with a value",
        "Write key: value, and put text with special characters in quotes.",
    )


def _text_without_key(lines: list[str], error_line: int) -> int:
    """The line of prose, after a blank one, that shows that the closing fence was forgotten."""
    for number in range(1, error_line + 1):
        line = lines[number]
        is_prose = line and not re.match(r"[\w-]+:(\s|$)|[\s#\-\]}]", line)
        if (is_prose or line.startswith("# ")) and not lines[number - 1].strip():
            return number
    return 0


def quoted(text: str) -> str:
    return (
        f"'{text}'"
        if '"' in text and "'" not in text
        else f'"{text.replace(chr(34), chr(92) + chr(34))}"'
    )
