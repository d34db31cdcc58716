"""Who may be seen, and under which name."""

from __future__ import annotations

import pytest

from generator.listening.visible import initials, may_be_shown, shown_reply
from generator.model import Consent, ReplyState
from tests.listening.literals import reply


@pytest.mark.parametrize("state", ReplyState)
@pytest.mark.parametrize("consent", Consent)
def test_only_what_is_approved_and_not_private_may_be_shown(
    state: ReplyState, consent: Consent
) -> None:
    may = may_be_shown(reply("a", state=state, consent=consent))

    assert may == (state is ReplyState.APPROVED and consent is not Consent.PRIVATE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aoife Brennan", "A. B."),
        ("seán ó briain", "S. Ó. B."),
        ("  Anne-Marie  O'Neill ", "A. O."),
        ("'Bob' (IT) 2nd", "B. I. N."),
        ("李明", "李."),
        ("007", ""),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("consent", "name", "role", "has_links"),
    [
        (Consent.PUBLIC, "Aoife Brennan", "Service desk", True),
        (Consent.INITIALS, "A. B.", "Service desk", False),
        (Consent.ANONYMOUS, "", "", False),
    ],
)
def test_what_is_shown_of_somebody_is_what_they_agreed_to(
    consent: Consent, name: str, role: str, has_links: bool
) -> None:
    shown = shown_reply(reply("a", consent=consent), post="content/posts/hello.md", answer=None)

    assert (shown.name, shown.role) == (name, role)
    assert (bool(shown.url), bool(shown.origin)) == (has_links, has_links)
    assert ("Aoife" in repr(shown)) == (consent is Consent.PUBLIC)
