"""What a writer decides about a reply, put into its file; every other byte of it stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from generator.content.front_matter import CONTROL
from generator.content.text_edits import Edit, applied
from generator.model import Reply
from generator.problems import Location, Problem, did_you_mean, has_errors, shortened
from generator.writing.changes import Changes
from generator.writing.editable_blog import EditableBlog
from generator.writing.front_matter_editor import (
    EditableFrontMatter,
    editable_front_matter,
    scalar,
    with_lines,
    with_text,
)


class AnswerGiven(NamedTuple):
    """An answer as somebody gives it: words, or the name of a post."""

    by: str  # id of an author
    at: date
    words: str = ""
    post: str = ""


def find_reply(asked: str, blog: EditableBlog) -> Reply | Problem:
    """The reply with that id, or the only one with an id that begins or ends so."""
    replies = {reply.id: reply for reply in blog.content.replies}
    name = asked.rpartition("/")[2].removesuffix(".md")
    if name in replies:
        return replies[name]
    found = [replies[known] for known in replies if name and _is_short_for(known, name)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = " and ".join(reply.id for reply in found[:3])
        message = f"'{shortened(asked)}' can mean {ids}" + (", among others" * (len(found) > 3))
        return Problem("unknown-reply", Location(_FOLDER), message, "Use the whole id of one.")
    message = f"there is no reply '{shortened(asked)}'"
    hint = did_you_mean(name, replies, otherwise="weekly replies shows those that wait.")
    return Problem("unknown-reply", Location(_FOLDER), message, hint)


_FOLDER = "content/replies"


def _is_short_for(known: str, name: str) -> bool:
    return known.endswith(name) or known.startswith(name) or f"-{name}" in known


def decided(
    reply: Reply, values: Mapping[str, str], blog: EditableBlog
) -> Changes | tuple[Problem, ...]:
    """The change that sets keys of a reply to these values."""
    file = editable_front_matter(blog.read(reply.source), reply.source)
    if not isinstance(file, EditableFrontMatter):
        return file
    edits = [with_text(file, key, value) for key, value in values.items()]
    return _changed(reply, file.text, edits, blog)


def answered(
    reply: Reply, answer: AnswerGiven, blog: EditableBlog
) -> Changes | tuple[Problem, ...]:
    """The change that puts an answer below a reply."""
    if problem := _unanswerable(reply, answer):
        return (problem,)
    file = editable_front_matter(blog.read(reply.source), reply.source)
    if not isinstance(file, EditableFrontMatter):
        return file
    return _changed(reply, file.text, [with_lines(file, "answered", _lines(answer))], blog)


def _unanswerable(reply: Reply, answer: AnswerGiven) -> Problem | None:
    at = Location(reply.source)
    if reply.answered:
        message = "the reply has an answer"
        return Problem("unanswerable", at, message, "To change it, edit the file.")
    if not (answer.words.strip() or answer.post):
        return Problem("unanswerable", at, "the answer is empty", "Write a word.")
    if found := CONTROL.search(answer.words):
        message = f"the answer has a character that can't be shown (U+{ord(found[0]):04X})"
        return Problem("unanswerable", at, message, "Delete it.")
    return None


def _lines(answer: AnswerGiven) -> list[str]:
    lines = [f"by: {scalar(answer.by)}", f"at: {answer.at}"]
    if answer.post:
        return [*lines, f"post: {scalar(answer.post)}"]
    words = [line.rstrip() for line in answer.words.strip().splitlines()]
    return [*lines, "words: |", *(f"  {line}" if line else "" for line in words)]


def _changed(
    reply: Reply, text: str, edits: list[Edit | Problem], blog: EditableBlog
) -> Changes | tuple[Problem, ...]:
    """The change that these edits make, unless the reply could not be read after it."""
    problems = tuple(edit for edit in edits if isinstance(edit, Problem))
    if problems:
        return problems
    new = applied(text, (edit for edit in edits if isinstance(edit, Edit)))
    document, found = blog.read_document(reply.source, new.encode())
    if document is None or has_errors(found):
        return found
    return Changes(blog.changes({reply.source: new}))
