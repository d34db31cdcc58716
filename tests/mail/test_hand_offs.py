"""Drafts for listmonk, Buttondown and Microsoft 365, and sending by Microsoft Graph."""

from __future__ import annotations

import email
import json
from base64 import b64decode
from collections.abc import Iterator

import pytest

from generator.cli import mail_send
from generator.config.settings import ListmonkSettings
from generator.mail import hand_offs
from generator.mail.hand_offs import Reply, buttondown_draft, listmonk_draft, said_by
from generator.mail.message import MailParts
from tests.conftest import Blog
from tests.mail.houses import STAFF, House
from tests.network.test_services import Service

TOKEN = {"WEEKLY_GRAPH_TOKEN": "secret"}
LISTMONK = {"WEEKLY_LISTMONK_TOKEN": "weekly:secret"}
TRICKY = MailParts(
    subject="{{ .Subscriber.Email }}",
    html='<style>@media a{{b}}</style><p>{{ x }} {% y %} {# z #} {a}</p><img alt="" src="cid:a@b">',
    text="{{ x }}",
)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    service = Service()
    monkeypatch.setattr(hand_offs, "GRAPH", service.url)
    monkeypatch.setattr(hand_offs, "BUTTONDOWN", f"{service.url}/v1/emails")
    monkeypatch.setattr(mail_send, "sleep", lambda seconds: None)
    yield service
    service.stop()


@pytest.fixture
def house(blog: Blog, service: Service) -> House:
    house = House(blog, 1, STAFF)
    house.settings(1, f'listmonk = {{ url = "{service.url}/", lists = [3, 4] }}\n')
    return house


def test_listmonk_gets_a_campaign_that_it_keeps_as_a_draft(house: House, service: Service) -> None:
    result = house.mail("listmonk", **LISTMONK)

    assert result.exit_code == 0, result.stderr
    assert result.stdout == "Made a draft in listmonk (7). Look at it there, and send it.\n"
    ((path, headers, _),) = service.requests
    assert path == "/api/campaigns"
    assert headers["Authorization"] == "token weekly:secret"
    draft = service.json
    assert draft["subject"] == "In The Lift"
    assert draft["lists"] == [3, 4]
    assert draft["content_type"] == "html"
    assert "Somebody asked me in the lift." in str(draft["body"])
    assert "Somebody asked me in the lift." in str(draft["altbody"])
    assert not {"send_at", "status"} & draft.keys()
    assert not house.record


def test_no_word_of_a_post_is_a_command_to_listmonk() -> None:
    request = listmonk_draft(TRICKY, ListmonkSettings("https://l.example.org", (1,)), "", "a:b")
    draft = json.loads(request.body)

    assert draft["subject"] == '{{ "{{" }} .Subscriber.Email }}'
    assert draft["altbody"] == '{{ "{{" }} x }}'
    assert "{{" not in draft["body"]
    assert "&#123;{ x }} &#123;% y %} &#123;# z #} {a}" in draft["body"]
    assert "cid:" not in draft["body"]


def test_buttondown_is_told_that_it_is_a_draft(house: House, service: Service) -> None:
    result = house.mail("buttondown", WEEKLY_BUTTONDOWN_KEY="secret")

    assert result.exit_code == 0, result.stderr
    ((path, headers, _),) = service.requests
    assert path == "/v1/emails"
    assert headers["Authorization"] == "Token secret"
    assert service.json["status"] == "draft"
    assert service.json["subject"] == "In The Lift"


def test_no_word_of_a_post_is_a_command_to_buttondown() -> None:
    body = json.loads(buttondown_draft(TRICKY, "key").body)["body"]

    assert not [mark for mark in ("{{", "{%", "{#") if mark in body]


@pytest.mark.parametrize(("mailbox", "owner"), [("", "me"), ("cio@example.org", "users/cio%40")])
def test_a_mailbox_gets_a_draft(house: House, service: Service, mailbox: str, owner: str) -> None:
    house.settings(1, f'graph_mailbox = "{mailbox}"\nto = "all@example.org"\n')
    result = house.mail("graph", **TOKEN)

    assert result.exit_code == 0, result.stderr
    ((path, headers, body),) = service.requests
    assert path.startswith(f"/{owner}")
    assert path.endswith("/messages")
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Content-Type"] == "text/plain"
    message = email.message_from_bytes(b64decode(body))
    assert message["Subject"] == "In The Lift"
    assert message["To"] == "<all@example.org>"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("listmonk", "WEEKLY_LISTMONK_TOKEN"),
        ("buttondown", "WEEKLY_BUTTONDOWN_KEY"),
        ("graph", "WEEKLY_GRAPH_TOKEN"),
    ],
)
def test_a_service_needs_a_token_and_says_why_it_refuses(
    house: House, service: Service, command: str, name: str
) -> None:
    assert f"{name} is not set in the environment" in house.mail(command, **{name: ""}).stderr
    assert not service.requests

    service.status = 401
    service.answer = b'{"message": "who are\\nyou, ada@example.org?"}'
    result = house.mail(command, **{name: "wrong-secret"})
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "did not take the draft: 401 who are you, …" in line
    assert "wrong-secret" not in line


def test_listmonk_needs_an_address_and_lists(house: House) -> None:
    house.settings(1)
    result = house.mail("listmonk", **LISTMONK)

    assert "there is no 'url'" in result.stderr
    assert "there is no 'lists'" in result.stderr


# sending by Microsoft Graph keeps every promise of sending


def test_graph_sends_each_a_message_of_their_own_once(house: House, service: Service) -> None:
    service.status = 202
    result = house.send("--graph", **TOKEN)

    assert result.exit_code == 0, result.stderr
    assert [path for path, _, _ in service.requests] == ["/me/sendMail"] * 6
    assert "accepted=6" in house.record[0]
    house.send("--graph", **TOKEN)
    assert len(service.requests) == 6


def test_graph_with_a_token_that_has_ended_gives_up_nobody(house: House, service: Service) -> None:
    service.status = 401
    result = house.send("--graph", **TOKEN)
    assert result.exit_code == 1
    assert "Microsoft 365 refuses: 401" in result.stderr

    service.status = 202
    assert house.send("--graph", **TOKEN).exit_code == 0
    assert "accepted=6 refused=0 unknown=0" in house.record[0]


def test_graph_that_answers_nothing_leaves_it_unknown(house: House, service: Service) -> None:
    service.hangs_up = True
    result = house.send("--graph", **TOKEN)

    assert result.exit_code == 1
    assert "no answer came to 3 messages in a row" in result.stderr
    assert house.mail("status").stdout.count("unknown, the server's answer was lost") == 3

    service.hangs_up = False
    house.send("--graph", **TOKEN)
    assert "accepted=3 refused=0 unknown=3" in house.record[0]


def test_graph_that_is_busy_is_asked_later(house: House, service: Service) -> None:
    service.status = 429
    assert house.send("--graph", **TOKEN).exit_code == 1
    assert not house.record  # nobody can have got it
    service.status = 202
    assert house.send("--graph", **TOKEN).exit_code == 0


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": {"code": "X", "message": "The token\\u001b[31m has ended."}}', "The token"),
        (b'{"detail": "Not found."}', "Not found"),
        (b"<html>", ""),
        (b'["x"]', ""),
        (b"\xff", ""),
    ],
)
def test_what_a_service_says_is_one_plain_line(body: bytes, words: str) -> None:
    said = said_by(Reply(400, body))

    assert said.startswith(f"400 {words}".rstrip())
    assert said.isprintable()
