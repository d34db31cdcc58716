"""Messages as bytes, read back by Python's parser and by one that is not Python's."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import mailparser
import pytest

from generator.mail.headers import HeaderError
from generator.mail.message import Envelope, MailImage, MailParts, message

LONG_URL = "https://example.org/leave?token=" + "a1" * 84
ENVELOPE = Envelope(
    sender="Ada Marsh <ada@example.org>",
    reply_to="Answers <tuesday@example.org>",
    list_id="Letters <letters.example.org>",
    unsubscribe_mailto="mailto:leave@example.org",
    unsubscribe_url=LONG_URL,
    message_id="<0123456789abcdef0123456789abcdef@example.org>",
    date=datetime(2026, 11, 24, 9, tzinfo=UTC),
    in_reply_to="<" + "b" * 120 + "@example.org>",
)
PARTS = MailParts("What I heard", "<p>Grüße 🎉</p>\n<p>.</p>\n", "Grüße 🎉\n.\nFrom here\n")
SUBJECTS = (
    "What I heard",
    "Grüße aus Köln: über Öl",
    "🎉 " * 30,
    "👩‍💻 und 🏳️‍🌈",
    "word " * 80,
    "w" * 400,
    "é" * 400,
    "=?utf-8?q?not_encoded?=",
    "  many   spaces\tand\na line  ",
    "日本語の件名" * 30,
    "مرحبا بالعالم",
    "",
)
ENCODED = re.compile(rb"(Subject:)? =\?utf-8\?[bq]\?[!->@-~]+\?=")  # one on each line
INJECTIONS = [
    before + end + "Bcc: all@example.org"
    for before in ("Title", "Tïtle", "", '"Ada" <a@example.org>')
    for end in ("\n", "\r\n", "\r", "\n\n", "\r\n ", "\x00", "\x0b", "\x85", "\u2028", "\x1e")
]


def parsed(data: bytes) -> EmailMessage:
    """What Python reads."""
    made = message_from_bytes(data, policy=policy.default)
    assert isinstance(made, EmailMessage)
    return made


def parsed_elsewhere(data: bytes) -> Any:
    """What another library reads."""
    return mailparser.parse_from_bytes(data)


def raw_lines(data: bytes) -> list[bytes]:
    """The lines of the headers."""
    return data.partition(b"\r\n\r\n")[0].split(b"\r\n")


def names(data: bytes) -> list[str]:
    """The names of the headers."""
    return [name.lower() for name in parsed(data)]


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    data = message(PARTS._replace(subject=subject), ENVELOPE, to="all@example.org")
    wanted = " ".join(subject.split())

    assert parsed(data)["Subject"] == wanted
    assert str(make_header(decode_header(parsed_elsewhere(data).message["Subject"]))) == wanted
    assert max(map(len, raw_lines(data))) <= 998
    encoded = [line for line in raw_lines(data) if b"=?utf-8" in line]
    assert all(len(line) <= 76 and ENCODED.fullmatch(line) for line in encoded)


def test_long_links_and_ids_stay_whole() -> None:
    """Python's own folding makes encoded words of them (cpython issue 100991)."""
    data = message(PARTS, ENVELOPE, to="all@example.org")
    read, elsewhere = parsed(data), parsed_elsewhere(data).message

    for found in (read, elsewhere):
        links = " ".join(str(found["List-Unsubscribe"]).split())
        assert links == f"<{LONG_URL}>, <mailto:leave@example.org>"
        assert str(found["In-Reply-To"]).strip() == ENVELOPE.in_reply_to
        assert str(found["References"]).strip() == ENVELOPE.in_reply_to
    assert LONG_URL.encode() in data
    assert b"=?" not in data.partition(b"\r\n\r\n")[0]


def test_the_headers_of_a_message_that_is_sent() -> None:
    data = message(PARTS, ENVELOPE, to="Staff <all@example.org>")
    read = parsed(data)

    assert names(data) == [
        "from", "to", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
        "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "precedence",
        "mime-version", "content-type",
    ]  # fmt: skip
    assert str(read["From"]) == "Ada Marsh <ada@example.org>"
    assert str(read["To"]) == "Staff <all@example.org>"
    assert str(read["Date"]) == "Tue, 24 Nov 2026 09:00:00 +0000"
    assert str(read["Message-ID"]) == ENVELOPE.message_id
    assert " ".join(str(read["List-Id"]).split()) == "Letters <letters.example.org>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (read["Auto-Submitted"], read["Precedence"]) == ("auto-generated", "list")


def test_one_click_is_offered_only_with_a_page_for_it() -> None:
    data = message(PARTS, ENVELOPE._replace(unsubscribe_url=""))

    assert parsed(data)["List-Unsubscribe"] == "<mailto:leave@example.org>"
    assert "list-unsubscribe-post" not in names(data)


def test_a_draft_says_nothing_of_a_machine_that_sent_it() -> None:
    data = message(PARTS, ENVELOPE, to="all@example.org", is_draft=True)

    assert names(data) == [
        "from", "to", "reply-to", "subject", "x-unsent", "mime-version", "content-type"
    ]  # fmt: skip
    assert parsed(data)["X-Unsent"] == "1"


