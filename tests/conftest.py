"""A small blog in a temporary folder, described with inline text."""

from __future__ import annotations

import os
import shutil
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import settings
from jinja2 import Environment
from selectolax.lexbor import LexborHTMLParser

from generator import __version__
from generator import build as builds
from generator.build import build
from generator.build.report import BuildOptions, BuildReport
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.deploy.requirement import Installation
from generator.images import social
from generator.model import Visibility
from generator.render import template_closures
from generator.views import SocialImageView
from tests.messages import Golden

MEMORY = Path("/dev", "shm")

NOON = "2026-11-22T12:00:00+00:00"

# The same examples on any machine and on any day; how long one takes is no matter.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")

SITE = """\
title = "Letters"
tagline = "What I heard this week"
base_url = "https://example.org/blog/"
time_zone = "Europe/London"
language = "en-GB"
authority = "example.org,2026"
topics = ["Budget"]
checks = { example-address = "allow" }
[[authors]]
id = "ada"
name = "Ada Marsh"
role = "CIO"
email = "ada@example.org"
"""

LISTEN = """\
---
title: Listen and learn
order: 1
summary: I will ask first.
tags: [listening, feedback]
questions: [Whom did I hear?]
---
I listen.
"""

COURAGE = """\
---
title: Have an opinion
order: 2
summary: I will say what I think.
tags: [courage, risk]
---
I dare.
"""


def png(shade: int = 0) -> bytes:
    """An image of four by two pixels in a shade of grey."""
    rows = zlib.compress((b"\0" + bytes([shade]) * 4) * 2)
    head = struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def files_below(root: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there, without symbolic links."""
    found = {}
    for folder, _, names in os.walk(root):  # pathlib takes three times as long
        for path in (f"{folder}/{name}" for name in names):
            if not os.path.islink(path):  # noqa: PTH114
                with open(path, "rb") as file:  # noqa: PTH123
                    found[path[len(str(root)) + 1 :]] = file.read()
    return dict(sorted(found.items()))


def hrefs(html: str) -> list[str]:
    """The targets of all links of a page."""
    return [node.attributes["href"] or "" for node in LexborHTMLParser(html).css("a[href]")]


@dataclass(frozen=True)
class Blog:
    """A blog on disk, and its builds."""

    folder: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the blog, with text dedented."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return target

    def post(self, name: str, body: str = "Hello.\n", **head: str) -> Path:
        """Write a post; `head` holds lines of front matter beyond a title and a trait."""
        lines = {"title": name[11:].replace("-", " ").title(), "tags": "[listening]"} | head
        text = "".join(f"{key}: {value}\n" for key, value in lines.items())
        suffix = "" if name.endswith(".md") else ".md"
        return self.write(f"content/posts/{name}{suffix}", f"---\n{text}---\n{dedent(body)}")

    def set(self, text: str) -> None:
        """Add lines above the tables of site.toml."""
        self.write("content/site.toml", dedent(text) + SITE)

    def set_checks(self, **levels: str) -> None:
        """Set the levels of some checks, by their codes."""
        known = 'example-address = "allow"'
        more = "".join(f', {code.replace("_", "-")} = "{level}"' for code, level in levels.items())
        self.write("content/site.toml", SITE.replace(known, known + more))

    def config(self, base_url: str = "") -> SiteConfig:
        """The settings, which must be right."""
        config = load_config(self.folder, base_url=base_url)
        assert isinstance(config, SiteConfig), [str(problem) for problem in config]
        return config

    def try_build(
        self,
        now: str = NOON,
        *,
        drafts: bool = False,
        future: bool = False,
        base_url: str = "",
        output: str = "output",
    ) -> BuildReport:
        """A build, whether it goes well or not."""
        options = self.options(now, drafts=drafts, future=future, output=output)
        return build(self.config(base_url), options)

    def options(
        self,
        now: str = NOON,
        *,
        drafts: bool = False,
        future: bool = False,
        output: str = "output",
    ) -> BuildOptions:
        """What a caller of a build decides."""
        return BuildOptions(
            blog=self.folder,
            output=self.folder / output,
            as_of=datetime.fromisoformat(now),
            visibility=Visibility(drafts=drafts, future=future),
            started_ns=time.time_ns(),
        )

    def build(self, now: str = NOON, **options: bool | str) -> BuildReport:
        """A build that goes well."""
        report = self.try_build(now, **options)  # type: ignore[arg-type]
        assert not report.failed, [str(problem) for problem in report.problems]
        return report

    def problems(self, **options: bool | str) -> list[str]:
        """What a build prints of problems."""
        return [str(problem) for problem in self.try_build(**options).problems]  # type: ignore[arg-type]

    def tree(self, output: str = "output") -> Mapping[str, bytes]:
        """Every file of the built site."""
        return files_below(self.folder / output)

    def page(self, path: str) -> str:
        """The text of a built file; of a folder its index.html."""
        file = path + "index.html" if path.endswith("/") or not path else path
        return (self.folder / "output" / file).read_text(encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sequences",
        type=int,
        help="Compare incremental builds with clean ones after so many other sequences of edits.",
    )
    parser.addoption(
        "--update-messages",
        action="store_true",
        help="Rewrite the printed lines in tests/data/messages/; review the diff.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Put temporary folders in memory where the system has it: disks are slow with small files."""
    if os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    golden = config.stash.get(GOLDEN, None)
    for case in dict.fromkeys(golden.updated) if golden else ():
        terminalreporter.write_line(f"updated in {case.file.name}: {case.name}")


GOLDEN = pytest.StashKey[Golden]()


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares printed lines with tests/data/messages/, or updates them: tests/messages.py."""
    update = request.config.getoption("--update-messages")
    return request.config.stash.setdefault(GOLDEN, Golden(update=update))


def small_blog(folder: Path) -> Blog:
    """A blog with two traits, no post, and its settings."""
    made = Blog(folder)
    write_small_blog(made)
    return made


def write_small_blog(blog: Blog) -> None:
    """Write settings and two traits."""
    blog.write("content/site.toml", SITE)
    blog.write("content/traits/listen.md", LISTEN)
    blog.write("content/traits/courage.md", COURAGE)


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """A blog with two traits, no post, and its settings."""
    return small_blog(tmp_path / "blog")


@pytest.fixture(scope="session")
def real_blog(tmp_path_factory: pytest.TempPathFactory) -> tuple[Blog, BuildReport]:
    """A real blog of 120 posts and its build; a test that asks for it is skipped without them."""
    from tests.corpus import CORPUS, write_corpus  # it imports Blog from here

    if not CORPUS.is_dir():
        pytest.skip("the corpus is not beside the checkout")
    blog = Blog(tmp_path_factory.mktemp("corpus"))
    write_corpus(blog)
    return blog, blog.try_build()


@pytest.fixture
def memory() -> Iterator[Path]:
    """A temporary folder, in memory where the system has such: for tests with many files."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session", autouse=True)
