"""What `weekly theme check` finds in a theme, and that it finds nothing in ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.i18n.catalogues import load_messages
from generator.render.themes import Theme, load_theme
from generator.theme_check.audit import audit
from generator.views import PAGES
from tests.conftest import Blog

SHIPPED = Path(__file__).parents[2] / "themes"
POST = '{% extends "base.html" %}\n{% block main %}'


@pytest.fixture
def themed(blog: Blog) -> Blog:
    """A blog with a theme of its own that extends ours and has no file yet."""
    return with_theme(blog)


def with_theme(blog: Blog) -> Blog:
    blog.write("themes/ours/theme.toml", 'name = "ours"\napi = 1\nextends = "default"\n')
    return blog


def with_lines(blog: Blog, *lines: str) -> Blog:
    """The blog with a template for posts that has these lines, from the third one on."""
    blog.write("themes/ours/templates/post.html", "\n".join([POST, *lines, "{% endblock %}", ""]))
    return blog


def reported(blog: Blog, name: str = "ours") -> list[str]:
    """What is printed about a theme."""
    theme = load_theme(name, blog=blog.folder, shipped=SHIPPED)
    assert isinstance(theme, Theme)
    messages, problems = load_messages("en", theme.layers)
    return [str(problem) for problem in (*problems, *audit(theme, messages))]


def test_nothing_is_wrong_with_our_theme(blog: Blog) -> None:
    assert reported(blog, "default") == []


ERRORS = [
    ("{{ psot.title }}", "'psot' is not known here. Did you mean 'post'?"),
    ("{{ post.titel }}", "'titel' is not known in FullPost. Did you mean 'title'?"),
    ('{{ post["titel"] }}', "'titel' is not known in FullPost. Did you mean 'title'?"),
    ("{{ post.date.longg }}", "'longg' is not known in DateView. Did you mean 'long'?"),
    ("{{ older.urll }}", "'urll' is not known in PostLink. Did you mean 'url'?"),
    (
        "{% for it in related %}{{ it.trait.tittle }}{% endfor %}",
        "'tittle' is not known in TermLink. Did you mean 'title'?",
    ),
    (
        "{{ (related | sort(attribute='title') | first).titel }}",
        "'titel' is not known in PostLink. Did you mean 'title'?",
    ),
    (
        "{% for it in related[:2] if it.titel %}{% endfor %}",
        "'titel' is not known in PostLink. Did you mean 'title'?",
    ),
    (
        "{{ related | map(attribute='date.shortt') | join }}",
        "'shortt' is not known in DateView. Did you mean 'short'?",
    ),
    (
        "{% set author = post.authors[0] %}{{ author.nam }}",
        "'nam' is not known in AuthorCard. Did you mean 'name'?",
    ),
    (
        "{% macro one(it) %}{{ it.titel }}{% endmacro %}{{ one(post) }}",
        "'titel' is not known in FullPost. Did you mean 'title'?",
    ),
    (
        "{% macro one(it) %}{% endmacro %}{{ one(psot=post) }}",
        "the macro 'one' has no parameter 'psot'. Known here: it.",
    ),
    (
        "{% for n in range(3) %}{% endfor %}",
        "'range' is not known here. Templates see no Jinja globals: what a page shows is "
        "in its view.",
    ),
    ("{{ post.title | uper }}", "there is no filter 'uper'. Did you mean 'upper'?"),
    ("{{ post.title is strng }}", "there is no test 'strng'. Did you mean 'string'?"),
    (
        '{{ site.messages | translate("newest_leter") }}',
        "there is no message 'newest_leter'. Did you mean 'newest_letter'?",
    ),
    (
        '{{ site.messages | translate("letters" if older else "leters", n=1) }}',
        "there is no message 'leters'. Did you mean 'letters'?",
    ),
    (
        '{{ site.messages | translate("letters") }}',
        "the message 'letters' needs 'n'. Write n=….",
    ),
    (
        '{% include "pagge.html" %}',
        "there is no template 'pagge.html'. Did you mean 'page.html'?",
    ),
    (
        '{% from "macros.html" import colour_off with context %}',
        "macros.html has no macro 'colour_off'. Did you mean 'colour_of'?",
    ),
    (
        '{% import "macros.html" as m with context %}{{ m.colour_off([]) }}',
        "macros.html has no macro 'colour_off'. Did you mean 'colour_of'?",
    ),
    (
        "{% include post.title %}",
        "a template is named by an expression, so weekly can't know what the page needs. "
        "Write the name itself, in quotes.",
    ),
    (
        '<p style="color: {{ post.title }}">x</p>',
        "warning: a style attribute is refused by browsers. Move it to a file of its own: see "
        "docs/themes.md, What a page may load.",
    ),
    (
        '<button onclick="go()">x</button>',
        "warning: the script in 'onclick' is refused by browsers. Move it to a file of its "
        "own: see docs/themes.md, What a page may load.",
    ),
    (
        '<img src="https://example.net/{{ post.url }}" alt="">',
        "'https://example.net/' would be loaded from another host. Keep a copy in "
        "the theme's static/ folder.",
    ),
]


@pytest.fixture(scope="module")
def reported_by_line(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What is printed about a template with all of these errors, a line each."""
    blog = with_theme(Blog(tmp_path_factory.mktemp("blog")))
    found: dict[int, list[str]] = {}
    for problem in reported(with_lines(blog, *(line for line, _ in ERRORS))):
        place, _, message = problem.partition(": ")
        path, _, line = place.partition(":")
        assert path == "themes/ours/templates/post.html"
        found.setdefault(int(line), []).append(message)
    return found


