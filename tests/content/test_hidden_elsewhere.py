"""Keys by which other tools hide a page hold it back here, whatever unknown keys are."""

from __future__ import annotations

import pytest

from generator.config.levels import Level
from generator.content.posts import read_page, read_term
from tests.content.literals import SETTINGS, Untouched, front_matter, read

HIDING = {
    "published: false": "draft",
    "Published: No": "draft",
    "published: later": "draft",
    "publish: off": "draft",
    "Draft: true": "draft",
    "DRAFT: yes": "draft",
    "is_draft: 1": "draft",
    "Status: draft": "status",
    "post-status: private": "draft",
    "visibility: members": "draft",
    "Visibility: hidden": "draft",
    "hidden: true": "draft",
    "private: true": "draft",
    "unlisted: true": "draft",
    "password: hunter2": "draft",
    "postPassword: hunter2": "draft",
    "publishDate: some day": "date",
    "Date: some day": "date",
    "expiryDate: some day": "draft",
    "permalink: false": "draft",
    "_build: {render: never, list: never}": "draft",
    "eleventyExcludeFromCollections: true": "draft",
    "state: draft": "draft",
    "enabled: false": "draft",
    "darft: true": "draft",
    "statsu: idea": "draft",
    "Week: 2099-W01": "week",
    "ready: false": "draft",
    "dg-publish: false": "draft",
    "sponsors_only: true": "draft",
    "in_progress: true": "draft",
    "exclude: true": "draft",
    "confidentiality: internal": "draft",
    "workflow_state: draft": "draft",
    "draft-until: some day": "date",
    "date_published: some day": "date",
    "build: {render: link}": "draft",
    "type: draft": "draft",
    "restricted: true": "draft",
    "entwurf: true": "draft",
}
SHOWING = [
    "published: true",
    "published: 2020-01-01",
    "Draft: false",
    "visibility: public",
    "Status: published",
    "hidden: no",
    "password:",
    "publishDate: 2020-01-01",
    "expiryDate: 2099-01-01",
    "permalink: /here/",
    "live: https://example.org/",
    "state: California",
    "audience: all staff",
    "type: article",
    "craft: knitting",
    "build: nightly",
    "ready: soon",
    "exclude: [a, b]",
    "classification: recipes",
    "read_only: true",
]


@pytest.mark.parametrize("level", ["error", "warning", "note", "allow"])
@pytest.mark.parametrize("line", HIDING)
def test_a_key_that_hides_a_post_elsewhere_holds_it_back(line: str, level: Level) -> None:
    settings = SETTINGS._replace(unknown_keys=level)
    post, printed = read(front_matter(line), settings=settings)

    assert post is None
    (found,) = printed
    typed = line.partition(":")[0]
    assert found.startswith(f"content/posts/a.md:4:1: '{typed}")
    assert "hides this file in other tools, but is no key here." in found
    assert f"'{HIDING[line]}" in found.partition("no key here.")[2]


@pytest.mark.parametrize("line", SHOWING)
def test_a_key_that_hides_nothing_is_an_unknown_key(line: str) -> None:
    post, printed = read(front_matter(line), settings=SETTINGS._replace(unknown_keys="warning"))

    assert post is not None
    typed = line.partition(":")[0]
    assert [found.partition("'. ")[0] for found in printed] == [
        f"content/posts/a.md:4:1: warning: unknown key '{typed}"
    ]


def test_an_address_in_a_post_is_no_reason_to_hold_it_back() -> None:
    (found,) = read(front_matter("permalink: /2015/05/21/hello/"))[1]

    assert "unknown key 'permalink'" in found
    assert "draft" not in found


def test_the_advice_is_what_holds_the_post_back_first() -> None:
    assert read(front_matter("published: false"))[1] == [
        "content/posts/a.md:4:1: 'published: false' hides this file in other tools, but is no key "
        "here. Write 'draft: true' to keep it back; delete this line only if all may see it."
    ]


def test_our_key_and_another_spelling_of_it_disagree() -> None:
    assert read(front_matter("Draft: true\ndraft: false"))[1] == [
        "content/posts/a.md:4:1: 'Draft: true' hides this file in other tools, but is no key here. "
        "Write 'draft: true' to keep it back; delete this line only if all may see it."
    ]


def test_a_key_that_is_renamed_to_ours_is_ours() -> None:
    settings = SETTINGS._replace(rename={"hidden": "draft"})
    post, printed = read(front_matter("hidden: true"), settings=settings)

    assert printed == []
    assert post is not None
    assert post.is_draft


def test_a_page_and_a_term_are_held_back_too() -> None:
    lenient = SETTINGS._replace(unknown_keys="allow")
    text = b"---\ntitle: About\nstatus: draft\n---\nText\n"
    _, of_page, is_page_broken, _ = read_page("content/pages/about.md", text, lenient, Untouched())
    _, of_term, is_term_broken, _ = read_term("content/traits/about.md", text, lenient, Untouched())

    assert is_page_broken
    assert is_term_broken
    assert "Write 'draft: true' to keep it back" in str(of_page[0])
    assert "To keep the file back, move it out of this folder" in str(of_term[0])
