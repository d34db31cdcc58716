"""Mail that no person wrote: answers of machines, reports of delivery, read receipts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message

# at the beginning of the whole subject: somebody may answer a post whose title says the same
_SUBJECT = re.compile(
    r"""\s*(?:
    automatic\ reply|auto[- ]?reply|auto(?:matic)?[- ]?response
    |out\ of\ (?:the\ )?office|away\ from\ (?:my\ )?mail
    |automatische\ (?:antwort|abwesenheit)|abwesenheits?(?:notiz|nachricht|meldung)?\b|abwesend
    |r[ée]ponse\ automatique|absen(?:ce|t)\ du\ bureau|notification\ d'absence
    |respuesta\ autom[áa]tica|fuera\ de\ (?:la\ )?oficina|ausente\ de\ la\ oficina
    |risposta\ automatica|fuori\ (?:sede|ufficio)|resposta\ autom[áa]tica|fora\ do\ escrit[óo]rio
    |automatisch\ antwoord|afwezig(?:heid)?|autosvar|automatiskt?\ svar|frånvaro|fravær
    |automaattinen\ vastaus|poissa|odpowied[źz]\ automatyczna|autoodpowied[źz]
    |automatick[áa]\ odpov[ěe]ď|автоответ|автоматический\ ответ|otomatik\ yanıt
    |ateb\ awtomatig|自動(?:応答|返信)|自动(?:回复|答复)|자동\ ?회신|부재중|ردّ?\ تلقائي
    )\s*(?:[:：(\[\-–—!]|$)
    |\s*(?:undeliver(?:able|ed)|delivery\ (?:status\ notification|failure|has\ failed)
    |mail\ delivery\ (?:failed|failure|system)
    |returned\ mail|failure\ notice|unzustellbar|non\ remis|read:|gelesen:|not\ read:|lu\ ?:)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SENDER = re.compile(r"\b(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
_ANSWERING = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-mail-autoreply", "x-vacation")


def reason_if_automatic(mail: Message, parts: Iterable[Message], subject: str) -> str:
    """Why a mail of these parts is not one that a person wrote; '' if somebody did."""

    def header(name: str) -> str:
        return str(mail.get(name, "")).strip().lower()

    kind, report = mail.get_content_type(), str(mail.get_param("report-type", "")).lower()
    if kind == "multipart/report" or header("x-failed-recipients"):
        is_receipt = report == "disposition-notification"
        return "it is a read receipt" if is_receipt else "it is a report of delivery"
    if header("auto-submitted").partition(";")[0].strip() not in ("", "no"):
        return "it is an automatic answer"
    if any(header(name) not in ("", "no") for name in _ANSWERING):
        return "it is an automatic answer"
    if header("precedence") in ("auto_reply", "bulk", "junk"):
        return "it is mail to many, or an automatic answer"
    if header("return-path") == "<>" or _SENDER.search(header("from")):
        return "a machine sent it"
    if any(map(_is_calendar_answer, parts)):
        return "it answers an invitation"
    return "it is an automatic answer" if _SUBJECT.match(subject) else ""


def _is_calendar_answer(part: Message) -> bool:
    method = str(part.get_param("method", "")).upper()
    return part.get_content_type() == "text/calendar" and method in ("REPLY", "COUNTER")
