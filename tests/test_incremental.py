"""One property rules the cache: after any edits, an incremental build equals a clean one.

Small blogs are edited at random. After each edit the same blog is built twice: on top of what
stands in `output/` and `.weekly/`, and in an empty folder. Every byte must be the same, and so
must every problem. CI looks at more sequences of edits, and `make fuzz` at others each time.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator import build as builds
from generator import fingerprint, views
from generator.artifacts import posts
from generator.artifacts.recipes import Artifact, Lazy, LazyRecipe, Page
from generator.build import build
from generator.build.report import BuildOptions, BuildReport
from generator.build.stamping import stamp_as_up_to_date
from generator.cache import keys
from generator.cache.file_digests import FileDigest
from generator.cache.file_stamp import FileStamp
from generator.cache.stamp import Inputs, look_at, read_stamp
from generator.cli.up_to_date import inputs_of
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.model import Visibility
from generator.render.template_closures import TemplateClosures
from tests.conftest import COURAGE, LISTEN, NOON, SITE, files_below, png

SEQUENCES = 200  # that CI looks at
AT_HAND = 20  # of them, in the tests that everybody runs
IN_THE_DEFAULT_THEME = 20

SECOND_NS = 1_000_000_000
LATER = "2026-12-05T12:00:00+00:00"  # when the posts that are held at noon are out
FAR_FUTURE_NS = 4_000_000_000 * SECOND_NS

Draw = tuple[str, int, int]  # an edit by its name, and two numbers to choose with

# every template that a theme has, and its view, as the docs list them
VIEWS = {
    template: getattr(views, view)
    for template, view in re.findall(
        r"^### `([\w.-]+)`: `(\w+)`$",
        (Path(__file__).parents[1] / "docs/theme-api.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
PROSE = {
    "home.html": "{{ newest.html | html if newest }}",
    "page.html": "{{ html | html }}",
    "post.html": "{{ post.html | html }}",
    "term.html": "{{ html | html }}",
}
PARTIALS = {
    "base.html": "{% include 'frame.html' %}\n{% block main %}{% endblock %}\n",
    "frame.html": "{% from 'macros.html' import word %}{{ word(1) }} {% include 'part.html' %}\n",
    "macros.html": "{% macro word(n) %}word {{ n }}{% endmacro %}\n",
    "part.html": "part {% include 'optional.html' ignore missing %}\n",
}


def tiny_theme() -> Mapping[str, str]:
    """A theme that shows every field of every view, and whose partials lie four deep."""
    shown = {
        template: "{% extends 'base.html' %}{% block main %}"
        + "".join(f"{{{{ {name} }}}}\n" for name in view._fields)
        + PROSE.get(template, "")
        + "{% endblock %}"
        for template, view in VIEWS.items()
    }
    return shown | PARTIALS


@dataclass
class Letter:
    """A post of the blog, as its writer has it in mind."""

    name: str
    day: int  # of November
    folder: bool
    head: dict[str, str] = field(default_factory=dict)
    body: str = "The first words.\n"

    @property
    def path(self) -> str:
        return f"content/posts/{self.name}" + ("/index.md" if self.folder else ".md")

    def text(self) -> str:
        lines = {"title": self.name.title(), "date": f"2026-11-{self.day:02}"} | self.head
        head = "".join(f"{key}: {value}\n" for key, value in {"tags": "[risk]", **lines}.items())
        return f"---\n{head}---\n{self.body}"


class World:
    """A blog on disk, its writer, and the clock."""

    def __init__(self, folder: Path, *, posts: int, theme: str) -> None:
        self.blog = folder / "blog"
        self.output = self.blog / "output"
        self.stamped = BuildReport(())  # of the build that was stamped last
        self.now = NOON
        self.drafts = False
        self.clock_ns = 10 * SECOND_NS  # how far the builder's clock is ahead of the disk's
        # what makes many files is off at first, and comes and goes by the edit `setting`
        self.settings = {"theme": f'"{theme}"', "balance_page": "false"}
        self.tables = {
            "feeds": {"entries": "2"},
            "home": {"cards": "2"},
            "markdown": {},
            "images": {"social": "false"},
            "search": {"enabled": "false"},
        }
        self.site = SITE
        self.letters = [
            Letter(
                f"letter-{n}",
                day=3 * n + 1,
                folder=n % 4 < 2,
                head={"tags": ("[risk]", "[listening]")[n % 2]},
            )
            for n in range(posts)
        ]
        self._written = posts
        self.write("content/traits/listen.md", LISTEN)
        self.write("content/traits/courage.md", COURAGE)
        self.write("content/pages/about.md", "---\ntitle: About\n---\nMe.\n")
        for name, text in tiny_theme().items():
            self.write(f"themes/tiny/templates/{name}", text)
        self.write("themes/tiny/theme.toml", 'name = "tiny"\napi = 1\n')
        self.write("themes/tiny/static/style.css", "body {}")
        parent = "default" if theme == "default" else "tiny"
        self.write("themes/child/theme.toml", f'name = "child"\napi = 1\nextends = "{parent}"\n')
        self.save_site()
        for letter in self.letters:
            self.save(letter)

    @property
    def now_ns(self) -> int:
        """What the clock of the machine that builds shows."""
        return max(0, time.time_ns() + self.clock_ns)

    def write(self, path: str, text: str | bytes) -> None:
        target = self.blog / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def remove(self, path: str) -> None:
        target = self.blog / path
        target.unlink(missing_ok=True)
        if target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()

    def toggle(self, path: str, text: str | bytes) -> None:
        """Write a file, or remove it where it holds just that."""
        target = self.blog / path
        wanted = text if isinstance(text, bytes) else text.encode()
        if target.is_file() and target.read_bytes() == wanted:
            self.remove(path)
        else:
            self.write(path, wanted)

    def letter(self, number: int) -> Letter:
        return self.letters[number % len(self.letters)]

    def save(self, letter: Letter) -> None:
        self.write(letter.path, letter.text())

    def add(self, day: int) -> None:
        letter = Letter(f"letter-{self._written}", day=day, folder=self._written % 3 == 0)
        self._written += 1
        self.letters.append(letter)
        self.save(letter)

    def forget(self, letter: Letter) -> None:
        self.letters.remove(letter)
        self.remove(letter.path)
        shutil.rmtree(self.blog / "content/posts" / letter.name, ignore_errors=True)

    def save_site(self) -> None:
        lines = [f"{key} = {value}" for key, value in self.settings.items()]
        tables = [
            f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
            for name, table in self.tables.items()
        ]
        self.write("content/site.toml", "\n".join([*lines, self.site, *tables]))

    def outputs(self) -> list[Path]:
        """Every file of the site that stands, but not the list of them."""
        return sorted(p for p in self.output.rglob("*") if p.is_file() and p.name != ".weekly")

    def sources(self) -> dict[str, bytes]:
        """Every file that a clean build starts from."""
        return {
            f"{top}/{path}": data
            for top in ("content", "templates", "themes")
            for path, data in files_below(self.blog / top).items()
        }


Edit = Callable[[World, int, int], None]
EDITS: dict[str, Edit] = {}


def edit(function: Edit) -> Edit:
    """Make a function one of the edits, under its own name."""
    EDITS[function.__name__] = function
    return function


@edit
def body(world: World, i: int, j: int) -> None:
    letter = world.letter(i)
    letter.body = (
        "Some other words.\n",
        "An opening.\n\n<!-- more -->\n\nThe rest of it.\n",
        "<b>Raw</b> html & 'quotes'.\n\n# One\n\n## Two\n\n## Three\n",
        f"Wondering about {'planning budgets ' * (j + 1)}and *more*.\n\n```python\nx = {j}\n```\n",
        "",
        "[Home](/) and a note.[^1]\n\n[^1]: Here.\n",
    )[j % 6]
    world.save(letter)


@edit
def one_word(world: World, i: int, j: int) -> None:
    """A correction after the first words, which leaves the length as it is."""
    letter = world.letter(i)
    letter.body = f"The first words.\n\nThe {('rest', 'last', 'end')[j % 3]} of it.\n"
    world.save(letter)


@edit
def title(world: World, i: int, j: int) -> None:
    world.letter(i).head["title"] = ("'A & B'", "Other", "'<i>'", "Yet another one")[j % 4]
    world.save(world.letter(i))


@edit
def date(world: World, i: int, j: int) -> None:
    world.letter(i).day = (2, 5, 8, 11, 14, 20, 24, 30)[j % 8]
    world.save(world.letter(i))


@edit
def tags(world: World, i: int, j: int) -> None:
    choice = ("[risk]", "[listening]", "[risk, feedback]", "[Budget, risk]", "[listening, risk]")
    world.letter(i).head["tags"] = choice[j % 5]
    world.save(world.letter(i))


@edit
def front_matter(world: World, i: int, j: int) -> None:
    """Something that comes into the front matter of a post, or goes."""
    head = world.letter(i).head
    key, value = (
        ("draft", "true"),
        ("summary", "In short."),
        ("summary", "In other words."),
        ("aliases", "[/old/, /older.html]"),
        ("updated", "2026-11-21"),
        ("slug", f"moved-{i}"),
        ("extra", "{colour: blue, sizes: [1, 2]}"),
        ("authors", "[ada]"),
        ("series", "The trial"),
        ("series", "The budget"),
        ("series_order", str(i + 1)),
    )[j % 11]
    if head.get(key) == value:
        del head[key]
    else:
        head[key] = value
    world.save(world.letter(i))


@edit
def link(world: World, i: int, j: int) -> None:
    letter, other = world.letter(i), world.letter(j)
    up = "../" if letter.folder else ""
    letter.body = f"See [this]({up}{other.path.removeprefix('content/posts/')}#it).\n"
    world.save(letter)


@edit
def image(world: World, i: int, j: int) -> None:
    letter = world.letter(i)
    beside = letter.path.rpartition("/")[0]
    if j % 4 == 3:
        world.remove(f"{beside}/one.png")
    else:
        world.write(f"{beside}/one.png", png(j % 2))
    if j % 2:
        letter.body = "![A view](one.png)\n"
    else:
        letter.head |= {"image": "one.png", "image_alt": "A view"}
    world.save(letter)


@edit
def trait(world: World, i: int, j: int) -> None:
    text = (LISTEN, COURAGE)[i % 2]
    old, new = (
        ("order: ", "order: 1"),
        ("summary: I will", "summary: We will"),
        ("title: ", "title: We "),
        ("I ", "We "),
        ("---\n", "---\n"),
    )[j % 5]
    world.write(f"content/traits/{('listen', 'courage')[i % 2]}.md", text.replace(old, new))


@edit
def more_traits(world: World, i: int, j: int) -> None:
    world.toggle("content/traits/humour.md", f"---\ntitle: Laugh {i % 2}\ntags: [fun]\n---\nHa.\n")


@edit
def reply(world: World, i: int, j: int) -> None:
    """A reply to a post or to another reply, which is moderated, answered, changed, or removed."""
    to = world.letter(i).name if i % 3 else f"reply-{(i + 1) % 4}"
    head = {
        "to": to,
        "name": ("Ben Okafor", "Zoë")[j % 2],
        "received": f"2026-11-{1 + j:02}T08:00:00+00:00",
        "kind": ("reply", "question", "like", "mention", "question")[j % 5],
        "state": ("approved", "new", "approved", "hidden")[(i + j) % 4],
        "consent": ("public", "initials", "anonymous", "private")[j // 2 % 4],
    }
    if j % 5 == 1:
        head["answered"] = "{by: ada, at: 2026-11-20, words: Yes.}"
    if j % 5 == 4:
        head["answered"] = f"{{by: ada, post: {world.letter(j).name}}}"
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    text = f"---\n{lines}---\nWords *{j % 2}*.\n"
    world.toggle(f"content/replies/all/reply-{i % 4}.md", text)


@edit
def action(world: World, i: int, j: int) -> None:
    """An action of which the words, the state or the place changes."""
    said = f"[{world.letter(i).name}, reply-0]" if j % 2 else "[]"
    state = ("done", "doing", "no\nreason: Money.")[j % 3]
    head = f"title: Action {i % 2}\nsaid: {said}\nstate: {state}\nsince: 2026-11-{1 + i:02}\n"
    text = f"---\n{head}traits: [listening]\n---\nWords.\n"
    world.toggle(f"content/actions/action-{i % 2}.md", text)


@edit
def answers(world: World, i: int, j: int) -> None:
    """A post that says that it answers a question, or no longer says so."""
    head = world.letter(i).head
    if head.pop("answers", None) is None:
        head["answers"] = f"[reply-{j % 4}]"
    world.save(world.letter(i))


@edit
def add(world: World, i: int, j: int) -> None:
    world.add(day=1 + (7 * i + j) % 30)


@edit
def delete(world: World, i: int, j: int) -> None:
    if len(world.letters) > 1:
        world.forget(world.letter(i))


@edit
def rename(world: World, i: int, j: int) -> None:
    letter = world.letter(i)
    world.forget(letter)
    letter.name = f"{letter.name}-{j}"[-24:].strip("-")
    letter.folder ^= j % 3 == 0
    world.letters.append(letter)
    world.save(letter)


@edit
def page(world: World, i: int, j: int) -> None:
    name = ("about", "how", "letter-1")[i % 3]
    alias = "aliases: [/me/]\n" if j % 2 else ""
    draft = "draft: true\n" if j % 5 == 4 else ""
    text = f"---\ntitle: Page\nsummary: No {j}\n{alias}{draft}---\nWords.\n"
    (world.write if j % 3 else world.toggle)(f"content/pages/{name}.md", text)


@edit
def template_of_the_blog(world: World, i: int, j: int) -> None:
    name = ("post.html", "home.html", "not-found.html", "optional.html", "part.html")[i % 5]
    text = (
        "mine: {{ site.title }}",
        "{% include 'optional.html' ignore missing %} mine",
        "{% include ['absent.html', 'optional.html'] ignore missing %}",
        "{% import 'inner.html' as inner %}{{ inner.say() }}",
    )[j % 4]
    if name == "optional.html":
        text = ("here", "there", "{{ site.tagline }}", "")[j % 4]
    world.write("templates/inner.html", f"{{% macro say() %}}inner {i % 2}{{% endmacro %}}")
    world.toggle(f"templates/{name}", text)


@edit
def partial(world: World, i: int, j: int) -> None:
    """A template that pages name only through others, in the blog or in its theme."""
    place = ("templates", "themes/tiny/templates")[i % 2]
    text, other = (
        ("macros.html", "{% macro word(n) %}other {{ n }}{% endmacro %}\n"),
        ("part.html", "other {% include 'optional.html' ignore missing %}\n"),
        ("optional.html", f"it appears {j}"),
        ("frame.html", "{% include 'part.html' %}"),
    )[j % 4]
    if place != "templates" and (world.blog / place / text).exists() and text in PARTIALS:
        path = world.blog / place / text
        world.write(f"{place}/{text}", PARTIALS[text] if path.read_text() == other else other)
    else:
        world.toggle(f"{place}/{text}", other)


@edit
def child_theme(world: World, i: int, j: int) -> None:
    if j % 3 == 0:
        is_child = world.settings["theme"] == '"child"'
        parent = (world.blog / "themes/child/theme.toml").read_text().split('"')[-2]
        world.settings["theme"] = f'"{parent}"' if is_child else '"child"'
        world.save_site()
    else:
        name = ("part.html", "not-found.html", "optional.html")[i % 3]
        world.toggle(f"themes/child/templates/{name}", f"of the child {j % 3}")


@edit
def theme_static(world: World, i: int, j: int) -> None:
    name = ("style.css", "extra.css", "favicon.svg", "deep/er.js")[i % 4]
    place = ("tiny", "child")[j % 2]
    world.toggle(f"themes/{place}/static/{name}", f"/* {j % 3} */")


@edit
def static(world: World, i: int, j: int) -> None:
    """A file of content/static/ that comes, changes, goes, or becomes a folder."""
    place = world.blog / "content/static/notes"
    if place.is_dir():
        shutil.rmtree(place)
    elif place.exists():
        place.unlink()
    name = ("notes", "notes/one.txt", "notes/two/three.txt", "robots-too.txt")[i % 4]
    world.toggle(f"content/static/{name}", f"static {j % 3}")


@edit
def setting(world: World, i: int, j: int) -> None:
    table, key, values = (
        ("", "permalink", ('"/{year}/{slug}/"', '"/letters/{slug}/"', '"/{year}/{month}/{slug}/"')),
        ("", "unknown_tags", ('"warning"', '"error"')),
        ("", "cname", ('"example.org"', '""')),
        ("", "publisher", ('"Northmere"', '""')),
        ("feeds", "entries", ("1", "2", "20")),
        ("feeds", "full_text", ("false", "true")),
        ("home", "cards", ("1", "2", "8")),
        ("home", "full_newest", ("false", "true")),
        ("markdown", "allow_html", ("false", "true")),
        ("markdown", "typographic_quotes", ("false", "true")),
        ("weekly", "time", ('"09:00"', '"23:30"')),
        ("answer", "page", ('"pages/about.md"', '""')),
        ("answer", "email", ('"a@example.org"', '""')),
        ("", "balance_page", ("true", "false")),
        ("images", "social", ("true", "false")),
        ("search", "enabled", ("true", "false")),
    )[i % 16]
    settings_of = world.tables.setdefault(table, {}) if table else world.settings
    settings_of[key] = values[j % len(values)]
    world.save_site()


@edit
def site(world: World, i: int, j: int) -> None:
    old, *new = (
        ('title = "Letters"', 'title = "Notes"', 'title = "Letters & more"'),
        ('tagline = "What I heard this week"', 'tagline = "Heard"', 'tagline = ""'),
        ('base_url = "https://example.org/blog/"', 'base_url = "https://other.org/"'),
        ('time_zone = "Europe/London"', 'time_zone = "Asia/Tokyo"'),
        ('language = "en-GB"', 'language = "ar"'),
        ('name = "Ada Marsh"', 'name = "Ada"'),
        ("[[authors]]", '[[menu]]\ntitle = "All"\nto = "archive"\n\n[[authors]]'),
        ("[[authors]]", '[[authors]]\nid = "bo"\nname = "Bo"\n\n[[authors]]'),
    )[i % 8]
    world.site = SITE.replace(old, (old, *new)[j % (1 + len(new))])
    world.save_site()


@edit
def hurt_output(world: World, i: int, j: int) -> None:
    found = world.outputs()
    if not found:
        return
    path = found[(8 * i + j) % len(found)]
    data = path.read_bytes()
    if j % 4 == 0:
        path.unlink()
    elif j % 4 == 1:
        path.write_bytes(data[::-1] + b"!" * (not data))
    elif j % 4 == 2:
        path.write_bytes(data + b"more")
    else:
        os.utime(path, ns=(0, 1_000_000_007 * (i + 1)))


@edit
def disguise_output(world: World, i: int, j: int) -> None:
    """Other bytes in the output, of the same number and with the same time of change."""
    found = [path for path in world.outputs() if path.stat().st_size > 1]
    if found:
        disguise(found[(8 * i + j) % len(found)])


def disguise(path: Path) -> None:
    """Change a byte of a file and put its time of change back."""
    data, times = path.read_bytes(), path.stat()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@edit
def disguise_source(world: World, i: int, j: int) -> None:
    """As many other words in a source, with the time of change put back."""
    letter = world.letter(i)
    candidates = [
        letter.path,
        f"{letter.path.rpartition('/')[0]}/one.png",
        "content/traits/listen.md",
        "themes/tiny/templates/part.html",
        "themes/tiny/static/style.css",
        "templates/optional.html",
    ]
    path = world.blog / candidates[j % 6]
    if not path.is_file():
        return
    times = path.stat()
    if path.suffix == ".md":
        letter.body = letter.body.swapcase() if path == world.blog / letter.path else letter.body
        head, mark, text = path.read_text().rpartition("---\n")
        path.write_text(head + mark + text.swapcase())
    else:
        data = path.read_bytes()
        path.write_bytes(data.replace(b"part", b"trap") if b"part" in data else data.swapcase())
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@edit
def replace_source(world: World, i: int, j: int) -> None:
    """Another file under the name of a source, with the old times, as after a restore."""
    path = world.blog / world.letter(i).path
    times = path.stat()
    world.letter(i).body = world.letter(i).body[::-1].strip() + "\n"
    other = path.with_name("restored.tmp")
    other.write_text(world.letter(i).text())
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)


@edit
def future_source(world: World, i: int, j: int) -> None:
    path = world.blog / world.letter(i).path
    os.utime(path, ns=(FAR_FUTURE_NS, FAR_FUTURE_NS))


@edit
def moment(world: World, i: int, j: int) -> None:
    world.now = (NOON, LATER, "2026-11-08T00:00:00+00:00")[j % 3]


@edit
def show_drafts(world: World, i: int, j: int) -> None:
    world.drafts = not world.drafts


@edit
def machine_clock(world: World, i: int, j: int) -> None:
    """The clock of the machine that builds is ahead, right, behind, or not to be trusted."""
    world.clock_ns = (10 * SECOND_NS, 0, -3600 * SECOND_NS, -time.time_ns())[j % 4]


@edit
def hurt_cache(world: World, i: int, j: int) -> None:
    found = sorted(path for path in (world.blog / ".weekly").rglob("*") if path.is_file())
    if not found or j % 8 == 0:
        shutil.rmtree(world.blog / ".weekly", ignore_errors=True)
        return
    path = found[i % len(found)]
    data = path.read_bytes()
    middle = len(data) // 2
    if j % 8 == 1:
        path.unlink()
    elif data:
        path.write_bytes(
            {
                2: data[:middle],
                3: data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                4: b"",
                5: b"something else\n{}",
                6: data[:-1],
                7: data + b" ",
            }[j % 8]
        )


@edit
def old_cache(world: World, i: int, j: int) -> None:
    """One of the cache's files as it was at an earlier build, as after a restore."""
    kept, cache = world.blog.parent / "kept", world.blog / ".weekly"
    if kept.exists():
        path = sorted(kept.glob("*"))[i % len(list(kept.glob("*")))]
        cache.mkdir(exist_ok=True)
        shutil.copy2(path, cache / path.name)
    elif cache.exists():
        shutil.copytree(cache, kept)


