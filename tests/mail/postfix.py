"""A Postfix of our own on loopback, with a configuration and a queue of its own."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

from tests.mail.post_office import DATA, PASSWORD, USER, free_port, wait_until

NEEDED = ("postfix", "postconf", "saslpasswd2")
WHY_NOT = "needs Debian's postfix and sasl2-bin, and root, to start a server on loopback"


def is_possible() -> bool:
    """Whether this machine can run it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and all(map(shutil.which, NEEDED))


class Postfix:
    """The server, with the mailboxes of a domain."""

    def __init__(self, people: list[str], *, certificate: str = "server.pem") -> None:
        # the folders of pytest can't be entered by Postfix's own user
        self.folder = Path(tempfile.mkdtemp(prefix="weekly-postfix-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self._owner = pwd.getpwnam("postfix")
        for name in ("config", "config/sasl", "queue", "data", "mail"):
            (self.folder / name).mkdir()
        for name in ("data", "mail"):
            os.chown(self.folder / name, self._owner.pw_uid, self._owner.pw_gid)
        self._write_settings(certificate)
        (self.folder / "people").write_text("".join(f"{each} {each}/\n" for each in people))
        self.access({})
        self._set_password()
        self._run("start")
        wait_until(self._is_up)

    def access(self, answers: dict[str, str]) -> None:
        """What to answer to whoever sends to these addresses, from now on."""
        lines = (f"{address} {answer}\n" for address, answer in answers.items())
        (self.folder / "access").write_text("".join(lines))
        if self._is_up():
            self._run("reload")

    def got(self, address: str) -> list[bytes]:
        """The messages in somebody's mailbox."""
        box = self.folder / "mail" / address / "new"
        return [path.read_bytes() for path in sorted(box.glob("*"))]

    def stop(self) -> None:
        """End it, and remove everything of it."""
        self._run("stop")
        wait_until(lambda: not self._is_up())
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_settings(self, certificate: str) -> None:
        folder, user = self.folder, self._owner.pw_uid
        shutil.copy("/usr/share/postfix/main.cf.dist", folder / "config" / "main.cf")
        key = folder / "config" / "key.pem"
        shutil.copy(DATA / "server.key", key)
        key.chmod(0o600)
        shutil.copy(DATA / certificate, folder / "config" / "cert.pem")
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": folder / "queue",
            "data_directory": folder / "data",
            "maillog_file": folder / "log.txt",
            "maillog_file_prefixes": folder,
            "mail_owner": "postfix",
            "setgid_group": "postdrop",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "myhostname": "mail.example.net",
            "mydestination": "",
            "mynetworks": "",
            "alias_maps": "",
            "virtual_mailbox_domains": "example.org",
            "virtual_mailbox_maps": f"texthash:{folder}/people",
            "virtual_mailbox_base": folder / "mail",
            "virtual_uid_maps": f"static:{user}",
            "virtual_gid_maps": f"static:{self._owner.pw_gid}",
            "virtual_minimum_uid": 1,
            "smtpd_recipient_restrictions": f"check_recipient_access texthash:{folder}/access, "
            "permit_sasl_authenticated, reject",
            "smtpd_tls_security_level": "encrypt",
            "smtpd_tls_auth_only": "yes",
            "smtpd_tls_received_header": "yes",
            "smtpd_tls_cert_file": folder / "config" / "cert.pem",
            "smtpd_tls_key_file": key,
            "smtpd_sasl_auth_enable": "yes",
            "smtpd_sasl_path": "smtpd",
            "smtpd_sasl_security_options": "noanonymous",
        }
        lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (folder / "config" / "main.cf").write_text(lines)
        services = (Path("/usr/share/postfix/master.cf.dist")).read_text().splitlines()
        kept = [line for line in services if not line.startswith(("smtp      inet", "#"))]
        # nothing runs in a chroot, since the folders of this server are not below one
        plain = [_without_chroot(line) for line in kept]
        own = f"127.0.0.1:{self.port} inet n - n - - smtpd"
        (folder / "config" / "master.cf").write_text("\n".join([own, *plain, ""]))
        (folder / "config" / "sasl" / "smtpd.conf").write_text(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n"
            f"sasldb_path: {folder}/sasldb2\n"
        )

    def _set_password(self) -> None:
        base = self.folder / "sasldb2"
        user, _, domain = USER.partition("@")
        subprocess.run(
            ["saslpasswd2", "-p", "-c", "-f", str(base), "-u", domain, user],
            input=PASSWORD.encode(),
            check=True,
        )
        shutil.chown(base, "postfix")

    def _run(self, what: str) -> None:
        command = ["postfix", "-c", str(self.folder / "config"), what]
        subprocess.run(command, capture_output=True, check=True)

    def _is_up(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(2)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _without_chroot(line: str) -> str:
    words = line.split()
    if line[:1].isspace() or len(words) < 8:
        return line
    words[4] = "n"
    return " ".join(words)


class Cut:
    """A way to a server that is cut before the answer to the message of that number comes back."""

    def __init__(self, port: int, number: int) -> None:
        self.port = free_port()
        self._to = port
        self._left = number
        self._is_large = False  # what the client has sent since the last answer: a message
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                ours, _ = self._listener.accept()
            except OSError:
                return
            theirs = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._ask, args=(ours, theirs), daemon=True).start()
            threading.Thread(target=self._answer, args=(theirs, ours), daemon=True).start()

    def _ask(self, ours: socket.socket, theirs: socket.socket) -> None:
        with ours, theirs:
            while data := _received(ours):
                self._is_large = self._is_large or len(data) > 4000
                theirs.sendall(data)

    def _answer(self, theirs: socket.socket, ours: socket.socket) -> None:
        while data := _received(theirs):
            if self._is_large:
                self._left -= 1
                self._is_large = False
                if self._left == 0:
                    break
            ours.sendall(data)
        for end in (ours, theirs):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(65536)
    except OSError:
        return b""
