"""`weekly mail send` and `status`, against servers on this machine."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.cli import mail_send
from tests.conftest import SITE, Blog
from tests.mail.houses import POST, STAFF, House
from tests.mail.post_office import AUTHORITY, PASSWORD, USER, PostOffice


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """No test waits; what would have been waited for is listed."""
    waited: list[float] = []
    monkeypatch.setattr(mail_send, "sleep", waited.append)
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"WEEKLY_SMTP_{name}", raising=False)
    return waited


@pytest.fixture
def house(blog: Blog, office: PostOffice) -> House:
    return House(blog, office.port, STAFF)


def test_each_gets_a_message_of_their_own_once(house: House, office: PostOffice) -> None:
    result = house.send()

    assert result.exit_code == 0, result.stderr
    assert "Sent to 6 recipients. Commit content/sent.txt.\n" in result.stdout
    assert office.recipients() == STAFF
    assert office.sizes == [1] * 6
    assert office.sessions == 1
    for address, data in office.got:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert message["To"] == address
        assert not [other for other in STAFF if other != address and other.encode() in data]


def test_the_record_has_the_post_and_no_address(house: House) -> None:
    house.send()

    (line,) = house.record
    assert re.fullmatch(
        rf"sent {POST} 2026-11-22T12:00:00Z run=[0-9a-f]{{16}} text=[0-9a-f]+ "
        "accepted=6 refused=0 unknown=0",
        line,
    )
    below = [path for path in house.blog.folder.rglob("*") if path.is_file()]
    assert not [path for path in below if b"staff00" in path.read_bytes()]


def test_a_post_is_not_sent_twice_even_if_it_has_changed(house: House, office: PostOffice) -> None:
    house.send()
    again = house.send()
    assert again.exit_code == 0
    assert "was sent on 2026-11-22; nothing was sent now.\n" in again.stdout

    house.blog.post(POST, "Nobody asked me in the lift.\n")
    changed = house.send()
    assert "nothing was sent now. It has changed since, and is not sent again." in changed.stdout
    assert office.recipients() == STAFF
    assert "changed since" in house.mail("status").stdout


def test_a_lost_line_of_the_record_sends_nothing_twice(house: House, office: PostOffice) -> None:
    """Such as by a git checkout of an earlier commit."""
    house.send()
    (house.blog.folder / "content" / "sent.txt").unlink()
    result = house.send()

    assert office.recipients() == STAFF
    assert result.exit_code == 0
    assert "accepted=6" in house.record[0]


def test_notes_that_are_lost_leave_it_unknown(house: House, office: PostOffice) -> None:
    office.answers = {STAFF[5]: ["450 later"] * 9}
    house.send()
    notes = house.blog.folder / ".weekly" / "mail" / "sent"
    for path in notes.iterdir():
        path.unlink()
    result = house.send()

    assert result.exit_code == 1
    assert "who got it is unknown" in result.stderr
    assert office.recipients() == STAFF[:5]
    assert house.mail("status").stdout.startswith("unknown ")


def test_a_record_that_cannot_be_read_stops_everything(house: House, office: PostOffice) -> None:
    house.blog.write("content/sent.txt", "<<<<<<< HEAD\nsent x\n")
    result = house.send()

    assert result.exit_code == 1
    assert result.stderr.count("content/sent.txt:") == 2
    assert not office.got


@pytest.mark.parametrize(
    ("staff", "line", "message"),
    [
        ("a@example.org b@c.org\n", 1, "this line is no address"),
        ("# all\n\nada\n", 3, "this line is no address"),
        ("a@example.org\nb@exa mple.org\n", 2, "this line is no address"),
        ("Bcc: eve@example.org\n", 1, "this line is no address"),
        ("a@example.org\x0bBcc:eve@example.org\n", 1, "this line is no address"),
        ("a@example.org>\n", 1, "this line is no address"),
        ("ÅÄÖ@example.org\n", 1, "this line is no address"),
        ("", 0, "nobody is in this file"),
        ("# none\n", 0, "nobody is in this file"),
    ],
)
def test_a_file_of_recipients_with_errors_sends_nothing(
    house: House, office: PostOffice, staff: str, line: int, message: str
) -> None:
    house.file.write_text(staff)
    result = house.send()

    assert result.exit_code == 1
    assert f"{house.file}{f':{line}' if line else ''}: {message}" in result.stderr
    assert "example.org" not in result.stderr.replace("such as ada@example.org", "")
    assert not office.got


def test_recipients_inside_the_repository_are_refused(house: House, office: PostOffice) -> None:
    inside = house.blog.write("recipients.txt", "a@example.org\n")
    result = house.send("--recipients", str(inside))
    assert "inside the blog's folder" in result.stderr

    (house.file.parent / ".git").mkdir()
    result = house.send()
    assert "inside the repository" in result.stderr
    assert not office.got


def test_an_address_that_is_there_twice_gets_one(house: House, office: PostOffice) -> None:
    house.file.write_text("\ufeffAda <ada@example.org>\nADA@example.org\ncy@example.org\n")
    result = house.send()

    assert "To: 2 recipients, a message each; 1 line repeated\n" in result.stdout
    assert sorted(address.lower() for address in office.recipients()) == [
        "ada@example.org",
        "cy@example.org",
    ]


def test_a_list_is_one_recipient(house: House, office: PostOffice) -> None:
    house.settings(office.port, 'to = "all-staff@example.org"\n')
    result = house.send()

    assert result.exit_code == 0, result.stderr
    assert office.recipients() == ["all-staff@example.org"]


def test_each_has_a_link_of_their_own_to_leave(house: House, office: PostOffice) -> None:
    house.settings(office.port, 'unsubscribe_url = "https://example.org/leave?who={token}"\n')
    house.file.write_text("a@example.org\nb@example.org\nC <c@example.org>, given-42\n")
    house.send()

    found = [re.search(rb"leave\?who=([\w-]+)", data) for _, data in office.got]
    tokens = [match[1] for match in found if match]
    assert len(set(tokens)) == 3
    assert tokens[2] == b"given-42"
    assert all(b"List-Unsubscribe=One-Click" in data for _, data in office.got)


def test_a_test_goes_to_one_address_and_is_not_recorded(house: House, office: PostOffice) -> None:
    result = house.mail("send", "--test", "me@example.org")

    assert result.exit_code == 0, result.stderr
    assert office.recipients() == ["me@example.org"]
    assert not house.record
    house.send()
    ids = {email.message_from_bytes(data)["Message-ID"] for _, data in office.got}
    assert len(ids) == 2  # so no server takes the letter for a second copy of the test
    assert house.mail("send", "--test", "a@b@c").exit_code == 2


def test_a_dry_run_connects_to_nothing(house: House, office: PostOffice) -> None:
    result = house.mail("send", "--dry-run")

    assert result.exit_code == 0
    assert "Subject: In The Lift\nFrom: Ada Marsh <ada@example.org>\n" in result.stdout
    assert "To: 6 recipients, a message each\n" in result.stdout
    assert office.sessions == 0
    assert not house.record


@pytest.mark.parametrize(("typed", "count"), [("6", 6), ("", 0), ("y", 0), ("5", 0), (" 6 ", 6)])
def test_the_number_of_recipients_has_to_be_typed(
    house: House, office: PostOffice, monkeypatch: pytest.MonkeyPatch, typed: str, count: int
) -> None:
    monkeypatch.setattr(mail_send, "is_interactive", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: typed)
    result = house.mail("send")

    assert len(office.got) == count
    assert bool(house.record) == bool(count)
    assert result.exit_code == (0 if count else 1)


def test_nothing_is_sent_where_nobody_can_be_asked(house: House, office: PostOffice) -> None:
    result = house.mail("send")

    assert result.exit_code == 2
    assert "use --yes to send" in result.stderr
    assert office.sessions == 0


def test_only_a_published_post_is_sent(house: House, office: PostOffice) -> None:
    house.blog.post("2026-11-21-later", status="draft")
    house.blog.post("2026-12-24-christmas")
    for name in ("later", "christmas"):
        result = house.send(name)
        assert result.exit_code == 1
        assert "not published" in result.stderr
    assert not office.got
    assert house.mail("send", "later", "--test", "me@example.org").exit_code == 0


def test_settings_that_are_missing_are_named_together(house: House) -> None:
    house.blog.write("content/site.toml", SITE + '\n[mail]\nto = "all@example.org"\n')
    result = house.send()

    assert result.exit_code == 1
    assert "there is no 'from'" in result.stderr
    assert "there is no 'host'" in result.stderr
    house.blog.write("content/site.toml", SITE)
    assert house.send().exit_code == 1


# what servers do


def test_a_recipient_that_is_refused_is_named_and_the_others_get_it(
    house: House, office: PostOffice
) -> None:
    office.answers = {STAFF[2]: [f"550 5.1.1 <{STAFF[2]}>: no such user"]}
    result = house.send()

    assert result.exit_code == 1
    assert result.stderr == (
        f"{house.file}:3: the server refuses this recipient: 550 5.1.1 …: no such user.\n"
    )
    assert office.recipients() == [each for each in STAFF if each != STAFF[2]]
    assert "accepted=5 refused=1 unknown=0" in house.record[0]
    assert "nothing was sent now" in house.send().stdout


def test_a_server_that_asks_to_come_back_later_gets_it_later(
    house: House, office: PostOffice, hasty: list[float]
) -> None:
    office.answers = {STAFF[1]: ["450 4.2.0 greylisted"], STAFF[4]: ["451 busy", "450 busy"]}
    result = house.send()

    assert result.exit_code == 0, result.stderr
    assert sorted(office.recipients()) == STAFF
    assert [wait for wait in hasty if wait >= 60] == [60, 300]


def test_who_is_put_off_too_long_gets_it_by_the_next_run(house: House, office: PostOffice) -> None:
    office.answers = {STAFF[1]: ["450 greylisted"] * 4}
    first = house.send()

    assert first.exit_code == 1
    assert f"{house.file}:2: the server puts off this recipient: 450 greylisted." in first.stderr
    assert "Sent to 5 recipients, 1 to go. Run the same command again.\n" in first.stdout
    assert house.record[0].startswith("begun ")
    assert "1 to go" in house.mail("status").stdout
    assert house.send().exit_code == 0
    assert sorted(office.recipients()) == STAFF


@pytest.mark.parametrize("fault", ["421 4.3.2 shutting down", "lost"])
def test_a_connection_that_ends_before_a_message_is_made_again(
    house: House, office: PostOffice, fault: str
) -> None:
    office.answers = {STAFF[3]: [fault]}
    result = house.send()

    assert result.exit_code == 0, result.stderr
    assert office.recipients() == STAFF
    assert office.sessions == 2


def test_a_server_that_ends_each_connection_is_left_alone(house: House, office: PostOffice) -> None:
    office.answers = {STAFF[3]: ["421 too many messages"] * 3}
    result = house.send()

    assert result.exit_code == 1
    assert "the server ends each connection: 421 too many messages." in result.stderr
    assert office.recipients() == STAFF[:3]
    assert house.send().exit_code == 0
    assert office.recipients() == STAFF


@pytest.mark.parametrize("fault", ["lost", "lost after"])
def test_an_answer_that_is_lost_leaves_it_unknown_for_good(
    house: House, office: PostOffice, fault: str
) -> None:
    """We can't tell whether the server had accepted it; so it is not sent a second time."""
    office.after_data = ["250 OK", fault]
    result = house.send()

    assert result.exit_code == 1
    assert f"{house.file}:2: the answer was lost: the connection was lost." in result.stderr
    assert "Sent to 5 recipients, 1 unknown." in result.stdout
    assert "accepted=5 refused=0 unknown=1" in house.record[0]
    assert f"{house.file}:2: unknown" in house.mail("status").stdout
    house.send()
    assert office.recipients().count(STAFF[1]) == (fault == "lost after")


