"""`weekly status`, `prompt` and `calendar`: what they say, and that they do no more than say it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.cli.screen import Screen
from tests.commands import SUNDAY, Told, run
from tests.conftest import Blog

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


def tell(blog: Blog, *arguments: str) -> Told:
    return run(*arguments, "--blog", str(blog.folder), **SUNDAY)


def lines(blog: Blog, *arguments: str) -> list[str]:
    told = tell(blog, *arguments)
    assert (told.exit_code, told.stderr) == (0, "")
    return told.stdout.splitlines()


def write_away(blog: Blog, first: str, last: str, why: str) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    away = f'[[away]]\nfrom = {first}\nto = {last}\nwhy = "{why}"\n'
    blog.write("content/site.toml", settings + away)


def test_status_says_what_has_changed_in_how_letters_are_written(blog: Blog) -> None:
    first = date(2026, 7, 28)
    for week in range(16):
        text = "What did I miss?\n" if week < 12 else "I missed nothing.\n"
        blog.post(f"{first + timedelta(weeks=week)}-letter-{week}", text)
    sentence = "None of the last 4 posts asks a question; 12 of 12 before did."

    assert f"{sentence} More: weekly stats" in lines(blog, "status")


def test_a_blog_without_a_letter_is_told_how_short_the_first_can_be(weekly: Blog) -> None:
    assert lines(weekly, "status") == [
        "This week, W47      Nothing yet. The first letter of a blog is on time on any day.",
        "Next week, W48      Nothing yet. A letter is due on Tuesday 24 November at 09:00.",
        "",
        "No letter is out yet. The first one can be two lines: weekly note",
    ]


def test_status_tells_this_week_the_next_and_the_rhythm(weekly: Blog) -> None:
    weekly.post("2026-10-20-one")
    weekly.post("2026-10-29-two")  # on Thursday
    weekly.post("2026-11-10-three")
    weekly.post("2026-11-17-four")
    weekly.post("2026-11-24-five", draft="true")

    assert lines(weekly, "status") == [
        "This week, W47      “Four” went out on Tuesday 17 November.",
        "Next week, W48      “Five” is begun. A letter is due on Tuesday 24 November at 09:00.",
        "",
        "All 5 weeks         ● ● ○ ● ●  4 with a letter (1 after its day), 1 without.",
        "Between letters     9 days as a rule; at the longest 12 days, "
        "29 October 2026 to 10 November 2026.",
        "A trait that waits  “Have an opinion”. For questions: weekly prompt",
    ]


def test_a_steady_rhythm_is_told_without_a_silence(weekly: Blog) -> None:
    weekly.post("2026-11-10-one")
    assert "First week          ●  1 with a letter." in lines(
        weekly, "status", "--now", "2026-11-10"
    )

    weekly.post("2026-11-17-two")
    assert lines(weekly, "status")[4] == "Between letters     7 days as a rule."


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ({}, "“Five” is ready and goes out on Tuesday 24 November at 09:00."),
        (
            {"status": "planned"},
            "“Five” is planned. A letter is due on Tuesday 24 November at 09:00.",
        ),
        ({"status": "idea"}, "Nothing yet. A letter is due on Tuesday 24 November at 09:00."),
    ],
)
def test_each_state_has_its_words(weekly: Blog, head: dict[str, str], told: str) -> None:
    weekly.post("2026-11-24-five", **head)

    assert lines(weekly, "status")[1] == f"Next week, W48      {told}"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-23", "A letter is due on Tuesday 24 November at 09:00."),
        ("2026-11-24 23:00", "A letter is due today at 09:00."),
        ("2026-11-25", "Tuesday 24 November has passed, and until Sunday it still counts."),
    ],
)
def test_a_day_has_passed_only_when_it_is_over(weekly: Blog, now: str, told: str) -> None:
    weekly.post("2026-11-24-five", draft="true")

    assert (
        lines(weekly, "status", "--now", now)[0] == f"This week, W48      “Five” is begun. {told}"
    )


def test_a_letter_that_waits_for_a_signature_says_so(weekly: Blog) -> None:
    weekly.set("require_approval = true\n")
    weekly.post("2026-11-24-five")

    assert "“Five” is ready and waits for a signature (approved_by)." in lines(weekly, "status")[1]


def test_days_off_are_kept_and_named(weekly: Blog) -> None:
    weekly.post("2026-11-10-one")
    write_away(weekly, "2026-11-16", "2026-11-27", "a holiday")

    told = lines(weekly, "status")
    assert told[:2] == [
        "This week, W47      Off: a holiday",
        "Next week, W48      Off: a holiday",
    ]
    assert "● –  1 with a letter, 1 off." in told[3]


def test_a_letter_that_was_begun_is_the_shortest_way_to_one(weekly: Blog) -> None:
    weekly.post("2026-11-03-one")
    weekly.post("2026-11-10-begun", draft="true")
    weekly.post("2026-10-27-older", status="planned")

    assert lines(weekly, "status")[1] == (
        "Begun before        “Begun” (content/posts/2026-11-10-begun.md), "
        "and 1 more: weekly calendar"
    )
    assert lines(weekly, "calendar", "--weeks", "1")[1:] == [
        "",
        "Begun for a week that is over:",
        "  draft      Begun (content/posts/2026-11-10-begun.md)",
        "  planned    Older (content/posts/2026-10-27-older.md)",
    ]
    told = json.loads(tell(weekly, "status", "--format", "json").stdout)
    assert [letter["title"] for letter in told["begun"]] == ["Begun", "Older"]

    weekly.post("2026-11-17-out")
    assert not any("Begun" in line for line in lines(weekly, "status"))


def test_after_two_missed_weeks_one_sentence_shows_the_way_back(weekly: Blog) -> None:
    weekly.post("2026-10-27-one")

    *_, blank, way_back = lines(weekly, "status")
    assert (blank, way_back) == (
        "",
        "It has been 2 weeks. Two lines are enough to be back: "
        'weekly note "What I heard this week"',
    )


def test_after_a_long_silence_nobody_counts(weekly: Blog) -> None:
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


def test_posts_that_cannot_be_read_are_named(weekly: Blog) -> None:
    weekly.post("2026-11-17-broken", titel="x")

    assert lines(weekly, "status")[-1] == (
        "Left out, since it can't be read: content/posts/2026-11-17-broken.md. See: weekly check"
    )


def test_status_is_there_for_machines(weekly: Blog) -> None:
    weekly.post("2026-11-03-one")
    weekly.post("2026-11-17-two")
    told = json.loads(tell(weekly, "status", "--format", "json").stdout)

    assert told["this_week"]["state"] == "published"
    assert told["next_week"] == {
        "week": "2026-W48",
        "due": "2026-11-24T09:00:00+00:00",
        "away": None,
        "state": None,
        "letters": [],
    }
    assert told["rhythm"]["12"] == {
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
    assert told["median_gap_days"] == 14
    assert (told["waiting_trait"], told["change"], told["unreadable"]) == (
        "Have an opinion",
        "",
        [],
    )
    assert told["longest_silence"] == {"days": 14, "after": "2026-11-03", "until": "2026-11-17"}


def test_weekly_alone_tells_the_status_in_a_blog_and_helps_elsewhere(
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
        "All letters        1   1   1",
    ]
    told = json.loads(tell(weekly, "status", "--since", "2026-11", "--format", "json").stdout)
    assert (told["months"], told["letters"]) == (["2026-11"], [1])
    assert [trait["share"] for trait in told["traits"]] == [100, 0]


def test_the_balance_of_a_time_that_is_over_ends_with_it(weekly: Blog) -> None:
    weekly.post("2025-12-30-one")
    weekly.post("2026-02-03-two", tags="[risk]")
    weekly.post("2026-11-10-three")

    assert lines(weekly, "status", "--until", "2026-02") == [
        "                 Dec Jan Feb   of 100   last",
        "Listen and learn   1   ·   ·   50       30 Dec 2025",
        "Have an opinion    ·   ·   1   50       3 Feb 2026",
        "All letters        1   ·   1",
        "",
        "In the later half of that time more about “Have an opinion”, "
        "and less about “Listen and learn”.",
    ]


def test_a_span_of_more_than_a_year_is_told_by_year(weekly: Blog) -> None:
    weekly.post("2025-06-03-one")
    weekly.post("2025-07-01-two")
    weekly.post("2026-11-10-three")

    assert lines(weekly, "status", "--since", "2025-06")[:2] == [
        "                 2025 2026   of 100   last",
        "Listen and learn    2    1   100      a week ago",
    ]
    told = json.loads(tell(weekly, "status", "--since", "2025-06", "--format", "json").stdout)
    assert len(told["months"]) == 18


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
    ("month", "told"),
    [
        ("last", "--since: 'last' is not a month. Write one such as 2026-01."),
        ("2027-01", "--since: 2027-01 comes after 2026-11."),
    ],
)
def test_a_month_that_cannot_be_meant_is_told(blog: Blog, month: str, told: str) -> None:
    assert tell(blog, "status", "--since", month) == Told(2, "", f"weekly: {told}\n")


def test_a_target_for_a_trait_that_is_not_there_is_a_problem(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", f"{settings}[balance]\ncourag = 40\n")

    assert blog.problems() == [
        "content/site.toml:15:1: there is no trait 'courag'. Did you mean 'courage'?"
    ]


def test_a_prompt_gives_a_trait_a_reason_questions_and_letters(blog: Blog) -> None:
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
        "Letters to build on:",
        "  Brave (content/posts/2026-09-01-brave.md)",
        "",
        "Begin with it: weekly new --prompt",
    ]
    assert json.loads(tell(blog, "prompt", "--format", "json").stdout) == {
        "trait": "courage",
        "reason": WAITED,
        "questions": ["What do I think?", "What did I dare?", "Who disagrees?"],
        "builds_on": [{"path": "content/posts/2026-09-01-brave.md", "title": "Brave"}],
    }


def test_without_traits_there_is_no_prompt(blog: Blog) -> None:
    for name in ("listen", "courage"):
        (blog.folder / f"content/traits/{name}.md").unlink()

    assert tell(blog, "prompt") == Told(
        2, "", "weekly: there is no trait yet: add one to content/traits/.\n"
    )


def test_a_letter_begins_with_all_of_the_prompt(blog: Blog) -> None:
    blog.write("content/traits/courage.md", COURAGE)
    blog.post("2026-09-01-brave", tags="[risk]", title='"What [I] dared"')
    blog.post("2026-11-17-heard")
    told = tell(blog, "new", "--prompt")

    assert f"Its trait is 'Have an opinion'. {WAITED}" in told.stdout
    text = (blog.folder / "content/posts/2026-11-24-what-do-i-think.md").read_text("utf-8")
    assert text.startswith('---\ntitle: "What do I think?"\n')
    assert (
        "---\n\n"
        "> What do I think?\n>\n> What did I dare?\n>\n> Who disagrees?\n\n"
        "Earlier posts about it: [What \\[I\\] dared](<2026-09-01-brave.md>).\n\n"
        "Begin with what happened"
    ) in text
    assert blog.build(drafts=True).problems == ()
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
    told = json.loads(tell(weekly, "calendar", "--format", "json").stdout)
    assert [week["state"] for week in told["weeks"][:4]] == [
        "published",
        "scheduled",
        "planned",
        None,
    ]
    assert [idea["title"] for idea in told["ideas"]] == ["Thought"]


def test_the_calendar_can_be_a_file_for_a_calendar_program(weekly: Blog, tmp_path: Path) -> None:
    weekly.post("2026-11-24-ready")
    file = tmp_path / "letters.ics"
    told = tell(weekly, "calendar", "--ics", str(file))

    assert told.stdout.startswith(f"{file} is written.")
    assert b"\r\nSUMMARY:Ready (scheduled)\r\n" in file.read_bytes()


@pytest.mark.parametrize("number", ["0", "-1", "5000"])
def test_a_number_of_weeks_that_cannot_be_meant_is_told(blog: Blog, number: str) -> None:
    assert tell(blog, "calendar", f"--weeks={number}").exit_code == 2


@pytest.mark.parametrize("command", ["status", "prompt", "calendar"])
def test_telling_changes_nothing(blog: Blog, command: str) -> None:
    blog.post("2026-11-17-out")
    before = sorted(blog.folder.rglob("*"))
    first, second = tell(blog, command), tell(blog, command)

    assert first == second
    assert sorted(blog.folder.rglob("*")) == before
