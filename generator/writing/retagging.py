"""Another word for a tag, wherever it is used: in posts, in the tags of traits, in the topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.config.settings import SITE_FILE, TRAITS
from generator.config.toml_places import string_places
from generator.content.front_matter import CONTROL
from generator.content.text_edits import Edit, applied, without_items
from generator.model import Action, Post, Term
from generator.problems import Location, Problem, did_you_mean, shortened
from generator.site.taxonomies import fold
from generator.writing.changes import Changes
from generator.writing.editable_blog import EditableBlog
from generator.writing.front_matter_editor import (
    EditableFrontMatter,
    editable_front_matter,
    with_other_items,
)


def retagged(old: str, new: str, blog: EditableBlog) -> Changes | tuple[Problem, ...]:
    """The changes that replace `old` by `new` everywhere, or why that can't be done.

    If a trait, a reason or a topic already has the new tag, the old one is removed, so that two
    tags become one.
    """
    plain = " ".join(new.split())
    if CONTROL.search(plain) or not fold(plain):
        message = f"'{shortened(plain)}' can't be a tag"
        return (Problem("bad-tag", Location("content"), message, "Use letters and digits."),)
    retagging = _Retagging(old, plain, blog)
    files = blog.changes({**dict(retagging.document_texts()), **retagging.settings_text()})
    problems = tuple(retagging.problems()) if files else (retagging.nothing_to_do(),)
    return problems or Changes(files)


@dataclass(frozen=True)
class _Retagging:
    old: str
    new: str
    blog: EditableBlog

    @cached_property
    def is_merge(self) -> bool:
        """Whether the new tag is already known, so that the old one is no longer needed."""
        words = {fold(topic) for topic in self.blog.config.topics}
        words |= {fold(word) for term in self.blog.content.terms for word in term.words}
        return fold(self.new) in words and not self.is_old(self.new)

    @cached_property
    def tagged(self) -> tuple[Post | Term, ...]:
        """Everything that has tags."""
        return (*self.blog.content.posts, *self.blog.content.terms)

    def is_old(self, tag: str) -> bool:
        """Whether a tag is the old one, in any spelling."""
        return fold(tag) == fold(self.old)

    def document_texts(self) -> Iterator[tuple[str, str]]:
        """The path of every post and term with the old tag, and its text with the new one."""
        for document in self.tagged:
            if not any(self.is_old(tag.text) for tag in document.tags):
                continue
            others = {fold(tag.text) for tag in document.tags if not self.is_old(tag.text)}
            is_gone = self.is_merge if isinstance(document, Term) else fold(self.new) in others
            new = None if is_gone else self.new
            yield document.source, self._retagged_text(document, "tags", new)
        for action in self.blog.content.actions:
            if any(self.is_old(tag.text) for tag in action.traits):
                others = {fold(tag.text) for tag in action.traits if not self.is_old(tag.text)}
                new = None if fold(self.new) in others else self.new
                yield action.source, self._retagged_text(action, "traits", new)

    def _retagged_text(self, document: Post | Term | Action, key: str, new: str | None) -> str:
        """A document's text with `new` in place of the old tag, or without it."""
        found = editable_front_matter(self.blog.read(document.source), document.source)
        if not isinstance(found, EditableFrontMatter):  # it has changed since it was read
            return self.blog.text(document.source)
        if key == "tags":
            key = self.blog.written_key(key, found.values)
        edits = with_other_items(found, key, lambda tag: new if self.is_old(tag) else tag)
        return applied(found.text, edits)

    def settings_text(self) -> dict[str, str]:
        """site.toml with the new tag among its topics; nothing if the old one is not there."""
        text = self.blog.text(SITE_FILE)
        places = [place for key, place in string_places(text).items() if key[0] == "topics"]
        topics = self.blog.config.topics
        found = [number for number, topic in enumerate(topics) if self.is_old(topic)]
        if not found:
            return {}
        if not self.is_merge:
            edits = [Edit(*places[number], _toml(self.new)) for number in found]
        elif len(found) < len(places):
            edits = without_items(text, places, found)
        else:
            edits = [Edit(places[0][0], places[-1][1], "")]
        return {SITE_FILE: applied(text, edits)}

    def problems(self) -> Iterator[Problem]:
        """The errors that posts would have with the new tag."""
        config, terms = self.blog.config, self.blog.content.terms
        listed = [*config.topics, *(tag.text for term in terms for tag in term.tags)]
        is_listed = any(self.is_old(word) for word in listed)
        if config.unknown_tags == "error" and not (self.is_merge or is_listed):
            yield Problem(
                "unknown-tag",
                Location("content"),
                f"the tag '{self.new}' belongs to no trait and no topic",
                did_you_mean(self.new, listed, otherwise="Add it to the tags of a trait first."),
            )
        if config.posts_without_trait == "error" and self.is_merge:
            yield from self._posts_without_trait()

    def _posts_without_trait(self) -> Iterator[Problem]:
        traits = [term for term in self.blog.content.terms if term.taxonomy == TRAITS]
        words = {fold(word) for trait in traits for word in trait.words}
        for post in self.blog.content.posts:
            tags = {fold(tag.text) for tag in post.tags}
            after = {fold(self.new) if self.is_old(tag) else tag for tag in tags}
            if tags & words and not after & words:
                yield Problem(
                    "no-trait",
                    Location(post.source),
                    f"with '{self.new}' instead of '{self.old}' the post would have no trait",
                    "Give it a tag of one of the traits first.",
                )

    def nothing_to_do(self) -> Problem:
        """The problem that no file would change."""
        used = (tag.text for document in self.tagged for tag in document.tags)
        known = {*self.blog.config.topics, *used}
        if self.old in known:
            message = f"the tag is already '{shortened(self.old)}' everywhere"
            return Problem("bad-tag", Location("content"), message)
        message = f"nothing has the tag '{shortened(self.old)}'"
        return Problem("unknown-tag", Location("content"), message, did_you_mean(self.old, known))


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
