"""The theme API: what templates and feeds may read, and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from generator.model import Heading, PostState


class Prose(NamedTuple):
    """A body, or its beginning, with the URLs of what it refers to."""

    html: str  # with unresolved references
    end: int  # how much of it is shown; 0 for all
    urls: tuple[tuple[str, str], ...]  # file -> URL
    root: str  # the path that goes before a URL from the site's root
    images: tuple[tuple[str, "Image"], ...] = ()  # file -> how it is shown; without alt text
    has_first: bool = False  # whether the page's first image is in it
    page: str = ""  # the URL of its own page, if another one shows its beginning


class Link(NamedTuple):
    """A link with its text."""

    title: str
    url: str


class DateView(NamedTuple):
    """A moment as a reader sees it, in the site's zone and language."""

    iso: str  # '2026-11-24T09:00:00+00:00'
    long: str  # 'Tuesday 24 November 2026', in the language of the site
    short: str  # '24 Nov 2026'
    week: int  # the ISO week's number


class ImageSource(NamedTuple):
    """An image in one format, in several widths."""

    media_type: str  # 'image/avif'
    srcset: str  # each URL with its width, as in HTML


class Image(NamedTuple):
    """An image with its alt text."""

    url: str
    alt: str  # '' for one that adds nothing, such as a portrait beside the name
    width: int  # in pixels, the right way up; 0 if it is not known
    height: int
    sources: tuple[ImageSource, ...]  # lighter variants to choose from, best first; () for none


class Icon(NamedTuple):
    """An icon of traits: one shape in one colour."""

    name: str
    path: str  # as in SVG, on a grid of 24 units, filled by `evenodd`


class TermLink(NamedTuple):
    """A link to a trait, reason or topic."""

    taxonomy: str
    slug: str
    title: str
    url: str
    icon: str  # the name of its drawing, '' for none
    colour: str  # the name of its colour, '' for none


class FeedLink(NamedTuple):
    """A feed to subscribe to."""

    title: str  # 'Posts about courage (RSS)'
    format: str  # 'RSS', 'Atom' or 'JSON Feed'
    media_type: str
    url: str  # absolute, since people copy it


class AuthorCard(NamedTuple):
    """An author as an h-card shows them."""

    id: str
    name: str
    role: str
    summary: str
    url: str  # their page on this site
    portrait: Image | None
    email: str
    links: tuple[Link, ...]
    fediverse: str  # '@ada@example.social', '' without an account


