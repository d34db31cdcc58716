"""Comments of Disqus, from its XML export."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished, surviving
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.html_text import UnreadableHtmlError, markdown_of, plain_of
from generator.importers.xml_elements import XmlElements, attribute, children, name_of, text_in
from generator.model import Consent


class _Thread(NamedTuple):
    link: str
    title: str


class _Post(NamedTuple):
    own: str
    parent: str
    thread: str
    result: Result


def read_disqus(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    """The comments of an export of Disqus, with those that were set aside or can't be read."""
    xml = XmlElements(data, {"thread", "post"})
    threads: dict[str, _Thread] = {}
    posts: list[_Post] = []
    for element in xml:
        if name_of(element) == "thread":
            own = attribute(element, "id")
            threads[own] = _Thread(text_in(element, "link"), plain_of(text_in(element, "title")))
        else:
            posts.append(_post(element, path, settings))
    if xml.is_last_cut_off("post") and posts:
        cut = Refused(posts[-1].result.position, "the file ends within it")
        posts[-1] = posts[-1]._replace(result=cut)
    missing = xml.missing("post", len(posts))
    place = f"{path}:{xml.line}" if xml.line else path
    reason = f"the XML can't be read to its end: {xml.reason or 'it is not whole'}"
    return Intake.of([*_placed(posts, threads, settings), *[Refused(place, reason)] * missing])


def _placed(
    posts: list[_Post], threads: dict[str, _Thread], settings: ReaderSettings
) -> list[Result]:
    """The results with their threads and with the nearest comment above that is kept."""
    parents = {post.own: post.parent for post in posts}
    kept = {post.own for post in posts if isinstance(post.result, FoundReply)}
    placed: list[Result] = []
    for post in posts:
        result = post.result
        if isinstance(result, FoundReply):
            thread = threads.get(post.thread, _Thread("", ""))
            parent = surviving(post.parent, parents, kept - {post.own})
            result = result._replace(
                parent_key=settings.key_of(_source_id(parent)) if parent else "",
                subject=thread.title,
                permalink=thread.link,
                source=f"{thread.link.partition('#')[0]}#comment-{post.own}" if thread.link else "",
            )
            result = finished(result)
        placed.append(result)
    return placed


def _post(element: etree._Element, path: str, settings: ReaderSettings) -> _Post:
    own = attribute(element, "id")
    thread, parent = (
        next((attribute(child, "id") for child in children(element, name)), "")
        for name in ("thread", "parent")
    )
    position = f"{path}:{element.sourceline or 0}"
    return _Post(own, parent, thread, _result(element, own, position, settings))


def _result(element: etree._Element, own: str, position: str, settings: ReaderSettings) -> Result:
    if text_in(element, "isSpam") == "true":
        return SetAside(position, "it is marked as spam there")
    if text_in(element, "isDeleted") == "true":
        return SetAside(position, "it was deleted there")
    message, date = text_in(element, "message"), text_in(element, "createdAt")
    try:
        text = markdown_of(message, keeps_lines="<p" not in message and "<br" not in message)
    except UnreadableHtmlError as error:
        return Refused(position, str(error))
    author = next(children(element, "author"), None)
    return finished(
        FoundReply(
            via="disqus",
            text=text.markdown,
            source_id=_source_id(own or f"{date} {text.markdown}"),
            position=position,
            name="" if author is None else plain_of(_name(author)),
            url="" if author is None else text_in(author, "link"),
            published=read_date(date, settings.zone),
            consent=Consent.PUBLIC,
            approved=text_in(element, "isApproved") != "false",
            removed=text.removed,
        )
    )


def _name(author: etree._Element) -> str:
    return text_in(author, "name") or text_in(author, "username")


def _source_id(own: str) -> str:
    return f"disqus {own}"
