"""Attribute lists: `{: .class #id key="value"}`, as in kramdown and Python-Markdown."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

ATTRIBUTE_LIST = re.compile(r"""\{:[ \t]*((?>(?:[^{}"'\n]|"[^"\n]*"|'[^'\n]*')*))\}""")
ATTRIBUTE_LINE = re.compile(rf"[ ]{{0,3}}{ATTRIBUTE_LIST.pattern}[ \t]*$")
MAX_CLASSES = 1_000  # characters; adding to an endless text would take quadratic time
HARMLESS = frozenset({"alt", "class", "id", "lang", "title"})

_ITEM = re.compile(
    r"""(?:\.(?P<class>[^\s.#=}"']+)|\#(?P<id>[^\s.#=}"']+)"""
    r"""|(?P<key>[A-Za-z_][\w:-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'}]+)))"""
    r"""(?=[\s.\#]|$)\s*"""
)


def set_attributes(element: Element, text: str, *, only_harmless: bool) -> str:
    """Give an element the attributes written between `{:` and `}`; gives what else is there."""
    dropped: list[str] = []
    behind = 0
    for item in _ITEM.finditer(text):
        dropped.append(text[behind : item.start()].strip())
        behind = item.end()
        if item["class"]:
            _add_class(element, item["class"])
        elif item["id"]:
            element.set("id", escaped(item["id"]))
        elif item["key"] == "class":
            _add_class(element, _value(item))
        elif not only_harmless or item["key"] in HARMLESS:
            element.set(item["key"], escaped(_value(item)))
        else:
            dropped.append(item[0].strip())
    dropped.append(text[behind:].strip())
    return " ".join(filter(None, dropped))


def _value(item: re.Match[str]) -> str:
    return str(item["double"] or item["single"] or item["bare"] or "")


def _add_class(element: Element, name: str) -> None:
    classes = element.get("class", "")
    if len(classes) < MAX_CLASSES:
        element.set("class", f"{classes} {escaped(name)}".lstrip())


def escaped(text: str) -> str:
    """Text for the tree, without an `&` that could be read as an entity."""
    # the serializer takes '&amp;' for an entity and leaves it alone
    return text.replace("&", "&amp;")
