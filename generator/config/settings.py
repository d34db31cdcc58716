"""The settings in `content/site.toml`: one named tuple for a table, one sentence for a key.

`reading` reads the file, `rules` says which values make sense. As in `model`, annotations are not
postponed.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

from generator.config.levels import Level
from generator.config.toml_places import KeyPath, place_of
from generator.problems import Location

SITE_FILE = "content/site.toml"
SENT_FILE = "content/sent.txt"  # what was sent as mail

TRAITS = "traits"
TOPICS = "topics"

EARLIEST, LATEST = 1970, 2199  # years that a blog can mean; others are typing errors
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ImageFormat = Literal["avif", "webp"]
DateOrder = Literal["guess", "day-first", "month-first"]
AnswerVia = Literal["email", "form", "github", "copies"]
MailEncryption = Literal["starttls", "tls", "none"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class LinkSettings(NamedTuple):
    """A link with its text."""

    title: Annotated[str, "The text of the link."]
    url: Annotated[str, "Its address, beginning with `https://` or `mailto:`."]


class AuthorSettings(NamedTuple):
    """Someone who writes for the blog."""

    id: Annotated[str, "The short name that posts use in `authors`; part of the author page's URL."]
    name: Annotated[str, "The name that readers see."]
    role: Annotated[str, "What the author does, shown under the name."] = ""
    summary: Annotated[str, "One or two sentences about the author."] = ""
    email: Annotated[str, "A public address, shown on the author page and in feeds."] = ""
    portrait: Annotated[str, "The path of an image inside `content/static/`."] = ""
    links: Annotated[tuple[LinkSettings, ...], "Profiles elsewhere, marked `rel=me`."] = ()
    fediverse: Annotated[
        str, "The author's account in the fediverse, such as `@ada@example.social`."
    ] = ""


class MenuEntry(NamedTuple):
    """One entry of the menu at the top of each page."""

    title: Annotated[str, "The text of the entry."]
    to: Annotated[
        str,
        "A built-in page such as `archive` or `author`, a taxonomy such as `traits`, a page's file "
        "such as `pages/about.md`, or a full URL.",
    ]


class WeeklySettings(NamedTuple):
    """The rhythm of the blog."""

    day: Annotated[Weekday, "The day on which the weekly post appears."] = "tuesday"
    time: Annotated[
        str, "The time, `HH:MM` in the blog's zone, of a post whose date has no time."
    ] = "00:00"
    grace: Annotated[
        int, "How many days after that day, from 0 to 6, a post still counts as on time."
    ] = 1


class AwaySettings(NamedTuple):
    """Days off; a week whose weekly day is among them counts as kept."""

    from_: Annotated[date, "The first day off, such as `2026-12-21`, without quotes."]
    to: Annotated[date, "The last day off."]
    why: Annotated[str, "What you do instead, for your own calendar."] = ""


class HomeSettings(NamedTuple):
    """The home page."""

    cards: Annotated[int, "How many posts follow the newest one, and fill each further page."] = 8
    full_newest: Annotated[
        bool, "Whether the newest post is shown in full, or up to `<!-- more -->`."
    ] = True


class FeedSettings(NamedTuple):
    """The RSS, Atom and JSON feeds."""

    entries: Annotated[int, "How many of the newest posts a feed holds."] = 20
    full_text: Annotated[bool, "Whether feeds hold whole posts, or summaries only."] = True


class SearchSettings(NamedTuple):
    """The search page."""

    enabled: Annotated[bool, "Whether there is a search page, with an index of all posts."] = True


class MarkdownSettings(NamedTuple):
    """How Markdown is read."""

    allow_html: Annotated[bool, "Whether HTML in a post is kept, or shown as text."] = True
    typographic_quotes: Annotated[
        bool, "Whether straight quotes become those of the text's language, and `--` a dash."
    ] = True


class ImageSettings(NamedTuple):
    """The lighter versions of images, from which a browser chooses one."""

    formats: Annotated[
        tuple[ImageFormat, ...],
        "Formats to offer beside the original, best first; by default `avif` and `webp`, `[]` for "
        "none.",
    ] = ("avif", "webp")
    widths: Annotated[
        tuple[int, ...],
        "Widths in pixels, by default 480, 800 and 1600; no page loads a wider image.",
    ] = (480, 800, 1600)
    quality: Annotated[
        int, "From 1 to 100: higher looks better and weighs more. PNG is always lossless."
    ] = 80
    social: Annotated[
        bool,
        "Whether to draw a social image with title, icon and author for each page that people "
        "share.",
    ] = True


class FrontMatterSettings(NamedTuple):
    """How front matter that was written for another tool is read."""

    unknown_keys: Annotated[
        Level, "What an unknown key is: `error`, `warning`, `note` or `allow`."
    ] = "error"
    rename: Annotated[
        Mapping[str, str],
        'Keys of other tools and what they are here, such as `excerpt = "summary"`.',
    ] = {}


class WaySettings(NamedTuple):
    """One way to answer a post."""

    via: Annotated[
        AnswerVia,
        "How: by `email`, a `form`, an issue on `github`, or `copies` of the post on Mastodon, "
        "Bluesky and LinkedIn.",
    ]
    to: Annotated[
        str,
        "Where: the address of mail (by default `answer.email`); the address of the form, in which "
        "`{title}`, `{url}` and `{id}` become the post's; the GitHub repository, `owner/name`; "
        "nothing for copies.",
    ] = ""
    title: Annotated[str, "The words of the link; by default, in the blog's language."] = ""
    template: Annotated[
        str, "The issue form of the repository, in `.github/ISSUE_TEMPLATE/`, for `github` only."
    ] = ""


class AnswerSettings(NamedTuple):
    """How readers answer, below each post and at the end of its feed entries."""

    text: Annotated[str, "The line that asks; by default, one in the blog's language."] = ""
    page: Annotated[str, "The page that says how, such as `pages/how-to-answer-back.md`."] = ""
    email: Annotated[str, "The address that answers go to."] = ""
    ways: Annotated[
        tuple[WaySettings, ...],
        "The ways to answer, in the order in which readers see them; by default, mail to that "
        "address, then the post's copies.",
    ] = ()

    @property
    def all_ways(self) -> tuple[WaySettings, ...]:
        """The ways to answer, with those that need not be written down."""
        if self.ways:
            return self.ways
        mail = (WaySettings(via="email"),) if self.email else ()
        return (*mail, WaySettings(via="copies"))

    @property
    def is_possible(self) -> bool:
        """Whether readers have a way to answer every post."""
        return bool(self.ways or self.email)


class ListmonkSettings(NamedTuple):
    """A listmonk server, to which `weekly mail listmonk` gives a draft."""

    url: Annotated[str, "Its address, such as `https://lists.example.org`."] = ""
    lists: Annotated[tuple[int, ...], "The numbers of the lists that the draft is for."] = ()


class MailSettings(NamedTuple):
    """Posts as mail."""

    from_: Annotated[
        str, "Who sends, such as `Ada Marsh <ada@example.org>`; needed to send anything."
    ] = ""
    reply_to: Annotated[
        str, "Where answers go; by default `answer.email`, and without that, to the sender."
    ] = ""
    to: Annotated[str, "The one address that mail goes to, such as that of an all-staff list."] = ""
    recipients: Annotated[
        str,
        "Instead of `to`, a file with one address a line, outside the repository, such as "
        "`~/letters/recipients.txt`.",
    ] = ""
    host: Annotated[str, "The SMTP server."] = ""
    port: Annotated[int, "Its port; by default 587, or 465 with `tls`, or 25 with `none`."] = 0
    tls: Annotated[
        MailEncryption,
        "How the connection is encrypted: by `starttls`, by `tls` from the start, or, for a server "
        "on the same machine only, `none`. Certificates are always verified.",
    ] = "starttls"
    rate: Annotated[int, "How many messages are sent in a minute, at most."] = 30
    subject: Annotated[str, "The subject, in which `{title}` becomes the post's."] = "{title}"
    why: Annotated[
        str, "The sentence at the end that says why one gets this mail; by default, a general one."
    ] = ""
    list_id: Annotated[
        str, "The name by which mail programs sort it (List-Id), such as `letters.example.org`."
    ] = ""
    unsubscribe: Annotated[
        str, "How one gets no more: `mailto:` and an address; by default, no such header is sent."
    ] = ""
    unsubscribe_url: Annotated[
        str,
        "The same as a page, for one click (RFC 8058): an address that begins with `https://`, in "
        "which `{token}` becomes the recipient's token.",
    ] = ""
    feed: Annotated[
        bool, "Whether there is a feed of whole mails, `/mail.xml`, for services that send feeds."
    ] = False
    send_when_published: Annotated[
        bool,
        "Whether the job of `weekly deploy --init --mail` sends the mail, or leaves it as a file "
        "to send by hand.",
    ] = False
    listmonk: Annotated[
        ListmonkSettings, "A listmonk server, to which `weekly mail listmonk` gives a draft."
    ] = ListmonkSettings()
    graph_mailbox: Annotated[
        str,
        "The mailbox in Microsoft 365 for `weekly mail graph`; by default, that of whoever the "
        "token is of.",
    ] = ""

    @property
    def server_port(self) -> int:
        """The port of the SMTP server."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.tls]


