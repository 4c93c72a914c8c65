//! `docs/codes.md`: every code that results and cases carry, with what it means and what to do about it.

use std::fmt::{self, Write as _};

use csc_measures::{Outcome, Reason};

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask docs` from xtask/src/docs/codes.rs and crates/csc-measures/src/measures/case.rs. Change it there. -->

# The codes

Codes are stable: programs may compare them. The codes of data issues, such as `bad_date`, are in
[the input](input.md#what-happens-to-a-bad-row); those of clocks in [clocks.md](clocks.md), those of policies in
[policies.md](policies.md).

## What a figure is compared with

| What | With what |
|---|---|
| `direction` | the month before, or the quarter before if the measure has quarters; of a publication by quarter or year the period before. It says how the figure moved, and no more: most movements are a measure's own ups and downs |
| `signals` | the measure's own control chart: [signals.md](signals.md) says which movements are more than that |
| `rag` | the target of the month: the caller's, else that of the plan. Without a target `not_rated` |
| `funnel` | of a group, the whole of the same month: [breakdowns.md](breakdowns.md) |
";

/// A warning: the code, what comes after its colon, when it is there, and what to do.
type Warning = (&'static str, &'static str, &'static str, &'static str);

const WARNINGS: [Warning; 19] = [
    (
        "after_data",
        "table",
        "the month begins after the last date of the table, which has 20 rows or more",
        "take a later extract, or end at the month of that date",
    ),
    (
        "as_at",
        "table:date",
        "the table shows only how things stood on that day; the figure is as at it, and in its month only",
        "take a table with starts and ends for other months",
    ),
    (
        "closed",
        "year",
        "the closures close more than half of the working days of a year that the figure is of",
        "look whether the closures are in the right years",
    ),
    (
        "derived",
        "what",
        "the column or table was not supplied, and its values are worked out from others",
        "supply it if the council records it: see [ssd.md](ssd.md)",
    ),
    (
        "never_null",
        "table.column",
        "each of 50 rows or more has the answer, so that a \"no\" may mean \"not recorded\"",
        "ask how the extract fills the column",
    ),
    (
        "no_column",
        "table.column",
        "the rule reads an optional column that the table does not have",
        "supply it, or name it by a [mapping](input.md#how-names-are-read); near misses are in `columns`",
    ),
    (
        "no_end_dates",
        "table",
        "the table has no column of ends, so that everything ever begun is open",
        "supply the column, or name it by a [mapping](input.md#how-names-are-read)",
    ),
    (
        "no_history",
        "table",
        "the measure looks further back than the table goes: the figure is `not_supplied`",
        "take a table with starts and ends",
    ),
    (
        "no_rows_used",
        "table",
        "the table has rows and none can be used: a measure that needs it is `not_supplied`",
        "read the data issues of the table: nearly always it is a form of dates or ids",
    ),
    (
        "not_enough",
        "table",
        "the source of the table does not hold what the measure reads from it: the figure is `not_supplied`",
        "supply the table from the case-management system",
    ),
    (
        "nothing_understood",
        "table.column",
        "the column has values and none can be read, or no role of `involvements` is a [lead role](policies.md#lead_roles)",
        "read the data issues of the column; give the roles by the policy `lead_roles`",
    ),
    (
        "policy",
        "key=value",
        "a policy that bears on the figure is not the default; titles say it in words",
        "nothing, if it is meant",
    ),
    (
        "rows_out",
        "table",
        "more than one row in twenty of the table is left out",
        "read the data issues of the table",
    ),
    (
        "seen_not_recorded",
        "table",
        "the table does not say whether the child was seen, so each visit counts as one at which the child was",
        "supply the column",
    ),
    (
        "short_history",
        "",
        "the table begins later than the measure looks back, so that something earlier may be missing",
        "take an extract that goes further back; [measures.md](measures.md) says how far",
    ),
    (
        "small_numbers",
        "",
        "the denominator has fewer than 10 cases: one case more or less moves the figure by ten points or more",
        "read the cases instead, or a longer period",
    ),
    (
        "spells_merged",
        "legal_statuses",
        "nobody has one legal status twice, so that spells may be too long",
        "see [ssd.md](ssd.md)",
    ),
    (
        "unknown_team",
        "name",
        "`front_door_teams` names a team that no table has",
        "look at how the tables write it",
    ),
    (
        "without",
        "table",
        "the rule reads an optional table that was not supplied",
        "supply it, empty if nobody has a row",
    ),
];

/// What an outcome means.
const fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "done in time, or a test passed",
        Outcome::Late => "done late",
        Outcome::Overdue => "not done, and past due",
        Outcome::NotMet => "a test failed",
        Outcome::Counted => "a fact that is so",
        Outcome::NotCounted => "a fact that is not so",
        Outcome::NotYetDue => "not done, and not due yet",
        Outcome::Extinguished => "ended before it was due",
        Outcome::NotApplicable => "the question does not arise",
        Outcome::Unknown => "the data do not say; the reason says what is missing",
        _ => "",
    }
}

pub(super) fn page() -> Result<String, fmt::Error> {
    let mut page = String::from(INTRODUCTION);
    writeln!(
        page,
        "\n## Warnings\n\nA result, a child's view and a due list carry those that bear on them, sorted.\n\n\
         | Warning | When | What to do |\n|---|---|---|"
    )?;
    for (code, of, when, remedy) in WARNINGS {
        let of = if of.is_empty() { String::new() } else { format!(":<{}>", of.replace(':', ">:<")) };
        writeln!(page, "| `{code}{of}` | {when} | {remedy} |")?;
    }
    writeln!(
        page,
        "\n## Outcomes of cases\n\n| Outcome | What it means | In the denominator | In the numerator |\n|---|---|---|---|"
    )?;
    let yes = |is: bool| if is { "yes" } else { "no" };
    for outcome in Outcome::ALL {
        writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            outcome.as_str(),
            meaning(outcome),
            yes(outcome.is_in_denominator()),
            yes(outcome.is_in_numerator()),
        )?;
    }
    writeln!(
        page,
        "\n## Reasons of cases\n\nA case has a reason if its outcome alone does not explain it.\n\n\
         | Reason | What it means |\n|---|---|"
    )?;
    for reason in Reason::ALL {
        writeln!(page, "| `{}` | {} |", reason.as_str(), reason.about().trim())?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::workspace;

    /// The codes that stand before a colon in the texts that some source makes, or alone.
    fn codes(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                codes(&path, found);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            for before in ["format!(\"", "warnings.push(\"", "warned(\""] {
                for text in source.split(before).skip(1) {
                    let code: String =
                        text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                    let after = text.strip_prefix(&code).unwrap();
                    let is_code =
                        after.starts_with(":{") || after.starts_with(":l") || after.starts_with('"');
                    if code.contains('_') && is_code
                        || ["closed", "derived", "policy", "without"].contains(&&*code)
                    {
                        found.insert(code);
                    }
                }
            }
        }
    }

    #[test]
    fn every_warning_of_the_library_is_listed_and_no_other() {
        let root = workspace::root().join("crates/csc-measures/src");
        let mut found = BTreeSet::new();
        for folder in ["scorecard", "due", "tables"] {
            codes(&root.join(folder), &mut found);
        }
        let listed: BTreeSet<String> = WARNINGS.iter().map(|(code, ..)| (*code).to_owned()).collect();
        assert_eq!(found, listed);
    }

    #[test]
    fn every_outcome_has_a_meaning() {
        assert!(Outcome::ALL.into_iter().all(|outcome| !meaning(outcome).is_empty()));
    }
}
