"""Posts of a real blog, read with both YAML loaders."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.config.settings import MarkdownSettings
from generator.content import front_matter as loading
from generator.content.posts import read_post
from generator.content.settings import ReadingSettings
from generator.i18n.catalogues import load_messages
from generator.model import Post
from generator.problems import Problem
from tests.content.literals import LOADERS, Untouched

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "content" / "posts"


def corpus() -> list[Path]:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    return sorted(CORPUS.glob("*.md"))


IMPORT = ReadingSettings(
    markdown=MarkdownSettings(),
    zone=ZoneInfo("America/New_York"),
    language="en",
    weekly_day="tuesday",
    default_hour=time(0),
    rename={"excerpt": "summary", "redirect_from": "aliases"},
    unknown_keys="warning",
    missing_images="warning",
    messages=load_messages("en")[0],
)


@pytest.fixture(scope="module")
def read_with_either_loader() -> dict[str, list[tuple[Post | None, tuple[Problem, ...]]]]:
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, loader in LOADERS.items():
            patch.setattr(loading, "_Loader", loader)
            found[name] = [
                read_post(f"content/posts/{path.name}", path.read_bytes(), IMPORT, Untouched())[:2]
                for path in corpus()
            ]
    return found


Found = dict[str, list[tuple[Post | None, tuple[Problem, ...]]]]


def test_every_real_post_is_read(read_with_either_loader: Found) -> None:
    posts = [post for post, _ in read_with_either_loader["c"]]

    assert len(posts) == 120
    assert None not in posts


def test_real_posts_are_warned_about_unknown_keys_only(read_with_either_loader: Found) -> None:
    codes = Counter(p.code for _, problems in read_with_either_loader["c"] for p in problems)

    assert set(codes) == {"unknown-key"}


def test_real_posts_are_the_same_with_either_loader(read_with_either_loader: Found) -> None:
    assert read_with_either_loader["c"] == read_with_either_loader["python"]


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2016-03-21", "2016-03-21T12:00:00-04:00"),
        ("2014-05-14", "2014-05-14T11:02:00-04:00"),
        ("2020-06-30", "2020-07-06T20:00:00-04:00"),
        ("2024-12-5-18f-project-defaults", "2024-12-05T00:00:00-05:00"),
    ],
)
def test_dates_of_real_posts_are_read_as_they_are_meant(name: str, moment: str) -> None:
    (path,) = (path for path in corpus() if path.name.startswith(name))
    post = read_post(f"content/posts/{path.name}", path.read_bytes(), IMPORT, Untouched()).document

    assert post is not None
    assert post.published == datetime.fromisoformat(moment)
