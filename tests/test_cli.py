"""The command line: what it prints, and how it exits."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import redirect_stderr
from importlib import import_module
from pathlib import Path

import pytest

from generator import build as builds
from generator.cache.explain import AROUND_PAGES
from generator.cli.commands import ALL_SENTENCES, GROUPS, SENTENCES, SUBCOMMANDS
from generator.cli.printing import print_problems
from generator.output.manifest import manifest_text
from generator.problems import Location, Problem, Severity
from generator.views import SiteView
from tests.commands import SUNDAY, Result, run
from tests.conftest import SITE, Blog


def test_a_build_accounts_for_every_file(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-24-two", date="2026-11-24 09:00")
    blog.post("2026-11-11-three", draft="true")
    result = run("build", "--blog", str(blog.folder), "--now", "2026-11-22")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "content/posts/2026-11-11-three.md: a draft, as its front matter says.",
        "content/posts/2026-11-24-two.md: scheduled for Tue 24 Nov 09:00 Europe/London.",
        "3 files: 1 published, 1 scheduled, 1 draft, 0 with errors",
    ]
    assert " made, 0 kept, 0 removed" in lines[3]


def test_all_problems_are_printed_sorted_and_the_exit_code_is_one(blog: Blog) -> None:
    blog.post("2026-11-10-b", tags="listening")
    blog.post("2026-11-10-a", titel="x", date="2026-02-30")
    result = run("build", "--blog", str(blog.folder))

    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()[:3]] == [
        "content/posts/2026-11-10-a.md:4:1",
        "content/posts/2026-11-10-a.md:5:7",
        "content/posts/2026-11-10-b.md:3:7",
    ]
    assert result.stderr.splitlines()[-1] == "Nothing was built. The site is as it was before."
    assert "2 with errors" in result.stdout


def test_problems_can_be_json(blog: Blog) -> None:
    blog.post("2026-11-10-a", tags="[listning]")
    result = run("build", "--blog", str(blog.folder), "--format", "json", "--now", "2026-11-22")

    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["problems"] == [
        {
            "path": "content/posts/2026-11-10-a.md",
            "line": 3,
            "column": 8,
            "severity": "error",
            "code": "unknown-tag",
            "message": "the tag 'listning' belongs to no trait and no topic",
            "hint": "Did you mean 'listening'?",
        }
    ]
    assert report["files"]["total"] == 1


def test_the_clock_can_be_set_by_the_environment(blog: Blog) -> None:
    blog.post("2026-11-10-one")

    before = run("build", "--blog", str(blog.folder), SOURCE_DATE_EPOCH="1600000000")
    assert "scheduled for Tue 10 Nov 2026 00:00 Europe/London" in before.stdout
    after = run("build", "--blog", str(blog.folder), SOURCE_DATE_EPOCH="1800000000")
    assert "1 published" in after.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["--now", "tomorrow"], {}, "'tomorrow' is not a date"),
        ([], {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is 'soon'"),
        ([], {"SOURCE_DATE_EPOCH": "253402300799"}, "too far away: the last year is 2199."),
        ([], {"SOURCE_DATE_EPOCH": "9" * 30}, "too far away: the last year is 2199."),
        (["--drfts"], {}, "Did you mean '--drafts'?"),
        (["--base-url", "example"], {}, "'base_url' is 'example'"),
    ],
)
def test_a_wrong_option_is_a_plain_error(
    blog: Blog, arguments: list[str], environment: dict[str, str], words: str
) -> None:
    result = run("build", "--blog", str(blog.folder), *arguments, **environment)

    assert result.exit_code != 0
    assert words in result.stderr


def test_a_folder_without_a_blog_is_a_plain_error(tmp_path: Path) -> None:
    result = run("build", "--blog", str(tmp_path))

    assert result.exit_code == 1
    assert result.stderr == (
        "content/site.toml: there is no such file here. Go to the folder of a blog, or make one "
        "with: weekly init DIR.\n"
    )


def test_a_folder_of_somebody_elses_files_is_never_built_into(blog: Blog, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/thesis.txt").write_text("mine")
    result = run("build", "--blog", str(blog.folder), "--output", str(tmp_path / "home"))

    assert result.exit_code == 1
    assert "contains files that weekly did not make, such as 'thesis.txt'" in result.stderr
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["thesis.txt"]


def test_a_foreign_file_in_the_output_is_kept_and_mentioned(blog: Blog) -> None:
    blog.build()
    blog.write("output/notes.txt", "mine")
    result = run("build", "--blog", str(blog.folder))

    assert "output/notes.txt does not belong to this site and was left alone." in result.stdout
    assert (blog.folder / "output/notes.txt").read_text() == "mine"


def test_what_is_no_longer_made_is_removed_with_its_folders(blog: Blog) -> None:
    path = blog.post("2026-11-10-one")
    blog.build()
    path.unlink()
    blog.build()

    assert not (blog.folder / "output/2026").exists()


@pytest.mark.parametrize("cores", [4, None])
def test_a_system_without_cpu_affinity_builds_too(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, cores: int | None
) -> None:
    """As macOS and Windows, whose Python has no such function."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)

    assert run("build", "--blog", str(blog.folder)).exit_code == 0


