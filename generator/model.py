"""Content and site: what passes from one stage of a build to the next.

Sources become posts, and posts become a site. Each value is complete when it is made and never
changes; a later stage makes a value of another type. Values are named tuples and not dataclasses:
Python makes such a class in a seventh of the time, and such a value in a third. Annotations are not
postponed, since Python would compile each one as text.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from typing import Any, NamedTuple

from generator.problems import Location

WORDS_A_MINUTE = 230  # silent reading of English prose: Brysbaert (2019), 238 words a minute


class SourceFile(NamedTuple):
    """A file of the blog: its path, and a digest of what is in it."""

    path: str  # relative to the blog's folder, with forward slashes
    digest: str


class Heading(NamedTuple):
    """A heading of a body, with the headings below it."""

    level: int
    anchor: str
    title: str  # plain text, not escaped
    children: tuple["Heading", ...] = ()


class Reference(NamedTuple):
    """A link or image in a body that points to another file of the blog."""

    target: str  # path of the file it names, relative to the blog's folder
    suffix: str  # its query and fragment as a page shows them: '#part', '' without
    at: Location
    is_image: bool
    as_written: str


class Notice(NamedTuple):
    """Something in a body that was typed, and that readers don't see, or see as it was typed."""

    code: str
    at: Location
    message: str
    hint: str


class Body(NamedTuple):
    """A rendered body: its HTML, and what the pages that show it need to know about it.

    References to other files stay unresolved in the HTML (see `generator.site.references`), so
    that the body depends only on its own source.
    """

    html: str
    opening_end: int  # how much of it comes before `<!-- more -->`; 0 without one
    opening: str  # the first paragraph as plain text
    word_count: int
    keywords: str  # the words that say what it is about, weightiest first, with spaces between
    vocabulary: str  # its distinct words as a search knows them, sorted, with spaces between
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    undescribed: tuple[
        "Tag", ...
    ]  # images for which nobody has written alt text, not even an empty one
    unfinished: tuple["Tag", ...] = ()  # words of the file that say that it is not finished
    quotes: tuple["Tag", ...] = ()  # its quoted lines, as they were typed
    typed: str = ""  # what only a check needs, see generator.content.typed_places

    @property
    def reading_minutes(self) -> int:
        """Whole minutes that reading it takes, at least one."""
        return max(1, ceil(self.word_count / WORDS_A_MINUTE))

    @property
    def targets(self) -> tuple[str, ...]:
        """The files that it refers to, each once."""
        return tuple(dict.fromkeys([reference.target for reference in self.references]))

    @property
    def images(self) -> tuple[str, ...]:
        """Those of them that it shows."""
        return tuple(dict.fromkeys([found.target for found in self.references if found.is_image]))


class Tag(NamedTuple):
    """A tag, author or URL as somebody typed it, with its place."""

    text: str
    at: Location


class Limit(NamedTuple):
    """A moment from which, or until which, a key of another tool hides a file."""

    key: Tag
    moment: datetime
    is_end: bool  # whether the file is hidden from then on, and not until then

    def hides(self, as_of: datetime) -> bool:
        """Whether the file is hidden at that moment."""
        return (self.moment <= as_of) is self.is_end


class PostState(StrEnum):
    """How far along a post is: what its writer says, and what its date makes of that."""

    IDEA = "idea"
    PLANNED = "planned"
    DRAFT = "draft"
    READY = "ready"  # and waits for approval
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ERROR = "error"  # its file can't be read

    @property
    def is_draft(self) -> bool:
        """Whether no date can publish the post, since its writer has not said that it is ready."""
        return self in (PostState.IDEA, PostState.PLANNED, PostState.DRAFT)

    @property
    def is_waiting(self) -> bool:
        """Whether the post is written, and waits for its time or for approval."""
        return self in (PostState.READY, PostState.SCHEDULED)


def name_of(source: str) -> str:
    """The name of a document: of its file without the suffix, or of its folder."""
    folder, _, file = source.rpartition("/")
    stem = file.rpartition(".")[0]
    return folder.rpartition("/")[2] if stem == "index" else stem


