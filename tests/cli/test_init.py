"""`weekly init`: a blog of the user's own, with their answers and nobody else's life."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from generator import resources
from generator.checks.unfinished import PLACEHOLDER
from generator.cli.machine_zone import machine_zone
from tests.commands import SUNDAY, Result, run
from tests.conftest import files_below
from tests.repositories import ALONE, git

STARTER = resources.starter_folder()
HINT = (
    " Choose a folder that does not exist yet. Only files such as README and LICENSE, and hidden"
    " ones such as .git, may be there before."
)
GIVEN = (
    *("--title", 'The "Tuesday" letter \\ ü'),
    *("--name", "Ada Marsh"),
    *("--organisation", "Marsh & Daughters"),
    *("--email", "letters@marsh.net"),
    *("--language", "en-GB"),
    *("--time-zone", "Europe/London"),
    *("--base-url", "https://letters.marsh.net/open/"),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments: str, **environment: str) -> Result:
    return run("init", *arguments, **{**ALONE, **SUNDAY, "TZ": "Europe/Paris", **environment})


def settings(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "content/site.toml").read_text(encoding="utf-8"))


def test_the_options_are_what_site_toml_says(here: Path) -> None:
    result = init("mine", *GIVEN)

    assert (result.exit_code, result.stderr) == (0, "")
    found = settings(here / "mine")
    assert found["title"] == 'The "Tuesday" letter \\ ü'
    assert found["authors"][0]["name"] == "Ada Marsh"
    assert found["publisher"] == "Marsh & Daughters"
    assert found["answer"]["email"] == "letters@marsh.net"
    assert found["language"] == "en-GB"
    assert found["time_zone"] == "Europe/London"
    assert found["base_url"] == "https://letters.marsh.net/open/"
    assert found["authority"] == "letters.marsh.net,2026"


def test_all_wrong_options_are_reported_and_nothing_is_made(here: Path) -> None:
    result = init("mine", "--title", "a\nb", "--time-zone", "Europe/Lodnon", "--base-url", "marsh")

    assert result.exit_code == 2
    assert result.stderr == (
        "weekly: --title: there is a line break or an invisible character in it."
        " Type it on one line.\n"
        "        --time-zone: there is no time zone 'Europe/Lodnon'."
        " Did you mean 'Europe/London'?\n"
        "        --base-url: 'base_url' is 'marsh'."
        " Write a whole address such as https://org.github.io/blog/.\n"
    )
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://bücher.net/", "xn--bcher-kva.net,2026"),
        ("https://Marsh.NET:8443/a/", "marsh.net,2026"),
        ("http://[::1]/", "example.org,2026"),
    ],
)
def test_feed_ids_begin_with_the_domain(here: Path, url: str, authority: str) -> None:
    assert init("mine", "--base-url", url).exit_code == 0
    assert settings(here / "mine")["authority"] == authority


def test_at_a_terminal_what_was_not_given_is_asked_for(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    typed = iter(["", "Ada Marsh", "", "xx yy", "de", "", "https://letters.marsh.net/"])

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr("generator.cli.init.is_interactive", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    result = init("mine", "--email", "ada@marsh.net")

    assert asked == [
        "Title of the blog [Letters from the CIO]: ",
        "Your name: ",
        "Your organisation: ",
        "Language [en]: ",
        "Language [en]: ",
        "Time zone [Europe/Paris]: ",
        "Address of the blog: ",
    ]
    assert "'xx yy' is not a language tag. Write one such as en, en-GB or cy." in (
        result.stdout + result.stderr
    )
    found = settings(here / "mine")
    assert found["authors"][0]["name"] == "Ada Marsh"
    assert found["answer"]["email"] == "ada@marsh.net"
    assert (found["publisher"], found["language"]) == ("", "de")
    assert found["time_zone"] == "Europe/Paris"
    assert found["base_url"] == "https://letters.marsh.net/"


def test_nothing_is_asked_if_all_is_given(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.init.is_interactive", lambda: True)

    assert init("mine", *GIVEN).stdout.startswith("Created a new blog in mine.\n")


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:Marsh/Letters.git", "https://marsh.github.io/Letters/"),
        ("https://github.com/marsh/marsh.github.io", "https://marsh.github.io/"),
        ("https://gitlab.com/marsh/letters.git", "https://example.org/letters/"),
    ],
)
def test_the_address_is_proposed_from_the_remote(here: Path, remote: str, address: str) -> None:
    git(here, "init", "--quiet")
    git(here, "remote", "add", "origin", remote)
    result = init(".")

    assert settings(here)["base_url"] == address
    says = f"  Its address is {address}, where GitHub Pages shows this repository.\n"
    assert (says in result.stdout) is ("example" not in address)
    assert "  Its time zone is Europe/Paris, as on this machine.\n" in result.stdout


def test_a_fresh_repository_may_hold_what_it_usually_does(here: Path) -> None:
    git(here, "init", "--quiet")
    for name in ("README.md", "LICENSE", "COPYING.txt", ".gitattributes", ".DS_Store"):
        (here / name).write_text("mine", encoding="utf-8")
    (here / ".gitignore").write_text("*.pyc\n.venv/", encoding="utf-8")
    (here / ".venv/bin").mkdir(parents=True)
    (here / ".github").mkdir()
    result = init(".")

    assert (result.exit_code, result.stderr) == (0, "")
    assert (here / "README.md").read_text(encoding="utf-8") == "mine"
    ignored = (here / ".gitignore").read_text(encoding="utf-8")
    assert ignored == "*.pyc\n.venv/\n.weekly/\n/output/\n"
    assert result.stdout.startswith("Created a new blog in this folder.\n")
    assert "  1. weekly serve --open\n" in result.stdout


@pytest.mark.parametrize("name", ["notes.txt", "content", "Makefile", "src"])
def test_work_of_somebody_is_never_mixed_with_a_blog(here: Path, name: str) -> None:
    (here / name).mkdir()
    git(here, "init", "--quiet")
    result = init(".")

    assert result.exit_code == 1
    problem = f".: a new blog needs an empty folder, and this one has '{name}'."
    assert result.stderr == f"{problem}{HINT}\n"
    assert sorted(path.name for path in here.iterdir()) == sorted([".git", name])


@pytest.mark.parametrize("name", ["My Letters", "a'b", "$HOME", "plain", "-x"])
def test_the_next_steps_can_be_pasted_into_a_shell(here: Path, name: str) -> None:
    result = init("--", name)
    (line,) = [line for line in result.stdout.splitlines() if "serve" in line]
    cd, folder, *rest = shlex.split(line.removeprefix("  1. "))

    assert (cd, rest) == ("cd", ["&&", "weekly", "serve", "--open"])
    assert (here / folder / "content/site.toml").is_file()
    assert not folder.startswith("-")


@pytest.mark.parametrize("name", [".", "./", "../{}", "{0}/../{0}"])
def test_this_folder_is_named_as_such(here: Path, name: str) -> None:
    (here / "mine").mkdir()
    os.chdir(here / "mine")
    result = init(name.format("mine") if name.startswith(".") else str(here / "mine"))

    assert result.stdout.startswith("Created a new blog in this folder.\n")
    assert "  1. weekly serve --open\n" in result.stdout


def test_the_documentation_is_where_the_messages_say(here: Path) -> None:
    (line,) = [line for line in init("mine").stdout.splitlines() if "Documentation" in line]

    assert Path(line.removeprefix("Documentation: ")).is_file()
    assert f"\nDocumentation: {resources.docs_folder()}\n" in run("--help").stdout
    assert (resources.docs_folder() / "configuration.md").is_file()


@pytest.mark.parametrize(
    ("environment", "link", "text", "zone"),
    [
        ({"TZ": "Asia/Tokyo"}, "Europe/Paris", "", "Asia/Tokyo"),
        ({"TZ": ":Asia/Tokyo"}, "", "", "Asia/Tokyo"),
        ({"TZ": "/usr/share/zoneinfo/posix/Asia/Tokyo"}, "", "", "Asia/Tokyo"),
        ({"TZ": "GMT0BST,M3.5.0"}, "Europe/Paris", "", "Europe/Paris"),
        ({}, "America/Argentina/Salta", "Asia/Tokyo", "America/Argentina/Salta"),
        ({}, "Etc/UTC", "", "UTC"),
        ({}, "", "Asia/Tokyo\n", "Asia/Tokyo"),
        ({}, "", "nowhere\n", ""),
        ({}, "", "", ""),
    ],
)
def test_the_zone_of_the_machine_is_proposed(
    tmp_path: Path, environment: dict[str, str], link: str, text: str, zone: str
) -> None:
    (tmp_path / "etc").mkdir()
    if link:
        (tmp_path / "etc/localtime").symlink_to(f"/var/db/timezone/zoneinfo.default/{link}")
    if text:
        (tmp_path / "etc/timezone").write_text(text, encoding="utf-8")

    assert machine_zone(environment, tmp_path) == zone


def test_a_new_blog_lists_its_placeholders_and_is_not_published(here: Path) -> None:
    init("mine")
    left = re.findall(PLACEHOLDER, "".join(text.decode() for text in files_of(here / "mine")))
    printed = run("check", "--blog", "mine", **SUNDAY)
    doctor = run("doctor", "--blog", "mine", **ALONE, **SUNDAY)

    assert len(left) >= 3
    assert printed.exit_code == 0
    for result in (printed, doctor):
        assert result.stderr.count(" is a placeholder, which readers would see.") == len(left)
        assert result.stderr.count("an address for examples") == 2  # base_url and authority

    git(here / "mine", "init", "--quiet", "-b", "main")
    git(here, "init", "--quiet", "--bare", "remote.git")
    git(here / "mine", "remote", "add", "origin", str(here / "remote.git"))
    deployed = run("deploy", "--yes", "--blog", "mine", **ALONE, **SUNDAY)
    assert deployed.exit_code == 1
    assert "Nothing was published." in deployed.stderr
    assert git(here / "remote.git", "branch", "--list") == ""

    init_result = run("deploy", "--init", "--blog", "mine", **ALONE, **SUNDAY)
    assert "'base_url' is https://example.org/letters/, an address for" in init_result.stderr


def test_a_blog_that_is_filled_in_has_no_problems(here: Path) -> None:
    init("mine", *GIVEN)
    page = here / "mine/content/pages/how-to-answer-back.md"
    page.write_text(PLACEHOLDER.sub("At noon.", page.read_text("utf-8")), encoding="utf-8")

    assert run("check", "--strict", "--blog", "mine", **SUNDAY).stderr == ""


@pytest.mark.parametrize("email", ["letters@marsh.net", ""])
def test_only_a_blog_with_an_address_speaks_of_mail(here: Path, email: str) -> None:
    init("mine", "--email", email)
    run("build", "--blog", "mine", **SUNDAY)

    page = (here / "mine/output/answer/index.html").read_text(encoding="utf-8")
    (letter,) = (here / "mine/output").glob("2026/*/index.html")
    assert ("By mail" in page) == bool(email)
    assert ("mailto:letters@marsh.net?" in letter.read_text(encoding="utf-8")) == bool(email)
    found = run("doctor", "--blog", "mine", **ALONE, **SUNDAY).stderr
    assert ("readers can't answer" in found) == (not email)


def test_an_address_that_takes_no_mail_is_refused(here: Path) -> None:
    result = init("mine", "--email", "letters")

    assert result.exit_code == 2
    assert "'letters' is not a mail address" in result.stderr


def files_of(folder: Path) -> list[bytes]:
    return list(files_below(folder).values())


def prose_of_the_starter() -> dict[str, str]:
    """The bodies, summaries and questions of the starter, without names of keys."""
    texts = {}
    for path in sorted(STARTER.rglob("*.md")):
        head, body = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
        typed = re.sub(r"^(?:[a-z_]+:|  -) ?", "\n", head, flags=re.MULTILINE)
        texts[path.name] = PLACEHOLDER.sub("", f"{typed}\n\n{body}")
    return texts


NOBODYS = {"Chief", "Information", "Officer", "Monday", "Friday", "00"}  # 00:00 in a head


def test_the_starter_is_about_nobody_in_particular() -> None:
    """Names stand out by their capital inside a sentence, facts about somebody by their numbers."""
    for name, text in prose_of_the_starter().items():
        inside = re.findall(r"(?<=[a-z,;] )[A-Z][\w’']+|\b\d[\d,.]+\b", text)
        assert set(inside) <= NOBODYS, name
