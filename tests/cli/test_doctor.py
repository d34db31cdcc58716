"""`weekly doctor`: a clean blog has nothing, and each fault that is planted is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.doctor.problems import SEVERITIES
from generator.problems import Severity
from tests.commands import SUNDAY, Result, run
from tests.conftest import SITE, Blog, write_small_blog
from tests.repositories import ALONE, Repository, git

SCHEDULED = "content/posts/2026-11-24-later.md"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a blog of a published and a scheduled post, pushed to GitHub."""
    blog = Blog(tmp_path_factory.mktemp("original") / "blog")
    write_small_blog(blog)
    blog.write("content/site.toml", on_pages(SITE))
    blog.post("2026-11-10-hello")
    blog.post("2026-11-24-later", date="2026-11-24 09:00")
    repository = Repository.around(blog)
    run("deploy", "--init", "--blog", str(blog.folder), **ALONE, **SUNDAY)
    blog.build()
    repository.commit("Publish")
    git(blog.folder, "remote", "set-url", "origin", "git@github.com:Ada/letters.git")
    return blog.folder.parent


@pytest.fixture
def clean(original: Path, tmp_path: Path) -> Repository:
    """A copy of that blog, for a test to change."""
    copy = tmp_path / "copy"
    shutil.copytree(original, copy, symlinks=True)
    return Repository(Blog(copy / "blog"), copy / "remote.git")


def on_pages(text: str) -> str:
    """The settings of a blog that GitHub shows, and that can be answered."""
    weekly = (
        '[weekly]\nday = "tuesday"\ntime = "09:00"\n\n'
        '[answer]\nemail = "letters@ada.net"\n\n[[authors]]'
    )
    text = text.replace("https://example.org/blog/", "https://ada.github.io/letters/")
    return text.replace("example.org", "ada.net").replace("[[authors]]", weekly, 1)


def doctor(repository: Repository, *arguments: str, **environment: str) -> Result:
    """What the doctor says."""
    where = ("--blog", str(repository.blog.folder))
    return run("doctor", *where, *arguments, **{**ALONE, **SUNDAY, **environment})


def test_a_clean_blog_has_no_problems(clean: Repository) -> None:
    result = doctor(clean)

    assert result.stderr == ""
    assert result.stdout == "No problems that can be seen from here.\n"
    assert result.exit_code == 0


def change(old: str, new: str, path: str = "content/site.toml") -> Callable[[Repository], None]:
    """Plants a fault in a file, and commits it."""

    def plant(repository: Repository) -> None:
        target = repository.blog.folder / path
        text = target.read_text(encoding="utf-8")
        assert old in text
        target.write_text(text.replace(old, new), encoding="utf-8")
        commit(repository)

    return plant


def put(path: str, data: bytes) -> Callable[[Repository], None]:
    """Plants a file, and commits it."""

    def plant(repository: Repository) -> None:
        repository.blog.write(path, data)
        commit(repository)

    return plant


def remove(path: str) -> Callable[[Repository], None]:
    """Takes a file away, and commits that."""

    def plant(repository: Repository) -> None:
        (repository.blog.folder / path).unlink()
        commit(repository)

    return plant


def commit(repository: Repository, **environment: str) -> None:
    """Commit all, as if it were pushed."""
    git(repository.blog.folder, "add", "--all")
    git(repository.blog.folder, "commit", "--quiet", "-m", "Change", **environment)
    git(repository.blog.folder, "update-ref", "refs/remotes/origin/main", "HEAD")


def leave_loose(repository: Repository) -> None:
    repository.blog.post("2026-11-15-loose")


def commit_only(repository: Repository) -> None:
    git(repository.blog.folder, "commit", "--quiet", "--allow-empty", "-m", "Mine")


def detach(repository: Repository) -> None:
    git(repository.blog.folder, "switch", "--quiet", "--detach")


def another_branch(repository: Repository) -> None:
    git(repository.blog.folder, "switch", "--quiet", "-c", "draft")


def out_of_git(repository: Repository) -> None:
    (repository.blog.folder / ".git").rename(repository.blog.folder / "git")