class Conventions(NamedTuple):
    """How dates and numbers are written in a language, as Unicode's CLDR has it."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]  # from Monday
    long: str  # '{weekday} {day} {month} {year}'
    short: str  # '{day} {month_short} {year}'
    digits: str  # '0123456789'
    group: str  # the separator of thousands
    grouped_from: int  # the least number in which it does


class Messages(NamedTuple):
    """The messages of the interface; the filter `translate` shows them."""

    language: str  # that of the messages: English if the site's language has none
    direction: str  # of the site's language: 'ltr' or 'rtl'
    texts: Mapping[str, str | Mapping[str, str]]  # by name; by plural category where they count
    conventions: Conventions


class SiteView(NamedTuple):
    """What surrounds every page."""

    title: str
    tagline: str
    home: str
    language: str
    direction: str  # 'ltr' or 'rtl'
    messages: Messages  # for the filter [`translate`](themes.md#messages)
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    stylesheets: tuple[str, ...]  # those for every page
    files: Mapping[str, str]  # the theme's static files by name, with their URLs
    manifest: str
    feeds: tuple[FeedLink, ...]  # of the whole site
    author: AuthorCard
    icons: tuple[Icon, ...]  # those of the traits of this site
    notice: str  # shown on every page of a preview, '' on a public site
    coming: str  # the page of the weeks to come, '' if it would not show everything


class Head(NamedTuple):
    """What a page tells browsers, search engines and other sites about itself."""

    title: str  # of the page alone; '' on the home page
    description: str
    url: str  # of the page, as in links within the site
    canonical: str  # absolute
    kind: str  # Open Graph type: 'website', 'article' or 'profile'
    is_indexed: bool
    feeds: tuple[FeedLink, ...]  # of this page; those of the site are in `site`
    image: Image | None  # for others to show: an absolute URL, and no vector image
    properties: tuple[tuple[str, str], ...]  # of Open Graph, beyond title, type and address
    creators: tuple[str, ...]  # accounts in the fediverse of those who wrote the page
    profiles: tuple[str, ...]  # addresses elsewhere of the person whom the page is about
    structured: Mapping[str, Any]  # the page as schema.org describes it (JSON-LD), maybe {}


class PostLink(NamedTuple):
    """A post in a line: for neighbours, archives and lists of related posts."""

    title: str
    url: str
    date: DateView
    trait: TermLink | None  # the first of its traits, whose icon and colour it has
    state: PostState


class PostCard(NamedTuple):
    """A post in a list."""

    title: str
    url: str
    date: DateView
    summary: str
    traits: tuple[TermLink, ...]
    image: Image | None
    reading_minutes: int
    state: PostState
    authors: tuple[Link, ...]  # a guest's link has no URL
    reply_count: int


class TermCard(NamedTuple):
    """A trait, reason or topic in a list."""

    link: TermLink
    summary: str
    post_count: int
    newest: PostLink | None


class FullPost(NamedTuple):
    """A post in full."""

    title: str
    url: str
    date: DateView
    updated: DateView | None
    authors: tuple[AuthorCard, ...]
    terms: tuple[TermLink, ...]  # traits first, then the other taxonomies
    summary: str
    lead: str  # the summary, if it says more than the first words; else ''
    image: Image | None  # None when the body shows it
    reading_minutes: int
    headings: tuple[Heading, ...]  # () unless it is long enough for a contents list
    html: Prose
    language: str  # '' when it is the site's
    syndication: tuple[str, ...]
    extra: Mapping[str, Any]  # free data from the front matter, for a theme of your own
    state: PostState
    reply_count: int


class AnswerWay(NamedTuple):
    """A link by which a reader answers a post."""

    via: str  # 'email', 'form', 'github', 'mastodon', 'bluesky' or 'linkedin'
    title: str
    url: str  # absolute, with the post's title and address in it


class AnswerView(NamedTuple):
    """The line that asks the reader to answer."""

    text: str  # '' if there is no way to answer
    page: str  # the page that explains how, '' without one
    mailto: str  # the first of the ways that is a mail, '' without an address
    ways: tuple[AnswerWay, ...]  # in the order of site.toml


class ReplyAnswer(NamedTuple):
    """What the blog answered to a reply: words, or a post."""

    author: AuthorCard
    date: DateView | None
    html: Prose | None  # None if only a post answers
    post: PostLink | None  # the post that answers


class ReplyView(NamedTuple):
    """What somebody said about a post."""

    anchor: str  # its id on the page of the post, '' if only its place is left
    url: str  # of that place
    above: str  # of what it replies to: the post, or another reply
    kind: str  # 'reply', 'question' or 'thanks'
    name: str  # '' for somebody who is not named
    role: str
    homepage: str
    date: DateView | None  # None if nobody knows
    place: str  # where else it is, such as 'Mastodon'; '' if nowhere
    origin: str  # its address there
    html: Prose | None  # None if only its place is left
    answer: ReplyAnswer | None
    closed: str  # why there will be no answer, maybe ''
    replies: tuple["ReplyView", ...]  # oldest first


class Replies(NamedTuple):
    """What came back to a post."""

    total: int  # of those that are shown, at any depth
    threads: tuple[ReplyView, ...]  # oldest first
    mentions: tuple[Link, ...]  # pages elsewhere that link the post
    likes: int
    feeds: tuple[FeedLink, ...]


class QuestionView(NamedTuple):
    """A question from a reply, with the post that it is about."""

    reply: ReplyView  # without the replies to it
    post: PostLink
    days: int | None  # from the question to the answer; None if one has no date


class ActionLink(NamedTuple):
    """Something that was done, or not done, because of what people said, in a line."""

    title: str
    url: str
    state: str  # 'doing', 'done' or 'no'
    date: DateView  # since when


class ActionView(NamedTuple):
    """Something that was done, or not done, because of what people said."""

    anchor: str  # its id on the page
    title: str
    state: str  # 'doing', 'done' or 'no'
    reason: str  # of a 'no'; else maybe ''
    by: Link  # who decided; a URL only for an author of the blog
    since: DateView
    updated: DateView | None  # when its state last changed
    said: tuple[ReplyView, ...]  # the words that led to it, without the replies to them
    posts: tuple[PostLink, ...]  # what they were said about
    terms: tuple[TermLink, ...]
    html: Prose


class Figures(NamedTuple):
    """How questions are answered, as of the newest record and not of today."""

    questions: int
    answered: int
    median_days: int | None  # to an answer; None while there is none
    oldest_open: int | None  # days that the oldest open question has waited, None without one
    as_of: DateView


class SeriesPart(NamedTuple):
    """The place of a post in its series."""

    link: Link  # to the page of the series
    number: int  # from 1
    total: int
    previous: PostLink | None
    next: PostLink | None


class MailPost(NamedTuple):
    """A post in a message; every URL is absolute."""

    title: str
    url: str
    date: DateView
    authors: tuple[str, ...]  # names
    trait: TermLink | None  # the first of its traits, whose icon and colour it has
    icon: Image | None  # of that trait, which the message brings along; None where it can't
    lead: str  # the summary, if it says more than the first words; else ''
    summary: str
    image: Image | None  # None when the body shows it
    html: Prose | None  # None in a digest, which has titles and summaries; for the filter `mail`
    shown: int | None  # how many paragraphs of a body that is too long are shown, else None
    reading_minutes: int
    language: str
    direction: str  # 'ltr' or 'rtl'


class MailReply(NamedTuple):
    """A reply or question of the last week in a message; every URL is absolute."""

    kind: str  # 'reply', 'question' or 'thanks'
    name: str  # '' for somebody who is not named
    role: str
    words: str  # the beginning, as plain text
    url: str  # of the reply on the page of its post
    post: Link  # what it is about
    answer: str  # the beginning of the answer, as plain text; '' without one
    answered_by: str  # a name, '' without an answer
    answered_in: Link | None  # the post that answers


class MailView(NamedTuple):
    """A post, or several, as a message; every URL is absolute."""

    title: str  # of the blog
    home: str
    language: str
    direction: str  # 'ltr' or 'rtl'
    messages: Messages  # for the filter [`translate`](themes.md#messages)
    subject: str
    preheader: str  # what a list of messages shows after the subject
    url: str  # where a browser shows the same
    posts: tuple[MailPost, ...]  # one, or those of a digest, oldest first
    asked: tuple[MailReply, ...]  # what came back in the week before
    answer: AnswerView  # of the newest post
    why: str  # why somebody gets the message
    leave: str  # a `mailto:` link for those who want no more of them, maybe ''


class PostView(NamedTuple):
    """A post's page."""

    site: SiteView
    head: Head
    post: FullPost
    older: PostLink | None
    newer: PostLink | None
    related: tuple[PostLink, ...]
    part: SeriesPart | None  # None for a post that belongs to no series
    answer: AnswerView
    replies: Replies | None  # None if nothing has come back
    actions: tuple[ActionLink, ...]  # what came of it, newest first