def test_clean_outside_of_a_blog_says_so(tmp_path: Path) -> None:
    result = run("clean", "--blog", str(tmp_path))

    assert result.exit_code == 1
    assert "there is no such file here" in result.stderr


def test_clean_removes_what_a_build_made_and_nothing_else(blog: Blog) -> None:
    blog.build()
    blog.write("output/notes.txt", "mine")
    result = run("clean", "--blog", str(blog.folder))

    assert result.exit_code == 0
    assert list(blog.tree()) == ["notes.txt"]


def test_clean_counts_what_it_removed(blog: Blog) -> None:
    blog.write("output/.weekly", manifest_text(["index.html"]))
    blog.write("output/index.html", "")

    assert run("clean", "--blog", str(blog.folder)).stdout == "Removed 1 file.\n"


def test_check_says_what_is_wrong_and_builds_nothing(blog: Blog) -> None:
    blog.post("2026-11-10-a", tags="[listning]")
    result = run("check", "--blog", str(blog.folder))

    assert result.exit_code == 1
    assert "the tag 'listning'" in result.stderr
    assert not (blog.folder / "output").exists()


def test_a_new_blog_builds_at_once(tmp_path: Path) -> None:
    made = run("init", str(tmp_path / "mine"))
    result = run("build", "--blog", str(tmp_path / "mine"))

    assert made.exit_code == 0
    assert result.exit_code == 0, result.stderr
    assert "3 published, 0 scheduled" in result.stdout
    assert (tmp_path / "mine/.gitignore").is_file()


def test_a_new_blog_never_replaces_other_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("init", str(tmp_path))

    assert result.exit_code == 1
    assert "a new blog needs an empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_help_lists_every_command_in_the_order_of_the_work() -> None:
    result = run("--help").stdout
    places = [result.index(f"\n  {name} ") for name in SENTENCES]

    assert places == sorted(places)
    assert all(f"\n{group}:\n" in result for group in GROUPS)


def test_the_help_imports_no_command() -> None:
    program = (
        "import sys; from generator.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print([name for name in sys.modules if name == 'generator.build'])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", ALL_SENTENCES)
def test_each_command_has_a_sentence_and_examples(name: str) -> None:
    command = import_module(f"generator.cli.{name.replace(' ', '_')}").run
    result = run(*name.split(), "--help").stdout

    assert re.fullmatch(r"[A-Z][^.]+\.", ALL_SENTENCES[name])
    assert command.help == ALL_SENTENCES[name]
    assert command.examples
    for line, what in command.examples:
        words = shlex.split(re.split(r" [<>|]+ ", line)[0])
        asked, given = words[: len(name.split()) + 1], words[len(name.split()) + 1 :]
        assert asked == ["weekly", *name.split()]
        assert command.make_context(name, given).command is command
        assert f"{line}\n      {what}\n" in result


