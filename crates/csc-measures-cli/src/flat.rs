//! Results and cases as CSV.

use std::io::{self, Write};

use csc_measures::plan::RowId;
use csc_measures::{Explanation, Outcome, Section, Status, VisitRule};

use crate::lines::{Line, SUPPRESSED};

/// A value, or nothing.
pub(crate) fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
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

/// One row a result. With sections, a column names those of the measure; the last column is the
/// version of the measure's definition.
pub(crate) fn write_results(
    titles: &[(RowId, String)],
    lines: &[Line<'_>],
    sections: Option<&[Section<'_>]>,
    out: &mut impl Write,
) -> io::Result<()> {
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
    write_row(&header, out)?;
    for line in lines {
        let Line { result, is_published, is_suppressed, .. } = line;
        let number = |text: String, is_left_out: bool| if is_left_out { SUPPRESSED.to_owned() } else { text };
        let title = titles.iter().find(|(id, _)| *id == result.measure).map_or("", |(_, title)| title);
        let mut row = vec![
            result.measure.to_string(),
            title.to_owned(),
            result.month.to_string(),
            result.period.from.to_string(),
            result.period.to.to_string(),
            result.status.as_str().to_owned(),
            number(text(result.numerator), line.has_no_numerator),
            number(text(result.denominator), line.has_no_denominator),
            number(text(result.value), *is_suppressed),
            result.unit.to_string(),
            text((!is_suppressed).then(|| result.rag.as_str())),
            text(result.direction.map(csc_measures::Direction::as_str)),
        ];
        // Without its tables a measure has no cases to count, which is not the same as none.
        let is_counted = result.status != Status::NotSupplied && !is_published;
        row.extend(Outcome::ALL.map(|outcome| text(is_counted.then(|| result.outcomes.get(outcome)))));
        row.push(text(result.all_met.flatten()));
        row.push(result.warnings.join(";"));
        row.push(result.missing_tables.join(";"));
        if let Some(sections) = sections {
            let ids: Vec<&str> = sections
                .iter()
                .filter(|section| section.measures.contains(&result.measure))
                .map(|section| section.id)
                .collect();
            row.push(ids.join(";"));
        }
        row.push(result.key.definition().version.to_string());
        write_row(&row, out)?;
    }
    Ok(())
}

/// One row a case.
pub(crate) fn write_cases(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    const HEADER: [&str; 15] = [
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
        "definition",
    ];
    let rows = explanation.cases.iter().map(|case| {
        [
            explanation.measure.to_string(),
            explanation.month.to_string(),
            case.subject.clone(),
            text(case.record.as_deref()),
            case.outcome.as_str().to_owned(),
            text(case.reason.map(csc_measures::Reason::as_str)),
            text(case.anchor),
            text(case.due),
            text(case.done),
            text(case.elapsed),
            text(case.rag),
            text(case.numerator),
            text(case.denominator),
            text(case.rule.flatten().map(VisitRule::as_str)),
            explanation.definition.to_string(),
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
