"""What caniemail says of posts as mail; its data (of caniemail.com) comes with it from npm."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Blog
from tests.corpus import CORPUS, write_corpus
from tests.mail.blogs import mails_of

# What a message uses although a program lacks it, or has only a part of it, and why it may.
ALLOWED: Mapping[str, str] = {
    "!important keyword": "only in rules for night and phones, which add to what is inline",
    "<body> element": "Gmail makes a div of it; the table around everything has the colours",
    "<style> element": "for night and phones only; everything else is inline",
    "<ul>, <ol> and <dl>": "Outlook indents them by itself",
    "@media": "for night and phones only",
    "Attribute selector": "[data-ogsc] speaks to Outlook on the web only",
    "Class selector": "in rules for night and phones only",
    "Descendant combinator": "in rules for night and phones only",
    "Type selector": "in rules for night and phones only",
    "background": "only background-color with a plain colour is used, which all know",
    "border": "Outlook draws it on blocks and cells, which is where it is",
    "dir attribute": "the main one is on the tables, too; Outlook finds the direction of the rest",
    "display": "only block, for images",
    "display:none": "hides the preheader; elsewhere it is one pixel high, in the colour of paper",
    "font-size": "only in pixels",
    "font-weight": "400 and 600; Outlook shows 600 as bold",
    "height attribute": "only on images, in pixels",
    "height property": "only auto, for images, and 1px for rules",
    "line-height": "only in pixels",
    "list-style": "hides the bullet beside a box to tick",
    "margin": "never negative nor auto",
    "max-width": "Outlook reads the width attribute, and a table of 600 pixels made for it",
    "overflow": "hides the preheader; see display:none",
    "padding": "on cells, quotes and lists; without it words stand closer",
    "table-layout": "keeps pictures inside a phone's width; Outlook has no phone",
    "text-align": "only left and right",
    "text-decoration": "only none and underline",
    "white-space": "wraps code; a <pre> keeps its lines without it",
    "width attribute": "only in pixels and 100%",
    "width property": "the attribute says the same",
    "word-break": "breaks long words on phones",
}


@pytest.mark.slow
def test_no_post_needs_what_outlook_or_gmail_lacks(
    blog: Blog, repository: Path, tmp_path: Path
) -> None:
    checkers = repository / ".venv/checkers"
    if not shutil.which("node") or not (checkers / "node_modules/caniemail").is_dir():
        pytest.skip("caniemail is not installed: npm is needed for it")
    shutil.copytree(repository / "content", tmp_path / "ours/content")
    folders = [tmp_path / "ours"]
    if CORPUS.is_dir():
        write_corpus(blog)
        folders.append(blog.folder)
    files = []
    for folder in folders:
        for made in mails_of(folder):
            files.append(tmp_path / f"{folder.name}-{made.name}.html")
            files[-1].write_text(made.parts.html)
    script = checkers / "caniemail.mjs"
    asked = subprocess.run(
        ["node", str(script), *map(str, files)], capture_output=True, text=True, check=True
    )
    found: Mapping[str, list[str]] = json.loads(asked.stdout)

    assert len(found) > 10
    assert {feature: found[feature] for feature in found.keys() - ALLOWED.keys()} == {}
    if CORPUS.is_dir():  # the posts of others use everything
        assert ALLOWED.keys() - found.keys() == set()
