"""A real blog: 120 posts written by others, beside the checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import Blog

CORPUS = Path(__file__).parents[2] / "shared/corpus"

SETTINGS = """\
title = "A real blog"
base_url = "https://example.org/real/"
time_zone = "America/New_York"
authority = "example.org,2014"
permalink = "/{year}/{month}/{day}/{slug}/"
unknown_tags = "allow"
unknown_authors = "allow"
posts_without_trait = "warning"
broken_links = "warning"

[front_matter]
unknown_keys = "warning"

[front_matter.rename]
excerpt = "summary"
redirect_from = "aliases"

[[authors]]
id = "team"
name = "The team"
"""

TRAIT = "---\ntitle: Listen\ntags: [user research, how we work, hiring]\n---\n"


def write_corpus(blog: Blog) -> None:
    """Put the posts and their images into a blog with settings for them."""
    shutil.copytree(CORPUS / "content/posts", blog.folder / "content/posts")
    shutil.copytree(CORPUS / "assets", blog.folder / "content/static/assets")
    blog.write("content/site.toml", SETTINGS)
    blog.write("content/traits/listen.md", TRAIT)
