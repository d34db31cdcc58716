"""Which lines of a mail its writer wrote: not the quoted mail, the signature, notes of programs.

mail-parser-reply knows how mail programs in thirteen languages begin a quote and people end a
letter. Its patterns can take minutes on a text made for that, so it never sees a line that is
longer than a heading of a quote, or that names the writing of mail twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

MOST = 20_000  # characters that the library sees: what is new in a mail is at its top
_LONGEST_LINE = 250
_HIDDEN = "\ufdd0"  # stands for a line that the library must not see; no text has it
_WROTE = re.compile(
    r"wrote|schrieb|skrev|écrit|escribió|scritto|schreef|nadesłał|napisał|napsal", re.IGNORECASE
)
# what shows that a mail has something in a language, besides how people end a letter
_SIGNS = {
    "cs": r"napsal|Odesláno:", "da": r"skrev|Sendt:", "de": r"schrieb|Gesendet:",
    "es": r"escribió|Enviad[oa]:", "fr": r"écrit|Envoyé", "it": r"ha scritto|Inviato:",
    "ja": r"年\d+月\d+日", "ko": r"작성하였|보낸", "nl": r"schreef|Verzonden:",
    "pl": r"napisał|nadesłał|Wysłano:", "sv": r"skrev|Skickat:", "zh": r"写道|发件人",
    "david": r"processed by david",
}  # fmt: skip

_DEVICE = (
    r"(?:iphone|ipad|android|galaxy|samsung|huawei|xiaomi|pixel|blackberry|smartphone|mobile"
    r"|handy|phone|tablet|outlook|ios|gmail|yahoo|proton|thunderbird|mail\s+(?:for|für|pour)"
    r"|телефона|手机|携帯)"
)
_SENT_FROM = re.compile(
    rf"""[\s*_>\[(]*(?:
    (?:sent|gesendet|envoyé|enviad[oa]|inviat[oa]|verzonden|verstuurd|skickat|sendt|lähetetty
      |wysłan[eo]|odesl[áa]no|odoslané|отправлено|надіслано|trimis|anfonwyd|get|download
      |holen\ sie\ sich|obtenir|obtenez|télécharge[rz]|obtener|obtén|obter|obtenha|scarica|ottieni
      |hent|hämta|pobierz|laden\ sie)\b.{{0,50}}?{_DEVICE}.{{0,50}}
    |(?:von|vom)\b.{{0,40}}{_DEVICE}.{{0,30}}gesendet\.?
    |diese\ nachricht\ wurde\ von.{{0,60}}gesendet\.?
    |(?:iphone|ipad|android)\s*から送信|[从從发發]\S{{0,2}}我的.{{0,25}}
    |.{{0,20}}(?:iphone|ipad|galaxy|android)(?:에서|'?den|'?dan|'?umdan|lta|sta)\b.{{0,20}}
    |أُ?رسلت?\ من.{{0,40}}
    )[\s*_\])]*(?:[<\[(]?https?://\S*)?[\s.\])>]*""",
    re.IGNORECASE | re.VERBOSE,
)
_RULE = re.compile(r"\s*[_\-=*—–\\]{3,}\s*")
_QUOTED = re.compile(r"\s*>")
_LABEL = re.compile(
    r"[\s>*]*[^\W\d_][^\W\d_'’-]{0,20}(?: [^\W\d_]{1,15})?\s?\*{0,2}[:：]\*{0,2}(?:\s|$)"
)
_ORIGINAL = re.compile(
    r"[\s>]*-{2,}\s*(?:original|ursprüngliche|message d.origine|mensaje original|messaggio orig"
    r"|oorspronkelijk|oprindelig|forwarded|weitergeleitete|원본|原始邮件"
    r"|元のメッセージ)[^\n]{0,40}",
    re.IGNORECASE,
)
_ABOVE_QUOTE = re.compile(r".{0,250}[:：]\s*")
_PARTING_WORDS = 5
_SIGNATURE_LINES = 14
_PARTINGS = 20  # places that may be the end of a letter; more are a list
# whole lines; the library wants a comma after most of these, or does not know them
_PARTING = re.compile(
    r"\s*(?:(?:with )?(?:(?:very |all )?(?:best|kind(?:est)?|warm(?:est)?|many) )?(?:regards"
    r"|wishes|thanks)"
    r"|best|cheers|thanks(?: again| a lot| so much)?|thank you|sincerely|yours(?: sincerely"
    r"| faithfully"
    r"| truly)?|take care|(?:viele|liebe|beste|herzliche|schöne) grüße|mfg|lg|vg|danke|merci"
    r"|cordialement"
    r"|bien (?:à vous|cordialement)|amicalement|saludos|gracias|un (?:cordial )?saludo|grazie"
    r"|un saluto"
    r"|groet(?:en|jes)?|met vriendelijke groet(?:en)?|mvh|hälsningar|diolch"
    r"|cofion(?: cynnes)?)\s*[,.!]*\s*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"[\s*_]*(?:confidential|disclaimer|vertraulich|confidentialité|legal notice|(?:this"
    r"|the information"
    r" (?:contained )?in this) (?:e-?mail|message|communication)|diese (?:e-?mail|nachricht)"
    r"|ce (?:message"
    r"|courriel|mail)|este (?:mensaje|correo)|il presente messaggio|dit (?:e-?mail)?bericht)",
    re.IGNORECASE,
)
_OF_FOOTER = re.compile(
    r"confidential|intended|recipient|privileged|vertraulich|empfänger|destinat|confidencial"
    r"|riservat|vertrouwelijk",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"[\s*_\[(]*(?:caution|warning|external|achtung|attention|\[?ext\]?)\b.{0,300}"
    r"(?:outside|external|originated|extern|links?|attachments?|anhänge)",
    re.IGNORECASE,
)


def own_lines(lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that the writer of a mail wrote.

    Quotes between them stay, since an answer means nothing without them.
    """
    kept = _without_quote([*lines])
    kept = _without_banner(lines, kept)
    return _without_endings(lines, kept)


def _without_quote(lines: list[str]) -> list[int]:
    message = _seen_by_library(lines)
    begin, end = _quote_heading(lines, message)
    above = _without_last_quote(lines, [*range(begin)])
    below = [*range(end, len(lines))]
    first = next((number for number in below if lines[number].strip()), None)
    if first is None or not _QUOTED.match(lines[first]):
        return above  # a quote without signs, down to the end
    answers = _without_endings(lines, _without_last_quote(lines, below))
    own = [n for n in answers if lines[n].strip() and not _QUOTED.match(lines[n])]
    if not own:
        return above
    is_below_one_quote = not any(_QUOTED.match(lines[n]) for n in answers if n > own[0])
    if is_below_one_quote:
        answers = [number for number in answers if number >= own[0]]
    return above + answers


def _without_last_quote(lines: Sequence[str], numbers: list[int]) -> list[int]:
    """The lines without quoted ones at their end, and without the line that begins those."""
    kept = numbers[:]
    while kept and (not lines[kept[-1]].strip() or _QUOTED.match(lines[kept[-1]])):
        kept.pop()
    was_quote = any(_QUOTED.match(lines[number]) for number in numbers[len(kept) :])
    heading = 0
    while was_quote and heading < 2 and heading < len(kept) and lines[kept[-1 - heading]].strip():
        heading += 1
        text = " ".join(lines[number] for number in kept[len(kept) - heading :])
        if _ABOVE_QUOTE.fullmatch(text) and re.search(r"@|\d{4}|\d:\d\d", text):
            return kept[: len(kept) - heading]
    return kept


def _quote_heading(lines: Sequence[str], message: EmailMessage) -> tuple[int, int]:
    """The first line of what stands above the quoted mail, and the first line after it."""
    last = len(lines)
    begin, end = last, last
    if found := message.HEADER_REGEX.search(message.text):
        matched = found[0]
        start = found.start() + len(matched) - len(matched.lstrip())
        begin = message.text.count("\n", 0, start)
        end = begin + matched.strip().count("\n") + 1
    for number in range(begin):
        if _ORIGINAL.match(lines[number]) or _is_heading(lines, number):
            return number, last
    return begin, end


def _is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether a quoted mail begins here with its sender, date and subject, in any language."""
    at = number + 1 if _RULE.fullmatch(lines[number]) else number
    block = [line for line in lines[at : at + 8] if line.strip()][:6]
    labels = 0
    for line in block:
        if not _LABEL.match(line):
            break
        labels += 1
    text = " ".join(block[:labels])
    return labels >= 3 and bool(re.search(r"@|\d{4}|\d:\d\d", text))


def _seen_by_library(lines: Sequence[str]) -> EmailMessage:
    shown = "\n".join(line if _is_harmless(line) else _HIDDEN for line in lines)[:MOST]
    return EmailMessage(text=shown, languages=_languages(shown), keep_hyphen_lists=True)


def _is_harmless(line: str) -> bool:
    is_short = len(line) <= _LONGEST_LINE and not _RULE.fullmatch(line)
    return is_short and len(_WROTE.findall(line)) < 2


def _languages(text: str) -> list[str]:
    """English, and the languages that the text shows signs of."""
    found = ["en"]
    for language, words in MAIL_LANGUAGES.items():
        endings = words.get("signatures") or []
        signs = "|".join([_SIGNS.get(language, "(?!)"), *(rf"^{end}" for end in endings)])
        if language != "en" and re.search(signs, text, re.IGNORECASE | re.MULTILINE):
            found.append(language)
    return found


def _without_banner(lines: Sequence[str], kept: list[int]) -> list[int]:
    """The lines without a warning that a mail server has put above them."""
    first = next((place for place, number in enumerate(kept) if lines[number].strip()), None)
    if first is None or not _BANNER.match(lines[kept[first]]):
        return kept
    rest = kept[first:]
    while rest and lines[rest[0]].strip():
        rest = rest[1:]
    return rest if any(lines[number].strip() for number in rest) else kept


def _without_endings(lines: Sequence[str], kept: list[int]) -> list[int]:
    """The lines without the signature and what programs add below it."""
    kept = _above_footer(lines, kept)
    kept = _above_signature(lines, kept)
    while kept:
        line = lines[kept[-1]]
        if line.strip() and not _SENT_FROM.fullmatch(line) and not _RULE.fullmatch(line):
            break
        kept.pop()
    return kept


def _above_footer(lines: Sequence[str], kept: list[int]) -> list[int]:
    for place in range(1, len(kept)):
        if lines[kept[place - 1]].strip() or not _FOOTER.match(lines[kept[place]]):
            continue
        text = " ".join(lines[number] for number in kept[place : place + 6])
        if _OF_FOOTER.search(text) and len(text) > 80:
            return kept[:place]
    return kept


def _above_signature(lines: Sequence[str], kept: list[int]) -> list[int]:
    own = [lines[number] for number in kept]
    for place in range(len(own) - 1, 0, -1):
        if own[place].rstrip() in ("--", "—") and len(own) - place <= _SIGNATURE_LINES + 6:
            own = own[:place]
            break
    for place in range(1, len(own)):
        is_parting = _PARTING.fullmatch(own[place]) and any(map(str.strip, own[place + 1 :]))
        if is_parting and _is_signature(own[place:]):
            own = own[:place]
            break
    message = _seen_by_library(own)
    at = 0
    for _ in range(_PARTINGS):
        found = message.SIGNATURE_REGEX.search(message.text, at)
        if not found:
            break
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        place = message.text.count("\n", 0, start)
        if place and _is_signature(own[place:]):
            own = own[:place]
            break
        line_end = message.text.find("\n", start)
        if line_end < 0:
            break
        at = line_end + 1
    return kept[: len(own)]


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether a letter ends here: a few words of parting, and few lines after them."""
    first = lines[0].strip()
    filled = [line for line in lines if line.strip()]
    if _SENT_FROM.fullmatch(first):
        return len(filled) <= 4
    is_parting = len(first.split()) <= _PARTING_WORDS and not first.endswith(("?", ":"))
    is_short = len(filled) <= _SIGNATURE_LINES and all(len(line) <= 120 for line in filled)
    return is_parting and is_short and not any("?" in line for line in filled)
