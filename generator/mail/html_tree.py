"""A body as a tree that is walked without recursion, since bodies may be nested at any depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded when there is HTML to read
    from selectolax.lexbor import LexborNode

TEXT = "-text"


def tree_of(html: str) -> LexborNode | None:
    """The body of some HTML, None if there is nothing in it."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html).body


def walk(
    root: LexborNode | None, is_leaf: Callable[[LexborNode], bool] = lambda node: False
) -> Iterator[tuple[bool, LexborNode]]:
    """Each node below a root on entering it, with True, and on leaving it, with False.

    What is inside a leaf is left out.
    """
    node, depth = root.child if root else None, 0
    while node is not None:
        yield True, node
        if not is_leaf(node) and node.child is not None:
            node, depth = node.child, depth + 1
            continue
        yield False, node
        while node.next is None:
            if not depth or node.parent is None:
                return
            node, depth = node.parent, depth - 1
            yield False, node
        node = node.next


def text_of(node: LexborNode) -> str:
    """The text of a text node, as it is, with character references resolved."""
    return node.text_content or ""
