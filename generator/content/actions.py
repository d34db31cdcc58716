"""Files in `content/actions/` as actions: what came of what people said."""

from __future__ import annotations

from generator.content.bodies import BodyRenderer, read_body
from generator.content.fields import Fields
from generator.content.front_matter import ContentFile
from generator.content.posts import (
    NEVER,
    Read,
    line_of,
    moment_of,
    read_slug,
    read_with,
    stem_of,
    title_of,
)
from generator.content.settings import ReadingSettings
from generator.model import Action, ActionState, Tag

_NO_FREE_DATA = "Delete it, or write it into the text below."


def read_action(
    path: str, data: bytes, settings: ReadingSettings, renderer: BodyRenderer
) -> Read[Action]:
    """The action in a file, or what is wrong with it."""

    def made(file: ContentFile, fields: Fields) -> Action:
        state = fields.choice("state", ActionState, ActionState.DOING)
        reason = line_of(fields, "reason", settings)
        since = moment_of(fields, "since", settings)
        updated = moment_of(fields, "updated", settings)
        _check_state(fields, state, reason)
        if not since and not fields.is_reported("since"):
            message = "the action does not say since when"
            fields.report("missing-date", "since", message, "Add a line such as since: 2026-11-24.")
        elif since and updated and updated < since:
            message = f"'updated' is before 'since', {since.date()}"
            fields.report("bad-date", "updated", message, "Correct one of the dates.")
        by = fields.line("by")
        title = title_of(fields, settings)
        slug = read_slug(fields, stem_of(path), stem_of(path), title)
        return Action(
            source=path,
            slug=slug,
            title=title,
            said=fields.texts("said", or_one=True),
            state=state,
            reason=reason,
            by=Tag(by, fields.at("by")) if by else None,
            since=(since or NEVER).date(),
            updated=updated.date() if updated else None,
            traits=fields.texts("traits", or_one=True),
            body=read_body(file, renderer, id_prefix=slug, language=settings.language),
        )

    own = settings._replace(rename={})  # for posts that come from another program
    return read_with(made, path, data, own, otherwise=_NO_FREE_DATA)


def _check_state(fields: Fields, state: ActionState, reason: str) -> None:
    if not fields.has("state") and not fields.is_reported("state"):
        known = ", ".join(ActionState)
        message = "the action does not say what was decided"
        fields.report("missing-state", "state", message, f"Add state: with one of {known}.")
    elif state is ActionState.NO and not reason:
        message = "the answer is no, but there is no reason"
        fields.report("missing-reason", "state", message, "Add a line such as reason: It costs …")
