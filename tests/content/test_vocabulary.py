"""The words of a text for the search: in Python, and in the browser by the same rules."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.content.vocabulary import ACCENTS, SEPARATORS, UNSPACED, vocabulary

RULES = [
    ("", ""),
    ("The budget, the Budget; BUDGET!", "budget the"),
    ("don't l’école e-mail co\u00adoperate", "cooperate don ecole mail"),
    ("A 5 b 2026 x1", "2026 5 x1"),
    ("Ångström café cafe\u0301 naïve Łódź", "angstrom cafe naive łodz"),
    ("Straße STRASSE ẞ ß", "ss strasse"),
    ("İstanbul ISTANBUL ısı", "isi istanbul"),
    ("ΟΔΥΣΣΕΥΣ Οδυσσεύς όδος", "οδοσ οδυσσευσ"),
    ("Ёлка ёж Й", "еж елка и"),
    ("ﬁnance ①② ½ x²", "1 12 2 finance x2"),
    ("東京都の予算。", "の予 予算 京都 東京 算 都の"),
    ("iPhoneは13です", "13 iphone す です は"),
    ("한국어 예산", "예산 한국어"),
    ("ประเทศไทย", "ทย ทศ ปร ย ระ ศไ ะเ เท ไท"),
    ("हिन्दी में", "में हिन्दी"),
    ("שָׁלוֹם שלום", "שלום"),
    ("مُحَمَّد محمد، أحمد", "احمد محمد"),
    ("👍 ok 🎉party", "ok party"),
    ("snake_case path/to.file <b>&amp;", "amp case file path snake to"),
    ("pneumonoultramicroscopicsilicovolcanoconiosis", "pneumonoultramicrosc"),
    ("𠮷野家", "家 野家 𠮷野"),
]


@pytest.mark.parametrize(("text", "words"), RULES)
def test_a_text_has_these_words(text: str, words: str) -> None:
    assert vocabulary(text).split() == sorted(words.split())


@pytest.mark.parametrize("characters", [ACCENTS, SEPARATORS, UNSPACED])
def test_the_script_lists_the_same_characters(characters: str, repository: Path) -> None:
    script = (repository / "themes/default/static/search.js").read_text(encoding="utf-8")
    written = re.sub(r"\\U000(\w{5})", r"\\u{\1}", characters).replace("\\", "\\\\")

    assert f'"{written}";' in script.replace('" +\n  "', "")


def test_the_script_has_the_same_rules(repository: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed; make test-browser asks a browser")
    script = (repository / "themes/default/static/search.js").as_uri()
    code = f"""import {{ words }} from "{script}";
        console.log(JSON.stringify({json.dumps([text for text, _ in RULES])}.map(words)))"""
    result = subprocess.run(
        [node, "--no-warnings", "--input-type=module", "--eval", code],
        capture_output=True,
        check=True,
        text=True,
    )

    found = [sorted(set(words)) for words in json.loads(result.stdout)]
    assert found == [sorted(words.split()) for _, words in RULES]
