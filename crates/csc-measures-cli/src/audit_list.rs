//! What published figures tell: a line for each number that is not shown.

use std::io::{self, Write};

use csc_measures::{Audit, AuditFinding};

use crate::flat::Texts;
use crate::text::{Page, count};

/// Writes the findings to be read: those that are told first.
pub(crate) fn write(audit: &Audit, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let told = audit.told().count();
    match told {
        0 => writeln!(out, "Nothing of 1 to 5 can be told.")?,
        _ => writeln!(out, "{} of 1 to 5 can be told.", count(told as u64, "number"))?,
    }
    writeln!(out)?;
    let others = audit.findings().iter().filter(|finding| !finding.is_told);
    for finding in audit.told().chain(others) {
        page.entry(&finding.month.to_string(), &format!("{}: {}", about(finding), set(finding)), 8, out)?;
    }
    Ok(())
}

/// One row a finding.
pub(crate) fn write_csv(audit: &Audit, texts: Texts, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "measure,month,dimension,group,quantity,less_than,of_months,low,high,values,told")?;
    for finding in audit.findings() {
        let values = finding.values.iter().flatten().map(u64::to_string).collect::<Vec<_>>().join(";");
        let text = |text: &Option<String>| quoted(&texts.or_nothing(text.as_deref()));
        let number = |number: Option<String>| number.unwrap_or_default();
        writeln!(
            out,
            "{},{},{},{},{},{},{},{},{},{values},{}",
            quoted(&texts.of(finding.measure.as_str())),
            finding.month,
            text(&finding.dimension),
            text(&finding.group),
            finding.quantity,
            number(finding.less_than.as_ref().map(ToString::to_string)),
            number(finding.of_months.map(|months| months.to_string())),
            finding.low,
            number(finding.high.map(|high| high.to_string())),
            finding.is_told,
        )?;
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Which number it is.
fn about(finding: &AuditFinding) -> String {
    let of = match &finding.dimension {
        Some(dimension) => {
            format!("{}, {dimension} {}", finding.measure, finding.group.as_deref().unwrap_or("not recorded"))
        }
        None => finding.measure.to_string(),
    };
    match (&finding.less_than, finding.of_months) {
        (Some(whole), _) => format!("{whole} less {of}, {}", finding.quantity),
        (None, Some(months)) => format!("{of}, {} of {}", finding.quantity, count(months as u64, "month")),
        (None, None) => format!("{of}, {}", finding.quantity),
    }
}

/// What it may be.
fn set(finding: &AuditFinding) -> String {
    match (&finding.values, finding.high) {
        (Some(values), _) => {
            let values: Vec<String> = values.iter().map(u64::to_string).collect();
            values.join(", ")
        }
        (None, Some(high)) => format!("{} to {high}", finding.low),
        (None, None) => format!("{} or more", finding.low),
    }
}
