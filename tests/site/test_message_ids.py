"""What identifies a post in feeds and in mail."""

from __future__ import annotations

import pytest

from generator.site.message_ids import message_id, tag_uri, token, token_in_subject, tokens_in


def test_the_message_id_of_a_post_comes_from_its_feed_id() -> None:
    assert tag_uri("example.org,2026", "w2026-48") == "tag:example.org,2026:w2026-48"
    # sha256 of that URI, by sha256sum
    assert message_id("example.org,2026", "w2026-48") == (
        "<6dcae42f2db386f9f404d72f6597075f@example.org>"
    )


def test_the_token_is_the_beginning_of_the_same_digest() -> None:
    assert token("example.org,2026", "w2026-48") == "nxfoilzn"  # base32 of 6dcae42f2d
    assert token_in_subject("example.org,2026", "w2026-48") == "[#nxfoilzn]"


@pytest.mark.parametrize("authority", ["ada@example.org,2026", "example.org,2026-11-24"])
def test_the_domain_of_a_message_id_is_that_of_the_authority(authority: str) -> None:
    assert message_id(authority, "w2026-48").endswith("@example.org>")


def test_a_token_is_found_again_in_a_subject() -> None:
    subject = f"Re: AW: The desk, at last {token_in_subject('example.org,2026', 'w2026-48')}"

    assert tokens_in(subject.upper()) == ("nxfoilzn",)
    assert tokens_in("Re: ticket [#4711] [#toolong12] [#0xfoilzn]") == ()
