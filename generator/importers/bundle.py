"""The files of an export by name: of a folder, a zip file, or one file; opened when asked for."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from generator.importers.archives import ArchiveError
from generator.importers.found import Refused, SetAside
from generator.importers.recognise import shown_path

MOST_FILES = 100_000
MOST_BYTES = 4_000_000_000  # of all that comes out of a zip file
LARGEST = 200_000_000  # bytes of a file that is read as a whole
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX|\.git|\.svn|node_modules|_site|\.jekyll-cache)(?:/|$)")

Open = Callable[[], BinaryIO]


class Bundle:
    """The files of an export. Names have forward slashes and never lead out of the export."""

    def __init__(self, name: str, files: Mapping[str, Open]) -> None:
        """`name` is how positions call it; '' if the names of files say enough."""
        self.name = name
        self.refused: list[Refused] = []
        self.set_aside: list[SetAside] = []
        self._files: dict[str, Open] = {}
        for path, opened in sorted(files.items()):
            if len(self._files) >= MOST_FILES:
                reason = f"it holds more than {MOST_FILES:,} files"
                self.refused.append(Refused(self.shown(path), reason))
                break
            parts = path.replace("\\", "/").split("/")
            if _JUNK.search(path) or parts[-1].startswith((".", "~$")):
                continue
            if ".." in parts or path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
                self.refused.append(Refused(self.shown(path), "its name leads out of the export"))
                continue
            self._files["/".join(part for part in parts if part not in ("", "."))] = opened

    @classmethod
    def refusing(cls, name: str, reason: str) -> Bundle:
        """A bundle without files, of an export that can't be read."""
        bundle = cls("", {})
        bundle.refused.append(Refused(shown_path(name), reason))
        return bundle

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, sorted."""
        return (*self._files,)

    def __contains__(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self._files

    def shown(self, name: str, line: int | str = "") -> str:
        """How a place in a file is printed."""
        path = "/".join(part for part in (self.name, name) if part)
        return shown_path(path) + (f":{line}" if line else "")

    def open(self, name: str) -> BinaryIO:
        """The file, to be read in pieces; raises OSError or ArchiveError."""
        return self._files[name]()

    def read(self, name: str, *, most: int = LARGEST) -> bytes:
        """All bytes of a file that has at most so many; raises OSError or ArchiveError."""
        with self.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise ArchiveError(f"it has more than {most // 1_000_000:,} MB")
        return data

    def begin(self, name: str, size: int = 20_000) -> bytes:
        """The first bytes of a file; none if it can't be read."""
        try:
            with self.open(name) as file:
                return file.read(size)
        except (OSError, ArchiveError):
            return b""


class _Counted(io.RawIOBase):
    """A file within a zip file; reading it ends when too much has come out of the whole."""

    def __init__(self, file: BinaryIO, left: list[int]) -> None:
        self._file, self._left = file, left

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = size if size and size > 0 else LARGEST + 1
        try:
            data = self._file.read(wanted)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
            raise ArchiveError("it is damaged") from error
        self._left[0] -= len(data)
        if self._left[0] < 0:
            raise ArchiveError("too much comes out of the zip file")
        return data

    def close(self) -> None:
        self._file.close()
        super().close()


def files_of_zip(archive: zipfile.ZipFile) -> dict[str, Open]:
    """The files of a zip file; how much comes out is bounded, whatever the archive says."""
    left = [MOST_BYTES]

    def opener(entry: zipfile.ZipInfo) -> Open:
        def opened() -> BinaryIO:
            try:
                file = archive.open(entry)
            except (zipfile.BadZipFile, zlib.error, ValueError) as error:
                raise ArchiveError("it is damaged") from error
            except (RuntimeError, NotImplementedError) as error:
                raise ArchiveError("it is encrypted, or packed in an unknown way") from error
            return _Counted(file, left)  # type: ignore[arg-type,return-value]

        return opened

    return {
        entry.filename: opener(entry)
        for entry in archive.infolist()[: MOST_FILES + 1]
        if not entry.is_dir()
    }


def suffix_of(name: str) -> str:
    """The suffix of a name in small letters, with its dot."""
    return PurePosixPath(name).suffix.lower()
