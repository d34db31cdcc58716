"""The front matter of a content file: its fences, its YAML and its keys, each with its place.

python-frontmatter ignores most errors (an unclosed fence, a list, a byte order mark), so the
fences are found here first. It then gets front matter that is known to be whole, and a handler
that keeps the place of every value. Each key is read as its declared type, never as YAML 1.1
guesses it: `no` and `12:30` stay text where text is expected.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple, cast

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from generator.content.front_matter_errors import (
    EXACT_FENCE,
    NEAR_FENCE,
    NO_KEY,
    FrontMatterError,
    first_error,
    shown_fence,
    why_not_yaml,
    without_error,
)
from generator.problems import Location, Problem, shortened

# libyaml if it is installed: it takes a tenth of the time
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_OPENING = re.compile(r"-{3}[ \t]*")
_CLOSING = re.compile(r"(?:-{3}|\.{3})[ \t]*")
# what neither YAML nor the XML of feeds can contain; tabs and line ends are text
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ["str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value"]
)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_DEEPEST = 20
_LONGEST = 100_000  # characters; longer front matter has lost its end


class ContentFile(NamedTuple):
    """A content file, split into front matter and body, with the line on which each begins."""

    path: str
    front_matter: str
    first_line: int  # of the front matter
    body: str
    body_line: int


class Value(NamedTuple):
    """The value of a key, with the places of both."""

    at: Location
    key_at: Location
    node: yaml.Node
    is_repeated: bool = False  # whether the key appears again


def decode(data: bytes, path: str) -> str | Problem:
    """The text of a file with LF line ends and without a byte order mark, or a problem."""
    text, problems = decode_with_errors(data, path)
    return problems[0] if problems else text


def decode_with_errors(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file as far as it can be read, and what is wrong with its characters."""
    try:
        text = _normal(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        at = _place_after(_normal(data[: error.start].decode("utf-8")), path)
        hint = "Save it with the encoding UTF-8."
        # what old editors write: good enough to find other mistakes; with NULs it is UTF-16
        text = "" if b"\0" in data else _normal(data.decode("cp1252", errors="replace"))
        problem = Problem("encoding", at, "this file is not UTF-8 text", hint)
        return CONTROL.sub(" ", text), (problem,)
    if not CONTROL.search(text):
        return text, ()
    problems = (
        Problem(
            "control-character",
            Location(path, number, found.start() + 1),
            f"there is a control character here (U+{ord(found[0]):04X})",
            "Delete it; most editors don't show it.",
        )
        for number, line in enumerate(text.split("\n"), 1)
        if (found := CONTROL.search(line))
    )
    return CONTROL.sub(" ", text), tuple(problems)


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")


def _place_after(before: str, path: str) -> Location:
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def split(text: str, path: str) -> ContentFile | Problem:
    """The front matter and the body of a content file, or why they can't be separated."""
    file, problem = split_with_error(text, path)
    return problem or file


def split_with_error(text: str, path: str) -> tuple[ContentFile, Problem | None]:
    """The front matter and the body of a content file, and what is wrong with the lines between.

    After an error, the parts are what they seem to be, so that mistakes in them can be found.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        problem = Problem("no-front-matter", Location(path), "the file is empty", _SKELETON)
        return _cut(lines, 0, 0, 0, path), problem
    if not _OPENING.fullmatch(lines[first]):
        problem = _no_opening(lines[first], Location(path, first + 1, 1))
        return _cut_as_it_seems(lines, first, path), problem
    for number in range(first + 1, len(lines)):
        if _CLOSING.fullmatch(lines[number]):
            return _cut(lines, first + 1, number, number + 1, path), None
    problem = _no_closing(lines, first, path)
    end = problem.at.line - 1
    if end > first:  # a line that is nearly a fence
        return _cut(lines, first + 1, end, end + 1, path), problem
    end = next((n for n in range(first + 1, len(lines)) if _is_below_front_matter(lines[n])), 0)
    return _cut(lines, first + 1, end or len(lines), end or len(lines), path), problem


def _cut(lines: list[str], begin: int, end: int, body: int, path: str) -> ContentFile:
    """A file whose front matter is in the lines from `begin` to `end`."""
    return ContentFile(
        path=path,
        front_matter="\n".join(lines[begin:end]),
        first_line=begin + 1,
        body="\n".join(lines[body:]),
        body_line=body + 1,
    )


def _cut_as_it_seems(lines: list[str], first: int, path: str) -> ContentFile:
    """A file whose first line is not a fence."""
    line = lines[first]
    is_toml, is_fence = line.startswith("+++"), NEAR_FENCE.fullmatch(line) is not None
    if not (is_toml or is_fence or _FIRST_KEY.match(line)):
        return _cut(lines, first, first, first, path)
    begin = first if _FIRST_KEY.match(line) else first + 1
    fence = re.compile(r"\+{3}[ \t]*") if is_toml else _CLOSING
    closings = (n for n in range(begin, len(lines)) if fence.fullmatch(lines[n]))
    if (end := next(closings, -1)) < 0:
        return _cut(lines, begin, begin, begin, path)
    return _cut(lines, begin, begin if is_toml else end, end + 1, path)


def _is_below_front_matter(line: str) -> bool:
    return bool(line.strip()) and not _LIKE_FRONT_MATTER.match(line)


_SKELETON = "Begin the file with a line ---, a line such as title: Hello, and another line ---."


def _no_opening(line: str, at: Location) -> Problem:
    if line.startswith("+++"):
        return Problem(
            "toml-front-matter",
            at,
            "front matter between +++ lines is TOML, which weekly does not read",
            'Write it as YAML between --- lines: title: "…" instead of title = "…".',
        )
    if line.startswith("{"):
        message = "front matter between { and } is JSON, which weekly does not read"
        return Problem("no-front-matter", at, message, _SKELETON)
    if NEAR_FENCE.fullmatch(line):
        message = f"the front matter begins with '{shown_fence(line)}'"
        return Problem("no-front-matter", at, message, EXACT_FENCE)
    if _FIRST_KEY.match(line):
        message = "the front matter has no beginning"
        hint = "Add a line of three hyphens (---) above its first key."
        return Problem("no-front-matter", at, message, hint)
    return Problem("no-front-matter", at, "the front matter is missing", _SKELETON)


def _no_closing(lines: list[str], first: int, path: str) -> Problem:
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if NEAR_FENCE.fullmatch(line):
            return Problem(
                "unclosed-front-matter",
                Location(path, number + 1, 1),
                f"the front matter ends with '{shown_fence(line)}'",
                EXACT_FENCE,
            )
        if _is_below_front_matter(line):
            break
    return Problem(
        "unclosed-front-matter",
        Location(path, first + 1, 1),
        "the front matter that begins here has no end",
        "Add a line of three hyphens (---) below its last key.",
    )


_FIRST_KEY = re.compile(r"[a-z_][\w-]*:( |$)")
_LIKE_FRONT_MATTER = re.compile(r"[a-z_][\w-]*\s*:|[ #\]}]|- ")


class _PlacedYAML(BaseHandler):
    """Loads front matter as YAML nodes, which know their places."""

    FM_BOUNDARY = re.compile(r"^---$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        return text.removeprefix("---\n").removesuffix("\n---"), ""

    def load(self, fm: str) -> dict[str, Any]:
        fm = "\n".join(_readable(line) for line in fm.split("\n"))
        # the Python loader decides: an error must not depend on the machine
        if not _READ_DIFFERENTLY.search(fm):
            with suppress(yaml.MarkedYAMLError):
                return _compose(fm, _Loader)
        return _compose(fm, yaml.SafeLoader)


# what libyaml accepts and the Python loader refuses, or reports at another place
_READ_DIFFERENTLY = re.compile(r"^ *\t|^(?:---|\.\.\.)|[|>][-+0-9]*#|(?<![^\s,\[{])!", re.MULTILINE)


def _readable(line: str) -> str:
    """A line that both loaders read alike: libyaml accepts tabs where the Python loader does not.

    U+2028 and U+2029, which some editors paste, would end a line for YAML only.
    """
    text = line.lstrip(" \t")
    indent = line[: len(line) - len(text)]
    return (indent + re.sub("[\t\u2028\u2029]", " ", text)).rstrip(" \t")


def _compose(fm: str, loader: Any) -> dict[str, Any]:
    refused = tuple(_refused(yaml.parse(fm, Loader=loader)))
    return {"refused": refused, "node": None if refused else yaml.compose(fm, Loader=loader)}


def _refused(events: Iterator[yaml.Event]) -> Iterator[FrontMatterError]:
    """Aliases, tags and deep nesting, which no front matter needs and which can do harm.

    They are found before any node is made, since libyaml's composer overflows the stack on a
    hundred thousand nested brackets.
    """
    depth = 0
    for event in events:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            message = "the values are nested too deeply"
            yield FrontMatterError(line, column, message, "Write simple lists and texts.")
            return
        if isinstance(event, yaml.AliasEvent):
            yield _bad_start(line, column, "*")
        elif getattr(event, "anchor", None):
            yield _bad_start(line, column, "&")
        elif (tag := getattr(event, "tag", None)) and tag not in _CORE_TAGS:
            shown = shortened(tag.replace("tag:yaml.org,2002:", "!!"))
            message = f"the YAML tag '{shown}' is not allowed here"
            hint = "Leave it out, or put the whole text in quotes."
            yield FrontMatterError(line, column, message, hint)
        elif isinstance(event, yaml.ScalarEvent) and (found := CONTROL.search(event.value)):
            message = f"there is a control character in this text (U+{ord(found[0]):04X})"
            yield FrontMatterError(line, column, message, "Delete it.", "control-character")


def _bad_start(line: int, column: int, sign: str) -> FrontMatterError:
    message = f"a value can't begin with '{sign}'"
    return FrontMatterError(line, column, message, "Put the whole text in quotes.")


def read_front_matter(file: ContentFile) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The values of front matter by key, and problems with its form."""
    if len(file.front_matter) > _LONGEST:
        at = Location(file.path, file.first_line - 1, 1)
        message = f"the front matter has {len(file.front_matter):,} characters, which is too long"
        hint = "End it with a line of three hyphens (---) below its last key."
        return {}, (Problem("unclosed-front-matter", at, message, hint),)
    node, errors = _parsed(file.front_matter.split("\n"))
    wrong = tuple(error.in_file(file.path, file.first_line) for error in errors)
    if isinstance(node, yaml.MappingNode):
        values, problems = entries(node, file)
        return values, (*wrong, *problems)
    if node is None or wrong:
        return {}, wrong
    return {}, (_wrong_shape(node, file),)


_ROUNDS = 8  # of parsing what is left after an error
_MUCH = 20_000  # characters that take too long to be parsed again and again


def _parsed(lines: list[str]) -> tuple[yaml.Node | None, tuple[FrontMatterError, ...]]:
    """The front matter in these lines, without the keys in which there is an error; the errors."""
    found: list[FrontMatterError] = []
    rounds = _ROUNDS if sum(map(len, lines)) < _MUCH else 1
    for _ in range(rounds):
        try:
            text = "\n".join(lines)
            metadata, _ = frontmatter.parse(f"---\n{text}\n---", handler=_PlacedYAML())
        except yaml.MarkedYAMLError as error:
            new: tuple[FrontMatterError, ...] = (why_not_yaml(error, lines),)
        else:
            new = cast("tuple[FrontMatterError, ...]", metadata["refused"])
            if not new:
                return cast("yaml.Node | None", metadata["node"]), tuple(found)
        found += new
        for error_found in new:
            lines = without_error(lines, error_found)
    return None, tuple(found)


def _wrong_shape(node: yaml.Node, file: ContentFile) -> Problem:
    lines = file.front_matter.split("\n")
    error = first_error(lines, len(lines) - 1)
    if error and error.message != NO_KEY:
        return error.in_file(file.path, file.first_line)
    kind = "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
    return Problem(
        "front-matter-shape",
        place(node, file),
        f"the front matter is {kind}, not keys with values",
        "Write lines such as title: Hello.",
    )


def entries(
    node: yaml.MappingNode, file: ContentFile
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The values of a mapping by key, and problems with its keys."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for key, value in node.value:
        at = place(key, file)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem("yaml", at, "a key must be a single word", "Write key: value."))
        elif key.value in values:
            first = values[key.value].key_at.line
            problems.append(
                Problem(
                    "duplicate-key",
                    at,
                    f"'{shortened(key.value)}' appears twice",
                    repeated_hint(key.value, first),
                )
            )
            values[key.value] = values[key.value]._replace(is_repeated=True)
        else:
            # the loaders disagree about the place of an empty value
            value_at = place(value, file) if value.value else at
            values[key.value] = Value(value_at, at, value)
    return values, tuple(problems)


# keys that decide whether, and when, a post is published
_GATES = frozenset({"draft", "status", "date", "week", "approved_by"})


def repeated_hint(key: str, first: int) -> str:
    """What to do about a key that appears twice: the safer reading comes first."""
    if key in _GATES:
        return (
            "Keep the one that holds the post back, unless it is to be published; "
            f"the first is in line {first}."
        )
    return f"The first is in line {first}; keep one of them."


def is_plain(node: yaml.Node) -> bool:
    """Whether a value is text without quotes."""
    return isinstance(node, yaml.ScalarNode) and not node.style


def is_null(node: yaml.Node) -> bool:
    """Whether a value is empty, or one of YAML's words for nothing."""
    return is_plain(node) and node.value in NULLS


def place(node: yaml.Node, file: ContentFile) -> Location:
    """Where a YAML node begins in its file."""
    mark = node.start_mark
    return Location(file.path, file.first_line + mark.line, mark.column + 1)
