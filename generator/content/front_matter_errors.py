"""Why front matter is not YAML, in plain words.

The reasons are found in its lines; the parser's own messages and places are of little help.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from generator.problems import Location, Problem, shortened


class FrontMatterError(NamedTuple):
    """An error in front matter, with its line and column in it, counted from 0."""

    line: int
    column: int
    message: str
    hint: str
    code: str = "yaml"

    def in_file(self, path: str, first_line: int) -> Problem:
        """The error as a problem of the file whose front matter begins at that line."""
        at = Location(path, first_line + self.line, self.column + 1)
        return Problem(self.code, at, self.message, self.hint)


ADD_FENCE = "Add a line of three hyphens (---) above it."
EXACT_FENCE = "Write exactly three hyphens at the start of the line: ---."
NEAR_FENCE = re.compile(r"\s*(?:[-–—]{2,}|[–—]+)\s*|-{3}[ \t]*(?:[\w%]{1,10}|#.*)|[.…]{2,}\s*")
NO_KEY = "this line is not a key with a value"
_KEY_LINE = re.compile(r"(?P<before>\s*(?:- +)*(?:(?P<key>[\w-]+)\s*:\s+)?)(?P<value>\S.*?)\s*")
_TOP_KEY = re.compile(r"[a-z_][\w-]*:(\s|$)")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*(\s+#.*)?")


def shown_fence(line: str) -> str:
    """A line that is nearly a fence, as messages show it."""
    return " ---" if line.strip() == "---" else shortened(line)


def why_not_yaml(error: yaml.MarkedYAMLError, lines: list[str]) -> FrontMatterError:
    """The first error in the lines; the parser reports it at a place that is often far below."""
    mark = error.problem_mark or error.context_mark
    line = min(mark.line if mark else 0, len(lines) - 1)
    column = mark.column if mark else 0
    return first_error(lines, line) or _error_at(lines, line, column, error.problem or "")


def without_error(lines: list[str], error: FrontMatterError) -> list[str]:
    """The lines without those of the key that has an error, which are empty instead.

    Where the body has begun in them, nothing below is left.
    """
    if error.code == "unclosed-front-matter":
        return lines[: error.line]
    begin = error.line
    while begin and not _begins_key(lines[begin]):
        begin -= 1
    ends = (n for n in range(error.line + 1, len(lines)) if _TOP_KEY.match(lines[n]))
    end = next(ends, len(lines))
    return [*lines[:begin], *([""] * (end - begin)), *lines[end:]]


def _begins_key(line: str) -> bool:
    return bool(line.strip()) and line[0] not in " \t#-]}"


def first_error(lines: list[str], last: int) -> FrontMatterError | None:
    """The first common error in the lines down to `last`."""
    number = 0
    while number <= last:
        line = lines[number]
        entry = _KEY_LINE.fullmatch(line)
        if entry and not line.lstrip().startswith("#"):
            for look in _LOOKS:
                if error := look(lines, number):
                    return error
            end = number
            value, column = entry["value"], entry.start("value")
            if entry["before"].strip() or not number:
                if value[0] in "\"'":
                    end, error = _past_quote(lines, number, column)
                elif value[0] in "[{":
                    end, error = _past_bracket(lines, number, column)
                elif _BLOCK_TEXT.fullmatch(value):
                    end = _past_block(lines, number)
            if error:
                return error
            number = end
        number += 1
    return None


def _past_block(lines: list[str], number: int) -> int:
    """The last line of a block text, which begins with `|` or `>`."""
    indent = len(lines[number]) - len(lines[number].lstrip(" "))
    while number + 1 < len(lines) and (
        not lines[number + 1].strip() or lines[number + 1].startswith(" " * (indent + 1))
    ):
        number += 1
    return number


def _past_quote(lines: list[str], number: int, column: int) -> tuple[int, FrontMatterError | None]:
    """The line on which a quoted text ends, and what is wrong with it."""
    quote = lines[number][column]
    inside = r'(?:[^"\\]|\\.)*' if quote == '"' else "(?:[^']|'')*"
    for end in range(number, len(lines)):
        if end > number and _TOP_KEY.match(lines[end]):
            break
        text = lines[end][column + 1 :] if end == number else lines[end]
        if not (found := re.match(inside + quote, text)):
            continue
        rest = text[found.end() :].strip()
        if rest and not rest.startswith((":", "#")):
            return end, _text_after_quote(lines[number], number, column)
        if quote == '"' and (escape := _bad_escape(lines[number], column)):
            return end, FrontMatterError(number, *escape)
        return end, None
    if quote == '"' and (escape := _bad_escape(lines[number], column)):
        return number, FrontMatterError(number, *escape)
    message = "the quote that opens here is not closed"
    hint = f"Add the same quote ({quote}) at the end of the text."
    return number, FrontMatterError(number, column, message, hint)


def _text_after_quote(line: str, number: int, column: int) -> FrontMatterError:
    before, value = line[:column].lstrip(), line[column:].strip()
    inner = value[1:-1] if value[0] == value[-1] else value
    message = "text follows the quote that ends the value"
    hint = f"Put all of it in one pair of quotes: {before}{quoted(inner)}."
    return FrontMatterError(number, column, message, hint)


def _bad_escape(line: str, column: int) -> tuple[int, str, str] | None:
    known = r'[0abtnvfre "/\\N_LP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}'
    for found in re.finditer(r"\\(.?)", line[column:]):
        if found[1] and not re.match(known, line[column + found.start() + 1 :]):
            message = f"in double quotes, '{found[0]}' has no meaning"
            return column + found.start(), message, "Use single quotes, or write two backslashes."
    return None


def _past_bracket(
    lines: list[str], number: int, column: int
) -> tuple[int, FrontMatterError | None]:
    """The line on which a list or mapping in brackets ends, and what is wrong with it."""
    opened = lines[number][column]
    closing, previous, comment = "", "", ""
    for end in range(number, len(lines)):
        if end > number and _TOP_KEY.match(lines[end]):
            break
        at = column if end == number else 0
        while at < len(lines[end]):
            rest = lines[end][at:]
            if rest[0] == "#" and (not previous.strip() or previous in "[{,"):
                comment = rest
                break
            if rest[0] in "\"'" and previous in "[{,: ":
                found = re.match(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|.""", rest)
                at += len(found[0]) if found else 1
                previous = rest[0]
                continue
            if rest[0] in "[{":
                closing += "]" if rest[0] == "[" else "}"
            elif rest[0] == "," and previous in ",[":
                message = "there is one comma too many here"
                return end, FrontMatterError(end, at, message, "Delete it.")
            elif rest[0] in "]}" and closing.endswith(rest[0]):
                closing = closing[:-1]
                if not closing:
                    return end, _text_after_bracket(lines, end, at, number, column)
            previous = rest[0] if rest[0] != " " or previous not in "[{,:" else previous
            at += 1
        previous = previous if previous and previous in "[{,:" else " "
    needed = "]" if opened == "[" else "}"
    message = f"the '{opened}' that opens here is not closed"
    if comment:
        word = re.sub(r"[\s,\]}].*", "", comment)
        message += ", since '#' begins a comment"
        hint = f"Delete the '#', or put the text in quotes: {quoted(word)}."
        return number, FrontMatterError(number, column, message, hint)
    return number, FrontMatterError(number, column, message, f"Add '{needed}' where it ends.")


