"""References between files of a blog, which stay unresolved in a rendered body.

A body is rendered once and cached; where its links lead is known only with the whole site. So a
link to another file becomes a placeholder such as `weekly:content/posts/x.md#part`, which is
turned into a URL when a page is planned. A link from the site's root becomes `weekly:/about/`.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urljoin, urlsplit

from generator.site.srcset import candidates, srcset_of

SCHEME = "weekly:"

_PLACEHOLDER = re.compile(rf'(?<=["\s,]){SCHEME}([^"\s,#]*)(#[^"\s,]*)?')


def is_relative(url: str) -> bool:
    """Whether a URL in a body refers to another file of the blog."""
    return bool(url) and not url.startswith(("#", "?", "//", SCHEME)) and not _has_scheme(url)


def _has_scheme(url: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url))


def target_of(url: str, source: str) -> tuple[str, str]:
    """The file that a relative URL in `source` refers to, and the fragment ('' without one).

    A URL from the root of the site keeps its slash: `/about/`. A URL that leads out of the blog
    keeps its dots: `../../secret`.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    if not path.startswith("/"):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    return path, unquote(parts.fragment)


def placeholder(target: str, fragment: str) -> str:
    """What takes the place of a reference to `target` in a body until it is resolved."""
    return SCHEME + quote(target) + (f"#{quote(fragment)}" if fragment else "")


def resolve(body_html: str, urls: Mapping[str, str], *, root: str) -> str:
    """A body with its references turned into URLs.

    `urls` maps a file to its URL; `root` is added before a URL that begins at the site's root.
    A reference that leads nowhere, which a check has reported, becomes the path as written.
    """
    if SCHEME not in body_html:
        return body_html

    def url_of(found: re.Match[str]) -> str:
        target, fragment = unquote(found[1]), found[2] or ""
        if target.startswith("/"):
            return root + html.escape(quote(target[1:])) + fragment
        return html.escape(urls.get(target) or quote(target)) + fragment

    return _PLACEHOLDER.sub(url_of, body_html)


_URL_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|srcset|poster|data)="([^"]*)"')


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
    r"""<[a-zA-Z](?=(?:[^>"]|"[^"]*")*?\s(?:href|src|srcset|poster|data)=")"""
    r"""[^>"]*(?:"[^"]*"[^>"]*)*>"""
)


def _join(page: str, url: str) -> str:
    try:
        return html.escape(urljoin(page, html.unescape(url)))
    except ValueError:  # not a URL at all, such as https://[
        return url
