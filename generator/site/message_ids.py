"""What identifies a post in feeds and in mail, so that an answer finds its post."""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import blake2b
from urllib.parse import quote

TOKEN_LENGTH = 8
TOKEN = re.compile(r"\[#([a-z2-7]{8})\]", re.IGNORECASE)  # in a subject, however it was retyped


def feed_id(authority: str, specific: str) -> str:
    """An id that outlives slugs, titles, domains and schemes (RFC 4151)."""
    return f"tag:{authority}:{quote(specific, safe='/-._~')}"


def message_id(authority: str, post_id: str) -> str:
    """The Message-ID of a post, in angle brackets, from its feed id, which never changes."""
    return f"<{_digest(authority, post_id).hex()}@{authority.partition(',')[0].rpartition('@')[2]}>"


def token(authority: str, post_id: str) -> str:
    """Eight letters and digits that stand for a post where an id is too long."""
    return b32encode(_digest(authority, post_id)).decode().lower()[:TOKEN_LENGTH]


def token_in_subject(authority: str, post_id: str) -> str:
    """The token of a post as a subject has it: `[#xxxxxxxx]`."""
    return f"[#{token(authority, post_id)}]"


def tokens_in(subject: str) -> tuple[str, ...]:
    """The tokens in a subject, as `token` gives them."""
    return tuple(found.lower() for found in TOKEN.findall(subject))


def _digest(authority: str, post_id: str) -> bytes:
    return blake2b(feed_id(authority, post_id).encode(), digest_size=16).digest()