def test_a_message_that_is_put_off_after_it_was_sent_is_sent_again(
    house: House, office: PostOffice
) -> None:
    office.after_data = ["451 4.7.1 greylisted"]
    assert house.send().exit_code == 0
    assert sorted(office.recipients()) == STAFF


def test_a_server_that_refuses_everyone_is_asked_five_times(
    house: House, office: PostOffice
) -> None:
    """It is not about the recipients then, and none of them is given up."""
    office.answers = {"*": ["554 5.7.1 relay access denied"] * 5}
    result = house.send()

    assert result.exit_code == 1
    assert "the server refuses everyone: 554 5.7.1 relay access denied." in result.stderr
    assert house.send().exit_code == 0
    assert sorted(office.recipients()) == STAFF


def test_a_server_that_cannot_be_reached_is_one_line(house: House) -> None:
    house.settings(1)
    result = house.send()

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "127.0.0.1, port 1, can't be reached: connection refused." in line
    assert not house.record


# encryption and logins


@pytest.fixture
def served(blog: Blog) -> Iterator[Callable[..., tuple[House, PostOffice]]]:
    started: list[PostOffice] = []

    def start(tls: str, **options: bool | str) -> tuple[House, PostOffice]:
        office = PostOffice(tls, **options)  # type: ignore[arg-type]
        office.start()
        started.append(office)
        house = House(blog, office.port, STAFF[:2])
        house.settings(office.port, f'tls = "{tls}"\n', host="localhost")
        return house, office

    yield start
    for office in started:
        office.stop()


