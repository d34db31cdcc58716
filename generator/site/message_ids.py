"""What identifies a post in feeds and in mail: names that outlive its title and its address."""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from urllib.parse import quote

TOKEN = re.compile(r"\[#([a-z2-7]{8})\]", re.IGNORECASE)  # in a subject, however it was retyped


def tag_uri(authority: str, specific: str) -> str:
    """An id that outlives slugs, titles, domains and schemes (RFC 4151)."""
    return f"tag:{authority}:{quote(specific, safe='/-._~')}"


def message_id(authority: str, post_id: str) -> str:
    """The Message-ID of a post as mail (RFC 5322), from the id that feeds know it by."""
    domain = authority.partition(",")[0].rpartition("@")[2]
    return f"<{_digest(authority, post_id).hex()[:32]}@{domain}>"


def token(authority: str, post_id: str) -> str:
    """Eight letters and digits that stand for a post where an id is too long."""
    return b32encode(_digest(authority, post_id))[:8].decode().lower()


def token_in_subject(authority: str, post_id: str) -> str:
    """The token of a post as a subject has it: `[#xxxxxxxx]`."""
    return f"[#{token(authority, post_id)}]"


def tokens_in(subject: str) -> tuple[str, ...]:
    """The tokens in a subject, as `token` gives them."""
    return tuple(found.lower() for found in TOKEN.findall(subject))


def _digest(authority: str, post_id: str) -> bytes:
    return sha256(tag_uri(authority, post_id).encode()).digest()
