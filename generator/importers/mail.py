"""Mail as replies: one message, or a file of many (mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from hashlib import blake2b

from generator.importers.automatic import reason_if_automatic
from generator.importers.clean import clean_line, clean_text
from generator.importers.dates import mail_date
from generator.importers.encodings import encoding_named
from generator.importers.finishing import Result, finished
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.html_text import Text, UnreadableTextError
from generator.importers.mail_words import words_of_html, words_of_text
from generator.importers.plain_text import spans

LARGEST = 30_000_000  # bytes of one mail; most servers take 25 MB
_LARGEST_HEAD = 200_000
_MOST_LINES = 600_000  # of which 30 MB of attachments need 400,000
_DEEPEST = 20  # parts within parts
_MOST_PARTS = 200
_LONGEST_HEADER = 2_000
_LONGEST_REFERENCES = 20_000
_MOST_REFERENCES = 100

_TOKEN = re.compile(r"\[#([a-z2-7]{8})\]", re.IGNORECASE)
_ID = re.compile(r"<[^<>\s]{3,250}>")
_FROM_LINE = re.compile(rb"^From [^\r\n]*\d\d:\d\d[^\r\n]*\d{4}[^\r\n]*\r?\n", re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type:[ \t]*multipart/", re.IGNORECASE | re.MULTILINE)
_SIGNATURES = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
)
_ENCRYPTED = frozenset(
    ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
)


def read_mbox(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    """The mails of an mbox file, each with the line on which it begins."""
    return Intake.of(read_mail(mail, f"{path}:{line}", settings) for line, mail in _mails_of(data))


def _mails_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The mails of an mbox file, with the numbers of their first lines."""
    begins = [
        found
        for found in _FROM_LINE.finditer(data)
        if not found.start() or data[: found.start()].endswith((b"\n\n", b"\n\r\n"))
    ]
    line = at = 0
    for number, found in enumerate(begins):
        line += data.count(b"\n", at, found.start())
        at = found.start()
        end = begins[number + 1].start() if number + 1 < len(begins) else len(data)
        yield line + 1, re.sub(rb"^>(>*From )", rb"\1", data[found.end() : end], flags=re.MULTILINE)


def read_mail(data: bytes, position: str, settings: ReaderSettings) -> Result:
    """A mail as a reply, or why it is none."""
    if len(data) > LARGEST:
        return Refused(position, f"it is larger than {LARGEST // 1_000_000} MB")
    if (reason := _refusal(data)) is not None:
        return Refused(position, reason)
    try:
        return _reply(message_from_bytes(data), data, position, settings)
    except RecursionError:
        return Refused(position, "its head or its parts are nested too deeply")
    except UnreadableTextError as error:
        return Refused(position, str(error))


def _refusal(data: bytes) -> str | None:
    """Why a mail would take too long to read; None for one that does not."""
    head = re.search(rb"\r?\n\r?\n", data[: _LARGEST_HEAD + 4])
    if head is None and len(data) > _LARGEST_HEAD:
        return "its head has no end"
    if data.count(b"\n") > _MOST_LINES:
        return f"it has more than {_MOST_LINES:,} lines"
    if not re.match(rb"[\w-]{1,76}[ \t]*:|From ", data):
        return "it is not a mail: it begins with no header"
    if len(_MULTIPART.findall(data)) > 2 * _DEEPEST:
        return "its parts are nested too deeply"
    return None


def _reply(mail: Message, data: bytes, position: str, settings: ReaderSettings) -> Result:
    subject = _header(mail, "subject")
    parts = [*_parts(mail)]
    if parts and parts[0] is None:
        return Refused(position, "its parts are nested too deeply, or too many")
    name, address = _sender(mail)
    if address.lower() in settings.our_addresses:
        return SetAside(position, "it comes from an address of this blog")
    readable = [part for part in parts if part is not None]
    if reason := reason_if_automatic(mail, readable, subject):
        return SetAside(position, reason)
    if any(part.get_content_type() in _ENCRYPTED for part in readable):
        return Refused(position, "it is encrypted")
    text, permalink = _words(readable, settings)
    date = mail_date(_header(mail, "date"))
    token = _TOKEN.search(subject)
    own = _ID.search(_header(mail, "message-id"))
    attachments = tuple(_attachments(readable))
    return finished(
        FoundReply(
            via="email",
            text=_with_attachments(text.markdown, attachments),
            source_id=f"mail {own[0]}" if own else f"mail {date} {_digest(text.markdown)}",
            position=position,
            subject=subject,
            token=token[1].lower() if token else "",
            references=_references(mail),
            permalink=permalink,
            name=name,
            received=date,
            removed=text.removed,
            attachments=attachments,
        )
    )


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _header(mail: Message, name: str) -> str:
    """The text of a header, decoded as far as it can be."""
    return _shown(_raw(mail, name))


