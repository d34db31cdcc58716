"""`weekly mail send` against Debian's Postfix, with TLS and a login."""

from __future__ import annotations

import email
from collections.abc import Callable, Iterator

import pytest

from generator.cli import mail_send
from tests.conftest import Blog
from tests.mail.houses import STAFF, House
from tests.mail.post_office import AUTHORITY, PASSWORD, USER, wait_until
from tests.mail.postfix import WHY_NOT, Cut, Postfix, is_possible

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not is_possible(), reason=WHY_NOT)]

LOGIN = {
    "SSL_CERT_FILE": str(AUTHORITY),
    "WEEKLY_SMTP_USER": USER,
    "WEEKLY_SMTP_PASSWORD": PASSWORD,
}


@pytest.fixture
def postfix() -> Iterator[Postfix]:
    postfix = Postfix(STAFF)
    yield postfix
    postfix.stop()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What happens while the sender waits for a minute or more."""
    planned: list[Callable[[], None]] = []

    def sleep(seconds: float) -> None:
        if seconds >= 60 and planned:
            planned.pop(0)()

    monkeypatch.setattr(mail_send, "sleep", sleep)
    return planned


@pytest.fixture
def house(blog: Blog, postfix: Postfix, hook: list[Callable[[], None]]) -> House:
    return house_at(blog, postfix.port)


def house_at(blog: Blog, port: int) -> House:
    house = House(blog, port, STAFF)
    house.settings(port, 'tls = "starttls"\n', host="localhost")
    return house


def assert_once(postfix: Postfix, people: list[str]) -> None:
    """Each of them has one message, and nobody else has any."""
    wait_until(lambda: all(postfix.got(each) for each in people))
    assert {each: len(postfix.got(each)) for each in STAFF} == {
        each: int(each in people) for each in STAFF
    }


def test_each_mailbox_has_one_message_of_its_own(house: House, postfix: Postfix) -> None:
    result = house.send(**LOGIN)

    assert result.exit_code == 0, result.stderr
    assert_once(postfix, STAFF)
    (data,) = postfix.got(STAFF[0])
    message = email.message_from_bytes(data)
    assert message["To"] == f"<{STAFF[0]}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert b"TLSv1" in data  # Postfix writes down how it was reached


def test_a_wrong_password_is_one_line(house: House, postfix: Postfix) -> None:
    result = house.send(**LOGIN | {"WEEKLY_SMTP_PASSWORD": "wrong"})

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "the server refuses the login: 535 5.7.8" in line
    assert not house.record


def test_without_a_login_nobody_is_given_up(house: House, postfix: Postfix) -> None:
    result = house.send(SSL_CERT_FILE=str(AUTHORITY))

    assert result.exit_code == 1
    assert "the server refuses everyone: 554 5.7.1" in result.stderr
    assert house.send(**LOGIN).exit_code == 0
    assert_once(postfix, STAFF)


def test_a_recipient_that_does_not_exist_is_named(house: House, postfix: Postfix) -> None:
    house.file.write_text("\n".join([*STAFF, "nobody@example.org", ""]))
    result = house.send(**LOGIN)

    assert result.exit_code == 1
    assert f"{house.file}:7: the server refuses this recipient: 550 5.1.1" in result.stderr
    assert "accepted=6 refused=1 unknown=0" in house.record[0]
    assert_once(postfix, STAFF)


def test_greylisting_is_waited_for(
    house: House, postfix: Postfix, hook: list[Callable[[], None]]
) -> None:
    postfix.access({STAFF[1]: "450 4.2.0 greylisted", STAFF[2]: "450 4.2.0 greylisted"})
    hook.append(lambda: postfix.access({}))
    result = house.send(**LOGIN)

    assert result.exit_code == 0, result.stderr
    assert "asks to try 2 recipients later" in result.stdout
    assert_once(postfix, STAFF)


def test_a_421_in_the_middle_loses_nobody(house: House, postfix: Postfix) -> None:
    postfix.access({STAFF[3]: "421 4.7.0 come back later"})
    result = house.send(**LOGIN)

    assert result.exit_code == 1
    assert "the server ends each connection: 421 4.7.0" in result.stderr
    postfix.access({})
    assert house.send(**LOGIN).exit_code == 0
    assert_once(postfix, STAFF)


def test_an_answer_that_is_lost_after_data_is_unknown(
    blog: Blog, postfix: Postfix, hook: list[Callable[[], None]]
) -> None:
    cut = Cut(postfix.port, number=2)
    house = house_at(blog, cut.port)
    result = house.send(**LOGIN)
    cut.stop()

    assert result.exit_code == 1
    assert f"{house.file}:2: the answer was lost" in result.stderr
    assert "accepted=5 refused=0 unknown=1" in house.record[0]
    house.send(**LOGIN)
    assert_once(postfix, STAFF)  # it had arrived: a second try would have been a second copy


def test_an_expired_certificate_is_one_line(blog: Blog) -> None:
    postfix = Postfix(STAFF, certificate="expired.pem")
    try:
        result = house_at(blog, postfix.port).send(**LOGIN)
    finally:
        postfix.stop()

    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "the certificate of localhost is not valid: certificate has expired." in line
