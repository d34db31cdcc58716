"""Another word for a tag, wherever it is said: in posts, in the traits' lists, in the topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.config.settings import SITE_FILE, TRAITS
from generator.config.toml_places import string_places
from generator.content.front_matter import CONTROL
from generator.content.text_edits import Edit, applied, without_items
from generator.model import Post, Term
from generator.problems import Location, Problem, did_you_mean, shortened
from generator.site.taxonomies import fold
from generator.writing.changes import Change, Changes
from generator.writing.front_matter_editor import Head, typed_head, with_other_items
from generator.writing.renaming import Blog


def retagged(old: str, new: str, blog: Blog) -> Changes | tuple[Problem, ...]:
    """All that has to change for `new` to be said wherever `old` was, or why it can't be.

    Where a trait, a reason or a topic has the new tag already, the old one goes away, so that
    two tags become one.
    """
    plain = " ".join(new.split())
    if CONTROL.search(plain) or not fold(plain):
        message = f"'{shortened(plain)}' can't be a tag"
        return (Problem("bad-tag", Location("content"), message, "Give it a word."),)
    retagging = _Retagging(old, plain, blog)
    files = (*retagging.document_changes(), *retagging.site_change())
    problems = tuple(retagging.problems()) if files else (retagging.nothing_to_do(),)
    return problems or Changes(files)


@dataclass(frozen=True)
class _Retagging:
    old: str
    new: str
    blog: Blog

    @cached_property
    def is_merge(self) -> bool:
        """Whether the new tag is known, so that the old one need not be any more."""
        words = {fold(topic) for topic in self.blog.config.topics}
        words |= {fold(word) for term in self.blog.content.terms for word in term.words}
        return fold(self.new) in words and not self.is_old(self.new)

    @cached_property
    def tagged(self) -> tuple[Post | Term, ...]:
        """All that has tags."""
        return (*self.blog.content.posts, *self.blog.content.terms)

    def is_old(self, tag: str) -> bool:
        """Whether a tag is the old one, however it is spelt."""
        return fold(tag) == fold(self.old)

    def document_changes(self) -> Iterator[Change]:
        """Every post and term that says the old tag, with the new one."""
        for document in self.tagged:
            if not any(self.is_old(tag.text) for tag in document.tags):
                continue
            said = {fold(tag.text) for tag in document.tags if not self.is_old(tag.text)}
            is_gone = self.is_merge if isinstance(document, Term) else fold(self.new) in said
            yield from self._document_change(document, None if is_gone else self.new)

    def _document_change(self, document: Post | Term, new: str | None) -> Iterator[Change]:
        before = self.blog.read(document.source)
        head = typed_head(before, document.source)
        if not isinstance(head, Head):  # it was read a moment ago
            return
        keys = [key for key, name in self.blog.config.front_matter.rename.items() if name == "tags"]
        key = next((key for key in keys if key in head.values), "tags")
        edits = with_other_items(head, key, lambda tag: new if self.is_old(tag) else tag)
        after = applied(head.text, edits).encode()
        if after != before:
            yield Change(document.source, before, after)

    def site_change(self) -> Iterator[Change]:
        """site.toml with the new tag among its topics."""
        before = self.blog.read(SITE_FILE)
        text = before.decode("utf-8")
        places = [place for key, place in string_places(text).items() if key[0] == "topics"]
        topics = self.blog.config.topics
        found = [number for number, topic in enumerate(topics) if self.is_old(topic)]
        if not found:
            return
        if not self.is_merge:
            edits = [Edit(*places[number], _toml(self.new)) for number in found]
        elif len(found) < len(places):
            edits = without_items(text, places, found)
        else:
            edits = [Edit(places[0][0], places[-1][1], "")]
        after = applied(text, edits).encode()
        if after != before:
            yield Change(SITE_FILE, before, after)

    def problems(self) -> Iterator[Problem]:
        """What would be wrong with posts that had the new tag."""
        config, terms = self.blog.config, self.blog.content.terms
        listed = [*config.topics, *(tag.text for term in terms for tag in term.tags)]
        is_listed = any(self.is_old(word) for word in listed)
        if config.unknown_tags == "error" and not (self.is_merge or is_listed):
            yield Problem(
                "unknown-tag",
                Location("content"),
                f"the tag '{self.new}' belongs to no trait and no topic",
                did_you_mean(self.new, listed, otherwise="Add it to a trait's tags first."),
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
                    f"with '{self.new}' in place of '{self.old}' the post would have no trait",
                    "Give it a tag of one of the traits first.",
                )

    def nothing_to_do(self) -> Problem:
        """That no file has to change."""
        said = (tag.text for document in self.tagged for tag in document.tags)
        known = {*self.blog.config.topics, *said}
        if self.old in known:
            message = f"'{shortened(self.old)}' is said so already"
            return Problem("bad-tag", Location("content"), message)
        message = f"nothing has the tag '{shortened(self.old)}'"
        return Problem("unknown-tag", Location("content"), message, did_you_mean(self.old, known))


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
