"""The ids by which an answer finds its post."""

from __future__ import annotations

import re

from generator.site.message_ids import feed_id, message_id, token, token_in_subject, tokens_in


def test_an_id_depends_on_the_authority_and_the_post_only() -> None:
    assert message_id("example.org,2026", "2026-11-16-hello") == (
        "<20ed3df0f95b2a9896d27ecebbe4baa5@example.org>"
    )
    assert message_id("example.org,2026", "x") != message_id("example.org,2027", "x")
    assert feed_id("example.org,2026", "héllo/x") == "tag:example.org,2026:h%C3%A9llo/x"


def test_the_token_fits_a_subject() -> None:
    found = token("example.org,2026", "2026-11-16-hello")

    assert found == "edwt34hz"
    assert re.fullmatch("[a-z2-7]{8}", found)


def test_a_message_id_has_one_at_sign_and_no_address() -> None:
    found = message_id("helen@example.org,2026", "x")

    assert found.count("@") == 1
    assert found.endswith("@example.org>")


def test_a_token_is_found_again_in_a_subject() -> None:
    found = token_in_subject("example.org,2026", "2026-11-16-hello")

    assert tokens_in(f"Re: AW: The desk, at last {found}".upper()) == ("edwt34hz",)
    assert tokens_in("Re: ticket [#4711] [#toolong12] [#0dwt34hz]") == ()
