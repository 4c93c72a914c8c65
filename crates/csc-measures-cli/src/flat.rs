//! Results and cases as CSV.

use std::io::{self, Write};

use csc_measures::plan::RowId;
use csc_measures::signals::{Mark, Signals};
use csc_measures::{Change, Explanation, Funnel, Outcome, Section, Status, VisitRule, guarded};

use crate::lines::{GroupLine, Line, SUPPRESSED};
use crate::text::or_nothing;

/// How the texts of the data are written, which may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Texts {
    /// A text that a spreadsheet would run as a formula has a `'` before it.
    Guarded,
    /// As they stand.
    Raw,
}

impl Texts {
    /// A text as it is written.
    pub(crate) fn of(self, text: &str) -> String {
        if self == Self::Guarded { guarded(text).into_owned() } else { text.to_owned() }
    }

    /// A text as it is written, or nothing.
    pub(crate) fn or_nothing(self, text: Option<&str>) -> String {
        text.map(|text| self.of(text)).unwrap_or_default()
    }
}

/// What is written of a scorecard.
#[derive(Clone, Copy)]
pub(crate) struct Results<'a> {
    pub(crate) titles: &'a [(RowId, String)],
    pub(crate) lines: &'a [Line<'a>],
    pub(crate) groups: &'a [GroupLine<'a>],
    pub(crate) signals: Option<&'a [Signals]>,
}

