"""Who may approve a post, and whether somebody has."""

from __future__ import annotations

from datetime import datetime

from generator.config.settings import SiteConfig
from generator.model import Post


def authors_of(post: Post, config: SiteConfig) -> tuple[str, ...]:
    """The ids of a post's authors; of a post that names none, the first author of the blog."""
    return tuple(tag.text for tag in post.authors) or (config.authors[0].id,)


def approvers_of(post: Post, config: SiteConfig) -> tuple[str, ...]:
    """The ids of those whose signature counts: its own authors only if the blog allows it."""
    own = () if config.approve_own_posts else authors_of(post, config)
    return tuple(author.id for author in config.authors if author.id not in own)


def lacks_approval(post: Post, config: SiteConfig, as_of: datetime) -> bool:
    """Whether somebody still has to approve the post at that moment."""
    return needs_approval(post.published, config) and not _is_signed(post, config, as_of)


def needs_approval(published: datetime, config: SiteConfig) -> bool:
    """Whether a post of that moment has to be approved, by somebody, at some time."""
    return config.require_approval and published.date() >= config.approval_since


def _is_signed(post: Post, config: SiteConfig, as_of: datetime) -> bool:
    if post.approved_by is None or post.approved_by.text not in approvers_of(post, config):
        return False
    return post.approved_on is None or post.approved_on <= as_of