def test_both_parts_come_back_as_they_were() -> None:
    data = message(PARTS, ENVELOPE)
    read, elsewhere = parsed(data), parsed_elsewhere(data)

    for kind, wanted in (("plain", PARTS.text), ("html", PARTS.html)):
        part = read.get_body((kind,))
        assert part is not None
        assert part.get_content().replace("\r\n", "\n") == wanted
    assert elsewhere.text_plain[0].replace("\r\n", "\n").strip() == PARTS.text.strip()
    assert elsewhere.text_html[0].replace("\r\n", "\n").strip() == PARTS.html.strip()
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_images_travel_beside_the_html_that_shows_them() -> None:
    image = MailImage("a1@images", "grün 'x'.png", "image/png", b"\x89PNG" * 40, "A square")
    parts = PARTS._replace(html='<img src="cid:a1@images">', images=(image,))
    read = parsed(message(parts, ENVELOPE))
    found = next(part for part in read.walk() if part.get_content_type() == "image/png")

    assert found["Content-ID"] == "<a1@images>"
    assert found.get_content() == image.data
    assert found.get_filename() == image.name
    assert found.get_content_disposition() == "inline"
    related = next(part for part in read.walk() if part.get_content_type() == "multipart/related")
    assert related.get_param("type") == "text/html"


def test_no_line_is_longer_than_mail_may_have() -> None:
    parts = MailParts("S", "<p>" + "x" * 5000 + "</p>", "y" * 5000 + "\n")

    assert max(map(len, message(parts, ENVELOPE).split(b"\r\n"))) <= 998
    assert b"\n" not in message(parts, ENVELOPE).replace(b"\r\n", b"")


def test_the_same_message_is_the_same_bytes() -> None:
    assert message(PARTS, ENVELOPE) == message(PARTS, ENVELOPE)


@pytest.mark.parametrize("payload", INJECTIONS, ids=range(len(INJECTIONS)))
def test_nothing_in_a_title_begins_another_header(payload: str) -> None:
    data = message(PARTS._replace(subject=payload), ENVELOPE, to="all@example.org")

    assert names(data) == names(message(PARTS, ENVELOPE, to="all@example.org"))
    assert "bcc" not in {name.lower() for name in parsed_elsewhere(data).message}
    assert not any(line.lower().startswith(b"bcc") for line in data.split(b"\r\n"))


@pytest.mark.parametrize("field", ["sender", "reply_to", "list_id", "message_id", "to"])
@pytest.mark.parametrize("payload", INJECTIONS, ids=range(len(INJECTIONS)))
def test_nothing_in_a_name_or_a_setting_begins_another_header(field: str, payload: str) -> None:
    value = f"{payload} <ada@example.org>"
    changed = ENVELOPE if field == "to" else ENVELOPE._replace(**{field: value})

    with pytest.raises(HeaderError):
        message(PARTS, changed, to=value if field == "to" else "")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a b",
        "https://example.org/>,<mailto:x@example.org",
        "http://example.org/",
        "javascript:alert(1)",
        "https://example.org/\r\nBcc: x@example.org",
        "https://example.org/" + "a" * 1000,
    ],
)
def test_a_link_that_no_header_can_have_is_refused(url: str) -> None:
    with pytest.raises(HeaderError):
        message(PARTS, ENVELOPE._replace(unsubscribe_url=url))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Ada Marsh <ada@example.org>", "Ada Marsh <ada@example.org>"),
        ('"Marsh, Ada" <ada@example.org>', '"Marsh, Ada" <ada@example.org>'),
        ("Marsh, Ada (CIO) <ada@example.org>", '"Marsh, Ada (CIO)" <ada@example.org>'),
        ("Åsa Öberg <asa@example.org>", "Åsa Öberg <asa@example.org>"),
        ("Ada <ada@exämple.org>", "Ada <ada@xn--exmple-cua.org>"),
        ("=?utf-8?q?x?= <ada@example.org>", '"=?utf-8?q?x?=" <ada@example.org>'),
        ("é" * 18 + " <ada@example.org>", "é" * 18 + " <ada@example.org>"),
    ],
)
def test_names_beside_addresses_come_back(written: str, read: str) -> None:
    data = message(PARTS, ENVELOPE._replace(sender=written))
    found = parsed(data)["From"].addresses[0]

    assert f"{found.display_name} <{found.addr_spec}>".lstrip(" <") in (
        read.replace('"', ""),
        f"{read}>",
    )


def test_a_long_name_comes_back() -> None:
    """Python's newer parser puts spaces between its pieces; decode_header knows better."""
    data = message(PARTS, ENVELOPE._replace(sender="é" * 200 + " <ada@example.org>"))
    name = parsed_elsewhere(data).message["From"].partition("<")[0]

    assert str(make_header(decode_header(name))).strip() == "é" * 200


@pytest.mark.parametrize("text", ["ada", "ada@", "@example.org", "Ada <ada@example.org", "a@b <c>"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(HeaderError):
        message(PARTS, ENVELOPE._replace(sender=text))
