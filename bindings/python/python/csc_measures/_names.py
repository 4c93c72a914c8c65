"""Names that a caller misspelt."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

__all__ = ["unknown"]


def unknown(kind: str, given: str, known: Sequence[str]) -> str:
    """What is said of a name that is none of those that are known."""
    shown = given if len(given) <= 60 else f"{given[:60]}…"
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.0)
    return f"unknown {kind} `{shown}`" + (f", did you mean `{near[0]}`?" if near else "")
