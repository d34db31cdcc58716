"""Messages of blogs on disk."""

from __future__ import annotations

from generator.build.mailing import MailChoice, Mailing, mailing
from tests.conftest import NOON, Blog


def mail_of(
    blog: Blog, post: str = "", month: str = "", *, now: str = NOON, brings_images: bool = False
) -> Mailing:
    """A message of a blog, which goes well."""
    choice = MailChoice(post, month, brings_images)
    made = mailing(blog.config(), blog.options(now), choice)
    assert isinstance(made, Mailing), [str(problem) for problem in made]
    return made


def problems_of(blog: Blog, post: str = "", month: str = "", *, now: str = NOON) -> list[str]:
    """What prevents a message."""
    made = mailing(blog.config(), blog.options(now), MailChoice(post, month))
    assert not isinstance(made, Mailing)
    return [str(problem) for problem in made]
