//! `docs/input.md`, from the tables' declarations: what the library reads, and what it does with a bad row.

use std::fmt::{self, Write as _};

use csc_measures::IssueCode;
use csc_measures::measures::{InputKind, InputRow};
use csc_measures::plan::Plan;
use csc_measures::tables::{ColumnDeclaration, ColumnKind, Need, Table};

use super::links::measure_links;

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask docs` from crates/csc-measures/src/tables. Change it there. -->

# The input

One table a file (`cp_plans.csv`, `cp_plans.parquet`), or a batch of rows or columns under the table's name.
Tables and columns have a name here and, if the sector's
[Standard Safeguarding Dataset](https://data-to-insight.github.io/ssd-data-model/) has them, its name too
(`ssd_cp_plans`, `cppl_cp_plan_id`). Either is read, with columns in any order.

## How names are read

- Capitals, blanks, `-` and `_` do not count: `Person ID` is `person_id`. Some columns have further names that
  published extracts of the Standard Safeguarding Dataset give them; the tables below list them. If two columns have
  names of the same column, that is an error with both names. In a table under its SSD name, the content decides
  which of two id columns is meant.
- In the name of a table, the schema (`dbo.`), the `#` of a temporary table and a missing `ssd_` do not count.
- A column that a table does not know is not read, and is reported: `Dataset::columns` (`csc_dataset_columns_json`,
  `data.columns`) lists for every column of every supplied table its name in the data, whether it was `read`, is
  `absent` or `unknown`, its rows, nulls and values that were not understood, and the nearest name. An unknown column
  that nearly has the name of an absent one (two letters away at most, or one name contains the other and both have
  five letters) is listed on standard error by the program, and is a `UserWarning` in Python.
- `extract_day` (`--extract-day`) is the day on which tables of the Standard Safeguarding Dataset were extracted; see
  [ssd.md](ssd.md), which says how each system's tables are read.
- `unknown_columns` (`--unknown-columns`) is `warn`, `error` or `ignore`. `columns` (`--columns FILE`) gives the
  names of columns that have others in your data: `{\"cp_plans\": {\"PersonID\": \"person_id\"}}`. If a table does not
  have such a name, that is an error with the names that it has.

## How files are read

- A table is a file `cp_plans.csv`, `cp_plans.tsv` or `cp_plans.parquet`; text may be packed (`cp_plans.csv.gz`).
  Fields are separated by comma, semicolon or tab, whichever the header has most of outside quotes, or by the
  character that a first line `sep=;` names.
- Text after a closing quote makes its record a `bad_row`; the next record begins after the next line break. A quoted
  value over more than 1,000 lines, or to the end of the file, is an error that names the line of its quote.
- What is read may be held in 4 GiB of memory, about; `memory_limit` (`--memory-limit 16GiB`) says otherwise. More is an
  error that names the file with which it is too much.
- If a file changes its length between being found and being read, that is an error. So is a file in a form that is
  not read, if it has the name of a table or a return, or three columns of a table in its first line: the error says
  what to save it as.

Supply what you have. If a measure needs a table or column that is missing, it is `not_supplied`, never 0, and names
what it lacks. An optional table that is missing is taken as empty, and the result warns (`without:<table>`).

## How values are read

- Values are trimmed. Empty, or in any case `NULL`, `NaN`, `NaT`, `<NA>`, `#N/A` or `#MULTIVALUE`, is null: \"not
  recorded\", and never \"no\". So are `N/A`, `NA`, `None` and `-` in codes, flags, dates and numbers; in an id or a
  text they may be meant.
- Placeholder dates, which systems write for no date, are null, with one issue for the column: 1 January of 1, 1753
  and 1900, 30 and 31 December 1899, 6 June 2079, 1 January 2300, 31 December 2099, 2999 and 9999. In a column that
  ends an interval (`end_date`, `close_date`, `retired_on`, `concluded_date`) every other date after 2060 means no end.
  Any other date before 1920 or after 2060 is a `bad_value`.
- A text that begins or ends with a code, that has the letter of a list or the prefix of a system before it, or that
  is one of the texts listed in
  [code_sets.txt](../crates/csc-measures/src/column/code_sets.txt), is that code: `G4 - illness`, `Placed (A5)`,
  `b) Former relevant child`, `CLA - C1 - Interim Care Order`. The text alone decides, whatever system wrote it.
- An interval holds from its start until the day before its end; without an end it is open. One that ends on the
  day it starts holds on no day.
- An id of more than 256 bytes is a `bad_value`.
- Blank lines are skipped and not counted. A row's number is that of the data: 1 is the first after the header.

