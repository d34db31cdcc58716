"""Keys by which other tools hide a page, in any spelling.

Such a key always holds the file back, whatever `unknown_keys` says: an import must not publish what
its writer has hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from typing import NamedTuple

import yaml

from generator.content.dates import MomentError
from generator.content.fields import Fields
from generator.content.front_matter import Value, is_null
from generator.model import Limit, Tag
from generator.problems import nearest, shortened


class _Means(Enum):
    """What a key says about who may see a page, and when."""

    SHOWN = "shown if true"
    HIDDEN = "hidden if true"
    AUDIENCE = "shown if the word means everybody"
    LOCK = "hidden if there is any value"
    START = "hidden until then"
    END = "hidden from then on"
    OUTPUT = "hidden unless it is made"
    WEEK = "hidden until that week"


_KEYS = {
    _Means.SHOWN: "published publish ispublished public ispublic visible isvisible listed show "
    "enabled active live online discoverable available ready released approved dgpublish",
    _Means.HIDDEN: "draft drafts isdraft hidden ishidden hide private isprivate unlisted "
    "unpublished isunpublished wip protected paid headless embargoed "
    "membersonly memberonly subscribersonly subscriberonly sponsorsonly patronsonly staffonly "
    "internalonly usersonly registeredonly employeesonly "
    "trashed deleted disabled secret internal confidential invisible inprogress notready premium "
    "exclude excluded ignore ignored skip restricted "
    "entwurf brouillon borrador bozza loginrequired requirelogin requireslogin requiresauth "
    "eleventyexcludefromcollections excludefromcollections",
    _Means.AUDIENCE: "status poststatus publishstatus publicationstatus visibility state access "
    "audience stage workflow workflowstate confidentiality classification "
    "type posttype contenttype",
    _Means.LOCK: "password postpassword passwordprotected passphrase passcode",
    _Means.START: "date postdate publishdate publisheddate publishingdate pubdate "
    "publicationdate releasedate publishon publishedon publishat publishedat publishfrom "
    "datepublished pubdatetime publishtime firstpublishedat releasedon "
    "publishafter releaseon embargo embargodate embargountil scheduledfor scheduledate scheduled "
    "scheduleddate scheduledat availablefrom visiblefrom golive golivedate draftuntil hiddenuntil "
    "hideuntil privateuntil",
    _Means.END: "expirydate expiry expires expireson expiresat expireat expirationdate expiration "
    "expiredate unpublishdate unpublishon unpublishat publishuntil visibleuntil availableuntil",
    _Means.OUTPUT: "build render output permalink",
    _Means.WEEK: "week",
}
_MEANINGS = {name: means for means, names in _KEYS.items() for name in names.split()}
_YES, _NO, _EVERYBODY, HIDING_WORDS, _AMBIGUOUS = (
    frozenset(words.split())
    for words in (
        "true yes on 1 y",
        "false no off 0 n none never",
        "published publish public ready live visible open everyone everybody all anyone",
        "draft idea planned pending private hidden internal members member paid protected "
        "restricted confidential secret subscribers trash unlisted unpublished",
        # keys that blogs also use for other things: only a plain word makes them hide anything
        "show enabled active live online available ready released approved wip protected paid "
        "headless disabled secret internal confidential premium exclude excluded ignore "
        "ignored skip state access audience stage workflow workflowstate confidentiality "
        "classification restricted type posttype contenttype",
    )
)
_OFTEN_HARMLESS = frozenset({"type", "posttype", "contenttype"})
_NOT_MADE = _NO | {"link"}  # of Hugo's build options: only a link can lead there
_TYPING_ERROR = 0.8  # how like `draft` or `status` a key must be


class Finding(NamedTuple):
    """What a key of another tool does there, and how to say it here."""

    hides: bool  # at any time; otherwise `limit` says when
    hint: str
    limit: Limit | None = None


def limits_elsewhere(fields: Fields, read: Callable[[str], datetime]) -> tuple[Limit, ...]:
    """When keys of other tools show the file; those that hide it at any time are reported.

    To be called once all declared keys have been read; `read` gives the moment that a text names.
    """
    found = [(key, value, _finding(key, value, fields, read)) for key, value in fields.unasked()]
    for key, value, finding in found:
        if finding:
            fields.explain(key, finding.hint)
            if finding.hides:
                fields.settle(key)
                typed = f": {shortened(text)}" if (text := _text(value)) else ""
                fields.report_at(
                    "hidden-elsewhere",
                    value.key_at,
                    f"'{shortened(key)}{typed}' hides this file in other tools, but is no key here",
                    finding.hint,
                )
    return tuple(finding.limit for _, _, finding in found if finding and finding.limit)


def _finding(
    key: str, value: Value, fields: Fields, read: Callable[[str], datetime]
) -> Finding | None:
    means = _meaning(key, value)
    if means is None:
        return None
    hint = _same_key(key, fields) or _hint(means, fields)
    text = _text(value).casefold()
    is_date = means in (_Means.START, _Means.END)
    if is_null(value.node) or (isinstance(value.node, yaml.ScalarNode) and not text):
        return Finding(False, hint)
    if text in _YES | _NO and is_date:
        return Finding(text in _YES, hint)
    if is_date or (means is _Means.SHOWN and re.match(r"\d{4}-", text)):
        try:
            moment = read(_text(value))
        except MomentError:
            return Finding(True, hint)
        return Finding(False, hint, Limit(Tag(key, value.key_at), moment, means is _Means.END))
    hides = _hides(means, key, text, value)
    if not hides and (means is _Means.OUTPUT or _plain(key) in _OFTEN_HARMLESS):
        return None  # such as an address, or the kind of a page
    return Finding(hides, hint)


def _meaning(key: str, value: Value) -> _Means | None:
    name = _plain(key)
    if name in _MEANINGS:
        return _MEANINGS[name]
    text = _text(value).casefold()
    if text in _YES and nearest(name, ["draft"], likeness=_TYPING_ERROR):
        return _Means.HIDDEN
    if text in HIDING_WORDS and nearest(name, ["status"], likeness=_TYPING_ERROR):
        return _Means.AUDIENCE
    return None


def _plain(key: str) -> str:
    """A key without the differences of spelling between tools."""
    return re.sub(r"[\W_]", "", key).casefold()


def _hides(means: _Means, key: str, text: str, value: Value) -> bool:
    """Whether a value that is not a date hides the page."""
    is_plain = _plain(key) not in _AMBIGUOUS
    match means:
        case _Means.SHOWN:
            return text not in _YES if is_plain else text in _NO
        case _Means.HIDDEN:
            return text not in _NO if is_plain else text in _YES
        case _Means.AUDIENCE:
            return text not in _EVERYBODY if is_plain else text in HIDING_WORDS
        case _Means.LOCK:
            return text not in _NO
        case _Means.OUTPUT:
            return any(word.casefold() in _NOT_MADE for word in _words(value.node))
        case _:
            return True


def _words(node: yaml.Node) -> Iterator[str]:
    """The texts in a value and in the values of its own keys."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.MappingNode):
        for _, inner in node.value:
            if isinstance(inner, yaml.ScalarNode):
                yield inner.value


def _text(value: Value) -> str:
    return value.node.value.strip() if isinstance(value.node, yaml.ScalarNode) else ""


def _same_key(key: str, fields: Fields) -> str:
    """The advice for one of our own keys in another spelling, '' if the file has that as well."""
    ours = ("draft", "status", "date", "week")
    meant = next((own for own in ours if own == _plain(key) and fields.is_declared(own)), "")
    meant = "" if fields.has(meant) else meant
    return f"Write it as '{meant}'." if meant else ""


def _hint(means: _Means, fields: Fields) -> str:
    """How to say it with our own keys, as far as this kind of file has them."""
    if not fields.is_declared("draft"):
        return "To keep the file back, move it out of this folder; otherwise delete this line."
    if means is _Means.START and fields.is_declared("date"):
        return "Write the day on which it is to appear as 'date', and delete this line."
    if means is _Means.END:
        return "Write 'draft: true' once it is to be hidden: weekly takes nothing away by itself."
    if means is _Means.LOCK and fields.is_declared("approved_by"):
        return (
            "Write 'draft: true': weekly can't protect a page. Delete this line if all may see it."
        )
    return "Write 'draft: true' to keep it back; delete this line only if all may see it."