class Pagination(NamedTuple):
    """The place of a page among those behind the home page.

    They are counted from the oldest, so that each keeps its number and its posts for good.
    """

    number: int  # 0 for the home page
    total: int  # of the pages behind it
    newer: str  # '' on the home page
    older: str  # '' on the last page


class Week(NamedTuple):
    """An ISO week with its posts."""

    year: int  # ISO year, which differs from the calendar's at New Year
    number: int
    starts: DateView  # its Monday
    posts: tuple[PostLink, ...]  # newest first; () for a week without one
    url: str  # where its posts are listed, '' if it has fewer than two


class TermShare(NamedTuple):
    """How many of some posts are about a trait."""

    link: TermLink
    post_count: int


class Lately(NamedTuple):
    """The last weeks, and what their posts are about."""

    weeks: tuple[Week, ...]  # oldest first, at most a quarter of a year
    post_count: int
    traits: tuple[TermShare, ...]  # every trait, those without a post too


class ChartRow(NamedTuple):
    """How many posts are about one trait, over time."""

    link: TermLink
    counts: tuple[int, ...]  # by column


class Chart(NamedTuple):
    """How many posts are about each trait, over time."""

    title: str
    columns: tuple[str, ...]  # months or years, oldest first
    rows: tuple[ChartRow, ...]  # every trait
    most: int  # the largest count, at least 1


