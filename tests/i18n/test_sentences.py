"""Sentences of each language."""

from __future__ import annotations

import time

import pytest

from generator.i18n.sentences import sentences_in


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Dr. Smith has joined us.|We are glad."),
        ("en", "The U.S. team met.|Why?|Because, e.g. in Rome, it rained."),
        ("en", "Mr. J. R. Smith came at 3.30 p.m. on Monday.|Then he left."),
        ("en", "So am I.|It is on.|Go."),
        ("en", "See example.org/?q=x.y for v1.2!|Done"),
        ("en", "Well… it worked.|Yes!!|(Really.)|“Now.”|End"),
        ("en-GB", "We meet in St. Ives.|Bring Prof. Marsh, etc.|Thanks."),
        ("de", "Am 3. Mai kam Dr. Meier, z. B. mit dem Zug.|Er ging."),
        ("en", "It was Round 3.|May came."),
        ("fr", "M. Dupont est là.|Bonjour !|Ça va ?|Oui."),
        ("es", "El Sr. García llegó.|¿Y tú?|Adiós."),
        ("ar", "كيف حالك؟|بخير."),
        ("hi", "यह एक वाक्य है।|यह दूसरा।"),
        ("en", "See fig. 3 on p.5, vol. 2.|It has 3.5 million.|Really…?|Yes."),
        (
            "de",
            "Das kostet ca. 3.5 Mio. Euro, z. B. Montag, u. a. Hr. Müller.|Das war der Test.|Ja.",
        ),
        ("fr", "C'est un jeu.|Il vit la mer, p. ex. Nice, cf. M. Dupont.|Vraiment…?|Oui."),
        ("es", "Bien.|Vamos con la Sra. Pérez, p. ej. Ud. misma."),
        ("nl", "Dhr. Jansen komt, bijv. Maandag.|Ja."),
        ("sv", "Bilar, t.ex. Volvo.|Nej."),
        ("cy", "Mae Dr. Jones yma.|Helo."),
        ("tr", "Dr. İnce geldi.|Evet."),
    ],
)
def test_a_sentence_ends_where_readers_of_the_language_see_its_end(
    language: str, text: str
) -> None:
    """Issue 12, line 22: `Dr. Smith has joined us.` was two sentences."""
    assert sentences_in(text.replace("|", " "), language) == text.split("|")


def test_japanese_and_chinese_need_no_space_between_sentences() -> None:
    sentences = [
        "彼は言った。",
        "「はい。」",
        "そうですか？",
        "v1.2です。",
        "待って…？",
        "彼は…はい",
    ]
    assert sentences_in("".join(sentences), "ja") == sentences
    chinese = ["我是小王！", "“真的吗？”", "他说。", "3.5公里。"]
    assert sentences_in("".join(chinese), "zh-CN") == chinese


def test_a_sentence_goes_on_after_what_somebody_said_in_japanese() -> None:
    said = "「はい。」と彼は言った。"
    assert sentences_in(f"{said}「いや。」って{said}", "ja") == [said, f"「いや。」って{said}"]


@pytest.mark.parametrize("shape", ["1. ", "a. ", ". ", "… 1", "?!", "Dr. ", "。", "x" * 9])
def test_the_time_grows_with_the_length(shape: str) -> None:
    started = time.perf_counter()
    sentences_in(shape * 50_000, "de")
    assert time.perf_counter() - started < 5
