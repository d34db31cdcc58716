"""`weekly deploy`: a site that is published as a commit, with nothing else touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Blog
from tests.repositories import ALONE, Repository, git

HELLO = "2026-11-10-hello"


@pytest.fixture
def repository(blog: Blog) -> Repository:
    """A blog with one letter, under git."""
    blog.post(HELLO)
    return Repository.around(blog)


def test_the_site_is_published_as_it_was_built(repository: Repository) -> None:
    result = repository.deploy("--yes")

    assert result.exit_code == 0, result.stderr
    built = dict(repository.blog.tree())
    built.pop(".weekly")  # the list of what builds may remove is of no use online
    assert repository.online() == built
    assert 'New post: "Hello", at /2026/hello/' in result.stdout
    assert "Published to gh-pages of origin, as commit " in result.stdout
    assert repository.commits() == ['Publish "Hello"']


def test_the_next_steps_are_printed_and_the_setup_only_once(repository: Repository) -> None:
    once = "Once, on GitHub: choose Settings, Pages, Source: Deploy from a branch, gh-pages.\n"
    at = "It will be at https://example.org/blog/ in a minute or two.\n"
    assert once + at in repository.deploy("--yes").stdout

    repository.blog.post("2026-11-17-again")
    result = repository.deploy("--yes").stdout
    assert at in result
    assert once not in result


def test_the_same_site_is_not_published_twice(repository: Repository) -> None:
    repository.deploy("--yes")
    result = repository.deploy("--yes")

    assert result.exit_code == 0
    assert (
        result.stdout.splitlines()[-1]
        == "Nothing to publish: gh-pages already has exactly this site."
    )
    assert len(repository.commits()) == 1


def test_the_next_post_is_a_commit_on_top(repository: Repository) -> None:
    repository.deploy("--yes")
    repository.blog.post("2026-11-17-again", title='"Again, and louder"')
    result = repository.deploy("--yes")

    assert 'New post: "Again, and louder", at /2026/again/' in result.stdout
    assert "Changed: " in result.stdout
    assert repository.commits() == ['Publish "Again, and louder"', 'Publish "Hello"']


def test_a_commit_without_a_post_says_how_much_changed(repository: Repository) -> None:
    repository.deploy("--yes")
    repository.blog.write("content/static/plan.txt", "A plan.\n")
    repository.deploy("--yes")

    assert repository.commits()[0] == "Publish 1 changed file"


def test_uncommitted_work_is_left_alone(repository: Repository) -> None:
    blog = repository.blog
    blog.write("content/static/staged.txt", "Staged.\n")
    git(blog.folder, "add", "content/static/staged.txt")
    blog.write("content/static/loose.txt", "Loose.\n")
    before = (
        git(blog.folder, "status", "--porcelain=v2", "--branch"),
        (blog.folder / ".git/index").read_bytes(),
        git(blog.folder, "branch", "--list"),
    )
    repository.deploy("--yes")
    after = (
        git(blog.folder, "status", "--porcelain=v2", "--branch"),
        (blog.folder / ".git/index").read_bytes(),
        git(blog.folder, "branch", "--list"),
    )

    listed = after[0].replace("\n? content/published.txt", "")
    assert (listed, *after[1:]) == before


def test_git_filters_change_no_byte(repository: Repository) -> None:
    repository.blog.write(".gitattributes", "* text eol=crlf\n")
    repository.blog.write("content/static/old.txt", b"one\r\ntwo\n")
    repository.deploy("--yes")

    assert repository.online()["old.txt"] == b"one\r\ntwo\n"


def test_the_same_site_has_the_same_tree_in_another_repository(
    repository: Repository, tmp_path: Path
) -> None:
    repository.deploy("--yes")
    other = Blog(tmp_path / "other" / "blog")
    for name, data in repository.blog.tree("content").items():
        if name != "published.txt":
            other.write(f"content/{name}", data)
    second = Repository.around(other)
    second.deploy("--yes")

    trees = {git(r.remote, "rev-parse", "gh-pages^{tree}") for r in (repository, second)}
    assert len(trees) == 1


def test_a_dry_run_changes_nothing(repository: Repository) -> None:
    result = repository.deploy("--dry-run")

    assert result.exit_code == 0
    assert 'New post: "Hello"' in result.stdout
    assert result.stdout.splitlines()[-1] == "Nothing was published."
    assert git(repository.remote, "branch", "--list", "gh-pages") == ""
    assert not (repository.blog.folder / "content/published.txt").exists()


def test_without_a_terminal_the_answer_must_be_given(repository: Repository) -> None:
    result = repository.deploy()

    assert result.exit_code == 2
    assert result.stderr == (
        "weekly: there is no terminal to ask on: use --yes to publish, or --dry-run to see the "
        "changes.\n"
    )


@pytest.mark.parametrize(("answer", "count"), [("yes", 1), ("y", 1), ("no", 0), ("", 0)])
def test_at_a_terminal_the_user_is_asked(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, answer: str, count: int
) -> None:
    monkeypatch.setattr("generator.cli.deploy.is_interactive", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: answer)
    result = repository.deploy()

    assert result.exit_code == 0
    assert git(repository.remote, "branch", "--list", "gh-pages").count("gh-pages") == count


def test_a_site_with_errors_is_not_published(repository: Repository) -> None:
    repository.blog.post("2026-11-17-bad", '<a href="/nowhere/">x</a>\n')
    result = repository.deploy("--yes")

    assert result.exit_code == 1
    assert "content/posts/2026-11-17-bad.md:5" in result.stderr
    assert result.stderr.splitlines()[-1] == "Nothing was published. Fix the errors above first."
    assert git(repository.remote, "branch", "--list", "gh-pages") == ""


def test_a_private_build_is_rebuilt_before_it_is_published(repository: Repository) -> None:
    repository.blog.post("2026-11-12-secret", draft="true")
    repository.blog.post("2026-11-24-later")
    repository.blog.build(drafts=True, future=True)
    repository.deploy("--yes")

    everything = b"".join(repository.online().values())
    assert b"secret" not in everything.lower()
    assert b"later" not in b"".join(name.encode() for name in repository.online())


def test_files_that_do_not_belong_to_the_site_are_not_published(repository: Repository) -> None:
    repository.blog.build()
    repository.blog.write("output/salaries.xlsx", b"secret")
    result = repository.deploy("--yes")

    assert "output/salaries.xlsx does not belong to this site and was left alone." in result.stdout
    assert "salaries.xlsx" not in repository.online()


def test_the_branch_of_the_content_is_never_published_to(repository: Repository) -> None:
    result = repository.deploy("--yes", "--branch", "main")

    assert result.exit_code == 1
    assert result.stderr == (
        "git: the branch 'main' has your content, which the site would replace."
        " Publish to a separate branch, such as gh-pages.\n"
    )


def test_a_commit_of_somebody_else_becomes_the_parent(
    repository: Repository, tmp_path: Path
) -> None:
    repository.deploy("--yes")
    colleague = tmp_path / "colleague"
    git(tmp_path, "clone", "--quiet", "-b", "gh-pages", str(repository.remote), str(colleague))
    (colleague / "theirs.html").write_text("<p>Theirs.</p>", encoding="utf-8")
    git(colleague, "add", "--all")
    git(colleague, "commit", "--quiet", "-m", "By hand")
    git(colleague, "push", "--quiet")
    result = repository.deploy("--yes")

    assert "Removed: 1 page: /theirs.html" in result.stdout
    assert repository.commits() == ["Publish 1 changed file", "By hand", 'Publish "Hello"']


def test_a_push_that_comes_too_late_can_be_repeated(repository: Repository, tmp_path: Path) -> None:
    repository.deploy("--yes")
    repository.blog.post("2026-11-17-again")
    overtaking = f"""#!/bin/sh