Served = Callable[..., tuple[House, PostOffice]]
TRUST = {"SSL_CERT_FILE": str(AUTHORITY)}
LOGIN = {"WEEKLY_SMTP_USER": USER, "WEEKLY_SMTP_PASSWORD": PASSWORD}


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # aiosmtpd sees only STARTTLS as encryption
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_is_verified_and_logged_in_to(served: Served, tls: str) -> None:
    house, office = served(tls, wants_login=True)
    result = house.send(**TRUST, **LOGIN)

    assert result.exit_code == 0, result.stderr
    assert office.recipients() == STAFF[:2]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("certificate", "trust", "why"),
    [
        ("expired.pem", TRUST, "certificate has expired"),
        ("server.pem", {}, "unable to get local issuer certificate"),
    ],
)
def test_a_certificate_that_is_not_valid_stops_everything(
    served: Served, tls: str, certificate: str, trust: dict[str, str], why: str
) -> None:
    house, office = served(tls, certificate=certificate)
    result = house.send(**trust)

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert f"the certificate of localhost is not valid: {why}." in line
    assert not office.got
    assert not house.record


def test_a_certificate_for_another_name_stops_everything(served: Served) -> None:
    house, office = served("starttls")
    house.settings(office.port, 'tls = "starttls"\n', host="127.1")
    result = house.send(**TRUST)

    assert result.exit_code == 1
    assert "the certificate of 127.1 is not valid" in result.stderr
    assert not office.got