| Kind | What is read |
|---|---|
";

const ISSUES: &str = "
## What happens to a bad row

A run stops only for a file that cannot be read, a table without a column that it must have, or a table or
column that is there twice, under one name or two. Every issue of every row is listed with its table, row, record and code, and never with a
value. Rows in = rows used + rows out, for every table.

| Code | What is wrong | What becomes of the row |
|---|---|---|
";

pub(super) fn page() -> Result<String, fmt::Error> {
    let mut page = String::from(INTRODUCTION);
    for (kind, about) in KINDS {
        writeln!(page, "| {} | {about} |", kind_name(kind))?;
    }
    page.push_str(ISSUES);
    for code in IssueCode::ALL {
        let (wrong, then) = issue(code);
        writeln!(page, "| `{}` | {wrong} | {then} |", code.as_str())?;
    }
    writeln!(page, "\n## The tables\n\n| Table | SSD | A row is |\n|---|---|---|")?;
    for table in Table::ALL {
        let ssd = table.ssd_name().map(|name| format!("`{name}`")).unwrap_or_default();
        writeln!(page, "| [`{table}`](#{table}) | {ssd} | {} |", table.about().trim())?;
    }
    for table in Table::ALL {
        write_table(&mut page, *table)?;
    }
    Ok(page)
}

fn write_table(page: &mut String, table: Table) -> fmt::Result {
    writeln!(page, "\n<a id=\"{table}\"></a>\n\n### `{table}`\n\n{}\n", table.about().trim())?;
    match table.ssd_name() {
        Some(ssd) => writeln!(page, "- **SSD.** `{ssd}`")?,
        None => writeln!(page, "- **SSD.** The SSD has no such table.")?,
    }
    for (word, kind) in [("Needed by", InputKind::Needed), ("Also read by", InputKind::Optional)] {
        let measures = measures(table.name(), kind);
        if !measures.is_empty() {
            writeln!(page, "- **{word}.** {measures}")?;
        }
    }
    writeln!(page, "\n| Column | SSD | Kind | Must be there | What it means |\n|---|---|---|---|---|")?;
    for column in table.columns() {
        write_column(page, table, column)?;
    }
    Ok(())
}

fn write_column(page: &mut String, table: Table, column: &ColumnDeclaration) -> fmt::Result {
    let ssd = column.ssd.map(|name| format!("`{name}`")).unwrap_or_default();
    let need = match column.need {
        Need::Unique => "yes, unique".to_owned(),
        Need::Required => "yes, in every row".to_owned(),
        _ => match measures(&format!("{table}.{}", column.name), InputKind::NeededColumn) {
            none if none.is_empty() => "no".to_owned(),
            measures => format!("for {measures}"),
        },
    };
    let mut note = column.note.replace('|', "\\|");
    let is_listed = column.set.iter().all(|code| column.note.contains(code));
    if !is_listed {
        let codes: Vec<String> = column.set.iter().map(|code| format!("`{code}`")).collect();
        write!(note, "; one of {}", codes.join(", "))?;
    } else if !column.set.is_empty() {
        note.push_str("; nothing else");
    }
    let further: Vec<String> = column.aliases.iter().map(|name| format!("`{name}`")).collect();
    if !further.is_empty() {
        write!(note, "; also named {}", further.join(", "))?;
    }
    for stand_in in column.stand_ins {
        write!(note, "; without it `{stand_in}` is read")?;
    }
    let kind = kind_name(column.kind);
    writeln!(page, "| `{}` | {ssd} | {kind} | {need} | {note} |", column.name)
}

/// The measures that have a table or column among their inputs of a kind.
fn measures(name: &str, kind: InputKind) -> String {
    let reads = |input: &InputRow| {
        input.kind == kind && input.name.split(" | ").any(|alternative| alternative == name)
    };
    let plan = Plan::worcestershire_2017();
    let found = plan.rows().iter().filter(|row| row.definition().inputs.iter().any(reads));
    measure_links(found.map(|row| row.id().as_str()))
}