class Post(NamedTuple):
    """A post as written: its front matter and its rendered body."""

    source: str  # path of the file, relative to the blog's folder
    slug: str
    title: str
    published: datetime  # always with a zone
    updated: datetime | None
    tags: tuple[Tag, ...]
    authors: tuple[Tag, ...]  # ids of authors in site.toml
    summary: str  # '' when the writer gave none
    status: PostState  # as its writer says: up to READY
    approved_by: Tag | None  # who has signed it, as it was typed
    id: str  # '' when the writer gave none
    aliases: tuple[Tag, ...]
    image: Reference | None
    image_alt: str | None  # None if the writer gave none, '' if it needs none
    series: Tag | None  # the name of its series
    series_order: int  # its number there, 0 if its date decides
    language: str  # '' for the site's language
    syndication: tuple[str, ...]
    extra: Mapping[str, Any]
    body: Body
    has_date: bool = True  # only a draft may have none; `published` then means nothing
    day_in_name: str = ""  # with which the file's name begins, perhaps a date that does not exist
    places: tuple[Tag, ...] = ()  # of its keys with dates, those that it has
    limits: tuple[Limit, ...] = ()
    approved_on: datetime | None = None  # None if the signature has no date
    answers: tuple[Tag, ...] = ()  # ids of the replies that it answers

    @property
    def is_draft(self) -> bool:
        """Whether no date can publish it."""
        return self.status.is_draft

    @property
    def name(self) -> str:
        """How replies and actions name it: its file without the suffix, or its folder."""
        return name_of(self.source)

    def at(self, key: str) -> Location:
        """The place of one of its dates, or of the whole file."""
        return next((place.at for place in self.places if place.text == key), Location(self.source))


class PlainPage(NamedTuple):
    """A plain page as written: about, how to answer back."""

    source: str
    title: str
    permalink: str  # from the site's root, '/about/'
    summary: str
    is_draft: bool
    aliases: tuple[Tag, ...]
    body: Body
    limits: tuple[Limit, ...] = ()


