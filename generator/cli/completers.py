"""The slugs of posts and traits that a shell can complete."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.build_inputs import use_own_zones
from generator.cli.shared_options import SharedOptions
from generator.config.reading import load_config
from generator.config.settings import SiteConfig


def post_slugs(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The slugs of posts that begin with what was typed, newest first."""
    blog = _blog_of(context)
    posts = blog.inventory.content.posts if blog else ()
    newest_first = sorted(posts, key=lambda post: post.published, reverse=True)
    return [post.slug for post in newest_first if post.slug.startswith(incomplete)]


def trait_slugs(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The slugs of traits that begin with what was typed."""
    blog = _blog_of(context)
    traits = blog.traits if blog else ()
    return [trait.slug for trait in traits if trait.slug.startswith(incomplete)]


def reply_ids(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The ids of replies that begin with what was typed, newest first."""
    blog = _blog_of(context)
    ids = [reply.id for reply in blog.inventory.content.replies] if blog else []
    return sorted((found for found in ids if found.startswith(incomplete)), reverse=True)


def reply_names(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The names of people who replied that begin with what was typed."""
    blog = _blog_of(context)
    names = {reply.name for reply in blog.inventory.content.replies} if blog else set()
    return sorted(name for name in names if name and name.startswith(incomplete))


def _blog_of(context: click.Context) -> BlogContext | None:
    """The blog named on the line so far, or None if its settings can't be read."""
    levels: list[click.Context] = [context]
    while parent := levels[-1].parent:
        levels.append(parent)
    folder = next(filter(None, (level.params.get("blog") for level in levels)), Path())
    use_own_zones()
    if not isinstance(load_config(folder), SiteConfig):
        return None
    return blog_context(SharedOptions(blog=folder))
