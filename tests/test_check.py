"""`weekly check`: the sources and the site that is made of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.build import BuildReport
from tests.checks.site import BASE
from tests.conftest import SITE, Blog
from tests.test_cli import Told, run

POST = "content/posts/2026-11-10-one.md"


def check(blog: Blog, *options: str) -> Told:
    return run("check", "--blog", str(blog.folder), "--now", "2026-11-22", *options)


def test_a_blog_without_faults_is_told_so(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    result = check(blog)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("Checked ")
    assert result.stdout.endswith(" links: nothing is wrong.\n")
    assert not (blog.folder / "output").exists()


def test_our_own_blog_has_no_findings(repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "content", tmp_path / "content")
    result = run("check", "--blog", str(tmp_path), "--strict")

    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "See [two](2026-11-11-two.md#part).\n",
            f"{POST}:5:11: the link '/blog/2026/two/#part' leads to a part 'part' that is not on "
            "that page.",
        ),
        (
            "See [below](#part).\n",
            f"{POST}:5:13: the link '#part' leads to a part 'part' that is not on that page.",
        ),
        (
            f"See [here]({BASE}elsewhere/).\n",
            f"{POST}:5:12: the link '{BASE}elsewhere/' leads to nothing.",
        ),
        (
            'Word.\n\n<img src="https://example.com/a.png" alt="">\n',
            f"{POST}:7:11: 'https://example.com/a.png' is loaded from example.com, which "
            "would learn who reads here. Keep a copy in content/static/.",
        ),
        (
            "## One\n\nWord.\n\n#### Deep\n",
            f"{POST}:9:1: warning: a heading of level 4 follows one of level 2. Make it one of "
            "level 3.",
        ),
        (
            'Word.\n\n<p id="w-main">Word.</p>\n',
            f"{POST}:7:7: the id 'w-main' is there twice. Give the second one another id.",
        ),
    ],
)
def test_a_fault_in_a_body_is_told_with_its_line(blog: Blog, body: str, told: str) -> None:
    blog.post("2026-11-10-one", body)
    blog.post("2026-11-11-two")

    assert told in check(blog).stderr.splitlines()


def test_what_a_template_of_ones_own_does_is_told_with_a_built_file(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.write("templates/not-found.html", '<!doctype html><html lang="en"><p>Gone</div>')
    told = check(blog).stderr

    assert "output/404.html:1: the tag </div> ends nothing.\n" in told
    assert "output/404.html: the page has no <h1>. Make its title one.\n" in told


def test_what_a_build_would_tell_is_not_told_twice(blog: Blog) -> None:
    blog.set('broken_links = "warning"\n')
    blog.post("2026-11-10-one", "See [gone](gone.md).\n")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:5:12: warning: the link 'gone.md' leads to no file. "
        "Write the other file's path, seen from this file."
    ]


def test_an_image_that_the_settings_allow_is_told_once(blog: Blog) -> None:
    blog.post("2026-11-10-one", "Word.\n", image="/gone.png", image_alt="x")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:4:8: warning: the image '/gone.png' is not there. Put the file beside the post."
    ]


def test_errors_in_the_sources_come_first(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[listning]")
    result = check(blog)

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == ("The site was not looked at: mend the errors first.")


def test_a_letter_is_asked_for_a_summary_unless_it_is_as_short_as_one(blog: Blog) -> None:
    blog.post("2026-11-03-note", "word " * 60)
    blog.post("2026-11-10-one", "word " * 61)

    assert check(blog).stderr == (
        f"{POST}:1:1: note: the post has no summary, so that lists and feeds show its first "
        "words. Add a line: summary: …\n"
    )


def test_nobody_is_asked_where_the_settings_say_so(blog: Blog) -> None:
    blog.post("2026-11-10-one", "word " * 61)
    blog.write("content/site.toml", SITE + '[checks]\nmissing-summary = "allow"\n')

    assert check(blog).stderr == ""


def test_what_is_nearly_markdown_is_told_with_its_line(blog: Blog) -> None:
    blog.post("2026-11-10-one", "See\n`[x](b c)`\nand [x](a b) [^2]\n\n    [^2]\n")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:7:5: warning: '[x](a b)' is shown as it was typed. Write each space in "
        "the address as %20.",
        f"{POST}:7:14: warning: '[^2]' is shown as it was typed. Write the note in a "
        "paragraph of its own: [^2]: …",
    ]


def test_a_title_too_long_for_a_card_is_told(blog: Blog) -> None:
    blog.post("2026-11-10-one", title="word " * 20)

    assert check(blog).stderr == (
        f"{POST}:2:1: warning: the title has 99 characters. Cards have room for 90: "
        "say the rest in the summary.\n"
    )


def test_warnings_fail_only_where_they_are_to(blog: Blog) -> None:
    blog.post("2026-11-10-one", title="word " * 20)

    assert check(blog).exit_code == 0
    assert check(blog, "--strict").exit_code == 1


def test_the_built_files_are_checked_as_they_stand(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build("2026-11-22T00:00:00+00:00")
    assert check(blog, "--built").stderr == ""

    page = blog.folder / "output/2026/one/index.html"
    page.write_text(page.read_text().replace("</main>", ""))
    blog.write("output/notes.html", "<p>mine")
    told = check(blog, "--built").stderr

    assert "output/2026/one/index.html:" in told
    assert "<main" in told
    assert "output/notes.html:1: the page does not begin with <!doctype html>." in told
    assert (
        "output: warning: 2 files differ from what a build would make now, such as "
        "2026/one/index.html. Run: weekly build." in told
    )
    assert check(blog).stderr == ""


def test_what_keeps_the_built_files_out_of_git_is_no_part_of_the_site(blog: Blog) -> None:
    blog.build()
    blog.write("output/.gitignore", "*\n")

    assert check(blog, "--built").stderr == ""


def test_without_built_files_there_is_nothing_to_check(blog: Blog) -> None:
    blog.post("2026-11-10-one")

    assert check(blog, "--built").stderr == (
        f"{blog.folder / 'output'}: there is no such folder. Build the site first: weekly build.\n"
    )


def test_the_numbers_stand_at_the_end(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[x](#gone) [y](#gone-too)\n", title="word " * 20)

    assert check(blog).stdout.splitlines()[-1].endswith(" links: 2 errors, 1 warning.")


def test_programs_are_told_the_same(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[x](#gone)\n")
    told = json.loads(check(blog, "--format", "json").stdout)

    assert [problem["code"] for problem in told["problems"]] == ["dead-fragment"]
    assert told["files"]["published"] == 1
    assert told["checked"]["pages"] > 5


def test_github_shows_findings_beside_the_lines(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[x](#100%25)\n", title="word " * 20)
    result = check(blog, "--format", "github")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        f"::warning file={POST},line=2,col=1,title=long-title::the title has 99 characters. "
        "Cards have room for 90: say the rest in the summary.",
        f"::error file={POST},line=5,col=5,title=dead-fragment::the link '#100%2525' leads to a "
        "part '100%25' that is not on that page.",
    ]


def test_a_real_blog_is_checked_to_its_end(real_blog: tuple[Blog, BuildReport]) -> None:
    blog, _ = real_blog
    told = json.loads(check(blog, "--format", "json").stdout)

    assert told["checked"]["pages"] > 120
    assert {problem["path"].partition("/")[0] for problem in told["problems"]} <= {
        "content",
        "output",
    }
