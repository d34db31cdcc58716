"""Takes addresses of mail and of machines out of texts: no reply may hold one."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote, urlsplit

from generator.content.harmless import is_web_address

REMOVED = "(address removed)"

_AT = r"(?:[@＠﹫]|%40|&(?:\#0{0,5}64|\#x0{0,5}40|commat);)"
# the local part may be quoted; the domain has a dot, or is in brackets
_MAIL = re.compile(
    rf"(?:mailto:)?(?<![^\W_])(?P<handle>@)?"
    rf"(?:\"[^\"\s]{{1,64}}\"|[\w!#$%&'*+/=?^`{{|}}~.-]{{1,200}}){_AT}"
    r"(?:\[[^\]\s]{1,80}\]|[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+)",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)(?!\w)", re.ASCII)
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*(?:%\w+)?(?![\w:])", re.IGNORECASE | re.ASCII
)


def without_addresses(text: str) -> tuple[str, int]:
    """The text with a plain word for each address of mail or of a machine, and how many."""
    text, mails = _MAIL.subn(_replacement, text) if _may_hold_mail(text) else (text, 0)
    removed = mails
    for pattern in (_IPV6, _IPV4):
        count = 0

        def replaced(found: re.Match[str]) -> str:
            nonlocal count
            address = found[0].rstrip(".")
            if not _is_address(address):
                return found[0]
            count += 1
            return REMOVED + found[0][len(address) :]

        text = pattern.sub(replaced, text)
        removed += count
    return text, removed


def _may_hold_mail(text: str) -> bool:
    return any(sign in text for sign in ("@", "＠", "﹫", "%40", "&#", "&commat"))


def _replacement(found: re.Match[str]) -> str:
    """What stands for an address; of an account such as @ada@example.social, `@ada` stays."""
    if found["handle"]:
        name = re.split(_AT, found[0].partition("@")[2])[0]
        return f"@{name}"
    return REMOVED


def _is_address(text: str) -> bool:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    # `std::a` and `::` are written by programmers; an address has a digit and two groups
    is_word = isinstance(address, IPv6Address) and not (
        re.search(r"\d", text) and (text.count(":") > 2 or "::" in text)
    )
    return not is_word


def holds_address(text: str) -> bool:
    """Whether an address of mail or of a machine is in the text, however it is encoded."""
    return bool(without_addresses(text)[1] or without_addresses(unquote(text))[1])


def safe_url(url: str) -> str:
    """An http(s) URL that holds no address and no password; '' for any other text."""
    url = url.strip()
    if not is_web_address(url):
        return ""
    try:
        parts = urlsplit(url)
        is_port = parts.port != 0
    except ValueError:
        return ""
    is_hidden = "@" in parts.netloc or _names_a_machine(parts.hostname or "") or holds_address(url)
    return url if is_port and not is_hidden else ""


def _names_a_machine(host: str) -> bool:
    """Whether a host is an IP address, in any of the notations that browsers accept."""
    return ":" in host or bool(
        re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", host)
    )
