"""Which reader a file needs, by its name and its first bytes; and the replies it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from generator.config.settings import FormSettings
from generator.importers.archives import ArchiveError, unpacked
from generator.importers.disqus import read_disqus
from generator.importers.forms import read_csv, read_xlsx
from generator.importers.found import Intake, ReaderSettings, Refused, SetAside
from generator.importers.mail import read_mail, read_mbox
from generator.importers.medium import is_medium, read_medium
from generator.importers.pasted import read_pasted
from generator.importers.wordpress import read_wordpress

Reader = Callable[[bytes, str, ReaderSettings], Intake]
_BEGIN = 16_000  # bytes; WordPress begins with a long comment
_MAIL = re.compile(
    rb"(?:from|to|date|subject|received|return-path|delivered-to|message-id|mime-version|x-[\w-]+"
    rb"|dkim-signature|arc-[\w-]+|authentication-results|content-type|reply-to):",
    re.IGNORECASE,
)
_OTHER_FORMATS = {
    ".msg": "it is Outlook's own format; save the mail as .eml",
    ".pst": "it is Outlook's own format; export the mails as .eml or mbox",
    ".ost": "it is Outlook's own format; export the mails as .eml or mbox",
    ".xls": "it is an old workbook of Excel; save it as .xlsx or .csv",
    ".xlsb": "it is a binary workbook of Excel; save it as .xlsx or .csv",
    ".ods": "save it as .xlsx or .csv",
    ".json": "no replies are read from JSON",
}


def read_replies(data: bytes, path: str, settings: ReaderSettings, form: FormSettings) -> Intake:
    """The replies in a file of any format that is known; `path` also says where a mail lay."""
    shown = shown_path(path)
    if not data.strip():
        return Intake(set_aside=(SetAside(shown, "it is empty"),))
    suffix = PurePosixPath(path).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        is_workbook = b"xl/workbook" in data or suffix == ".xlsx"
        return (
            read_xlsx(data, shown, settings, form)
            if is_workbook
            else _of_archive(data, path, settings, form)
        )
    if reason := _OTHER_FORMATS.get(suffix):
        return Intake(refused=(Refused(shown, reason),))
    if suffix in (".csv", ".tsv"):
        return read_csv(data, shown, settings, form)
    reader = _reader(data, path, suffix)
    if reader is None:
        is_text = suffix in (".md", ".markdown", ".rtf", ".docx")
        hint = "; copied threads are read from .txt files" if is_text else ""
        reason = f"it is no kind of file that holds replies{hint}"
        return Intake(set_aside=(SetAside(shown, reason),))
    return reader(data, shown, settings)


def shown_path(path: str) -> str:
    """A path as it may be printed, on one line and not without end."""
    line = " ".join("".join(sign if sign.isprintable() else "?" for sign in path).split())
    return line if len(line) <= 200 else f"…{line[-199:]}"


def _reader(data: bytes, path: str, suffix: str) -> Reader | None:
    """The reader for a file that is no table and no archive; None if there is none."""
    begin = data[:_BEGIN]
    parent = PurePosixPath(path).parent.name
    if begin.startswith(b"From ") or suffix in (".mbox", ".mbx"):
        return read_mbox
    if suffix in (".eml", ".emlx") or (parent in ("cur", "new") and _MAIL.match(begin)):
        return _mail
    text = begin.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if b"disqus.com" in text and (suffix == ".xml" or text.startswith(b"<")):
        return read_disqus
    if suffix in (".xml", ".wxr", ".rss") or text.startswith((b"<?xml", b"<rss")):
        is_wordpress = b"wordpress.org/export" in text or b"<wp:" in text or b"<item>" in text
        return read_wordpress if is_wordpress or suffix == ".wxr" else _other_xml
    if suffix in (".html", ".htm") or text.startswith((b"<!doctype html", b"<html")):
        return _html
    if suffix in (".txt", ".text"):
        return read_pasted
    return _mail if _MAIL.match(begin) else None


def _mail(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    if path.lower().endswith(".emlx"):  # Apple's: the length first, a property list last
        length, _, rest = data.partition(b"\n")
        data = rest[: int(length)] if re.fullmatch(rb"\s*\d{1,12}\s*", length) else data
    return Intake.of([read_mail(data, path, settings)])


def _html(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    if is_medium(data.decode("utf-8", "replace")):
        return Intake.of([read_medium(data, path, settings)])
    reason = "it is a page; of pages, only those of Medium's export are read"
    return Intake(set_aside=(SetAside(path, reason),))


def _other_xml(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    reason = "it is no export of WordPress or Disqus"
    return Intake(set_aside=(SetAside(path, reason),))


def _of_archive(data: bytes, path: str, settings: ReaderSettings, form: FormSettings) -> Intake:
    """The replies in the files of a zip file, but not of zip files within it."""
    intakes: list[Intake] = []
    try:
        for name, content in unpacked(data):
            inside = f"{path}/{name}"
            if PurePosixPath(name).name.startswith((".", "__MACOSX")) or name.startswith(
                "__MACOSX"
            ):
                continue
            if content.startswith(b"PK\x03\x04") and b"xl/workbook" not in content:
                reason = "it is an archive within an archive"
                intakes.append(Intake(refused=(Refused(shown_path(inside), reason),)))
                continue
            intakes.append(read_replies(content, inside, settings, form))
    except ArchiveError as error:
        intakes.append(Intake(refused=(Refused(shown_path(path), str(error)),)))
    return Intake.joined(intakes)