if [ "$1" = push ] && [ ! -e {tmp_path}/done ]; then
  touch {tmp_path}/done
  cd {repository.remote}
  commit=$({real_git()} commit-tree 'gh-pages^{{tree}}' -p gh-pages -m Theirs)
  {real_git()} update-ref refs/heads/gh-pages $commit
  cd "$OLDPWD"
fi
exec {real_git()} "$@"
"""
    result = repository.deploy("--yes", PATH=path_with(tmp_path, "git", overtaking))

    assert result.exit_code == 1
    assert result.stderr == (
        "git: somebody else has published to this branch in the meantime."
        " Nothing was lost. Run this command again to publish on top of theirs.\n"
    )
    assert repository.deploy("--yes").exit_code == 0
    assert repository.commits() == ['Publish "Again"', "Theirs", 'Publish "Hello"']


def real_git() -> str:
    found = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def path_with(folder: Path, name: str, script: str) -> str:
    """A PATH on which a script stands before a program of its name."""
    (folder / "bin").mkdir()
    (folder / "bin" / name).write_text(script, encoding="utf-8")
    (folder / "bin" / name).chmod(0o755)
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"


REFUSALS = {
    "fatal: could not read Username for 'https://x': terminal prompts disabled": (
        "the remote 'origin' does not let you in."
        " Sign in to it as for any other git push; weekly never asks for a password."
    ),
    "git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.": (
        "the remote 'origin' does not let you in."
        " Sign in to it as for any other git push; weekly never asks for a password."
    ),
    "ssh: connect to host x port 22: Connection refused\nfatal: Could not read from remote.": (
        "git could not use the remote 'origin': ssh: connect to host x port 22: Connection refused."
        " Check its address: git remote -v."
    ),
    "! [remote rejected] gh-pages -> gh-pages (protected branch hook declined)": (
        "git could not use the remote 'origin': ! [remote rejected] gh-pages -> gh-pages"
        " (protected branch hook declined). Check its address: git remote -v."
    ),
    "fatal: unable to access 'https://x/': Could not resolve host: x": (
        "git could not use the remote 'origin': unable to access 'https://x/': Could not resolve"
        " host: x. Check its address: git remote -v."
    ),
}


@pytest.mark.parametrize("said", REFUSALS)
def test_the_refusal_of_a_remote_is_a_plain_line(
    repository: Repository, tmp_path: Path, said: str
) -> None:
    script = f"""#!/bin/sh