class TermPair(NamedTuple):
    """Two traits, and how many posts are about both."""

    first: TermLink
    second: TermLink
    post_count: int


class BalanceView(NamedTuple):
    """The page of what the posts are about."""

    site: SiteView
    head: Head
    title: str
    post_count: int
    traits: tuple[TermShare, ...]  # every trait, those without a post too
    charts: tuple[Chart, ...]  # the last twelve months; all years if there are several
    weeks: tuple["Month", ...]  # of the last twelve months, oldest first
    pairs: tuple[TermPair, ...]  # those with most posts, at most six
    first: PostLink
    newest: PostLink


class HomeView(NamedTuple):
    """The first page and the pages behind it."""

    site: SiteView
    head: Head
    newest: FullPost | None  # only on the first page
    is_newest_whole: bool  # whether `newest` is shown to its end
    answer: AnswerView
    cards: tuple[PostCard, ...]
    pagination: Pagination
    lately: Lately | None  # only on the first page
    follow: str


class TermView(NamedTuple):
    """The page of one trait, reason or topic."""

    site: SiteView
    head: Head
    taxonomy: Link
    singular: str
    link: TermLink
    summary: str
    questions: tuple[str, ...]
    html: Prose | None
    post_count: int
    posts: tuple[PostCard, ...]  # the newest
    earlier: tuple[PostLink, ...]  # the others
    feeds: tuple[FeedLink, ...]
    actions: tuple[ActionLink, ...]  # that belong to it, newest first


class QuestionsView(NamedTuple):
    """The page of questions, open and answered."""

    site: SiteView
    head: Head
    title: str
    open: tuple[QuestionView, ...]  # oldest first
    answered: tuple[QuestionView, ...]  # newest first
    figures: Figures | None
    feeds: tuple[FeedLink, ...]  # of all replies


class ActionsView(NamedTuple):
    """The page of what people said, and what was done."""

    site: SiteView
    head: Head
    title: str
    actions: tuple[ActionView, ...]  # newest first
    figures: Figures | None  # None for a blog without questions
    questions: str  # the page of questions, '' without one
    feeds: tuple[FeedLink, ...]


class SeriesView(NamedTuple):
    """The page of one series."""

    site: SiteView
    head: Head
    title: str
    all_series: str  # the page of all series, '' if there is only this one
    posts: tuple[PostCard, ...]  # in the order of reading
    feeds: tuple[FeedLink, ...]


class TaxonomyView(NamedTuple):
    """The page of all traits, reasons or topics."""

    site: SiteView
    head: Head
    name: str
    title: str
    summary: str
    terms: tuple[TermCard, ...]


class Month(NamedTuple):
    """The weeks of a month in a calendar."""

    title: str  # 'Nov'
    weeks: tuple[Week, ...]  # those with their Thursday in it, oldest first


class ArchiveYear(NamedTuple):
    """A year of posts, by week, newest first."""

    year: int
    url: str
    post_count: int
    weeks: tuple[Week, ...]  # only weeks with a post, newest first
    months: tuple[Month, ...]  # between the first post of the site and the newest, oldest first


