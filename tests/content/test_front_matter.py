"""The front matter of a content file: hostile input, and promises that hold for any bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.content import front_matter as loading
from generator.content.fields import Fields
from generator.content.front_matter import ContentFile, decode, read_front_matter, split
from generator.content.front_matter_errors import quoted
from generator.problems import Problem, has_errors

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def document(front_matter: str) -> ContentFile:
    found = split(f"---\n{front_matter}\n---\nBody", "a.md")
    assert isinstance(found, ContentFile)
    return found


def printed(front_matter: str) -> list[str]:
    return [str(problem) for problem in read_front_matter(document(front_matter))[1]]


@pytest.fixture(params=LOADERS, ids=["python", "c"])
def either_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_Loader", request.param)


def test_a_file_is_cut_in_two_with_the_lines_of_both_parts() -> None:
    assert split("\n---\ntitle: x\n---\n\nBody\n", "a.md") == ContentFile(
        path="a.md", front_matter="title: x", first_line=3, body="\nBody\n", body_line=5
    )


def test_each_value_has_its_place_and_that_of_its_key() -> None:
    values, problems = read_front_matter(document("title: Hello\ntags:\n  - courage"))

    assert problems == ()
    assert [(key, str(v.key_at), str(v.at)) for key, v in values.items()] == [
        ("title", "a.md:2:1", "a.md:2:8"),
        ("tags", "a.md:3:1", "a.md:4:3"),
    ]


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize(
    "comment",
    [
        "# See all topics at example.org",
        "\n# See all topics at example.org",
        "\n## Topics\n\n# one: two\n",
        "\n  # indented\n#tight",
        "\n#\n# - courage",
    ],
)
@pytest.mark.parametrize("after", ["", "\ntags: [courage]"])
def test_a_comment_may_stand_anywhere_in_closed_front_matter(comment: str, after: str) -> None:
    """Issue 12, line 15: a comment after a blank line was taken for a heading of the body."""
    values, problems = read_front_matter(document(f"title: Hello\n{comment}{after}"))

    assert problems == ()
    assert values["title"].node.value == "Hello"
    assert ("tags" in values) == bool(after)


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize("front_matter", ["", "   ", "# nothing yet", "\n\n"])
def test_front_matter_may_be_empty(front_matter: str) -> None:
    assert read_front_matter(document(front_matter)) == ({}, ())


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize(
    "front_matter",
    ["- a\n- b\t\t\n- c", "title:\tHello", "title: Hello\t# comment", "a:\t[x,\ty]\t", "\t\na: b"],
)
def test_tabs_that_do_not_indent_are_spaces(front_matter: str) -> None:
    assert printed("tags:\n" + front_matter if front_matter.startswith("-") else front_matter) == []


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize(
    "front_matter",
    ["a: [1, 2\n\nb: *x", "&a b: c\nd: *a", "\tx: y", "a: 'b\n\n", "a: b: c", "- a\nb: c"],
)
def test_the_loaders_find_the_same_error(
    front_matter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = printed(front_matter)
    monkeypatch.setattr(loading, "_Loader", yaml.SafeLoader)

    assert found == printed(front_matter) != []


DEEP = 100_000


@pytest.mark.parametrize(
    "front_matter",
    ["extra: " + "[" * DEEP, "extra: " + "[" * DEEP + "]" * DEEP, "extra: " + "{a: " * DEEP],
    ids=["open lists", "lists", "mappings"],
)
def test_a_hundred_thousand_brackets_are_too_long(front_matter: str) -> None:
    (line,) = printed(front_matter)

    assert re.match(r"a\.md:1:1: the front matter has \d\d\d,\d\d\d characters, which is too", line)


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize(
    ("front_matter", "place"),
    [
        ("extra: " + "[" * 99_000, "a.md:2:27"),
        ("extra: " + "[" * 40_000 + "]" * 40_000, "a.md:2:27"),
        ("extra: " + "{a: " * 20_000 + "}" * 19_000, "a.md:2:84"),
        ("extra:\n  " + "- " * 40_000 + "a", "a.md:3:41"),
        ("? " * 40_000 + "a", "a.md:2:41"),
        ("\n".join(" " * depth + "a:" for depth in range(400)), "a.md:22:21"),
    ],
    ids=["open lists", "lists", "mappings", "items", "keys", "lines"],
)
def test_deep_values_are_refused_before_they_overflow_the_stack(
    front_matter: str, place: str
) -> None:
    """libyaml's composer used to end the process with a segmentation fault."""
    assert printed(front_matter) == [
        f"{place}: the values are nested too deeply. Write simple lists and texts."
    ]