@pytest.mark.parametrize(
    ("number", "printed"), list(enumerate((printed for _, printed in ERRORS), start=3))
)
def test_an_error_in_a_template_is_reported_with_its_line(
    reported_by_line: dict[int, list[str]], number: int, printed: str
) -> None:
    assert reported_by_line[number] == [printed]


def test_a_template_without_an_error_is_all_that_is_reported(
    reported_by_line: dict[int, list[str]],
) -> None:
    assert sorted(reported_by_line) == list(range(3, 3 + len(ERRORS)))


def test_a_syntax_error_is_reported_with_its_line(themed: Blog) -> None:
    (problem,) = reported(with_lines(themed, "{% if post %}"))

    assert problem.startswith(
        "themes/ours/templates/post.html:4: encountered unknown tag 'endblock'"
    )


CORRECT = [
    "{{ post.extra.mood }} {{ site.files['style.css'] }} {{ post.title.upper() }}",
    "{% if mood is defined %}x{% endif %}",
    "{% include 'mine.html' ignore missing %}",
    "{% for it in related %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for name, groups in [('a', related)] %}{{ name }}{{ groups[0].title }}{% endfor %}",
    '<a href="https://example.net/">elsewhere</a> {{ super() }}',
    "{# {{ psot }} #}{% raw %}{{ psot }}{% endraw %}",
]


def test_what_is_correct_is_left_alone(themed: Blog) -> None:
    assert reported(with_lines(themed, *CORRECT)) == []


def test_a_partial_that_is_replaced_is_read_with_what_every_page_gives_it(themed: Blog) -> None:
    themed.write("templates/images.html", "{% macro show(image) %}{{ image.srk }}{% endmacro %}")

    found = reported(themed)
    assert (
        "templates/images.html:1: 'srk' is not known in Image. Known here: "
        "alt, height, sources, url, width." in found
    )
    assert any("images.html has no macro 'column'" in item for item in found)


def test_a_template_that_is_included_may_have_blocks_extend_another_and_include_itself(
    themed: Blog,
) -> None:
    themed.write("templates/a.html", "{% extends 'b.html' %}{% block x %}{{ psot }}{% endblock %}")
    themed.write("templates/b.html", "{% block x %}{% endblock %}{% include 'a.html' %}")
    themed.write("templates/post.html", "{% include 'a.html' %}")

    found = reported(themed)
    assert [item for item in found if "warning" not in item] == [
        "templates/a.html:1: 'psot' is not known here. Did you mean 'post'?"
    ]


def test_a_theme_that_extends_none_needs_every_template(blog: Blog) -> None:
    blog.write("themes/bare/theme.toml", 'name = "bare"\napi = 1\n')
    found = reported(blog, "bare")

    assert len(found) == len(PAGES)
    assert found[0] == (
        "themes/bare/theme.toml: the theme has no template 'actions.html'. Write it, or take it "
        'from another theme with extends = "default".'
    )


def test_a_template_that_no_page_uses_is_probably_misspelled(themed: Blog) -> None:
    themed.write("themes/ours/templates/posts.html", "x")

    assert reported(themed) == [
        "themes/ours/templates/posts.html: warning: no page uses this template. "
        "Did you mean 'post.html'?"
    ]


def test_a_stylesheet_loads_nothing_from_elsewhere(themed: Blog) -> None:
    themed.write(
        "themes/ours/static/zz.css",
        "/* url(https://example.net/no) */\np { background: url('https://example.net/a.png') }\n",
    )

    assert reported(themed) == [
        "themes/ours/static/zz.css:2: 'https://example.net/a.png' would be loaded from another "
        "host. Keep a copy in the theme's static/ folder."
    ]
