"""The documents name every setting, problem code, command and view."""

from __future__ import annotations

import ast
import inspect
import json
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from generator import views
from generator.cli.commands import ALL_SENTENCES
from generator.config.levels import ALWAYS_ERRORS, DEFAULT_LEVELS
from generator.config.reading import documented_settings
from generator.doctor.problems import SEVERITIES

ROOT = Path(__file__).parents[1]


DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def shown_default(default: Any) -> str:
    """A default as TOML shows it."""
    if default is ...:
        return "required"
    if isinstance(default, bool | int | str):
        return f"`{json.dumps(default, ensure_ascii=False)}`"
    return ""


@pytest.mark.parametrize(
    ("name", "default", "sentence"), list(documented_settings()), ids=lambda value: str(value)[:30]
)
def test_every_setting_is_explained_with_its_default(
    name: str, default: Any, sentence: str
) -> None:
    assert f"| `{name}` | {shown_default(default)} | {sentence} |" in text_of(
        "docs/configuration.md"
    )


def problem_codes() -> list[str]:
    """Every code that our code can give a problem."""
    source = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("generator/**/*.py"))
    found = re.findall(
        r'(?:Problem|report|report_at|MomentError|git_problem)\(\s*(?:code=)?f?"([a-z][a-z{}-]+)"',
        source,
    )
    found += re.findall(r'"(ambiguous-date|unquoted-colon|front-matter-shape)"', source)
    found += [*DEFAULT_LEVELS, *SEVERITIES]
    expanded = [code.replace("{kind}", kind) for code in found for kind in ("file", "folder")]
    return sorted(set(expanded))


def test_the_search_for_codes_finds_them() -> None:
    assert {"unknown-tag", "unknown-folder", "wrong-type", "same-url", "bad-date"} <= set(
        problem_codes()
    )
    assert len(problem_codes()) > 30


@pytest.mark.parametrize("code", problem_codes())
def test_every_problem_is_explained(code: str) -> None:
    assert f"| `{code}` |" in text_of("docs/problems.md")


@pytest.mark.parametrize("code", DEFAULT_LEVELS)
def test_every_finding_is_explained_with_its_weight(code: str) -> None:
    weight = f"`{DEFAULT_LEVELS[code]}`"
    weight = f"always {weight}" if code in ALWAYS_ERRORS else weight

    assert re.search(
        rf"^\| `{code}` \| [^|]+ \| {weight} \| ", text_of("docs/problems.md"), re.MULTILINE
    )


@pytest.mark.parametrize("code", SEVERITIES)
def test_every_problem_of_the_doctor_is_explained_with_its_weight(code: str) -> None:
    assert f"| `{code}` | `{SEVERITIES[code]}` |" in text_of("docs/problems.md")


def test_every_explained_problem_exists() -> None:
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", text_of("docs/problems.md"), re.MULTILINE))

    assert explained == set(problem_codes())


@pytest.mark.parametrize("command", ALL_SENTENCES)
def test_every_command_and_option_is_explained(command: str) -> None:
    text = text_of("docs/writing.md")

    assert f"weekly {command}" in text
    for parameter in import_module(f"generator.cli.{command.replace(' ', '_')}").run.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in text, option


SEEN_BY_NO_TEMPLATE = {"Conventions", "Messages", "Prose"}  # what filters alone read


def values_of_the_theme_api() -> list[Any]:
    """Every view of a template, and every value that stands in one."""
    found: dict[str, Any] = {}
    waiting = list(get_args(views.TemplateView))
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if hasattr(kind, "_fields") and kind.__name__ not in {*found, *SEEN_BY_NO_TEMPLATE}:
            found[kind.__name__] = kind
            waiting += get_type_hints(kind).values()
    return [found[name] for name in sorted(found)]


def rows_of(kind: Any) -> list[str]:
    """The rows that explain the fields of a value: name, type and the comment beside them."""
    source = inspect.getsource(kind)
    lines = source.splitlines()
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.ClassDef)
    fields = [node for node in definition.body if isinstance(node, ast.AnnAssign)]
    return [
        "| `{}` | {} | {} |".format(
            ast.unparse(field.target),
            ast.unparse(field.annotation).replace("|", "\\|").replace("'", ""),
            lines[field.lineno - 1].partition("  # ")[2],
        )
        for field in fields
    ]


@pytest.mark.parametrize("kind", values_of_the_theme_api(), ids=lambda kind: kind.__name__)
def test_every_name_that_a_template_may_use_is_explained(kind: Any) -> None:
    sections = re.split(r"^### ", text_of("docs/theme-api.md"), flags=re.MULTILINE)
    section = next(
        (text for text in sections if text.partition("\n")[0].endswith(f"`{kind.__name__}`")), ""
    )

    assert section, f"docs/theme-api.md needs a section '### `{kind.__name__}`'"
    assert " ".join(kind.__doc__.split()) in " ".join(section.split())
    assert [row for row in rows_of(kind) if row not in section.splitlines()] == []


def test_the_theme_api_has_a_value_for_each_template() -> None:
    assert set(views.PAGES.values()) == set(get_args(views.TemplateView))
    assert len(values_of_the_theme_api()) > len(views.PAGES) > 10


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.M))
def test_every_target_of_make_is_explained(target: str) -> None:
    assert f"make {target}" in text_of("README.md") + text_of("docs/writing.md") + text_of(
        "docs/architecture.md"
    )


def what_to_open() -> str:
    """The section of the architecture that says which files a change needs."""
    return text_of("docs/architecture.md").partition("## To change X")[2].partition("\n## ")[0]


def place_of(path: str) -> Path:
    return next(p for p in (ROOT / "generator" / path, ROOT / path, ROOT) if p.exists())


def test_every_file_to_open_for_a_change_exists() -> None:
    paths = re.findall(r"`([\w./-]+(?:/|\.\w+))`", what_to_open())

    assert len(paths) > 20
    assert [path for path in paths if place_of(path) == ROOT] == []


def test_every_name_to_look_for_is_in_the_file_to_open() -> None:
    names = re.findall(r"`(\w+)` in `([\w./-]+)`", what_to_open())

    assert len(names) > 8
    assert [
        (name, path) for name, path in names if name not in place_of(path).read_text("utf-8")
    ] == []


def test_links_between_documents_lead_somewhere() -> None:
    for path in DOCUMENTS:
        prose = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", prose):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_image_of_the_documents_is_shown_and_small() -> None:
    texts = "".join(text_of(path.relative_to(ROOT).as_posix()) for path in DOCUMENTS)
    for image in (ROOT / "docs/images").iterdir():
        assert f"images/{image.name})" in texts, image.name
        assert image.stat().st_size < 120_000, image.name
