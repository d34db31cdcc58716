"""`weekly replies import`: what comes in, what is left out, and the account of both."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.site.message_ids import message_id, token
from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog, files_below
from tests.importers.literals import comment, mail, wxr, xlsx
from tests.site.test_listening import post

SAMPLES = Path(__file__).parents[3] / "shared/samples"
ADDRESS = re.compile(rb"[\w.+-]+@[\w-]+\.[\w.]+|\b(?:\d{1,3}\.){3}\d{1,3}\b")

THREAD = "Jane Doe\nHead of Desk\n3mo\n\nWell said, by all.\n\nLike\nReply\n"
FORM = (
    "ID,Completion time,Email,Name,Your answer,May we publish it?\n"
    "1,11/18/26 9:15:00,anonymous,Anonymous,Open it earlier.,Yes\n"
)


@pytest.fixture
def letters(blog: Blog) -> Blog:
    post(blog)
    return blog


def bring(blog: Blog, path: Path, *more: str) -> Result:
    return run("replies", "import", str(path), *more, "--blog", str(blog.folder), **SUNDAY)


def counts(blog: Blog, path: Path, *more: str) -> dict[str, int]:
    result = bring(blog, path, "--format", "json", *more)
    assert result.exit_code == 0, result.stderr
    found: dict[str, int] = json.loads(result.stdout)
    assert found["found"] == sum(found.values()) - found["found"]
    return found


def replies_of(blog: Blog) -> dict[str, bytes]:
    return files_below(blog.folder / "content/replies")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with mails, answers, comments and a thread."""
    box = tmp_path / "in"
    for name, data in {
        "a.eml": mail("I agree. Call aoife@example.com.\n\nSent from my iPhone\n"),
        "Maildir/cur/1:2,S": mail("Me too.", own="<2@m>"),
        "Maildir/tmp/2": mail("Not finished.", own="<9@m>"),
        "away.eml": mail("I am away.", own="<3@m>", head="Auto-Submitted: auto-replied\n"),
        "form.csv": FORM.encode(),
        "form.xlsx": xlsx(("Timestamp", "Your answer"), ("2026-11-18 09:15", "Earlier, please.")),
        "wordpress.xml": wxr(comment(1), comment(2, parent=1, approved="spam")).encode(),
        "thread.txt": THREAD.encode(),
        "broken.xlsx": b"PK\x03\x04xl/workbook",
        ".DS_Store": b"x",
    }.items():
        (box / name).parent.mkdir(parents=True, exist_ok=True)
        (box / name).write_bytes(data)
    return box


def test_everything_in_a_folder_is_accounted_for(letters: Blog, folder: Path) -> None:
    result = bring(letters, folder)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "9 found: 6 new, 0 known, 2 set aside, 1 refused.\n"
        "in/away.eml: set aside: it is an automatic answer\n"
        "in/wordpress.xml:7: set aside: it is marked as spam there\n"
        "in/broken.xlsx: refused: it is damaged\n"
        "in/form.csv: the words are in 'Your answer'\n"
        "in/form.xlsx: the words are in 'Your answer'\n"
        "in/form.xlsx: no column says what may be published, so every reply is private\n"
        "Took 1 address of people or machines out of the words.\n"
        "3 replies do not say to which post: see content/replies/unassigned/.\n"
        "No page shows a reply before it is approved: weekly replies\n"
    )
    assert not ADDRESS.search(b"".join(replies_of(letters).values()))


def test_a_second_import_changes_no_byte(letters: Blog, folder: Path) -> None:
    first = counts(letters, folder)
    files = replies_of(letters)
    second = counts(letters, folder)

    assert first == {"found": 9, "new": 6, "known": 0, "set_aside": 2, "refused": 1}
    assert second == {"found": 9, "new": 0, "known": 6, "set_aside": 2, "refused": 1}
    assert replies_of(letters) == files


def test_two_machines_write_the_same_bytes(letters: Blog, folder: Path, tmp_path: Path) -> None:
    counts(letters, folder)
    files = replies_of(letters)
    for path in files:
        (letters.folder / "content/replies" / path).unlink()
    counts(letters, folder)

    assert replies_of(letters) == files


