"""What an address of each kind may be."""

from __future__ import annotations

import pytest

from generator.config import addresses


@pytest.mark.parametrize(
    ("text", "schemes", "is_right"),
    [
        ("https://example.social/@ada/1", addresses.WEB, True),
        ("HTTPS://example.org", addresses.WEB, True),
        ("http://[::1]:8000/", addresses.WEB, True),
        ("javascript:alert(1)", addresses.PROFILE, False),
        ("java\tscript:alert(1)", addresses.PROFILE, False),
        ("javascript://x/%0aalert(1)", addresses.PROFILE, False),
        ("data:text/html,x", addresses.WEB, False),
        ("vbscript:x", addresses.WEB, False),
        ("https:/example.org", addresses.WEB, False),
        ("https://", addresses.WEB, False),
        ("https://x:port/", addresses.WEB, False),
        ('https://x/"><b>', addresses.WEB, False),
        ("https://x/a b", addresses.WEB, False),
        ("mailto:ada@example.org", addresses.WEB, False),
        ("mailto:ada@example.org", addresses.PROFILE, True),
        ("mailto:ada", addresses.PROFILE, False),
        ("//example.org/", addresses.WEB, False),
        ("example.org", addresses.WEB, False),
        ("", addresses.WEB, False),
    ],
)
def test_a_whole_url_has_a_scheme_of_its_kind(
    text: str, schemes: frozenset[str], is_right: bool
) -> None:
    assert addresses.is_url(text, schemes) is is_right


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("ada@example.org", True),
        ("ada.o'hara+blog@mail.example.co.uk", True),
        ("zoë@größe.example", True),
        ('https://x"><x>', False),
        ("ada@example", False),
        ("Ada <ada@example.org>", False),
        ("ada@example.org, bo@example.org", False),
        ("mailto:ada@example.org", False),
        ("ada@example.org?bcc=x@example.org", False),
        ("ada @example.org", False),
    ],
)
def test_a_mail_address_is_one_mailbox(text: str, is_right: bool) -> None:
    assert addresses.is_mail_address(text) is is_right


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.example.com/x", "https://www.example.com/x"),
        ("example.com", "https://example.com"),
        ("wiki.acme.example:8080/a?b=c#d", "https://wiki.acme.example:8080/a?b=c#d"),
        ("rhys@acme.example", "mailto:rhys@acme.example"),
        ("+44 (20) 7946-0018", "tel:+442079460018"),
        ("http//example.com/x", "https://example.com/x"),
        ("https:/example.com", "https://example.com"),
        ("htps://example.com", "https://example.com"),
        ("about.md", ""),
        ("2026-11-03-one.md", ""),
        ("plan.pdf#page=2", ""),
        ("deck.key", ""),
        ("budget.numbers", ""),
        ("call.m4a", ""),
        ("../pages/about.md", ""),
        ("about", ""),
        ("2026/hello/", ""),
    ],
)
def test_what_was_meant_is_guessed(typed: str, meant: str) -> None:
    assert addresses.meant_by(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://example.org/blog", "https://example.org/blog/"),
        ("https://ada:secret@example.org/", "https://example.org/"),
        ("https://example.org/a/../b/index.html?x#y", "https://example.org/b/"),
        ("https://example.org/größe/", "https://example.org/gr%C3%B6%C3%9Fe/"),
        ("example.org/blog", "https://example.org/blog/"),
        ("ftp://example.org/", ""),
        ("https://", ""),
    ],
)
def test_the_address_of_a_site_has_only_a_host_and_a_path(typed: str, meant: str) -> None:
    assert addresses.site_url(typed) == meant


@pytest.mark.parametrize(
    ("path", "is_possible"),
    [
        ("/2026/hello/", True),
        ("/.well-known/security.txt", True),
        ("/.weekly/x/", False),
        ("/.weekly-stage/x/", False),
        ("/.Weekly/x/", False),
        ("/a/.weekly/", True),
        (f"/{'a' * 255}/", True),
        (f"/{'a' * 256}/", False),
        (f"/x/{'ä' * 128}/", False),
    ],
)
def test_some_paths_can_never_be_written(path: str, is_possible: bool) -> None:
    assert (not addresses.why_unwritable(path)) is is_possible
