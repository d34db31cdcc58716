"""The last step of every reader: a reply whose texts may be kept, or why there is none."""

from __future__ import annotations

from collections.abc import Container, Mapping

from generator.content.replies import LONGEST_BODY
from generator.importers.clean import clean_line, clean_name
from generator.importers.found import FoundReply, Refused, SetAside
from generator.importers.private import safe_url, without_addresses

Result = FoundReply | SetAside | Refused


def finished(raw: FoundReply) -> Result:
    """A reply with a clean name, role and addresses of pages; its text must be Markdown already."""
    if len(raw.text.encode()) > LONGEST_BODY - 1_000:
        return Refused(raw.position, f"it has more than {LONGEST_BODY // 1000} kB of words")
    # an address may come about where markup was taken out
    text, in_text = without_addresses(raw.text)
    name, in_name = clean_name(raw.name)
    role, in_role = clean_line(raw.role)
    if not text.strip() and not raw.kind.is_reaction:
        files = " but files" if raw.attachments else ""
        return SetAside(raw.position, f"it has no words{files}")
    return raw._replace(
        text=text.strip(),
        name=name,
        role=role,
        url=safe_url(raw.url),
        source=safe_url(raw.source),
        removed=raw.removed + in_text + in_name + in_role,
    )


def surviving(parent: str, parents: Mapping[str, str], kept: Container[str]) -> str:
    """The nearest reply above that is kept, '' if none is; a circle has none."""
    passed = {""}
    while parent not in passed and parent not in kept:
        passed.add(parent)
        parent = parents.get(parent, "")
    return parent if parent in kept else ""
