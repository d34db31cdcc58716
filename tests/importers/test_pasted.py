from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.importers.pasted import read_pasted
from generator.model import Consent
from tests.importers.literals import SETTINGS, only, reasons

LINKEDIN = """\
Jane Doe
Jane Doe
   • 2nd
Head of Service Desk at Example
3mo

Great letter, Helen. We waited 2 years for this.

And more.

Like
Like

4
Reply
1 Reply

Helen Okafor
Author
CIO at Example
3mo • Edited

Jane Doe Thank you for that

Like

Reply
"""
CHINESE = """\
Jane Doe

Director, IT

9 年

举报此评论

Great post.

赞
回复
2 次回应
Tom Li
Analyst at X
8 年
我同意
赞 回复
要查看或添加评论，请登录
"""
WORDPRESS = """\
My article

Some text about 2012.

One thought on “My article”

Jane Doe says:
March 3, 2019 at 4:05 pm
Words of Jane.

Second paragraph.
Like
Reply

Leave a Reply
Enter your comment here...
Fill in your details below or click an icon to log in:
Email (Address never made public)
Name
Website
You are commenting using your WordPress.com account. ( Log Out / Change )
Cancel
Connecting to %s
Notify me of new comments via email.
Δ
"""


def read(text: str) -> list[tuple[str, str, str]]:
    intake = read_pasted(text.encode(), "a.txt", SETTINGS)
    assert reasons(intake) == []
    return [(found.name, found.role, found.text) for found in intake.found]


def test_a_thread_of_linkedin() -> None:
    intake = read_pasted(LINKEDIN.encode(), "a.txt", SETTINGS)
    first, second = intake.found

    assert (first.name, first.role) == ("Jane Doe", "Head of Service Desk at Example")
    assert first.text == "Great letter, Helen. We waited 2 years for this.\n\nAnd more."
    assert (second.name, second.role) == ("Helen Okafor", "CIO at Example")
    assert (first.published, first.received) == (None, None)
    assert (first.via, first.consent) == ("paste", Consent.PUBLIC)
    assert (first.position, second.position) == ("a.txt:1", "a.txt:18")
    assert second.parent_key == SETTINGS.key_of(first.source_id)


def test_a_thread_in_chinese_with_empty_lines_between_everything() -> None:
    assert read(CHINESE) == [
        ("Jane Doe", "Director, IT", "Great post."),
        ("Tom Li", "Analyst at X", "我同意"),
    ]


def test_a_page_of_wordpress_without_the_words_of_its_form() -> None:
    found = only(read_pasted(WORDPRESS.encode(), "a.txt", SETTINGS))

    assert (found.name, found.text) == ("Jane Doe", "Words of Jane.\n\nSecond paragraph.")
    assert found.published == datetime(2019, 3, 3, 16, 5, tzinfo=UTC)
    assert found.subject == "My article"


AGES = (
    "9 年", "3mo", "2w", "1d (edited)", "Edited • 5y", "vor 3 Monaten", "9 ans", "hace 2 semanas",
    "3か月前", "2주", "a year ago", "2 anni",
)  # fmt: skip


@pytest.mark.parametrize("age", AGES)
def test_an_age_in_any_language_is_no_date(age: str) -> None:
    text = f"Jane Doe\nHead of Desk\n{age}\nWell said.\nTom Bo\nAnalyst\n{age}\nIndeed.\n"

    assert read(text) == [
        ("Jane Doe", "Head of Desk", "Well said."),
        ("Tom Bo", "Analyst", "Indeed."),
    ]


def test_replies_without_times_are_told_apart_by_buttons_or_empty_lines() -> None:
    expected = [("Jane Doe", "Desk lead", "Great!"), ("Tom Bo", "Analyst", "I agree\\\nwith all.")]

    buttons = (
        "Jane Doe\nDesk lead\nGreat!\nLike Reply\nTom Bo\nAnalyst\nI agree\nwith all.\nLike Reply"
    )

    assert read(buttons) == expected
    assert read("Jane Doe\nDesk lead\nGreat!\n\nTom Bo\nAnalyst\nI agree\nwith all.\n") == expected


def test_a_reply_without_a_name_is_not_lost() -> None:
    assert read("3mo\nWell said.\nReply\nJane Doe\n3mo\nIndeed.\nReply\n") == [
        ("", "", "Well said."),
        ("Jane Doe", "", "Indeed."),
    ]


def test_an_article_above_the_comments_is_left_out() -> None:
    text = (
        "My article\nBy Helen\nMarch 1, 2019\n\nThe article begins here.\n\nShare this:\n"
        "Like Loading...\n\n1 Comment\n\nJane Doe\n\nMarch 3, 2019 at 4:05 pm\n\nNice.\n\nReply\n\n"
        "Leave a comment Cancel reply\n\nLog in or provide your name to leave a comment.\n"
        "Email me new posts\nInstantly Daily Weekly\nComment\nΔ\n"
    )
    intake = read_pasted(text.encode(), "a.txt", SETTINGS)

    assert [(found.name, found.text) for found in intake.found] == [("Jane Doe", "Nice.")]
    assert intake.notes == ("a.txt: what is above line 12 was left out",)


