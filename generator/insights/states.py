"""How far each post is: what its writer says of it, and what its date makes of that."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from generator.config.settings import SiteConfig
from generator.model import Post, Standing
from generator.site.assemble import lacks_approval, standing


class State(StrEnum):
    """How far a post is, from a thought to a letter that is out."""

    IDEA = "idea"
    PLANNED = "planned"
    DRAFT = "draft"
    READY = "ready"  # and waits for a signature
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


_ORDER = tuple(State)


def state_of(post: Post, config: SiteConfig, as_of: datetime) -> State:
    """How far a post is at that moment."""
    found = standing(post, config, as_of)
    if found is Standing.DRAFT:
        return State(post.status)
    if found is Standing.PUBLISHED:
        return State.PUBLISHED
    return State.READY if lacks_approval(post, config) else State.SCHEDULED


def how_far(state: State) -> int:
    """The place of a state on the way to a letter that is out."""
    return _ORDER.index(state)
