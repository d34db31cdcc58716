"""`weekly status`, `prompt` and `calendar`: what they print, and that they change nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.cli.screen import Screen
from tests.commands import SUNDAY, Result, run
from tests.conftest import SITE, Blog
from tests.insights.literals import tuesdays

COURAGE = """\
---
title: Have an opinion
order: 2
summary: I will say what I think.
tags: [courage, risk]
questions: [What do I think?, What did I dare?, Who disagrees?]
---
I dare.
"""

WAITED = (
    "It has waited longest: its last post is 11 weeks old, "
    "and every other trait has a newer one, published or planned."
)
WEEKLY = '[weekly]\nday = "tuesday"\ntime = "09:00"\n'


@pytest.fixture
def weekly(blog: Blog) -> Blog:
    """A blog whose letter is due on Tuesdays at nine."""
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings + WEEKLY)
    return blog


def tell(blog: Blog, *arguments: str) -> Result:
    return run(*arguments, "--blog", str(blog.folder), **SUNDAY)


def lines(blog: Blog, *arguments: str) -> list[str]:
    result = tell(blog, *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def write_away(blog: Blog, first: str, last: str, why: str) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    away = f'[[away]]\nfrom = {first}\nto = {last}\nwhy = "{why}"\n'
    blog.write("content/site.toml", settings + away)


def test_status_says_how_the_writing_has_changed(blog: Blog) -> None:
    first = date(2026, 7, 28)
    for week in range(16):
        text = "What did I miss?\n" if week < 12 else "I missed nothing.\n"
        blog.post(f"{first + timedelta(weeks=week)}-letter-{week}", text)
    sentence = "None of the last 4 posts asks a question; 12 of 12 before did."

    assert f"{sentence} More: weekly stats" in lines(blog, "status")


def test_status_of_an_empty_blog_says_how_short_the_first_post_can_be(weekly: Blog) -> None:
    assert lines(weekly, "status") == [
        "This week, W47      Nothing yet. The first post of a blog is on time on any day.",
        "Next week, W48      Nothing yet. A post is due on Tuesday 24 November at 09:00.",
        "",
        "Nothing is published yet. The first post can be two lines: weekly note",
    ]


def test_status_shows_this_week_the_next_and_the_rhythm(weekly: Blog) -> None:
    weekly.post("2026-10-13-zero")
    weekly.post("2026-10-20-one")
    weekly.post("2026-10-29-two")  # on Thursday
    weekly.post("2026-11-10-three")
    weekly.post("2026-11-17-four")
    weekly.post("2026-11-24-five", draft="true")

    assert lines(weekly, "status") == [
        "This week, W47      “Four” was published on Tuesday 17 November.",
        "Next week, W48      “Five” is a draft. A post is due on Tuesday 24 November at 09:00.",
        "",
        "All 6 weeks         ● ● ● ○ ● ●  5 with a post (1 after its day), 1 without.",
        "Between posts       usually 7 days; at most 12 days, 29 October 2026 to 10 November 2026.",
        "Next trait          “Have an opinion”. For questions: weekly prompt",
    ]


def test_a_steady_rhythm_has_no_longest_silence(weekly: Blog) -> None:
    weekly.post("2026-11-10-one")
    assert "First week          ●  1 with a post." in lines(weekly, "status", "--now", "2026-11-10")

    for day in tuesdays("2026-10-20", 5):
        weekly.post(f"{day}-more")
    assert lines(weekly, "status")[4] == "Between posts       usually 7 days."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ({}, "“Five” is ready and will be published on Tuesday 24 November at 09:00."),
        (
            {"status": "planned"},
            "“Five” is planned. A post is due on Tuesday 24 November at 09:00.",
        ),
        ({"status": "idea"}, "Nothing yet. A post is due on Tuesday 24 November at 09:00."),
    ],
)
def test_each_state_has_its_own_words(weekly: Blog, head: dict[str, str], expected: str) -> None:
    weekly.post("2026-11-24-five", **head)

    assert lines(weekly, "status")[1] == f"Next week, W48      {expected}"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23", "A post is due on Tuesday 24 November at 09:00."),
        ("2026-11-24 23:00", "A post is due today at 09:00."),
        ("2026-11-25", "Tuesday 24 November has passed, but a post still counts until Sunday."),
    ],
)
def test_a_day_has_passed_only_when_it_is_over(weekly: Blog, now: str, expected: str) -> None:
    weekly.post("2026-11-24-five", draft="true")

    assert (
        lines(weekly, "status", "--now", now)[0]
        == f"This week, W48      “Five” is a draft. {expected}"
    )


def test_a_post_that_needs_approval_says_so(weekly: Blog) -> None:
    weekly.set("require_approval = true\n")
    weekly.post("2026-11-24-five")

    assert "“Five” is ready and needs approval (approved_by)." in lines(weekly, "status")[1]


def test_status_and_calendar_agree_about_posts_without_approval(weekly: Blog) -> None:
    """Issue 12, line 24."""
    person = '\n[[authors]]\nid = "bronagh"\nname = "Bronagh"\n'
    weekly.write("content/site.toml", f"require_approval = true\n{SITE}{person}")
    weekly.post("2026-11-10-late")
    weekly.post("2026-11-16-beside")
    weekly.post("2026-11-17-out", approved_by="bronagh")
    weekly.post("2026-11-24-next")
    status, calendar = lines(weekly, "status"), lines(weekly, "calendar", "--weeks", "2")

    assert status[2] == (
        "Needs approval      “Late” (content/posts/2026-11-10-late.md), and 1 more: weekly calendar"
    )
    assert "“Next” is ready and needs approval" in status[1]
    assert calendar == [
        "2026-W47  Mon 16 Nov  ready      Beside: needs approval",
        "2026-W47  Tue 17 Nov  published  Out",
        "2026-W48  Tue 24 Nov  ready      Next: needs approval",
        "",
        "Started for an earlier week:",
        "  ready      Late: needs approval (content/posts/2026-11-10-late.md)",
    ]


def test_a_draft_without_a_date_takes_no_week(weekly: Blog) -> None:
    weekly.write("content/posts/half.md", "---\ntitle: Half\ndate: soon\ndraft: true\n---\nText\n")

    assert "Nothing yet." in lines(weekly, "status")[0]
    assert lines(weekly, "calendar", "--weeks", "1")[1:] == [
        "",
        "Ideas without a week:",
        "  Half (content/posts/half.md)",
    ]
    printed = lines(weekly, "calendar", "--weeks", "1", "--format", "json")
    assert json.loads("".join(printed))["ideas"][0]["appears"] is None


def test_days_off_are_kept_and_named(weekly: Blog) -> None:
    weekly.post("2026-11-10-one")
    write_away(weekly, "2026-11-16", "2026-11-27", "a holiday")

    result = lines(weekly, "status")
    assert result[:2] == [
        "This week, W47      Off: a holiday",
        "Next week, W48      Off: a holiday",
    ]
    assert "● –  1 with a post, 1 off." in result[3]


def test_a_post_started_earlier_is_offered_first(weekly: Blog) -> None:
    weekly.post("2026-11-03-one")
    weekly.post("2026-11-10-begun", draft="true")
    weekly.post("2026-10-27-older", status="planned")

    assert lines(weekly, "status")[1] == (
        "Started earlier     “Begun” (content/posts/2026-11-10-begun.md), "
        "and 1 more: weekly calendar"
    )
    assert lines(weekly, "calendar", "--weeks", "1")[1:] == [
        "",
        "Started for an earlier week:",
        "  draft      Begun (content/posts/2026-11-10-begun.md)",
        "  planned    Older (content/posts/2026-10-27-older.md)",
    ]
    result = json.loads(tell(weekly, "status", "--format", "json").stdout)
    assert [post["title"] for post in result["started"]] == ["Begun", "Older"]

    weekly.post("2026-11-17-out")
    assert not any("Started" in line for line in lines(weekly, "status"))


def test_after_two_missed_weeks_one_sentence_shows_the_way_back(weekly: Blog) -> None:
    weekly.post("2026-10-27-one")

    *_, blank, way_back = lines(weekly, "status")
    assert (blank, way_back) == (
        "",
        "It has been 2 weeks. Two lines are enough to be back: "
        'weekly note "What I heard this week"',
    )


def test_after_a_long_silence_weeks_are_not_counted(weekly: Blog) -> None:
    weekly.post("2025-10-28-one")

    assert lines(weekly, "status")[-1].startswith("It has been a while. Two lines are enough")


@pytest.mark.parametrize("name", ["2026-11-03-late", "2026-11-22-just-now"])
def test_one_missed_week_is_not_worth_a_word(weekly: Blog, name: str) -> None:
    weekly.post("2026-10-27-one")
    weekly.post(name)

    assert not any("Two lines" in line for line in lines(weekly, "status"))


def test_no_line_counts_a_streak_or_gives_a_mark(weekly: Blog) -> None:
    weekly.post("2026-10-27-one")
    text = tell(weekly, "status").stdout + tell(weekly, "status", "--balance").stdout

    assert not any(word in text.lower() for word in ("streak", "%", "in a row", "\x1b", "fail"))


def test_posts_with_errors_are_named(weekly: Blog) -> None:
    weekly.post("2026-11-17-broken", titel="x")

    assert lines(weekly, "status")[-1] == (
        "Left out because of errors: content/posts/2026-11-17-broken.md. See: weekly check"
    )


def test_status_can_be_json(weekly: Blog) -> None:
    weekly.post("2026-11-03-one")
    weekly.post("2026-11-17-two")
    result = json.loads(tell(weekly, "status", "--format", "json").stdout)

    assert result["this_week"]["state"] == "published"
    assert result["next_week"] == {
        "week": "2026-W48",
        "due": "2026-11-24T09:00:00+00:00",
        "away": None,
        "state": None,
        "posts": [],
    }
    assert result["rhythm"]["12"] == {
        "kept": 2,
        "on_time": 2,
        "late": 0,
        "away": 0,
        "missed": 1,
        "weeks": [
            {"week": "2026-W45", "went": "on time"},
            {"week": "2026-W46", "went": "missed"},
            {"week": "2026-W47", "went": "on time"},
        ],
    }
    assert result["median_gap_days"] is None  # of one gap
    assert (result["next_trait"], result["change"], result["unreadable"]) == (
        "Have an opinion",
        "",
        [],
    )
    assert result["longest_silence"] == {"days": 14, "after": "2026-11-03", "until": "2026-11-17"}


def test_weekly_alone_shows_the_status_in_a_blog_and_the_help_elsewhere(
    weekly: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(weekly.folder)
    assert run(**SUNDAY).stdout.startswith("This week, W47")

    monkeypatch.chdir(tmp_path)
    assert run(**SUNDAY).stdout == run("--help").stdout


def test_the_balance_is_a_table_of_traits_and_months(weekly: Blog) -> None:
    weekly.post("2026-09-29-one")
    weekly.post("2026-10-06-two", tags="[listening, risk]")
    weekly.post("2026-11-03-three")
    weekly.post("2026-11-10-four", draft="true")
    settings = (weekly.folder / "content/site.toml").read_text(encoding="utf-8")
    weekly.write("content/site.toml", f"{settings}[balance]\ncourage = 40\n")

    assert lines(weekly, "status", "--balance") == [
        "                 Sep Oct Nov   of 100   last",
        "Listen and learn   1   1   1   100      2 weeks ago",
        "Have an opinion    ·   1   ·   33/40    6 weeks ago",
        "All posts          1   1   1",
    ]
    result = json.loads(tell(weekly, "status", "--since", "2026-11", "--format", "json").stdout)
    assert (result["months"], result["posts"]) == (["2026-11"], [1])
    assert [trait["share"] for trait in result["traits"]] == [100, 0]


def test_the_balance_of_a_past_span_ends_with_it(weekly: Blog) -> None:
    weekly.post("2025-12-30-one")
    weekly.post("2026-02-03-two", tags="[risk]")
    weekly.post("2026-11-10-three")

    assert lines(weekly, "status", "--until", "2026-02") == [
        "                 Dec Jan Feb   of 100   last",
        "Listen and learn   1   ·   ·   50       30 Dec 2025",
        "Have an opinion    ·   ·   1   50       3 Feb 2026",
        "All posts          1   ·   1",
        "",
        "The second half of that time has more about “Have an opinion” "
        "and less about “Listen and learn”.",
    ]


def test_a_span_of_more_than_a_year_is_shown_by_year(weekly: Blog) -> None:
    weekly.post("2025-06-03-one")
    weekly.post("2025-07-01-two")
    weekly.post("2026-11-10-three")

    assert lines(weekly, "status", "--since", "2025-06")[:2] == [
        "                 2025 2026   of 100   last",
        "Listen and learn    2    1   100      a week ago",
    ]
    result = json.loads(tell(weekly, "status", "--since", "2025-06", "--format", "json").stdout)
    assert len(result["months"]) == 18


def test_on_a_narrow_screen_months_are_letters_and_long_titles_are_cut(
    weekly: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekly.write("content/traits/courage.md", COURAGE.replace("opinion", "opinion and say so"))
    for month in ("01", "05", "10"):
        weekly.post(f"2026-{month}-06-letter")
    monkeypatch.setattr("generator.cli.balance.screen", lambda: Screen(60))

    assert lines(weekly, "status", "--balance")[:3] == [
        "                  J  F  M  A  M  J  J  A  S  O  N   of 100   last",
        "Listen and learn  1  ·  ·  ·  1  ·  ·  ·  ·  1  ·   100      6 weeks ago",
        "Have an opinion…  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·    0       not yet",
    ]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("last", "--since: 'last' is not a month. Write one such as 2026-01."),
        ("2027-01", "--since: 2027-01 comes after 2026-11."),
    ],
)
def test_an_impossible_month_is_refused(blog: Blog, month: str, expected: str) -> None:
    assert tell(blog, "status", "--since", month) == Result(2, "", f"weekly: {expected}\n")


def test_a_target_for_an_unknown_trait_is_a_problem(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", f"{settings}[balance]\ncourag = 40\n")

    assert blog.problems() == [
        "content/site.toml:15:1: there is no trait 'courag'. Did you mean 'courage'?"
    ]


def test_a_prompt_has_a_trait_a_reason_questions_and_posts(blog: Blog) -> None:
    blog.write("content/traits/courage.md", COURAGE)
    blog.post("2026-09-01-brave", tags="[risk]")
    blog.post("2026-11-17-heard")

    assert lines(blog, "prompt") == [
        "Have an opinion",
        "I will say what I think.",
        WAITED,
        "",
        "  ? What do I think?",
        "  ? What did I dare?",
        "  ? Who disagrees?",
        "",
        "Posts to build on:",
        "  Brave (content/posts/2026-09-01-brave.md)",
        "",
        "Start with it: weekly new --prompt",
    ]
    assert json.loads(tell(blog, "prompt", "--format", "json").stdout) == {
        "asked": [],
        "trait": "courage",
        "reason": WAITED,
        "questions": ["What do I think?", "What did I dare?", "Who disagrees?"],
        "builds_on": [{"path": "content/posts/2026-09-01-brave.md", "title": "Brave"}],
    }


def test_without_traits_there_is_no_prompt(blog: Blog) -> None:
    for name in ("listen", "courage"):
        (blog.folder / f"content/traits/{name}.md").unlink()

    assert tell(blog, "prompt") == Result(
        2, "", "weekly: there is no trait yet: add one to content/traits/.\n"
    )


def test_a_new_post_can_start_with_all_of_the_prompt(blog: Blog) -> None:
    blog.write("content/traits/courage.md", COURAGE)
    blog.post("2026-09-01-brave", tags="[risk]", title='"What [I] dared"')
    blog.post("2026-11-17-heard")
    result = tell(blog, "new", "--prompt")

    assert f"Its trait is 'Have an opinion'. {WAITED}" in result.stdout
    text = (blog.folder / "content/posts/2026-11-24-what-do-i-think.md").read_text("utf-8")
    assert text.startswith('---\ntitle: "What do I think?"\n')
    assert (
        "---\n\n"
        "> What do I think?\n>\n> What did I dare?\n>\n> Who disagrees?\n\n"
        "Earlier posts about it: [What \\[I\\] dared](<2026-09-01-brave.md>).\n\n"
        "Begin with what happened"
    ) in text
    assert {problem.code for problem in blog.build(drafts=True).problems} == {"unfinished-text"}
    assert ">What [I] dared</a>" in blog.page("2026/what-do-i-think/")


def test_the_calendar_shows_weeks_and_gaps(weekly: Blog) -> None:
    weekly.post("2026-11-17-out")
    weekly.post("2026-11-24-ready")
    weekly.write(
        "content/posts/plan.md",
        "---\ntitle: The plan\nweek: 2026-W49\nstatus: planned\ntags: [risk]\n---\n",
    )
    weekly.post("2026-11-20-thought", status="idea")
    write_away(weekly, "2026-12-14", "2026-12-31", "Christmas")

    assert lines(weekly, "calendar", "--weeks", "5") == [
        "2026-W47  Tue 17 Nov  published  Out",
        "2026-W48  Tue 24 Nov  scheduled  Ready",
        "2026-W49  Tue  1 Dec  planned    The plan",
        "2026-W50  Tue  8 Dec  ·          nothing yet",
        "2026-W51  Tue 15 Dec  off        Christmas",
        "",
        "Ideas without a week:",
        "  Thought (content/posts/2026-11-20-thought.md)",
    ]
    result = json.loads(tell(weekly, "calendar", "--format", "json").stdout)
    assert [week["state"] for week in result["weeks"][:4]] == [
        "published",
        "scheduled",
        "planned",
        None,
    ]
    assert [idea["title"] for idea in result["ideas"]] == ["Thought"]


def test_the_calendar_can_be_exported(weekly: Blog, tmp_path: Path) -> None:
    weekly.post("2026-11-24-ready")
    file = tmp_path / "letters.ics"
    result = tell(weekly, "calendar", "--ics", str(file))

    assert result.stdout.startswith(f"Created {file}.")
    assert b"\r\nSUMMARY:Ready (scheduled)\r\n" in file.read_bytes()


@pytest.mark.parametrize("number", ["0", "-1", "5000"])
def test_an_impossible_number_of_weeks_is_refused(blog: Blog, number: str) -> None:
    assert tell(blog, "calendar", f"--weeks={number}").exit_code == 2


@pytest.mark.parametrize("command", ["status", "prompt", "calendar"])
def test_reports_change_nothing(blog: Blog, command: str) -> None:
    blog.post("2026-11-17-out")
    before = sorted(blog.folder.rglob("*"))
    first, second = tell(blog, command), tell(blog, command)

    assert first == second
    assert sorted(blog.folder.rglob("*")) == before
