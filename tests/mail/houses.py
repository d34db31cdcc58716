"""A blog that is mailed: its recipients outside of it, and the commands."""

from __future__ import annotations

from tests.commands import Result, run
from tests.conftest import SITE, Blog

POST = "2026-11-20-in-the-lift"
STAFF = [f"staff{number:03}@example.org" for number in range(6)]


class House:
    """A blog with one post, and a file of recipients."""

    def __init__(self, blog: Blog, port: int, staff: list[str]) -> None:
        self.blog = blog
        self.file = blog.folder.parent / f"{blog.folder.name}-staff" / "recipients.txt"
        self.file.parent.mkdir()
        self.file.write_text("".join(f"{address}\n" for address in staff))
        blog.post(POST, "Somebody asked me in the lift.\n")
        self.settings(port)

    def settings(self, port: int, more: str = "", host: str = "127.0.0.1") -> None:
        tls = "" if "tls =" in more else 'tls = "none"\n'
        to = "" if "to =" in more else f'recipients = "{self.file}"\n'
        rate = "" if "rate =" in more else "rate = 6000\n"
        self.blog.write(
            "content/site.toml",
            f'{SITE}\n[mail]\nfrom = "Ada Marsh <ada@example.org>"\n'
            f'host = "{host}"\nport = {port}\n{rate}{tls}{to}{more}',
        )

    def mail(self, *arguments: str, **environment: str) -> Result:
        now = {"SOURCE_DATE_EPOCH": "1795348800"} | environment
        return run("mail", *arguments, "--blog", str(self.blog.folder), **now)

    def send(self, *arguments: str, **environment: str) -> Result:
        return self.mail("send", "--yes", *arguments, **environment)

    @property
    def record(self) -> list[str]:
        path = self.blog.folder / "content" / "sent.txt"
        text = path.read_text() if path.exists() else ""
        return [line for line in text.splitlines() if not line.startswith("#")]