class ArchiveView(NamedTuple):
    """The archive of all years, or of one."""

    site: SiteView
    head: Head
    title: str
    years: tuple[ArchiveYear, ...]
    all_years: tuple[Link, ...]
    traits: tuple[TermShare, ...]  # of the one year that the page is about; () on that of all
    feeds: tuple[FeedLink, ...]  # the same
    reply_counts: Mapping[str, int]  # by URL, of the posts that have replies


class ComingPost(NamedTuple):
    """A post on the page of the weeks to come."""

    title: str
    url: str
    trait: TermLink | None
    state: str  # in the site's language: 'Planned', 'Draft', 'Scheduled'


class ComingWeek(NamedTuple):
    """A week to come: posts, days off, or a gap."""

    number: int
    year: int
    due: DateView
    posts: tuple[ComingPost, ...]
    is_off: bool
    why: str  # the reason for days off, maybe ''


class CalendarView(NamedTuple):
    """The page of the weeks to come, in a preview only."""

    site: SiteView
    head: Head
    weeks: tuple[ComingWeek, ...]  # from this one on
    started: tuple[ComingPost, ...]  # for past weeks, and not published
    ideas: tuple[PostLink, ...]


class PageView(NamedTuple):
    """A plain page."""

    site: SiteView
    head: Head
    title: str
    headings: tuple[Heading, ...]
    html: Prose


class AuthorView(NamedTuple):
    """An author's page."""

    site: SiteView
    head: Head
    author: AuthorCard
    since: DateView | None  # of their first post, None without one
    word_count: int  # of all their posts; from a thousand on, in whole hundreds
    post_count: int
    traits: tuple[TermShare, ...]
    balance: str  # the page of what all posts are about, '' without one
    posts: tuple[PostCard, ...]  # the newest
    earlier: tuple[PostLink, ...]  # the others
    feeds: tuple[FeedLink, ...]


class FeedGroup(NamedTuple):
    """The feeds of one thing: of the site, of a trait, of an author."""

    title: str
    summary: str
    feeds: tuple[FeedLink, ...]
    term: TermLink | None  # that of a trait, a reason or a topic


class FollowView(NamedTuple):
    """The page that explains feeds and lists each of them."""

    site: SiteView
    head: Head
    everything: FeedGroup
    groups: tuple[tuple[str, tuple[FeedGroup, ...]], ...]  # by taxonomy's title, then authors


class NotFoundView(NamedTuple):
    """The page for an address that leads nowhere."""

    site: SiteView
    head: Head
    newest: tuple[PostLink, ...]


class RedirectView(NamedTuple):
    """A page at an old address that leads to the new one."""

    title: str
    target: str  # absolute
    language: str
    messages: Messages  # for the filter [`translate`](themes.md#messages)


class SearchView(NamedTuple):
    """The search page."""

    site: SiteView
    head: Head
    address: str  # of this page, where the form leads
    index_url: str  # of what the script reads first
    open_search: str  # URL of the description for browsers
    archive: str
    traits: tuple[TermShare, ...]


class OpenSearchView(NamedTuple):
    """What lets a browser search the site (OpenSearch 1.1); every URL is absolute."""

    title: str
    description: str
    language: str
    search: str  # the search page
    icon: str


class SearchTerm(NamedTuple):
    """A trait, reason or topic, with the posts that are filed under it."""

    link: TermLink
    posts: tuple[int, ...]  # their places among all, the newest being 0


class SearchIndexView(NamedTuple):
    """What the search knows about every post at once."""

    posts: tuple[PostLink, ...]  # newest first
    summaries: tuple[str, ...]  # of the same posts
    terms: tuple[SearchTerm, ...]
    shares: int  # files that the words of each year are spread over


class SearchBody(NamedTuple):
    """The words of a post's body."""

    url: str
    vocabulary: str


class SearchYear(NamedTuple):
    """The posts of a year with their words."""

    posts: tuple[SearchBody, ...]  # oldest first


class SearchWordsView(NamedTuple):
    """One of the files that the words of a year are spread over."""

    year: SearchYear
    share: int  # from 0
    shares: int


class FeedAuthor(NamedTuple):
    """An author in a feed."""

    name: str
    url: str
    email: str