def ignore(repository: Repository) -> None:
    repository.blog.write(".gitignore", ".weekly/\n/output/\n*.txt\n")
    commit(repository)
    repository.blog.write("content/static/plan.txt", "A plan.\n")


def years_ahead(repository: Repository) -> None:
    git(
        repository.blog.folder,
        *("commit", "--quiet", "--allow-empty", "-m", "Later"),
        GIT_COMMITTER_DATE="2027-11-22T12:00:00+00:00",
    )
    git(repository.blog.folder, "update-ref", "refs/remotes/origin/main", "HEAD")


def long_ago(repository: Repository) -> None:
    git(
        repository.blog.folder,
        *("commit", "--quiet", "--amend", "--no-edit"),
        GIT_COMMITTER_DATE="2026-08-22T12:00:00+00:00",
    )
    git(repository.blog.folder, "update-ref", "refs/remotes/origin/main", "HEAD")


def cut_short(repository: Repository) -> None:
    (repository.blog.folder / "output/.weekly-stage").mkdir()


def damage(repository: Repository) -> None:
    kept = repository.blog.folder / ".weekly/cache.sqlite"
    kept.write_bytes(kept.read_bytes().replace(b"Hello", b"Jello"))


def two_cases(repository: Repository) -> None:
    repository.blog.write("content/static/a.txt", "")
    repository.blog.write("content/static/A.txt", "")
    commit(repository)


def another_domain(repository: Repository) -> None:
    change("https://ada.github.io/letters/", "https://letters.ada.net/")(repository)
    rewrite_workflow(repository)


def wrong_path(repository: Repository) -> None:
    change("https://ada.github.io/letters/", "https://ada.github.io/")(repository)
    rewrite_workflow(repository)


def an_example(repository: Repository) -> None:
    change("https://ada.github.io/letters/", "https://example.org/letters/")(repository)
    rewrite_workflow(repository)


def rewrite_workflow(repository: Repository) -> None:
    where = ("--blog", str(repository.blog.folder))
    run("deploy", "--init", *where, **ALONE, **SUNDAY)
    commit(repository)


def nothing_to_publish_with(repository: Repository) -> None:
    (repository.blog.folder / SCHEDULED).unlink()
    remove(".github/workflows/pages.yml")(repository)


def unfinished(repository: Repository) -> None:
    repository.blog.post("2026-11-12-mine", "Word.\n\nAsk [REPLACE: your name].\n")
    commit(repository)


