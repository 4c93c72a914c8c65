"""Run charts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .errors import BadValueError

if TYPE_CHECKING:
    from . import _native

__all__ = ["run_chart"]

# Ratings differ by shape as well as by colour.
COLOURS = {"green": "#1a7f4b", "amber": "#b86e00", "red": "#b3261e", "no target": "#44546a"}
SHAPES = {"green": "circle", "amber": "triangle-up", "red": "diamond", "no target": "circle"}


def run_chart(card: _native.Scorecard, measure: str) -> Any:
    """The figures of a measure over the months of a scorecard, with its target if it has one."""
    altair: Any
    try:
        import altair
    except ImportError:
        raise ImportError(
            "a plot needs Altair, which is not installed; run `pip install 'csc-measures[plot]'`"
        ) from None

    one = card.plan_definition[measure]
    rows = [row for row in card.results.to_dicts() if row["measure"] == measure]
    if not rows:
        raise BadValueError(f"measure `{measure}` was not asked for in this scorecard")
    months = [_row(row) for row in rows]
    if all(row["value"] is None for row in months):
        raise BadValueError(
            f"measure `{measure}` has no figure in any month of this scorecard: {rows[-1]['status']}"
        )

    data = altair.Data(values=months)
    across = altair.X("month:T", title=None, axis=altair.Axis(format="%b %Y", labelAngle=0, labelOverlap=True))
    up = altair.Y("value:Q", title=_unit(one.unit), scale=altair.Scale(zero=False, nice=True))
    line = altair.Chart(data).mark_line(color="#44546a", strokeWidth=2).encode(x=across, y=up)
    rated = [word for word in COLOURS if any(row["rating"] == word for row in months)]
    points = (
        altair.Chart(data)
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x=across,
            y=up,
            color=_scale(altair, altair.Color, rated, COLOURS),
            shape=_scale(altair, altair.Shape, rated, SHAPES),
            tooltip=["label:N", "value:Q", "numerator:Q", "denominator:Q", "rating:N", "direction:N"],
        )
    )
    layers: list[Any] = [line, points, *_targets(altair, _target(card, measure))]
    title = altair.TitleParams(f"{one.id}  {card.titles[one.id]}", subtitle=f"{card.first} to {card.last}", anchor="start")
    return altair.layer(*layers).properties(
        width=560, height=260, title=title, description=_description(one.id, months)
    )


def _row(result: dict[str, Any]) -> dict[str, Any]:
    rag = result["rag"]
    return {
        "month": f"{result['month']}-01T00:00:00",
        "label": result["month"],
        "value": result["value"],
        "numerator": result["numerator"],
        "denominator": result["denominator"],
        "rating": rag if rag in COLOURS else "no target",
        "direction": result["direction"],
    }


def _scale(altair: Any, channel: Any, rated: list[str], to: dict[str, str]) -> Any:
    scale = altair.Scale(domain=rated, range=[to[word] for word in rated])
    return channel("rating:N", title="Rating", scale=scale, legend=None if rated == ["no target"] else altair.Legend())


def _target(card: _native.Scorecard, measure: str) -> dict[str, Any] | None:
    """What the measure is to reach in the last month: the caller's target before the plan's own."""
    rows = [row for outcome in json.loads(card.plan_definition.to_json())["outcomes"] for row in outcome["rows"]]
    own = {row["id"]: row.get("target") for row in rows}
    given: Any = card.targets.get(measure) or own.get(measure)
    dated = given if isinstance(given, list) else [given] if given else []
    begun = [one for one in dated if one.get("from", "") <= card.last]
    return max(begun, key=lambda one: one.get("from", ""), default=None)


def _targets(altair: Any, target: dict[str, Any] | None) -> list[Any]:
    if target is None:
        return []
    if target["better"] == "band":
        band = altair.Data(values=[{"low": target["low"], "high": target["high"]}])
        area = altair.Chart(band).mark_rect(color="#1a7f4b", opacity=0.12)
        return [area.encode(y=altair.Y("low:Q"), y2=altair.Y2("high:Q"))]
    level = altair.Data(values=[{"target": target["target"], "label": f"target {target['target']:g}"}])
    rule = altair.Chart(level).mark_rule(color="#1a7f4b", strokeDash=[6, 4], strokeWidth=1.5)
    name = altair.Chart(level).mark_text(align="left", baseline="bottom", dx=4, dy=-3, color="#1a7f4b")
    return [rule.encode(y="target:Q"), name.encode(y="target:Q", x=altair.value(0), text="label:N")]


def _unit(unit: str) -> str:
    return {"percent": "%", "days": "days", "average": "average"}.get(unit, "number")


def _description(measure: str, months: list[dict[str, Any]]) -> str:
    told = (f"{row['label']} {'none' if row['value'] is None else row['value']}" for row in months)
    return f"Run chart of {measure}: " + ", ".join(told)
