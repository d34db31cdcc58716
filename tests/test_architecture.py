"""The table of rooms in docs/architecture.md, held against every import of the package."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
DOCUMENT = ROOT / "docs/architecture.md"

# the clock, the environment and the working directory are asked for in one place
ONLY_THE_CLI_ASKS = {"now", "today", "utcnow", "getenv", "environ", "getcwd", "cwd"}

_ROW = re.compile(r"^\| `(?P<rooms>[^|]+)` \| [^|]+ \| (?P<imports>[^|]*) \|$", re.MULTILINE)
_ONLY = re.compile(r"^- Only (?P<rooms>.+) imports? (?P<packages>.+)\.$", re.MULTILINE)
_NAME = re.compile(r"`([\w.]+)[/`]")


class Table(NamedTuple):
    """What the document says of the rooms, and who alone may import a package."""

    imports: Mapping[str, frozenset[str]]  # by room, in the order of the rows
    only_in: Mapping[str, frozenset[str]]  # by package


class Import(NamedTuple):
    """An import of a module: a room of ours or another package, and the line."""

    imported: str
    is_ours: bool
    line: int


def read_table(text: str) -> Table:
    """The rows and the lines that begin with 'Only'."""
    rows = {}
    for row in _ROW.finditer(text):
        for room in re.findall(r"\w+", row["rooms"].replace(".py", "")):
            rows[room] = frozenset(re.findall(r"\w+", row["imports"]))
    only: dict[str, frozenset[str]] = {}
    for line in _ONLY.finditer(text):
        for package in re.findall(r"[\w.]*\w", line["packages"].replace(" and ", " ")):
            only[package] = frozenset(_NAME.findall(line["rooms"]))
    return Table(rows, only)


def room_of(path: Path, package: Path = PACKAGE) -> str:
    """The room that a module belongs to: its folder, or itself where it stands in the root."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[Import]:
    """Every import of a module, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield _import(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import hides the room"
            for alias in node.names:
                of_root = alias.name.replace("__version__", "__init__")
                ours = f"generator.{of_root}" if node.module == "generator" else node.module
                yield _import(ours or "", node.lineno)


def _import(module: str, line: int) -> Import:
    first, _, rest = module.partition(".")
    is_ours = first == "generator" and bool(rest)
    return Import(rest.partition(".")[0] if is_ours else module, is_ours, line)


def violations(path: Path, table: Table, package: Path = PACKAGE) -> Iterator[str]:
    """The imports of a module that the document does not allow."""
    room, name = room_of(path, package), path.relative_to(package).as_posix()
    if room not in table.imports:
        yield f"{name}: no row of the table has the room '{room}'"
        return
    allowed = table.imports[room] | {room}
    for imported, is_ours, line in imports_of(path):
        if is_ours and imported not in allowed:
            yield f"{name}:{line} imports {imported}"
        for package, rooms in table.only_in.items():
            is_it = not is_ours and f"{imported}.".startswith(f"{package}.")
            if is_it and not {room, f"{room}.{path.stem}"} & rooms:
                yield f"{name}:{line} imports {imported}, which only {', '.join(sorted(rooms))} may"


TABLE = read_table(DOCUMENT.read_text(encoding="utf-8"))
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_every_module_imports_only_what_the_table_allows() -> None:
    assert [found for path in MODULES for found in violations(path, TABLE)] == []


def test_the_table_names_no_import_that_there_is_not() -> None:
    used: dict[str, set[str]] = {room: set() for room in TABLE.imports}
    for path in MODULES:
        ours = (found.imported for found in imports_of(path) if found.is_ours)
        used[room_of(path)] |= {*ours} - {room_of(path)}

    assert used == {room: set(imports) for room, imports in TABLE.imports.items()}


def test_rooms_import_only_from_rooms_above_them() -> None:
    """So there is no circle, and a reader can take the table from top to bottom."""
    rooms = list(TABLE.imports)
    upwards = {
        room: sorted(imports - {*rooms[:place]})
        for place, (room, imports) in enumerate(TABLE.imports.items())
        if imports - {*rooms[:place]}
    }

    assert upwards == {}


def test_modules_of_one_room_do_not_import_in_a_circle() -> None:
    """A module is finished before another one of its room needs it."""
    graph = {_module_of(path): set(_modules_imported(path)) for path in MODULES}
    while finished := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for module in finished:
            del graph[module]

    assert sorted(graph) == []


def _module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _modules_imported(path: Path) -> Iterator[str]:
    known = {_module_of(module) for module in MODULES}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                found = inside if inside in known else node.module
                if found in known - {"generator", _module_of(path)}:
                    yield found


def test_the_root_has_room_for_a_dozen_modules() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 12


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_asks_for_the_clock_and_the_environment(path: Path) -> None:
    if room_of(path) == "cli":
        return
    asked = [
        f"{path.name}:{node.lineno} asks for {node.attr}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ONLY_THE_CLI_ASKS
    ]
    assert asked == []


def test_a_wrong_import_and_a_module_without_a_row_are_found(tmp_path: Path) -> None:
    table = read_table(
        "| `model.py` | values | problems |\n"
        "| `render/` | bytes | model |\n\n"
        "- Only `render/` imports jinja2 and feedgen.\n"
        "- Only `deploy.git` and `cli.editor` import subprocess.\n"
    )
    for name, text in {
        "model.py": "import jinja2\nfrom generator.render import feeds\n",
        "render.py": "import jinja2, feedgen\nfrom generator import model\n",
        "deploy/git.py": "import subprocess\n",
        "loose.py": "import os\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    found = [
        v for path in sorted(tmp_path.rglob("*.py")) for v in violations(path, table, tmp_path)
    ]

    assert found == [
        "deploy/git.py: no row of the table has the room 'deploy'",
        "loose.py: no row of the table has the room 'loose'",
        "model.py:1 imports jinja2, which only render may",
        "model.py:2 imports render",
    ]


def test_every_package_that_only_some_may_import_is_a_dependency_or_of_the_library() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").lower()
    called = {
        "PIL": "pillow",
        "css_inline": "css-inline",
        "frontmatter": "python-frontmatter",
        "yaml": "pyyaml",
        "mailparser_reply": "mail-parser-reply",
        "python_calamine": "python-calamine",
        "html_to_markdown": "html-to-markdown",
    }
    strangers = [
        package
        for package in TABLE.only_in
        if package.partition(".")[0] not in sys.stdlib_module_names
        and f'"{called.get(package, package)}' not in text
    ]

    assert TABLE.only_in
    assert strangers == []


def test_no_group_is_repeated_possessively() -> None:
    """Python 3.11.0 to 3.11.4, which Debian 12 has, match too much there (gh-106052, gh-100061)."""
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\)[*+?]\+", line.replace("'()*+,;=", ""))  # signs of a URL
    ]

    assert found == []