def _text_after_bracket(
    lines: list[str], end: int, at: int, number: int, column: int
) -> FrontMatterError | None:
    rest = lines[end][at + 1 :].strip()
    if not rest or rest.startswith(("#", ":")):
        return None
    message = f"text follows the '{lines[end][at]}' that ends the value"
    hint = "Delete it"
    if end == number and rest[0] not in "]}":
        before, value = lines[number][:column].lstrip(), lines[number][column:].strip()
        hint += f", or put all of it in quotes: {before}{quoted(value)}"
    return FrontMatterError(end, at + 1, message, hint + ".")


def _look_for_fence(lines: list[str], number: int) -> FrontMatterError | None:
    line = lines[number]
    if not NEAR_FENCE.fullmatch(line):
        return None
    message = f"the front matter ends with '{shown_fence(line)}'"
    return FrontMatterError(number, 0, message, EXACT_FENCE, "unclosed-front-matter")


def _look_for_indent(lines: list[str], number: int) -> FrontMatterError | None:
    found = re.match(r" *(?! )(\s)", lines[number])
    if not found:
        return None
    name = "a tab" if found[1] == "\t" else "an unusual kind of space"
    message = f"this line is indented with {name}"
    return FrontMatterError(number, 0, message, "Use plain spaces.")


def _look_for_space(lines: list[str], number: int) -> FrontMatterError | None:
    line = lines[number]
    if re.search(r"[^:]: |[^:]:$", line):
        return None
    if found := re.match(r"([\w-]+):(?!//)(.+)", line):
        message = f"there is no space after the colon of '{shortened(found[1])}'"
        hint = f"Write {found[1]}: {found[2].strip()}."
        return FrontMatterError(number, found.end(1) + 1, message, hint)
    if found := re.match(r"([\w-]+)\s*=\s*(.+)", line):
        message = f"'{shortened(found[1])}' is followed by '=' instead of a colon"
        hint = f"Write {found[1]}: {found[2]}."
        return FrontMatterError(number, found.end(1), message, hint)
    if re.match(r":\s", line):
        return FrontMatterError(number, 0, "there is no key before this colon", "Write key: value.")
    if re.match(r"-[\w\"']", line):
        message = "there is no space after the hyphen of this item"
        return FrontMatterError(number, 1, message, f"Write - {line[1:].strip()}.")
    return None