def shared_digests() -> Iterator[None]:
    """Tests in this process share what depends on nothing but a text: half the time of a build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "parse", _remembered(Environment.parse))
        patch.setattr(builds, "engine_digest", cache(builds.engine_digest))
        patch.setattr(social, "social_image", _drawn_once(social.social_image))
        references_in = cache(template_closures.references_in)
        patch.setattr(template_closures, "references_in", references_in)
        yield


@pytest.fixture(scope="session", autouse=True)
def installed_from_an_index() -> Iterator[None]:
    """Tests don't depend on where this checkout comes from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.cli.repositories.installation", lambda: Installation(__version__))
        yield


@pytest.fixture
def quick_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds in this process compile a template only once."""
    monkeypatch.setattr(Environment, "compile", _remembered(Environment.compile))


def _drawn_once(draw: Callable[..., bytes]) -> Callable[..., bytes]:
    known: dict[Any, bytes] = {}

    def social_image(
        view: SocialImageView, colours: Mapping[str, social.Palette] = social.PALETTES
    ) -> bytes:
        key = view, tuple(sorted(colours.items()))
        if key not in known:
            known[key] = draw(view, colours)
        return known[key]

    return social_image


def _remembered(method: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def call(environment: Environment, *given: Any, **named: Any) -> Any:
        key = (environment.trim_blocks, *given, *sorted(named.items()))
        if key not in known:
            known[key] = method(environment, *given, **named)
        return known[key]

    return call


@pytest.fixture
def repository() -> Path:
    """The folder of this repository."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; a test that asks for it is skipped where it is missing."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()
