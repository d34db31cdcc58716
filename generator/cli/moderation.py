"""One reply after the other, at a terminal: what it says, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from generator import disk
from generator.cli.blog_context import BlogContext
from generator.cli.editor import open_in_editor
from generator.cli.printing import fail, print_problems, say
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import about, posts_by_reply, words_of
from generator.model import Consent, Reply, ReplyKind, ReplyState
from generator.problems import Problem, did_you_mean
from generator.writing.changes import Changes, carry_out
from generator.writing.editable_blog import EditableBlog
from generator.writing.find_post import find_post
from generator.writing.moderation import decided

LINES = 16  # of a reply; more don't fit a screen, and `e` shows the rest

_KEYS = "a approve  h hide  s spam  q question  t thanks  c consent  p post  e edit  n next  x stop"
_STATES = {"a": ReplyState.APPROVED, "h": ReplyState.HIDDEN, "s": ReplyState.SPAM}
_KINDS = {"q": ReplyKind.QUESTION, "t": ReplyKind.THANKS}
_KNOWN = frozenset("ahsqtcpenx")
_PRIVATE = "Its consent is private, so no page will show it. Press c first to change that."


def named_post(asked: str, blog: BlogContext) -> str:
    """The name of the post that an option asks for; if there is none, the run ends."""
    found = find_post(asked, blog.inventory.content, blog.config)
    if isinstance(found, Problem):
        fail([found], "text")
    return found.name


def replies_to_change(given: SharedOptions, blog: BlogContext) -> EditableBlog:
    """What is needed of a blog to change its replies."""
    return EditableBlog(
        content=blog.inventory.content,
        config=blog.config,
        claimed={},
        read=lambda path: disk.read_bytes(given.blog / path),
        read_document=blog.read_document,
    )


def carry_out_for(
    given: SharedOptions, changes: Changes | tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Make the changes; returns what stood in the way."""
    if not isinstance(changes, Changes):
        return changes
    problem = carry_out(changes, given.blog)
    return (problem,) if problem else ()


def moderate(given: SharedOptions, blog: BlogContext, replies: Sequence[Reply]) -> None:
    """Show the replies one by one, and do with each what is typed."""
    desk = _Desk(given, blog)
    for number, reply in enumerate(replies, start=1):
        desk.show(reply, f"{number} of {len(replies)}")
        if not desk.decide(reply):
            break
    counts = desk.counts
    done = ", ".join(f"{counts[state]} {state}" for state in _STATES.values() if counts[state])
    rest = len(replies) - counts.total()
    say(given, f"{done or 'Nothing decided'}; {rest} {'waits' if rest == 1 else 'wait'}.")
    if counts[ReplyState.APPROVED]:
        say(given, "What you approved appears with the next build: weekly build")


class _Desk:
    """Where a reply is shown and decided about."""

    def __init__(self, given: SharedOptions, blog: BlogContext) -> None:
        self.counts: Counter[ReplyState] = Counter()
        self._given = given
        self._blog = blog
        self._editable = replies_to_change(given, blog)
        self._posts = posts_by_reply(blog)
        self._screen: Screen = screen()

    def show(self, reply: Reply, place: str) -> None:
        """Print a reply: who wrote it, what they agree to, and the words that fit."""
        print(f"\n{self._screen.bold(f'{place}  {reply.id}')}")
        print(self._screen.wrapped(about(reply, self._posts.get(reply.id, ""), self._blog)))
        print(f"{reply.kind}, consent: {reply.consent}")
        text = [self._screen.wrapped(line) for line in words_of(reply.body.html).splitlines()]
        lines = "\n".join(text).splitlines()
        for line in lines[:LINES]:
            print(f"  {line}")
        if len(lines) > LINES:
            print(f"  … {len(lines) - LINES} more lines in {reply.source}")

    def decide(self, reply: Reply) -> bool:
        """Ask for keys until one ends with this reply; returns whether to go on."""
        while True:
            print(self._screen.dim(_KEYS))
            for key in click.prompt("Decide", "n", value_proc=_keys, show_default=False):
                if key == "x":
                    return False
                if key == "n":
                    return True
                found = self._press(key, reply)
                if found is None:
                    break  # the other keys were meant for after it
                reply = found
                if key in _STATES:
                    self.counts[_STATES[key]] += 1
                    return True

    def _press(self, key: str, reply: Reply) -> Reply | None:
        """The reply after a key; None if it could not be changed."""
        if key == "e":
            return self._edited(reply)
        if key in _STATES:
            values = {"state": str(_STATES[key])}
            if key == "a":
                values |= self._missing(reply)
        elif key in _KINDS:
            values = {"kind": str(_KINDS[key])}
        elif key == "c":
            consent = click.prompt("Consent", str(reply.consent), value_proc=_consent)
            values = {"consent": str(consent)}
        else:
            values = {"to": self._post_asked_for()}
        problems = carry_out_for(self._given, decided(reply, values, self._editable))
        print_problems(problems, "text")
        return None if problems else self._read(reply)

    def _missing(self, reply: Reply) -> dict[str, str]:
        """What an approved reply needs and this one lacks."""
        if reply.consent is Consent.PRIVATE:
            print(_PRIVATE)
        consent = {"consent": str(reply.consent)}
        return consent if reply.to else consent | {"to": self._post_asked_for()}

    def _post_asked_for(self) -> str:
        def named(typed: str) -> str:
            found = find_post(typed, self._blog.inventory.content, self._blog.config)
            if isinstance(found, Problem):
                raise click.UsageError(f"{found.message}. {found.hint}".rstrip())
            return found.name

        return click.prompt("To which post", value_proc=named)

    def _edited(self, reply: Reply) -> Reply | None:
        path = str(self._given.blog / reply.source)
        if not open_in_editor(path):
            print(f"Set $EDITOR to edit it here, or open {path}.")
            return None
        found = self._read(reply)
        if found:
            self.show(found, "Now")
        return found

    def _read(self, reply: Reply) -> Reply | None:
        data = disk.read_bytes(Path(self._given.blog / reply.source))
        document, problems = self._blog.read_document(reply.source, data)
        print_problems(problems, "text")
        return document if isinstance(document, Reply) else None


def _keys(typed: str) -> str:
    keys = "".join(typed.lower().split())
    if wrong := set(keys) - _KNOWN:
        raise click.UsageError(f"There is no key '{min(wrong)}'.")
    return keys or "n"


def _consent(typed: str) -> Consent:
    try:
        return Consent(typed.strip().lower())
    except ValueError:
        known = ", ".join(Consent)
        hint = did_you_mean(typed, Consent, otherwise=f"Write one of {known}.")
        raise click.UsageError(f"There is no consent '{typed.strip()}'. {hint}") from None


def must_do(given: SharedOptions, changes: Changes | tuple[Problem, ...]) -> None:
    """Make the changes, or end the run with what stands in the way."""
    if problems := carry_out_for(given, changes):
        fail(problems, "text")
