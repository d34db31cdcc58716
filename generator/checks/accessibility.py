"""What a built page withholds from readers who can't see it or use no mouse (WCAG 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.built import UnplacedProblem
from generator.checks.markup import POINTING, BuiltPage, Element, HtmlTag
from generator.problems import Location

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_NEED_NO_LABEL = frozenset({"hidden", "submit", "reset", "button", "image"})


def accessibility_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    """Everything on a page that some readers would miss, as far as its HTML shows."""
    yield from _heading_problems(page)
    yield from _image_problems(page)
    yield from _name_problems(page)
    yield from _label_problems(page)
    yield from _table_problems(page)
    yield from _id_problems(page)
    yield from _order_problems(page)
    if not page.elements.get("main") and not _has_role(page, "main"):
        message = "the page has no <main>, the part that readers skip to"
        yield _problem("no-main", page, None, message, "Put the page's own content into <main>.")


def _problem(
    code: str, page: BuiltPage, element: Element | None, message: str, hint: str, *clues: str
) -> UnplacedProblem:
    at = page.location(element) if element else Location(page.path)
    token = page.token(element) if element else None
    return UnplacedProblem(code, at, message, hint, tuple(filter(None, clues)), token)


def _heading_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    headings = sorted(page.all(*HEADINGS), key=lambda heading: heading.at)
    tops = [heading for heading in headings if heading.name == "h1"]
    if not tops:
        message = "the page has no <h1>"
        yield _problem("main-heading", page, None, message, "Make its title an <h1>.")
    for heading in tops[1:]:
        message = "a second <h1>: a page has one title"
        yield _problem("main-heading", page, heading, message, "Write ## or <h2>.")
    level = 0
    for heading in headings:
        this = int(heading.name[1])
        if this > level + 1 and level:
            message = f"a heading of level {this} follows one of level {level}"
            hint = f"Make it level {level + 1}."
            yield _problem("heading-order", page, heading, message, hint)
        level = this
        if not _name_of(heading, page):
            message = "a heading has no text"
            hint = "Write some, or remove it."
            yield _problem("empty-heading", page, heading, message, hint)


def _image_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    for element in page.all("img", "area", "input"):
        is_image = element.name != "input" or element.attributes.get("type") == "image"
        if not is_image or "alt" in element.attributes or _is_named(element):
            continue
        source = element.attributes.get("src", "")
        message = f"the image '{source}' has no alt text" if source else "an <area> has no alt text"
        hint = 'Describe it in alt, or write alt="" if it is only decoration.'
        yield _problem("no-alt", page, element, message, hint, source, source.rpartition("/")[2])
    for element in page.all("iframe"):
        if not element.attributes.get("title", "").strip() and not _is_named(element):
            message = "an <iframe> has no title"
            hint = "Say in title what it shows."
            yield _problem(
                "no-frame-title", page, element, message, hint, element.attributes.get("src", "")
            )


def _name_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    for link in page.all("a"):
        if "href" in link.attributes and not _name_of(link, page):
            message = f"the link to '{link.attributes['href']}' has no text"
            hint = "Write some between its tags, or give its image an alt text."
            url = link.attributes["href"]
            yield _problem("empty-link", page, link, message, hint, url, url.rpartition("/")[2])
    for button in page.all("button"):
        if not _name_of(button, page):
            message = "a button has no text"
            yield _problem("empty-button", page, button, message, "Say what it does.")


def _is_named(element: Element) -> bool:
    named = element.attributes
    return bool((named.get("aria-label") or named.get("aria-labelledby") or "").strip()) or (
        named.get("aria-hidden") == "true" or named.get("role") in ("presentation", "none")
    )


def _name_of(element: Element, page: BuiltPage) -> str:
    """The text by which screen readers announce an element, '' if it has none."""
    end = page.ends.get(element.at, element.at)
    for text in page.parts[element.at + 1 : end : 2]:
        if text and not text.isspace() and text.strip("\u200b \n") != "&nbsp;":
            return text
    if _is_named(element) or element.attributes.get("title", "").strip():
        return "named"
    return next((name for tag in page.inside(element) if (name := _alternative(tag))), "")


def _alternative(tag: HtmlTag) -> str:
    given = tag.attributes.get("alt") or tag.attributes.get("aria-label") or ""
    return given.strip() or ("title" if tag.name == "title" else "")


def _label_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
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
            message = f"the form field <{field.name}> has no label"
            hint = "Write <label for=…> with the field's id."
            yield _problem("no-label", page, field, message, hint)


def _table_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    headers = [header.at for header in page.all("th")]
    for table in page.all("table"):
        end = page.ends.get(table.at, table.at)
        if not _is_named(table) and not any(table.at < at < end for at in headers):
            message = "a table has no header cells"
            hint = "Write its first row with <th>."
            yield _problem("no-table-header", page, table, message, hint)


def _id_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    for element in page.repeated_ids:
        anchor = element.attributes["id"]
        message = f"the id '{anchor}' is used twice"
        hint = "Give the second element another id."
        yield _problem("duplicate-id", page, element, message, hint, *_id_clues(anchor))
    for element, name, anchor in _pointers(page):
        if anchor not in page.ids:
            message = f"'{name}' names the id '{anchor}', which is not on the page"
            clues = _id_clues(anchor)
            yield _problem("dead-reference", page, element, message, "Name one that is.", *clues)


def _id_clues(anchor: str) -> tuple[str, ...]:
    return (f'"{anchor}"', f"'{anchor}'", f"#{anchor}")


def _pointers(page: BuiltPage) -> Iterator[tuple[Element, str, str]]:
    """Each id that an element names, with the attribute that names it."""
    for label in page.all("label"):
        if "for" in label.attributes:
            yield label, "for", label.attributes["for"]
    for element in page.special:
        for name in sorted(POINTING & element.attributes.keys()):
            for anchor in element.attributes[name].split():
                yield element, name, anchor


def _order_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    for element in page.special:
        number = element.attributes.get("tabindex", "").strip()
        if number.isdecimal() and int(number) > 0:
            message = f"tabindex={number} breaks the tab order"
            hint = "Move the element to where it should be reached, and write 0 or nothing."
            yield _problem("forced-order", page, element, message, hint, "tabindex")


def _has_role(page: BuiltPage, role: str) -> bool:
    return any(element.attributes.get("role") == role for element in page.special)
