"""The import table of docs/architecture.md, held against the code."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator"

# a module or folder of the package, and what it must never import
FORBIDDEN = {
    "problems": {"*"},
    "fingerprint": {"*"},
    "findings": {"*"},
    "links": {"*"},
    "glyphs": {"*"},
    "dates": {"*", "!model", "!words"},
    "permalinks": {"*"},
    "words": {"*", "!model", "!problems"},
    "model": {"*", "!problems"},
    "toml_places": {"*", "!problems"},
    "toml_tables": {"*", "!problems", "!toml_places"},
    "config": {"content", "render"},
    "content": {"jinja2", "feedgen", "artifacts", "render", "output", "assemble", "checks", "cli"},
    "taxonomies": {"content", "artifacts", "render", "output", "build", "markdown"},
    "series": {"content", "artifacts", "render", "output", "build", "markdown"},
    "related": {"content", "artifacts", "render", "output", "build", "markdown"},
    "pictures": {"content", "artifacts", "output", "assemble", "checks", "build"},
    "bundles": {"content", "artifacts", "render", "output", "build", "markdown"},
    "assemble": {"content", "artifacts", "render", "output", "build", "markdown"},
    "artifacts": {"jinja2", "feedgen", "content", "assemble", "render", "output"},
    "render": {"content", "assemble", "output", "artifacts", "Site"},
    "output": {"content", "render", "assemble", "artifacts", "Post", "Site"},
    "build": {"cli", "serve"},
    "preview": {"cli", "serve"},
    "check": {"cli", "serve", "external"},
    "external": {"content", "assemble", "artifacts", "render", "output", "build", "check"},
    "checks": {"render", "output", "content"},
    "spans": {"*"},
    "writing": {"assemble", "artifacts", "render", "output", "checks", "build"},
    "serve": {"content", "artifacts", "render"},
    "published": {"*", "!permalinks"},
    "deploy": {"*", "!permalinks", "!problems"},
    "doctor": {"*", "!config", "!deploy", "!output", "!problems"},
    "insights": {"content", "render", "output"},
}

# a third-party package, and the only places that may import it
ONLY_IN = {
    "frontmatter": {"content"},
    "yaml": {"content"},
    "markdown": {"content"},
    "pygments": {"content"},
    "selectolax": {"content", "checks", "insights", "writing"},
    "jinja2": {"render"},
    "feedgen": {"render"},
    "PIL": {"render"},
    "watchdog": {"serve"},
    "subprocess": {"deploy", "cli"},  # git, and the writer's editor
}

# the clock, the environment and the working directory are asked for in one place
ONLY_THE_CLI_ASKS = {"now", "today", "utcnow", "getenv", "environ", "getcwd", "cwd"}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module, by the room that it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        yield room.removesuffix(".py"), path


def imports(path: Path) -> Iterator[tuple[str, str, int]]:
    """What a module imports: the room of ours or the package, the name, and the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield _room(alias.name), "", node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import hides the room"
            for alias in node.names:
                module = f"generator.{alias.name}" if node.module == "generator" else node.module
                yield _room(module or ""), alias.name, node.lineno


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "generator" and len(parts) > 1 else parts[0]


MODULES = list(modules())
ROOMS = {room for room, _ in MODULES}


def violations(room: str, path: Path) -> Iterator[str]:
    """The lines of a module that break the table."""
    rules = FORBIDDEN.get(room, set())
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    for imported, name, line in imports(path):
        is_elsewhere = imported != room and imported not in sys.stdlib_module_names
        everything = "*" in rules and (is_elsewhere or imported in ROOMS - {room})
        if (everything and imported not in allowed | {"generator"}) or {imported, name} & rules:
            yield f"{path.name}:{line} imports {imported} {name}"
        if imported in ONLY_IN and room not in ONLY_IN[imported]:
            yield f"{path.name}:{line} imports {imported}, which only {ONLY_IN[imported]} may"
        if imported == "cli" and room not in ("__main__", "cli"):
            yield f"{path.name}:{line} imports the command line"


@pytest.mark.parametrize(("room", "path"), MODULES, ids=[path.name for _, path in MODULES])
def test_a_room_imports_only_what_the_table_allows(room: str, path: Path) -> None:
    assert list(violations(room, path)) == []


@pytest.mark.parametrize(("room", "path"), MODULES, ids=[path.name for _, path in MODULES])
def test_only_the_command_line_asks_for_the_clock_and_the_environment(
    room: str, path: Path
) -> None:
    if room == "cli":
        return
    asked = [
        f"{path.name}:{node.lineno} asks for {node.attr}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ONLY_THE_CLI_ASKS
    ]
    assert asked == []


def test_the_table_can_fail(tmp_path: Path) -> None:
    wrong = tmp_path / "model.py"
    wrong.write_text("import jinja2\nfrom generator.config import SiteConfig\n", encoding="utf-8")

    assert list(violations("model", wrong)) == [
        "model.py:1 imports jinja2 ",
        "model.py:1 imports jinja2, which only {'render'} may",
        "model.py:2 imports config SiteConfig",
    ]


def test_every_room_stands_in_the_architecture_document() -> None:
    text = (PACKAGE.parent / "docs/architecture.md").read_text(encoding="utf-8")
    missing = [
        room for room in sorted(ROOMS) if f"`{room}" not in text and not room.startswith("__")
    ]

    assert missing == []


def test_no_group_is_repeated_possessively() -> None:
    """Python 3.11.0 to 3.11.4, which Debian 12 has, match too much there (gh-106052, gh-100061)."""
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\)[*+?]\+", line.replace("'()*+,;=", ""))  # signs of a URL
    ]

    assert found == []
