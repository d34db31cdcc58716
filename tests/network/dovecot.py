"""A real Dovecot on loopback, with a configuration, a user and a certificate of its own."""

from __future__ import annotations

import getpass
import grp
import hmac
import json
import os
import pwd
import shutil
import socket
import subprocess
import time
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from typing import NamedTuple

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
OPENSSL = shutil.which("openssl")
USER, PASSWORD = "helen", "a secret that no file keeps"
SECRET = b"the secret with which tokens are signed"
WHY_SKIPPED = "needs Dovecot and openssl: apt-get install dovecot-imapd"


class Dovecot(NamedTuple):
    """A server that runs."""

    port: int
    certificate: Path  # that a client has to trust
    maildir: Path

    def deliver(self, name: str, data: bytes, folder: str = "") -> None:
        """Put a mail into a folder, as a delivery would."""
        new = self.maildir / (f".{folder}" if folder else "") / "new"
        for part in ("cur", "new", "tmp"):
            (new.parent / part).mkdir(parents=True, exist_ok=True)
        (new / f"{time.time_ns()}.{name}").write_bytes(data)
        _give_away(self.maildir)

    def names(self) -> list[str]:
        """The names of all mails, with their flags."""
        return sorted(path.name for path in self.maildir.rglob("*") if path.is_file())


def start(folder: Path) -> tuple[Dovecot, subprocess.Popen[bytes]]:
    """A server of which everything is in a folder, and its process."""
    assert DOVECOT and OPENSSL
    certificate, key = folder / "ca.pem", folder / "key.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    new = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    files = ("-keyout", key, "-out", certificate)
    subprocess.run([OPENSSL, "req", *new, *files, *subject], check=True, capture_output=True)
    port = _free_port()
    maildir = folder / "mail" / USER
    (maildir / "new").mkdir(parents=True)
    for part in ("cur", "tmp"):
        (maildir / part).mkdir()
    _give_away(folder / "mail")
    own, group = _owner()
    is_root = os.getuid() == 0
    login = "dovenull" if is_root else getpass.getuser()
    internal = "dovecot" if is_root else getpass.getuser()
    (folder / "users").write_text(
        f"{USER}:{{PLAIN}}{PASSWORD}:{own}:{group}::{folder}/mail/{USER}\n"
    )
    keys = folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(b64encode(SECRET))
    (folder / "oauth2.conf").write_text(
        f"introspection_mode = local\nusername_attribute = sub\n"
        f"local_validation_key_dict = fs:posix:prefix={folder}/keys/\n"
    )
    config = folder / "dovecot.conf"
    config.write_text(
        f"""
        base_dir = {folder}/run
        state_dir = {folder}/state
        log_path = {folder}/log
        protocols = imap
        listen = 127.0.0.1
        default_login_user = {login}
        default_internal_user = {internal}
        default_internal_group = {internal if is_root else grp.getgrgid(group).gr_name}
        first_valid_uid = {own}
        last_valid_uid = {own}
        first_valid_gid = {group}
        mail_location = maildir:{folder}/mail/%u
        auth_failure_delay = 0
        auth_mechanisms = plain login xoauth2
        disable_plaintext_auth = yes
        ssl = required
        ssl_cert = <{certificate}
        ssl_key = <{key}
        passdb {{
          driver = passwd-file
          args = scheme=PLAIN username_format=%u {folder}/users
        }}
        passdb {{
          driver = oauth2
          mechanisms = xoauth2
          args = {folder}/oauth2.conf
        }}
        userdb {{
          driver = passwd-file
          args = username_format=%u {folder}/users
        }}
        service imap-login {{
          chroot =
          inet_listener imap {{
            port = 0
          }}
          inet_listener imaps {{
            port = {port}
            ssl = yes
          }}
        }}
        service anvil {{
          chroot =
          unix_listener anvil-auth-penalty {{
            mode = 0
          }}
        }}
        service stats {{
          chroot =
        }}
        """
    )
    process = subprocess.Popen(
        [DOVECOT, "-F", "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _wait_for(port, process, folder / "log")
    return Dovecot(port, certificate, maildir), process


def access_token(now: float) -> str:
    """A token as a company's sign-in gives it (JWT, RFC 7519), which the server accepts."""
    head = {"alg": "HS256", "typ": "JWT"}
    claims = {"sub": USER, "iat": int(now) - 60, "exp": int(now) + 3600}
    signed = b".".join(_base64url(json.dumps(part).encode()) for part in (head, claims))
    signature = hmac.new(SECRET, signed, "sha256").digest()
    return b".".join((signed, _base64url(signature))).decode()


def _base64url(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def _owner() -> tuple[int, int]:
    """Whose the mail is: ours, or nobody's, since Dovecot serves no mail of root's."""
    if os.getuid():
        return os.getuid(), os.getgid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _give_away(folder: Path) -> None:
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, *_owner())


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise AssertionError(f"Dovecot did not start: {said}{_text(log)}")
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Dovecot does not listen: {_text(log)}")


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
