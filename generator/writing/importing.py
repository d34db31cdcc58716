"""Takes the items of an export into a blog: first all are read, then each gets its file.

Bodies are converted as they come and wait in a spool, so that memory holds only what is known of
each. When everything has been seen, links between posts and pictures find their files.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.config.settings import SiteConfig
from generator.content.reading import DocumentReader
from generator.images.encode import encode_image
from generator.importers.archives import ArchiveError
from generator.importers.assignment import PostNames, address_keys, plain_title
from generator.importers.bundle import Bundle
from generator.importers.found import FoundReply, Refused, SetAside, source_key
from generator.importers.html_posts import Converted, markdown_of_post, placed
from generator.importers.html_text import UnreadableHtmlError
from generator.importers.items import FoundImage, FoundPost, FoundState, ImageData, Item, Loss
from generator.importers.markdown_posts import converted_markdown
from generator.importers.pictures import Pictures, key_of_address, kind_of_picture
from generator.importers.suggestions import suggested_tags
from generator.model import Content, Post, Term
from generator.problems import Problem, Severity
from generator.progress import Progress, no_progress
from generator.site import permalinks
from generator.site.taxonomies import fold
from generator.writing.changes import create
from generator.writing.import_account import (
    CHANGED,
    DELETED,
    KNOWN,
    NEW,
    UPDATED,
    Account,
    Entry,
    ImageEntry,
    ReplyEntry,
)
from generator.writing.import_map import ImportMap
from generator.writing.import_record import Imported, Record, Run, digest_of, write_record
from generator.writing.import_spool import Place, Spool
from generator.writing.imported_text import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_TAGS,
    Head,
    alias_of,
    file_text,
    slug_for,
)
from generator.writing.new_posts import first_words
from generator.writing.replies import known_replies, plan_replies, write_replies

UNDATED = datetime(2000, 1, 1, 12, tzinfo=UTC)
_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class ImportContext:
    """What must be known of a blog to take an export in."""

    blog: Path
    config: SiteConfig
    content: Content
    claimed: Mapping[str, str]  # output paths in small letters
    terms: tuple[Term, ...]
    traits: tuple[Term, ...]
    names: PostNames
    read_document: DocumentReader
    record: Record
    map: ImportMap
    is_written: bool = False
    approve: bool = False
    fetch: Callable[[Iterable[str]], Mapping[str, bytes | str]] | None = None
    progress: Progress = no_progress


class _Picture(NamedTuple):
    """A picture as a post shows it."""

    key: str  # of its entry in the account
    alt: str


@dataclass(slots=True)
class _Held:
    """A post whose body waits in the spool."""

    found: FoundPost  # without its body
    body: Place
    links: tuple[str, ...]
    pictures: tuple[_Picture, ...]
    losses: list[Loss]
    words: int
    opening: str
    path: str = ""
    id: str = ""
    slug: str = ""
    is_known: bool = False
    names: dict[str, str] = field(default_factory=dict)  # of its pictures' files, by key


@dataclass(slots=True)
class _File:
    """A picture's bytes, wherever they are."""

    entry: ImageEntry
    name: str = ""  # in the export
    place: Place | None = None  # in the spool
    alt: str = ""
    suffix: str = ""
    problem: str = ""  # why it can't be shown, although it is there

    def look_at(self, data: bytes) -> None:
        """Finds out of which kind it is, and whether a page could show it."""
        self.suffix = kind_of_picture(data)
        if not self.suffix:
            self.problem = "it is no picture that browsers show"
            return
        found = encode_image(f"picture{self.suffix}", data, None)
        if isinstance(found, Problem):
            self.suffix, self.problem = "", found.message


def take_in(items: Iterable[Item], bundle: Bundle, context: ImportContext) -> Account:
    """Takes items into the blog, or only says what would become of them."""
    spool = Spool()
    try:
        return _Import(bundle, context, spool).run(items)
    finally:
        spool.close()


