"""Every published post of a blog as a message, and what caniemail says of them: make mail-check.

caniemail (npm) has the data of caniemail.com inside, so nothing is asked over the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from generator.build import prepare
from generator.build.mailing import MailChoice, Mailing, mailing_of
from generator.build.report import BuildOptions, BuildReport
from generator.cache.engine import engine_digest
from generator.cache.file_digests import FileDigests
from generator.cache.store import Cache
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.content.known_documents import KnownDocuments
from generator.model import PostState, Visibility
from generator.render import Renderer
from generator.render.template_closures import TemplateClosures

ROOT = Path(__file__).parents[1]
CHECKERS = ROOT / ".venv/checkers"
SCRIPT = CHECKERS / "caniemail.mjs"

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


def mails_of(folder: Path) -> Iterator[Mailing]:
    """Every published post of a blog as a message; the blog must be without errors."""
    config = load_config(folder)
    if not isinstance(config, SiteConfig):
        raise SystemExit("\n".join(map(str, config)))
    now = datetime.now(UTC)
    options = BuildOptions(folder, folder / "output", now, Visibility(), time.time_ns())
    cache = Cache.open(folder, options.output, engine_digest())
    digests = FileDigests(folder, cache.files, taken_ns=options.started_ns)
    planned = prepare(config, options, cache, digests, KnownDocuments(cache.documents))
    if isinstance(planned, BuildReport):
        raise SystemExit("\n".join(map(str, planned.problems)))
    closures = TemplateClosures(
        planned.theme, lambda path: digests.of(str(path.absolute())), cache.templates
    )
    renderer = Renderer(planned.theme, closures, folder, cache.images.read)
    for entry in planned.site.entries:
        if entry.state is PostState.PUBLISHED:
            made = mailing_of(planned, config, renderer, MailChoice(entry.post.source))
            if not isinstance(made, Mailing):
                raise SystemExit("\n".join(map(str, made)))
            yield made


def findings(folders: list[Path]) -> dict[str, list[str]]:
    """What caniemail reports beyond the allowed features: the programs, by feature."""
    with tempfile.TemporaryDirectory() as made:
        for number, folder in enumerate(folders):
            for mail in mails_of(folder):
                (Path(made) / f"{number}-{mail.name}.html").write_text(mail.parts.html)
        files = sorted(str(path) for path in Path(made).iterdir())
        found = subprocess.run(
            ["node", str(SCRIPT), *files], check=True, capture_output=True, text=True
        )
    reported: dict[str, list[str]] = json.loads(found.stdout)
    return {feature: programs for feature, programs in reported.items() if feature not in ALLOWED}


def main() -> int:
    """Print what is found in the messages of our own blog and of the folders that are named."""
    found = findings([ROOT, *map(Path, sys.argv[1:])])
    for feature, programs in found.items():
        print(f"{feature}: {', '.join(programs)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
