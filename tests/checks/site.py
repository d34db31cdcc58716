"""A small built site without problems, to plant problems in."""

from __future__ import annotations

from collections.abc import Mapping

from generator.checks.built import BuiltSite
from generator.checks.places import Sources
from generator.checks.site import check_site
from generator.config.levels import Level
from tests.messages import Case, cases

BASE = "https://example.org/blog/"

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{address}">
<link rel="stylesheet" href="/blog/style.css">
<link rel="alternate" type="application/rss+xml" title="Letters" href="/blog/feed.xml">
</head>
<body>
<a href="#main">Skip</a>
<nav aria-label="Main"><a href="/blog/">Home</a> <a href="/blog/about/">About</a></nav>
<main id="main">
<h1>{title}</h1>
<p>Words.</p>
</main>
</body>
</html>
"""

OLD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>About</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=https://example.org/blog/about/">
<link rel="canonical" href="https://example.org/blog/about/">
</head>
<body><main><h1>Moved</h1><p>To <a href="https://example.org/blog/about/">About</a>.</p></main></body>
</html>
"""

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Letters</title><link>https://example.org/blog/</link>
<description>Letters</description>
<atom:link rel="self" href="https://example.org/blog/feed.xml"/>
<item><title>About</title><link>https://example.org/blog/about/</link>
<guid isPermaLink="false">tag:example.org,2026:about</guid>
<content:encoded>&lt;p&gt;See &lt;a href="https://example.org/blog/"&gt;home&lt;/a&gt;.&lt;/p&gt;</content:encoded>
</item></channel></rss>
"""

ATOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:example.org,2026:feed</id>
<title>Letters</title><updated>2026-11-22T09:00:00Z</updated>
<link rel="self" href="https://example.org/blog/atom.xml"/>
<entry><id>tag:example.org,2026:about</id><title>About</title>
<updated>2026-11-22T09:00:00Z</updated><link href="https://example.org/blog/about/"/></entry>
</feed>
"""

JSON = """\
{"version": "https://jsonfeed.org/version/1.1", "title": "Letters",
"feed_url": "https://example.org/blog/feed.json",
"items": [{"id": "tag:example.org,2026:about", "url": "https://example.org/blog/about/",
"content_html": "<p>Words.</p>"}]}
"""

SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/blog/</loc></url>
<url><loc>https://example.org/blog/about/</loc></url>
</urlset>
"""

FILES = {
    "index.html": PAGE.format(title="Letters", address=BASE),
    "about/index.html": PAGE.format(title="About", address=f"{BASE}about/"),
    "old/index.html": OLD,
    "feed.xml": RSS,
    "atom.xml": ATOM,
    "feed.json": JSON,
    "sitemap.xml": SITEMAP,
    "robots.txt": f"User-agent: *\nSitemap: {BASE}sitemap.xml\n",
    "style.css": "body { background: url(a.png) }\n",
    "a.png": "",
    "b.png": "",
}


def found(
    files: Mapping[str, str],
    *,
    sources: Sources | None = None,
    weights: Mapping[str, Level] | None = None,
) -> list[str]:
    """What a check prints of a site with these files, sorted, with the codes."""
    texts = {path: text.encode() for path, text in files.items() if not path.endswith(".png")}
    site = BuiltSite(BASE, frozenset(files), texts)
    report = check_site(site, sources or Sources({}, {}, {}, frozenset(), str), weights or {})
    return sorted(f"{problem.code} {problem}" for problem in report.problems)


PLANTED = cases("built_site.txt")


def changed(case: Case) -> Mapping[str, str]:
    """The files of the small site with the change of a case."""
    path, *lines = case.text.splitlines()
    old = "\n".join(line[2:] for line in lines if line.startswith("- "))
    new = "\n".join(line[2:] for line in lines if line.startswith("+ "))
    text = FILES.get(path, "")
    assert old in text
    return {**FILES, path: text.replace(old, new, 1) if old else new}


def planted(name: str) -> Mapping[str, str]:
    """The files of the case with that name."""
    return next(changed(case) for case in PLANTED if case.name == name)
