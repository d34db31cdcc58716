"""The workflow by which GitHub Actions builds, checks and publishes a blog."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from generator.deploy.schedule import WeeklyRun

PATH = ".github/workflows/pages.yml"
REQUIREMENTS = "requirements.txt"
PYTHON = "3.13"


class MailJob(StrEnum):
    """What becomes of the mail of a post that was published."""

    NONE = "none"
    FILE = "file"  # somebody downloads it from the run, and sends it
    SEND = "send"  # to the address in the settings
    SEND_EACH = "send-each"  # to the addresses in a secret


@dataclass(frozen=True, slots=True)
class Publishing:
    """What the workflow of a blog depends on."""

    base_url: str
    weekly: str  # the time of the weekly post in words: 'Tuesday 09:00 Europe/London'
    runs: tuple[WeeklyRun, ...]
    branch: str = ""  # the default branch, if that is neither main nor master
    folder: str = ""  # the blog's folder in its repository, '' if it is the root
    has_program: bool = False  # whether the repository contains weekly itself
    mail: MailJob = MailJob.NONE

    @property
    def inside(self) -> str:
        """The prefix of the blog's paths in its repository."""
        return f"{self.folder}/" if self.folder else ""


def workflow_text(publishing: Publishing) -> str:
    """The workflow; always the same text for the same blog."""
    inside = publishing.inside
    weekly = ".venv/bin/python -m generator" if publishing.has_program else "weekly"
    return _TEMPLATE.format(
        branches=_branches(publishing.branch),
        weekly_hour=publishing.weekly,
        crons="\n".join(f'    - cron: "{run}"' for run in publishing.runs),
        working_directory=_working_directory(publishing.folder),
        python=PYTHON,
        build=_BUILD_HERE if publishing.has_program else _BUILD_INSTALLED,
        weekly=weekly,
        kept=_quoted(f"{inside}.weekly"),
        output=_quoted(f"{inside}output"),
        sources=_hashed(inside, ("generator/**",) if publishing.has_program else (REQUIREMENTS,)),
        base_url=_quoted(publishing.base_url),
    ) + _mail_job(publishing, weekly)


def has_mail_job(text: str) -> bool:
    """Whether a workflow of ours has the job that makes the mail of new posts."""
    return _MAIL.partition("\n    needs")[0] in text


def _mail_job(publishing: Publishing, weekly: str) -> str:
    if publishing.mail is MailJob.NONE:
        return ""
    is_sent = publishing.mail is not MailJob.FILE
    to_each = publishing.mail is MailJob.SEND_EACH
    steps = _SEND if is_sent else _WRITE
    file = ' --recipients "$RUNNER_TEMP/recipients.txt"' if to_each else ""
    return _MAIL.format(
        permission=_TO_WRITE if is_sent else "read",
        working_directory=_working_directory(publishing.folder),
        python=PYTHON,
        install=_MAIL_HERE if publishing.has_program else _MAIL_INSTALLED,
        steps=steps.format(
            weekly=weekly,
            recipients=_RECIPIENTS if to_each else "",
            file=file,
            mail=_quoted(f"{publishing.inside}mail"),
        ),
    )


def is_ours(text: str) -> bool:
    """Whether weekly wrote a workflow, whatever somebody has changed in it since."""
    return text.startswith(_TEMPLATE.partition(".")[0])


def requirements_text(line: str) -> str:
    """What the workflow installs in a repository that does not contain weekly itself."""
    return f"{_REQUIREMENTS}{line}\n"


def _quoted(text: str) -> str:
    """A text quoted for YAML, in which GitHub finds no `${{`."""
    return json.dumps(text.replace("${{", "$%7B%7B"))


def _branches(default: str) -> str:
    """The branches from which a blog is published."""
    usual = ["main", "master"]
    return ", ".join(usual if default in ("", *usual) else [*usual, _quoted(default)])


def _hashed(inside: str, program: tuple[str, ...]) -> str:
    """The files that a build depends on, as patterns with ? for characters special in YAML."""
    patterns = ("content/**", "templates/**", "themes/**", *program)
    plain = re.sub(r"[^A-Za-z0-9._/-]", "?", inside)
    return ", ".join(f"'{plain}{pattern}'" for pattern in patterns)


def _working_directory(folder: str) -> str:
    if not folder:
        return ""
    return f"    defaults:\n      run:\n        working-directory: {_quoted(folder)}\n"


_REQUIREMENTS = """\
# What GitHub installs to build this blog. For a newer weekly, change the version after == or @.
"""

_BUILD_HERE = """\
      - name: Build
        run: make build
"""

_BUILD_INSTALLED = """\
      - name: Install
        run: python -m pip install --quiet --requirement requirements.txt

      - name: Build
        run: weekly build
"""

