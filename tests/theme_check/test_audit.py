"""What `weekly theme check` finds in a theme, and that it finds nothing in ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.i18n.catalogues import load_messages
from generator.render.themes import Theme, load_theme
from generator.theme_check.audit import audit
from generator.theme_check.contract import PAGES
from tests.conftest import Blog

SHIPPED = Path(__file__).parents[2] / "themes"
POST = '{% extends "base.html" %}\n{% block main %}\n'


@pytest.fixture
def themed(blog: Blog) -> Blog:
    """A blog with a theme of its own that extends ours and has no file yet."""
    blog.write("themes/ours/theme.toml", 'name = "ours"\napi = 1\nextends = "default"\n')
    return blog


def told(blog: Blog, name: str = "ours") -> list[str]:
    """What is printed of a theme."""
    theme = load_theme(name, blog=blog.folder, shipped=SHIPPED)
    assert isinstance(theme, Theme)
    words, problems = load_messages("en", theme.layers)
    return [str(problem) for problem in (*problems, *audit(theme, words))]


def test_nothing_is_wrong_with_our_theme(blog: Blog) -> None:
    assert told(blog, "default") == []


@pytest.mark.parametrize(
    ("line", "printed"),
    [
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
            "the macro 'one' has no parameter 'psot'. Known are: it.",
        ),
        (
            "{% for n in range(3) %}{% endfor %}",
            "'range' is not known here. Templates see no globals of Jinja: what a page shows is "
            "in its view.",
        ),
        ("{{ post.title | uper }}", "there is no filter 'uper'. Did you mean 'upper'?"),
        ("{{ post.title is strng }}", "there is no test 'strng'. Did you mean 'string'?"),
        (
            '{{ site.messages | translate("newest_leter") }}',
            "there are no words 'newest_leter'. Did you mean 'newest_letter'?",
        ),
        (
            '{{ site.messages | translate("letters" if older else "leters", n=1) }}',
            "there are no words 'leters'. Did you mean 'letters'?",
        ),
        ('{{ site.messages | translate("letters") }}', "the words 'letters' need 'n'. Write n=…."),
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
            "a template is named by an expression, so nobody could tell what it depends on. "
            "Write the name itself, in quotes.",
        ),
        ("{% if post %}", "encountered unknown tag 'endblock'"),
        (
            '<p style="color: {{ post.title }}">x</p>',
            "warning: a style attribute is refused by browsers. Give it a file of its own: see "
            "docs/themes.md, What a page may load.",
        ),
        (
            '<button onclick="go()">x</button>',
            "warning: the script in 'onclick' is refused by browsers. Give it a file of its own: "
            "see docs/themes.md, What a page may load.",
        ),
        (
            '<img src="https://example.net/{{ post.url }}" alt="">',
            "'https://example.net/' would be loaded from another host. Keep a copy in "
            "the theme's static/ folder.",
        ),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    themed: Blog, line: str, printed: str
) -> None:
    themed.write("themes/ours/templates/post.html", f"{POST}{line}\n{{% endblock %}}\n")

    found = told(themed)
    assert [item for item in found if printed in item] != [], found
    assert all(
        item.startswith(
            ("themes/ours/templates/post.html:3: ", "themes/ours/templates/post.html:4: ")
        )
        for item in found
    )


@pytest.mark.parametrize(
    "line",
    [
        "{{ post.extra.mood }} {{ site.files['style.css'] }} {{ post.title.upper() }}",
        "{% if mood is defined %}x{% endif %}",
        "{% include 'mine.html' ignore missing %}",
        "{% for it in related %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}",
        "{% for name, groups in [('a', related)] %}{{ name }}{{ groups[0].title }}{% endfor %}",
        '<a href="https://example.net/">elsewhere</a> {{ super() }}',
        "{# {{ psot }} #}{% raw %}{{ psot }}{% endraw %}",
    ],
)
def test_what_is_right_is_left_alone(themed: Blog, line: str) -> None:
    themed.write("themes/ours/templates/post.html", f"{POST}{line}\n{{% endblock %}}\n")

    assert told(themed) == []


def test_a_partial_that_is_replaced_is_read_with_what_every_page_gives_it(themed: Blog) -> None:
    themed.write("templates/images.html", "{% macro show(image) %}{{ image.srk }}{% endmacro %}")

    found = told(themed)
    assert (
        "templates/images.html:1: 'srk' is not known in Image. Known are: "
        "alt, height, sources, url, width." in found
    )
    assert any("images.html has no macro 'column'" in item for item in found)


def test_a_template_that_is_included_may_have_blocks_extend_another_and_include_itself(
    themed: Blog,
) -> None:
    themed.write("templates/a.html", "{% extends 'b.html' %}{% block x %}{{ psot }}{% endblock %}")
    themed.write("templates/b.html", "{% block x %}{% endblock %}{% include 'a.html' %}")
    themed.write("templates/post.html", "{% include 'a.html' %}")

    found = told(themed)
    assert [item for item in found if "warning" not in item] == [
        "templates/a.html:1: 'psot' is not known here. Did you mean 'post'?"
    ]


def test_a_theme_that_extends_none_needs_every_template(blog: Blog) -> None:
    blog.write("themes/bare/theme.toml", 'name = "bare"\napi = 1\n')
    found = told(blog, "bare")

    assert len(found) == len(PAGES)
    assert found[0] == (
        "themes/bare/theme.toml: the theme has no template 'archive.html'. Write it, or take it "
        'from another theme: extends = "default".'
    )


def test_a_template_that_no_page_uses_is_probably_misspelt(themed: Blog) -> None:
    themed.write("themes/ours/templates/posts.html", "x")

    assert told(themed) == [
        "themes/ours/templates/posts.html: warning: no page uses this template. "
        "Did you mean 'post.html'?"
    ]


def test_a_stylesheet_loads_nothing_from_elsewhere(themed: Blog) -> None:
    themed.write(
        "themes/ours/static/zz.css",
        "/* url(https://example.net/no) */\np { background: url('https://example.net/a.png') }\n",
    )

    assert told(themed) == [
        "themes/ours/static/zz.css:2: 'https://example.net/a.png' would be loaded from another "
        "host. Keep a copy in the theme's static/ folder."
    ]


def test_every_page_that_is_planned_has_its_view_in_the_contract(repository: Path) -> None:
    documented = dict(
        re.findall(
            r"^### `([\w.-]+)`: `(\w+)`$",
            (repository / "docs/theme-api.md").read_text("utf-8"),
            re.M,
        )
    )

    assert {template: view.__name__ for template, view in PAGES.items()} == documented