@pytest.mark.parametrize("first", SUBCOMMANDS)
def test_a_command_lists_those_below_it(first: str) -> None:
    result = run(first, "--help").stdout

    assert all(f"\n  {second} " in result for second in SUBCOMMANDS[first])
    wrong = run(first, f"{next(iter(SUBCOMMANDS[first]))}x")
    assert wrong.exit_code == 2
    assert "Did you mean" in wrong.stderr


@pytest.mark.parametrize("name", ALL_SENTENCES)
def test_each_command_can_be_quiet_or_verbose_but_not_both(name: str) -> None:
    result = run(*name.split(), "-q", "-v")

    assert result.exit_code == 2
    assert "--verbose can't be used together with --quiet." in result.stderr


def test_options_of_all_commands_may_stand_before_the_command(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    folder = str(blog.folder)

    assert run("-q", f"--blog={folder}", "build") == Result(0, "", "")
    assert "1 published" in run("--blog", folder, "-v", "build").stdout
    assert "can't be used together" in run("-q", "build", "-v").stderr


def test_an_option_before_a_command_that_does_not_take_it_is_refused(tmp_path: Path) -> None:
    result = run("--blog", str(tmp_path), "init", str(tmp_path / "mine"))

    assert result.exit_code == 2
    assert "No such option '--blog'." in result.stderr


def test_an_option_after_the_command_overrides_one_before_it(blog: Blog) -> None:
    blog.post("2026-11-10-one")

    assert run("--blog", "nowhere", "build", "--blog", str(blog.folder)).exit_code == 0


def test_such_options_alone_apply_to_the_status(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("2026-11-10-one")
    monkeypatch.chdir(blog.folder)

    assert run("-v").stdout == run("status", "-v").stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--drafts", "build"], "No such option '--drafts'. Put it after the command."),
        (["--mystery"], "No such option '--mystery'."),
        (["bild"], "No such command 'bild'. Did you mean 'build'?"),
        (["build", "--drafs"], "Did you mean '--drafts'?"),
        (["build", "--fromat=json"], "(Did you mean one of: '--drafts', '--format'?)"),
        (["build", "--now"], "Option '--now' requires an argument."),
        (["build", "output"], "Got unexpected extra argument (output)"),
        (["rename", "hello"], "Missing argument 'SLUG'."),
        (["zzz"], "No such command 'zzz'."),
    ],
)
def test_a_wrong_call_gets_a_suggestion(words: list[str], hint: str) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].endswith(hint)


