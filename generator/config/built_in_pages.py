"""The pages that a site has without anybody writing them: their names and permalinks."""

from __future__ import annotations

HOME = "/"
SEARCH = "/search/"
ARCHIVE = "/archive/"
SERIES = "/series/"
BALANCE = "/balance/"
QUESTIONS = "/questions/"
ACTIONS = "/actions/"
FOLLOW = "/follow/"

# by their names in menus, which are those of their messages, in the order of the footer
BUILT_IN_PAGES = {
    "home": HOME,
    "search": SEARCH,
    "archive": ARCHIVE,
    "series": SERIES,
    "balance": BALANCE,
    "questions": QUESTIONS,
    "actions": ACTIONS,
    "follow": FOLLOW,
}
