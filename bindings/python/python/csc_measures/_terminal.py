"""How tables show themselves at a terminal."""

from __future__ import annotations

import shutil
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import _native

__all__ = ["table_view"]

ROWS_SHOWN = 20
"""How many rows are shown, from the first."""

WIDEST = 40
"""How many columns of the terminal a cell takes at most."""

GAP = "  "


def table_view(table: _native.Table) -> str:
    """The first rows, of the columns for which there is room; the others are named below."""
    rows, names = len(table), table.columns
    shown = [list(row.values()) for row in table[:ROWS_SHOWN].to_dicts()]
    room = shutil.get_terminal_size((110, 24)).columns
    cells = [[_cell(row[place]) for row in shown] for place in range(len(names))]
    is_number = [kind in ("int", "float") for _, kind, _ in table._kinds]
    widths = [max(_width(text) for text in [_cut(name), *column]) for name, column in zip(names, cells)]
    places, used = [], 0
    for place, width in enumerate(widths):
        used += width + len(GAP)
        # The first column is shown however narrow the terminal is.
        if place and used - len(GAP) > room:
            break
        places.append(place)

    def line(texts: list[str]) -> str:
        filled = [_fill(text, widths[place], is_number[place]) for place, text in zip(places, texts)]
        return GAP.join(filled).rstrip()

    lines = [f"Table of {rows:,} {'row' if rows == 1 else 'rows'}"]
    if names:
        lines.append(line([_cut(names[place]) for place in places]))
    lines.extend(line([cells[place][row] for place in places]) for row in range(len(shown)))
    if rows > len(shown):
        lines.append(f"… {rows - len(shown):,} more rows")
    others = names[len(places) :]
    if others:
        lines.append(f"… more columns: {', '.join(others)}")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, float):
        value = f"{value:.15g}"
    return _cut(str(value))


def _cut(text: str) -> str:
    """A text in one line, cut where it is too wide, and what could move the cursor written out."""
    seen = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
    if _width(seen) <= WIDEST:
        return seen
    cut, used = [], 1
    for letter in seen:
        used += _width(letter)
        if used > WIDEST:
            break
        cut.append(letter)
    return "".join(cut) + "…"


def _width(text: str) -> int:
    """The columns that a text takes."""
    return sum(0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _fill(text: str, width: int, is_number: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if is_number else text + blanks
