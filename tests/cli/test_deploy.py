"""`weekly deploy`: a site that is published as a commit, with nothing else touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import SITE, Blog
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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Ada Marsh", "[REPLACE: your name]", "'[REPLACE: your name]' is a placeholder"),
        ('checks = { example-address = "allow" }', "", "https://example.org/blog/, an address for"),
    ],
)
def test_a_site_that_is_not_filled_in_is_not_published(
    repository: Repository, old: str, new: str, expected: str
) -> None:
    repository.blog.write("content/site.toml", SITE.replace(old, new))
    result = repository.deploy("--yes")

    assert result.exit_code == 1
    assert expected in result.stderr
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
        "the remote 'origin' refused the site: protected branch hook declined."
        " Ask whoever manages it, or publish to another branch: --branch NAME."
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


def hook(folder: Path, name: str, *said: str) -> None:
    """A hook that says this, on both of its outputs by turns, and fails."""
    outputs = ("1", "2")
    lines = [f"echo '{line}' >&{outputs[n % 2]}\n" for n, line in enumerate(said)]
    (folder / name).write_text(f"#!/bin/sh\n{''.join(lines)}exit 1\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_the_reason_of_a_pre_push_hook_is_shown(repository: Repository) -> None:
    hooks = repository.blog.folder / ".git/hooks"
    hook(hooks, "pre-push", "Permission denied for now.", "\x1b[31mAsk Priya first.\x1b[0m")
    result = repository.deploy("--yes")

    assert result.exit_code == 1
    assert result.stderr == (
        "git: a hook of this repository stopped the push: Permission denied for now. / Ask Priya"
        " first. Do what it asks for. Everything that it prints is shown by: git push.\n"
    )
    assert not (repository.blog.folder / "content/published.txt").exists()


def test_of_a_long_hook_the_end_is_shown(repository: Repository) -> None:
    hooks = repository.blog.folder / ".git/hooks"
    hook(hooks, "pre-push", *(f"Check {number}." for number in range(40)))
    printed = repository.deploy("--yes").stderr

    assert "stopped the push: … / Check 25. / Check 27." in printed
    assert "/ Check 39. Do what it asks for." in printed


@pytest.mark.parametrize("name", ["pre-receive", "update", "reference-transaction"])
def test_the_reason_of_a_hook_of_the_remote_is_shown(repository: Repository, name: str) -> None:
    hook(repository.remote / "hooks", name, "Too large: a.zip.", "Ask the admins.")
    result = repository.deploy("--yes")

    assert result.exit_code == 1
    assert result.stderr == (
        "git: the remote 'origin' refused the site: Too large: a.zip. / Ask the admins."
        " Ask whoever manages it, or publish to another branch: --branch NAME.\n"
    )
    assert git(repository.remote, "branch", "--list", "gh-pages") == ""


@pytest.mark.parametrize("name", ["pre-receive", "update"])
def test_a_hook_of_the_remote_that_says_nothing(repository: Repository, name: str) -> None:
    hook(repository.remote / "hooks", name)

    assert repository.deploy("--yes").stderr.startswith(
        "git: the remote 'origin' refused the site: "
        + ("pre-receive hook declined." if name == "pre-receive" else "hook declined.")
    )


def on_the_branch(repository: Repository, **files: str) -> None:
    """A commit with these files on the branch, as from GitHub's settings."""
    folder = repository.blog.folder.parent / "github"
    git(folder.parent, "clone", "--quiet", "-b", "gh-pages", str(repository.remote), str(folder))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Create CNAME")
    git(folder, "push", "--quiet")


def test_a_domain_from_the_settings_of_github_stays(repository: Repository) -> None:
    repository.deploy("--yes")
    on_the_branch(repository, CNAME="letters.ada.net", LICENSE="Mine.")
    for name in ("2026-11-17-again", "2026-11-18-more"):
        repository.blog.post(name)
        result = repository.deploy("--yes")

        assert result.exit_code == 0
        assert repository.online()["CNAME"] == b"letters.ada.net"
        assert "Kept: CNAME, which says that the site is at letters.ada.net\n" in result.stdout
        assert result.stderr == (
            "git: warning: the branch says that the site is at letters.ada.net, but 'base_url' is"
            ' https://example.org/blog/. Write cname = "letters.ada.net" and base_url ='
            ' "https://letters.ada.net/" in content/site.toml, or remove the custom domain in'
            " GitHub's settings.\n"
        )
    assert repository.commits()[0] == 'Publish "More"'
    assert "LICENSE" not in repository.online()


def test_other_files_that_are_removed_are_named(repository: Repository) -> None:
    repository.deploy("--yes")
    on_the_branch(repository, LICENSE="Mine.")

    assert "Removed: 1 other file: LICENSE\n" in repository.deploy("--dry-run").stdout


def test_a_domain_from_our_settings_leaves_with_them(repository: Repository) -> None:
    repository.blog.set('cname = "letters.ada.net"\n')
    repository.deploy("--yes")
    assert repository.online()["CNAME"].strip() == b"letters.ada.net"

    repository.blog.set("")
    result = repository.deploy("--yes")
    assert "CNAME" not in repository.online()
    assert "Removed: 1 other file: CNAME\n" in result.stdout