/// Writes a row: a field is in quotes if it would not be one field without.
fn write_row<T: AsRef<str>>(fields: &[T], out: &mut impl Write) -> io::Result<()> {
    for (place, field) in fields.iter().map(AsRef::as_ref).enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        if field.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// One row a result. With sections, a column names those of the measure; then comes the version of the measure's
/// definition, and with signals what the control chart says of the month.
pub(crate) fn write_results(
    of: &Results<'_>,
    sections: Option<&[Section<'_>]>,
    texts: Texts,
    out: &mut impl Write,
) -> io::Result<()> {
    let Results { titles, lines, groups, signals } = *of;
    let mut header: Vec<&str> = vec![
        "measure",
        "title",
        "month",
        "from",
        "to",
        "status",
        "numerator",
        "denominator",
        "value",
        "unit",
        "rag",
        "direction",
    ];
    header.extend(Outcome::ALL.map(Outcome::as_str));
    header.extend(["all_met", "warnings", "missing_tables"]);
    if sections.is_some() {
        header.push("sections");
    }
    header.push("definition");
    if signals.is_some() {
        header.extend(["chart", "centre", "low", "high", "marks", "variation"]);
    }
    let has_groups = !groups.is_empty();
    if has_groups {
        header.extend(["dimension", "group", "interval_low", "interval_high", "funnel"]);
    }
    write_row(&header, out)?;
    let mut groups = groups.iter().peekable();
    for line in lines {
        let Line { result, is_published, is_suppressed, .. } = line;
        let number = |text: String, is_left_out: bool| if is_left_out { SUPPRESSED.to_owned() } else { text };
        let title = titles.iter().find(|(id, _)| *id == result.measure).map_or("", |(_, title)| title);
        let mut row = vec![
            texts.of(result.measure.as_str()),
            texts.of(title),
            result.month.to_string(),
            result.period.from.to_string(),
            result.period.to.to_string(),
            result.status.as_str().to_owned(),
            number(or_nothing(result.numerator), line.has_no_numerator),
            number(or_nothing(result.denominator), line.has_no_denominator),
            number(or_nothing(result.value), *is_suppressed),
            result.unit.to_string(),
            or_nothing((!is_suppressed).then(|| result.rag.as_str())),
            or_nothing(result.direction.map(csc_measures::Direction::as_str)),
        ];
        // Without its tables a measure has no cases to count, which is not the same as none.
        let is_counted = result.status != Status::NotSupplied && !is_published;
        row.extend(Outcome::ALL.map(|outcome| or_nothing(is_counted.then(|| result.outcomes.get(outcome)))));
        row.push(or_nothing(result.all_met.flatten()));
        row.push(result.warnings.join(";"));
        row.push(result.missing_tables.join(";"));
        if let Some(sections) = sections {
            let ids: Vec<&str> = sections
                .iter()
                .filter(|section| section.measures.contains(&result.measure))
                .map(|section| section.id)
                .collect();
            row.push(texts.of(&ids.join(";")));
        }
        row.push(result.key.definition().version.to_string());
        if let Some(signals) = signals {
            let chart = signals.iter().find(|chart| chart.measure == result.measure);
            let point = chart.and_then(|chart| chart.points.iter().find(|point| point.month == result.month));
            let marks = |marks: &[Mark]| marks.iter().map(|mark| mark.as_str()).collect::<Vec<_>>().join(";");
            row.extend([
                or_nothing(chart.filter(|_| point.is_some()).map(|chart| chart.chart)),
                or_nothing(point.map(|point| point.centre)),
                or_nothing(point.and_then(|point| point.low)),
                or_nothing(point.and_then(|point| point.high)),
                or_nothing(point.map(|point| marks(&point.marks))),
                or_nothing(point.map(|point| point.variation)),
            ]);
        }
        if has_groups {
            row.extend([const { String::new() }; 5]);
        }
        write_row(&row, out)?;
        // The groups come in the order of the results.
        let is_of_result =
            |group: &&GroupLine<'_>| *group.measure == result.measure && group.month == result.month;
        while let Some(group) = groups.next_if(is_of_result) {
            write_row(&group_row(group, &row, texts), out)?;
        }
    }
    Ok(())
}

/// The row of a group: that of its result, with the numbers of the group.
fn group_row(group: &GroupLine<'_>, of: &[String], texts: Texts) -> Vec<String> {
    const STATUS: usize = 5;
    const OUTCOMES: usize = 12;
    let mut row = of.to_vec();
    let mut set = |place: usize, value: String| {
        if let Some(cell) = row.get_mut(place) {
            *cell = value;
        }
    };
    set(STATUS, group.status.as_str().to_owned());
    set(STATUS + 1, group.numerator.clone());
    set(STATUS + 2, group.denominator.clone());
    set(STATUS + 3, group.value.clone());
    // A group has neither colour nor direction, and the warnings are those of the whole.
    set(STATUS + 5, String::new());
    set(STATUS + 6, String::new());
    for (place, outcome) in (OUTCOMES..).zip(Outcome::ALL) {
        set(place, or_nothing(group.outcomes.map(|outcomes| outcomes.get(outcome))));
    }
    set(OUTCOMES + Outcome::ALL.len(), String::new());
    let groups = of.len().saturating_sub(5);
    set(groups, texts.of(group.dimension));
    set(groups + 1, texts.or_nothing(group.group));
    set(groups + 2, or_nothing(group.interval.map(|(low, _)| low)));
    set(groups + 3, or_nothing(group.interval.map(|(_, high)| high)));
    set(groups + 4, or_nothing(group.funnel.map(Funnel::as_str)));
    row
}

/// One row a case.
pub(crate) fn write_cases(explained: &[Explanation], texts: Texts, out: &mut impl Write) -> io::Result<()> {
    const HEADER: [&str; 17] = [
        "measure",
        "month",
        "subject",
        "record",
        "outcome",
        "reason",
        "anchor",
        "due",
        "done",
        "elapsed",
        "rag",
        "numerator",
        "denominator",
        "rule",
        "team",
        "worker",
        "definition",
    ];
    let dimensions = explained.first().map_or(&[][..], |one| &one.dimensions);
    let dimensions = dimensions.iter().filter(|name| !matches!(name.as_str(), "team" | "worker"));
    let header: Vec<String> = HEADER
        .map(str::to_owned)
        .into_iter()
        .chain(dimensions.clone().map(|name| {
            if HEADER.contains(&name.as_str()) { format!("{name}_group") } else { texts.of(name) }
        }))
        .collect();
    write_row(&header, out)?;
    for (explanation, case) in explained.iter().flat_map(|one| one.cases.iter().map(move |case| (one, case)))
    {
        let mut row = vec![
            texts.of(explanation.measure.as_str()),
            explanation.month.to_string(),
            texts.of(&case.subject),
            texts.or_nothing(case.record.as_deref()),
            case.outcome.as_str().to_owned(),
            or_nothing(case.reason.map(csc_measures::Reason::as_str)),
            or_nothing(case.anchor),
            or_nothing(case.due),
            or_nothing(case.done),
            or_nothing(case.elapsed),
            or_nothing(case.rag),
            or_nothing(case.numerator),
            or_nothing(case.denominator),
            or_nothing(case.rule.flatten().map(VisitRule::as_str)),
            texts.or_nothing(case.team.as_deref()),
            texts.or_nothing(case.worker.as_deref()),
            explanation.definition.to_string(),
        ];
        row.extend(dimensions.clone().map(|name| texts.or_nothing(case.group(name))));
        write_row(&row, out)?;
    }
    Ok(())
}

/// One row a case that moved.
pub(crate) fn write_changes(changes: &[Change], texts: Texts, out: &mut impl Write) -> io::Result<()> {
    const HEADER: [&str; 9] =
        ["measure", "from", "to", "move", "subject", "record", "before", "after", "points"];
    let cases = changes.iter().flat_map(|change| change.cases.iter().map(move |case| (change, case)));
    let rows = cases.map(|(change, case)| {
        [
            texts.of(change.measure.as_str()),
            change.from.to_string(),
            change.to.to_string(),
            case.moved.as_str().to_owned(),
            texts.of(&case.subject),
            texts.or_nothing(case.record.as_deref()),
            or_nothing(case.before.map(Outcome::as_str)),
            or_nothing(case.after.map(Outcome::as_str)),
            or_nothing(case.points),
        ]
    });
    write_rows(&HEADER, rows, out)
}

/// Rows of text under a header.
pub(crate) fn write_rows<const N: usize>(
    header: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
    out: &mut impl Write,
) -> io::Result<()> {
    write_row(header, out)?;
    for row in rows {
        write_row(&row, out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_back_as_it_was_whatever_is_in_it() {
        let fields =
            ["", "plain", " spaced ", "North, East", "the \"old\" team", "two\nlines", "a\rb", "\"", "é,"];
        let mut written = Vec::new();
        write_row(&fields, &mut written).unwrap();
        let mut by_others = csv::Writer::from_writer(Vec::new());
        by_others.write_record(fields).unwrap();
        assert_eq!(written, by_others.into_inner().unwrap());
    }
}
