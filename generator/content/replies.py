"""Files in `content/replies/` as replies: what people sent, which nobody has to trust."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import unquote

from generator.content.bodies import BodyRenderer
from generator.content.dates import MomentError, read_moment
from generator.content.fields import Fields
from generator.content.front_matter import ContentFile
from generator.content.harmless import (
    harmless_html,
    harmless_name,
    is_web_address,
    mail_address_in,
    plain_words,
)
from generator.content.posts import moment_at, stem_of
from generator.content.settings import ReadingSettings
from generator.content.strict import read_strictly
from generator.markdown.source_text import without_marks
from generator.model import Answer, Body, Consent, Reply, ReplyKind, ReplyState, Tag
from generator.problems import Location, Problem, did_you_mean, shortened

LONGEST_NAME = 200  # characters, of a name or a role
LONGEST_BODY = 100_000  # bytes
WAYS = (
    "email", "form", "webmention", "mastodon", "bluesky", "linkedin", "github", "wordpress",
    "disqus", "medium", "ghost", "blogger", "paste", "in-person",
)  # fmt: skip
OF_STRANGERS = "nofollow ugc noopener"

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_KEY = re.compile(r"[0-9a-f]{16}")
_NO_FREE_DATA = "Delete it: a reply keeps nothing else."


def read_reply(
    path: str, data: bytes, settings: ReadingSettings, renderer: BodyRenderer
) -> tuple[Reply | None, tuple[Problem, ...]]:
    """The reply in a file, or what is wrong with it; `renderer` must not keep HTML."""

    def made(file: ContentFile, fields: Fields) -> Reply:
        kind = fields.choice("kind", ReplyKind, ReplyKind.REPLY)
        state = fields.choice("state", ReplyState, ReplyState.NEW)
        received = moment_at(fields, "received", settings)
        published = moment_at(fields, "published", settings)
        answered = fields.group("answered")
        closed = _short_text(fields, "closed")
        answer = _answer(answered, file, settings, renderer) if answered else None
        if answered:
            _check_answer(fields, kind, state, answered, answer, published or received)
        return Reply(
            source=path,
            id=_id(fields, path),
            to=_tag(fields, "to"),
            name=_short_text(fields, "name"),
            role=_short_text(fields, "role"),
            url=_address(fields, "url"),
            received=received,
            published=published,
            via=_way(fields),
            origin=_address(fields, "source"),
            source_key=_source_key(fields),
            kind=kind,
            state=state,
            consent=_consent(fields, state),
            answered=answer,
            answered_by=_tag(answered, "by") if answered else None,
            answered_in=_tag(answered, "post") if answered else None,
            closed=closed,
            body=_body(file, fields, renderer, settings.language),
        )

    return read_strictly(made, path, data, settings, otherwise=_NO_FREE_DATA)


def _id(fields: Fields, path: str) -> str:
    name = stem_of(path)
    if not _ID.fullmatch(name):
        fields.report_at(
            "bad-id",
            Location(path),
            f"the file's name '{shortened(name)}' can't be the id of a reply",
            "Rename it with up to 100 letters without accents, digits and hyphens.",
        )
    return name


def _tag(fields: Fields, key: str) -> Tag | None:
    text = fields.line(key)
    return Tag(text, fields.at(key)) if text else None


def _short_text(fields: Fields, key: str) -> str:
    """A short text of somebody else, without anything in it that nobody sees."""
    text = harmless_name(fields.line(key))
    if len(text) > LONGEST_NAME:
        fields.report(
            "long-text",
            key,
            f"'{key}' has {len(text):,} characters",
            f"Shorten it to {LONGEST_NAME} at most.",
        )
    _check_privacy(fields, text, fields.at(key))
    return text


def _check_privacy(fields: Fields, text: str, at: Location) -> None:
    if mail_address_in(text):  # which the message leaves out, too: logs may be public
        fields.report_at(
            "private-address",
            at,
            "there is an e-mail address here",
            "Delete it: no file of a reply keeps anybody's address.",
        )


def _address(fields: Fields, key: str) -> str:
    url = fields.text(key)
    if url and not is_web_address(url):
        fields.report(
            "bad-web-address",
            key,
            f"'{shortened(url)}' is not the address of a page",
            "Write one that begins with https://, or delete it.",
        )
        return ""
    _check_privacy(fields, unquote(url), fields.at(key))
    return url


def _way(fields: Fields) -> str:
    way = fields.text("via").casefold()
    if way and way not in WAYS:
        fields.report(
            "bad-choice",
            "via",
            f"there is no way to answer '{shortened(way)}'",
            did_you_mean(way, WAYS, otherwise=f"Write one of {', '.join(WAYS)}."),
        )
    return way or "in-person"


def _source_key(fields: Fields) -> str:
    key = fields.text("source_key")
    if key and not _KEY.fullmatch(key):
        fields.report(
            "bad-id",
            "source_key",
            f"'{shortened(key)}' is not a key that weekly has made",
            "Delete it; it only recognises a reply that is imported again.",
        )
    return key


def _consent(fields: Fields, state: ReplyState) -> Consent:
    """What its writer agrees to; nothing, if the file does not say."""
    if state is ReplyState.APPROVED and not fields.has("consent"):
        fields.report(
            "missing-consent",
            "state",
            "the reply is approved, but does not say what its writer agrees to",
            f"Add a line such as consent: public; the others are {_OTHERS}.",
        )
    return fields.choice("consent", Consent, Consent.PRIVATE)


_OTHERS = ", ".join(consent for consent in Consent if consent is not Consent.PUBLIC)


def _body(file: ContentFile, fields: Fields, renderer: BodyRenderer, language: str) -> Body:
    at = Location(file.path, file.body_line)
    size = len(file.body.encode())
    if size > LONGEST_BODY:
        fields.report_at(
            "long-text",
            at,
            f"the reply has {size:,} bytes",
            f"Shorten it to {LONGEST_BODY:,} at most.",
        )
        return _NO_BODY
    shown = _html(file.body, renderer, language, rel=OF_STRANGERS)
    if found := mail_address_in(file.body):
        line = file.body_line + file.body.count("\n", 0, found.start())
        column = found.start() - file.body.rfind("\n", 0, found.start())
        _check_privacy(fields, found[0], Location(file.path, line, column))
    else:  # it may be written with an entity
        _check_privacy(fields, plain_words(shown), at)
    return _NO_BODY._replace(html=shown)


_NO_BODY = Body("", 0, "", 0, "", "", (), (), ())


def _html(text: str, renderer: BodyRenderer, language: str, *, rel: str = "") -> str:
    if not text.strip():
        return ""
    return harmless_html(without_marks(renderer.render(text, language=language).marked), rel=rel)


def _answer(
    fields: Fields, file: ContentFile, settings: ReadingSettings, renderer: BodyRenderer
) -> Answer:
    words = fields.text("words")
    size = len(words.encode())
    if size > LONGEST_BODY:
        hint = f"Shorten it to {LONGEST_BODY:,} at most."
        fields.report("long-text", "words", f"the answer has {size:,} bytes", hint)
        words = ""
    shown = _html(words, renderer, settings.language)
    _check_privacy(fields, f"{words}\n{plain_words(shown)}", fields.at("words"))
    answer = Answer(
        by=fields.line("by"),
        at=_day(fields, settings),
        post=fields.line("post"),
        words=words,
        html=shown,
    )
    fields.unknown(settings.unknown_keys, otherwise="An answer has by, at, and post or words.")
    return answer


def _day(fields: Fields, settings: ReadingSettings) -> date | None:
    written = fields.text("at", kind="a date", example="2026-11-24")
    if not written:
        return None
    try:
        moment = read_moment(written, zone=settings.zone, default_hour=settings.default_hour)
    except MomentError as error:
        fields.report(error.code, "at", error.message, error.hint)
        return None
    return moment.date()


def _check_answer(
    fields: Fields,
    kind: ReplyKind,
    state: ReplyState,
    answered: Fields,
    answer: Answer | None,
    written: datetime | None,
) -> None:
    """Report an answer that can't be one; its problems become those of the reply."""
    fields.problems += answered.problems
    if answer is None:
        return
    at = fields.at("answered")
    is_read = not any(map(answered.is_reported, ("by", "words", "post")))
    if bool(answer.words) == bool(answer.post) and is_read:
        what = "both words and a post" if answer.words else "neither words nor a post"
        hint = "Keep one of the lines 'words' and 'post'."
        if not answer.words:
            hint = "Add words: and the answer, or post: and the name of the post that answers."
        fields.report("unanswerable", "answered", f"the answer has {what}", hint)
    if not answer.by and is_read:
        message = "the answer does not say who gives it"
        fields.report_at("unanswerable", at, message, "Add by: and the id of an author.")
    if fields.has("closed"):
        message = "the reply is closed and has an answer"
        fields.report_at("unanswerable", fields.at("closed"), message, "Keep one of them.")
    if kind.is_reaction:
        hint = "Write kind: reply, or delete the answer."
        fields.report_at("unanswerable", at, f"a {kind} can't have an answer", hint)
    if state is ReplyState.SPAM:
        hint = "Write state: hidden, or delete the answer."
        fields.report_at("unanswerable", at, "spam can't have an answer", hint)
    if answer.at and written and answer.at < written.date():
        message = f"the answer is of {answer.at}, but the reply was written on {written.date()}"
        fields.report_at("unanswerable", answered.at("at"), message, "Correct one of the dates.")