class FormSettings(NamedTuple):
    """The columns of the answers that a form's service exports, by their headings."""

    words: Annotated[
        tuple[str, ...],
        "The columns with the reply itself; by default, all that ask for words.",
    ] = ()
    name: Annotated[str, "The column with the writer's name; by default, it is guessed."] = ""
    role: Annotated[str, "The column with the writer's role or team."] = ""
    consent: Annotated[
        str,
        "The column that says what may be published: yes, initials, anonymously or no; without "
        "one, every reply is private.",
    ] = ""
    post: Annotated[str, "The column with the post's `{id}`, `{url}` or title."] = ""
    date: Annotated[str, "The column with the time at which it was sent."] = ""
    dates: Annotated[
        DateOrder,
        "How the service writes dates such as 3/4/2026: `month-first` or `day-first`, or `guess`.",
    ] = "guess"


class MailSourceSettings(NamedTuple):
    """The folder of mail that `weekly replies fetch` reads, by IMAP; the login is no setting."""

    host: Annotated[str, "The IMAP server, such as `imap.example.org`."] = ""
    port: Annotated[int, "Its port for TLS."] = 993
    folder: Annotated[str, "The folder with the answers, and with nothing else."] = "INBOX"


class ReplySourceSettings(NamedTuple):
    """Where `weekly replies fetch` looks for replies."""

    mail: Annotated[MailSourceSettings, "A folder of mail."] = MailSourceSettings()
    webmentions: Annotated[
        str, "The domain whose webmentions webmention.io receives, such as `letters.example.org`."
    ] = ""
    github: Annotated[
        str,
        "The repository whose issues answer posts, `owner/name`; by default, that of "
        "`answer.ways`.",
    ] = ""
    mastodon: Annotated[
        bool, "Whether replies to the copies on Mastodon that posts name in `syndication` count."
    ] = True
    bluesky: Annotated[bool, "The same for copies on Bluesky."] = True


