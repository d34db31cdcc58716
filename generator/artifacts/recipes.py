"""A file of the site: its path, and the recipe with everything that it is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from generator.site import permalinks
from generator.site.permalinks import FeedFormat
from generator.views import (
    FeedView,
    FileView,
    ImageView,
    MailFeedView,
    SearchIndexView,
    SearchWordsView,
    SocialImageView,
    TemplateView,
    TextView,
)

View = TypeVar("View", covariant=True)

# among the templates, so that a blog can have one without a theme
SOCIAL_IMAGE_COLOURS = "social-images.toml"
MAIL_TEMPLATE = "mail.html"


class Lazy(Generic[View]):
    """A view that is made once, when it is first needed.

    If it has `inputs`, it is made from them only: as long as their digest is unchanged, so is the
    view, and it need not be made to find that out.
    """

    __slots__ = ("_made", "_make", "inputs")

    def __init__(self, make: Callable[[], View], inputs: tuple[object, ...] = ()) -> None:
        self._make = make
        self._made: View | None = None
        self.inputs = inputs

    @property
    def view(self) -> View:
        """The view."""
        if self._made is None:
            self._made = self._make()
        return self._made


@dataclass(frozen=True)
class LazyRecipe(Generic[View]):
    """A recipe whose view is made when it is needed."""

    lazy: Lazy[View]

    @property
    def view(self) -> View:
        """All that the file shows."""
        return self.lazy.view


@dataclass(frozen=True)
class Page(LazyRecipe[TemplateView]):
    """A file made by a template."""

    template: str


@dataclass(frozen=True)
class Feed(LazyRecipe[FeedView]):
    """A feed in one of its formats."""

    format: FeedFormat


class MailFeed(LazyRecipe[MailFeedView]):
    """The feed for services that send mail."""


class SearchIndex(LazyRecipe[SearchIndexView]):
    """What the script of the search page reads first."""


class SearchWords(LazyRecipe[SearchWordsView]):
    """One of the files of words that the search reads."""


class Copy(NamedTuple):
    """A file that is copied as it is."""

    view: FileView


class Stylesheet(NamedTuple):
    """A stylesheet, sent without its comments and indentation."""

    view: FileView


class Text(NamedTuple):
    """A file whose text is known when the site is planned."""

    view: TextView


class PreparedImage(NamedTuple):
    """An image that was prepared before the site was planned."""

    view: ImageView


class SocialImage(NamedTuple):
    """The image that other sites show beside a link to a page."""

    view: SocialImageView


Recipe = (
    Page
    | Feed
    | MailFeed
    | SearchIndex
    | SearchWords
    | Copy
    | Stylesheet
    | Text
    | PreparedImage
    | SocialImage
)


class Artifact(NamedTuple):
    """One file of the output: where it is, and how it is made."""

    path: str  # relative to the output folder
    recipe: Recipe
    source: str  # the file to name when two artifacts claim one path
    changed: str | None = None  # for the sitemap: W3C date-time or ''; None for what it leaves out

    @property
    def inputs(self) -> tuple[object, ...]:
        """Everything that the view is made from, () if only the view itself can be compared."""
        return self.recipe.lazy.inputs if isinstance(self.recipe, LazyRecipe) else ()

    @property
    def template(self) -> str:
        """The template that it depends on, '' for none."""
        match self.recipe:
            case Page(template=name):
                return name
            case MailFeed():
                return MAIL_TEMPLATE
            case SocialImage():
                return SOCIAL_IMAGE_COLOURS
            case _:
                return ""


def page(
    template: str,
    permalink: str,
    make: Callable[[], TemplateView],
    *,
    inputs: tuple[object, ...] = (),
    source: str = "",
    changed: str | None = "",
) -> Artifact:
    """A page made by a template, from a view that is made when it is needed."""
    path = permalinks.output_path(permalink)
    return Artifact(path, Page(Lazy(make, inputs), template), source, changed)