@edit
def nothing(world: World, i: int, j: int) -> None:
    """Another build, which may be stamped."""


@edit
def mistake(world: World, i: int, j: int) -> None:
    """A mistake that comes, and goes again."""
    path, text = (
        ("content/posts/2026-11-02-wrong.md", "---\ntitel: Wrong\n---\n"),
        ("content/posts/2026-11-02-link.md", "---\ntitle: L\ntags: [risk]\n---\n[x](gone.md)\n"),
        ("templates/not-found.html", "{{ nothing }}"),
        ("templates/post.html", "{% if %}"),
        ("templates/part.html", "{% include site.title %}"),
        ("content/unknown.txt", "?"),
    )[i % 6]
    world.toggle(path, text)


@dataclass(frozen=True)
class Outcome:
    """What came of a build: a site, or problems that stopped it."""

    problems: tuple[str, ...]
    said: str  # what is shown of replies and actions, whether or not a page has it
    files: Mapping[str, bytes] | None


class Comparison:
    """Builds a world both ways, and counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sequences = 0
        self.edits = 0
        self.stamped = 0
        self.failing = 0
        self._clean: dict[str, Outcome] = {}

    def run(self, draws: Sequence[Draw], *, posts: int, theme: str) -> None:
        """Make a blog and edit it; both kinds of build must agree after each edit."""
        place = self.folder / "world"
        shutil.rmtree(place, ignore_errors=True)
        world = World(place, posts=posts, theme=theme)
        self.sequences += 1
        self._compare(world, "a new blog")
        for name, i, j in draws:
            wait_for_a_tick(place / "probe")
            EDITS[name](world, i, j)
            self.edits += 1
            self._compare(world, f"{name}({i}, {j})")

    def _compare(self, world: World, after: str) -> None:
        before = files_below(world.output)
        report = self._build_again(world)
        files = files_below(world.output)
        clean = self._clean_build(world)
        assert report_lines(report) == clean.problems, after
        assert said_in(report) == clean.said, after
        if clean.files is None:
            self.failing += 1
            assert report.failed, after
            assert files == before, f"{after}: a build that failed changed the site"
        else:
            assert_same(files, clean.files, after)

    def _build_again(self, world: World) -> BuildReport:
        """An incremental build as the command line makes it: none where a stamp still holds."""
        inputs = look_at(inputs_of(str(world.blog)), now_ns=world.now_ns)
        output = str(world.output)
        as_of = datetime.fromisoformat(world.now).timestamp()
        kept = read_stamp(str(world.blog / ".weekly"))
        given = str(world.drafts)
        if kept and kept.holds(options=given, as_of=as_of, inputs=inputs, output=output):
            self.stamped += 1
            return world.stamped
        report = build_once(world, world.blog, inputs)
        if not report.failed:
            world.stamped = report
            options = options_of(world, world.blog)
            now_ns = time.time_ns()
            stamp_as_up_to_date(options, report, inputs, ["stamped"], given, now_ns=now_ns)
        return report

    def _clean_build(self, world: World) -> Outcome:
        sources = world.sources()
        given = fingerprint.of_value((sorted(sources.items()), world.now, world.drafts))
        if given not in self._clean:
            place = world.blog.parent / "clean"
            shutil.rmtree(place, ignore_errors=True)
            for path, data in sources.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(data)
            report = build_once(world, place)
            files = None if report.failed else files_below(place / "output")
            self._clean[given] = Outcome(report_lines(report), said_in(report), files)
        return self._clean[given]


def wait_for_a_tick(probe: Path) -> None:
    """Let the disk's clock move on, so that what is written next has another time."""
    probe.write_bytes(b"")
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        probe.write_bytes(b"")