class Term(NamedTuple):
    """One trait, reason or topic, with the words that map to it."""

    taxonomy: str  # 'traits'
    slug: str
    title: str
    order: int
    summary: str  # a trait's promise
    tags: tuple[Tag, ...]
    questions: tuple[str, ...]
    source: str  # '' for a topic, which has no file
    body: Body | None
    icon: str = ""  # of `icons.ICONS`; '' for none
    colour: str = ""  # of `icons.COLOURS`; '' for none
    limits: tuple[Limit, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that means it as a tag."""
        return (self.slug, self.title, *(tag.text for tag in self.tags))


class ReplyKind(StrEnum):
    """What a reply is to the post that it belongs to."""

    REPLY = "reply"
    QUESTION = "question"  # and waits for an answer
    THANKS = "thanks"
    MENTION = "mention"  # a page elsewhere links the post
    LIKE = "like"

    @property
    def is_reaction(self) -> bool:
        """Whether it has no words for this page, and is only counted."""
        return self in (ReplyKind.MENTION, ReplyKind.LIKE)


class ReplyState(StrEnum):
    """What a moderator has decided about a reply."""

    NEW = "new"  # nobody has looked at it
    APPROVED = "approved"
    HIDDEN = "hidden"
    SPAM = "spam"


class Consent(StrEnum):
    """What the writer of a reply agrees to."""

    PUBLIC = "public"  # words and name
    INITIALS = "initials"
    ANONYMOUS = "anonymous"  # words, but no name
    PRIVATE = "private"  # nothing: only the blog's writer reads it


class ActionState(StrEnum):
    """What was decided about something that people said."""

    DOING = "doing"
    DONE = "done"
    NO = "no"  # with the reason


class Answer(NamedTuple):
    """The leader's answer to a reply: words below it, or a post."""

    by: str  # id of an author in site.toml
    at: date | None
    post: str  # the post that answers: its name in a file, its source where it is shown; or ''
    words: str  # Markdown
    html: str


class Reply(NamedTuple):
    """A reply as it is kept, shown or not."""

    source: str
    id: str  # the name of its file without the suffix
    to: Tag | None  # the name of a post or the id of another reply; None until it is assigned
    name: str
    role: str
    url: str
    received: datetime | None
    published: datetime | None  # when it was written elsewhere
    via: str
    origin: str  # the page elsewhere where it stands
    source_key: str  # a keyed digest of a foreign id, to recognise a second import
    kind: ReplyKind
    state: ReplyState
    consent: Consent
    answered: Answer | None
    answered_by: Tag | None  # where its file names the author of the answer
    answered_in: Tag | None  # and the post that answers
    closed: str  # why no answer is to come
    body: Body

    @property
    def written(self) -> datetime | None:
        """When it was written, as far as is known."""
        return self.published or self.received

    @property
    def is_draft(self) -> bool:
        """Never: nobody writes it for a later day."""
        return False

    @property
    def limits(self) -> tuple[Limit, ...]:
        """None: no other tool has keys for it."""
        return ()


class Action(NamedTuple):
    """What was decided about something that people said."""

    source: str
    slug: str
    title: str
    said: tuple[Tag, ...]  # ids of replies and names of posts
    state: ActionState
    reason: str  # '' unless there is one; a 'no' has one
    by: Tag | None  # id of an author in site.toml, or words
    since: date
    updated: date | None
    traits: tuple[Tag, ...]
    body: Body

    @property
    def is_draft(self) -> bool:
        """Never: nobody writes it for a later day."""
        return False

    @property
    def limits(self) -> tuple[Limit, ...]:
        """None: no other tool has keys for it."""
        return ()


class ShownReply(NamedTuple):
    """A reply as everybody may see it; it holds nothing that is not shown."""

    id: str  # '' for a reply that is no longer shown, and leaves its place to its replies
    name: str  # as its writer agreed: 'Aoife Brennan', 'A. B.' or ''
    role: str
    url: str
    written: datetime | None
    via: str
    origin: str
    kind: ReplyKind
    html: str
    answer: Answer | None  # its post is the source of a post that is shown
    closed: str
    post: str  # source of the post that it belongs to
    anchor: str  # its id on the page of that post

    @property
    def is_gone(self) -> bool:
        """Whether it only holds the place of a reply that is no longer shown."""
        return not self.id


class ReplyThread(NamedTuple):
    """A reply, and the replies to it."""

    reply: ShownReply
    replies: tuple["ReplyThread", ...] = ()  # oldest first


class Reactions(NamedTuple):
    """The mentions and likes of a post."""

    mentions: tuple[ShownReply, ...] = ()
    likes: tuple[ShownReply, ...] = ()


class Question(NamedTuple):
    """A question that may be shown, and how long its answer took."""

    reply: ShownReply
    asked: date | None  # None for a reply without a date
    answered: date | None  # None while it is open
    days: int | None  # from asking to answering; None while it is open, or without a date

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered is None and not self.reply.answer and not self.reply.closed


class ShownAction(NamedTuple):
    """An action as everybody may see it, with the words that led to it."""

    slug: str
    title: str
    state: ActionState
    reason: str
    by: str  # id of an author in site.toml, or words
    since: date
    updated: date | None
    said: tuple[ShownReply, ...]  # the replies that led to it, of those that may be shown
    posts: tuple[str, ...]  # sources of the posts that it belongs to: named, or replied to
    terms: tuple[Term, ...]
    source: str
    body: Body

    @property
    def at(self) -> date:
        """The day of its newest state."""
        return self.updated or self.since


class ListeningFigures(NamedTuple):
    """How a blog answers, as of its newest reply, answer or action, and not of today."""

    questions: int
    answered: int
    median_days: float | None  # from asking to answering; None while nothing was answered
    oldest_open: int | None  # days that the oldest open question has waited; None without one
    as_of: date

    @property
    def share_answered(self) -> float:
        """The share of questions that have been answered, from 0 to 1."""
        return self.answered / self.questions if self.questions else 0.0


Document = Post | PlainPage | Term | Action | Reply


class Broken(NamedTuple):
    """A document that has errors: with stand-ins, so that only its mistakes are of interest."""

    document: Document
    knows_tags: bool  # whether its tags are those that it has


class Content(NamedTuple):
    """Everything that was read from a blog's content folder."""

    posts: tuple[Post, ...]
    pages: tuple[PlainPage, ...]
    terms: tuple[Term, ...]
    media: tuple[SourceFile, ...]
    static: tuple[SourceFile, ...]
    rejected: tuple[str, ...]  # paths of documents, except terms, that could not be read
    unread: tuple[str, ...] = ()  # paths of what may be meant as a post, and is none
    broken: tuple[Broken, ...] = ()  # those that could be read in part
    unread_drafts: tuple[str, ...] = ()  # those of them that are drafts
    replies: tuple[Reply, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def file_digests(self) -> tuple[str, ...]:
        """The digests of all files except the documents."""
        return tuple([file.digest for file in (*self.media, *self.static)])

    @property
    def documents(self) -> tuple["Document", ...]:
        """Everything that has a body."""
        return (*self.posts, *self.pages, *self.terms, *self.actions, *self.replies)


class Taxonomy(NamedTuple):
    """One way to group posts: the traits, the reasons or the topics."""

    name: str  # 'traits': its folder in content/ and in the site
    title: str
    singular: str
    summary: str
    has_feeds: bool
    terms: tuple[Term, ...]
    is_hidden: bool = False  # whether its pages exist, and nothing leads to them


class Visibility(NamedTuple):
    """What a preview shows besides published posts."""

    drafts: bool = False
    future: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything in the blog is shown."""
        return self.drafts and self.future


class Series(NamedTuple):
    """Posts that are to be read one after the other."""

    slug: str
    title: str
    parts: tuple[str, ...]  # sources, in the order of reading


class Part(NamedTuple):
    """The place of a post in a series."""

    series: Series
    number: int  # from 1

    @property
    def previous(self) -> str:
        """The source of the part before it, '' for the first."""
        return self.series.parts[self.number - 2] if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The source of the part after it, '' for the last."""
        return self.series.parts[self.number] if self.number < len(self.series.parts) else ""


class Entry(NamedTuple):
    """A post with its place in the site: what it belongs to and what is beside it."""

    post: Post
    state: PostState
    permalink: str  # from the site's root, '/2026/hello/'
    terms: tuple[Term, ...]  # of all taxonomies, in their order
    authors: tuple[str, ...]  # ids
    older: str  # source of the post before it, '' for the first
    newer: str
    related: tuple[str, ...]  # sources
    part: Part | None  # of a series


class Withheld(NamedTuple):
    """A source that is not published, and why."""

    source: str
    state: PostState
    reason: str


class MediaFile(NamedTuple):
    """A file to copy into the site as it is."""

    source: str
    permalink: str
    digest: str


class ImageVariant(NamedTuple):
    """A lighter variant of an image."""

    media_type: str
    width: int
    height: int
    digest: str  # of its bytes


class ImageFile(NamedTuple):
    """An image as it is published: its size, its bytes without metadata, its lighter variants.

    The bytes are in the cache, by their digest.
    """

    media_type: str
    width: int  # 0 if the file does not say
    height: int
    digest: str
    variants: tuple[ImageVariant, ...]  # each lighter than the wider ones of its type


class Site(NamedTuple):
    """Everything that is shown: nothing in it is a draft unless drafts were asked for."""

    entries: tuple[Entry, ...]  # newest first
    pages: tuple[PlainPage, ...]
    taxonomies: tuple[Taxonomy, ...]
    series: tuple[Series, ...]  # by slug
    media: tuple[MediaFile, ...]
    permalinks: Mapping[str, str]  # source -> permalink of everything that is shown
    withheld: tuple[Withheld, ...]
    as_of: datetime
    visibility: Visibility
    replies: Mapping[str, tuple[ReplyThread, ...]] = {}  # by source of the post
    reactions: Mapping[str, Reactions] = {}  # by source of the post
    questions: tuple[Question, ...] = ()  # oldest first
    actions: tuple[ShownAction, ...] = ()  # newest first
    listening: ListeningFigures | None = None  # None for a blog without questions


class Asset(NamedTuple):
    """A static file of the theme."""

    name: str  # within the theme's `static/` folder
    origin: str  # where it is on this machine's disk
    digest: str
    permalink: str