def _look_for_text(lines: list[str], number: int) -> FrontMatterError | None:
    if not _is_text(lines, number):
        return None
    below = [line for line in lines[number + 1 :] if line.strip()]
    has_blank_above = any(not line.strip() for line in lines[1:number])
    if any(_TOP_KEY.match(line) for line in below) or not (has_blank_above or below):
        hint = "Write key: value, with a colon"
        if number:
            hint += "; if it continues the text above, begin it with two spaces"
        return FrontMatterError(number, 0, NO_KEY, hint + ".")
    message = "text begins here before the front matter has ended"
    begin = _beginning_of_text(lines, number)
    return FrontMatterError(begin, 0, message, ADD_FENCE, "unclosed-front-matter")


def _is_text(lines: list[str], number: int) -> bool:
    line = lines[number]
    if re.match(r"[\s#\]}\"'\[{?:]|- ?\[|.*:(\s|$)", line):
        return False
    if not line.startswith("- "):
        return True
    above = next((text for text in reversed(lines[:number]) if text.strip()), "-")
    return bool(re.fullmatch(r"[\w-]+:\s+[^\s#].*", above))


def _beginning_of_text(lines: list[str], number: int) -> int:
    begin = number
    for above in range(number, 0, -1):
        if _TOP_KEY.match(lines[above]) or lines[above].startswith(" "):
            break
        if lines[above].strip() and not lines[above - 1].strip():
            begin = above
    return begin


_Look = Callable[[list[str], int], FrontMatterError | None]
_LOOKS: tuple[_Look, ...] = (_look_for_fence, _look_for_indent, _look_for_space, _look_for_text)


# what word processors put for straight quotes, each with those that may close it
_CURLY = {"“": "”“", "„": "“”", "‘": "’‘", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "`": "`´"}


def _without_curly_quotes(text: str) -> str:
    """`text` without the curly quotes around all of it, which are not quotes for YAML."""
    is_quoted = len(text) > 1 and text[-1] in _CURLY.get(text[0], "")
    is_all = is_quoted and not {text[0], text[-1]} & set(text[1:-1])  # not “one” and “two”
    return text[1:-1] if is_all else text


def _error_at(lines: list[str], number: int, column: int, reason: str) -> FrontMatterError:
    """The error that the place and the reason of a YAML error suggest."""
    line = lines[number]
    entry = _KEY_LINE.fullmatch(line)
    before, value = (entry["before"].lstrip(), entry["value"]) if entry else ("", "")
    if entry and before.startswith("- "):
        before, value = "- ", line[line.index("- ") + 2 :].strip()
    in_quotes = f"Put it in quotes: {before}{quoted(value)}."
    if (plain := _without_curly_quotes(value)) != value:
        in_quotes = f"Use straight quotes: {before}{quoted(plain)}."
    if "mapping values are not allowed" in reason and before and re.search(r":(\s|$)", value):
        name = "this item" if before == "- " else f"the value of '{before.rstrip(': ')}'"
        return FrontMatterError(
            number, column, f"{name} contains a colon", in_quotes, "unquoted-colon"
        )
    if "mapping values are not allowed" in reason and line.startswith(" "):
        message = "this line is indented, so it continues the value above, but it contains a colon"
        hint = "Begin it at the start of the line, or put the whole value in quotes."
        return FrontMatterError(number, len(line) - len(line.lstrip()), message, hint)
    if before and value[0] in "*&!%@`|>,]}?-":
        start = line.index(value)
        return FrontMatterError(number, start, f"a value can't begin with '{value[0]}'", in_quotes)
    first = next((at for at, text in enumerate(lines) if text.strip()), 0)
    if "expected '<document start>'" in reason and lines[first].startswith(" "):
        message = "this line is indented, and the keys below it are not"
        column = len(lines[first]) - len(lines[first].lstrip())
        return FrontMatterError(first, column, message, "Begin each key at the start of its line.")
    if "expected <block end>" in reason:
        message = "this line is not indented like those above it"
        hint = "Indent lines that belong together alike, and do not indent keys of the file."
        return FrontMatterError(number, len(line) - len(line.lstrip()), message, hint)
    return FrontMatterError(
        number,
        min(column, len(line)),
        NO_KEY,
        "Write key: value, and put text with special characters in quotes.",
    )


def quoted(text: str) -> str:
    """`text` as a YAML value in quotes, as readable as possible."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