def build_once(world: World, blog: Path, inputs: Inputs | None = None) -> BuildReport:
    config = load_config(blog)
    if not isinstance(config, SiteConfig):
        return BuildReport(config)
    options = options_of(world, blog)
    if inputs:
        options = options._replace(started_ns=inputs.seen_ns)
    return build(config, options)


def options_of(world: World, blog: Path) -> BuildOptions:
    return BuildOptions(
        blog=blog,
        output=blog / "output",
        as_of=datetime.fromisoformat(world.now),
        visibility=Visibility(drafts=world.drafts),
        started_ns=world.now_ns,
    )


def report_lines(report: BuildReport) -> tuple[str, ...]:
    """All that is printed of problems, and of what became of the sources."""
    withheld = report.account.withheld if report.account else ()
    return tuple(map(str, (*report.problems, *withheld)))


def said_in(report: BuildReport) -> str:
    """What a site shows of replies and actions."""
    site = report.site
    return repr(site and (site.replies, site.reactions, site.questions, site.actions))


def assert_same(files: Mapping[str, bytes], clean: Mapping[str, bytes], after: str) -> None:
    """Two trees, with a message that names the first path in which they differ."""
    wrong = sorted(p for p in {*files, *clean} if files.get(p) != clean.get(p))
    if wrong:
        path = wrong[0]
        raise AssertionError(
            f"after {after}, {len(wrong)} files differ from a clean build; {path}:\n"
            f"{files.get(path)!r}\n{clean.get(path)!r}"
        )


