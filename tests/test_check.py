"""`weekly check`: the sources and the site that is made of them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from generator.build.report import BuildReport
from tests.checks.site import BASE
from tests.commands import Result, run
from tests.conftest import SITE, Blog

ALLOWED = 'checks = { example-address = "allow" }'
POST = "content/posts/2026-11-10-one.md"


def check(blog: Blog, *options: str) -> Result:
    return run("check", "--blog", str(blog.folder), "--now", "2026-11-22", *options)


def checking(line: str) -> str:
    """The settings of the blog with a line under [checks]."""
    return f"{SITE.replace(ALLOWED, '')}[checks]\n{line}\nexample-address = 'allow'\n"


def test_a_blog_without_problems_is_reported_as_such(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    result = check(blog)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("Checked ")
    assert result.stdout.endswith(" links: no problems.\n")
    assert not (blog.folder / "output").exists()


def test_our_own_blog_has_no_problems(repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "content", tmp_path / "content")
    result = run("check", "--blog", str(tmp_path))

    # but for its writer's reminders to herself in the draft
    assert (result.exit_code, result.stderr) == (
        0,
        "".join(
            f"content/posts/2026-12-01-the-advert-nobody-answered.md:{line}:1: warning: 'TODO' is "
            "still to be replaced. Write your own words instead, or delete it.\n"
            for line in (31, 33)
        ),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "See [two](2026-11-11-two.md#part).\n",
            f"{POST}:5:11: the link '/blog/2026/two/#part' leads to an id 'part' that is not on "
            "that page.",
        ),
        (
            "See [below](#part).\n",
            f"{POST}:5:13: the link '#part' leads to an id 'part' that is not on that page.",
        ),
        (
            f"See [here]({BASE}elsewhere/).\n",
            f"{POST}:5:12: the link '{BASE}elsewhere/' leads nowhere.",
        ),
        (
            'Word.\n\n<img src="https://example.com/a.png" alt="">\n',
            f"{POST}:7:11: 'https://example.com/a.png' is loaded from example.com, which "
            "would learn who reads the blog. Put a copy of the file beside the post, and write "
            "its name.",
        ),
        (
            '<iframe src="https://www.youtube.com/embed/x" title="Us"></iframe>\n',
            f"{POST}:5:14: 'https://www.youtube.com/embed/x' is loaded from www.youtube.com, which "
            "would learn who reads the blog. Link to the page that shows it instead: "
            "[Watch the video](https://…).",
        ),
        (
            '<p style="color: red">Word.</p>\n',
            f"{POST}:5:11: warning: the style 'color: red' is refused by browsers. Delete it: the "
            "theme decides how text looks, and Markdown has bold, lists and quotes.",
        ),
        (
            "<script>count()</script>\n\nWord.\n",
            f"{POST}:5:1: warning: a script is refused by browsers. Delete it: a post can't run "
            "scripts. Link to the page that it came from.",
        ),
        (
            "## One\n\nWord.\n\n#### Deep\n",
            f"{POST}:9:1: warning: a heading of level 4 follows one of level 2. Make it level 3.",
        ),
        (
            'Word.\n\n<p id="w-main">Word.</p>\n',
            f"{POST}:7:7: the id 'w-main' is used twice. Give the second element another id.",
        ),
    ],
)
def test_a_problem_in_a_body_is_reported_with_its_line(
    blog: Blog, body: str, expected: str
) -> None:
    blog.post("2026-11-10-one", body)
    blog.post("2026-11-11-two")

    assert expected in check(blog).stderr.splitlines()


def test_a_problem_of_a_custom_template_is_reported_with_a_built_file(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.write("templates/not-found.html", '<!doctype html><html lang="en"><p>Gone</div>')
    printed = check(blog).stderr

    assert "output/404.html:1: the tag </div> closes nothing.\n" in printed
    assert "output/404.html: the page has no <h1>. Make its title an <h1>.\n" in printed


def test_what_a_build_reports_is_not_reported_twice(blog: Blog) -> None:
    blog.set('broken_links = "warning"\n')
    blog.post("2026-11-10-one", "See [gone](gone.md).\n")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:5:12: warning: the link 'gone.md' leads to no file. "
        "Write the other file's path, relative to this file."
    ]


def test_an_image_that_the_settings_allow_is_reported_once(blog: Blog) -> None:
    blog.post("2026-11-10-one", "Word.\n", image="/gone.png", image_alt="x")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:4:8: warning: the image '/gone.png' does not exist. Put the file beside the post."
    ]


def test_errors_in_the_sources_hide_none_in_the_pages(blog: Blog) -> None:
    """Issue 12, line 11: a post with errors is checked as it would be without them."""
    blog.write(
        POST,
        "---\ntitle: One\ndate: 2026-13-10\nslug: One!\ntags: [listning]\n---\n"
        "See [below](#part).\n\nSee [here](/gone/), [two](2026-11-11-two.md) and ![x](gone.png)\n",
    )
    blog.post("2026-11-11-two", "[One](2026-11-10-one.md) and [below](#part).\n", tags="[risk")
    blog.write("content/pages/about.md", "---\npermalink: about\n---\n[Two](/2026/two/)\n")
    blog.post("2026-11-12-three", "[About](/about/), [two](/2026/two/), [no](/2026/four/)\n")
    blog.write("content/published.txt", "/2026/two/\n/2026/one/\n")
    result = check(blog)

    assert result.exit_code == 1
    assert [line.partition(". ")[0].rstrip(".") for line in result.stderr.splitlines()] == [
        "content/pages/about.md:1:1: the title is missing",
        "content/pages/about.md:2:12: 'about' can't be the address of a page",
        f"{POST}:3:7: '2026-13-10' does not exist",
        f"{POST}:4:7: the slug 'One!' can't be part of an address",
        f"{POST}:5:8: the tag 'listning' belongs to no trait and no topic",
        f"{POST}:7:13: the link '#part' leads to an id 'part' that is not on that page",
        f"{POST}:9:12: the link '/blog/gone/' leads nowhere",
        f"{POST}:9:55: warning: the image 'gone.png' does not exist",
        "content/posts/2026-11-11-two.md:3:7: the '[' that opens here is not closed",
        "content/posts/2026-11-11-two.md:5:38: the link '#part' leads to an id 'part' that is not "
        "on that page",
        "content/posts/2026-11-12-three.md:5:43: the link '/blog/2026/four/' leads nowhere",
    ]
    assert result.stdout.splitlines()[-1].endswith(" links: 10 errors, 1 warning.")
    assert not (blog.folder / "output").exists()


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("[x](/abot/)", "Did you mean /about/?"),
        ("[x](/about)", "Write /about/."),
        ("[x](/About/)", "Write /about/."),
        ("[x](/search?q=a#w-main)", "Write /search/?q=a#w-main."),
        ("[x](/blog/about/)", "Did you mean /about/?"),
        ("[x](https://example.org/about/)", "Write /about/."),
        ("[x](about.md)", "Did you mean '../pages/about.md'?"),
        ("[x](two.md)", "Did you mean '2026-11-11-two.md'?"),
        ("[x](www.example.com/x)", "Write https://www.example.com/x."),
        ("[x](rhys@acme.example?subject=hi)", "Write mailto:rhys@acme.example?subject=hi."),
        ("[x](http:/example.com/a)", "Write https://example.com/a."),
        ('<link rel="stylesheet" href="https://example.com/x.css">', "Delete it: the theme"),
        ('<iframe src="https://example.com/x" title="y"></iframe>', "Link to the page that shows"),
    ],
)
def test_who_follows_the_advice_is_rid_of_the_problem(
    written: str, advice: str, blog: Blog
) -> None:
    """Issue 12, line 14: in a post, addresses begin at the site and not at its host."""
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
    blog.post("2026-11-11-two")
    blog.post("2026-11-10-one", f"Word {written}\n")
    (line,) = check(blog).stderr.splitlines()

    assert line.startswith(f"{POST}:5:")
    assert advice in line
    if fixed := re.search(r"(?:Write|mean) '?([^']+?)'?[.?]$", line):
        blog.post("2026-11-10-one", f"Word [x]({fixed[1]})\n")
        assert check(blog).stderr == ""


def test_a_drawing_can_be_offered_but_not_shown(blog: Blog) -> None:
    blog.write("content/posts/plan.psd", "x")
    blog.post("2026-11-10-one", "[The plan](plan.psd)\n")
    assert check(blog).stderr == ""

    blog.post("2026-11-10-one", "![The plan](plan.psd)\n")
    assert check(blog).stderr == (
        "content/posts/plan.psd: browsers can't show images of this kind. Save it as JPEG or PNG.\n"
    )


def test_without_a_theme_no_page_is_checked(blog: Blog) -> None:
    blog.set('theme = "gone"\n')

    assert check(blog).stdout.splitlines()[-1] == (
        "The pages were not checked. Fix the errors above first."
    )


def test_a_post_needs_a_summary_unless_it_is_as_short_as_one(blog: Blog) -> None:
    blog.post("2026-11-03-note", "word " * 60)
    blog.post("2026-11-10-one", "word " * 61)

    assert check(blog).stderr == (
        f"{POST}:1:1: note: the post has no summary, so lists and feeds show its first "
        "words. Add a line: summary: …\n"
    )


def test_settings_may_allow_a_missing_summary(blog: Blog) -> None:
    blog.post("2026-11-10-one", "word " * 61)
    blog.write("content/site.toml", checking('missing-summary = "allow"'))

    assert check(blog).stderr == ""


def test_what_is_almost_markdown_is_reported_with_its_line(blog: Blog) -> None:
    blog.post("2026-11-10-one", "See\n`[x](b c)`\nand [x](a b) [^2]\n\n    [^2]\n")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:7:5: warning: '[x](a b)' is shown as typed. Write the address as <a b>, or "
        "each space as %20.",
        f"{POST}:7:14: warning: '[^2]' is shown as typed. Write the note in a "
        "paragraph of its own: [^2]: …",
    ]


def test_a_title_too_long_for_a_social_image_is_reported(blog: Blog) -> None:
    blog.post("2026-11-10-one", title="word " * 20)

    assert check(blog).stderr == (
        f"{POST}:2:1: warning: the title has 99 characters. Social images have room for 90: "
        "move the rest into the summary.\n"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'dead-lnik = "note"',
            "content/site.toml:15:1: no check has the code 'dead-lnik'."
            " Did you mean 'dead-link'?\n",
        ),
        (
            'dead-link = "off"',
            "content/site.toml:15:1: 'dead-link' is 'off'. "
            'Write one of "error", "warning", "note", "allow".\n',
        ),
        (
            'malformed-file = "allow"',
            "content/site.toml:15:1: 'malformed-file' is always an error. Delete this line.\n",
        ),
    ],
)
def test_a_wrong_severity_in_the_settings_is_reported(blog: Blog, line: str, expected: str) -> None:
    blog.write("content/site.toml", checking(line))

    assert check(blog).stderr == expected


PLACED = [
    "content/pages/me.md:2:9: {}'[REPLACE: me]' is a placeholder, which readers would see."
    " Write your own words there, or delete it.",
    "content/pages/me.md:5:5: {}'[REPLACE: your team]' is a placeholder, which readers would see."
    " Write your own words there, or delete it.",
    "content/site.toml:2:1: {}'[REPLACE: a sentence]' is a placeholder, which readers would see."
    " Write your own words there, or delete it.",
    "content/site.toml:11:1: {}'[REPLACE: you]' is a placeholder, which readers would see."
    " Write your own words there, or delete it.",
]


def with_placeholders(blog: Blog) -> None:
    text = SITE.replace("What I heard this week", "[REPLACE: a sentence]")
    blog.write("content/site.toml", text.replace("Ada Marsh", "I am [REPLACE: you]."))
    head = "title: '[REPLACE: me]'\npermalink: /me/\n"
    blog.write("content/pages/me.md", f"---\n{head}---\nAsk [REPLACE: your team] or [x].\n")
    blog.post("2026-11-10-draft", "Ask [REPLACE: me].\n", draft="true")


@pytest.mark.parametrize("name", ["Your Name", "your name", "[REPLACE: your name]"])
def test_an_author_who_is_nobody_yet_is_reported_once(blog: Blog, name: str) -> None:
    blog.write("content/site.toml", SITE.replace("Ada Marsh", name))

    assert check(blog).stderr == (
        f"content/site.toml:11:1: warning: '{name}' is a placeholder, which readers would see."
        " Write your own words there, or delete it.\n"
    )


def test_placeholders_are_warnings_until_the_site_is_published(blog: Blog) -> None:
    with_placeholders(blog)
    assert check(blog).stderr.splitlines() == [line.format("warning: ") for line in PLACED]

    blog.build("2026-11-22T00:00:00+00:00")
    assert check(blog, "--built").stderr.splitlines() == [line.format("") for line in PLACED]
    assert check(blog, "--built").exit_code == 1


@pytest.mark.parametrize(
    ("domain", "is_example"),
    [
        ("example.org", True),
        ("www.Example.com", True),
        ("example.net", True),
        ("letters.example", True),
        ("letters.test", True),
        ("my.invalid", True),
        ("localhost", True),
        ("my-example.org", False),
        ("example.org.uk", False),
        ("latest", False),
    ],
)
def test_an_address_for_examples_is_reported(blog: Blog, domain: str, is_example: bool) -> None:
    settings = SITE.replace(ALLOWED, 'cname = ""').replace("example.org,", "ada.net,")
    settings = settings.replace("ada@example.org", "ada@ada.net")
    blog.write("content/site.toml", settings.replace("//example.org/", f"//{domain}/"))

    assert check(blog).stderr == (
        f"content/site.toml:3:1: warning: 'base_url' is https://{domain}/blog/, an address for"
        " examples. Write where the blog will be, such as https://org.github.io/letters/.\n"
        if is_example
        else ""
    )


def test_every_setting_with_an_address_for_examples_is_reported(blog: Blog) -> None:
    blog.write("content/site.toml", SITE.replace(ALLOWED, 'cname = "letters.example.org"'))
    blog.build("2026-11-22T00:00:00+00:00")

    starts = [line.partition(" is ")[0] for line in check(blog, "--built").stderr.splitlines()]
    assert starts == [
        "content/site.toml:3:1: 'base_url'",
        "content/site.toml:6:1: 'authority'",
        "content/site.toml:8:1: 'cname'",
        "content/site.toml:13:1: 'email'",
    ]


def test_the_settings_may_allow_an_address_for_examples(blog: Blog) -> None:
    blog.build("2026-11-22T00:00:00+00:00")

    assert check(blog, "--built").stderr == ""


def test_warnings_fail_only_with_strict(blog: Blog) -> None:
    blog.post("2026-11-10-one", title="word " * 20)

    assert check(blog).exit_code == 0
    assert check(blog, "--strict").exit_code == 1


def test_the_built_files_are_checked_as_they_are(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build("2026-11-22T00:00:00+00:00")
    assert check(blog, "--built").stderr == ""

    page = blog.folder / "output/2026/one/index.html"
    page.write_text(page.read_text().replace("</main>", ""))
    blog.write("output/notes.html", "<p>mine")
    printed = check(blog, "--built").stderr

    assert "output/2026/one/index.html:" in printed
    assert "<main" in printed
    assert "output/notes.html:1: the page does not begin with <!doctype html>." in printed
    assert (
        "output: warning: 2 files differ from what a build would make now, such as "
        "2026/one/index.html. Run: weekly build." in printed
    )
    assert check(blog).stderr == ""


def test_the_gitignore_of_the_output_is_not_part_of_the_site(blog: Blog) -> None:
    blog.build()
    blog.write("output/.gitignore", "*\n")

    assert check(blog, "--built").stderr == ""


def test_without_built_files_there_is_nothing_to_check(blog: Blog) -> None:
    blog.post("2026-11-10-one")

    assert check(blog, "--built").stderr == (
        f"{blog.folder / 'output'}: there is no such folder. Build the site first: weekly build.\n"
    )


def test_the_counts_come_at_the_end(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[x](#gone) [y](#gone-too)\n", title="word " * 20)

    assert check(blog).stdout.splitlines()[-1].endswith(" links: 2 errors, 1 warning.")


def test_json_has_the_same_problems(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[x](#gone)\n")
    found = json.loads(check(blog, "--format", "json").stdout)

    assert [problem["code"] for problem in found["problems"]] == ["dead-fragment"]
    assert found["files"]["published"] == 1
    assert found["checked"]["pages"] > 5


def test_github_shows_problems_beside_the_lines(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[x](#100%25)\n", title="word " * 20)
    result = check(blog, "--format", "github")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        f"::warning file={POST},line=2,col=1,title=long-title::the title has 99 characters. "
        "Social images have room for 90: move the rest into the summary.",
        f"::error file={POST},line=5,col=5,title=dead-fragment::the link '#100%2525' leads to an "
        "id '100%25' that is not on that page.",
    ]


def test_a_real_blog_is_checked_to_its_end(real_blog: tuple[Blog, BuildReport]) -> None:
    blog, _ = real_blog
    found = json.loads(check(blog, "--format", "json").stdout)

    assert found["checked"]["pages"] > 120
    assert {problem["path"].partition("/")[0] for problem in found["problems"]} <= {
        "content",
        "output",
    }
