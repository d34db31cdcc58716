"""Values that have the right type but make no sense; their messages are in settings.txt."""

from __future__ import annotations

import pytest

from generator.config import rules
from generator.config.reading import read_config
from tests.config.literals import SMALL, good


@pytest.mark.parametrize("name", ["balance", "series"])
def test_a_taxonomy_takes_no_address_of_a_page_that_may_come(name: str) -> None:
    text = SMALL + f'[taxonomies.{name}]\ntitle = "Parts"\nsingular = "part"\n'
    config, problems = read_config(text)

    assert config is None
    assert [problem.code for problem in problems] == ["wrong-setting"]


@pytest.mark.parametrize("url", ["ftp://x", "http://[", "http://x:99999999/", "http://x/'", ""])
def test_an_address_that_is_given_elsewhere_must_be_one_too(url: str) -> None:
    config, problems = read_config(SMALL, overrides={"base_url": url})

    assert config is None
    assert [str(problem.at) for problem in problems] == ["content/site.toml:2:1"]


def test_the_list_of_all_zones_is_read_only_for_a_suggestion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forbidden(name: str) -> str:
        raise AssertionError(name)

    monkeypatch.setattr(rules, "_zone_hint", forbidden)

    good(SMALL)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('from = "Ada"', "'from' is 'Ada'"),
        ('from = "Ada\\nBcc: eve@example.org <a@example.org>"', "'from' is"),
        ('reply_to = "a@example.org, b@example.org"', "'reply_to' is"),
        ('to = "Staff <all@example.org>"', "'to' is"),
        ('to = "a@b.org"\nrecipients = "../r.txt"', "both 'to' and 'recipients'"),
        ('host = "https://smtp.example.org"', "'host' is"),
        ("port = 99999", "'port' is 99999"),
        ('host = "smtp.example.org"\ntls = "none"', "would not be encrypted"),
        ("rate = 0", "'rate' is 0"),
        ('subject = "Letter"', "'subject' is 'Letter'"),
        ('subject = "{title} {date}"', "'subject' is"),
        ('subject = "{title}\\r\\nBcc: eve@example.org"', "'subject' is"),
        ('why = "Because\\nI say so"', "'why' has line ends"),
        ('list_id = "a b"', "'list_id' is"),
        ('unsubscribe = "leave@example.org"', "'unsubscribe' is"),
        ('unsubscribe_url = "https://example.org/leave"', "'unsubscribe_url' is"),
        ('unsubscribe_url = "http://example.org/{token}"', "'unsubscribe_url' is"),
        ('listmonk = { url = "lists" }', "'url' is 'lists'"),
        ('graph_mailbox = "me"', "'graph_mailbox' is 'me'"),
    ],
)
def test_mail_needs_settings_that_headers_and_servers_can_have(line: str, message: str) -> None:
    config, problems = read_config(f"{SMALL}[mail]\n{line}\n")

    assert config is None
    (problem,) = problems
    assert message in problem.message
    assert problem.at.line > SMALL.count("\n")


def test_mail_can_be_fully_set_up() -> None:
    mail = good(
        SMALL
        + """
[mail]
from = "Ada Müller, CIO <ada@example.org>"
reply_to = "letters@example.org"
recipients = "~/letters/recipients.txt"
host = "smtp.example.org"
tls = "tls"
rate = 120
subject = "Letter: {title}"
list_id = "The letters <letters.example.org>"
unsubscribe = "mailto:leave@example.org?subject=leave"
unsubscribe_url = "https://example.org/leave?who={token}"
listmonk = { url = "https://lists.example.org", lists = [1, 2] }
"""
    ).mail

    assert mail.server_port == 465
    assert mail.from_.startswith("Ada Müller")
    assert mail.listmonk.lists == (1, 2)