NUMBERS = st.integers(0, 15)
DRAWS = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), NUMBERS, NUMBERS), min_size=4, max_size=10
)


def search(
    comparison: Comparison, sequences: int, *, theme: str = "tiny", **others: Any
) -> Comparison:
    """Look for edits after which the two kinds of build differ; raises AssertionError."""

    @settings(
        max_examples=sequences,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        **others,
    )
    @given(draws=DRAWS, posts=st.sampled_from((8, 3, 4, 5, 6, 7)))
    def sequence(draws: list[Draw], posts: int) -> None:
        comparison.run(draws, posts=posts, theme=theme)

    sequence()
    return comparison


@pytest.fixture
def comparison(memory: Path, quick_builds: None) -> Comparison:
    return Comparison(memory)


def test_an_incremental_build_equals_a_clean_one(
    comparison: Comparison, request: pytest.FixtureRequest
) -> None:
    asked = request.config.getoption("--sequences")
    search(comparison, asked or AT_HAND, derandomize=asked is None)

    print(
        f"\n{comparison.sequences} sequences, {comparison.edits} edits,"
        f" of which {comparison.failing} left a blog that can't be built"
        f" and {comparison.stamped} a build that was stamped as up to date"
    )
    assert comparison.sequences >= (asked or AT_HAND)
    assert comparison.failing < comparison.edits / 2


