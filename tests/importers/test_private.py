from __future__ import annotations

import pytest

from generator.importers.private import REMOVED, safe_url, without_addresses


@pytest.mark.parametrize(
    "address",
    [
        "aoife@example.com",
        "Aoife.Brennan+blog@mail.example.co.uk",
        "mailto:aoife@example.com",
        '"a.b"@example.org',
        "aoife＠example.com",
        "aoife%40example.com",
        "aoife&#64;example.com",
        "jürgen@müller.example",
        "first_last@x.org",
        "aoife@[192.0.2.7]",
        "192.0.2.7",
        "::ffff:82.119.20.0",
        "2001:db8::7",
        "fe80::1%eth0",
        "::1",
    ],
)
def test_an_address_becomes_a_plain_word(address: str) -> None:
    text, removed = without_addresses(f"Write to {address}, or not.")

    assert (text, removed) == (f"Write to {REMOVED}, or not.", 1)


@pytest.mark.parametrize(
    "text",
    [
        "at 12:30:45",
        "std::vector",
        "a::b",
        "version 1.2.3",
        "1.2.3.4.5",
        "999.1.1.1",
        "me @ home",
        "@ada",
    ],
)
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    assert without_addresses(text) == (text, 0)


def test_of_an_account_of_the_fediverse_the_name_stays() -> None:
    assert without_addresses("as @ada@example.social said") == ("as @ada said", 1)


@pytest.mark.parametrize(
    "url", ["https://example.org/a_b?c=d", "http://example.org", "https://medium.com/@Joe/x-1"]
)
def test_the_address_of_a_page_may_be_kept(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org/",
        "https://user:password@example.org/",
        "https://example.org/?mail=aoife%40example.com",
        "https://example.org/?mail=aoife@example.com",
        "https://192.0.2.7/",
        "http://3221225991/",
        "http://0x7f.1/",
        "https://[::1]/",
        "https://example.org/<b>",
        "https://",
        "https://example.org:99999999/",
        "https://example.org/" + "a" * 3000,
    ],
)  # fmt: skip
def test_any_other_may_not(url: str) -> None:
    assert safe_url(url) == ""


def test_a_long_text_takes_no_time() -> None:
    for text in ("a" * 200_000 + "@", "a@" * 50_000, "1." * 100_000, ":" * 100_000, "." * 99_999):
        without_addresses(text)