FAULTS: dict[str, tuple[Callable[[Repository], None], str]] = {
    "not-in-git": (out_of_git, "git"),
    "uncommitted": (leave_loose, "content/posts/2026-11-15-loose.md"),
    "unpushed": (commit_only, "git"),
    "detached": (detach, "git"),
    "never-pushed": (another_branch, "git"),
    "ignored-content": (ignore, "content/static/plan.txt"),
    "placeholder": (unfinished, "content/posts/2026-11-12-mine.md:7:5"),
    "example-address": (an_example, "content/site.toml:3:1"),
    "wrong-base-url": (wrong_path, "content/site.toml:3:1"),
    "other-address": (another_domain, "content/site.toml:3:1"),
    "no-way-to-answer": (change("letters@ada.net", ""), "content/site.toml:14:1"),
    "stale-workflow": (change("09:00", "10:00"), ".github/workflows/pages.yml:9"),
    "no-requirements": (remove("requirements.txt"), "requirements.txt"),
    "other-version": (change("==", "==9.", "requirements.txt"), "requirements.txt:2"),
    "never-published": (nothing_to_publish_with, "git"),
    "far-ahead": (change("2026-11-24 09:00", "2029-11-27 09:00", SCHEDULED), SCHEDULED),
    "merge-conflict": (
        put("content/static/a.txt", b"one\n<<<<<<< HEAD\ntwo\n=======\n3\n>>>>>>> x\n"),
        "content/static/a.txt:2",
    ),
    "never-released": (remove(".github/workflows/pages.yml"), SCHEDULED),
    "late-release": (change("2026-11-24 09:00", "2026-11-24 15:00", SCHEDULED), SCHEDULED),
    "online-already": (put("content/published.txt", b"/2026/later/\n"), SCHEDULED),
    "idle-schedule": (long_ago, ".github/workflows/pages.yml"),
    "case-clash": (two_cases, "content/static/a.txt"),
    "decomposed-name": (put("content/static/cafe\u0301.txt", b""), "content/static/cafe\u0301.txt"),
    "byte-order-mark": (
        put("content/pages/a.md", b"\xef\xbb\xbf---\ntitle: A\npermalink: /a/\n---\nA.\n"),
        "content/pages/a.md:1",
    ),
    "mixed-line-ends": (
        put("content/static/a.txt", b"one\ntwo\r\nthree\n"),
        "content/static/a.txt:2",
    ),
    "old-encoding": (put("content/static/a.txt", b"one\ncaf\xe9\n"), "content/static/a.txt:2"),
    "large-file": (put("content/static/film.mp4", bytes(10_000_001)), "content/static/film.mp4"),
    "clock-behind": (years_ahead, "clock"),
    "cut-short": (cut_short, "output/.weekly-stage"),
    "damaged-cache": (damage, ".weekly/cache.sqlite"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_planted_problem_is_the_only_one_found(clean: Repository, code: str) -> None:
    plant, place = FAULTS[code]
    plant(clean)
    result = doctor(clean, "--format", "json")

    problems = json.loads(result.stdout)["problems"]
    found = {
        (
            problem["code"],
            ":".join(str(p) for p in (problem["path"], problem["line"], problem["column"]) if p),
        )
        for problem in problems
    }
    assert found == {(code, place)}
    assert result.exit_code == (1 if SEVERITIES[code] is Severity.ERROR else 0)
    assert all(problem["hint"] for problem in problems)


def test_requirements_without_weekly_are_reported(clean: Repository) -> None:
    put("requirements.txt", b"requests\n# weekly\n")(clean)

    assert "weekly is not in it. Add a line: cio-weekly==" in doctor(clean).stderr


def test_a_machine_without_git_is_reported(clean: Repository) -> None:
    assert "git: warning: git is not installed. Install it" in doctor(clean, PATH="/nowhere").stderr


def test_a_domain_in_a_file_of_its_own_is_reported(clean: Repository) -> None:
    put("content/static/CNAME", b"letters.ada.net\n")(clean)

    assert doctor(clean).stderr == (
        "content/static/CNAME: warning: this says that the blog is at letters.ada.net, but "
        "'base_url' is https://ada.github.io/letters/. Delete this file, and set "
        'cname = "letters.ada.net" and base_url in site.toml.\n'
    )


def test_git_may_ignore_what_editors_leave(clean: Repository) -> None:
    clean.blog.write(".gitignore", ".weekly/\n/output/\n*~\n.DS_Store\n")
    commit(clean)
    clean.blog.write("content/posts/.DS_Store", b"\0")
    clean.blog.write("content/posts/2026-11-10-hello.md~", "Old.\n")

    assert doctor(clean).stderr == ""


def test_a_blog_in_a_folder_of_a_repository_has_no_problems(tmp_path: Path, blog: Blog) -> None:
    inside = Blog(tmp_path / "whole" / "our letters")
    for name, data in blog.tree("content").items():
        inside.write(f"content/{name}", data)
    inside.write("content/site.toml", on_pages(SITE))
    inside.post("2026-11-24-later", date="2026-11-24 09:00")
    repository = Repository.around(inside, root=tmp_path / "whole")
    run("deploy", "--init", "--blog", str(inside.folder), **ALONE, **SUNDAY)
    git(tmp_path / "whole", "add", "--all")
    repository.commit("Publish")

    assert (tmp_path / "whole/.github/workflows/pages.yml").is_file()
    assert doctor(repository).stderr == ""
    inside.post("2026-11-20-loose")
    assert doctor(repository).stderr == (
        "content/posts/2026-11-20-loose.md: warning: this is not committed."
        " Commit your work: git add --all, then git commit.\n"
    )


def test_wrong_settings_are_reported_as_by_a_build(clean: Repository) -> None:
    clean.blog.write("content/site.toml", SITE.replace("Europe/London", "Europe/Londn"))
    result = doctor(clean)

    assert result.exit_code == 1
    assert "Did you mean 'Europe/London'?" in result.stderr