@pytest.mark.slow
def test_an_incremental_build_equals_a_clean_one_after_more_edits(comparison: Comparison) -> None:
    search(comparison, SEQUENCES, derandomize=True)

    assert comparison.sequences >= SEQUENCES


@pytest.mark.slow
def test_an_incremental_build_equals_a_clean_one_in_the_default_theme(
    comparison: Comparison,
) -> None:
    search(comparison, IN_THE_DEFAULT_THEME, theme="default", derandomize=True)


def _key_without(*names: str) -> Callable[..., str]:
    whole_key = keys.key_of

    def key(artifact: Artifact, *others: Any) -> str:
        recipe, view = artifact.recipe, artifact.recipe.view
        view = view._replace(**{name: None for name in names if name in view._fields})
        if isinstance(recipe, LazyRecipe):
            recipe = replace(recipe, lazy=Lazy(lambda: view))
        return whole_key(artifact._replace(recipe=recipe), *others)

    return key


WHOLE_INPUTS = keys.inputs_key


def _inputs_without_neighbours(artifact: Artifact, *others: Any) -> str:
    recipe, inputs = artifact.recipe, artifact.inputs
    if isinstance(recipe, Page) and isinstance(inputs, posts.PostInputs):
        alone = inputs._replace(older=None, newer=None, related=(), part=None)
        artifact = artifact._replace(recipe=replace(recipe, lazy=Lazy(recipe.lazy._make, alone)))
    return WHOLE_INPUTS(artifact, *others)


