"""A mistake of ours is seen, in whichever stage it is, with a cache and without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from generator import artifacts as plans
from generator import build as builds
from generator import check as checks
from generator.artifacts import context, feeds, page_heads, posts, search
from generator.cache import database, images, keys, made, store
from generator.cache.file_digests import FileDigests
from generator.content import known_documents, reading, rows
from generator.render import template_closures
from generator.render import templates as pages
from generator.site import assemble, related
from tests.conftest import Blog, png

Plant = tuple[Any, str]

STAGES: dict[str, Plant] = {
    "the settings are compared": (builds, "check_settings"),
    "files are found": (FileDigests, "of"),
    "a source is read": (reading, "_reader_of_bytes"),
    "content is checked": (builds, "check_content"),
    "the site is assembled": (assemble, "related_posts"),
    "posts are compared": (related, "_nearest"),
    "the theme is loaded": (builds, "load_theme"),
    "images are prepared": (builds, "read_images"),
    "the site is planned": (builds, "plan"),
    "artifacts are compared by path": (plans, "_clashes"),
    "the context is made": (context, "shown_post"),
    "a card is made": (context, "post_card"),
    "a line is made": (context, "post_link"),
    "a view is made": (posts, "post_view"),
    "a head is made": (page_heads, "cut_at_word"),
    "an entry of a feed is made": (feeds, "_feed_entry"),
    "the words of a year are found": (search, "_search_year"),
    "a key is made": (builds, "key_of"),
    "the digest of inputs is made": (builds, "inputs_key"),
    "the parts of a key are told apart": (keys, "_fields"),
    "templates are followed": (template_closures.TemplateClosures, "of"),
    "a page is rendered": (pages, "on_page"),
    "the output is written": (builds, "write_site"),
    "the cache is saved": (store, "change_of"),
}

TABLES: dict[str, Plant] = {
    "a document is decoded": (known_documents, "document_of"),
    "a document is decoded deep inside": (rows, "_moment"),
    "a document is encoded": (known_documents, "stored"),
    "a row of a document becomes a value": (store, "DOCUMENTS"),
    "a row of a file becomes a value": (store, "FILES"),
    "a row of an artifact becomes a value": (store, "Made"),
    "a row of a template becomes a value": (store, "TEMPLATES"),
    "a row of an image is typed": (images, "_image_in"),
    "a checksum is made": (database, "_checksum"),
    "an artifact is compared with its file": (made, "stamp_of"),
}

BUGS = (AttributeError, TypeError, LookupError, ValueError, ArithmeticError, RecursionError)


def each_with_a_bug(
    places: Mapping[str, Plant], first: int = 0
) -> list[tuple[str, type[Exception]]]:
    """Each place with a kind of bug, the kinds in turns."""
    return [(place, BUGS[(first + n) % len(BUGS)]) for n, place in enumerate(places)]


@pytest.fixture
def filled(blog: Blog) -> Blog:
    """A blog that has something for each stage."""
    blog.write("content/posts/2026-11-10-one/view.png", png())
    blog.post("2026-11-10-one/index", "![A view](view.png)\n\nFirst words.\n")
    blog.post("2026-11-11-two", "Other words about planning budgets.\n")
    blog.post("2026-11-12-three", "Other words about planning budgets.\n")
    return blog


def plant(where: Plant, bug: type[Exception], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a function raise a bug; gives a list that is empty until it has been called."""
    calls: list[int] = []

    def broken(*given: Any, **named: Any) -> Any:
        calls.append(1)
        raise bug("planted")

    owner, name = where
    found = getattr(owner, name)
    is_table = isinstance(found, database.Table)
    monkeypatch.setattr(owner, name, found._replace(value_of=broken) if is_table else broken)
    return calls


def is_seen(bug: type[Exception], run: Callable[[], object]) -> bool:
    try:
        run()
    except bug as error:
        return "planted" in str(error)
    return False


@pytest.mark.parametrize(("stage", "bug"), each_with_a_bug(STAGES))
def test_a_bug_in_a_stage_is_seen_without_a_cache(
    stage: str, bug: type[Exception], filled: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = plant(STAGES[stage], bug, monkeypatch)

    assert is_seen(bug, filled.try_build)
    assert calls


@pytest.mark.parametrize(("stage", "bug"), each_with_a_bug(STAGES, first=1))
def test_a_bug_in_a_stage_is_seen_with_a_cache(
    stage: str, bug: type[Exception], filled: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.build()
    filled.post("2026-11-11-two", "Other words, and {{ more }}.\n", summary="In short.")
    calls = plant(STAGES[stage], bug, monkeypatch)

    assert is_seen(bug, filled.try_build)
    assert calls


@pytest.mark.parametrize(("place", "bug"), each_with_a_bug(TABLES))
def test_a_bug_where_the_cache_is_read_or_written_is_seen(
    place: str, bug: type[Exception], filled: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.build()
    filled.post("2026-11-11-two", "Other words.\n")
    calls = plant(TABLES[place], bug, monkeypatch)

    assert is_seen(bug, filled.try_build)
    assert calls


def test_a_bug_in_a_check_is_seen(filled: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    plant((checks, "check_site"), LookupError, monkeypatch)
    options = filled.options()

    assert is_seen(LookupError, lambda: checks.check(filled.config(), options))