def test_a_process_survives_deep_values() -> None:
    program = (
        "from generator.content.front_matter import ContentFile, read_front_matter\n"
        "for sign in ('[', '{', '- ', '? '):\n"
        "    print(len(read_front_matter(ContentFile('a', 'x: [' + sign * 45_000, 2, '', 3))[1]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.split() == [b"1"] * 4


@pytest.mark.usefixtures("either_loader")
def test_a_megabyte_of_front_matter_is_refused_at_once() -> None:
    assert printed("extra:\n" + "  key: value\n" * 90_000) == [
        "a.md:1:1: the front matter has 1,170,007 characters, which is too long."
        " End it with a line of three hyphens (---) below its last key."
    ]


@pytest.mark.usefixtures("either_loader")
def test_twenty_levels_are_not_too_deep() -> None:
    assert printed("extra: " + "[" * 19 + "]" * 19) == []


@pytest.mark.parametrize("name", ["content", "handler", "defaults", "encoding", "text", "node"])
def test_no_key_is_special_to_python_frontmatter(name: str) -> None:
    values, problems = read_front_matter(document(f"{name}: x\nrefused: y"))

    assert list(values) == [name, "refused"]
    assert problems == ()


@pytest.mark.usefixtures("either_loader")
def test_no_python_object_is_made() -> None:
    assert printed("a: !!python/object/apply:os._exit [1]\nb: !!python/name:os.system x") == [
        "a.md:2:4: the YAML tag '!!python/object/apply:os._exit' is not allowed here."
        " Leave it out, or put the whole text in quotes.",
        "a.md:3:4: the YAML tag '!!python/name:os.system' is not allowed here."
        " Leave it out, or put the whole text in quotes.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "It's",
        'a "quoted" word',
        "C:\\Users",
        'it\'s "both" \\ and',
        "#1: *stars*",
        "é\t😀",
    ],
)
def test_a_quoted_text_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"title: {quoted(text)}") == {"title": text}


def read_all(data: bytes) -> tuple[str, list[Problem]]:
    """All problems of a file, with every kind of field read from it."""
    text = decode(data, "a.md")
    if isinstance(text, Problem):
        return data.decode("utf-8", "replace"), [text]
    found = split(text, "a.md")
    if isinstance(found, Problem):
        return text, [found]
    values, problems = read_front_matter(found)
    fields = Fields(found, values, problems, {"excerpt": "summary"})
    for key in [*values, "summary"]:
        for way in (fields.text, fields.line, fields.texts, fields.flag, fields.number):
            way(key)
        fields.texts(key, or_one=True)
        repr(fields.mapping(key)).encode("utf-8")
        fields.has(key)
    fields.unknown("error")
    return text, fields.problems


def assert_in_file(text: str, problems: Iterable[Problem]) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").split("\n")
    for problem in problems:
        assert problem.at.path == "a.md"
        assert 0 <= problem.at.line <= len(lines)
        if problem.at.line:
            assert 1 <= problem.at.column <= len(lines[problem.at.line - 1]) + 1
        assert "\n" not in str(problem)


WORDS = st.sampled_from(
    [
        "---", "...", "\n", "\n", "\n", "\n  ", "\n- ", ": ", ":", " ", "title", "tags", "- ", "-",
        "[", "]", "{", "}", ",", '"', "'", "#", " #", "*", "&", "!", "|", ">", "?", "%", "@", "`",
        "\\", "\t", "\n\t", "=", "a", "b c", "é", "😀", "\u2028", "\u00a0", "\x85", "\ufeff", "\r",
        "<<", "~", "!!str", "\\x", "\\uD800", "+++", "–", "\x00", "1", "2026-11-24", "# x", "\n# x",
        "\n\n", "Dear all", "|-\n", "''", '""', "? ", "%YAML 1.1\n", "\x07", "null", "0o1",
    ]
)  # fmt: skip
FRONT_MATTER = st.lists(WORDS, max_size=25).map("".join)


@given(data=st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
@example(data=b"\xef\xbb\xbf\xff")
@example(data=b"\xed\xa0\x80")
def test_no_bytes_raise(data: bytes) -> None:
    assert_in_file(*read_all(data))
    assert_in_file(*read_all(b"---\n" + data + b"\n---\n"))


@given(front_matter=FRONT_MATTER)
@settings(max_examples=600, deadline=None)
@example(front_matter="tags: [#courage, focus]")
@example(front_matter='a: "\\uD800"')
@example(front_matter="a: \u2028\u2028b: c: d")
def test_no_text_raises_and_every_problem_has_a_place_in_the_file(front_matter: str) -> None:
    assert_in_file(*read_all(f"---\n{front_matter}\n---\n".encode()))


@given(front_matter=FRONT_MATTER)
@settings(max_examples=600, deadline=None)
@example(front_matter="?")
@example(front_matter="tags:\n-\n-\n")
@example(front_matter="tags: [a, ~, ]\n?")
def test_both_loaders_read_any_front_matter_alike(front_matter: str) -> None:
    data = f"---\n{front_matter}\n---\n".encode()
    results = []
    with pytest.MonkeyPatch.context() as patch:
        for loader in LOADERS:
            patch.setattr(loading, "_Loader", loader)
            results.append((everything_in(data), read_all(data)[1]))
    assert results[0] == results[1]


def everything_in(data: bytes) -> object:
    """The values of front matter with their places, as plain texts."""
    text = decode(data, "a.md")
    found = text if isinstance(text, Problem) else split(text, "a.md")
    if isinstance(found, Problem):
        return found
    values = read_front_matter(found)[0]
    return {
        key: (value.at, value.key_at, yaml.serialize(value.node)) for key, value in values.items()
    }


@given(front_matter=FRONT_MATTER)
@settings(max_examples=300, deadline=None)
def test_front_matter_is_read_or_reported(front_matter: str) -> None:
    data = f"---\n{front_matter}\n---\n".encode()
    found = everything_in(data)
    if found == {} and not has_errors(read_all(data)[1]):
        text = decode(data, "a.md")
        assert isinstance(text, str)
        document = split(text, "a.md")
        assert isinstance(document, ContentFile)
        assert yaml.safe_load(re.sub("[\t\u2028\u2029]", " ", document.front_matter)) in ({}, None)