def _inputs_of_the_template_only(artifact: Artifact, *others: Any) -> str:
    return WHOLE_INPUTS(artifact, *others) and artifact.template


def _direct_template_only(closures: TemplateClosures, template: str) -> dict[str, str]:
    return {template: closures._digest(template)}


def _same_size_and_time(found: FileDigest, stamp: FileStamp) -> bool:
    return stamp[:2] == found.stamp[:2]


FAULTS = {
    # a head tells machines nearly all that a post tells readers, so that one hides the other
    "neither post nor head is in the key": (builds, "key_of", _key_without("post", "head")),
    **{
        f"the field {name} is not in the key": (builds, "key_of", _key_without(name))
        for name in ("older", "related", "site", "posts", "entries")
    },
    "neighbours are not among the inputs": (builds, "inputs_key", _inputs_without_neighbours),
    "the inputs are not looked at": (builds, "inputs_key", _inputs_of_the_template_only),
    "only the template itself is in the key": (TemplateClosures, "of", _direct_template_only),
    "a change shows in size and time only": (FileDigest, "holds_for", _same_size_and_time),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_the_comparison_would_find(
    fault: str, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*FAULTS[fault])

    with pytest.raises(AssertionError, match="differ from a clean build"):
        search(comparison, SEQUENCES, derandomize=True, phases=[Phase.generate])
