"""Reports of what a build or check has found and done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from generator.build.report import Account, BuildReport, ReplyCounts
from generator.cache.explain import why_kept
from generator.cli.printing import as_json, detail, print_json, print_problems, say
from generator.cli.shared_options import SharedOptions
from generator.cli.up_to_date import timed
from generator.model import Site
from generator.problems import Problem, counted
from generator.site.permalinks import output_path
from generator.site.related import why_related

EVERYTHING = "*"  # what --explain stands for without a path
PRINTED_PATHS = 5

_NOTHING_BUILT = "Nothing was built. The site is as it was before."
_CUT_SHORT = "The site is as it was before, or the next build will finish it."


def print_report(
    report: BuildReport,
    given: SharedOptions,
    seconds: float | None,
    *,
    explain: str | None = None,
) -> None:
    """Print what was found and done, the reasons that were asked for, and the time it took."""
    if given.format == "json":
        print_json(_report_as_json(report))
        return
    print_problems(report.problems, "text")
    if report.failed:
        print_lines(given, report_lines(report), None)
        is_cut_short = any(problem.code == "unwritable" for problem in report.problems)
        print(_CUT_SHORT if is_cut_short else _NOTHING_BUILT, file=sys.stderr)
        return
    if explain:
        _print_reasons(report, explain)
    for path in report.written.made if report.written else ():
        detail(given, f"made {path}")
    for path in report.written.removed if report.written else ():
        detail(given, f"removed {path}")
    print_lines(given, report_lines(report), seconds)


def _print_reasons(report: BuildReport, path: str) -> None:
    asked = sorted(report.reasons) if path == EVERYTHING else [_file_asked(report, path)]
    withheld = report.account.withheld if report.account else ()
    withheld_for = {item.source: item.reason for item in withheld}
    for name in asked:
        if name in report.reasons:
            print(f"{name}: {report.reasons[name]}.")
        else:
            made = report.made.get(name)
            print(why_kept(name, made.parts if made else None, withheld_for.get(name, "")))
    if path != EVERYTHING and report.site:
        _print_related(report.site, asked[0])


def _file_asked(report: BuildReport, path: str) -> str:
    """The file of the site with that path or address, or made from the file with that path."""
    name = path.removeprefix("./").removeprefix("output/").lstrip("/")
    for entry in report.site.entries if report.site else ():
        if entry.post.source == name:
            return output_path(entry.permalink)
    page = f"{name.rstrip('/')}/index.html".lstrip("/")
    return page if path.endswith("/") or page in report.made else name


def _print_related(site: Site, path: str) -> None:
    """Say why the page of a post links to other posts."""
    for entry in site.entries:
        if output_path(entry.permalink) == path:
            for reason in why_related(entry, site.entries):
                print(f"related: {reason}.")


def print_lines(given: SharedOptions, lines: Iterable[str], seconds: float | None) -> None:
    """Print lines about what was done, the last one with the time."""
    *others, last = lines
    for line in others:
        say(given, line)
    say(given, last if seconds is None else timed(last, seconds))


def report_lines(report: BuildReport, *, is_settled: bool = False) -> list[str]:
    """The lines about every file and about what was done, the last of which takes the time.

    With `is_settled`, they are those of the next build if nothing changes.
    """
    lines = list(account_lines(report.account))
    written = report.written
    if written is None:
        return lines or [""]
    lines += [
        f"output/{path} does not belong to this site and was left alone."
        for path in written.foreign[:PRINTED_PATHS]
    ]
    if len(written.foreign) > PRINTED_PATHS:
        lines.append(f"… and {len(written.foreign) - PRINTED_PATHS} more such files.")
    made, removed = len(written.made), len(written.removed)
    if is_settled:
        return [*lines, f"0 made, {written.kept + made} kept, 0 removed."]
    return [*lines, f"{made} made, {written.kept} kept, {removed} removed."]


def account_lines(account: Account | None) -> Iterator[str]:
    """The lines about what became of every post and page."""
    if account is None:
        return
    for item in account.withheld:
        yield f"{item.source}: {item.reason}."
    counts = [
        f"{account.published} published",
        f"{account.scheduled} scheduled",
        *([f"{account.unapproved} waiting for approval"] if account.unapproved else []),
        counted(account.drafts, "draft"),
        f"{account.with_errors} with errors",
    ]
    yield f"{counted(account.sources, 'file')}: {', '.join(counts)}"
    if replies := account.replies.total:
        shown, waiting, kept_back = account.replies
        name = "1 reply" if replies == 1 else f"{replies:,} replies"
        yield f"{name}: {shown:,} shown, {waiting:,} waiting, {kept_back:,} not shown"


def _report_as_json(report: BuildReport) -> dict[str, object]:
    result: dict[str, object] = {"problems": [as_json(problem) for problem in report.problems]}
    result |= account_as_json(report.account)
    if report.written:
        result["written"] = {
            "made": list(report.written.made),
            "kept": report.written.kept,
            "removed": list(report.written.removed),
            "foreign": list(report.written.foreign),
            "reasons": dict(report.reasons),
        }
    return result


def account_as_json(account: Account | None) -> dict[str, object]:
    """What became of every post and page, as JSON can hold it."""
    if account is None:
        return {}
    return {
        "files": {
            "total": account.sources,
            "published": account.published,
            "scheduled": account.scheduled,
            "unapproved": account.unapproved,
            "drafts": account.drafts,
            "with_errors": account.with_errors,
            "withheld": [
                {"path": item.source, "state": str(item.state), "reason": item.reason}
                for item in account.withheld
            ],
        }
    } | (_replies_as_json(account.replies) if account.replies.total else {})


def _replies_as_json(replies: ReplyCounts) -> dict[str, object]:
    shown, waiting, kept_back = replies
    return {"replies": {"shown": shown, "waiting": waiting, "not_shown": kept_back}}


def checked_line(pages: int, feeds: int, links: int, problems: Iterable[Problem]) -> str:
    """What a check has read, and how much it has found."""
    if not pages:
        return "The pages were not checked. Fix the errors above first."
    severities = [str(problem.severity) for problem in problems]
    counts = ((severities.count(each), each) for each in ("error", "warning", "note"))
    found = ", ".join(counted(number, each) for number, each in counts if number)
    read = f"{pages:,} pages, {feeds:,} feeds and {links:,} links"
    return f"Checked {read}: {found or 'no problems'}."
