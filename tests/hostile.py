"""A blog whose every text would break a page that trusted it."""

from __future__ import annotations

import json

from tests.conftest import SITE, Blog, png

MARKUP = "Tom & \"Jerry\" 'n' <b>a</b> </title><script>alert(1)</script> &amp; -->"
SCRIPTS = "🏳️‍🌈 👩‍💻 日本語の文章 مرحبا بالعالم"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsüberprüfungskommission"
HARD = f"{MARKUP} {SCRIPTS} {LONG}"
PICTURE = "photo & 'one'.png"

BODY = f"""\
{LONG}{LONG} <https://example.org/{"a" * 200}> and [{SCRIPTS}](https://example.org/?a=1&b="2")

## A & B < C > "D" {LONG}

![{SCRIPTS} & "quotes" < brackets]({PICTURE.replace(" ", "%20")} "A & <title>")

| {LONG} | & < > | {SCRIPTS} |
|---|---|--:|
| a | b | 1 |

```html
<script>alert("&amp;")</script> {"x" * 300}
```

> [!NOTE]
> {LONG}[^1]

- [ ] & done?
- [x] <3

[^1]: A note & more.
"""


def write_hostile(blog: Blog, language: str) -> None:
    """Put hard texts wherever the blog lets somebody write one."""
    hard = json.dumps(HARD, ensure_ascii=False)  # also YAML and TOML
    blog.write("content/site.toml", _settings(language, hard))
    head = f"title: {hard}\nsummary: {hard}\n"
    blog.write(
        "content/traits/listen.md",
        f"---\n{head}tags: [listening]\nquestions: [{hard}]\norder: 1\n---\n{BODY_WITHOUT_PICTURE}",
    )
    blog.write("content/pages/about.md", f"---\ntitle: {hard}\n---\n{BODY_WITHOUT_PICTURE}")
    for number, day in enumerate(("2026-11-03", "2026-11-10", "2026-11-17")):
        folder = f"content/posts/{day}-letter-{number}"
        blog.write(f"{folder}/{PICTURE}", png(number))
        blog.write(
            f"{folder}/index.md",
            f"---\n{head}tags: [listening, {hard}]\nauthors: [ada, bo]\nseries: {hard}\n"
            f"image: {json.dumps(PICTURE)}\nimage_alt: {hard}\naliases: [/old-{number}/]\n---\n"
            + BODY,
        )
    _write_listening(blog, hard)


def _write_listening(blog: Blog, hard: str) -> None:
    """Replies, questions and actions whose every text is hard."""
    folder = "content/replies/2026-11-17-letter-2"
    above = "2026-11-17-letter-2"
    for number, kind in enumerate(("reply", "question", "question", "thanks", "mention", "like")):
        name = f"2026-11-18T0{number}00-0000000{number}"
        answer = f"answered:\n  by: ada\n  at: 2026-11-19\n  words: {hard}\n" if number == 1 else ""
        closed = f"closed: {hard}\n" if number == 2 else ""
        blog.write(
            f"{folder}/{name}.md",
            f"---\nto: {above}\nname: {hard}\nrole: {hard}\nurl: https://example.net/?a=1&b='2'\n"
            f"received: 2026-11-18T0{number}:00:00+00:00\nvia: webmention\n"
            f"source: https://example.net/{number}?a=1&b='2'\nkind: {kind}\nstate: approved\n"
            f"consent: public\n{answer}{closed}---\n{BODY_WITHOUT_PICTURE}",
        )
        if number < 3:
            above = name
    for state in ("doing", "done", "no"):
        blog.write(
            f"content/actions/{state}.md",
            f"---\ntitle: {hard}\nsaid: [2026-11-18T0100-00000001, 2026-11-10-letter-1]\n"
            f"state: {state}\nreason: {hard}\nby: {hard}\nsince: 2026-11-19\nupdated: 2026-11-20\n"
            f"traits: [listening]\n---\n{BODY_WITHOUT_PICTURE}",
        )


BODY_WITHOUT_PICTURE = "\n".join(line for line in BODY.splitlines() if not line.startswith("!["))


def _settings(language: str, hard: str) -> str:
    """The settings of a small blog, with each text replaced."""
    settings = SITE.replace("en-GB", language)
    for plain in ('"Letters"', '"What I heard this week"', '"Ada Marsh"', '"CIO"', '"Budget"'):
        assert plain in settings
        settings = settings.replace(plain, hard)
    authors = f'{settings}summary = {hard}\n\n[[authors]]\nid = "bo"\nname = {hard}\n'
    ways = "".join(
        f'\n[[answer.ways]]\nvia = "{via}"\nto = "{to}"\ntitle = {hard}\n'
        for via, to in (
            ("email", "o'a+b@example.org"),
            ("form", "https://example.org/?{title}&{id}"),
        )
    )
    return authors + ways