def _raw(mail: Message, name: str) -> str:
    """The text of a header as it was sent, which may be in UTF-8 or another encoding."""
    for key, value in mail.raw_items():
        if key.lower() == name:
            data = str(value)[:_LONGEST_REFERENCES].encode("ascii", "surrogateescape")
            return _decoded(data, None)
    return ""


def _shown(raw: str) -> str:
    raw = raw[:_LONGEST_HEADER]
    parts: list[str] = []
    try:
        decoded: list[tuple[str | bytes, str | None]] = [*decode_header(raw)]
    except (HeaderParseError, ValueError):
        decoded = [(raw, None)]
    for text, charset in decoded:
        parts.append(text if isinstance(text, str) else _decoded(text, charset))
    return " ".join(clean_text("".join(parts)).split())


def _sender(mail: Message) -> tuple[str, str]:
    """Name and address of who sent a mail; an encoded name may hold commas."""
    raw = _raw(mail, "from")[:_LONGEST_HEADER]
    name, address = parseaddr(" ".join(raw.split()))
    return _shown(name), address


def _decoded(data: bytes, charset: str | None) -> str:
    """Bytes of a mail as text: as they are said to be, else UTF-8, else cp1252."""
    for name in (encoding_named(charset or ""), "utf-8"):
        try:
            if name:
                return data.decode(name)
        except ValueError:
            continue
    return data.decode("cp1252", "replace")


def _references(mail: Message) -> tuple[str, ...]:
    """What the mail answers, the nearest first."""
    direct = _ID.findall(_header(mail, "in-reply-to"))
    above = _ID.findall(_raw(mail, "references"))
    return tuple(dict.fromkeys([*direct, *reversed(above)]))[:_MOST_REFERENCES]


def _parts(mail: Message) -> Iterator[Message | None]:
    """The parts of a mail that hold something; None if they are too many or too deep."""
    found: list[Message] = []
    waiting = [(mail, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if depth > _DEEPEST or count > _MOST_PARTS:
            yield None
            return
        is_attached = part.get_content_type() == "message/rfc822"
        if part.is_multipart() and not is_attached:
            inside = part.get_payload()
            if isinstance(inside, list):
                waiting += [(p, depth + 1) for p in reversed(inside) if isinstance(p, Message)]
            if part.get_content_type() in _ENCRYPTED:
                found.append(part)
        else:
            found.append(part)
    yield from found


def _is_attachment(part: Message) -> bool:
    kind, disposition = part.get_content_type(), part.get_content_disposition()
    return disposition == "attachment" or not kind.startswith(("text/", "multipart/"))


def _attachments(parts: list[Message]) -> Iterator[str]:
    """The names of files that came with a mail; images of signatures are none."""
    for part in parts:
        if part.get_content_type() in _SIGNATURES:
            continue
        is_image_of_text = part.get_content_maintype() == "image" and (
            part.get("content-id") and part.get_content_disposition() != "attachment"
        )
        if (
            part.get_content_type() == "text/calendar"
            or is_image_of_text
            or not _is_attachment(part)
        ):
            continue
        name, _ = clean_line(_file_name(part).replace("\\", "/").rpartition("/")[2])
        yield name or part.get_content_type()[:40]


def _file_name(part: Message) -> str:
    try:
        return _shown(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):  # wrongly encoded
        return ""


def _with_attachments(text: str, names: tuple[str, ...]) -> str:
    if not text or not names:
        return text
    shown, _ = spans(", ".join(names[:20]))
    return f"{text}\n\n📎 {shown}"


def _words(parts: list[Message], settings: ReaderSettings) -> tuple[Text, str]:
    """The words of a mail, and the address of a post that stands on a line of its own."""
    texts = [part for part in parts if not _is_attachment(part)]
    plain = [part for part in texts if part.get_content_type() == "text/plain"]
    rich = [part for part in texts if part.get_content_type() == "text/html"]
    written = "\n\n".join(filter(None, map(_text_of, plain)))
    if written.strip() or not rich:
        return words_of_text(written, settings.base_url)
    return words_of_html("\n".join(map(_text_of, rich)), settings.base_url)


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    text = _decoded(data, charset)
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    if is_flowed and part.get_content_type() == "text/plain":
        text = _unfolded(text, is_joined=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _unfolded(text: str, *, is_joined: bool) -> str:
    """Flowed text (RFC 3676) with one line for each that was typed."""
    lines: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        is_quote = line.startswith(">")
        clean = line.removeprefix(" ")
        if goes_on and not is_quote and clean.rstrip() != "--":
            lines[-1] = (lines[-1][:-1] if is_joined else lines[-1]) + clean
        else:
            lines.append(clean)
        goes_on = clean.endswith(" ") and clean != "-- " and not is_quote
    return "\n".join(line.rstrip() if line != "-- " else line for line in lines)
