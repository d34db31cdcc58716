"""Edits of single values in front matter: no other byte may change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.fields import Fields
from generator.content.front_matter import decode, read_front_matter, split
from generator.content.text_edits import Edit, applied
from generator.problems import Problem
from generator.writing.front_matter_editor import (
    EditableFrontMatter,
    editable_front_matter,
    with_item,
    with_other_items,
    with_text,
)


def typed(text: str) -> EditableFrontMatter:
    found = editable_front_matter(text.encode(), "a.md")
    assert isinstance(found, EditableFrontMatter), [str(problem) for problem in found]
    return found


def fields(text: str) -> Fields:
    normal = decode(text.encode(), "a.md")
    assert isinstance(normal, str)
    document = split(normal, "a.md")
    assert not isinstance(document, Problem)
    values, problems = read_front_matter(document)
    return Fields(document, values, problems, {})


def changed(text: str, edit: Edit | Problem) -> str:
    assert isinstance(edit, Edit), str(edit)
    return applied(text, [edit])


def other_items(text: str, rename: Callable[[str], str | None]) -> str:
    return applied(text, with_other_items(typed(text), "tags", rename))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("slug: old", "slug: new"),
        ("slug:   'old'  # why", "slug:   'new'  # why"),
        ('slug: "old"\r\ntitle: x', 'slug: "new"\r\ntitle: x'),
        ("slug:\ntitle: x", "slug: new\ntitle: x"),
        ("slug: ~ # none", "slug: new # none"),
        ("title: x\n# the end", "title: x\n# the end\nslug: new"),
        ("title: x\r\ntags: [a]", "title: x\r\ntags: [a]\r\nslug: new"),
        ("  title: x", "  title: x\n  slug: new"),
        ("{title: x}", "{slug: new, title: x}"),
        ("# {\ntitle: x", "# {\ntitle: x\nslug: new"),
        ("", "slug: new"),
    ],
)
def test_a_text_is_set_in_its_place(lines: str, expected: str) -> None:
    eol = "\r\n" if "\r\n" in lines else "\n"
    text, wanted = (
        f"---{eol}{part}{eol if part else ''}---{eol}slug: old{eol}" for part in (lines, expected)
    )

    assert changed(text, with_text(typed(text), "slug", "new")) == wanted


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("aliases: [/a/]", "aliases: [/a/, /old/]"),
        ("aliases: [ /a/ , ] # c", "aliases: [ /a/, /old/ , ] # c"),
        ("aliases: []", "aliases: [/old/]"),
        ("aliases:", "aliases: [/old/]"),
        ("aliases: /a/", "aliases: [/a/, /old/]"),
        ("aliases: '/a/'", "aliases: ['/a/', /old/]"),
        ("aliases: /a,b/", 'aliases: ["/a,b/", /old/]'),
        ("aliases:\n- /a/ # first\ntitle: x", "aliases:\n- /a/ # first\n- /old/\ntitle: x"),
        ("aliases:\n  - /a/\n\n# c\ntitle: x", "aliases:\n  - /a/\n  - /old/\n\n# c\ntitle: x"),
        ("aliases:\n  - >-\n    /a/", "aliases:\n  - /old/\n  - >-\n    /a/"),
        ("aliases:\n  [/a/,\n   /b/ # c\n  ]", "aliases:\n  [/a/,\n   /b/, /old/ # c\n  ]"),
    ],
)
def test_an_item_is_added_in_the_form_of_its_list(lines: str, expected: str) -> None:
    text = f"\ufeff---\n{lines}\n---\nBody"

    assert changed(text, with_item(typed(text), "aliases", "/old/")) == (
        f"\ufeff---\n{expected}\n---\nBody"
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("tags: [a, old, b]", "tags: [a, new, b]"),
        ("tags: ['old',\"old\"]", "tags: ['new',\"new\"]"),
        ("tags: old", "tags: new"),
        ("tags:\n- old # c\n- gone\n- a", "tags:\n- new # c\n- a"),
        ("tags:\n  -\n    gone # c\n  - a", "tags:\n  - a"),
        ("tags: [gone, a]", "tags: [a]"),
        ("tags: [a, gone]", "tags: [a]"),
        ("tags: [gone, a, gone, gone]", "tags: [a]"),
        ("tags: [a, # c\n  gone]", "tags: [a, # c\n  ]"),
        ("tags: [gone]", "tags: [gone]"),
        ("title: old", "title: old"),
    ],
)
def test_items_are_renamed_or_removed(lines: str, expected: str) -> None:
    names = {"old": "new", "gone": None}
    text = f"---\n{lines}\n---\nold"

    assert other_items(text, lambda tag: names.get(tag, tag)) == f"---\n{expected}\n---\nold"


def test_a_value_in_a_block_of_lines_is_not_edited() -> None:
    text = "---\nslug: >\n  old\n---\n"

    assert str(with_text(typed(text), "slug", "new")) == (
        "a.md:2:7: the value of 'slug' is written in a way that can't be changed here. "
        "Write it on one line, after slug: and a space."
    )


WORDS = st.text(st.sampled_from("abü'\"#:,[]{}-~ 1é🎉\u2028"), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text
)
STYLES = st.sampled_from(["[{}]", "[ {} ]", "- {}", "  - {}"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A file with a list of tags among other keys, and the tags."""
    tags = draw(st.lists(WORDS, min_size=1, max_size=4))
    shown = [
        "'" + tag.replace("'", "''") + "'" if draw(st.booleans()) else scalar_of(tag)
        for tag in tags
    ]
    style = draw(STYLES)
    if style.startswith("["):
        listed = " " + style.format(", ".join(shown))
    else:
        listed = "".join("\n" + style.format(tag) + draw(COMMENTS) for tag in shown)
    lines = ["title: a-b" + draw(COMMENTS), f"tags:{listed}", "slug: s"]
    text = "\n".join(["---", *draw(st.permutations(lines)), "---", "tags: [body]\n"])
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text, tags