class ReplySettings(NamedTuple):
    """How replies come in."""

    form: Annotated[FormSettings, "The columns of a form's answers."] = FormSettings()
    sources: Annotated[ReplySourceSettings, "Where `weekly replies fetch` looks for replies."] = (
        ReplySourceSettings()
    )


class TaxonomySettings(NamedTuple):
    """One way to group posts, with a folder of terms in `content/`."""

    title: Annotated[str, "The title of the page that lists all terms."]
    singular: Annotated[str, "What a single term is called."]
    summary: Annotated[str, "A sentence under that title."] = ""
    hidden: Annotated[bool, "Keep its pages and feeds where they are, and link to none."] = False


DEFAULT_TRAITS = TaxonomySettings(title="", singular="")  # the blog's language names them


class SiteConfig(NamedTuple):
    """All settings of a blog."""

    title: Annotated[str, "The blog's name."]
    base_url: Annotated[
        str, "Where the blog will live, with its path: `https://org.github.io/blog/`."
    ]
    authors: Annotated[
        tuple[AuthorSettings, ...],
        "The people who write here, at least one; the first is the author of posts that name none.",
    ]
    authority: Annotated[
        str,
        "The fixed first part of feed ids (RFC 4151): a domain you own and a year in which you "
        "owned it, such as `example.org,2026`. Never change it, not even when the blog moves.",
    ]
    tagline: Annotated[str, "A sentence under the name."] = ""
    publisher: Annotated[
        str, "The organisation that search engines see as publisher; by default, the first author."
    ] = ""
    time_zone: Annotated[str, "The time zone of all dates, by its IANA name."] = "UTC"
    language: Annotated[
        str, "The language of the blog and of the text around posts (BCP 47), such as `en-GB`."
    ] = "en"
    cname: Annotated[str, "The custom domain for GitHub Pages, if there is one."] = ""
    theme: Annotated[str, "The theme: a folder in `themes/`, or one that ships with `weekly`."] = (
        "default"
    )
    permalink: Annotated[
        str, "The address of a post, made of `{year}`, `{month}`, `{day}` and `{slug}`."
    ] = "/{year}/{slug}/"
    topics: Annotated[tuple[str, ...], "Tags that are subjects and belong to no trait."] = ()
    unknown_tags: Annotated[
        Level,
        "What a tag of no trait and no topic is: `error`, `warning`, `note` or `allow`.",
    ] = "error"
    unknown_authors: Annotated[
        Level, "What an author who is not listed here is: `error`, `warning`, `note` or `allow`."
    ] = "error"
    posts_without_trait: Annotated[
        Level, "What a post without a trait is: `error`, `warning`, `note` or `allow`."
    ] = "error"
    missing_images: Annotated[
        Level,
        "What a missing image is, in a body or in `image:` in front matter: `error`, `warning`, "
        "`note` or `allow`.",
    ] = "warning"
    missing_alt: Annotated[
        Level,
        "What an image without a text for people who can't see it is: `error`, `warning`, `note` "
        "or `allow`.",
    ] = "warning"
    broken_links: Annotated[
        Level,
        "What a link to a missing file is: `error`, `warning`, `note` or `allow`.",
    ] = "error"
    require_approval: Annotated[
        bool,
        "Whether a post that is ready waits until somebody in `authors` approves it: "
        "`approved_by: ID`.",
    ] = False
    approve_own_posts: Annotated[
        bool, "Whether the author of a post may be the one who approves it."
    ] = False
    approval_since: Annotated[
        date, "Posts before this day need no approval, such as `2026-11-22`, without quotes."
    ] = date.min
    weekly: Annotated[WeeklySettings, "The rhythm."] = WeeklySettings()
    away: Annotated[tuple[AwaySettings, ...], "Days off, on which no post is due."] = ()
    balance: Annotated[
        Mapping[str, int],
        "How many posts in a hundred should be about each trait, by its slug: `courage = 20`.",
    ] = {}
    balance_page: Annotated[
        bool, "Whether `/balance/` shows readers what the posts have been about."
    ] = True
    home: Annotated[HomeSettings, "The home page."] = HomeSettings()
    feeds: Annotated[FeedSettings, "The feeds."] = FeedSettings()
    search: Annotated[SearchSettings, "The search."] = SearchSettings()
    markdown: Annotated[MarkdownSettings, "Markdown."] = MarkdownSettings()
    images: Annotated[ImageSettings, "Images."] = ImageSettings()
    front_matter: Annotated[FrontMatterSettings, "Front matter."] = FrontMatterSettings()
    answer: Annotated[AnswerSettings, "How readers answer."] = AnswerSettings()
    mail: Annotated[MailSettings, "Posts as mail; see [mail](mail.md)."] = MailSettings()
    replies: Annotated[ReplySettings, "How replies are imported."] = ReplySettings()
    menu: Annotated[tuple[MenuEntry, ...], "The menu."] = ()
    checks: Annotated[
        Mapping[str, Level],
        "What a problem that `weekly check` finds is, by its code: `error`, `warning`, `note` or "
        '`allow`, such as `missing-summary = "allow"`; see [problems](problems.md).',
    ] = {}
    taxonomies: Annotated[
        Mapping[str, TaxonomySettings],
        "The ways to group posts. `traits` always exists; `reasons`, or one of your own, exists "
        "when it has a table here and a folder of its name in `content/`.",
    ] = {}

    places: Mapping[KeyPath, tuple[int, int]] = {}

    def at(self, key: KeyPath) -> Location:
        """The place in site.toml of a setting, or of the nearest table around it."""
        return place_of(key, self.places, SITE_FILE)

    @property
    def zone(self) -> ZoneInfo:
        """The blog's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def default_hour(self) -> time:
        """The time of a post whose date has none."""
        return time.fromisoformat(self.weekly.time)