class _Import:
    """One import: what it has seen so far, and what it writes."""

    def __init__(self, bundle: Bundle, context: ImportContext, spool: Spool) -> None:
        self.bundle, self.context, self.spool = bundle, context, spool
        self.account = Account(is_written=context.is_written)
        self.held: list[_Held] = []
        self.keys: dict[str, str] = {}  # digests of what was seen, by key
        self.replies: list[FoundReply] = []
        self.files: dict[str, _File] = {}
        self.attachments: dict[tuple[str, str], str] = {}  # addresses by site and id
        self.pictures = Pictures(bundle)
        self.run_done = Run()
        self.claimed = {path.casefold() for path in context.claimed}
        self.paths: set[str] = set()
        self.by_address: dict[str, _Held | None] = {}
        words = (*(word for term in context.terms for word in term.words), *context.config.topics)
        self.known_words = {fold(word) for word in words}

    def run(self, items: Iterable[Item]) -> Account:
        """Reads everything, then writes everything."""
        for item in items:
            self._take(item)
        self.account.set_aside += self.bundle.set_aside
        self.account.refused += self.bundle.refused
        self._note_unused_pictures()
        self._fetch()
        self._give_names()
        self._write_posts()
        self._write_replies()
        self._keep_record()
        return self.account

    # reading

    def _take(self, item: Item) -> None:
        if isinstance(item, SetAside):
            self.account.set_aside.append(item)
        elif isinstance(item, Refused):
            self.account.refused.append(item)
        elif isinstance(item, FoundReply):
            self.replies.append(item)
        elif isinstance(item, FoundImage):
            file = self._file(item.address, item.position, "")
            file.alt = file.alt or item.alt
            if item.own:
                self.attachments[(item.site, item.own)] = item.address
                self.attachments.setdefault(("", item.own), item.address)
        else:
            self._hold(item)

    def _hold(self, found: FoundPost) -> None:
        seen = sha256(repr(found._replace(position="")).encode("utf-8", "replace")).hexdigest()
        if found.key in self.keys:
            if self.keys[found.key] == seen:
                reason = "it is the same as another item of this import"
                self.account.set_aside.append(SetAside(found.position, reason))
                return
            other = sha256(found.title.encode() + found.slug.encode()).hexdigest()[:8]
            found = found._replace(own=f"{found.own} {other}")
            if found.key in self.keys:
                reason = f"'{found.title}' is another version of an item of this import"
                self.account.set_aside.append(SetAside(found.position, reason))
                return
        self.keys[found.key] = seen
        try:
            made = (
                converted_markdown(found.body)
                if found.is_markdown
                else markdown_of_post(found.body)
            )
        except UnreadableHtmlError as error:
            self.account.refused.append(Refused(found.position, str(error)))
            return
        pictures = tuple(
            self._picture(image.address, image.alt, found, made) for image in made.images
        )
        if found.image and not found.image.startswith("attachment:"):
            self._file(_whole(found.image, found), found.position, found.folder)
        opening = " ".join(
            re.sub(r"[*_`\[\]>#]|wk[li]\d+x|<[^>]*>", " ", made.markdown[:400]).split()
        )
        self.held.append(
            _Held(
                found=found._replace(body="", pictures=()),
                body=self.spool.keep(made.markdown.encode("utf-8", "replace")),
                links=made.links,
                pictures=pictures,
                losses=[*found.losses, *made.losses],
                words=made.words,
                opening=opening,
            )
        )

    def _picture(self, address: str, alt: str, found: FoundPost, made: Converted) -> _Picture:
        if address.startswith("cid:"):
            name = address.removeprefix("cid:")
            own = (*made.pictures, *found.pictures)
            inside = next((one for one in own if one.name == name), ImageData(name, b""))
            key = f"{found.position} {name}"
            file = self.files.setdefault(key, _File(ImageEntry(found.position, name)))
            if inside.data and not file.place:
                file.place = self.spool.keep(inside.data)
                file.look_at(inside.data)
            return _Picture(key, alt)
        if address.startswith("attachment:"):
            return _Picture(address, alt)
        address = _whole(address, found)
        return _Picture(self._file(address, found.position, found.folder).entry.address, alt)

    def _file(self, address: str, position: str, folder: str) -> _File:
        """The entry of a picture; other sizes of it are the same."""
        name = self.pictures.file_of(address, folder)
        key = f"file:{name}" if name else key_of_address(address)
        file = self.files.get(key)
        if file is None:
            file = self.files[key] = _File(ImageEntry(position, address), name)
            if name:
                file.look_at(self._bytes_in_export(name))
        self.files.setdefault(address, file)
        return file

    def _bytes_in_export(self, name: str) -> bytes:
        try:
            return self.bundle.read(name)
        except (OSError, ArchiveError):
            return b""

    def _note_unused_pictures(self) -> None:
        shown = {file.name for file in self.files.values() if file.name}
        for name in self.pictures.names:
            if name not in shown:
                reason = "no post or page shows this picture"
                self.account.set_aside.append(SetAside(self.bundle.shown(name), reason))

    def _fetch(self) -> None:
        if self.context.fetch is None:
            return
        wanted = {
            file.entry.address: file
            for file in self.files.values()
            if not file.name and not file.place
        }
        wanted = {
            address: file for address, file in wanted.items() if re.match(r"https?://", address)
        }
        for address, data in self.context.fetch(wanted).items():
            if isinstance(data, str):
                self.account.notes.append(f"{address}: not fetched: {data}")
            else:
                wanted[address].look_at(data)
                wanted[address].place = self.spool.keep(data)

    # naming

    def _give_names(self) -> None:
        content, record = self.context.content, self.context.record
        ids = {post.id: post.source for post in content.posts}
        self.paths = {item.path for item in record.items.values()}
        taken = dict.fromkeys(ids, True)
        for held in self.held:
            known = record.items.get(held.found.key)
            wish = _id_for(held.found)
            held.id = wish
            held.is_known = bool(known)
            if known:
                held.path = known.path
                held.slug = _name_of(known.path)
            elif wish in ids and not held.found.is_page:
                held.is_known, held.path = True, ids[wish]
        for held in self.held:
            if held.is_known:
                taken[held.id] = True
                continue
            held.id = next(one for one in _numbered(held.id) if one not in taken)
            taken[held.id] = True
            self._give_path(held)
        for held in self.held:
            addresses = [key for one in held.found.addresses for key in _keys_of(one)]
            for key in dict.fromkeys(addresses):
                other = self.by_address.get(key, held)
                self.by_address[key] = held if other is held else None

    def _give_path(self, held: _Held) -> None:
        found = held.found
        title = found.title or first_words(held.opening, self.context.config.language)
        last = slug_for(found.slug, title, found.own) or "post"
        date = (found.published or found.updated or UNDATED).astimezone(self.context.config.zone)
        ending = "/index.md" if held.pictures or found.image else ".md"
        for slug in _numbered(last):
            if found.is_page:
                stem, permalink = f"content/pages/{slug}", f"/{slug}/"
            else:
                stem = f"content/posts/{date.date()}-{slug}"
                pattern = self.context.config.permalink
                permalink = permalinks.for_post(pattern, published=date, slug=slug)
            output = permalinks.output_path(permalink).casefold()
            here = {f"{stem}.md", f"{stem}/index.md"}
            is_there = any((self.context.blog / path).exists() for path in (stem, f"{stem}.md"))
            if output in self.claimed or here & self.paths or is_there:
                continue
            self.claimed.add(output)
            held.path, held.slug = stem + ending, slug
            self.paths.add(held.path)
            if slug != last:
                held.losses.append(
                    Loss(
                        f"another has the name '{last}', so this is '{slug}'",
                        "Rename it: weekly rename.",
                    )
                )
            return

    # writing

    def _write_posts(self) -> None:
        for number, held in enumerate(self.held, start=1):
            self.context.progress("Importing", number, len(self.held))
            self._write_post(held)

    def _write_post(self, held: _Held) -> None:
        found = held.found
        folder = posixpath.dirname(held.path)
        files = self._files_of(held)
        body = self._body(held, files)
        head = self._head(held, files)
        text = file_text(head, body, self.context.config.zone).encode()
        entry = Entry(found.position, head.title, held.path, "" if found.is_page else held.id)
        pictures = digest_of(repr(sorted(held.names.items())).encode())
        source = f"{self.keys[found.key]} {pictures}"
        self._settle(entry, held, text, source)
        document, problems = self.context.read_document(held.path, text)
        if document is None:
            problem = next(one for one in problems if one.severity is Severity.ERROR)
            reason = f"'{head.title}' can't be written: {problem.message}"
            self.account.refused.append(Refused(found.position, reason))
            return
        held.losses += [Loss(problem.message, problem.hint) for problem in problems]
        if isinstance(document, Post):
            entry.suggested = tuple(
                one
                for one in suggested_tags(
                    f"{head.title} {_plain(body)}", found.tags, self.context.traits
                )
                if one.tag not in head.tags
            )
        if isinstance(document, Post) and not self._has_trait(head):
            level = self.context.config.posts_without_trait
            if level in ("error", "warning"):
                held.losses.append(
                    Loss(
                        f"it has no trait, which is an {level} here"
                        if level == "error"
                        else "it has no trait, which is a warning here",
                        "Map its tags, add one that is suggested, or set posts_without_trait.",
                    )
                )
        shown = document.body.word_count if document.body else 0
        if held.words - shown > max(3, held.words // 20):
            held.losses.append(
                Loss(
                    f"{held.words - shown} of {held.words} words may be missing",
                    "Compare it with the old page.",
                )
            )
        words = document.body.unfinished if document.body else ()
        held.losses += [
            Loss(f"'{one.text[:60]}' is still to be replaced", "A check reports it until it is.")
            for one in words[:5]
        ]
        entry.losses = list(dict.fromkeys(held.losses))
        is_due = entry.status in (NEW, UPDATED) and self.context.is_written
        if not is_due or self._put(entry, held, text, source, files, folder):
            self._list(entry, held)

    def _list(self, entry: Entry, held: _Held) -> None:
        is_draft = self._is_draft(held)
        kind = (
            self.account.pages
            if held.found.is_page
            else self.account.drafts
            if is_draft
            else self.account.posts
        )
        kind.append(entry)

    def _settle(self, entry: Entry, held: _Held, text: bytes, source: str) -> None:
        """Says whether the post is new, known, or was changed here or there since."""
        record = self.context.record.items.get(held.found.key)
        if record is None:
            entry.status = KNOWN if held.is_known else NEW
            return
        try:
            digest = digest_of(disk.read_bytes(self.context.blog / record.path))
        except OSError:
            is_moved = any(post.id == held.id for post in self.context.content.posts)
            entry.status = KNOWN if is_moved else DELETED
            return
        words, _, pictures = source.partition(" ")
        before, _, pictures_before = record.source.partition(" ")
        # pictures that were fetched stay, if this run fetches none
        is_same = pictures == pictures_before or self.context.fetch is None
        if words == before and is_same:
            entry.status = KNOWN
        elif digest == record.digest:
            entry.status = UPDATED
        else:
            entry.status = CHANGED

    def _put(
        self,
        entry: Entry,
        held: _Held,
        text: bytes,
        source: str,
        files: list[tuple[_File, str]],
        folder: str,
    ) -> bool:
        """Writes a post and its pictures; says why if it can't."""
        blog = self.context.blog
        if entry.status == UPDATED:
            before = disk.read_bytes(blog / held.path)
            old = self.context.record.items[held.found.key]
            self.run_done.before[held.found.key] = {
                "text": before.decode(), "digest": old.digest, "source": old.source,
            }  # fmt: skip
            disk.write_bytes(blog / held.path, text)
        elif problem := create(blog / held.path, text, shown=held.path):
            self.account.refused.append(
                Refused(entry.position, f"{problem.at.path}: {problem.message}")
            )
            return False
        else:
            self.run_done.created[held.path] = digest_of(text)
            self.run_done.keys.append(held.found.key)
        self.context.record.items[held.found.key] = Imported(held.path, digest_of(text), source)
        for file, name in files:
            path = f"{folder}/{name}"
            if name and not (blog / path).exists():
                data = self._data(file)
                if problem := create(blog / path, data, shown=path):
                    self.account.notes.append(f"{path}: {problem.message}")
                    continue
                self.run_done.created[path] = digest_of(data)
        return True

    def _data(self, file: _File) -> bytes:
        return self.spool.get(file.place) if file.place else self._bytes_in_export(file.name)

    def _files_of(self, held: _Held) -> list[tuple[_File, str]]:
        """The pictures of a post, each with the name that it gets beside it ('' if it has none)."""
        used: Counter[str] = Counter()
        keys = [picture.key for picture in held.pictures]
        keys += [_image_key(held.found, self.files)] if held.found.image else []
        found: list[tuple[_File, str]] = []
        for key in dict.fromkeys(keys):
            file = self._resolved(key, held.found)
            if file is None:
                continue
            name = held.names.get(key, "")
            if not name and file.suffix:
                stem = (
                    slug_for(
                        posixpath.splitext(
                            posixpath.basename(file.name or file.entry.address.split("?")[0])
                        )[0]
                    )
                    or "picture"
                )
                used[stem + file.suffix] += 1
                number = used[stem + file.suffix]
                name = f"{stem}{f'-{number}' if number > 1 else ''}{file.suffix}"
                held.names[key] = name
            if name:
                file.entry.path = file.entry.path or f"{posixpath.dirname(held.path)}/{name}"
                file.entry.status = "written" if self.context.is_written else "in the export"
            found.append((file, name))
        return found

    def _resolved(self, key: str, found: FoundPost) -> _File | None:
        if key.startswith("attachment:"):
            own = key.removeprefix("attachment:")
            address = self.attachments.get((found.site, own)) or self.attachments.get(("", own))
            return self.files.get(address) if address else None
        return self.files.get(key)

    def _body(self, held: _Held, files: list[tuple[_File, str]]) -> str:
        names = {id(file): name for file, name in files}
        images = []
        listed = 0
        for picture in held.pictures:
            file = self._resolved(picture.key, held.found)
            if file is None:
                images.append(("", "", picture.alt))
                held.losses.append(
                    Loss(
                        f"the picture '{picture.key}' is not in the export",
                        "Put it beside the post.",
                    )
                )
                continue
            name = names.get(id(file), "")
            address = file.entry.address if re.match(r"https?://", file.entry.address) else ""
            if file.problem:
                shown = file.name or file.entry.address
                held.losses.append(
                    Loss(
                        f"the picture '{shown[-80:]}' was left out: {file.problem}",
                        "Save it again, and put it beside the post.",
                    )
                )
            elif not name:
                listed += 1
            images.append((name, address, picture.alt or file.alt))
        if listed:
            what = "1 picture is" if listed == 1 else f"{listed} pictures are"
            held.losses.append(
                Loss(
                    f"{what} not in the export, and became a link",
                    "Run the import again with --fetch.",
                )
            )
        links = [self._link(link, held) for link in held.links]
        return placed(self.spool.get(held.body).decode(), links, images)

    def _link(self, link: str, held: _Held) -> str:
        """Where a link leads: to a file of this blog, or on as it was; '' if it leads nowhere."""
        link = link.replace("__GHOST_URL__", "")
        folder = posixpath.dirname(held.path)
        if link.startswith(("mailto:", "tel:")):
            return link
        for key in _keys_of(link, held.found):
            if (other := self.by_address.get(key)) is not None:
                return posixpath.relpath(other.path, folder)
        if re.match(r"[A-Za-z][\w+.-]*:", link) and link.partition(":")[0].lower() not in _SCHEMES:
            held.losses.append(
                Loss(f"the link to '{link[:80]}' was removed", "Link the words to a page.")
            )
            return ""
        for key in address_keys(link):
            if name := self.context.names.addresses.get(key):
                source = next(
                    (post.source for post in self.context.content.posts if post.name == name), ""
                )
                if source:
                    return posixpath.relpath(source, folder)
        whole = _whole(link, held.found)
        if re.match(r"https?://", whole):
            return whole
        if link.startswith("#"):
            return ""
        held.losses.append(
            Loss(
                f"the link to '{link[:80]}' leads to nothing in the export, so only its words stay",
                "Link them again if they should lead somewhere.",
            )
        )
        return ""

    def _is_draft(self, held: _Held) -> bool:
        found = held.found
        return found.state is FoundState.DRAFT or (not found.is_page and found.published is None)

    def _head(self, held: _Held, files: list[tuple[_File, str]]) -> Head:
        found = held.found
        title = " ".join(found.title.split())
        if not title:
            title = (
                first_words(held.opening, self.context.config.language) or found.slug or "Untitled"
            )
            held.losses.append(
                Loss(f"it has no title there; its first words are one: '{title}'", "Write a title.")
            )
        if len(title) > LONGEST_TITLE:
            held.losses.append(Loss("its title is too long, and was cut", "Write a shorter one."))
            title = title[:LONGEST_TITLE].rstrip() + "…"
        if found.published is None and not found.is_page:
            held.losses.append(
                Loss(
                    "it has no date there, so it is a draft",
                    "Write its date, and remove 'draft: true'.",
                )
            )
        tags, extra = self._tags(held)
        authors = self._authors(held, extra)
        image = ""
        alt = ""
        if found.image:
            key = _image_key(found, self.files)
            file = self._resolved(key, found)
            image = held.names.get(key, "")
            alt = found.image_alt or (file.alt if file else "")
            if not image:
                address = file.entry.address if file else found.image
                extra["image"] = [address]
                held.losses.append(
                    Loss(
                        f"its picture is not in the export: {address[:200]}",
                        "Run the import again with --fetch.",
                    )
                )
        date = found.published or found.updated or UNDATED
        updated = (
            found.updated
            if found.updated
            and found.published
            and (found.updated - found.published).total_seconds() >= 86_400
            else None
        )
        summary = _plain_line(found.summary)
        return Head(
            title=title,
            is_page=found.is_page,
            date=date,
            updated=updated,
            id=held.id,
            tags=tags,
            authors=authors,
            summary=summary
            if len(summary) <= LONGEST_SUMMARY
            else summary[:LONGEST_SUMMARY].rstrip() + "…",
            is_draft=self._is_draft(held),
            aliases=self._aliases(held, date),
            image=image,
            image_alt=" ".join(alt.split())[:500],
            language=found.language
            if re.fullmatch(r"[a-z]{2,3}(?:-[A-Z]{2})?", found.language)
            and found.language.split("-")[0] != self.context.config.language.split("-")[0]
            else "",
            series=found.series,
            extra=extra,
        )

    def _aliases(self, held: _Held, date: datetime) -> list[str]:
        """The old addresses that nothing else has."""
        aliases: list[str] = []
        local = date.astimezone(self.context.config.zone)
        own = (
            f"/{held.slug}/"
            if held.found.is_page
            else permalinks.for_post(self.context.config.permalink, published=local, slug=held.slug)
        )
        for address in held.found.addresses:
            alias = alias_of(address)
            if not alias or permalinks.for_alias(alias).casefold() == own.casefold():
                continue
            output = permalinks.output_path(permalinks.for_alias(alias)).casefold()
            if output in self.claimed and self.context.claimed.get(output) != held.path:
                if not held.is_known:
                    held.losses.append(
                        Loss(
                            f"the old address '{alias}' belongs to another page",
                            "Nothing redirects it to this one.",
                        )
                    )
                continue
            self.claimed.add(output)
            aliases.append(alias)
        return aliases

    def _tags(self, held: _Held) -> tuple[list[str], dict[str, list[str]]]:
        """The tags that this blog knows, and what is kept of the others."""
        known = self.known_words
        tags = list(self.context.map.posts.get(held.id, ()))
        others: list[str] = []
        for tag in dict.fromkeys(" ".join(one.split()) for one in held.found.tags):
            mapped = self.context.map.tags.get(fold(tag))
            if mapped is not None:
                tags += mapped
            elif fold(tag) in known or self.context.config.unknown_tags != "error":
                tags.append(tag)
            elif tag:
                others.append(tag)
        tags = list(dict.fromkeys(tag for tag in tags if tag))
        if len(tags) + len(others) > MOST_TAGS:
            held.losses.append(
                Loss(
                    f"it has {len(tags) + len(others):,} tags; {MOST_TAGS} were kept",
                    "Map the tags that matter.",
                )
            )
            tags, others = tags[:MOST_TAGS], others[: max(0, MOST_TAGS - len(tags))]
        if others and not held.found.is_page:
            shown = ", ".join(f"'{tag[:40]}'" for tag in others[:5]) + (
                " …" if len(others) > 5 else ""
            )
            held.losses.append(
                Loss(
                    f"no trait or topic has the tag {shown}",
                    "They are kept as extra.tags; map them in a map.toml.",
                )
            )
        return tags, ({"tags": [tag[:200] for tag in others]} if others else {})

    def _has_trait(self, head: Head) -> bool:
        words = {fold(word) for trait in self.context.traits for word in trait.words}
        return any(fold(tag) in words for tag in head.tags)

    def _authors(self, held: _Held, extra: dict[str, list[str]]) -> list[str]:
        people = {
            fold(word): one.id
            for one in self.context.config.authors
            for word in (one.email, one.name, one.id)
            if word
        }
        known: list[str] = []
        others: list[str] = []
        for name in held.found.authors:
            mapped = self.context.map.authors.get(fold(name)) or people.get(fold(name))
            if mapped:
                known.append(mapped)
            elif "@" not in name:
                others.append(name[:100])
        if others and not held.found.is_page:
            extra["authors"] = others
            held.losses.append(
                Loss(
                    f"site.toml does not list the author '{others[0]}'",
                    "It is kept as extra.authors; map it in a map.toml, or add [[authors]].",
                )
            )
        known = list(dict.fromkeys(known))
        is_default = known == [self.context.config.authors[0].id]
        return [] if is_default else known

    # replies and the end

    def _write_replies(self) -> None:
        context = self.context
        authority = context.config.authority
        gone: list[FoundReply] = []
        waiting: list[FoundReply] = []
        for reply in self.replies:
            item = context.record.items.get(_reply_key(reply, authority))
            is_gone = item is not None and not (context.blog / item.path).exists()
            (gone if is_gone else waiting).append(reply)
        known = known_replies(context.blog)
        plan = plan_replies(
            waiting, known, self._names(), authority=authority, approve=context.approve
        )
        results = (
            write_replies(plan.new, context.blog, context.read_document)
            if context.is_written
            else plan.new
        )
        for result in results:
            if isinstance(result, Refused):
                self.account.refused.append(result)
                continue
            self.account.replies.append(ReplyEntry(result.found, result.path))
            if context.is_written:
                digest = digest_of(result.text.encode())
                key = _reply_key(result.found, authority)
                self.run_done.created[result.path] = digest
                self.run_done.keys.append(key)
                context.record.items[key] = Imported(result.path, digest, "")
        for status, replies in ((KNOWN, plan.known), (DELETED, gone)):
            self.account.replies += [ReplyEntry(reply, status=status) for reply in replies]
        if lost := sum("/unassigned/" in entry.path for entry in self.account.replies):
            what = "1 reply belongs" if lost == 1 else f"{lost:,} replies belong"
            self.account.notes.append(
                f"{what} to no post of this blog: see content/replies/unassigned/."
            )

    def _names(self) -> PostNames:
        names = self.context.names
        posts = [held for held in self.held if not held.found.is_page]
        own = {
            key: _name_of(held.path)
            for held in posts
            for one in held.found.addresses
            for key in address_keys(one)
        }
        words = {_name_of(held.path).casefold(): _name_of(held.path) for held in posts}
        titles = {plain_title(held.found.title): _name_of(held.path) for held in reversed(posts)}
        return names._replace(
            addresses={**names.addresses, **own},
            words={**names.words, **words},
            titles={**names.titles, **titles},
        )

    def _keep_record(self) -> None:
        unique = {id(file): file.entry for file in self.files.values()}
        self.account.images += unique.values()
        if self.context.is_written and not self.run_done.is_empty:
            done = self.run_done
            self.context.record.runs.append(
                {"created": done.created, "keys": done.keys, "before": done.before}
            )
            write_record(self.context.blog, self.context.record)


def _reply_key(reply: FoundReply, authority: str) -> str:
    return f"reply {source_key(authority, reply.source_id)}"


def _image_key(found: FoundPost, files: Mapping[str, _File]) -> str:
    return found.image if found.image.startswith("attachment:") else _whole(found.image, found)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _name_of(path: str) -> str:
    return path.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]