if [ "$1" = push ]; then
  [ "$GIT_TERMINAL_PROMPT" = 0 ] || echo "it might ask"
  printf '%s\\n' "{said}" >&2
  exit 128
fi
exec {real_git()} "$@"
"""
    result = repository.deploy("--yes", PATH=path_with(tmp_path, "git", script))

    assert result.exit_code == 1
    assert result.stderr == f"git: {REFUSALS[said]}\n"
    assert not (repository.blog.folder / "content/published.txt").exists()


def test_a_remote_that_does_not_exist_is_reported(repository: Repository) -> None:
    result = repository.deploy("--yes", "--remote", "orign")

    assert result.stderr == "git: there is no remote 'orign'. Did you mean 'origin'?\n"


def test_a_remote_whose_folder_is_gone_is_reported(repository: Repository) -> None:
    repository.remote.rename(repository.remote.with_name("moved"))
    result = repository.deploy("--yes")

    assert result.exit_code == 1
    assert result.stderr.startswith("git: git could not use the remote 'origin': ")


def test_a_blog_outside_git_is_reported(blog: Blog) -> None:
    blog.post(HELLO)
    result = Repository(blog, blog.folder).deploy("--yes")

    assert result.stderr == (
        "git: this blog is not in a git repository."
        " Make one with: git init. Or put the output folder online by other means.\n"
    )


def test_a_machine_without_git_is_reported(repository: Repository, tmp_path: Path) -> None:
    result = repository.deploy("--yes", PATH=str(tmp_path))

    assert result.stderr == (
        "git: git is not installed. Install git, or put the output folder online by other means.\n"
    )


def test_a_user_unknown_to_git_is_reported(repository: Repository) -> None:
    nobody = {name: "" for name in ALONE if name.endswith(("_NAME", "_EMAIL"))}
    result = repository.deploy("--yes", **nobody, HOME="/nonexistent")

    assert result.exit_code == 1
    assert result.stderr.startswith("git: git does not know who you are.")


def test_a_blog_in_a_folder_of_a_repository_is_published_alone(tmp_path: Path, blog: Blog) -> None:
    top = tmp_path / "whole"
    top.mkdir()
    inside = Blog(top / "letters")
    for name, data in blog.tree("content").items():
        inside.write(f"content/{name}", data)
    inside.post(HELLO)
    repository = Repository.around(inside, root=top)
    repository.deploy("--yes")

    assert "2026/hello/index.html" in repository.online()


def test_published_addresses_are_remembered(repository: Repository) -> None:
    repository.deploy("--yes")
    blog = repository.blog
    published = (blog.folder / "content/published.txt").read_text(encoding="utf-8")

    assert "\n/2026/hello/\n" in published
    assert "\n/feed.xml\n" in published
    assert "/assets/" not in published

    (blog.folder / f"content/posts/{HELLO}.md").rename(
        blog.folder / "content/posts/2026-11-10-hi.md"
    )
    line = published.splitlines().index("/2026/hello/") + 1
    result = repository.deploy("--yes")

    assert result.exit_code == 1
    assert (
        f"content/published.txt:{line}: /2026/hello/ was online, and would lead nowhere."
        " Add it to the aliases of the post or page that replaces it,"
        " or write 'gone' at the start of this line.\n"
    ) in result.stderr


@pytest.mark.parametrize("way_out", ["alias", "gone"])
def test_an_address_may_move_or_be_given_up(repository: Repository, way_out: str) -> None:
    repository.deploy("--yes")
    blog = repository.blog
    (blog.folder / f"content/posts/{HELLO}.md").unlink()
    listed = (blog.folder / "content/published.txt").read_text(encoding="utf-8")
    if way_out == "alias":
        blog.post("2026-11-10-hi", aliases="[/2026/hello/]")
    else:
        blog.post("2026-11-10-hi")
        listed = listed.replace("\n/2026/hello/", "\ngone /2026/hello/")
        blog.write("content/published.txt", listed.encode())
    result = repository.deploy("--yes")

    assert result.exit_code == 0, result.stderr
    again = (blog.folder / "content/published.txt").read_text(encoding="utf-8")
    assert ("gone /2026/hello/" in again) == (way_out == "gone")


def test_a_line_that_is_not_an_address_is_reported(repository: Repository) -> None:
    repository.blog.write("content/published.txt", "goen /2026/hello/\n")
    result = repository.deploy("--dry-run")

    problem = (
        "content/published.txt:1: 'goen /2026/hello/' is not an address on this site."
        " Write gone /2026/hello/.\n"
    )
    assert result.stderr.startswith(problem)
    assert repository.deploy("--record").stderr == problem


def test_a_list_from_the_live_site_is_merged(repository: Repository, tmp_path: Path) -> None:
    repository.blog.build()
    (tmp_path / "online.txt").write_text(
        "# Every address that was ever online, and more.\n/2020/old/\n", encoding="utf-8"
    )
    (tmp_path / "page.html").write_text("<h1>/signed/out/</h1>\n", encoding="utf-8")
    repository.deploy("--record", str(tmp_path / "page.html"))
    repository.deploy("--record", str(tmp_path / "online.txt"))

    listed = (repository.blog.folder / "content/published.txt").read_text(encoding="utf-8")
    assert "\n/2020/old/\n" in listed
    assert "signed" not in listed
