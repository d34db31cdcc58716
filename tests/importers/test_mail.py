from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.importers.found import FoundReply, Refused, SetAside
from generator.importers.mail import read_mail, read_mbox
from generator.model import Consent
from tests.importers.literals import SETTINGS, mail, reasons


def read(data: bytes) -> FoundReply:
    found = read_mail(data, "a.eml", SETTINGS)
    assert isinstance(found, FoundReply), found
    return found


def why_not(data: bytes) -> str:
    found = read_mail(data, "a.eml", SETTINGS)
    assert isinstance(found, SetAside | Refused)
    return found.reason


def test_a_mail_is_a_private_reply() -> None:
    found = read(
        mail(
            "I agree.\n\nhttps://example.org/blog/2026/hello/\n\nSent from my iPhone\n",
            subject="Re: =?utf-8?q?Th=C3=A9_desk?= [#ABCD2345]",
            head="In-Reply-To: <post@example.org>\nReferences: <older@m> <post@example.org>\n",
        )
    )

    assert (found.text, found.name) == ("I agree.", "Aoife Brennan")
    assert (found.subject, found.token) == ("Re: Thé desk [#ABCD2345]", "abcd2345")
    assert found.references == ("<post@example.org>", "<older@m>")
    assert found.permalink == "https://example.org/blog/2026/hello/"
    assert found.received == datetime(2026, 11, 18, 9, 15, tzinfo=UTC)
    assert (found.via, found.consent, found.published) == ("email", Consent.PRIVATE, None)


def test_no_address_is_kept() -> None:
    found = read(mail("Write to aoife@example.com or 192.0.2.7.\n"))

    assert found.text == "Write to (address removed) or (address removed)."
    assert found.removed == 2
    assert "aoife@" not in str(found)


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ('"Brennan, Aoife" <aoife@example.com>', "Aoife Brennan"),
        ("=?utf-8?q?Brennan=2C_Aoif=C3=A9?= <aoife@example.com>", "Aoifé Brennan"),
        ("aoife@example.com", ""),
        ('"aoife@example.com" <aoife@example.com>', ""),
        ("=?utf-8?b?////?= <aoife@example.com>", "ÿÿÿ"),
        ("=?nonsense?q?Aoife?= <aoife@example.com>", "Aoife"),
        ("\u202eAoife <aoife@example.com>", "Aoife"),
    ],
)
def test_the_sender_is_a_name_without_an_address(sender: str, name: str) -> None:
    assert read(f"From: {sender}\nSubject: x\n\nWords.\n".encode()).name == name


def test_html_becomes_markdown_with_its_seams() -> None:
    found = read(
        mail(
            "<html><head><style>p{}</style></head><body><div>One "
            "<b>bold</b></div><div>two<br></div>"
            "<div><br></div><div>See <a href='https://example.org/x'>this</a>.</div>"
            "<div>https://example.org/blog/2026/hello/</div>"
            "<div id='ms-outlook-mobile-signature'><div>Sent from Outlook for iOS</div></div>"
            "<div id='divRplyFwdMsg'>From: Helen</div><div>The desk opens.</div></body></html>",
            head="Content-Type: text/html; charset=utf-8\n",
        )
    )

    assert found.text == "One **bold**\n\ntwo\n\nSee [this](https://example.org/x)."
    assert found.permalink == "https://example.org/blog/2026/hello/"


@pytest.mark.parametrize(
    "html",
    [
        "<div>Words.<div id='appendonsend'></div><hr><div>Old</div></div><div>older</div>",
        "<div><div><p>Words.</p></div><div id='divRplyFwdMsg'>From: Helen</div></div><p>Old</p>",
        "<p>Words.</p><div class='gmail_quote'><blockquote class='gmail_quote'><blockquote "
        "type='cite'>Old</blockquote></blockquote></div><blockquote type='cite'>Old</blockquote>",
        "<p>Words.</p><div id='Signature'><div id='divRplyFwdMsg'><div>Old</div></div></div>",
    ],
)
def test_what_stands_before_a_quote_is_kept_whatever_is_around_both(html: str) -> None:
    found = read(mail(html, head="Content-Type: text/html\n"))

    assert found.text == "Words."


def test_a_thousand_quotes_take_no_time() -> None:
    quotes = "<blockquote type=cite>x</blockquote>" * 9_000

    assert read(mail(f"<p>Words.</p>{quotes}", head="Content-Type: text/html\n")).text == "Words."


def test_answers_between_quotes_in_html_are_found() -> None:
    found = read(
        mail(
            "<div class='gmail_quote'><blockquote><p>The desk opens.</p></blockquote>"
            "<p>When?</p></div>",
            head="Content-Type: text/html\n",
        )
    )

    assert "When?" in found.text


def test_of_two_versions_the_plain_one_counts_and_attachments_are_named() -> None:
    found = read(
        mail(
            "--a\nContent-Type: multipart/alternative; boundary=b\n\n"
            "--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
            "quoted-printable\n\nPlain caf=E9.\n--b\nContent-Type: "
            "text/html\n\n<p>Rich</p>\n--b--\n"
            "--a\nContent-Type: application/pdf\nContent-Disposition: attachment; "
            'filename="../../plan of aoife@example.com.pdf"\n\nJVBERi0=\n'
            "--a\nContent-Type: image/png\nContent-ID: <logo>\n\nx\n--a--\n",
            head="Content-Type: multipart/mixed; boundary=a\n",
        )
    )

    assert found.text == "Plain café.\n\n📎 plan of (address removed)"
    assert found.attachments == ("plan of (address removed)",)


