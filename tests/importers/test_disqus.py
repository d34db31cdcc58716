from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.importers.disqus import read_disqus
from generator.importers.found import Intake
from tests.importers.literals import SETTINGS, only, reasons

SAMPLE = Path(__file__).parents[3] / "shared/samples/comments/disqus.xml"

HEAD = (
    '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n'
    '<thread dsq:id="2"><link>https://old.example/hello/</link><title>Hello</title></thread>\n'
)


def read(*posts: str) -> Intake:
    text = f"{HEAD}{''.join(f'{post}{chr(10)}' for post in posts)}</disqus>"
    return read_disqus(text.encode(), "d.xml", SETTINGS)


def post(own: int, words: str = "Well said.", more: str = "", parent: int = 0) -> str:
    below = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (
        f'<post dsq:id="{own}"><message><![CDATA[{words}]]></message>'
        "<createdAt>2013-10-10T19:20:29Z</createdAt>"
        "<author><email>aoife@example.com</email><name>Aoife</name></author>"
        f'<ipAddress>192.0.2.7</ipAddress><thread dsq:id="2"/>{below}{more}</post>'
    )


def test_a_comment_is_a_reply_to_its_thread() -> None:
    found = only(read(post(4, "<p>Well<br>said.</p><p>Really.</p>")))

    assert found.text == "Well\\\nsaid.\n\nReally."
    assert (found.via, found.name, found.approved) == ("disqus", "Aoife", True)
    assert found.published == datetime(2013, 10, 10, 19, 20, 29, tzinfo=UTC)
    assert (found.permalink, found.subject) == ("https://old.example/hello/", "Hello")
    assert found.source == "https://old.example/hello/#comment-4"
    assert "@" not in str(found)
    assert "192.0.2.7" not in str(found)


def test_an_old_comment_without_markup_keeps_its_lines() -> None:
    assert only(read(post(4, "Well\nsaid."))).text == "Well\\\nsaid."


def test_what_was_deleted_or_is_spam_is_set_aside_and_threads_stay_whole() -> None:
    intake = read(
        post(4),
        post(5, more="<isDeleted>true</isDeleted>", parent=4),
        post(6, parent=5),
        post(7, more="<isSpam>true</isSpam>"),
    )

    assert reasons(intake) == [
        "d.xml:4: it was deleted there",
        "d.xml:6: it is marked as spam there",
    ]
    assert intake.found[1].parent_key == SETTINGS.key_of(intake.found[0].source_id)


def test_a_file_that_ends_early_says_what_is_missing() -> None:
    whole = f"{HEAD}{post(4)}\n{post(5)}"
    intake = read_disqus(whole[:-150].encode(), "d.xml", SETTINGS)

    assert len(intake.found) == 1
    assert reasons(intake) == ["d.xml:4: the file ends within it"]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the samples are not here")
def test_a_real_export_is_read() -> None:
    intake = read_disqus(SAMPLE.read_bytes(), "d.xml", SETTINGS)

    assert [found.name for found in intake.found] == [
        "peter",
        "user",
        "where am I?",
        "Empty",
        "user",
    ]
    assert reasons(intake) == ["d.xml:117: it was deleted there"]
