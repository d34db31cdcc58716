"""What a requirements.txt makes GitHub install, compared with the weekly of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.deploy.requirement import Requirement
from generator.doctor.requirements import requirement_problems

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40
GITHUB = f"https://github.com/org/weekly@{COMMIT}"
OURS = f"cio-weekly @ git+{GITHUB}"
FROM_INDEX = Requirement("cio-weekly==1.2.3")
FROM_GIT = Requirement(OURS)
UNKNOWN = Requirement("", "weekly was installed here from file:///tmp/w.whl")


def found_in(folder: Path, text: str, ours: Requirement) -> list[str]:
    """What is wrong with a requirements.txt: line, severity, message and hint."""
    path = folder / "requirements.txt"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in requirement_problems(path, ours)]


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("cio-weekly==1.2.3", FROM_INDEX),
        ("CIO_Weekly == 1.2.3 ; python_version > '3'  # pinned", FROM_INDEX),
        ("cio.weekly[all]===1.2.3 --hash=sha256:ab12", FROM_INDEX),
        ("cio-weekly \\\n  ==1.2.3 \\\n  --hash=sha256:ab12", FROM_INDEX),
        ("\ufeff# ours\r\n\r\nrequests\r\ncio_weekly==1.2.3\r\n", FROM_INDEX),
        ("weekly==9\ncio-weekly==1.2.3", FROM_INDEX),
        ("-r base.txt", FROM_INDEX),
        (OURS, FROM_GIT),
        (f"CIO_weekly@git+{GITHUB}#subdirectory=tool", FROM_INDEX),
        ("cio-weekly @ https://files.ada.net/cio_weekly-1.2.3-py3-none-any.whl", FROM_GIT),
        ("cio-weekly @ git+https://${TOKEN}@github.com/org/weekly@v2", FROM_GIT),
        ("git+https://github.com/org/weekly.git@v2", FROM_GIT),
        ("git+https://github.com/org/tools.git#subdirectory=a&egg=cio_weekly", FROM_GIT),
        ("-e ./tools/weekly", FROM_GIT),
        ("vendor/cio_weekly-1.2.3-py3-none-any.whl", UNKNOWN),
    ],
)
def test_a_line_that_installs_the_same_program_is_silent(
    tmp_path: Path, text: str, ours: Requirement
) -> None:
    assert found_in(tmp_path, text, ours) == []


@pytest.mark.parametrize(
    "line", ["weekly", "weekly==1.2.3", "Weekly >= 1", f"weekly @ git+{GITHUB}", "cio-weekley"]
)
def test_a_package_with_a_similar_name_is_not_ours(tmp_path: Path, line: str) -> None:
    (found,) = found_in(tmp_path, f"# cio-weekly\nrequests\n{line}\n", FROM_INDEX)

    name = "cio-weekley" if "ley" in line else "weekly"
    assert found == (
        f"requirements.txt:3: '{name}' is another package: this program is cio-weekly."
        " Write cio-weekly==1.2.3 in its place."
    )


@pytest.mark.parametrize(
    "text", ["", "# weekly", "requests\n", "newsletter-tools", "./weekly.toml"]
)
def test_a_list_without_the_program_is_an_error(tmp_path: Path, text: str) -> None:
    assert found_in(tmp_path, text, FROM_INDEX) == [
        "requirements.txt: the workflow installs what this file lists, but weekly is not in it."
        " Add a line: cio-weekly==1.2.3."
    ]


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("cio-weekly", "the newest version that 'cio-weekly' allows"),
        ("cio_weekly>=1,<2", "the newest version that 'cio_weekly>=1,<2' allows"),
        ("cio-weekly==1.*", "the newest version that 'cio-weekly==1.*' allows"),
        ("cio_weekly == 0.0.9", "cio_weekly == 0.0.9"),
    ],
)
def test_another_version_is_a_warning(tmp_path: Path, line: str, version: str) -> None:
    assert found_in(tmp_path, line, FROM_INDEX) == [
        f"requirements.txt:1: warning: GitHub builds with {version}, this machine with"
        " cio-weekly==1.2.3. Write cio-weekly==1.2.3 in this file, or install GitHub's version on"
        " this machine."
    ]
    (found,) = found_in(tmp_path, line, FROM_GIT)
    assert found.startswith(f"requirements.txt:1: warning: GitHub may not find {line}: this")
    assert found.endswith(f" Write {OURS} in this file.")


@pytest.mark.parametrize(
    "url",
    [
        "file:///home/ada/cio_weekly-1.2.3-py3-none-any.whl",
        "git+file:///srv/git/weekly.git",
        "/home/ada/weekly",
        "~/weekly",
        "C:\\Users\\ada\\weekly",
        "git+https://git.intranet/weekly.git",
        "https://localhost:8000/cio_weekly-1.2.3.tar.gz",
        "https://[bad/weekly",
        "git+http://git.ada.net/weekly.git",
    ],
)
@pytest.mark.parametrize("before", ["cio-weekly @ ", "CIO_Weekly@", "", "-e "])
def test_a_place_that_github_can_not_read_is_an_error(
    tmp_path: Path, before: str, url: str
) -> None:
    said = f"requirements.txt:1: GitHub can't install weekly from {url}."

    assert found_in(tmp_path, f"{before}{url}", FROM_INDEX) == [
        f"{said} Write cio-weekly==1.2.3 in this file."
    ]
    assert found_in(tmp_path, f"{before}{url}", UNKNOWN) == [
        f"{said} Write in it where GitHub can get weekly:"
        " cio-weekly @ git+https://ADDRESS-OF-ITS-REPOSITORY."
    ]


def test_a_repository_that_needs_a_key_is_named_over_https(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "cio-weekly @ git+ssh://git@github.com/org/weekly@v2", UNKNOWN)

    assert found.endswith(" Write cio-weekly @ git+https://github.com/org/weekly@v2 in this file.")


def test_another_commit_of_the_same_repository_is_another_version(tmp_path: Path) -> None:
    for line in (OURS.replace(COMMIT, OTHER), f"git+{GITHUB}".replace(COMMIT, OTHER)):
        (found,) = found_in(tmp_path, line, FROM_GIT)
        assert found.startswith(f"requirements.txt:1: warning: GitHub builds with {line}, this")