def test_a_wrong_password_is_one_line(served: Served) -> None:
    house, _ = served("starttls", wants_login=True)
    result = house.send(**TRUST, **LOGIN | {"WEEKLY_SMTP_PASSWORD": "wrong"})

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "the server refuses the login: 535" in line
    assert "wrong" not in line
    assert not house.record


def test_a_server_that_wants_a_login_is_one_line(served: Served) -> None:
    house, office = served("starttls", wants_login=True)
    result = house.send(**TRUST)

    assert result.exit_code == 1
    assert "the server wants a login" in result.stderr
    assert not office.got
    assert house.send(**TRUST, **LOGIN).exit_code == 0
    assert office.recipients() == STAFF[:2]


def test_a_password_is_asked_for_at_a_terminal(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, office = served("starttls", wants_login=True)
    monkeypatch.setattr(mail_send, "is_interactive", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: USER)
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda prompt: PASSWORD)
    assert house.send("--login", **TRUST).exit_code == 0
    assert office.recipients() == STAFF[:2]


def test_a_server_without_encryption_gets_nothing(house: House, office: PostOffice) -> None:
    house.settings(office.port, 'tls = "starttls"\n')
    result = house.send()

    assert "offers no encryption" in result.stderr
    house.settings(office.port, 'tls = "tls"\n')
    assert "does not encrypt" in house.send().stderr
    assert not office.got


# for jobs


def test_a_job_sends_what_is_new_and_nothing_else(house: House, office: PostOffice) -> None:
    house.blog.post("2026-11-01-old")
    assert house.mail("status", "--new").stdout == f"content/posts/{POST}.md\n"
    assert house.send("--new").exit_code == 0
    assert office.recipients() == STAFF
    assert house.mail("status", "--new").stdout == ""
    again = house.send("--new")
    assert again.exit_code == 0
    assert again.stdout == "There is no new post to send.\n"
    assert len(office.got) == 6


def test_a_claim_is_sent_from_this_folder_only(house: House, office: PostOffice) -> None:
    assert house.mail("send", "--new", "--claim").exit_code == 0
    assert house.record[0].startswith(f"begun {POST} ")
    assert office.sessions == 0
    assert house.send("--new").exit_code == 0
    assert office.recipients() == STAFF


def test_the_rate_is_bounded(house: House, office: PostOffice, hasty: list[float]) -> None:
    house.settings(office.port, "rate = 30\n")
    house.send()

    assert len([wait for wait in hasty if wait > 1]) == 5


def test_status_shows_all_that_is_known_of_each_post(house: House) -> None:
    assert house.mail("status").stdout == "unsent               In The Lift\n"
    house.send()
    house.blog.post("2026-11-21-again")
    assert house.mail("status").stdout == (
        "unsent               Again\nsent     2026-11-22  In The Lift (6 recipients)\n"
    )
    assert '"accepted": 6' in house.mail("status", "--format", "json").stdout