/// The kinds of column, with what a file may have in them.
const KINDS: [(ColumnKind, &str); 7] = [
    (
        ColumnKind::Id,
        "text or a whole number, compared and ordered as text by code point; `123.0` from a data frame is `123`",
    ),
    (
        ColumnKind::Date,
        "`YYYY-MM-DD`, `YYYY/MM/DD`, `D-Mon-YYYY` or `D Mon YYYY`, with `--dates uk` also `D/M/YYYY`; alone or with a \
         time after `T` or a space (`09:30`, `09:30:00.000`), which is dropped. If a zone follows the time, the day is \
         London's. A whole number of Arrow, Parquet or JSON counts days from 1970-01-01; if a column of texts begins \
         with a whole number, the table is refused",
    ),
    (ColumnKind::Bool, "`Y`/`N`, `Yes`/`No`, `true`/`false`, `T`/`F`, `on`/`off`, `1`/`0`, in any case"),
    (ColumnKind::Decimal, "a number, read as an exact decimal"),
    (ColumnKind::Integer, "a whole number"),
    (ColumnKind::Text, "any text; if a rule compares it, as a code is compared"),
    (ColumnKind::Code, "a text compared in lower case, without spaces, hyphens and underscores"),
];

fn kind_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => "id",
        ColumnKind::Date => "date",
        ColumnKind::Bool => "yes or no",
        ColumnKind::Decimal => "decimal",
        ColumnKind::Integer => "integer",
        ColumnKind::Code => "code",
        _ => "text",
    }
}

/// What a code says is wrong, and what becomes of the row.
fn issue(code: IssueCode) -> (&'static str, &'static str) {
    const OUT_OR_NULL: &str = "in a column that must be there, or the end of an interval, the row is out: an \
        interval without its end would hold for ever; elsewhere the value is null";
    match code {
        IssueCode::BadRow => ("more or fewer fields than the header", "out"),
        IssueCode::MissingRequired => ("null in a column that must hold a value", "out"),
        IssueCode::BadDate => ("not a date", OUT_OR_NULL),
        IssueCode::BadValue => (
            "not readable, or outside its range",
            "as for a date that cannot be read; a `stage` outside 1 to 3 is out",
        ),
        IssueCode::UnknownCode => (
            "a code that is not in its set, reported once for each column, at its first such row, with their number",
            "stays, even if the column is required; the code is unknown",
        ),
        IssueCode::PlaceholderDate => (
            "a placeholder date, which systems write for no date, reported once for each column, at its first such \
             row, with their number",
            "stays with a null; out if the column must be there",
        ),
        IssueCode::DuplicateId => ("the id of an earlier row that is not out", "out; the first row stands"),
        IssueCode::EndBeforeStart => (
            "an end before its start",
            "out; reversed dates of the assessed and supported year in employment are only reported",
        ),
        IssueCode::UnknownPerson => (
            "a person without a row in `persons`, reported once for each table and person",
            "stays: assumed to be a living child of unknown age",
        ),
        IssueCode::DanglingReference => ("it names a row of another table that is not there", "stays"),
        IssueCode::ReviewOutOfChain => (
            "a review held outside the time of its plan or period of care",
            "stays; it is not a review of the chain",
        ),
        IssueCode::NoPerson => (
            "of a table under its SSD name: neither the row nor what it names says whose it is, reported once for \
             each column",
            "out",
        ),
        IssueCode::PersonByClaId => (
            "of `ssd_permanence`: the person is not that of `cla_id`, reported once for each column",
            "stays, with the person of `cla_id`",
        ),
        IssueCode::PersonByLegacyId => (
            "of `ssd_permanence`: the person is the number of an older system, reported once for each column",
            "stays, with the person who had the number",
        ),
        IssueCode::EndIsLastDay => (
            "of a table under its SSD name whose ends mostly fall on the day before the next start: such an end, \
             reported once for each column",
            "stays, with the day after as the end",
        ),
        IssueCode::EstimatedBirth => (
            "of `ssd_person`: no date of birth, and an expected one that is past, reported once for each column",
            "stays, with the expected date as the date of birth",
        ),
        IssueCode::NotHeld => (
            "of visits under their SSD names: no date, for the visit was not held, reported once for each column",
            "out",
        ),
        IssueCode::Unallocated => (
            "of `ssd_involvements`: no worker, for the case waits for one, reported once for each column",
            "out",
        ),
        IssueCode::Superseded => (
            "of a return of several years: a row that was open at the end of its year and that the next year does not \
             have",
            "out if the next year has it from another day; else stays, open no longer than its year",
        ),
        IssueCode::OverlappingPlans => {
            ("a child protection plan that starts while another of the child is open", "stays")
        }
        _ => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_and_kind_is_told() {
        for code in IssueCode::ALL {
            assert_ne!(issue(code), ("", ""), "{}", code.as_str());
        }
        for column in Table::ALL.iter().flat_map(|table| table.columns()) {
            assert!(KINDS.iter().any(|(kind, _)| *kind == column.kind), "{}", column.name);
        }
    }
}
