"""What somebody wrote in a mail, as mail programs in many languages send it."""

from __future__ import annotations

import time

import pytest

from generator.importers.quotes import own_lines

OUTLOOK = """\
Yes, please.

Sent from Outlook for iOS<https://aka.ms/o0ukef>
________________________________
From: Helen Okafor <helen@example.org>
Sent: Monday, November 16, 2026 9:00:00 AM
To: All <all@example.org>
Subject: The letter

Dear all,"""


def own(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(lines[number] for number in own_lines(lines)).strip("\n")


@pytest.mark.parametrize(
    "below",
    [
        "On Mon, 16 Nov 2026 at 09:00, Helen Okafor <h@example.org> wrote:\n\n> The desk\n> opens.",
        "On Mon, 16 Nov 2026 at 09:00, Helen Okafor of the long name\n<h@example.org> wrote:\n\n> "
        "x",
        "-----Original Message-----\nFrom: Helen\nSent: Monday\n\nThe desk opens.",
        "From: Helen <h@example.org>\nSent: Monday, 16 November 2026 09:00\nTo: All\n\nThe desk",
        "Best,\nAoife\n\nOn 16 Nov 2026, at 09:00, Helen <h@example.org> wrote:\n> x",
        "-- \nAoife Brennan\nService desk\nTel. 123",
        "Kind regards,\n\nAoife Brennan\nService desk",
        "Thanks,\nAoife",
        "Best\nA",
        "Many thanks!\nAoife Brennan",
        "Viele Grüße\nJana",
        "Cofion cynnes\nAled",
        "Sent from my iPhone",
        "Sent from my iPhone\n\n> On 16 Nov 2026, at 09:00, Helen <h@example.org> wrote:\n> \n> "
        "hello",
        "Sent from Mail for Windows",
        "Get Outlook for Android<https://aka.ms/AAb9ysg>",
        "Sent with Proton Mail secure email.",
        "This email and any attachments are confidential and intended solely for the addressee, "
        "whom they may help.",
        "Mit freundlichen Grüßen\nJana Müller\n\nVon: Helen <h@example.org>\nGesendet: Montag, 16. "
        "November 2026 09:00\nAn: Alle\nBetreff: Brief\n\nLiebe alle",
        "Von meinem iPhone gesendet\n\n> Am 16.11.2026 um 09:00 schrieb Helen <h@example.org>:\n> "
        "x",
        "Gesendet von Outlook für iOS",
        "Envoyé de mon iPhone\n\nLe lun. 16 nov. 2026 à 09:00, Helen <h@e.org> a écrit :\n\n> x",
        "De : Helen <h@x.org>\nEnvoyé : lundi 16 novembre 2026 09:00\nÀ : Tous\nObjet : "
        "Lettre\n\nx",
        "Enviado desde mi iPhone\n\nEl lun, 16 nov 2026 a las 9:00, Helen (<h@e.org>) "
        "escribió:\n> x",
        "Inviato da iPhone\n\nIl giorno lun 16 nov 2026 alle ore 09:00 Helen <h@e.org> ha "
        "scritto:\n> x",
        "Enviado do meu iPhone\n\nEm seg., 16 de nov. de 2026 às 09:00, Helen <h@e.org> "
        "escreveu:\n> x",
        "Obter o Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\nDe: "
        "Helen "
        "<h@e.org>\nEnviado: segunda-feira, 16 de novembro de 2026 09:00\nPara: Todos\nAssunto: "
        "C\n\nx",
        "Verstuurd vanaf mijn iPhone\n\n> Op 16 nov 2026 om 09:00 heeft Helen <h@e.org> het "
        "volgende "
        "geschreven:\n> \n> x",
        "Skickat från min iPhone",
        "Sendt fra min iPhone",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone\n\n> 16 нояб. 2026 г., в 9:00, Helen <h@e.org> написал(а):\n> x",
        "iPhoneから送信\n\n2026年11月16日(月) 9:00 Helen <h@e.org>:\n\n> x",
        "从我的iPhone发送",
        "나의 iPhone에서 보냄",
        "Anfonwyd o fy iPhone",
    ],
    ids=lambda text: text.partition("\n")[0][:40],
)
def test_what_programs_and_quotes_add_is_cut(below: str) -> None:
    words = "Yes, please.\n\nWhen does it open?"

    assert own(f"{words}\n\n{below}\n") == words


def test_outlook_for_ios_is_cut_with_its_rule_and_its_quote() -> None:
    assert own(OUTLOOK) == "Yes, please."


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, and one more question: when does it open?",
        "Hello\n\nThanks, and one more question: when does it open?",
        "Hello\n\nBest of all was the part about the desk, which we had waited for.\n\nMore, "
        "please.",
        "Three things:\n\n- one\n- two\n- three",
        "Do: listen.\nDon't: talk.\nTo: be sure.",
        "A: yes\nA: no",
        "From: what I hear, it works.\n\nMy team agrees.",
        "On Monday I wrote: stop.\n\nNobody did.",
        "I sent it from my iPhone, and then it was gone.",
        "Confidential? No.",
        "Regards to the team",
    ],
)
def test_words_that_only_look_like_it_stay(text: str) -> None:
    assert own(text) == text


def test_an_answer_below_the_quote_is_found() -> None:
    text = (
        "On Mon, 16 Nov 2026 at 09:00, Helen <h@e.org> wrote:\n> The desk\n> "
        "opens.\n\nWhen?\n\n-- \nTom"
    )

    assert own(text) == "When?"


def test_answers_between_quotes_keep_them() -> None:
    text = (
        "Hi,\n\nOn Mon, 16 Nov 2026 at 09:00, Helen <h@e.org> wrote:\n> The desk "
        "opens.\n\nWhen?\n\n"
        "> And closes.\n\nNever.\n\n> Best\n> Helen"
    )

    assert own(text) == "Hi,\n> The desk opens.\n\nWhen?\n\n> And closes.\n\nNever."


def test_the_warning_of_a_mail_server_is_cut() -> None:
    text = (
        "CAUTION: This email originated from outside of the organization.\nDo not click.\n\nWords."
    )

    assert own(text) == "Words."
    assert own("CAUTION: external prices are high.") == "CAUTION: external prices are high."


@pytest.mark.parametrize(
    "piece",
    [
        "Am schrieb ", "Den skrev ", "On wrote: ", "On ", "> ", "From:\n", "Am schrieb x\n",
        "Den x skrev y z\n", "\n", "_" * 40 + "\n", "Thanks,\n", "--\n", "a: b\n", "*", "Best\n",
        "Sent from iphone ", "2026年1月1日(月) 1:00 x <y>\n", "El escribió\n", "Le a écrit a a\n",
    ],
)  # fmt: skip
def test_no_text_keeps_the_library_busy(piece: str) -> None:
    """Its own pattern for 'Am … schrieb' takes 24 s for 3 kB."""
    begin = time.process_time()
    own(piece * (20_000 // len(piece)))

    assert time.process_time() - begin < 3
