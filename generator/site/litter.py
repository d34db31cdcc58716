"""Names of what systems, editors and sync programs leave among somebody's files."""

from __future__ import annotations

import re
from collections.abc import Callable

_LITTER = re.compile(
    # hidden files: .DS_Store, ._x, .#x, .~lock.x#, .git; a site may need .well-known
    r"\.(?!well-known$).*"
    # editors and office programs, while they have a file open
    r"|.*~|~\$.*|~wrl\d+\.tmp|#.*#|4913"
    r"|.*\.(?:bak|orig|rej|sw[a-p]|te?mp|autosave|asd|wbk)"
    # downloads and copies that are not finished
    r"|.*\.(?:crdownload|part|partial|download|opdownload|filepart)"
    # systems and sync programs
    r"|icon\r|(?:eh)?thumbs(?:_vista)?\.db|desktop\.ini|folder\.htt|\$recycle\.bin|@eadir"
    r"|system volume information|__macosx|.*\.stackdump|sync\.ffs_db|.*\.ffs_lock",
    re.IGNORECASE | re.DOTALL,
)
_IN_CLOUD = re.compile(r"\.(.+)\.icloud", re.IGNORECASE)

# names that nobody gives: Dropbox, Nextcloud, Syncthing, Drive, OneDrive, browsers
_COPY = re.compile(
    r"(?P<before>.*?)(?:"
    r"[ _-]*[(\[][^()\[\]]*(?:conflict|konflikt|conflit)[^()\[\]]*[)\]]"
    r"|[ _-]+conflicted copy.*|\.sync-conflict-[\w-]+|[._]conflict-[\d-]+"
    r"|-(?:desktop|laptop)-[a-z0-9]{7}(?:-\d+)?"
    r"|[ _-]*\(\d{1,3}\))",
    re.IGNORECASE,
)
# names that somebody may give, unless the original is there
_LIKE_A_COPY = re.compile(
    r"(?P<before>.*?)(?:[ ]+(?:- ?)?\(?(?:copy|kopie|copie|copia)\)?(?: ?\(?\d+\)?)?| \d{1,2}"
    r"|\.(?:backup|bak|copy|old|orig))",
    re.IGNORECASE,
)
# every name of a copy has one of these, and hardly any other
_SUSPECT = re.compile(
    r"[ (\[]|conflict|-(?:desktop|laptop)-|\.(?:backup|bak|copy|old|orig)\.", re.IGNORECASE
)
_COPY_OF = re.compile(r"(?:copy of|kopie von|copie de|copia de) (?P<before>.+)", re.IGNORECASE)


def is_litter(name: str) -> bool:
    """Whether a file or folder of that name was left by a program, and is nobody's text."""
    return _LITTER.fullmatch(name) is not None


def only_in_cloud(name: str) -> str:
    """The name of a file that is not on this disk, if `name` is what iCloud puts in its place."""
    found = _IN_CLOUD.fullmatch(name)
    return found[1] if found else ""


def may_be_a_copy(path: str) -> bool:
    """Whether it is worth asking `original_of`, which takes longer."""
    return _SUSPECT.search(path) is not None


def original_of(name: str, exists: Callable[[str], bool]) -> str:
    """The name that a copy, made by a program, was made from; '' if `name` is not such a copy.

    Names are without suffix. Some could be anybody's, and count only if the original exists.
    """
    for pattern in (_LIKE_A_COPY, _COPY_OF):
        found = pattern.fullmatch(name)
        if found and exists(found["before"]):
            return found["before"]
    found = _COPY.fullmatch(name)
    return found["before"] if found else ""
