"""How things show themselves in a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ._html import cell, change, definitions, direction, frame, heading_row, rag, row, sparkline, table, text

if TYPE_CHECKING:
    from . import _native
    from .plan import Plan, PlanRow

__all__ = ["clock", "due_list", "person", "plan", "plan_row", "published", "quality", "scorecard", "table_view"]

ROWS_SHOWN = 20
OBLIGATIONS_SHOWN = 50

RESULT_HEADS = [
    ("Measure", ""),
    ("", ""),
    ("Value", "number"),
    ("Of", "number"),
    ("Rating", ""),
    ("Change", ""),
    ("Trend", ""),
]


def figure(result: dict[str, Any]) -> str:
    """The value of a result as it is read."""
    if result.get("suppressed"):
        return "c"
    value, unit = result["value"], result["unit"]
    if value is None:
        return "–" if result["status"] == "not_applicable" else ""
    if unit == "percent":
        return f"{value:.1f} %"
    if unit == "average":
        return f"{value:.1f}"
    return f"{value:,.0f} days" if unit == "days" else f"{value:,.0f}"


def _amount(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3f}".rstrip("0")


def _words(codes: list[str]) -> str:
    # the title says which policies were changed
    told = (code for code in codes if not code.startswith("policy:"))
    return ", ".join(code.replace("_", " ").replace(":", " ") for code in told)


def _of(result: dict[str, Any]) -> str:
    if result.get("suppressed") or result["denominator"] is None or result["status"] != "ok":
        return ""
    return f"{_amount(result['numerator'])} / {_amount(result['denominator'])}"


def _remarks(result: dict[str, Any]) -> str:
    status = result["status"]
    if status == "not_supplied":
        return f'<span class="quiet">not supplied: {text(", ".join(result["missing_tables"]))}</span>'
    if status == "qualitative":
        return '<span class="quiet">to be read, not rated</span>'
    return ""


SIGNALS = {"improvement": "improved", "concern": "worsened"}


def _movement(one: PlanRow, results: list[dict[str, Any]], variation: str | None) -> str:
    """How the last figure moved: better or worse in a word only if its chart says so, and else by how much."""
    if variation in SIGNALS:
        return direction(SIGNALS[variation])
    last = results[-1]
    word = last["direction"]
    if word is None or word == "same":
        return direction(word)
    rose = word == "up" or (word, one.better) in [("improved", "higher"), ("worsened", "lower")]
    before = results[-2]["value"] if len(results) > 1 else None
    if before is None or last["value"] is None:
        return direction("up" if rose else "down")
    return change("up" if rose else "down", _difference(last["value"] - before, last["unit"]))


def _difference(value: float, unit: str) -> str:
    """A change in figures, such as +1.4 points."""
    if unit == "percent":
        return f"{value:+.1f} points"
    if unit == "average":
        return f"{value:+.1f}"
    return f"{value:+,.0f} days" if unit == "days" else f"{value:+,.0f}"


def _result_row(one: PlanRow, title: str, results: list[dict[str, Any]], variation: str | None) -> str:
    """The last month of a measure, with its trend over all of them."""
    last = results[-1]
    values = [None if result.get("suppressed") else result["value"] for result in results]
    label = f"{one.id}, {results[0]['month']} to {last['month']}: " + ", ".join(
        "none" if value is None else figure(result) for value, result in zip(values, results)
    )
    title = f'<span title="{text(one.cases)}">{text(title)}</span>'
    words = _words(last["warnings"])
    warnings = f'<br><span class="quiet">{text(words)}</span>' if words else ""
    return row(
        text(one.id),
        cell(title + warnings),
        cell(text(figure(last)) or _remarks(last), "number" if figure(last) else ""),
        cell(text(_of(last)), "number"),
        cell(rag(last["rag"]), "short"),
        cell(_movement(one, results, variation), "short"),
        cell(sparkline(values, label), "short"),
    )


def _results(
    caption: str,
    plan: Plan,
    titles: dict[str, str],
    results: _native.Table,
    signals: _native.Table,
    note: str,
) -> str:
    by_measure: dict[str, list[dict[str, Any]]] = {}
    for result in results.to_dicts():
        by_measure.setdefault(result["measure"], []).append(result)
    variations = {(point["measure"], point["month"]): point["variation"] for point in signals.to_dicts()}
    bodies = []
    for outcome in plan.outcomes:
        rows = [
            _result_row(
                one, titles[one.id], by_measure[one.id], variations.get((one.id, by_measure[one.id][-1]["month"]))
            )
            for one in plan.rows_of(outcome.id)
            if one.id in by_measure
        ]
        if rows:
            title = heading_row(f"{outcome.id}  {outcome.title}", len(RESULT_HEADS))
            bodies.append(f"<tbody>{title}{''.join(rows)}</tbody>")
    return frame(table(caption, RESULT_HEADS, bodies, note))


def scorecard(card: _native.Scorecard) -> str:
    """The last month of a scorecard by outcome, with the trend since the first."""
    issues = len(card.issues)
    note = f"Working days of {text(card.calendar)}. Trend since {text(card.first)}."
    if issues:
        note += f" {issues:,} issues of the data: <code>card.issues</code>."
    return _results(f"Scorecard of {card.last}", card.plan_definition, card.titles, card.results, card.signals, note)


def published(figures: _native.Published) -> str:
    """Published figures, shown as a scorecard is, with c for those that are suppressed."""
    note = text(" ".join(figures.notes))
    return _results(
        "Scorecard for publication", figures.plan_definition, figures.titles, figures.results, figures.signals, note
    )


def plan_row(one: PlanRow) -> str:
    """A row of a plan with the definition of its measure."""
    pairs = [
        ("Measure", one.measure),
        ("Cases", one.cases),
        ("Numerator", one.numerator),
        ("Denominator", one.denominator),
        ("Outside", one.exclusions),
        ("Unit, period, better", f"{one.unit}, {one.period}, {one.better}"),
        ("Reads", ", ".join(given.name for given in one.inputs)),
        ("Policies of its own", ", ".join(f"{key} = {json.dumps(value)}" for key, value in one.policy.items())),
        ("Policies that can change it", ", ".join(one.policies)),
        ("Source", one.source),
        ("Published beside", one.published),
        ("Version of the definition", one.version),
    ]
    return frame(f"<p><strong>{text(one.id)}</strong> {text(one.title)}</p>", definitions(pairs))


def plan(whole: Plan) -> str:
    """A plan: its outcomes with their measures."""
    bodies = []
    for outcome in whole.outcomes:
        rows = [
            row(text(one.id), cell(text(one.title)), cell(text(one.unit)), cell(text(one.better)))
            for one in whole.rows_of(outcome.id)
        ]
        bodies.append(f"<tbody>{heading_row(f'{outcome.id}  {outcome.title}', 4)}{''.join(rows)}</tbody>")
    heads = [("Measure", ""), ("", ""), ("Unit", ""), ("Better", "")]
    return frame(table(whole.title, heads, bodies))


def clock(one: _native.Clock) -> str:
    """A clock with its terms and source."""
    terms = "no number of days" if one.unit is None else f"{one.limit} {one.unit.replace('_', ' ')}"
    until = "" if one.in_force_to is None else f" to {one.in_force_to}"
    pairs = [
        ("Limit", terms + (", the day it starts counted" if one.counts_start_day else "")),
        ("In force", f"from {one.in_force_from}{until}"),
        ("Suspended", one.relaxed or ""),
        ("Amber", f"from {one.amber} before"),
        ("Measures", ", ".join(one.measures)),
        ("Note", one.note),
        ("Source", f"{one.source} (limit: {one.limit_certainty}, dates: {one.dates_certainty})"),
    ]
    return frame(f"<p><strong>{text(one.id)}</strong> {text(one.title)}</p>", definitions(pairs))


def _days(owed: dict[str, Any]) -> str:
    unit = owed["unit"].replace("_", " ")
    if owed["days_over"] is not None:
        return f"{owed['days_over']} {unit} over"
    if owed["days_left"] is not None:
        return f"{owed['days_left']} {unit} left"
    return str(owed["reason"] or "").replace("_", " ")


def _obligations(caption: str, owed: Iterable[dict[str, Any]], shown: int, note: str) -> str:
    every = list(owed)
    rows = [
        row(
            text(one["person"]),
            cell(text(one["clock"])),
            cell(text(one["record"])),
            cell(text(one["due"]), "short"),
            cell(text(_days(one)), "short"),
            cell(rag(one["rag"]), "short"),
            cell(text(one["worker"])),
            cell(text(one["team"])),
        )
        for one in every[:shown]
    ]
    heads = [
        (name, "") for name in ("Child", "Clock", "Record", "Due", "", "Rating", "Worker", "Team")
    ]
    if len(every) > shown:
        note = f"{len(every) - shown:,} more. {note}"
    return table(caption, heads, [f"<tbody>{''.join(rows)}</tbody>"], note)


def _unlooked(not_supplied: list[tuple[str, list[str]]]) -> str:
    if not not_supplied:
        return ""
    missing = "; ".join(f"{one} ({', '.join(tables)})" for one, tables in not_supplied)
    return f"Not looked at for want of tables: {text(missing)}."


def person(view: _native.Person) -> str:
    """One child: cohorts, and what is open."""
    facts = [f"{view.id} as at {view.as_at}"]
    if view.age is not None:
        facts.append(f"aged {view.age}")
    facts.extend(str(cohort["cohort"]).replace("_", " ") for cohort in view.cohorts)
    caption = ", ".join(facts)
    return frame(_obligations(caption, view.obligations.to_dicts(), len(view), _unlooked(view.not_supplied)))


def due_list(due: _native.DueList) -> str:
    """What is due to everybody: the soonest."""
    caption = f"Due as at {due.as_at}: {len(due):,}"
    note = _unlooked(due.not_supplied)
    return frame(_obligations(caption, due.obligations.to_dicts(), OBLIGATIONS_SHOWN, note))


def quality(report: _native.Quality) -> str:
    """The tables, and the kinds of issues with the measures that they touch."""
    heads = [("Table", ""), ("Rows", "number"), ("Left out", "number"), ("Last date", ""), ("Issues", "")]
    tables = []
    for one in report.tables:
        issues = ", ".join(f"{issue['code']} {issue['rows']:,}" for issue in one["issues"])
        tables.append(
            row(
                text(one["table"]),
                cell(f"{one['rows']:,}", "number"),
                cell(f"{one['out']:,}" if one["out"] else "", "number"),
                cell(text(one["last"]), "short"),
                cell(text(issues)),
            )
        )
    kinds = []
    for kind in report.issues:
        name = kind["table"] if kind["column"] is None else f"{kind['table']}.{kind['column']}"
        touched = ", ".join(measure["measure"] for measure in kind["measures"])
        kinds.append(
            row(
                text(name),
                cell(text(kind["code"]), "short"),
                cell(f"{kind['rows']:,}", "number"),
                cell(text(kind["message"])),
                cell(text(touched)),
            )
        )
    caption = "Quality of the data" if report.as_at is None else f"Quality of the data as at {report.as_at}"
    kind_heads = [("Where", ""), ("Issue", ""), ("Rows", "number"), ("", ""), ("Measures that it touches", "")]
    return frame(
        table(caption, heads, [f"<tbody>{''.join(tables)}</tbody>"]),
        table("Issues", kind_heads, [f"<tbody>{''.join(kinds)}</tbody>"]),
    )


def table_view(rows: _native.Table) -> str:
    """The first rows of any table."""
    heads = [(name, "") for name in rows.columns]
    body = []
    for place in range(min(len(rows), ROWS_SHOWN)):
        values = list(rows[place].values())
        cells = [_any_cell(name, value) for (name, _), value in zip(heads, values)]
        body.append(f"<tr>{''.join(cells)}</tr>")
    more = len(rows) - len(body)
    note = f"{more:,} more rows." if more > 0 else ""
    return frame(table(f"{len(rows):,} rows", heads, [f"<tbody>{''.join(body)}</tbody>"], note))


def _any_cell(name: str, value: Any) -> str:
    if name == "rag":
        return cell(rag(value), "short")
    if isinstance(value, list):
        return cell(text(", ".join(map(str, value))))
    # ids, codes and dates in one line, messages in as many as they need
    return cell(text(value), "short" if len(str(value)) < 25 else "")