def test_a_quiet_build_prints_problems_only(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    assert run("build", "-q", "--blog", str(blog.folder)) == Result(0, "", "")
    assert run("build", "-q", "--blog", str(blog.folder)) == Result(0, "", "")

    blog.post("2026-11-10-one", tags="[listning]")
    result = run("build", "-q", "--blog", str(blog.folder))
    assert result.stdout == ""
    assert "the tag 'listning'" in result.stderr


def test_a_verbose_build_names_each_file_that_it_makes_or_removes(blog: Blog) -> None:
    path = blog.post("2026-11-10-one")
    assert "made 2026/one/index.html\n" in run("build", "-v", "--blog", str(blog.folder)).stdout
    path.unlink()
    assert "removed 2026/one/index.html\n" in run("build", "-v", "--blog", str(blog.folder)).stdout


@pytest.mark.parametrize(
    ("error", "exit_code", "expected"),
    [
        (KeyboardInterrupt(), 130, "\nweekly: stopped.\n"),
        (BrokenPipeError(), 141, ""),
        (PermissionError(13, "Permission denied", "x/y"), 1, "weekly: x/y: permission denied.\n"),
        (OSError(28, "No space left on device"), 1, "weekly: no space left on device.\n"),
        (FileNotFoundError(2, "No such file", "git"), 1, "weekly: git: no such file.\n"),
    ],
)
def test_a_failure_of_the_machine_is_one_plain_line(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, error: BaseException, exit_code: int, expected: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("generator.cli.clean.empty", fail)

    assert run("clean", "--blog", str(blog.folder)) == Result(exit_code, "", expected)


def test_a_closed_pipe_ends_the_run_silently(blog: Blog) -> None:
    command = [sys.executable, "-m", "generator", "check", "--blog", str(blog.folder)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        result = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)

    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_disk_that_is_full_is_one_plain_line(blog: Blog) -> None:
    command = [sys.executable, "-m", "generator", "check", "--blog", str(blog.folder)]
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (result.returncode, result.stderr) == (1, b"weekly: no space left on device.\n")


def test_a_terminal_without_an_encoding_for_a_name_gets_the_message() -> None:
    command = [sys.executable, "-m", "generator", "init", "/dev/null/\u0175"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, capture_output=True, env=environment, check=False)

    assert result.returncode == 1
    assert b"Traceback" not in result.stderr


class Terminal(io.StringIO):
    """A screen that somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "begin"),
    [
        (
            {"TERM": "xterm"},
            "\x1b[1m\x1b[31mx.md:2\x1b[0m: wrong.\n\x1b[1m\x1b[33mx.md:3\x1b[0m: warn",
        ),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "x.md:2: wrong.\nx.md:3: warning: odd.\n"),
        ({"TERM": "dumb"}, "x.md:2: wrong.\nx.md:3: warning: odd.\n"),
    ],
)
def test_colour_is_for_terminals_whose_owners_want_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], begin: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    problems = [
        Problem("a", Location("x.md", 2), "wrong"),
        Problem("b", Location("x.md", 3), "odd", severity=Severity.WARNING),
    ]
    with redirect_stderr(Terminal()) as screen:
        print_problems(problems, "text")

    assert screen.getvalue().startswith(begin)


def test_a_blog_whose_cache_cannot_be_written_is_still_built(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.write(".weekly", "a file in the way")
    result = run("build", "--blog", str(blog.folder))

    assert result.exit_code == 0
    assert "2026/one/index.html" in blog.tree()
    assert ".weekly" in result.stderr


def test_two_builds_at_once_leave_one_whole_site(blog: Blog) -> None:
    for day in range(1, 20):
        blog.post(f"2026-10-{day:02}-post-{day}")
    command = [sys.executable, "-m", "generator", "build", "--blog", str(blog.folder)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    result = [process.communicate() for process in both]

    assert [process.returncode for process in both] == [0, 0], result
    blog.build(output="clean")
    assert blog.tree().keys() == blog.tree("clean").keys()
    assert {p: d for p, d in blog.tree().items() if p != ".weekly"} == {
        p: d for p, d in blog.tree("clean").items() if p != ".weekly"
    }


def test_a_build_with_nothing_to_do_mentions_foreign_files(blog: Blog) -> None:
    blog.post("2026-11-03-one")
    blog.write("content/static/notes/one.txt", "one")
    blog.build()
    result = []
    for name in ("notes/mine.txt", "theirs/one.txt", "theirs/two.txt"):
        blog.write(f"output/{name}", "mine")
        run("build", "--blog", str(blog.folder), **SUNDAY)
        result.append(run("build", "--blog", str(blog.folder), **SUNDAY).stdout)
    foreign = [text.count(" does not belong to this site and was left alone.") for text in result]

    assert foreign == [1, 2, 3]


def test_explain_says_why_a_page_was_made_and_why_one_was_not(blog: Blog) -> None:
    blog.post("2026-11-03-one")
    blog.post("2026-11-10-two")
    blog.build()
    blog.post("2026-11-03-one", "Other words.\n")
    every = run("build", "--blog", str(blog.folder), "--explain")
    one = run("build", "--blog", str(blog.folder), "--explain", "/2026/two/")
    none = run("build", "--blog", str(blog.folder), "--explain", "2026/gone/index.html")

    assert "2026/one/index.html: body of content/posts/2026-11-03-one.md changed" in every.stdout
    assert "2026/two/index.html was kept: nothing it shows has changed" in one.stdout
    assert "2026/gone/index.html is not in this site." in none.stdout


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("content/site.toml", 'title = "Other"\n', "(the site's title, the site's feeds)"),
        (
            "messages/en.json",
            '{"archive": "All of them"}',
            "(the messages of the interface, the links at its foot)",
        ),
        ("themes/mine/static/style.css", "body {}", "(static files of the theme)"),
        ("content/pages/about.md", "---\ntitle: About\n---\n", "(the links at its foot)"),
    ],
)
def test_explain_names_what_changed_in_the_frame_around_every_page(
    blog: Blog, path: str, text: str, expected: str
) -> None:
    blog.write("themes/mine/theme.toml", 'name = "mine"\napi = 1\nextends = "default"\n')
    blog.set('theme = "mine"\n')
    blog.post("2026-11-03-one")
    blog.build()
    if path == "content/site.toml":
        text = f'theme = "mine"\n{SITE}'.replace('title = "Letters"\n', text)
    blog.write(path, text)
    every = run("build", "--blog", str(blog.folder), "--explain").stdout

    for page in ("index.html", "2026/one/index.html", "follow/index.html"):
        assert f"{page}: " in every
        (line,) = [line for line in every.splitlines() if line.startswith(f"{page}: ")]
        assert f"what surrounds every page changed {expected}" in line


def test_every_field_of_the_frame_can_be_named() -> None:
    assert AROUND_PAGES.keys() == set(SiteView._fields)


def test_explain_says_that_another_version_of_weekly_rebuilds_everything(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("2026-11-03-one")
    blog.build()
    monkeypatch.setattr(builds, "engine_digest", lambda: "another")
    result = run("build", "--blog", str(blog.folder), "--explain", "2026/one")

    assert "2026/one/index.html: weekly or one of its libraries changed" in result.stdout


def test_explain_finds_the_page_of_a_file_and_says_why_another_has_none(blog: Blog) -> None:
    blog.post("2026-11-03-one")
    blog.post("2026-11-10-two", draft="true")
    blog.build()
    one, two = (
        run("build", "--blog", str(blog.folder), "--explain", f"content/posts/{name}.md").stdout
        for name in ("2026-11-03-one", "2026-11-10-two")
    )

    assert one.startswith("2026/one/index.html was kept: ")
    assert two.startswith("content/posts/2026-11-10-two.md is not in this site: a draft, ")


def test_a_build_with_nothing_to_do_loads_no_heavy_package(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    program = (
        "import sys; from generator.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(sorted(name for name in ('jinja2', 'markdown', 'feedgen', 'lxml', "
        "'pygments', 'PIL', 'yaml', 'selectolax') if name in sys.modules))"
    )
    command = [sys.executable, "-c", program, "build", "--blog", str(blog.folder)]
    command += ["--now", "2026-11-22T12:00:00+00:00"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "0 made" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("is_inside", [True, False])
def test_a_second_build_ends_before_click_is_imported(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, *, is_inside: bool
) -> None:
    blog.post("2026-11-10-one")
    monkeypatch.chdir(blog.folder if is_inside else blog.folder.parent)
    arguments = ["build"] if is_inside else ["build", "--blog", blog.folder.name]
    run(*arguments)
    time.sleep(0.06)  # no stamp covers a file that has only just changed
    settle = run(*arguments)
    monkeypatch.setitem(sys.modules, "generator.cli.program", None)
    third = run(*arguments)

    assert third.exit_code == 0
    assert third.stdout.splitlines()[0] == settle.stdout.splitlines()[0]
    assert "0 made" in third.stdout


def test_after_a_disk_failure_the_site_may_have_changed(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem("unwritable", Location("output/x"), "this can't be written: disk full")
    monkeypatch.setattr("generator.build.write_site", lambda *_, **__: problem)
    result = run("build", "--blog", str(blog.folder))

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "output/x: this can't be written: disk full.",
        "The site is as it was before, or the next build will finish it.",
    ]
