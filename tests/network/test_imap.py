"""Mail from a real Dovecot on this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.network import imap
from generator.network.client import Client, Limits, UnansweredError
from generator.network.imap import Login, Mail, MailFolder, Mark, new_mails
from generator.site.message_ids import token_in_subject
from tests.commands import run
from tests.conftest import Blog, files_below
from tests.network import dovecot
from tests.network.dovecot import DOVECOT, OPENSSL, PASSWORD, USER, WHY_SKIPPED, Dovecot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DOVECOT and OPENSSL), reason=WHY_SKIPPED),
]


def mail(number: int, words: str = "The desk opens too late.", subject: str = "Re: Hello") -> bytes:
    """A mail as it arrives."""
    head = f"From: Bob Moss <bob@example.com>\r\nSubject: {subject}\r\nMessage-ID: <{number}@there>"
    return f"{head}\r\nDate: Wed, 18 Nov 2026 09:15:00 +0000\r\n\r\n{words}\r\n".encode()


@pytest.fixture(scope="module")
def started() -> Iterator[Dovecot]:
    # not below pytest's own folder, which nobody else may enter
    with TemporaryDirectory(prefix="weekly-dovecot-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server, process = dovecot.start(folder)
        try:
            yield server
        finally:
            process.terminate()
            process.wait(10)
            if process.stderr:
                process.stderr.close()


@pytest.fixture
def server(started: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The server without mail, whose certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(started.certificate))
    for path in started.maildir.rglob("*"):
        if path.is_file() and path.parent.name in ("cur", "new"):
            path.unlink()
    return started


def at(server: Dovecot, folder: str = "INBOX") -> MailFolder:
    return MailFolder("localhost", server.port, folder)


def read(server: Dovecot, mark: Mark = Mark(), folder: str = "INBOX") -> list[Mail]:  # noqa: B008
    return [*new_mails(at(server, folder), Login(USER, PASSWORD), mark)]


def failure(server: Dovecot, login: Login, folder: str = "INBOX") -> str:
    with pytest.raises(UnansweredError) as raised:
        list(new_mails(at(server, folder), login, Mark()))
    return str(raised.value)


def test_new_mail_is_read_once_and_stays_as_it_is(server: Dovecot) -> None:
    server.deliver("1", mail(1))
    server.deliver("2", mail(2, "Thank you."))
    first = read(server)
    server.deliver("3", mail(3))

    second = read(server, first[-1].mark)

    assert sorted(each.data for each in first) == sorted((mail(1), mail(2, "Thank you.")))
    assert [each.data for each in second] == [mail(3)]
    assert read(server, second[-1].mark) == []
    flagged = [name for name in server.names() if ",S" in name or ":2,S" in name]
    assert flagged == []  # no mail counts as read


def test_another_validity_means_that_all_numbers_are_new(server: Dovecot) -> None:
    server.deliver("1", mail(1))

    (found,) = read(server, Mark(validity=7, uid=1_000_000))

    assert found.data == mail(1)
    assert found.mark.validity != 7


def test_a_folder_with_a_name_of_its_own(server: Dovecot) -> None:
    server.deliver("1", mail(1), folder="R&AOk-ponses &- plus")

    assert [each.data for each in read(server, folder="Réponses & plus")] == [mail(1)]


def test_a_token_of_the_companys_sign_in_is_a_login(server: Dovecot) -> None:
    server.deliver("1", mail(1))
    login = Login(USER, token=dovecot.access_token(time.time()))

    assert [each.data for each in new_mails(at(server), login, Mark())] == [mail(1)]


def test_a_wrong_login_is_one_plain_line_without_it(server: Dovecot) -> None:
    assert failure(server, Login(USER, "not the secret")) == "it refuses the login"
    assert failure(server, Login(USER, "", "not a token")) == "it refuses the login"


def test_a_folder_that_is_not_there(server: Dovecot) -> None:
    login = Login(USER, PASSWORD)

    assert failure(server, login, folder="Nowhere") == "it has no folder 'Nowhere'"


def test_a_certificate_that_nobody_vouches_for(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    assert failure(server, Login(USER, PASSWORD)) == "its certificate is not valid"


def test_a_certificate_for_another_name(server: Dovecot) -> None:
    elsewhere = MailFolder("127.0.0.1", server.port, "INBOX")

    with pytest.raises(UnansweredError, match="its certificate is not valid"):
        list(new_mails(elsewhere, Login(USER, PASSWORD), Mark()))


def test_a_mail_that_is_too_large_is_not_transferred(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 1_000)
    server.deliver("1", mail(1, "x" * 2_000))
    server.deliver("2", mail(2))

    assert sorted(len(each.data) for each in read(server)) == [0, len(mail(2))]


def test_a_run_takes_so_many_mails_and_the_next_goes_on(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST", 2)
    for number in range(3):
        server.deliver(str(number), mail(number))
        time.sleep(0.01)

    first = read(server)

    assert len(first) == 2
    assert len(read(server, first[-1].mark)) == 1


def test_mail_becomes_replies_without_an_address_and_only_once(server: Dovecot, blog: Blog) -> None:
    site = blog.folder / "content/site.toml"
    settings = f'\n[replies.sources.mail]\nhost = "localhost"\nport = {server.port}\n'
    site.write_text(site.read_text() + settings)
    blog.post("2026-11-16-hello")
    subject = f"Re: Hello {token_in_subject('example.org,2026', '2026-11-16-hello')}"
    server.deliver("1", mail(1, "Why so late?\r\n\r\n-- \r\nBob, bob@example.com", subject))
    away = b"Auto-Submitted: auto-replied\r\n" + mail(2, "I am away.", subject)
    server.deliver("2", away)
    login = {"WEEKLY_IMAP_USER": USER, "WEEKLY_IMAP_PASSWORD": PASSWORD}

    def fetch() -> tuple[dict[str, int], str]:
        options = ("--blog", str(blog.folder), "--format", "json")
        result = run("replies", "fetch", *options, **login)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout), result.stderr

    first, said = fetch()
    files = files_below(blog.folder / "content/replies")
    second, _ = fetch()
    (blog.folder / ".weekly/replies.json").unlink()
    third, _ = fetch()

    assert first == {"found": 2, "new": 1, "known": 0, "set_aside": 1, "refused": 0}
    assert second["found"] == 0
    assert third == {"found": 2, "new": 0, "known": 1, "set_aside": 1, "refused": 0}
    assert said == f"localhost/INBOX:{_uid(said)}: set aside: it is an automatic answer\n"
    ((name, data),) = files.items()
    assert name.startswith("2026-11-16-hello/2026-11-18T0915-")
    assert data.endswith(b"\n---\n\nWhy so late?\n")
    assert files_below(blog.folder / "content/replies") == files
    everything = b"".join(files_below(blog.folder).values())
    for secret in (PASSWORD.encode(), b"bob@example.com", b"@there"):
        assert secret not in everything


def _uid(line: str) -> str:
    return line.split(":")[1]


def test_without_a_login_it_says_what_to_set(blog: Blog) -> None:
    site = blog.folder / "content/site.toml"
    site.write_text(site.read_text() + '\n[replies.sources.mail]\nhost = "imap.example.org"\n')

    result = run("replies", "fetch", "--blog", str(blog.folder), WEEKLY_IMAP_USER="helen")

    assert result.exit_code == 1
    assert result.stderr == (
        "imap.example.org/INBOX: set WEEKLY_IMAP_USER, and WEEKLY_IMAP_PASSWORD or "
        "WEEKLY_IMAP_TOKEN, in the environment\n"
    )


def test_the_https_client_checks_certificates_too(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail server speaks TLS as a web server does, until it says what it is."""
    monkeypatch.setenv("no_proxy", "*")
    client = Client("https://example.org/", now=0, limits=Limits(seconds=5, pause=0))
    url = f"https://localhost:{server.port}/"

    def reason() -> str:
        with pytest.raises(UnansweredError) as raised:
            client.get(url)
        return str(raised.value)

    trusted = reason()
    monkeypatch.delenv("SSL_CERT_FILE")

    assert trusted == "its answer can't be read"
    assert reason() == "its certificate is not valid"


def test_a_server_that_stops_in_the_middle_meets_the_deadline(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LONGEST_RUN", 0.3)
    server.deliver("1", mail(1))

    fetched = imap._mail

    def slow(connection: imap._Bounded, uid: int) -> bytes | None:
        time.sleep(0.6)
        return fetched(connection, uid)

    monkeypatch.setattr(imap, "_mail", slow)

    assert failure(server, Login(USER, PASSWORD)) == "it does not answer in time"
