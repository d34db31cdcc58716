"""References between files of a blog, which stay unresolved in a rendered body.

A body is rendered once and cached; where its links lead is known only with the whole site. So a
link to another file becomes a placeholder such as `weekly:content/posts/x.md#%23part`, which is
turned into a URL when a page is planned. A link from the site's root becomes `weekly:/about/`.
The query and the fragment come out as they were typed.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urljoin

from generator.config.addresses import spelt
from generator.site.srcset import candidates, srcset_of

SCHEME = "weekly:"

# the attributes with URLs, by tag, and whether each is a link or loads a part of the page
URL_ATTRIBUTES: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "a": (("href", True),),
    "area": (("href", True),),
    "audio": (("src", False),),
    "blockquote": (("cite", True),),
    "button": (("formaction", True),),
    "del": (("cite", True),),
    "embed": (("src", False),),
    "form": (("action", True),),
    "iframe": (("src", False),),
    "image": (("href", False),),
    "img": (("src", False), ("srcset", False)),
    "input": (("src", False), ("formaction", True)),
    "ins": (("cite", True),),
    "object": (("data", False),),
    "q": (("cite", True),),
    "script": (("src", False),),
    "source": (("src", False), ("srcset", False)),
    "track": (("src", False),),
    "use": (("href", False),),
    "video": (("src", False), ("poster", False)),
}
_NAMES = "|".join(sorted({name for pairs in URL_ATTRIBUTES.values() for name, _ in pairs}))

_PLACEHOLDER = re.compile(rf'(?<=["\s,]){SCHEME}([^"\s,#]*)(#[^"\s,]*)?')


def is_relative(url: str) -> bool:
    """Whether a URL in a body refers to another file of the blog."""
    return bool(url) and not url.startswith(("#", "?", "//", SCHEME)) and not _has_scheme(url)


def _has_scheme(url: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url))


def target_of(url: str, source: str) -> str:
    """The file that a relative URL in `source` refers to.

    A URL from the root of the site keeps its slash: `/about/`. A URL that leads out of the blog
    keeps its dots: `../../secret`.
    """
    path = unquote(without_suffix(url))
    if path.startswith("/"):
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def suffix_of(url: str) -> str:
    """The query and the fragment of a URL, as a page shows them: `?q=budget#part`."""
    return spelt(url[len(without_suffix(url)) :])


def placeholder(url: str, source: str) -> str:
    """What takes the place of a relative URL in `source` until it is resolved."""
    path = without_suffix(url)
    target = spelt(path) if path.startswith("/") else target_of(url, source)
    suffix = quote(suffix_of(url), safe="")
    return SCHEME + quote(target) + (f"#{suffix}" if suffix else "")


def without_suffix(url: str) -> str:
    """A URL without its query and fragment."""
    return re.split(r"[?#]", url, maxsplit=1)[0]


def parts_of(target: str, suffix: str) -> tuple[str, str]:
    """The file that a placeholder stands for, and what follows it, from its two parts."""
    path = unquote(target)
    return unquote(path) if path.startswith("/") else path, unquote(suffix)


def resolve(body_html: str, urls: Mapping[str, str], *, root: str) -> str:
    """A body with its references turned into URLs.

    `urls` maps a file to its URL; `root` is added before a URL that begins at the site's root.
    A reference that leads nowhere, which a check has reported, becomes the path as written.
    """
    if SCHEME not in body_html:
        return body_html

    def url_of(found: re.Match[str]) -> str:
        target, suffix = unquote(found[1]), unquote((found[2] or "")[1:])
        if target.startswith("/"):
            return html.escape(root + target[1:] + suffix)
        return html.escape((urls.get(target) or quote(target)) + suffix)

    return _PLACEHOLDER.sub(url_of, body_html)


_URL_ATTRIBUTE = re.compile(rf'(?<=\s)({_NAMES})="([^"]*)"')


def absolutise(body_html: str, *, page: str) -> str:
    """A body with absolute URLs, as a feed needs it; `page` is the URL of the body's own page."""

    def whole(found: re.Match[str]) -> str:
        name, value = found.groups()
        if name == "srcset":
            value = srcset_of((_join(page, url), size) for url, size in candidates(value))
        else:
            value = _join(page, value)
        return f'{name}="{value}"'

    # only inside tags: text that shows such an attribute must not change
    return _TAG.sub(lambda tag: _URL_ATTRIBUTE.sub(whole, tag[0]), body_html)


def from_elsewhere(body_html: str, *, page: str) -> str:
    """A body for another page: its links within itself lead to its own page, at the URL `page`."""
    return _OWN_LINK.sub(lambda found: found[0] + html.escape(page), body_html)


_OWN_LINK = re.compile(r"""<(?:a|area|form)\s(?:[^>"]|"[^"]*")*?(?<=\s)(?:href|action)="(?=[#?])""")

# a tag with such an attribute; others are skipped without a call
_TAG = re.compile(
    rf"""<[a-zA-Z](?=(?:[^>"]|"[^"]*")*?\s(?:{_NAMES})=")"""
    r"""[^>"]*(?:"[^"]*"[^>"]*)*>"""
)


def _join(page: str, url: str) -> str:
    try:
        return html.escape(urljoin(page, html.unescape(url)))
    except ValueError:  # not a URL at all, such as https://[
        return url
