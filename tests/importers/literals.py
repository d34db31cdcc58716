"""Small exports, and what readers need to know of a blog."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from zoneinfo import ZoneInfo

from generator.importers.found import FoundReply, Intake, ReaderSettings

SETTINGS = ReaderSettings(
    authority="example.org,2026",
    zone=ZoneInfo("Europe/London"),
    language="en-GB",
    base_url="https://example.org/blog/",
    our_addresses=frozenset({"helen@example.org"}),
)


def only(intake: Intake) -> FoundReply:
    """The one reply of an intake that holds nothing else."""
    assert (intake.set_aside, intake.refused) == ((), ())
    (found,) = intake.found
    return found


def reasons(intake: Intake) -> list[str]:
    """Why things were set aside or refused, each with its place."""
    return [f"{one.position}: {one.reason}" for one in (*intake.set_aside, *intake.refused)]


def wxr(*comments: str, title: str = "Hello", link: str = "https://old.example/2019/hello/") -> str:
    """An export of WordPress with one post."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
        "<wp:base_site_url>https://old.example</wp:base_site_url>\n"
        f"<item><title>{title}</title><link>{link}</link><wp:post_id>7</wp:post_id>\n"
        + "\n".join(comments)
        + "\n</item>\n</channel>\n</rss>\n"
    )


def comment(
    own: int,
    words: str = "Well said.",
    *,
    parent: int = 0,
    approved: str = "1",
    kind: str = "",
    name: str = "Aoife Brennan",
    gmt: str = "2019-03-04 10:00:00",
) -> str:
    """One comment of that export."""
    return (
        f"<wp:comment><wp:comment_id>{own}</wp:comment_id>"
        f"<wp:comment_author><![CDATA[{name}]]></wp:comment_author>"
        "<wp:comment_author_email>aoife@example.com</wp:comment_author_email>"
        "<wp:comment_author_url>https://aoife.example/</wp:comment_author_url>"
        "<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        f"<wp:comment_date>2019-03-04 10:00:00</wp:comment_date>"
        f"<wp:comment_date_gmt>{gmt}</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{words}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def mail(body: str, *, head: str = "", subject: str = "Re: Hello", own: str = "<1@m>") -> bytes:
    """A mail in plain text, or in another type that `head` names."""
    return (
        f"From: Aoife Brennan <aoife@example.com>\nTo: helen@example.org\nSubject: {subject}\n"
        f"Message-ID: {own}\nDate: Wed, 18 Nov 2026 09:15:00 +0000\n{head}\n{body}"
    ).encode()


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(*rows: tuple[str | float, ...], sheet: str = "", **more: str) -> bytes:
    """A workbook with these rows, or with a sheet of any XML; `more` are other files of it."""
    if not sheet:
        cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Form1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
        **more,
    }
    return zipped(files)


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these files."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()
