from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.config.settings import FormSettings
from generator.importers.forms import consent_of, read_csv, read_xlsx
from generator.importers.found import Intake
from generator.model import Consent
from tests.importers.literals import SETTINGS, only, reasons, xlsx, zipped

MICROSOFT = """\
ID,Start time,Completion time,Email,Name,Last modified time,What would you like to say?,May we publish it?,Which letter?,How useful was it?
1,8/20/25 12:51:45,8/20/25 12:54:25,anonymous,Anonymous,,"The desk \u2014 it\u2019s great,
really",Yes with my name,Hello everyone,5
2,8/21/25 12:51:45,8/21/25 12:54:25,aoife@example.com,Aoife Brennan,,Call aoife@example.com please,Anonymously,abcd2345,4
3,8/21/25 12:51:45,8/21/25 12:54:25,bo@example.com,Bo,,,No,,4
"""  # noqa: E501
GOOGLE = """\
Timestamp,Email Address,Your name (optional),Your answer,And what should we do?
20/08/2025 12:51:45,a@example.com,,Yes!,Open the desk at seven.
8/9/2025 12:51:45,b@example.com,Tom,Thanks!,
8/9/2025 12:51:45,b@example.com,Tom,Thanks!,
"""


def read(text: str, encoding: str = "utf-8", **form: object) -> Intake:
    settings = FormSettings(**form)  # type: ignore[arg-type]
    return read_csv(text.encode(encoding), "a.csv", SETTINGS, settings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_microsoft_forms_in_any_encoding(encoding: str) -> None:
    intake = read(MICROSOFT, encoding)
    first, second = intake.found

    assert first.text == "The desk — it’s great,\\\nreally"
    assert (first.name, first.consent, first.to_post) == ("", Consent.PUBLIC, "Hello everyone")
    assert first.received == datetime(2025, 8, 20, 11, 54, 25, tzinfo=UTC)
    assert (second.name, second.consent, second.token) == (
        "Aoife Brennan",
        Consent.ANONYMOUS,
        "abcd2345",
    )
    assert second.text == "Call (address removed) please"
    assert "@" not in "".join(found.source_id for found in intake.found)
    assert reasons(intake) == ["a.csv:4: it has no words"]
    assert intake.notes == (
        "a.csv: the words are in 'What would you like to say?'",
        "a.csv: these columns were left out: 'How useful was it?'",
    )


def test_google_forms_with_two_questions_and_the_day_first() -> None:
    intake = read(GOOGLE)
    first, second, third = intake.found

    assert first.text == (
        "**Your answer**\n\nYes!\n\n**And what should we do?**\n\nOpen the desk at seven."
    )
    assert (first.name, second.name) == ("", "Tom")
    assert second.received == datetime(2025, 9, 8, 11, 51, 45, tzinfo=UTC)
    assert second.text == third.text
    assert second.source_id != third.source_id
    assert {found.consent for found in intake.found} == {Consent.PRIVATE}
    assert "no column says what may be published, so every reply is private" in intake.notes[-1]


def test_a_later_export_of_the_same_answers_has_the_same_ids() -> None:
    more = (
        "9/9/2025 12:51:45,c@example.com,Di,"
        + "A much longer answer to the question. " * 9
        + ",x\n"
    )
    before = [found.source_id for found in read(GOOGLE).found]

    assert [found.source_id for found in read(GOOGLE + more).found][:3] == before


def test_the_settings_name_the_columns() -> None:
    found = only(
        read(
            "A,B,C,D,E\nWords here,Aoife,Desk,no,3/4/2025\n",
            words=("a",), name="B", role="C", consent="D", date="E", dates="day-first",
        )
    )  # fmt: skip

    assert (found.text, found.name, found.role) == ("Words here", "Aoife", "Desk")
    assert (found.consent, found.received) == (
        Consent.PRIVATE,
        datetime(2025, 4, 2, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize("head", ["Adresse de messagerie", "Sähköposti", "邮箱"])
@pytest.mark.parametrize("cells", ["anonymous anonyme", "a@example.org anonymous"])
def test_a_column_of_addresses_is_never_words(head: str, cells: str) -> None:
    first, second = cells.split()
    text = (
        f"ID,Heure de fin,{head},Nom,Que voulez-vous dire ?,Pouvons-nous le citer ?\n"
        f"1,24/11/2026 09:03,{first},,Bien,Oui\n2,24/11/2026 09:04,{second},,Mal,Non\n"
    )
    one, two = read_csv(text.encode(), "a.csv", SETTINGS, FormSettings()).found

    assert [(one.text, one.consent), (two.text, two.consent)] == [
        ("Bien", Consent.PUBLIC),
        ("Mal", Consent.PRIVATE),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Can we share your comment?",
        "Could I print this?",
        "May we quote you?",
        "Dürfen wir deinen Kommentar zeigen?",
        "Pouvons-nous partager votre commentaire ?",
        "¿Podemos compartir su comentario?",
        "Mogen we je reactie delen?",
    ],
)
def test_the_question_about_publishing_is_no_words(head: str) -> None:
    text = f"Timestamp,Your comment,{head}\n2026-11-24 09:00,Good,Yes\n2026-11-24 09:01,Bad,No\n"
    one, two = read_csv(text.encode(), "a.csv", SETTINGS, FormSettings()).found

    assert [one.text, two.text] == ["Good", "Bad"]
    assert [one.consent, two.consent] == [Consent.PUBLIC, Consent.PRIVATE]


@pytest.mark.parametrize("head", ["Token", "ID of the letter", "q7"])
def test_a_post_is_known_by_its_token_whatever_the_column_is_called(head: str) -> None:
    found = only(read(f"Timestamp,{head},Your answer\n2026-11-18 09:15,edwt34hz,Anything\n"))

    assert (found.token, found.text) == ("edwt34hz", "Anything")


def test_a_website_of_the_writer_is_no_post() -> None:
    intake = read("Timestamp,Your site,Your answer\n2026-11-18 09:15,https://a.example/,Yes\n")

    assert only(intake).permalink == ""
    assert "a.csv: these columns were left out: 'Your site'" in intake.notes


def test_a_column_that_is_not_there_is_a_problem_with_a_suggestion() -> None:
    assert reasons(read(GOOGLE, words=("Your answr",))) == [
        "a.csv: it has no column 'Your answr', which replies.form.words names. "
        "Did you mean 'Your answer'?"
    ]


def test_a_table_of_something_else_is_set_aside() -> None:
    assert reasons(read("post_id,title\n1,Hello\n")) == [
        "a.csv: it is no table of answers; if it is one, name its columns in site.toml, as "
        "replies.form"
    ]


def test_columns_of_people_are_found_below_a_title_and_in_parts() -> None:
    found = only(
        read(
            "Our form;;;;\nTimestamp;First name;Last name;Your team;Your question\n"
            "2025-08-20 12:00;Aoife;Brennan;Desk;When?\n"
        )
    )

    assert (found.name, found.role, found.text) == ("Aoife Brennan", "Desk", "When?")
    assert found.position == "a.csv:3"


@pytest.mark.parametrize(
    ("answer", "consent"),
    [
        ("Yes", Consent.PUBLIC),
        ("Yes, with my name", Consent.PUBLIC),
        ("Yes, with my initials only", Consent.INITIALS),
        ("Yes, but without my name", Consent.ANONYMOUS),
        ("Ja, anonym", Consent.ANONYMOUS),
        ("No", Consent.PRIVATE),
        ("Nein", Consent.PRIVATE),
        ("Please don't publish", Consent.PRIVATE),
        ("Do not publish it", Consent.PRIVATE),
        ("No, not with my name", Consent.PRIVATE),
        ("No, not even anonymously", Consent.PRIVATE),
        ("Please don't publish it, not even anonymously", Consent.PRIVATE),
        ("Bitte nicht veröffentlichen, auch nicht anonym", Consent.PRIVATE),
        ("No initials, no name", Consent.PRIVATE),
        ("I'd rather you did not", Consent.PRIVATE),
        ("Yes, but do not", Consent.PRIVATE),
        ("Yes, but not with my name", Consent.ANONYMOUS),
        ("Yes, but don't use my name: anonymously", Consent.ANONYMOUS),
        ("Yes - anonymously", Consent.ANONYMOUS),
        ("Perhaps", Consent.PRIVATE),
        ("", Consent.PRIVATE),
    ],
)
def test_what_is_not_clearly_a_yes_is_private(answer: str, consent: Consent) -> None:
    assert consent_of(answer) is consent


@pytest.mark.parametrize(
    "payload", ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-1", "BEGIN:VCALENDAR"]
)
def test_what_a_spreadsheet_would_run_is_words(payload: str) -> None:
    found = only(read(f'Timestamp,Your answer\n2025-08-20 12:00,"{payload}"\n'))

    assert found.text.replace("\\", "") == payload


def test_a_workbook_is_read_as_the_same_table() -> None:
    rows = (
        ("ID", "Completion time", "Email", "Name", "Your answer"),
        (1, 45889.5, "anonymous", "", "Hello — “you” & <all>"),
    )
    found = only(read_xlsx(xlsx(*rows), "a.xlsx", SETTINGS, FormSettings()))

    assert found.text == "Hello — “you” & \\<all>"
    assert found.received == datetime(2025, 8, 20, 11, tzinfo=UTC)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "data",
    [
        xlsx(sheet=SHEET + FAR + "</sheetData></worksheet>"),
        xlsx(sheet=SHEET + '<row><c x=">" r="XFD1048576"/></row></sheetData></worksheet>'),
        xlsx(sheet=SHEET + "<row><c r='ZZZZZZ99999999999'/></row></sheetData></worksheet>"),
        xlsx(sheet=SHEET + "<row>" + "<c/>" * 1_000 + "</row></sheetData></worksheet>"),
        xlsx(sheet=SHEET + "<row><c/></row>" * 60_000 + "</sheetData></worksheet>"),
        xlsx(sheet=SHEET + "A" * 70_000_000),
        xlsx(sheet=SHEET + "<row"),
        xlsx(sheet=f'<!DOCTYPE x [<!ENTITY a "b">]>{SHEET}'),
        xlsx(sheet="{}", **{"xl/worksheets/sheet1.bin": "x"}),
        zipped({"mimetype": "application/vnd.oasis.opendocument", "content.xml": "<x/>"}),
        b"PK\x03\x04" + b"x" * 100,
        b"\xd0\xcf\x11\xe0" + b"x" * 100,
    ],
    ids=["far", "hidden", "overflow", "wide", "long", "bomb", "cut", "entities", "no sheet", "ods",
         "damaged", "xls"],
)  # fmt: skip
def test_a_workbook_that_would_do_harm_is_refused(data: bytes) -> None:
    """A cell in the last row and column ends the whole program in python-calamine."""
    intake = read_xlsx(data, "a.xlsx", SETTINGS, FormSettings())

    assert intake.found == ()
    assert len(reasons(intake)) <= 1


def test_without_the_package_a_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)

    assert reasons(read_xlsx(xlsx(("a",)), "a.xlsx", SETTINGS, FormSettings())) == [
        "a.xlsx: reading .xlsx needs the package python-calamine; save it as .csv, or run: "
        "pip install 'cio-weekly[listen]'"
    ]
