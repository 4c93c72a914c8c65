"""Pieces of HTML: everything that comes from data is escaped, and a word says whatever a colour says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

__all__ = ["cell", "change", "definitions", "direction", "frame", "heading_row", "rag", "row", "sparkline", "table", "text"]

# One style for screen, dark screen and paper. The colours of the ratings have at least 4.5 : 1 against their ground.
STYLE = """
.csc-measures { font-family: system-ui, sans-serif; font-size: 13px; line-height: 1.4; color: inherit; }
.csc-measures table { border-collapse: collapse; margin: 0.5em 0; }
.csc-measures caption { text-align: left; font-weight: 600; padding: 0.3em 0; }
.csc-measures th, .csc-measures td { text-align: left; vertical-align: top; padding: 0.25em 0.7em;
  border-bottom: 1px solid rgba(128, 128, 128, 0.35); background: none; white-space: normal; max-width: 34em; }
.csc-measures td.number, .csc-measures th.number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
.csc-measures td.short { white-space: nowrap; }
.csc-measures tbody th[scope=rowgroup] { padding-top: 1.1em; font-weight: 600; }
.csc-measures tbody th[scope=row] { font-weight: 400; }
.csc-measures .rag { display: inline-block; white-space: nowrap; padding: 0 0.5em; border-radius: 0.2em; }
.csc-measures .rag.green { background: #d9f2e3; color: #0b4f2a; border: 1px solid #0b4f2a; }
.csc-measures .rag.amber { background: #ffe9bf; color: #6b3d00; border: 1px dashed #6b3d00; }
.csc-measures .rag.red { background: #fbdcdc; color: #7d0a0a; border: 2px solid #7d0a0a; }
.csc-measures .quiet { opacity: 0.75; }
.csc-measures dt { font-weight: 600; margin-top: 0.5em; }
.csc-measures dd { margin: 0 0 0 1.2em; max-width: 60em; }
.csc-measures svg.trend { vertical-align: middle; overflow: visible; }
@media print {
  .csc-measures { font-size: 9pt; color: #000; }
  .csc-measures tr { break-inside: avoid; }
  .csc-measures thead { display: table-header-group; }
  .csc-measures .rag { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

# A shape for each colour, for those who cannot tell them and for printers without ink.
SHAPES = {"green": "●", "amber": "▲", "red": "◆"}
WORDS = {"not_rated": "no target", "not_applicable": "nothing to rate"}
ARROWS = {"improved": "✚", "worsened": "✖", "same": "=", "up": "↑", "down": "↓"}


def text(value: Any) -> str:
    """A value as escaped text."""
    return "" if value is None else escape(str(value))


def frame(*parts: str) -> str:
    """A whole view."""
    return f'<div class="csc-measures"><style>{STYLE}</style>{"".join(parts)}</div>'


def table(caption: str, heads: Sequence[tuple[str, str]], bodies: Iterable[str], note: str = "") -> str:
    """A table of bodies that are HTML already. Heads have a text and a class."""
    head = "".join(f'<th scope="col"{_class(kind)}>{text(name)}</th>' for name, kind in heads)
    below = f'<p class="quiet">{note}</p>' if note else ""
    return (
        f"<table><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead>{''.join(bodies)}</table>{below}"
    )


def heading_row(title: str, columns: int) -> str:
    """A row that names those below it."""
    return f'<tr><th scope="rowgroup" colspan="{columns}">{text(title)}</th></tr>'


def row(head: str, *cells: str) -> str:
    """A row whose head is HTML already, as are its cells."""
    return f'<tr><th scope="row">{head}</th>{"".join(cells)}</tr>'


def cell(html: str, kind: str = "") -> str:
    """A cell of HTML."""
    return f"<td{_class(kind)}>{html}</td>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def rag(colour: str | None) -> str:
    """A colour, its shape and its word."""
    if colour is None:
        return ""
    if colour not in SHAPES:
        return f'<span class="quiet">{text(WORDS.get(colour, colour))}</span>'
    return f'<span class="rag {colour}"><span aria-hidden="true">{SHAPES[colour]}</span> {colour}</span>'


def direction(word: str | None) -> str:
    """How a figure moved, with a sign."""
    if word is None:
        return ""
    return f'<span aria-hidden="true">{ARROWS.get(word, "")}</span> {text(word)}'


def change(way: str, figures: str) -> str:
    """By how much a figure moved, with a sign for the way."""
    return f'<span aria-hidden="true">{ARROWS[way]}</span> {text(figures)}'


def definitions(pairs: Iterable[tuple[str, Any]]) -> str:
    """Names and what they mean; those without a meaning are left out."""
    items = (f"<dt>{text(name)}</dt><dd>{text(meaning)}</dd>" for name, meaning in pairs if meaning)
    return f"<dl>{''.join(items)}</dl>"


WIDTH, HEIGHT = 110.0, 22.0


def sparkline(values: Sequence[float | None], label: str) -> str:
    """A line of values over the months, with a gap for a month without a value, and a dot at the last."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = WIDTH / (len(values) - 1)

    def point(place: int, value: float) -> tuple[float, float]:
        share = 0.5 if high == low else (value - low) / (high - low)
        return round(place * step, 1), round(HEIGHT - 2 - share * (HEIGHT - 4), 1)

    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(point(place, value))
    lines = []
    for run in runs:
        if len(run) == 1:
            lines.append(f'<circle cx="{run[0][0]}" cy="{run[0][1]}" r="1" fill="currentColor"/>')
        elif run:
            points = " ".join(f"{x},{y}" for x, y in run)
            lines.append(f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="1.3"/>')
    if runs[-1]:
        x, y = runs[-1][-1]
        lines.append(f'<circle cx="{x}" cy="{y}" r="2.2" fill="currentColor"/>')
    return (
        f'<svg class="trend" role="img" aria-label="{text(label)}" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" '
        f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}"><title>{text(label)}</title>{"".join(lines)}</svg>'
    )