def _id_for(found: FoundPost) -> str:
    own = re.sub(r"[^\w.~-]+", "-", found.own, flags=re.ASCII).strip("-.")
    own = own if own and len(own) <= 60 else sha256(found.own.encode()).hexdigest()[:12]
    return f"{found.via}-{own}"


def _whole(address: str, found: FoundPost) -> str:
    """An address as seen from where the post was, if that is known."""
    if address.startswith("//"):
        return f"https:{address}"
    if address.startswith("/") and found.site and "." in found.site:
        return f"https://{found.site}{address}"
    return address


def _keys_of(address: str, found: FoundPost | None = None) -> tuple[str, ...]:
    """What tells an address of a post: its host and path, or its path alone."""
    address = address.partition("#")[0]
    if not address:
        return ()
    if address.startswith("file:"):
        return (address,)
    if address.startswith("post:"):  # a file is named, wherever it is
        return (f"post:{posixpath.basename(address.removeprefix('post:'))}",)
    if found is not None and not re.match(r"[A-Za-z][\w+.-]*:|//|/", address):
        path = posixpath.normpath(posixpath.join(found.folder, address))
        return (f"file:{path}", f"file:{path.rstrip('/')}")
    keys = address_keys(_whole(address, found) if found else address)
    return (*keys, *address_keys(address)) if found else keys


def _plain(text: str) -> str:
    return re.sub(r"\]\([^)]*\)|https?://\S+|[*_`#>\[\]]", " ", text)


def _plain_line(html: str) -> str:
    """A summary, which may hold HTML, as plain words on a line."""
    if re.search(r"<\w|&\w+;|&#", html):
        html = _text_of_html(html)
    return " ".join(re.sub(r"\[…\]|\[&hellip;\]", "…", html).split())


def _text_of_html(html: str) -> str:
    return re.sub(
        r"\\(.)",
        r"\1",
        re.sub(
            r"[*_]{1,2}(?=\w)|(?<=\w)[*_]{1,2}|\]\(wk[li]\d+x\)|[\[\]]",
            "",
            markdown_of_post(html).markdown,
        ),
    )
