"""Themes: inheritance, overrides by the blog, and a template's mistakes."""

from __future__ import annotations

import pytest

from tests.conftest import Blog


@pytest.fixture
def posted(blog: Blog) -> Blog:
    blog.post("2026-11-10-one")
    return blog


def test_a_template_of_the_blog_replaces_the_themes_own(posted: Blog) -> None:
    posted.write("templates/page.html", "mine: {{ title }}\n")
    posted.write("content/pages/about.md", "---\ntitle: A & B\n---\n")
    posted.build()

    assert posted.page("about/") == "mine: A &amp; B\n"
    assert "<h1" in posted.page("2026/one/")


def test_a_child_theme_overrides_single_files_of_its_parent(posted: Blog) -> None:
    posted.set('theme = "ours"\n')
    posted.write("themes/ours/theme.toml", 'name = "ours"\napi = 1\nextends = "default"\n')
    posted.write("themes/ours/templates/not-found.html", "Lost, {{ site.title }}?")
    posted.write("themes/ours/static/style.css", "body { color: red }")
    posted.build()

    assert posted.page("404.html") == "Lost, Letters?"
    styles = [data for path, data in posted.tree().items() if path.startswith("assets/style.")]
    assert styles == [b"body{color:red}"]
    assert any(path.startswith("assets/favicon.") for path in posted.tree())


def test_an_unknown_name_is_an_error_with_template_line_and_suggestion(posted: Blog) -> None:
    posted.write("templates/post.html", "one\n{{ psot.title }}\n")

    assert posted.problems() == [
        "templates/post.html:2: 'psot' is not known here. Did you mean 'post'?"
    ]


def test_an_unknown_attribute_is_an_error_with_suggestion(posted: Blog) -> None:
    posted.write("templates/post.html", "{% set x = post %}\n\n{{ x.titel }}\n")

    assert posted.problems() == [
        "templates/post.html:3: 'titel' is not known here. Did you mean 'title'?"
    ]


def test_a_mistake_in_an_included_template_is_placed_there(posted: Blog) -> None:
    posted.write("templates/post.html", "{% include 'part.html' %}")
    posted.write("templates/part.html", "\n\n{{ site.nothing_like_it }}")

    (line,) = posted.problems()
    assert line.startswith(
        "templates/part.html:3: 'nothing_like_it' is not known here. Known here: "
    )


def test_a_syntax_error_is_an_error_with_its_line(posted: Blog) -> None:
    posted.write("templates/post.html", "\n{% if post %}\n")

    (line,) = posted.problems()
    assert line.startswith("templates/post.html:2: unexpected end of template")


def test_an_error_of_any_other_kind_is_placed_too(posted: Blog) -> None:
    posted.write("templates/post.html", "\n{{ 1 / 0 }}\n")

    assert posted.problems() == ["templates/post.html:2: division by zero."]


def test_a_missing_template_is_an_error(posted: Blog) -> None:
    posted.write("templates/post.html", "\n{% include 'gone.html' %}\n")

    assert posted.problems() == ["templates/post.html:2: there is no template 'gone.html'."]


def test_a_template_named_by_an_expression_is_an_error(posted: Blog) -> None:
    posted.write("templates/post.html", "{% include post.title %}")

    (line,) = posted.problems()
    assert line.startswith("templates/post.html: a template is named by an expression")


def test_an_error_in_a_template_leaves_the_site_as_it_was(posted: Blog) -> None:
    posted.build()
    before = dict(posted.tree())
    posted.write("templates/follow.html", "{{ nothing }}")
    posted.post("2026-11-11-two")

    assert posted.try_build().failed
    assert posted.tree() == before


def test_everything_is_escaped_in_every_kind_of_template(posted: Blog) -> None:
    posted.set("")
    posted.post("2026-11-10-one", title="'a < b & c'")
    posted.write("templates/post.html", "{{ post.title }}")
    posted.build()

    assert posted.page("2026/one/") == "a &lt; b &amp; c"


def test_templates_have_no_globals(posted: Blog) -> None:
    posted.write("templates/post.html", "{{ range(3) }}")

    (line,) = posted.problems()
    assert line.startswith("templates/post.html:1: 'range' is not known here.")


def test_a_theme_that_is_not_there_is_an_error_with_a_suggestion(posted: Blog) -> None:
    posted.set('theme = "defualt"\n')

    assert posted.problems() == [
        "content/site.toml: there is no theme 'defualt'. Did you mean 'default'?"
    ]


def test_a_theme_cannot_be_a_path(posted: Blog) -> None:
    posted.set('theme = "../../etc"\n')

    assert posted.problems()[0].startswith("content/site.toml: there is no theme '../../etc'.")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            'name = "x"\n',
            "themes/x/theme.toml: the theme names no api. Write api = 1 if its templates use the "
            "names in docs/theme-api.md.",
        ),
        (
            'name = "x"\napi = 2\n',
            "themes/x/theme.toml: the theme is made for api 2, not 1. Write api = 1 if its "
            "templates use the names in docs/theme-api.md.",
        ),
        (
            'name = "x"\napi = 1\nextend = "default"\n',
            "themes/x/theme.toml: unknown key 'extend'. Did you mean 'extends'?",
        ),
        (
            'name = "x"\napi = 1\nextends = "x"\n',
            "themes/x/theme.toml: the theme 'x' extends itself in a circle.",
        ),
    ],
)
def test_a_mistake_in_theme_toml_is_an_error(posted: Blog, text: str, printed: str) -> None:
    posted.set('theme = "x"\n')
    posted.write("themes/x/theme.toml", text)

    assert posted.problems() == [printed]


def test_the_indentation_of_a_template_is_not_sent_unless_it_would_show(posted: Blog) -> None:
    posted.write("templates/not-found.html", "<p>\n  Lost,\n\tthen\n    {{ site.title }}?\n</p>\n")
    posted.build()
    assert posted.page("404.html") == "<p>\nLost,\nthen\nLetters?\n</p>\n"

    posted.write("templates/not-found.html", "<pre class=map>\n  You\n    are here\n</pre>\n")
    posted.build()
    assert posted.page("404.html") == "<pre class=map>\n  You\n    are here\n</pre>\n"
