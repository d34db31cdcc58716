"""A built page read as tags: which elements it has, where, and which tags do not match.

A parser such as lexbor repairs what it reads and keeps no lines. Here nothing is repaired: a page
is cut into texts and tags by one regular expression, and its tags are matched with a stack.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from generator.checks.built import Token, UnplacedProblem
from generator.problems import Location

_INSIDE = r"""[^"'<>]*+(?>(?:"[^"]*+"[^"'<>]*+|'[^']*+'[^"'<>]*+)*)"""
_RAW = ("script", "style", "textarea", "title")
_TOKEN = re.compile(
    "("
    + "|".join(
        (
            rf"</?+(?!(?i:{'|'.join(_RAW)})[\s/>])[a-zA-Z]{_INSIDE}>",
            *(rf"<(?i:{name})(?=[\s/>]){_INSIDE}>.*?(?:</(?i:{name})\s*>|\Z)" for name in _RAW),
            r"<!--.*?(?:-->|\Z)",
            r"<[!?][^>]*>",
            r"</?[a-zA-Z]|<[!?]|</",  # what begins like a tag and is cut off
        )
    )
    + ")",
    re.DOTALL,
)
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_HEAD = re.compile(rf"<[a-zA-Z][^\s/>]*({_INSIDE})>")
_ATTRIBUTE = re.compile(
    r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.DOTALL
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_MAY_STAY_OPEN = _names(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rt rp html head body"
)
_ENDS_PARAGRAPH = _names(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul"
)
# a start tag, and the open ones that it closes
_ENDS = {name: frozenset({"p"}) for name in _ENDS_PARAGRAPH} | {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
    "tr": frozenset({"td", "th", "tr", "p", "colgroup"}),
    "tbody": frozenset({"td", "th", "tr", "thead", "tbody", "colgroup", "p"}),
    "tfoot": frozenset({"td", "th", "tr", "thead", "tbody", "colgroup", "p"}),
    "thead": frozenset({"colgroup"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
    "rt": frozenset({"rt", "rp"}),
    "rp": frozenset({"rt", "rp"}),
    "body": frozenset({"head"}),
}
_ROWS = frozenset({"table", "thead", "tbody", "tfoot"})
_PARENTS = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "tr": _ROWS,
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "figcaption": frozenset({"figure"}),
    "legend": frozenset({"fieldset"}),
    "summary": frozenset({"details"}),
    "source": frozenset({"picture", "video", "audio"}),
}
_INTERACTIVE = ("a", "button")
_DRAWINGS = ("svg", "math")
_WATCHED = frozenset({*_ENDS, *_PARENTS, *_INTERACTIVE, *_DRAWINGS})  # in the rules above
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOTED = _HEADINGS | _names(
    "html title meta link base main a area button img source input select textarea label table th "
    "iframe script style audio video track object embed svg form image use"
)
POINTING = _names(  # attributes that name the ids of other elements
    "aria-labelledby aria-describedby aria-controls aria-owns aria-details aria-errormessage "
    "aria-activedescendant"
)
MAX_ALIKE = 1_000  # elements of one name on a page among which one is found again
_CHANGED = _names("href src srcset poster data action tabindex")
_SPECIAL = POINTING | {"tabindex", "role", "style"}


class HtmlTag(NamedTuple):
    """One tag, as it is written."""

    name: str
    kind: str  # how it is to be read, see `_kind_of`
    attributes: Mapping[str, str]
    is_noted: bool  # whether a check may look at it
    is_special: bool  # whether any name may have its attributes: a role, ids, a style, a script
    repeated: str  # an attribute that it has twice


class Element(NamedTuple):
    """A start tag that a check may look at."""

    name: str
    attributes: Mapping[str, str]
    at: int  # its number among the parts of the page


class BuiltPage(NamedTuple):
    """A built page."""

    path: str  # in the output folder
    parts: list[str]  # text, tag, text, tag, … text
    elements: Mapping[str, list[Element]]  # by name, in their order
    special: list[Element]  # of any name
    ends: Mapping[int, int]  # where elements with an end tag end
    ids: frozenset[str]
    repeated_ids: tuple[Element, ...]  # each element whose id an earlier one has
    fragments: frozenset[str]  # what a link may name after '#'
    problems: tuple[UnplacedProblem, ...]  # of tags that do not match
    redirects_to: str  # '' unless it sends its readers elsewhere at once
    is_indexed: bool

    def location(self, element: Element) -> Location:
        """The line on which an element begins."""
        return _location(self.path, self.parts, element.at)

    def token(self, element: Element) -> Token:
        """An element as it can be found again in the source."""
        key = _key_of(element)
        others = self.elements.get(element.name, ())[:MAX_ALIKE]
        alike = [other.at for other in others if _key_of(other) == key]
        tag = start_tag(element.name, element.attributes)
        return Token(tag, sum(at < element.at for at in alike), len(alike))

    def text(self, element: Element) -> str:
        """The text inside an element."""
        end = self.ends.get(element.at, element.at)
        return " ".join("".join(self.parts[element.at + 1 : end : 2]).split())

    def inside(self, element: Element) -> Iterator[HtmlTag]:
        """The tags inside an element."""
        for tag in self.parts[element.at + 2 : self.ends.get(element.at, element.at) : 2]:
            yield _tag_of(tag)

    def all(self, *names: str) -> Iterator[Element]:
        """The elements with one of these names."""
        for name in names:
            yield from self.elements.get(name, ())


def _tokens(parts: list[str], places: Collection[int]) -> Mapping[int, Token]:
    """Tags that are wrong themselves, by their number among the parts."""
    if not places:
        return {}
    before = dict.fromkeys((parts[at] for at in places), 0)
    found = {}
    for at in range(1, len(parts), 2):
        if (tag := parts[at]) in before:
            if at in places:
                found[at] = tag, before[tag]
            before[tag] += 1
    return {at: Token(start_tag_in(tag), n, before[tag]) for at, (tag, n) in found.items()}


def _key_of(element: Element) -> object:
    """What elements that were typed alike have in common."""
    urls = [element.attributes[name] for name in ("href", "src") if name in element.attributes]
    return urls or element.attributes


def start_tag(name: str, attributes: Mapping[str, str]) -> str:
    """A start tag, without what a build may change or add."""
    kept = sorted((key, value) for key, value in attributes.items() if key not in _CHANGED)
    return f"<{name}{''.join(f' {key}={value!r}' for key, value in kept)}>"


def start_tag_in(text: str) -> str:
    """The start tag that a text begins with."""
    tag = _tag_of(text)
    return start_tag(tag.name, tag.attributes)


def _location(path: str, parts: list[str], at: int) -> Location:
    return Location(path, "".join(parts[:at]).count("\n") + 1)


def read_page(path: str, text: str) -> BuiltPage:
    """The page in `text`."""
    parts = _TOKEN.split(text)
    reading = _Reading()
    reading.read(parts)
    elements = reading.elements
    tokens = _tokens(parts, {at for _, _, at in reading.problems})
    return BuiltPage(
        path=path,
        parts=parts,
        elements=elements,
        special=reading.special,
        ends=reading.ends,
        ids=frozenset(reading.ids),
        repeated_ids=tuple(reading.repeated_ids),
        fragments=frozenset(reading.ids)
        | {named for e in elements.get("a", ()) if (named := e.attributes.get("name"))},
        problems=tuple(
            UnplacedProblem(code, _location(path, parts, at), message, token=tokens[at])
            for code, message, at in reading.problems
        ),
        redirects_to=_redirect_of(elements.get("meta", ())),
        is_indexed=_is_indexed(elements.get("meta", ())),
    )


class _Reading:
    """The tags that are open while a page is read."""

    def __init__(self) -> None:
        self.elements: defaultdict[str, list[Element]] = defaultdict(list)
        self.special: list[Element] = []
        self.ends: dict[int, int] = {}
        self.ids: dict[str, int] = {}
        self.repeated_ids: list[Element] = []
        self.problems: list[tuple[str, str, int]] = []  # code, message, part
        self._names: list[str] = []
        self._places: list[int] = []
        self._drawings = 0  # open <svg> and <math>, in which other rules hold

    def read(self, parts: list[str]) -> None:
        """Read a page from its beginning to its end."""
        names, places, ends = self._names, self._places, self.ends
        for at, tag in zip(range(1, len(parts), 2), map(_tag_of, parts[1::2]), strict=True):
            name, kind = tag[:2]
            if kind == "end":
                if names and names[-1] == name and not self._drawings:
                    names.pop()
                    ends[places.pop()] = at
                else:
                    self._end(name, at)
            elif kind == "plain":
                names.append(name)
                places.append(at)
            elif kind == "start":
                self._start(tag, at)
            elif kind != "other":
                self._alone(tag, at)
        self._leave(len(parts))

    def _start(self, tag: HtmlTag, at: int) -> None:
        name, names = tag.name, self._names
        ended = _ENDS.get(name)
        if ended and not self._drawings:
            while names and names[-1] in ended:
                self._close(at)
        if tag.is_noted:
            self._note(tag, at)
        if name in _PARENTS:
            self._ask_for_parent(name, at)
        if name in _INTERACTIVE:
            self._ask_for_no_link_around(name, at)
        names.append(name)
        self._places.append(at)
        if name in _DRAWINGS:
            self._drawings += 1

    def _end(self, name: str, at: int) -> None:
        names = self._names
        if names and names[-1] == name:
            self._close(at)
            return
        if name not in names:
            self._report("stray-tag", f"the tag </{name}> closes nothing", at)
            return
        depth = len(names) - 1 - names[::-1].index(name)
        for other, place in zip(names[depth + 1 :], self._places[depth + 1 :], strict=True):
            if other not in _MAY_STAY_OPEN:
                self._report("misnested-tag", f"<{other}> is not closed before </{name}>", place)
        while len(names) > depth:
            self._close(at)

    def _alone(self, tag: HtmlTag, at: int) -> None:
        """A tag that has no end of its own."""
        if tag.kind == "bad":
            self._report("broken-tag", "a tag is cut off", at)
            return
        if tag.kind == "empty" and not self._drawings:
            message = f"<{tag.name}/> is not an empty tag: in HTML it stays open"
            self._report("unclosed-tag", message, at)
        if tag.kind == "cut":
            self._report("unclosed-tag", f"the tag <{tag.name}> is never closed", at)
        if tag.is_noted:
            self._note(tag, at)
        if tag.name in _PARENTS and not self._drawings:
            self._ask_for_parent(tag.name, at)

    def _leave(self, at: int) -> None:
        """Come to the end of the page."""
        for name, place in zip(self._names, self._places, strict=True):
            if name not in _MAY_STAY_OPEN:
                self._report("unclosed-tag", f"the tag <{name}> is never closed", place)
            self.ends[place] = at

    def _close(self, at: int) -> None:
        self.ends[self._places.pop()] = at
        if self._names.pop() in _DRAWINGS:
            self._drawings -= 1

    def _note(self, tag: HtmlTag, at: int) -> None:
        if "template" in self._names:  # not part of the page until a script copies it
            return
        element = Element(tag.name, tag.attributes, at)
        if tag.name != "title" or not self._drawings:  # that of a drawing is not the page's own
            self.elements[tag.name].append(element)
        if tag.is_special:
            self.special.append(element)
        if tag.repeated:
            message = f"<{tag.name}> has the attribute '{tag.repeated}' twice"
            self._report("repeated-attribute", message, at)
        anchor = tag.attributes.get("id")
        if anchor is not None and self.ids.setdefault(anchor, at) != at:
            self.repeated_ids.append(element)

    def _ask_for_parent(self, name: str, at: int) -> None:
        parent = self._names[-1] if self._names else ""
        if parent not in _PARENTS[name] and parent != "template":
            wanted = ", ".join(f"<{other}>" for other in sorted(_PARENTS[name]))
            self._report("misplaced-tag", f"<{name}> is outside {wanted}", at)

    def _ask_for_no_link_around(self, name: str, at: int) -> None:
        for other in _INTERACTIVE:
            if other in self._names:
                self._report("nested-link", f"<{name}> is inside <{other}>", at)

    def _report(self, code: str, message: str, at: int) -> None:
        self.problems.append((code, message, at))


@lru_cache(maxsize=1 << 16)  # menus and the icons of lists are the same on every page
def _tag_of(token: str) -> HtmlTag:
    found = _NAME.match(token)
    if found is None:
        kind = "bad" if token in ("<!", "<?", "</") or _is_cut_comment(token) else "other"
        return HtmlTag("", kind, {}, False, False, "")
    name = found[1].lower()
    if token.startswith("</"):
        return HtmlTag(name, "end" if token.endswith(">") else "bad", {}, False, False, "")
    head = _HEAD.match(token)
    if head is None:
        return HtmlTag(name, "bad", {}, False, False, "")
    attributes, repeated = _attributes(head[1])
    is_special = not _SPECIAL.isdisjoint(attributes) or any(n.startswith("on") for n in attributes)
    is_noted = name in _NOTED or is_special or "id" in attributes or bool(repeated)
    kind = _kind_of(name, token, head)
    if kind == "start" and not is_noted and name not in _WATCHED:
        kind = "plain"
    return HtmlTag(name, kind, attributes, is_noted, is_special, repeated)


def _is_cut_comment(token: str) -> bool:
    return token.startswith("<!--") and not token.endswith("-->")


def _kind_of(name: str, token: str, head: re.Match[str]) -> str:
    """Whether a start tag is void, has its end tag in it or lacks it, is empty, or just starts."""
    if name in _VOID:
        return "void"
    if name in _RAW:
        return "text" if re.search(rf"</{name}\s*>\Z", token, re.IGNORECASE) else "cut"
    return "empty" if head[1].endswith("/") else "start"


def _attributes(text: str) -> tuple[dict[str, str], str]:
    """The attributes by name, and one that the tag has twice."""
    attributes: dict[str, str] = {}
    repeated = ""
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        if name.lower() in attributes:
            repeated = repeated or name.lower()
        else:
            attributes[name.lower()] = unescape(double or single or bare)
    return attributes, repeated


_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)


def _redirect_of(metas: Iterable[Element]) -> str:
    for meta in metas:
        if meta.attributes.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.match(meta.attributes.get("content", ""))
            if found:
                return found[1].strip()
    return ""


def _is_indexed(metas: Iterable[Element]) -> bool:
    return not any(
        meta.attributes.get("name", "").lower() == "robots"
        and "noindex" in meta.attributes.get("content", "").lower()
        for meta in metas
    )