class FeedReplies(NamedTuple):
    """The replies to an entry, as feeds know them; every URL is absolute."""

    total: int
    url: str  # where they are on the page
    feeds: tuple[FeedLink, ...]


class FeedParent(NamedTuple):
    """What an entry replies to."""

    id: str
    url: str  # absolute


class FeedAnswer(NamedTuple):
    """The line that asks the reader of a feed to answer, in the site's language."""

    text: str
    page: str  # the page that explains how, '' without one
    links: tuple[Link, ...]  # the ways to answer
    language: str
    direction: str


class FeedEntry(NamedTuple):
    """A post, a reply or an action in a feed; every URL is absolute."""

    id: str  # a tag: URI (RFC 4151)
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    html: Prose | None  # None in a feed of summaries
    authors: tuple[FeedAuthor, ...]
    categories: tuple[str, ...]
    image: str
    language: str
    direction: str  # 'ltr' or 'rtl'; '' for a left-to-right post in the feed's language
    answer: FeedAnswer
    replies: FeedReplies | None = None
    parent: FeedParent | None = None


class FeedView(NamedTuple):
    """A feed, which is written as RSS, Atom and JSON Feed; every URL is absolute."""

    id: str
    title: str
    subtitle: str
    home: str
    self_url: str
    language: str
    updated: datetime
    author: FeedAuthor
    icon: str
    entries: tuple[FeedEntry, ...]  # newest first


class MailFeedView(NamedTuple):
    """The feed for services that send mail: RSS, each entry with the HTML of its message."""

    feed: FeedView
    mails: tuple[MailView, ...]  # of the same entries


class SitemapEntry(NamedTuple):
    """A page in the sitemap."""

    url: str
    changed: str  # W3C date-time, '' if it is not known


class SitemapView(NamedTuple):
    """The sitemap (sitemaps.org protocol 0.9)."""

    entries: tuple[SitemapEntry, ...]


class ManifestView(NamedTuple):
    """The web app manifest (W3C), which phones ask for when a page is put on a home screen."""

    site: SiteView


class TextView(NamedTuple):
    """A file whose text is known when the site is planned."""

    text: str


class ImageView(NamedTuple):
    """An image that was prepared before the site was planned."""

    digest: str  # of its bytes


SOCIAL_IMAGE_WIDTH, SOCIAL_IMAGE_HEIGHT = 1200, 630  # pixels, as chats and networks want


class SocialImageView(NamedTuple):
    """The image that other sites show beside a link to a page."""

    title: str  # '' if the font lacks its characters
    label: str  # what is written above it
    author: str
    site: str
    icon: str  # its path, '' for none
    colour: str  # '' for none


class FileView(NamedTuple):
    """A file to copy as it is."""

    origin: str  # where it is on this machine's disk
    digest: str


TemplateView = (
    ActionsView
    | ArchiveView
    | AuthorView
    | BalanceView
    | CalendarView
    | FollowView
    | HomeView
    | MailView
    | ManifestView
    | NotFoundView
    | OpenSearchView
    | PageView
    | PostView
    | QuestionsView
    | RedirectView
    | SearchView
    | SeriesView
    | SitemapView
    | TaxonomyView
    | TermView
)

# what each template of a theme may read
PAGES: Mapping[str, type] = {
    "home.html": HomeView,
    "post.html": PostView,
    "term.html": TermView,
    "balance.html": BalanceView,
    "questions.html": QuestionsView,
    "actions.html": ActionsView,
    "series.html": SeriesView,
    "taxonomy.html": TaxonomyView,
    "archive.html": ArchiveView,
    "calendar.html": CalendarView,
    "page.html": PageView,
    "author.html": AuthorView,
    "follow.html": FollowView,
    "not-found.html": NotFoundView,
    "redirect.html": RedirectView,
    "mail.html": MailView,
    "search.html": SearchView,
    "opensearch.xml": OpenSearchView,
    "sitemap.xml": SitemapView,
    "site.webmanifest": ManifestView,
}
