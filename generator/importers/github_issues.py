"""Issues on GitHub that answer a post, as its REST API gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.importers.clean import clean_text
from generator.importers.copies import Ours, plain_address
from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished
from generator.importers.forms import consent_of
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.html_text import Text, UnreadableHtmlError, markdown_of
from generator.importers.json_values import (
    UnreadableJsonError,
    number_at,
    read_json,
    text_at,
    value_at,
)
from generator.importers.plain_text import paragraphs
from generator.model import Consent
from generator.site.message_ids import tokens_in

_HEADING = re.compile(r"^### +.*$", re.MULTILINE)
_HEADING_IN_HTML = re.compile(r"<h3\b[^>]*>.*?</h3>", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>]+")
_NOTHING = "_No response_"
_LONGEST_CHOICE = 60  # characters of an answer that is chosen from a list


class IssuePage(NamedTuple):
    """One page of an answer."""

    intake: Intake
    issues: int
    newest: str  # when the last of them changed, '' without any


def read_issues(data: bytes, repository: str, settings: ReaderSettings, ours: Ours) -> IssuePage:
    """The issues on a page; raises UnreadableJsonError."""
    issues = read_json(data)
    if not isinstance(issues, list):
        raise UnreadableJsonError("it is no list of issues")
    results = [_result(issue, repository, settings, ours) for issue in issues]
    newest = max((text_at(issue, "updated_at") for issue in issues), default="")
    return IssuePage(Intake.of(results), len(issues), newest)


def _result(issue: Any, repository: str, settings: ReaderSettings, ours: Ours) -> Result:
    number = number_at(issue, "number")
    position = f"{repository}#{number}"
    profile, url = text_at(issue, "user", "html_url"), text_at(issue, "html_url")
    if not number or not url:
        return Refused(position, "it is no issue")
    if value_at(issue, "pull_request"):
        return SetAside(position, "it is a pull request")
    if text_at(issue, "user", "type") == "Bot":
        return SetAside(position, "an automated account wrote it")
    if reason := ours.why("", profile):
        return SetAside(position, reason)
    title = text_at(issue, "title")
    try:
        form = _form(text_at(issue, "body"), text_at(issue, "body_html"))
    except UnreadableHtmlError as error:
        return Refused(position, str(error))
    found_token = next(iter(tokens_in(title)), "")
    is_about_us = f"{plain_address(form.permalink)}/".startswith(f"{ours.base_url}/")
    if not found_token and not is_about_us:
        return SetAside(position, "it names no post of this blog")
    return finished(
        FoundReply(
            via="github",
            text=form.words.markdown,
            source_id=f"page {url}",
            position=position,
            subject=title,
            token=found_token,
            permalink=form.permalink,
            name=text_at(issue, "user", "login"),
            url=profile,
            published=read_date(text_at(issue, "created_at"), settings.zone),
            source=url,
            consent=form.consent,
            removed=form.words.removed,
        )
    )


class _Form(NamedTuple):
    words: Text
    permalink: str = ""
    consent: Consent = Consent.PRIVATE


def _form(body: str, html: str) -> _Form:
    """What somebody wrote into the fields of an issue form, or into a plain issue."""
    parts = [part.strip() for part in _HEADING.split(body.replace("\r\n", "\n"))]
    shown = _HEADING_IN_HTML.split(html)
    if len(parts) == 1:
        return _plain_issue(parts[0], html)
    if len(shown) != len(parts):  # the words are shown in the source then, with all their signs
        shown = [""] * len(parts)
    permalink, consent = "", Consent.PRIVATE
    words: list[int] = []
    for number, part in enumerate(parts):
        if not permalink and _URL.fullmatch(part):
            permalink = part
        elif part and part != _NOTHING:
            words.append(number)
    choice = words[-1] if len(words) > 1 else 0
    if choice and "\n" not in parts[choice] and len(parts[choice]) <= _LONGEST_CHOICE:
        consent = consent_of(parts[choice])
        words.pop()
    return _Form(_joined([_text(parts[n], shown[n]) for n in words]), permalink, consent)


def _plain_issue(body: str, html: str) -> _Form:
    """An issue without a form begins with the address of the post."""
    first = _URL.match(body)
    permalink = first[0] if first else ""
    text = _text(body, html)
    lines = text.markdown.split("\n", 1)
    if permalink and _URL.search(lines[0]) and len(lines[0].split()) == 1:
        text = Text(lines[1].strip() if len(lines) > 1 else "", text.removed)
    return _Form(text, permalink)


def _text(plain: str, html: str) -> Text:
    return markdown_of(html) if html.strip() else Text(*paragraphs(clean_text(plain)))


def _joined(texts: Sequence[Text]) -> Text:
    return Text(
        "\n\n".join(text.markdown for text in texts if text.markdown),
        sum(text.removed for text in texts),
    )
