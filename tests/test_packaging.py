"""What is installed elsewhere: the wheel and the sdist hold what they need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[1],
    )
    return folder


def test_a_blog_can_be_made_and_built_from_the_wheel_alone(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")  # noqa: S202 our own wheel
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    for arguments in (["init", "mine"], ["build", "--blog", "mine"]):
        result = subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert result.returncode == 0, result.stderr
    assert (tmp_path / "mine/output/traits/listen/index.html").is_file()
    assert (tmp_path / "installed/generator/docs/configuration.md").is_file()


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
@pytest.mark.parametrize("name", ["checkout", "a checkout of ours"])
def test_make_puts_the_command_of_the_checkout_into_its_environment(
    tmp_path: Path, repository: Path, name: str
) -> None:
    checkout, elsewhere = tmp_path / name, tmp_path / "elsewhere"
    (checkout / ".venv/bin").mkdir(parents=True)
    (elsewhere / "generator").mkdir(parents=True)  # where somebody calls it from
    (elsewhere / "generator/__init__.py").write_text("raise SystemExit('not ours')")
    python = checkout / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (checkout / "generator").symlink_to(repository / "generator")
    shutil.copy(repository / "Makefile", checkout)
    subprocess.run(["make", "--quiet", ".venv/bin/weekly"], check=True, cwd=checkout)
    result = subprocess.run(
        [checkout / ".venv/bin/weekly", "new", "--", "a  b"],
        capture_output=True,
        text=True,
        cwd=elsewhere,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("content/site.toml: there is no such file here.")
    assert (checkout / ".venv/bin/weekly").stat().st_mode & 0o111


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        roots = {name.split("/")[0] for name in archive.namelist()}

    assert {root.partition(".dist-info")[0].partition("-")[0] for root in roots} == {
        "generator",
        "cio_weekly",
    }


def test_the_sdist_holds_what_a_build_and_the_tests_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {
        "LICENSE",
        "README.md",
        "Makefile",
        "requirements.lock",
        "content/traits/listen.md",
        "themes/default/theme.toml",
        "tests/conftest.py",
        "docs/writing.md",
    } <= names
