"""What an address of each kind may be: its scheme, its characters, its length.

Every field that holds an address, in settings, front matter or a body, is judged by this module.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import quote, urlsplit, urlunsplit

WEB = frozenset({"http", "https"})  # a page of the web: menus, syndication, the blog itself
PROFILE = WEB | {"mailto"}  # where an author can be found
TEXT = WEB | {"mailto", "tel", "sms", "ftp", "xmpp"}  # a link in a text that nobody has checked
SCRIPTS = frozenset({"javascript", "vbscript"})  # never a link
LOCAL = frozenset({"file"})  # a link that works on one machine only
COMMON = ("http", "https", "mailto", "tel")  # those that people mistype

LONGEST_PART = 255  # bytes between two slashes: what every disk allows
OURS = ".weekly"  # how the names begin that we keep in the output folder

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# what browsers skip on their way to the colon
_IGNORED_IN_SCHEME = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
_DOMAIN = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*"
_MAIL = re.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~-]+@{_DOMAIN}")
_MAILTO = re.compile(
    r"mailto:(?!$)([^@\s?,]+@[^@\s?,.]+(\.[^@\s?,.]+)+)?(,[^@\s?,]+@[^@\s?,]+)*(\?.*)?"
)
_TEL = re.compile(r"tel:\+?[0-9()./-]*[0-9][0-9()./-]*(;.*)?")
_NOT_IN_URL = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MISTYPED = re.compile(r"(?:https?|htps?|htt?ps?s)[:;]?/{1,3}(?=\w)", re.IGNORECASE)
_HOST = re.compile(rf"({_DOMAIN})(?::\d+)?(?:[/?#]|$)")
# most of these are domains of countries, too, but a link that leads nowhere is rather a file
_FILE_NAME = re.compile(
    r"\.(?:avif|bmp|csv|docx?|eml|gif|heic|html?|ics|jpe?g|json|key|m4[av]|markdown|md|mov|mp[34]|msg|numbers|odp|ods|odt|pages|pdf"
    r"|php|png|pptx?|psd|py|rtf|sh|svg|swf|tiff?|toml|txt|webp|xlsx?|xml|ya?ml|zip)\Z",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\(?\d[\d ()./-]{5,}\d")


def scheme_of(url: str) -> str:
    """The scheme of a URL as a browser reads it, '' without one."""
    found = _SCHEME.match(_IGNORED_IN_SCHEME.sub("", url))
    return found[1].lower() if found else ""


def is_url(text: str, schemes: Collection[str]) -> bool:
    """Whether a text is a whole URL with one of these schemes."""
    scheme = scheme_of(text)
    if scheme not in schemes or _NOT_IN_URL.search(text):
        return False
    if scheme == "mailto":
        return is_mailto(text)
    try:
        url = urlsplit(text)
        return scheme not in WEB or (bool(url.hostname) and url.port != 0)
    except ValueError:
        return False


def is_mail_address(text: str) -> bool:
    """Whether a text is the address of a mailbox: `ada@example.org`."""
    return _MAIL.fullmatch(text) is not None


def is_mailto(url: str) -> bool:
    """Whether a URL opens a mail."""
    return _MAILTO.fullmatch(url) is not None


def is_phone_link(url: str) -> bool:
    """Whether a URL calls a number."""
    return _TEL.fullmatch(url) is not None


def spelt(url: str) -> str:
    """A URL as it was typed, with only those characters percent-encoded that it can't have."""
    whole = _STRAY_PERCENT.sub("%25", url)
    return quote(whole, safe="-._~:/?#[]@!$&'()*+,;=%", errors="replace")


def site_url(text: str) -> str:
    """The address of a site that somebody meant by `text`; '' if there is no host.

    It has no user, no query, no fragment and no steps back, and is percent-encoded.
    """
    url = urlsplit(text if "//" in text else f"https://{text.lstrip('/')}")
    if not url.hostname or url.scheme not in WEB:
        return ""
    host = url.netloc.rpartition("@")[2]
    path = posixpath.normpath(f"/{url.path}").lstrip("/").removesuffix("index.html").rstrip("/")
    return urlunsplit((url.scheme, host, spelt(f"/{path}/" if path else "/"), "", ""))


def meant_by(typed: str) -> str:
    """The whole URL that somebody meant who typed a link without its scheme; '' if there is none.

    `www.example.com/x` is a page, `ada@example.org` a mailbox, `+44 20 7946 0018` a phone.
    """
    if is_mail_address(typed.partition("?")[0]):
        return f"mailto:{typed}"
    if _PHONE.fullmatch(number := typed.removeprefix("tel:")):
        return f"tel:{re.sub(r'[^+0-9]', '', number)}"
    if found := _MISTYPED.match(typed):
        return f"https://{typed[found.end() :]}"
    if (host := _HOST.match(typed)) and not _FILE_NAME.search(host[1]):
        return f"https://{typed}"
    return ""


def why_unwritable(path: str) -> str:
    """Why no file can be at a path of the site, in words; '' if one can."""
    parts = path.strip("/").split("/")
    if parts[0].casefold().startswith(OURS):
        return f"names that begin with {OURS} are for weekly's own files"
    if any(len(part.encode(errors="replace")) > LONGEST_PART for part in parts):
        return f"a part of it has more than {LONGEST_PART} bytes, which no disk can keep"
    return ""
