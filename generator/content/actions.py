"""Files in `content/actions/` as actions: what came of what people said."""

from __future__ import annotations

from datetime import date

from generator.content.bodies import BodyRenderer, read_body
from generator.content.fields import Fields
from generator.content.front_matter import ContentFile
from generator.content.posts import line_of, moment_at, stem_of, title_of
from generator.content.settings import ReadingSettings
from generator.content.strict import read_strictly
from generator.model import Action, ActionState, Tag
from generator.problems import Location, Problem
from generator.site import permalinks

_NO_FREE_DATA = "Delete it, or write it into the text below."


def read_action(
    path: str, data: bytes, settings: ReadingSettings, renderer: BodyRenderer
) -> tuple[Action | None, tuple[Problem, ...]]:
    """The action in a file, or what is wrong with it."""

    def made(file: ContentFile, fields: Fields) -> Action:
        state = fields.choice("state", ActionState, ActionState.DOING)
        reason = line_of(fields, "reason", settings)
        since = moment_at(fields, "since", settings)
        updated = moment_at(fields, "updated", settings)
        _check_state(fields, state, reason)
        if not since and not fields.is_reported("since"):
            message = "the action does not say since when"
            fields.report("missing-date", "since", message, "Add a line such as since: 2026-11-24.")
        elif since and updated and updated < since:
            message = f"'updated' is before 'since', {since.date()}"
            fields.report("bad-date", "updated", message, "Correct one of the dates.")
        by = fields.line("by")
        title = title_of(fields, settings)
        slug = _slug(fields, path, title)
        return Action(
            source=path,
            slug=slug,
            title=title,
            said=fields.texts("said", or_one=True),
            state=state,
            reason=reason,
            by=Tag(by, fields.at("by")) if by else None,
            since=since.date() if since else date.min,
            updated=updated.date() if updated else None,
            traits=fields.texts("traits", or_one=True),
            body=read_body(file, renderer, id_prefix=slug, language=settings.language),
        )

    return read_strictly(made, path, data, settings, otherwise=_NO_FREE_DATA)


def _slug(fields: Fields, path: str, title: str) -> str:
    """What its address ends with: the name of its file, or else its title."""
    slug = permalinks.slug_of(stem_of(path)) or permalinks.slug_of_title(title)
    if not slug:
        fields.report_at(
            "bad-slug",
            Location(path),
            "no address can be made from the file's name or the title",
            "Rename the file with letters and digits.",
        )
    return slug


def _check_state(fields: Fields, state: ActionState, reason: str) -> None:
    if not fields.has("state") and not fields.is_reported("state"):
        known = ", ".join(ActionState)
        message = "the action does not say what was decided"
        fields.report("missing-state", "state", message, f"Add state: with one of {known}.")
    elif state is ActionState.NO and not reason:
        message = "the answer is no, but there is no reason"
        fields.report("missing-reason", "state", message, "Add a line such as reason: It costs …")