def test_what_somebody_has_changed_is_left_alone(letters: Blog, folder: Path) -> None:
    counts(letters, folder)
    path = next((letters.folder / "content/replies").rglob("*.md"))
    path.write_text(path.read_text().replace("state: new", "state: hidden") + "Edited.\n")
    moved = letters.folder / "content/replies/elsewhere" / path.name
    moved.parent.mkdir()
    path.rename(moved)
    text = moved.read_text()

    assert counts(letters, folder)["new"] == 0
    assert moved.read_text() == text
    assert not path.exists()


def test_the_reasons_go_where_they_do_not_disturb_a_program(letters: Blog, folder: Path) -> None:
    result = bring(letters, folder, "--format", "json")

    assert set(json.loads(result.stdout)) == {"found", "new", "known", "set_aside", "refused"}
    assert "in/away.eml: set aside: it is an automatic answer\n" in result.stderr


def test_nothing_is_published_by_an_import(letters: Blog, folder: Path) -> None:
    letters.build()
    before = files_below(letters.folder / "output")
    counts(letters, folder, "--to", "hello")
    letters.build()

    assert files_below(letters.folder / "output") == before


def test_a_mail_finds_its_post_and_then_its_page(letters: Blog, tmp_path: Path) -> None:
    """Three commands: import, decide, build."""
    authority, own = "example.org,2026", "2026-11-10-hello"
    answered = message_id(authority, own)
    data = mail(
        "When does it open?\n\nSent from Outlook for iOS\n",
        subject=f"Re: something else [#{token(authority, own)}]",
        head=f"In-Reply-To: {answered}\n",
    )
    (tmp_path / "a.eml").write_bytes(data)
    assert counts(letters, tmp_path / "a.eml")["new"] == 1
    (path,) = replies_of(letters)
    reply = Path(path).stem

    assert path == f"2026-11-10-hello/{reply}.md"
    decided = run(
        "replies", "decide", reply, "--approve", "--consent", "public", "--blog",
        str(letters.folder), **SUNDAY,
    )  # fmt: skip
    assert decided.exit_code == 0, decided.stderr
    letters.build()
    page = (letters.folder / "output/2026/hello/index.html").read_text()
    assert "When does it open?" in page
    assert "Outlook" not in page


def test_to_names_the_post_of_what_has_none(letters: Blog, tmp_path: Path) -> None:
    (tmp_path / "thread.txt").write_text(THREAD)
    bring(letters, tmp_path / "thread.txt", "--to", "hello")
    (path,) = replies_of(letters)

    assert path.startswith("2026-11-10-hello/undated-")
    result = bring(letters, tmp_path / "thread.txt", "--to", "helo")
    assert result.exit_code == 1
    assert "there is no post 'helo'. Did you mean 'hello'?" in result.stderr


def test_approve_approves_what_was_approved_there(letters: Blog, tmp_path: Path) -> None:
    (tmp_path / "w.xml").write_text(wxr(comment(1), comment(2, approved="0")))
    counts(letters, tmp_path / "w.xml", "--approve")
    states = [re.findall(rb"state: (\w+)", data)[0] for data in replies_of(letters).values()]

    assert sorted(states) == [b"approved", b"new"]


def test_a_wrong_path_is_a_plain_message(letters: Blog, tmp_path: Path) -> None:
    result = bring(letters, tmp_path / "nowhere")

    assert result.exit_code == 2
    assert result.stderr == f"weekly: there is no file or folder {tmp_path / 'nowhere'}.\n"


def test_a_blog_with_a_broken_reply_can_still_import(letters: Blog, folder: Path) -> None:
    letters.write("content/replies/hello/broken.md", "---\nstate: nonsense\n---\n")

    assert counts(letters, folder)["new"] == 6


def test_a_link_in_a_folder_is_not_followed(letters: Blog, tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text(THREAD)
    box = tmp_path / "in"
    box.mkdir()
    (box / "a.txt").symlink_to(outside)

    assert counts(letters, box)["set_aside"] == 1


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_real_exports_come_in_without_an_address(letters: Blog) -> None:
    found = counts(letters, SAMPLES / "comments")
    again = counts(letters, SAMPLES / "comments")
    medium = counts(letters, SAMPLES / "medium")

    assert (found["new"], found["refused"]) == (13, 0)
    assert (again["new"], again["known"]) == (0, 13)
    assert medium["new"] == 1
    assert counts(letters, SAMPLES / "wordpress")["refused"] == 0
    assert not ADDRESS.search(b"".join(replies_of(letters).values()))
    letters.build()
