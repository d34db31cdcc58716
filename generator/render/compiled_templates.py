"""Templates as code: those of our own themes beside our own code, as Python keeps modules.

Compiling the templates of a page takes longer than everything else that an edit needs. Code that is
kept can run, so only what we ship is kept, where only those who may change this program can write;
a blog's own templates are compiled by each run.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator import disk, fingerprint, resources

FOLDER = Path(__file__).parent / "__pycache__"
MADE_WITH = f"{jinja2.__version__} {sys.version} {sys.implementation.cache_tag}"


class Compiled(BytecodeCache):
    """Templates as code, by name and text: of this run, and ours of earlier runs."""

    def __init__(self, codes: dict[str, CodeType]) -> None:
        """`codes` has those of this run."""
        self._codes = codes
        self._shipped: dict[str, str] = {}  # file by the key of a template that ships

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The place of a template's code, filled if it was compiled before."""
        key = fingerprint.of_value((name, filename, source, MADE_WITH, _options(environment)))
        if _is_shipped(name, source):
            self._shipped[key] = name.replace("/", "-")
        bucket = Bucket(environment, key, key)
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template whose text was compiled before."""
        bucket.code = self._codes.get(bucket.key)
        if bucket.code is None and bucket.key in self._shipped:
            bucket.code = _read(self._file(bucket.key))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is None:
            return
        self._codes[bucket.key] = bucket.code
        if bucket.key in self._shipped:
            with suppress(OSError):  # an installation that we may not write to
                _write(self._file(bucket.key), bucket.code)

    def _file(self, key: str) -> Path:
        return FOLDER / f"{self._shipped[key]}.{key}.code"


def _options(environment: jinja2.Environment) -> tuple[object, ...]:
    """What affects the code of a template besides its text."""
    lines = environment.trim_blocks, environment.lstrip_blocks, environment.keep_trailing_newline
    names = environment.filters, environment.tests, environment.extensions
    return (*lines, *(sorted(known) for known in names))


def _is_shipped(name: str, source: str) -> bool:
    """Whether a template is exactly as in one of our themes."""
    found = resources.themes_folder().glob(f"*/templates/{name}")
    return any(disk.read_text(path) == source for path in found)


def _read(path: Path) -> CodeType | None:
    """The code in a file, if it is there and whole."""
    try:
        checksum, _, data = disk.read_bytes(path).partition(b"\n")
    except OSError:
        return None
    if fingerprint.of_bytes(data).encode() != checksum:
        return None
    code = marshal.loads(data)  # noqa: S302 ours, and whole
    return code if isinstance(code, CodeType) else None


def _write(path: Path, code: CodeType) -> None:
    """Write code into a file, and remove older code of the same template."""
    data = marshal.dumps(code)
    path.parent.mkdir(exist_ok=True)
    disk.write_bytes(path, fingerprint.of_bytes(data).encode() + b"\n" + data)
    template = path.name.removesuffix(".code").rpartition(".")[0]
    for old in path.parent.glob(f"{template}.{'?' * 2 * fingerprint.DIGEST_BYTES}.code"):
        if old != path:
            old.unlink(missing_ok=True)
