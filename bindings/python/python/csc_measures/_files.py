"""Files that can be read and are not what they should be."""

from __future__ import annotations

import codecs
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["warn_of_other_letters"]

ENDS = (".csv", ".tsv")

AT_ONCE = 1 << 20


def warn_of_other_letters(paths: Sequence[str]) -> None:
    """Warns of each table that is not in UTF-8: its values that are not, such as names with an accent, are not read."""
    for path in _tables(paths):
        if not _is_utf_8(path):
            warnings.warn(
                f"`{path.name}` is not in UTF-8, so values with letters such as é or £ are not read; save it as CSV UTF-8",
                stacklevel=2,
            )


def _tables(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (file for file in files if file.suffix.lower() in ENDS)


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(AT_ONCE):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