def test_flowed_text_has_the_lines_that_were_typed() -> None:
    found = read(
        mail(
            "I ask because I \nwould like to know.\n\nThanks!\n-- \nAoife\n",
            head="Content-Type: text/plain; format=flowed\n",
        )
    )

    assert found.text == "I ask because I would like to know.\n\nThanks!"


@pytest.mark.parametrize(
    ("head", "subject", "reason"),
    [
        ("Auto-Submitted: auto-replied\n", "Hello", "it is an automatic answer"),
        ("Auto-Submitted: auto-generated (rejected)\n", "Hello", "it is an automatic answer"),
        ("X-Autoreply: yes\n", "Hello", "it is an automatic answer"),
        ("Precedence: bulk\n", "Hello", "it is mail to many, or an automatic answer"),
        ("Return-Path: <>\n", "Hello", "a machine sent it"),
        ("", "Out of office: Re: Hello", "it is an automatic answer"),
        ("", "Automatic reply: Hello", "it is an automatic answer"),
        ("", "Automatische Antwort: Hello", "it is an automatic answer"),
        ("", "Réponse automatique : Hello", "it is an automatic answer"),
        ("", "Undeliverable: Hello", "it is an automatic answer"),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=a\n",
            "Hello",
            "it is a report of delivery",
        ),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=a\n",
            "Read: Hello",
            "it is a read receipt",
        ),
        ("Content-Type: text/calendar; method=REPLY\n", "Accepted: x", "it answers an invitation"),
    ],
)
def test_what_no_person_wrote_is_set_aside(head: str, subject: str, reason: str) -> None:
    assert why_not(mail("I am away.\n", head=head, subject=subject)) == reason


def test_an_answer_to_a_post_about_being_away_is_a_reply() -> None:
    assert read(mail("I agree.", subject="Re: Out of office", head="Auto-Submitted: no\n")).text


def test_our_own_mail_is_set_aside() -> None:
    data = mail("Thanks!").replace(b"aoife@example.com", b"Helen@example.org")

    assert why_not(data) == "it comes from an address of this blog"


DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"From: a@b.org\n" + DEEP.encode(), "its parts are nested too deeply"),
        (
            b"From: a@b.org\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 3_000,
            "its parts are nested too deeply, or too many",
        ),
        (b"From: a@b.org\n" + b"Content-Type: message/rfc822\n\n" * 3_000, "nested too deeply"),
        (b"From: " + b"(" * 50_000 + b"a@b.org\n\nx", "nested too deeply"),
        (b"X: " + b"a" * 300_000, "its head has no end"),
        (b"words and no header", "it is not a mail: it begins with no header"),
        (mail("<div>" * 9_000, head="Content-Type: text/html\n"), "nested too deeply"),
        (mail("x", head="Content-Type: application/pkcs7-mime\n"), "it is encrypted"),
        (mail(""), "it has no words"),
        (mail("> quoted\n> only\n"), "it has no words"),
        (mail("a" * 200_000), "it has more than 100 kB of words"),
        (mail("a\n" * 550_000), "its text has more than 1,000,000 characters"),
        (mail("a\n" * 650_000), "it has more than 600,000 lines"),
        (mail("a\n" * 16_000_000), "it is larger than 30 MB"),
    ],
    ids=range(14),
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    assert reason in why_not(data)


@pytest.mark.parametrize(
    "head",
    [
        "Date: nonsense\n", "Date: Wed, 18 Nov 9999 09:15:00 +9999\n", "Message-ID:\n",
        "Content-Type: text/plain; charset=nonsense\n",
        "Content-Type: text/plain; charset=\"\x00\"\n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: x-uuencode\n",
        "References: " + "<a@b> " * 10_000 + "\n", "Content-Type: ;;;===\n",
        "X-Y: " + "é" * 999 + "\n",
    ],
    ids=lambda head: head[:30],
)  # fmt: skip
def test_a_wrong_header_stops_nothing(head: str) -> None:
    read_mail(b"From: a@b.org\n" + head.encode() + b"\nV29yZHM=\n", "a.eml", SETTINGS)


def test_an_mbox_file_is_many_mails() -> None:
    first = mail(
        "One.\n\n>From here on it is ours.\nFrom here it is not 10:00 2026.\n", own="<1@m>"
    )
    second = mail("Two.", own="<2@m>").replace(b"\n", b"\r\n")
    line = b"From aoife@example.com Wed Nov 18 09:15:00 2026"
    data = line + b"\n" + first + b"\n" + line + b"\r\n" + second
    intake = read_mbox(data, "a.mbox", SETTINGS)

    assert [found.text for found in intake.found] == [
        "One.\n\nFrom here on it is ours.\\\nFrom here it is not 10:00 2026.",
        "Two.",
    ]
    assert [found.position for found in intake.found] == ["a.mbox:1", "a.mbox:13"]
    assert reasons(intake) == []
