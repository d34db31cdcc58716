"""A message through a real SMTP server, answered by three mail programs, is found as replies."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest

from tests.commands import SUNDAY, run
from tests.conftest import Blog, files_below
from tests.mail.houses import POST, STAFF, House
from tests.mail.post_office import PostOffice

BODY = "Somebody asked me in the lift.\n\nWhy is the portal slow?\n\n- It is old.\n- It is far.\n"
ANSWER = "Ask the people at the desk; they have known for a year."


def answer_to(received: EmailMessage, number: int) -> EmailMessage:
    """The headers with which mail programs answer."""
    mail = EmailMessage()
    mail["From"] = f"Reader {number} <reader{number}@example.org>"
    mail["To"] = str(received["Reply-To"] or received["From"])
    mail["Subject"] = f"Re: {received['Subject']}"
    mail["Date"] = f"Sat, 21 Nov 2026 0{number}:00:00 +0000"
    mail["Message-ID"] = f"<answer{number}@example.org>"
    mail["In-Reply-To"] = mail["References"] = str(received["Message-ID"])
    return mail


def text_of(received: EmailMessage, kind: str) -> str:
    part = received.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content


def quoted_above(received: EmailMessage) -> EmailMessage:
    """As Thunderbird does it: the quote comes first, the answer below it."""
    mail = answer_to(received, 1)
    quote = "".join(f"> {line}".rstrip() + "\n" for line in text_of(received, "plain").splitlines())
    mail.set_content(f"On 20/11/2026 09:00, Ada Marsh wrote:\n{quote}\n{ANSWER}\n")
    return mail


def quoted_below(received: EmailMessage) -> EmailMessage:
    """As Gmail does it: the answer, then the quote, as text and as HTML."""
    mail = answer_to(received, 2)
    line = "On Fri, Nov 20, 2026 at 9:00 AM Ada Marsh <ada@example.org> wrote:"
    quote = "".join(f"> {each}".rstrip() + "\n" for each in text_of(received, "plain").splitlines())
    mail.set_content(f"{ANSWER}\n\n{line}\n\n{quote}")
    mail.add_alternative(
        f'<div dir="ltr">{ANSWER}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(line)}<br></div>'
        f'<blockquote class="gmail_quote">{text_of(received, "html")}</blockquote></div>',
        subtype="html",
    )
    return mail


def only_html(received: EmailMessage) -> EmailMessage:
    """As Outlook does it: HTML alone, and the message below a line."""
    mail = answer_to(received, 3)
    inside = text_of(received, "html").partition("<body")[2].partition(">")[2]
    inside = inside.partition("</body>")[0]
    mail.set_content(
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="EN-GB">'
        f'<div class="WordSection1"><p class="MsoNormal">{ANSWER}<o:p></o:p></p>'
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        '<p class="MsoNormal"><b>From:</b> Ada Marsh &lt;ada@example.org&gt; <br>'
        "<b>Sent:</b> 20 November 2026 09:00<br><b>To:</b> Reader 3<br>"
        f"<b>Subject:</b> {escape(str(received['Subject']))}</p></div></div>{inside}"
        "</div></body></html>",
        subtype="html",
    )
    return mail


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.mark.parametrize("answer", [quoted_above, quoted_below, only_html])
def test_an_answer_comes_home_to_its_post(
    blog: Blog,
    office: PostOffice,
    tmp_path: Path,
    answer: Callable[[EmailMessage], EmailMessage],
) -> None:
    house = House(blog, office.port, STAFF[:1])
    house.blog.post(POST, BODY)
    house.blog.post("2026-11-21-another", "Another letter, which nobody has answered.\n")
    assert house.send(POST).exit_code == 0
    ((_, data),) = office.got
    received = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(received, EmailMessage)

    box = tmp_path / "answers"
    box.mkdir()
    (box / "a.eml").write_bytes(answer(received).as_bytes())
    result = run("replies", "import", str(box), "--blog", str(blog.folder), **SUNDAY)

    assert result.exit_code == 0, result.stderr
    ((path, reply),) = files_below(blog.folder / "content" / "replies").items()
    assert path.startswith(f"{POST}/")
    body = reply.decode().partition("---\n")[2].partition("---\n")[2]
    assert body.strip() == ANSWER