COMMENTS = st.sampled_from(["", " # a 'comment'", "\n# below", "  "])


def scalar_of(text: str) -> str:
    """A YAML value in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(files(), WORDS)
def test_a_changed_tag_is_read_back_and_no_other_byte_changes(
    made: tuple[str, list[str]], new: str
) -> None:
    text, tags = made
    wanted = [new if tag == tags[0] else tag for tag in tags]
    edits = with_other_items(typed(text), "tags", lambda tag: new if tag == read(tags[0]) else tag)
    after = applied(text, edits)

    assert [tag.text for tag in fields(after).texts("tags")] == [read(tag) for tag in wanted]
    assert fields(after).text("slug") == "s"
    assert kept(text, edits) == kept(after, [edit_back(text, edit, edits) for edit in edits])


@given(files(), WORDS)
def test_an_added_tag_is_read_back(made: tuple[str, list[str]], new: str) -> None:
    text, tags = made
    edit = with_item(typed(text), "tags", new)
    after = changed(text, edit)

    assert [tag.text for tag in fields(after).texts("tags")] == [read(t) for t in (*tags, new)]
    assert fields(after).text("slug") == "s"
    assert isinstance(edit, Edit) and edit.start == edit.end


@given(files(), st.integers(0, 3))
def test_a_removed_tag_leaves_the_others(made: tuple[str, list[str]], number: int) -> None:
    text, tags = made
    gone = read(tags[number % len(tags)])
    after = other_items(text, lambda tag: None if tag == gone else tag)
    left = [read(tag) for tag in tags if read(tag) != gone]

    assert [tag.text for tag in fields(after).texts("tags")] == (left or [read(t) for t in tags])
    assert fields(after).text("slug") == "s"


@given(files(), WORDS)
def test_an_added_key_is_read_back(made: tuple[str, list[str]], new: str) -> None:
    text, tags = made
    after = changed(text, with_text(typed(text), "series", new))

    assert fields(after).text("series") == read(new)
    assert [tag.text for tag in fields(after).texts("tags")] == [read(tag) for tag in tags]


def read(text: str) -> str:
    """A text as front matter gives it back."""
    return text.replace("\u2028", " ").strip()


def kept(text: str, edits: list[Edit]) -> str:
    """The text that no edit touches."""
    return applied(text, [Edit(edit.start, edit.end, "") for edit in edits])


def edit_back(text: str, edit: Edit, edits: list[Edit]) -> Edit:
    """Where the text of an edit is after all edits."""
    before = [other for other in edits if other.start < edit.start]
    shift = sum(len(other.text) - (other.end - other.start) for other in before)
    return Edit(edit.start + shift, edit.start + shift + len(edit.text), "")
