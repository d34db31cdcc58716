"""What is kept between builds: it comes back as it was, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator import build as builds
from generator.cache.damage import CacheDamagedError
from generator.cache.ledger import Ledger
from generator.cache.store import Cache, Made
from generator.content.rows import (
    at_hand,
    document_of,
    inventory_at_hand,
    row_of,
    texts_at_hand,
    texts_of,
)
from generator.model import (
    Body,
    Document,
    Heading,
    Html,
    Inventory,
    Page,
    Post,
    PostState,
    Reference,
    StoredText,
    Tag,
    Term,
)
from generator.problems import Location
from tests.conftest import Blog

ZONE = ZoneInfo("Europe/London")
PATH = "content/posts/one.md"

HTML = "<p>Words — “quoted”.</p>"


def kept(text: str) -> StoredText:
    return at_hand(StoredText, text)


def html(text: str) -> Html:
    return at_hand(Html, text)


BODY = Body(
    html=html(HTML),
    opening_end=12,
    opening=kept("Words — “quoted”."),
    word_count=2,
    keywords="words quoted",
    vocabulary=kept("quoted words"),
    targets=("content/posts/b.md",),
    images=(),
    inventory=inventory_at_hand(
        Inventory(
            (Heading(2, "one", "One & <two>", (Heading(3, "three", "Three"),)),),
            (Reference("content/posts/b.md", "part", Location(PATH, 9, 3), False, "b.md#part"),),
        )
    ),
    undescribed=(Tag("a.png", Location(PATH, 10, 1)),),
)

POST = Post(
    source=PATH,
    slug="one",
    title="One",
    published=datetime(2026, 11, 10, 9, 30, tzinfo=ZONE),
    updated=datetime(2026, 7, 10, 9, 30, tzinfo=ZONE),
    tags=(Tag("risk", Location(PATH, 3, 8)), Tag("œuvre", Location(PATH, 3, 14))),
    authors=(Tag("ada", Location(PATH, 4, 9)),),
    summary="In short.",
    status=PostState.PLANNED,
    approved_by="Bronagh",
    id="one-and-only",
    aliases=(Tag("/old/", Location(PATH, 5)),),
    image=Reference("content/posts/one.png", "", Location(PATH, 6, 8), True, "one.png"),
    image_alt="A view",
    series="Letters",
    series_order=2,
    language="cy",
    syndication=("https://example.org/1",),
    extra={"colour": "blue", "sizes": (1, 2), "deep": {"none": None, "yes": True}},
    body=BODY,
)

BARE_POST = Post(
    source=PATH,
    slug="one",
    title="One",
    published=datetime(2026, 10, 25, 1, 30, tzinfo=ZONE, fold=1),  # the hour that comes twice
    updated=None,
    tags=(),
    authors=(),
    summary="",
    status=PostState.READY,
    approved_by="",
    id="",
    aliases=(),
    image=None,
    image_alt="",
    series="",
    series_order=0,
    language="",
    syndication=(),
    extra={},
    body=Body(html(""), 0, kept(""), 0, "", kept(""), (), (), inventory_at_hand(Inventory()), ()),
)

DOCUMENTS: dict[str, Document] = {
    "a post": POST,
    "a bare post": BARE_POST,
    "a page": Page(
        PATH, "About", "/about/", "In short.", False, (Tag("/me/", Location(PATH, 3)),), BODY
    ),
    "a trait": Term(
        "traits",
        "listen",
        "Listen",
        -2,
        "I will ask.",
        (Tag("listening", Location(PATH, 4)),),
        ("Whom did I hear?",),
        PATH,
        BODY,
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_comes_back_from_its_row_as_it_was(kind: str) -> None:
    document = DOCUMENTS[kind]
    row = json.loads(json.dumps(row_of(document)))
    found = document_of(PATH, row, texts_at_hand(texts_of(document)), ZONE)

    assert found == document
    assert repr(found) == repr(document)


@pytest.mark.parametrize("row", [[], ["post"], ["post", 1, 2], ["page", *"1234567"], ["term"], [1]])
def test_a_foreign_row_raises_what_the_reading_expects(row: list[Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        document_of(PATH, row, texts_at_hand(texts_of(POST)), ZONE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blog"


def open_cache(folder: Path, engine: str = "engine", output: str = "output") -> Cache:
    folder.mkdir(exist_ok=True)
    return Cache.open(folder, folder / output, engine)


def save(cache: Cache, **given: Any) -> None:
    assert (
        cache.save(**({"digests": {}, "references": {}, "related": {}, "made": {}} | given)) is None
    )


def keep(folder: Path, texts: dict[str, str]) -> None:
    """A build that has read these texts again, and recalled what else there was."""
    cache = open_cache(folder)
    for path in cache.documents._rows:
        cache.documents.recall(path, "key")
    for path, text in texts.items():
        cache.documents.keep(path, "key", [path], texts_at_hand((text, text[:1], "", "[]")))
    save(cache)


def recalled(folder: Path, path: str) -> str:
    found = open_cache(folder).documents.recall(path, "key")
    assert found
    row, texts = found
    assert row == [path]
    assert str(texts.vocabulary) == str(texts.html)[:1]
    return str(texts.html)


def test_a_body_comes_back_under_its_key_only(folder: Path) -> None:
    keep(folder, {"a": "Ünïcode", "b": ""})

    assert recalled(folder, "a") == "Ünïcode"
    assert recalled(folder, "b") == ""
    assert open_cache(folder).documents.recall("a", "other key") is None
    assert open_cache(folder).documents.recall("c", "key") is None


def test_everything_else_comes_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(b"made")
    made = {"index.html": Made.of("sketch", "key", {"site": "1"}, b"made", file)}
    save(open_cache(folder), digests={"a": [1, 2, 3, 4, "d", 5]}, references={"d": ["x.html"]},
         made=made)  # fmt: skip
    cache = open_cache(folder)

    assert cache.digests == {"a": [1, 2, 3, 4, "d", 5]}
    assert cache.references == {"d": ["x.html"]}
    assert cache.made == made


def test_each_output_folder_has_its_own_list_of_what_was_made(folder: Path) -> None:
    made = {"index.html": Made("sketch", "key", "", "digest", (1, 2, 3, 4))}
    save(open_cache(folder), made=made)

    assert open_cache(folder, output="elsewhere").made == {}
    assert open_cache(folder).made == made


def test_what_was_not_asked_for_again_is_forgotten(folder: Path) -> None:
    keep(folder, {"a": "one", "b": "two"})
    cache = open_cache(folder)
    cache.documents.recall("a", "key")
    save(cache)

    assert open_cache(folder).documents.recall("b", "key") is None
    assert recalled(folder, "a") == "one"


def test_nothing_is_written_where_nothing_is_new(folder: Path) -> None:
    keep(folder, {"a": "one"})
    before = {path: path.stat() for path in (folder / ".weekly").iterdir()}
    keep(folder, {})

    assert {path: path.stat() for path in (folder / ".weekly").iterdir()} == before


def test_the_store_is_compacted_when_most_of_it_is_waste(folder: Path) -> None:
    long = "long " * 120_000
    keep(folder, {"a": "one", "b": long, "c": long + "er", "d": ""})
    store = folder / ".weekly/bodies.txt"
    assert store.stat().st_size > 1_000_000
    keep(folder, {"b": "two", "c": "three"})

    assert store.read_text() == "oneo[][]twot[]threet[]"
    assert [recalled(folder, path) for path in "abcd"] == ["one", "two", "three", ""]


def test_a_cache_of_another_engine_is_not_read(folder: Path) -> None:
    keep(folder, {"a": "one"})

    assert open_cache(folder, engine="newer").documents.recall("a", "key") is None


def _truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": _truncated,
    "flipped": _flipped,
    "longer": lambda data: data + b"\n",
    "foreign": lambda data: b"\x80\x04\x95\x00pickle",
    "of another version": lambda data: data.replace(b"weekly ", b"weekly 9", 1),
    "no text": lambda data: b"\xff\xfe" * 10,
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", ["documents", "artifacts"])
def test_a_file_that_is_not_as_it_was_written_is_not_read(
    name: str, damage: str, folder: Path
) -> None:
    keep(folder, {"a": "one"})
    cache = open_cache(folder)
    cache.documents.recall("a", "key")
    save(cache, made={"index.html": Made("sketch", "key", "", "digest", (1,))})
    (file,) = (folder / ".weekly").glob(f"{name}*")
    file.write_bytes(DAMAGE[damage](file.read_bytes()))
    cache = open_cache(folder)
    if damage == "longer":  # what was written stands before it
        assert recalled(folder, "a") == "one"
        assert cache.made.keys() == {"index.html"}
        return

    assert cache.made == {} or name != "artifacts"
    assert cache.documents.recall("a", "key") is None or name != "documents"


@pytest.mark.parametrize("damage", [*DAMAGE, "gone"])
def test_a_body_that_is_not_as_it_was_kept_is_never_shown(damage: str, folder: Path) -> None:
    keep(folder, {"a": "one two three"})
    store = folder / ".weekly/bodies.txt"
    if damage == "gone":
        store.unlink()
    else:
        store.write_bytes(DAMAGE[damage](store.read_bytes()))
    if damage in ("longer", "of another version"):  # it still stands where it stood
        assert recalled(folder, "a") == "one two three"
        return
    with pytest.raises(CacheDamagedError):
        recalled(folder, "a")


def test_an_empty_cache_has_forgotten_everything(folder: Path) -> None:
    keep(folder, {"a": "one"})
    (folder / ".weekly/lock").touch()
    cache = Cache.empty(folder, folder / "output", "engine")

    assert cache.documents.recall("a", "key") is None
    assert [path.name for path in (folder / ".weekly").iterdir()] == ["lock"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_build_throws_a_damaged_cache_away_without_a_word(damage: str, blog: Blog) -> None:
    blog.post("2026-11-10-one", body="First words.\n")
    blog.post("2026-11-11-two")
    blog.build()
    for file in (blog.folder / ".weekly").iterdir():
        file.write_bytes(DAMAGE[damage](file.read_bytes()))
    blog.write("templates/post.html", "{{ letter.html | html }}")
    report = blog.build()

    assert report.problems == ()
    assert "<p>First words.</p>" in blog.page("2026/one/")
    assert blog.build().written.made == ()


def _nothing(row: Any) -> Any:
    return {}


def _shorter(row: Any) -> Any:
    return row[:-1]


@pytest.mark.parametrize("forge", [_nothing, _shorter])
def test_a_build_throws_rows_away_that_it_could_not_have_written(
    forge: Callable[[Any], Any], blog: Blog
) -> None:
    blog.post("2026-11-10-one", body="First words.\n")
    blog.build()
    for file in (blog.folder / ".weekly").glob("*.jsonl"):
        engine = file.read_text().split()[2]
        rows = Ledger(file, engine).rows
        file.unlink()
        Ledger(file, engine).save({name: forge(row) for name, row in rows.items()})
    blog.write("templates/post.html", "{{ letter.html | html }}")
    report = blog.build()

    assert report.problems == ()
    assert "<p>First words.</p>" in blog.page("2026/one/")
    assert blog.build().written.made == ()


def test_another_version_of_this_program_makes_everything_again(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    monkeypatch.setattr(builds, "engine_digest", lambda: "another")
    rendered: list[str] = []
    render = builds.Renderer.render
    monkeypatch.setattr(
        builds.Renderer,
        "render",
        lambda self, artifact: (rendered.append(artifact.path), render(self, artifact))[1],
    )
    report = blog.build()

    assert report.written.made == ()  # the same bytes
    assert sorted(rendered) == [path for path in blog.tree() if path != ".weekly"]


@pytest.fixture
def made(tmp_path: Path) -> tuple[Made, Path]:
    file = tmp_path / "index.html"
    file.write_bytes(b"home")
    return Made.of("sketch", "key", {}, b"home", file), file


def test_a_file_of_the_output_stands_while_it_holds_its_bytes(made: tuple[Made, Path]) -> None:
    item, file = made
    assert item.found_at(str(file)) is item

    file.touch()
    assert item.found_at(str(file)) == Made.of("sketch", "key", {}, b"home", file)


@pytest.mark.parametrize("change", ["gone", "other", "link", "folder", "under a file"])
def test_a_file_of_the_output_that_is_not_as_it_was_left(
    change: str, made: tuple[Made, Path]
) -> None:
    item, file = made
    file.unlink()
    if change == "other":
        file.write_bytes(b"hoax")
    elif change == "link":
        file.with_name("same").write_bytes(b"home")
        file.symlink_to("same")
    elif change == "folder":
        file.mkdir()
    elif change == "under a file":
        file.write_bytes(b"")
        file = file / "deep"

    assert item.found_at(str(file)) is None
