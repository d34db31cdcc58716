"""A new post that answers replies: what it begins with, and what it does for those who asked."""

from __future__ import annotations

from collections.abc import Sequence

from generator.cli.blog_context import BlogContext
from generator.cli.moderation import replies_to_change
from generator.cli.printing import fail
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import posts_by_reply, words_of
from generator.listening.visible import shown_name
from generator.model import Consent, Reply, ReplyState, Term
from generator.problems import Location, Problem
from generator.writing.moderation import find_reply
from generator.writing.new_posts import QuotedReply, first_words


def replies_asked(given: SharedOptions, asked: Sequence[str], blog: BlogContext) -> list[Reply]:
    """The replies with these ids, all of which can be answered."""
    if not asked:
        return []
    editable = replies_to_change(given, blog)
    found = [find_reply(name, editable) for name in asked]
    replies = [reply for reply in found if isinstance(reply, Reply)]
    problems = [problem for problem in found if isinstance(problem, Problem)]
    problems += [_done(reply) for reply in replies if reply.answered or reply.closed]
    if problems:
        fail(problems, "text")
    return list(dict.fromkeys(replies))


def _done(reply: Reply) -> Problem:
    what = "has an answer" if reply.answered else "is closed"
    hint = "Link it from the post, or delete that from its file first."
    return Problem("unanswerable", Location(reply.source), f"the reply {what}", hint)


def first_question(replies: Sequence[Reply], language: str) -> str:
    """The first words of the first reply that may be quoted, as a title."""
    words = next(filter(None, (_words(reply) for reply in replies)), "")
    return first_words(words, language) if words else ""


def _words(reply: Reply) -> str:
    """The words of a reply; '' if its writer did not agree to their being shown."""
    return "" if reply.consent is Consent.PRIVATE else words_of(reply.body.html)


def quoted(reply: Reply) -> QuotedReply:
    """A reply as a post quotes it: with no more of a name than was agreed to."""
    name = ", ".join(filter(None, (shown_name(reply), reply.role))) if shown_name(reply) else ""
    return QuotedReply(reply.id, _words(reply), name)


def trait_of_post(replies: Sequence[Reply], blog: BlogContext) -> Term | None:
    """The first trait of the post that the first reply belongs to."""
    if not replies:
        return None
    name = posts_by_reply(blog).get(replies[0].id)
    for entry in blog.inventory.site.entries:
        if entry.post.name == name:
            return next((term for term in blog.traits if term in entry.terms), None)
    return None


def what_it_does_for(reply: Reply) -> str:
    """A sentence about a reply that a new post answers."""
    if reply.consent is Consent.PRIVATE:
        return f"{reply.id} is private, so it is not quoted: answer it without naming anybody."
    if reply.state is not ReplyState.APPROVED:
        return f"{reply.id} is {reply.state}: no page shows it until you approve it."
    return f"Once it is published, {reply.id} is answered."
