"""Which reply stands below which."""

from __future__ import annotations

from collections.abc import Iterable

from generator.listening.threads import DEEPEST, posts_of, threads_of
from generator.model import Answer, Reply, ReplyKind, ReplyState, ReplyThread
from tests.listening.literals import answer, reply

POST = "content/posts/hello.md"
Tree = list[tuple[str, "Tree"]]


def no_answer(_: Reply) -> Answer | None:
    return None


def tree(threads: Iterable[ReplyThread]) -> Tree:
    return [(thread.reply.id, tree(thread.replies)) for thread in threads]


def drawn(*replies: Reply) -> Tree:
    return tree(threads_of(replies, post=POST, answer_of=no_answer))


def test_replies_stand_below_what_they_answer_oldest_first() -> None:
    late = reply("late", when="2026-11-20 08:00")
    early = reply("early", when="2026-11-19 08:00")
    below = reply("below", to="late", when="2026-11-21 08:00")
    undated = reply("undated", when="")

    assert drawn(undated, below, late, early) == [
        ("early", []),
        ("late", [("below", [])]),
        ("undated", []),
    ]


def test_a_hidden_reply_leaves_its_place_only_to_replies_that_are_shown() -> None:
    hidden = reply("hidden", state=ReplyState.HIDDEN)
    below = reply("below", to="hidden")
    lonely = reply("lonely", state=ReplyState.SPAM)
    new_below = reply("new", to="lonely", state=ReplyState.NEW)

    assert drawn(hidden, below, lonely, new_below) == [("", [("below", [])])]


def test_what_holds_a_place_has_nothing_of_the_hidden_reply() -> None:
    hidden = reply("2026-11-18T0915-1a2b3c4d", state=ReplyState.HIDDEN, closed="Rude.")
    below = reply("below", to=hidden.id)

    [thread] = threads_of([hidden, below], post=POST, answer_of=lambda _: answer("2026-11-19"))

    assert thread.reply.is_gone
    assert {*thread.reply} <= {"", None, ReplyKind.REPLY, POST}


def test_mentions_and_likes_are_not_in_threads() -> None:
    assert drawn(reply("a", kind=ReplyKind.LIKE), reply("b", kind=ReplyKind.MENTION)) == []


def test_a_thread_has_a_last_level() -> None:
    chain = [reply("r0")]
    for number in range(1, 3000):
        chain.append(reply(f"r{number}", to=f"r{number - 1}"))

    level, depth = drawn(*chain), 0
    while level:
        depth, widest, level = depth + 1, len(level), level[-1][1]

    assert depth == DEEPEST
    assert widest == 3000 - (DEEPEST - 1)


def test_a_reply_belongs_to_the_post_of_what_it_answers() -> None:
    replies = [
        reply("a", to="hello"),
        reply("b", to="a"),
        reply("c", to="b"),
        reply("lost", to=""),
        reply("below-lost", to="lost"),
    ]

    assert posts_of(replies) == {
        "a": "hello",
        "b": "hello",
        "c": "hello",
        "lost": "",
        "below-lost": "",
    }


def test_replies_in_a_circle_belong_nowhere_and_end() -> None:
    circle = [reply("a", to="b"), reply("b", to="a"), reply("c", to="a"), reply("d", to="d")]

    assert set(posts_of(circle).values()) == {""}
    assert sorted(name for name, _ in flat(drawn(*circle))) == ["a", "b", "c", "d"]


def flat(level: Tree) -> Tree:
    return [found for name, below in level for found in [(name, []), *flat(below)]]
