"""The blog in Pelican, without the categories, authors and translations that the others lack."""

from itertools import pairwise
from typing import Any

from pelican import signals

SITENAME = "Letters"
TAGLINE = "What I heard this week"
SITEURL = "https://www.example.org"
AUTHOR = "Ada Marsh"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_DIR = ""
STATIC_PATHS: list[str] = []
FILENAME_METADATA = ""
SLUGIFY_SOURCE = "title"

ARTICLE_URL = "{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{slug}/index.html"
TAG_URL = "traits/{slug}/"
TAG_SAVE_AS = "traits/{slug}/index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DIRECT_TEMPLATES = ["index", "archives", "sitemap"]
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
CATEGORIES_SAVE_AS = AUTHORS_SAVE_AS = TAGS_SAVE_AS = ""

PAGINATED_TEMPLATES = {"index": 9}
PAGINATION_PATTERNS = (
    (1, "/", "index.html"),
    (2, "/page/{number}/", "page/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "atom.xml"
TAG_FEED_ATOM = "traits/{slug}/atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.extra": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CHECK_MODIFIED_METHOD = "mtime"
CACHE_PATH = ".cache"


def link_neighbours(generator: Any) -> None:
    """Give each article links to the one before and the one after."""
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer


class Neighbours:
    """The plugin that Pelican calls."""

    @staticmethod
    def register() -> None:
        """Link neighbours after all articles are read."""
        signals.article_generator_finalized.connect(link_neighbours)


PLUGINS = [Neighbours]
