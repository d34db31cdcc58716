"""The id of the mail that a post is sent as, by which an answer finds its post."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b
from urllib.parse import quote

TOKEN_LENGTH = 8


def feed_id(authority: str, specific: str) -> str:
    """An id that outlives slugs, titles, domains and schemes (RFC 4151)."""
    return f"tag:{authority}:{quote(specific, safe='/-._~')}"


def message_id(authority: str, post_id: str) -> str:
    """The Message-ID of a post, in angle brackets, from its feed id, which never changes."""
    return f"<{_digest(authority, post_id).hex()}@{authority.partition(',')[0].rpartition('@')[2]}>"


def token(authority: str, post_id: str) -> str:
    """What a subject carries in `[#…]`, so that an answer finds its post."""
    return b32encode(_digest(authority, post_id)).decode().lower()[:TOKEN_LENGTH]


def _digest(authority: str, post_id: str) -> bytes:
    return blake2b(feed_id(authority, post_id).encode(), digest_size=16).digest()
