"""Replies and actions name posts by their files; when a file is renamed, they follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.text_edits import Edit, applied
from generator.model import Action, Reply
from generator.problems import Problem
from generator.writing.editable_blog import EditableBlog
from generator.writing.front_matter_editor import (
    EditableFrontMatter,
    editable_front_matter,
    with_other_items,
    with_text,
    with_text_below,
)

REPLIES = "content/replies"


def with_other_name(
    old: str, new: str, texts: Mapping[str, str], blog: EditableBlog
) -> dict[str, str]:
    """The texts of all replies and actions that name the post `old`, with its new name.

    `texts` are those that have other changes already.
    """
    changed = {}
    documents: list[Reply | Action] = [*blog.content.replies, *blog.content.actions]
    for document in documents:
        if not _names(document, old):
            continue
        text = texts.get(document.source) or blog.text(document.source)
        file = editable_front_matter(text.encode(), document.source)
        if isinstance(file, EditableFrontMatter):
            edits = (edit for edit in _edits(document, file, old, new) if isinstance(edit, Edit))
            changed[document.source] = applied(text, edits)
    return changed


def folder_moves(old: str, new: str, blog: EditableBlog) -> dict[str, str]:
    """The move of the folder with the replies to a post, if there is one."""
    folders = {reply.source.rpartition("/")[0] for reply in blog.content.replies}
    before, after = f"{REPLIES}/{old}", f"{REPLIES}/{new}"
    return {before: after} if before in folders and after not in folders else {}


def _names(document: Reply | Action, post: str) -> bool:
    if isinstance(document, Action):
        return any(tag.text == post for tag in document.said)
    return any(tag and tag.text == post for tag in (document.to, document.answered_in))


def _edits(
    document: Reply | Action, file: EditableFrontMatter, old: str, new: str
) -> Iterator[Edit | Problem]:
    if isinstance(document, Action):
        yield from with_other_items(file, "said", lambda name: new if name == old else name)
        return
    if document.to and document.to.text == old:
        yield with_text(file, "to", new)
    if document.answered_in and document.answered_in.text == old:
        edit = with_text_below(file, "answered", "post", new)
        if edit:
            yield edit