def test_what_linkedin_shows_around_a_reply_is_not_part_of_it() -> None:
    text = (
        "Jane Doe\n\nHead of X at Y\n\n9y\n\nReport this comment\n\nI agree. 2 things: a) b)\n\n"
        "Like Reply\n1 Reaction 2 Reactions\n\nBo Li • 3rd+ Founder\n3mo (edited)\n…more\nMe too.\n"
        "Like\n3 Reply\n\nTo view or add a comment, sign in\n"
    )

    assert read(text) == [
        ("Jane Doe", "Head of X at Y", "I agree. 2 things: a) b)"),
        ("Bo Li", "Founder", "Me too."),
    ]


def test_a_second_copy_of_a_thread_has_the_same_ids() -> None:
    later = LINKEDIN.replace("3mo", "4mo").replace("\n4\n", "\n5\n")

    def ids(text: str) -> list[str]:
        return [found.source_id for found in read_pasted(text.encode(), "b.txt", SETTINGS).found]

    assert ids(LINKEDIN) == ids(later)


def test_the_address_above_a_thread_names_the_post() -> None:
    found = read_pasted(f"https://example.org/x\n\n{LINKEDIN}".encode(), "a.txt", SETTINGS).found

    assert {reply.permalink for reply in found} == {"https://example.org/x"}
    assert found[0].name == "Jane Doe"


def test_a_text_without_replies_is_refused_with_a_hint() -> None:
    assert reasons(read_pasted(b"just one line", "a.txt", SETTINGS)) == [
        "a.txt: no replies can be told apart in it; put name, role and words below each other, "
        "with an empty line between replies"
    ]


def test_no_text_takes_long() -> None:
    for text in (
        "2 comments\n" * 9_000,
        "3mo\n" * 9_000,
        "a\n" * 30_000,
        "Reply\n" * 20_000,
        "1 " * 90_000,
        "a says " * 9_999,
    ):
        read_pasted(text.encode(), "a.txt", SETTINGS)


@pytest.mark.parametrize(
    ("degree", "hidden"),
    [
        (" • 1.", "Profil von Zoë Ångström anzeigen"),
        (" • 3.+", "Premium"),
        (" • 2e", "Voir le profil de Zoë Ångström"),
        ("• 1er", "Auteur"),
        (" • 2º", "Ver perfil de Zoë Ångström"),
        (" • 3°+", "Autore"),
        (" • 2:a", "Verfasser:in"),
        (" • 二度人脉", "作者"),
        (" • 三度+", "查看Zoë Ångström的档案"),
        (" · 2 度", "作者"),
    ],
)
def test_how_far_somebody_is_on_linkedin_is_no_name_and_no_role(degree: str, hidden: str) -> None:
    last = "\nLike\nReply\n"
    for head in (f"Zoë Ångström\n{hidden}\n{degree}", f"Zoë Ångström{degree}"):
        text = (
            f"{head}\nBeraterin\n9 年\nGut.{last}Bo Li\n{degree}\nChef\n3mo\nZoë Ångström Ja.{last}"
        )
        first, second = read_pasted(text.encode(), "a.txt", SETTINGS).found
        assert (first.name, first.role, first.text) == ("Zoë Ångström", "Beraterin", "Gut.")
        assert (second.name, second.role) == ("Bo Li", "Chef")
        assert second.parent_key == SETTINGS.key_of(first.source_id)


@pytest.mark.parametrize(
    ("order", "more"),
    [
        ("Most relevant", "Load more comments"),
        ("Relevanteste zuerst", "Weitere Kommentare laden"),
        ("Les plus pertinents", "Afficher plus de commentaires"),
        ("Más relevantes", "Cargar más comentarios"),
        ("Più rilevanti", "Carica altri commenti"),
        ("Mais relevantes", "Carregar mais comentários"),
        ("Meest relevant", "Meer commentaren laden"),
        ("最相关", "加载更多评论"),
    ],
)
def test_the_order_of_a_thread_is_nobody(order: str, more: str) -> None:
    text = f"{order}\n\nBo Li\nChef\n3mo\nGut.\nLike\nReply\nZoë\n2w\nJa.\n{more}\n"
    first, second = read_pasted(text.encode(), "a.txt", SETTINGS).found

    assert (first.name, first.role, first.text) == ("Bo Li", "Chef", "Gut.")
    assert (second.name, second.text) == ("Zoë", "Ja.")


def test_a_list_in_a_reply_stays() -> None:
    text = "Bo Li\nChef\n3mo\nI want:\n• 1. tea\n• 2 cups\n· 3. more\nLike\nReply\n"
    (found,) = read_pasted(text.encode(), "a.txt", SETTINGS).found
    assert all(words in found.text for words in ("tea", "2 cups", "more"))