def test_a_key_that_is_exchanged_stops_everything(house: House, office: PostOffice) -> None:
    office.answers = {STAFF[5]: ["450 later"] * 4}
    house.send()
    key = house.file.with_name("recipients.txt.key")
    key.write_text("00" * 32)
    result = house.send()

    assert result.exit_code == 1
    assert "can't be read with the key" in result.stderr
    key.write_text("no key")
    assert "this is not a key" in house.send().stderr
    assert len(office.got) == 5


def test_the_key_is_for_its_owner_only(house: House) -> None:
    house.send()

    assert house.file.with_name("recipients.txt.key").stat().st_mode & 0o077 == 0


def test_a_damaged_note_stops_everything(house: House, office: PostOffice) -> None:
    office.answers = {STAFF[5]: ["450 later"] * 4}
    house.send()
    (notes,) = (house.blog.folder / ".weekly" / "mail" / "sent").iterdir()
    lines = notes.read_text().splitlines()
    notes.write_text("\n".join([lines[0], "garbage", *lines[1:], ""]))
    result = house.send()

    assert result.exit_code == 1
    assert f"{Path(notes)}:2: this line is damaged" in result.stderr
    assert len(office.got) == 5


def test_status_writes_nothing_and_needs_no_addresses(house: House) -> None:
    house.mail("status")
    assert not house.file.with_name("recipients.txt.key").exists()

    house.send()
    house.file.unlink()
    assert "(6 recipients)" in house.mail("status").stdout
    assert house.mail("status", "--recipients", str(house.file)).exit_code == 1


def test_addresses_of_another_file_have_their_links_too(house: House, office: PostOffice) -> None:
    house.settings(
        office.port, 'to = "all@example.org"\nunsubscribe_url = "https://example.org/{token}"\n'
    )
    house.send("--recipients", str(house.file))
    assert all(b"List-Unsubscribe=One-Click" in data for _, data in office.got)


def test_a_list_has_no_link_that_would_end_it_for_all(house: House, office: PostOffice) -> None:
    house.settings(
        office.port, 'to = "all@example.org"\nunsubscribe_url = "https://example.org/{token}"\n'
    )
    house.send()
    ((_, data),) = office.got
    assert b"One-Click" not in data


def test_notes_of_an_earlier_try_do_not_belong_to_a_run_elsewhere(
    house: House, office: PostOffice
) -> None:
    """This machine was refused; another one then began, and its record came by git."""
    office.answers = {"*": ["550 not you"] * 6}
    house.send()
    assert not house.record
    elsewhere = f"begun {POST} 2026-11-22T12:00:00Z run=0123456789abcdef text=00"
    house.blog.write("content/sent.txt", f"{elsewhere}\n")
    result = house.send()

    assert result.exit_code == 1
    assert "who got it is unknown" in result.stderr
    assert house.record == [elsewhere]
    assert not office.got
    assert house.mail("status").stdout.startswith("unknown ")


def test_a_server_whose_day_is_over_gives_up_nobody(house: House, office: PostOffice) -> None:
    staff = [f"staff{number:03}@example.org" for number in range(12)]
    house.file.write_text("\n".join(staff))
    for address in staff[3:]:
        office.answers[address] = ["550 5.4.5 daily quota exceeded"]
    result = house.send()

    assert result.exit_code == 1
    assert result.stderr == (
        "content/site.toml: the server refuses one recipient after the other: 550 5.4.5 "
        "daily quota exceeded. They are tried again by the next run. "
        "Check the login, and 'from' in [mail].\n"
    )
    office.answers.clear()
    assert house.send().exit_code == 0
    assert sorted(office.recipients()) == staff
    assert "accepted=12 refused=0 unknown=0" in house.record[0]


def test_many_who_have_left_are_named_and_stop_nobody(house: House, office: PostOffice) -> None:
    staff = [f"staff{number:03}@example.org" for number in range(12)]
    house.file.write_text("\n".join(staff))
    for address in staff[3:10]:
        office.answers[address] = ["550 5.1.1 no such user"]
    house.send()

    assert office.recipients() == [*staff[:3], *staff[10:]]
    assert "accepted=5 refused=7 unknown=0" in house.record[0]


def test_who_was_refused_in_a_row_comes_last_by_the_next_run(
    house: House, office: PostOffice
) -> None:
    """So that nobody waits behind them for ever."""
    staff = [f"staff{number:03}@example.org" for number in range(12)]
    house.file.write_text("\n".join(staff))
    for address in staff[1:6]:
        office.answers[address] = ["550 go away"] * 9
    house.send()
    assert office.recipients() == staff[:1]
    house.send()
    assert office.recipients() == [staff[0], *staff[6:]]
    assert "5 to go" in house.mail("status").stdout
