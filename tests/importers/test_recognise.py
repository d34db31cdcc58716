from __future__ import annotations

import pytest

from generator.config.settings import FormSettings
from generator.importers.found import Intake
from generator.importers.recognise import read_replies
from tests.importers.literals import SETTINGS, comment, mail, reasons, wxr, xlsx, zipped

CSV = "Timestamp,Your answer\n2026-11-18 09:15,Well said.\n"


def read(data: bytes, path: str) -> Intake:
    return read_replies(data, path, SETTINGS, FormSettings())


@pytest.mark.parametrize(
    ("data", "path", "via"),
    [
        (mail("Words."), "a.eml", "email"),
        (mail("Words."), "Mail/cur/1763.M1:2,S", "email"),
        (mail("Words."), "a", "email"),
        (b"%d\n%b<plist/>" % (len(mail("Words.")), mail("Words.")), "a.emlx", "email"),
        (b"From a@b.org Wed Nov 18 09:15:00 2026\n" + mail("Words."), "Inbox", "email"),
        (wxr(comment(1)).encode(), "a.xml", "wordpress"),
        (wxr(comment(1)).encode("utf-16"), "a.xml", "wordpress"),
        (
            b'<disqus xmlns="http://disqus.com"><post id="1"><message>x</message></post></disqus>',
            "a.xml",
            "disqus",
        ),
        (CSV.encode(), "a.csv", "form"),
        (xlsx(("Timestamp", "Your answer"), ("2026-11-18 09:15", "Words")), "a.xlsx", "form"),
        (b"Jane Doe\nDesk\n3mo\nWords.\n", "a.txt", "paste"),
        (zipped({"__MACOSX/._a.csv": "x", "in/a.csv": CSV}), "a.csv.zip", "form"),
    ],
)
def test_a_file_is_recognised(data: bytes, path: str, via: str) -> None:
    intake = read(data, path)

    assert reasons(intake) == []
    assert [found.via for found in intake.found] == [via]


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        (b"", "a.eml", "it is empty"),
        (b"\xff\xd8\xff", "a.jpg", "it is no kind of file that holds replies"),
        (
            b"---\ntitle: x\n---\n",
            "a.md",
            "it is no kind of file that holds replies; copied threads are read from .txt files",
        ),
        (b"<rss><channel/></rss>", "a.xml", "it is no export of WordPress or Disqus"),
        (
            b"<html><body>x</body></html>",
            "a.html",
            "it is a page; of pages, only those of Medium's export are read",
        ),
        (b"\xd0\xcf\x11\xe0", "a.msg", "it is Outlook's own format; save the mail as .eml"),
        (b"PK\x03\x04xx", "a.zip", "it is damaged"),
    ],
)  # fmt: skip
def test_other_files_are_left_with_a_reason(data: bytes, path: str, reason: str) -> None:
    assert reasons(read(data, path)) == [f"{path}: {reason}"]


def test_an_archive_may_not_hold_a_bomb_or_another_archive() -> None:
    bomb = zipped({"a.txt": "A" * 301_000_000})
    nested = zipped({"b.zip": zipped({"a.csv": CSV}), "a.csv": CSV})

    assert reasons(read(bomb, "a.zip")) == ["a.zip: too much comes out of it"]
    assert reasons(read(nested, "a.zip")) == ["a.zip/b.zip: it is an archive within an archive"]
    assert len(read(nested, "a.zip").found) == 1


def test_a_name_that_leads_out_of_the_archive_is_only_a_name() -> None:
    intake = read(zipped({"../../../etc/cron.d/a.csv": CSV, "b\x1b[31m\n.csv": CSV}), "a.zip")

    assert [found.position for found in intake.found] == [
        "a.zip/../../../etc/cron.d/a.csv:2",
        "a.zip/b?[31m?.csv:2",
    ]