def removed_from_the_branch(repository: Repository, name: str) -> None:
    """A commit without that file on the branch, by a person."""
    folder = repository.blog.folder.parent / "person"
    git(folder.parent, "clone", "--quiet", "-b", "gh-pages", str(repository.remote), str(folder))
    git(folder, "rm", "--quiet", name)
    git(folder, "commit", "--quiet", "-m", f"Delete {name}")
    git(folder, "push", "--quiet")


def test_a_domain_that_a_person_removed_stays_away(repository: Repository) -> None:
    repository.deploy("--yes")
    on_the_branch(repository, CNAME="letters.ada.net")
    repository.blog.post("2026-11-17-again")
    repository.deploy("--yes")
    removed_from_the_branch(repository, "CNAME")
    repository.blog.post("2026-11-18-more")
    result = repository.deploy("--yes")

    assert (result.exit_code, result.stderr) == (0, "")
    assert "CNAME" not in result.stdout
    assert "CNAME" not in repository.online()


def test_a_domain_of_our_settings_is_put_back(repository: Repository) -> None:
    repository.blog.set('cname = "letters.ada.net"\n')
    repository.deploy("--yes")
    removed_from_the_branch(repository, "CNAME")

    assert "Added: 1 other file\n" in repository.deploy("--yes").stdout
    assert repository.online()["CNAME"].strip() == b"letters.ada.net"


def test_our_domain_takes_the_place_of_github_s_and_leaves(repository: Repository) -> None:
    repository.deploy("--yes")
    on_the_branch(repository, CNAME="old.ada.net")
    repository.blog.set('cname = "letters.ada.net"\n')
    repository.deploy("--yes")
    assert repository.online()["CNAME"].strip() == b"letters.ada.net"

    repository.blog.set("")
    repository.deploy("--yes")
    assert "CNAME" not in repository.online()


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
    repository.deploy("--record", str(tmp_path / "online.txt"))

    listed = (repository.blog.folder / "content/published.txt").read_text(encoding="utf-8")
    assert "\n/2020/old/\n" in listed

    again = repository.deploy("--record", str(tmp_path / "online.txt"))
    assert again.stdout == "content/published.txt lists every address already.\n"


@pytest.mark.parametrize(
    "text", ["/2020/old/\n\ngone /2019/b/\n", "\ufeff# Mine\r\n/2020/old/\r\n"]
)
def test_a_plain_list_is_merged(repository: Repository, tmp_path: Path, text: str) -> None:
    repository.blog.build()
    (tmp_path / "plain.txt").write_text(text, encoding="utf-8")
    result = repository.deploy("--record", str(tmp_path / "plain.txt"))

    assert result.stderr == ""
    listed = (repository.blog.folder / "content/published.txt").read_text(encoding="utf-8")
    assert "\n/2020/old/\n" in listed


SAID = "is not an address on this site, so {}. {}"
NOTHING = "nothing in this file was recorded"
ANY = "Write one address on each line, such as /2026/hello/."


@pytest.mark.parametrize(
    ("text", "problems", "is_recorded"),
    [
        (
            "<h1>/signed/out/</h1>\n/signed/\n",
            {1: "'<h1>/signed/out/</h1>' " + SAID.format(NOTHING, ANY)},
            False,
        ),
        (
            "/signed/\n//evil/old\nhttps://example.org/blog/old/?x=1\n",
            {
                2: "'//evil/old' " + SAID.format(NOTHING, ANY),
                3: "'https://example.org/blog/old/?x=1' " + SAID.format(NOTHING, "Write /old/."),
            },
            False,
        ),
        (
            "# Every address that was ever online\n/signed/\n2020/old/\n",
            {3: "'2020/old/' " + SAID.format("this line was not recorded", "Write /2020/old/.")},
            True,
        ),
    ],
)
def test_what_is_not_recorded_is_said(
    repository: Repository,
    tmp_path: Path,
    text: str,
    problems: dict[int, str],
    is_recorded: bool,
) -> None:
    repository.blog.build()
    source = tmp_path / "list.txt"
    source.write_text(text, encoding="utf-8")
    result = repository.deploy("--record", str(source))

    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{source}:{line}: warning: {said}" for line, said in problems.items()
    ]
    listed = (repository.blog.folder / "content/published.txt").read_text(encoding="utf-8")
    assert ("signed" in listed) is is_recorded


@pytest.mark.parametrize(("more", "last"), [(1, "1 more"), (8_980, "8,980 more")])
def test_of_many_lines_that_are_not_recorded_twenty_are_named(
    repository: Repository, tmp_path: Path, more: int, last: str
) -> None:
    repository.blog.build()
    source = tmp_path / "list.txt"
    source.write_text("Sign in\n" * (20 + more), encoding="utf-8")
    lines = repository.deploy("--record", str(source)).stderr.splitlines()

    assert len(lines) == 21
    assert lines[19].startswith(f"{source}:20: warning: 'Sign in' is not an address")
    assert lines[20] == f"{source}:21: warning: and {last} of this kind in this file."


@pytest.mark.parametrize("text", ["", "\n \n", "# Mine\n"])
def test_an_empty_list_is_said_to_be(repository: Repository, tmp_path: Path, text: str) -> None:
    repository.blog.build()
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    result = repository.deploy("--record", str(tmp_path / "list.txt"))

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"There are no addresses in {tmp_path / 'list.txt'}.\n")
