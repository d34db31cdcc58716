"""Images without alt text."""

from __future__ import annotations

from tests.conftest import Blog, png
from tests.images.images import FOLDER


def test_an_image_without_alt_text_is_reported_with_its_line(blog: Blog) -> None:
    blog.write(f"{FOLDER}/view.png", png())
    blog.post(
        "2026-11-10-two/index",
        '![](view.png)\n\n<img src="https://example.org/a.png">\n\n![ ](view.png)\n',
        image="view.png",
    )
    path, or_nothing = f"{FOLDER}/index.md", 'or write {: alt=""} if it is decoration.'

    assert blog.problems() == [
        f"{path}:4:8: warning: the image 'view.png' has no alt text."
        ' Describe it in image_alt, or write image_alt: "" if it is decoration.',
        f"{path}:6:5: warning: the image 'view.png' has no alt text."
        f" Describe it: ![text](view.png), {or_nothing}",
        f"{path}:8:11: warning: the image 'https://example.org/a.png' has no alt text."
        f" Describe it: ![text](https://example.org/a.png), {or_nothing}",
        f"{path}:10:6: warning: the image 'view.png' has no alt text."
        f" Describe it: ![text](view.png), {or_nothing}",
    ]
    assert blog.page("2026/two/").count('alt=""') >= 3


def test_an_empty_alt_text_may_be_a_decision(blog: Blog) -> None:
    blog.write(f"{FOLDER}/line.png", png())
    blog.post(
        "2026-11-10-two/index",
        '![](line.png){: alt=""} <img src="line.png" alt="">\n',
        image="line.png",
        image_alt='""',
    )

    assert blog.problems() == []


def test_the_severity_of_missing_alt_text_is_a_setting(blog: Blog) -> None:
    blog.write(f"{FOLDER}/line.png", png())
    blog.post("2026-11-10-two/index", "![](line.png)\n")
    blog.set('missing_alt = "error"\n')
    assert blog.try_build().failed
    blog.set('missing_alt = "allow"\n')
    assert blog.problems() == []