_TEMPLATE = """\
# Written by `weekly deploy --init`. To change it, change content/site.toml and run that again.
name: Publish

on:
  push:
    branches: [{branches}]
  workflow_dispatch: # manually: Actions, Publish, Run workflow
  schedule:
    # Weekly posts are scheduled for {weekly_hour}. GitHub counts in UTC, so where
    # clocks change there is one line for summer and one for winter; the extra run changes nothing.
    # A few minutes past the hour, because runs on the full hour are often late or skipped.
{crons}

permissions: {{}} # each job says what it needs

concurrency:
  group: pages
  cancel-in-progress: false # let a run that has begun to publish finish

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
{working_directory}    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false

      - uses: actions/setup-python@v7
        with:
          python-version: "{python}"

      # The cache of the last build; a file of it counts only if its checksum is right.
      - uses: actions/cache@v6
        with:
          path: {kept}
          key: weekly-${{{{ runner.os }}}}-${{{{ hashFiles({sources}) }}}}
          restore-keys: weekly-${{{{ runner.os }}}}-

{build}
      # The site has a list of all addresses that were ever online; a new site has none yet.
      - name: Get the addresses from the live site
        env:
          BASE_URL: {base_url}
        run: |
          mkdir -p .weekly
          curl --fail --silent --show-error --location --retry 3 --max-time 30 \\
            --output .weekly/online.txt "${{BASE_URL}}published.txt" || : > .weekly/online.txt
          {weekly} deploy --record .weekly/online.txt

      - name: Check
        run: {weekly} check --built --format github

      - name: Add the list of addresses, and remove what only builds need
        run: |
          sed '1!{{/^#/d;}}' content/published.txt > output/published.txt
          rm -f output/.weekly output/.gitignore

      - uses: actions/upload-pages-artifact@v5
        with:
          path: {output}
          include-hidden-files: true # such as .well-known

  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write # proves to Pages which workflow this is
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v5

      - name: Compare the address
        env:
          BASE_URL: {base_url}
          PAGE_URL: ${{{{ steps.deployment.outputs.page_url }}}}
        run: |
          if [ "${{PAGE_URL%/}}" != "${{BASE_URL%/}}" ]; then
            echo "::warning::GitHub serves the blog at $PAGE_URL: set base_url to that."
          fi
"""

_TO_WRITE = "write # content/sent.txt says what was sent, so that nothing is sent twice"

_MAIL_HERE = """\
      - name: Install
        run: |
          make .venv/runtime
          .venv/bin/python -m pip install --quiet css-inline
"""

_MAIL_INSTALLED = """\
      - name: Install
        run: python -m pip install --quiet --requirement requirements.txt css-inline
"""

_MAIL = """\

  mail:
    needs: deploy
    runs-on: ubuntu-latest
    timeout-minutes: 120
    permissions:
      contents: {permission}
{working_directory}    steps:
      - uses: actions/checkout@v7
        with:
          ref: ${{{{ github.ref_name }}}} # a run that is repeated has to see what was sent since

      - uses: actions/setup-python@v7
        with:
          python-version: "{python}"

{install}
{steps}"""

_WRITE = """\
      - name: Write the mail of a new post
        run: |
          {weekly} mail status --new > new.txt
          while read -r post; do {weekly} mail "$post" --output mail; done < new.txt

      - uses: actions/upload-artifact@v7
        with:
          name: mail
          path: {mail}
          if-no-files-found: ignore # there is no new post
"""

_RECIPIENTS = """\
      - name: Write the addresses where nobody publishes them
        env:
          RECIPIENTS: ${{ secrets.WEEKLY_RECIPIENTS }}
        run: |
          umask 077
          printf '%s\\n' "$RECIPIENTS" > "$RUNNER_TEMP/recipients.txt"

"""

_SEND = """\
{recipients}      # First, so that no other run sends it again if this one dies meanwhile.
      - name: Commit that it is about to be sent
        run: |
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          {weekly} mail send --new --claim{file}
          if [ -n "$(git status --porcelain content/sent.txt)" ]; then
            git add content/sent.txt
            git commit --quiet --message "Mail: about to be sent"
            git pull --quiet --rebase
            git push --quiet
          fi

      - name: Send
        env:
          WEEKLY_SMTP_USER: ${{{{ secrets.WEEKLY_SMTP_USER }}}}
          WEEKLY_SMTP_PASSWORD: ${{{{ secrets.WEEKLY_SMTP_PASSWORD }}}}
          WEEKLY_SMTP_TOKEN: ${{{{ secrets.WEEKLY_SMTP_TOKEN }}}}
        run: {weekly} mail send --new --yes{file}

      - name: Commit what was sent
        if: always()
        run: |
          if [ -n "$(git status --porcelain content/sent.txt)" ]; then
            git add content/sent.txt
            git commit --quiet --message "Mail: what was sent"
            git pull --quiet --rebase
            git push --quiet
          fi
"""
