"""What the Nu checker and html-validate find in our pages, if npm and Java are installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import corpus
from tests.conftest import Blog
from tests.hostile import write_hostile

ROOT = Path(__file__).parents[1]
CHECKERS = ROOT / ".venv/checkers/node_modules"
NU = CHECKERS / "vnu-jar/build/dist/vnu.jar"
HTML_VALIDATE = CHECKERS / ".bin/html-validate"

# A file has no host, so 'self' in the policy seems to allow nothing, which browsers disprove. And
# guessing the language of a page is no use if its texts are in three languages.
NOT_OF_OURS = re.compile("Resource violates Content Security Policy|appears to be written in")

# What the corpus's writers typed themselves: old HTML, levels of headings left out, and in one post
# the tag of a template. The other blogs show that nothing of the kind comes from us.
TYPED = re.compile(
    "obsolete|deprecated|skipping 1 heading level|Inline style|“style” attribute|<style> element"
    "|child of element “h2”|under <h2>"
)
TEMPLATE_TAG = "2014/11/26/how-to-use-more-open-source/index.html"

pytestmark = pytest.mark.browser


def nu(folder: Path) -> list[tuple[str, str]]:
    """What the Nu checker, which is W3C's, says of the pages below a folder."""
    if not NU.is_file() or not shutil.which("java"):
        pytest.skip("the Nu checker needs npm, which installs it, and Java")
    command = ["java", "-jar", str(NU), "--skip-non-html", "--format", "json", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return [
        (message["url"].partition(f"{folder}/")[2], message["message"])
        for message in json.loads(run.stderr)["messages"]
        if not NOT_OF_OURS.search(message["message"])
    ]


def html_validate(folder: Path) -> list[tuple[str, str]]:
    """What the standard preset of html-validate says of the pages below a folder."""
    if not HTML_VALIDATE.is_file():
        pytest.skip("html-validate needs npm, which installs it")
    settings = ROOT / "tests/htmlvalidate.json"
    report = folder.with_suffix(".json")  # through a pipe it would be cut off
    command = [
        str(HTML_VALIDATE),
        "-c",
        str(settings),
        "-f",
        f"json={report}",
        f"{folder}/**/*.html",
    ]
    subprocess.run(command, capture_output=True, check=False)
    return [
        (page["filePath"].partition(f"{folder}/")[2], f"{message['ruleId']}: {message['message']}")
        for page in json.loads(report.read_text("utf-8"))
        for message in page["messages"]
    ]


def write_ours(blog: Blog) -> None:
    shutil.copytree(ROOT / "content", blog.folder / "content", dirs_exist_ok=True)


def write_corpus(blog: Blog) -> None:
    if not corpus.CORPUS.is_dir():
        pytest.skip("the corpus is not beside the checkout")
    corpus.write_corpus(blog)


WRITERS: dict[str, Callable[[Blog], None]] = {
    "ours": write_ours,
    "corpus": write_corpus,
    "hostile": lambda blog: write_hostile(blog, "en-GB"),
    "hostile from right to left": lambda blog: write_hostile(blog, "ar"),
}


@pytest.fixture(scope="module", params=WRITERS)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built site."""
    made = Blog(tmp_path_factory.mktemp(request.param.replace(" ", "-")))
    WRITERS[request.param](made)
    made.build()
    return made.folder / "output"


@pytest.mark.parametrize("checker", [nu, html_validate])
def test_an_html_checker_finds_no_error(
    pages: Path, checker: Callable[[Path], list[tuple[str, str]]]
) -> None:
    found = checker(pages)

    if "corpus" in pages.parts[-2]:
        found = [it for it in found if it[0] != TEMPLATE_TAG and not TYPED.search(it[1])]
    assert found == []


@pytest.mark.parametrize("checker", [nu, html_validate])
def test_the_checkers_find_an_error_that_is_there(
    tmp_path: Path, checker: Callable[[Path], list[tuple[str, str]]]
) -> None:
    (tmp_path / "wrong.html").write_text(
        "<!DOCTYPE html><title>x</title><p><div></p></div>", encoding="utf-8"
    )

    assert {page for page, _ in checker(tmp_path)} == {"wrong.html"}
