"""What a built page withholds from readers who can't see it, or use no mouse (WCAG 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.built import Finding
from generator.checks.markup import POINTING, Element, Page, Tag

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_NEED_NO_LABEL = frozenset({"hidden", "submit", "reset", "button", "image"})


def accessibility_findings(page: Page) -> Iterator[Finding]:
    """Everything about a page that a reader would miss, as far as its HTML shows."""
    yield from _heading_findings(page)
    yield from _image_findings(page)
    yield from _name_findings(page)
    yield from _label_findings(page)
    yield from _table_findings(page)
    yield from _id_findings(page)
    yield from _order_findings(page)
    if not page.elements.get("main") and not _has_role(page, "main"):
        message = "the page has no <main>, to which readers skip"
        yield _finding("no-main", page, None, message, "Put its own text into <main>.")


def _finding(
    code: str, page: Page, element: Element | None, message: str, hint: str, *clues: str
) -> Finding:
    line = page.line(element.at) if element else 0
    return Finding(code, page.path, line, message, hint, tuple(filter(None, clues)))


def _heading_findings(page: Page) -> Iterator[Finding]:
    headings = sorted(page.all(*HEADINGS), key=lambda heading: heading.at)
    tops = [heading for heading in headings if heading.name == "h1"]
    if not tops:
        message = "the page has no <h1>"
        yield _finding("main-heading", page, None, message, "Make its title one.")
    for heading in tops[1:]:
        message = "a second <h1>: a page has one title"
        yield _finding(
            "main-heading", page, heading, message, "Write ## or <h2>.", *_clues(page, heading)
        )
    level = 0
    for heading in headings:
        this = int(heading.name[1])
        if this > level + 1 and level:
            message = f"a heading of level {this} follows one of level {level}"
            hint = f"Make it one of level {level + 1}."
            yield _finding("heading-order", page, heading, message, hint, *_clues(page, heading))
        level = this
        if not _name_of(heading, page):
            message = "a heading has no words"
            yield _finding("empty-heading", page, heading, message, "Write some, or take it out.")


def _clues(page: Page, heading: Element) -> tuple[str, ...]:
    words = page.words(heading).removesuffix("#").strip()  # the sign is the heading's own link
    begins = "#" * int(heading.name[1])
    return (f"\n{begins} {words}", f"<{heading.name}>{words}", words, f"\n{begins} ")


def _image_findings(page: Page) -> Iterator[Finding]:
    for element in page.all("img", "area", "input"):
        is_image = element.name != "input" or element.attributes.get("type") == "image"
        if not is_image or "alt" in element.attributes or _is_named(element):
            continue
        source = element.attributes.get("src", "")
        message = f"the image '{source}' has no alt text" if source else "an <area> has no alt text"
        hint = 'Say in alt what it shows; alt="" where it only decorates.'
        yield _finding("no-alt", page, element, message, hint, source, source.rpartition("/")[2])
    for element in page.all("iframe"):
        if not element.attributes.get("title", "").strip() and not _is_named(element):
            message = "an <iframe> has no title"
            hint = "Say in title what is shown in it."
            yield _finding(
                "no-frame-title", page, element, message, hint, element.attributes.get("src", "")
            )


def _name_findings(page: Page) -> Iterator[Finding]:
    for link in page.all("a"):
        if "href" in link.attributes and not _name_of(link, page):
            message = f"the link to '{link.attributes['href']}' has no words"
            hint = "Write some between its tags, or an alt text for its image."
            url = link.attributes["href"]
            yield _finding("empty-link", page, link, message, hint, url, url.rpartition("/")[2])
    for button in page.all("button"):
        if not _name_of(button, page):
            message = "a button has no words"
            yield _finding("empty-button", page, button, message, "Say what it does.")


def _is_named(element: Element) -> bool:
    named = element.attributes
    return bool((named.get("aria-label") or named.get("aria-labelledby") or "").strip()) or (
        named.get("aria-hidden") == "true" or named.get("role") in ("presentation", "none")
    )


def _name_of(element: Element, page: Page) -> str:
    """The words by which an element is read out, '' without any."""
    end = page.ends.get(element.at, element.at)
    for text in page.parts[element.at + 1 : end : 2]:
        if text and not text.isspace() and text.strip("\u200b \n") != "&nbsp;":
            return text
    if _is_named(element) or element.attributes.get("title", "").strip():
        return "named"
    return next((name for tag in page.inside(element) if (name := _alternative(tag))), "")


def _alternative(tag: Tag) -> str:
    given = tag.attributes.get("alt") or tag.attributes.get("aria-label") or ""
    return given.strip() or ("title" if tag.name == "title" else "")


def _label_findings(page: Page) -> Iterator[Finding]:
    labels = list(page.all("label"))
    labelled = {label.attributes.get("for") for label in labels}
    for field in page.all("input", "select", "textarea"):
        is_exempt = (
            field.name == "input" and field.attributes.get("type", "").lower() in _NEED_NO_LABEL
        )
        is_labelled = (
            field.attributes.get("id") in labelled - {None}
            or _is_named(field)
            or field.attributes.get("title", "").strip()
            or any(label.at < field.at < page.ends.get(label.at, 0) for label in labels)
        )
        if not is_exempt and not is_labelled:
            message = f"a field <{field.name}> has no label"
            hint = "Write <label for=…> with the field's id."
            yield _finding("no-label", page, field, message, hint)


def _table_findings(page: Page) -> Iterator[Finding]:
    headers = [header.at for header in page.all("th")]
    for table in page.all("table"):
        end = page.ends.get(table.at, table.at)
        if not _is_named(table) and not any(table.at < at < end for at in headers):
            message = "a table has no header cells"
            hint = "Write its first row with <th>."
            yield _finding("no-table-header", page, table, message, hint, "<table")


def _id_findings(page: Page) -> Iterator[Finding]:
    for anchor, at in page.repeated_ids:
        message = f"the id '{anchor}' is there twice"
        hint = "Give the second one another id."
        line = page.line(at)
        yield Finding("duplicate-id", page.path, line, message, hint, _id_clues(anchor))
    for element, name, anchor in _pointers(page):
        if anchor not in page.ids:
            message = f"{name} names the id '{anchor}', which is not on the page"
            clues = _id_clues(anchor)
            yield _finding("dead-reference", page, element, message, "Name one that is.", *clues)


def _id_clues(anchor: str) -> tuple[str, ...]:
    return (f'"{anchor}"', f"'{anchor}'", f"#{anchor}")


def _pointers(page: Page) -> Iterator[tuple[Element, str, str]]:
    """Each id that an element names, with the attribute that names it."""
    for label in page.all("label"):
        if "for" in label.attributes:
            yield label, "for", label.attributes["for"]
    for element in page.special:
        for name in sorted(POINTING & element.attributes.keys()):
            for anchor in element.attributes[name].split():
                yield element, name, anchor


def _order_findings(page: Page) -> Iterator[Finding]:
    for element in page.special:
        number = element.attributes.get("tabindex", "").strip()
        if number.isdecimal() and int(number) > 0:
            message = f"tabindex={number} makes the keyboard jump"
            hint = "Put the element where it is to be reached, and write 0 or nothing."
            yield _finding("forced-order", page, element, message, hint, "tabindex")


def _has_role(page: Page, role: str) -> bool:
    return any(element.attributes.get("role") == role for element in page.special)
