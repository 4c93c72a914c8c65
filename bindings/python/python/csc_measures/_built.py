"""Checks that the native half is there and has the version of this half, and else says what to do."""

from __future__ import annotations

from pathlib import Path

# A native half that an earlier build left would answer by the rules of its own day.
VERSION = "0.1.0"

_REMEDY = "Run `pip install ./bindings/python` in the folder of the project, with Rust installed"

try:
    from ._native import __version__ as _native_version
except ModuleNotFoundError as error:
    if error.name != f"{__package__}._native":
        raise
    raise ImportError(
        f"csc_measures was not built: `{Path(__file__).parent}` is its source and has no native half. {_REMEDY}, "
        "and start Python outside that source"
    ) from None

if _native_version != VERSION:
    raise ImportError(
        f"csc_measures is in two versions: its Python half is {VERSION} and its native half is {_native_version}. "
        f"{_REMEDY}, which builds both"
    )
