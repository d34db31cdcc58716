"""A page that shows a post as a message: on a phone and on a desk, by day, by night, as text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote, unquote

from generator.build.mailing import MailChoice, Mailing, Problems
from generator.mail.parts import in_one_file
from generator.serve.session import Preview

MAIL = "/_weekly/mail/"
LISTED = 12  # posts to choose from

_WIDTHS = (320, 600)
_NIGHT = "@media (prefers-color-scheme: dark)"
_IMAGES_KEPT = "<style>img { filter: invert(1) hue-rotate(180deg); }</style></head>"


def mail_page(preview: Preview, target: str) -> bytes | Problems:
    """The page for the post whose source is the end of `target`, or for the newest."""
    posts = preview.posts()
    post = unquote(target.removeprefix(MAIL)) or (posts[0].post.source if posts else "")
    made = preview.mail(MailChoice(post))
    if not isinstance(made, Mailing):
        return made
    page = _PAGE.format(
        subject=escape(made.parts.subject),
        size=f"{len(made.parts.html.encode()) / 1000:.0f}",
        listed="".join(_choices(preview, made)),
        frames="".join(_frames(in_one_file(made.parts))),
        text=escape(made.parts.text),
    )
    return page.encode()


def _choices(preview: Preview, made: Mailing) -> Iterator[str]:
    for entry in preview.posts()[:LISTED]:
        here = ' aria-current="page"' if entry in made.entries else ""
        url = MAIL + quote(entry.post.source)
        yield f'<li><a href="{escape(url)}"{here}>{escape(entry.post.title)}</a></li>\n'


def _frames(html: str) -> Iterator[str]:
    """The message in each width and scheme; no script runs there."""
    light = html.replace(_NIGHT, "@media not all")
    for name, kind, page in (
        ("Light", "", light),
        ("Dark", "", html.replace(_NIGHT, "@media all")),
        ("Inverted, as Gmail does it", "inverted", light.replace("</head>", _IMAGES_KEPT)),
    ):
        for width in _WIDTHS:
            label = f"{name}, {width} pixels"
            yield (
                f'<figure><figcaption>{label}</figcaption><iframe title="{label}" class="{kind}" '
                f'width="{width}" height="720" sandbox="allow-popups allow-same-origin" '
                f'srcdoc="{escape(page)}"></iframe></figure>\n'
            )


_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{subject} as mail</title>
<style>
body {{ margin: 1.5rem; background: #eceeed; color: #17191c; font-family: system-ui, sans-serif; }}
.shown {{ display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }}
figure {{ margin: 0; }}
iframe, pre {{ border: 1px solid #8a9098; background: #fff; }}
.inverted {{ filter: invert(1) hue-rotate(180deg); }}
pre {{ margin: 0; padding: 1rem; width: 74ch; height: 690px; overflow: auto; }}
</style>
</head>
<body>
<h1>{subject}</h1>
<p>{size} kB of HTML. To write it into files: <code>weekly mail</code></p>
<details><summary>Another post</summary><ul>
{listed}</ul></details>
<div class="shown">
<figure><figcaption>Plain text</figcaption><pre>{text}</pre></figure>
{frames}</div>
</body>
</html>
"""
