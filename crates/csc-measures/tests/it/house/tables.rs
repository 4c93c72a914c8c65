//! A table has one place: its declaration with what is kept of it, and one line in the list of all tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use csc_measures::tables::{Bound, Need, Table};

/// Tables that the dataset joins with others or checks between rows: these it names besides.
const JOINED: [Table; 20] = [
    Table::Persons,
    Table::Disabilities,
    Table::Referrals,
    Table::Assessments,
    Table::Section47Enquiries,
    Table::InitialConferences,
    Table::CpPlans,
    Table::CpVisits,
    Table::CpReviews,
    Table::CinPlans,
    Table::CinVisits,
    Table::ClaEpisodes,
    Table::LegalStatuses,
    Table::ClaVisits,
    Table::ClaReviews,
    Table::CareProceedings,
    Table::Audits,
    Table::FinalOrderApplications,
    Table::Workers,
    Table::Involvements,
];

/// The files of the rooms through which a table comes in, without comments and tests.
fn files() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for room in ["column", "tables", "dataset"] {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(source.join(room)).unwrap().map(|entry| entry.unwrap().path()).collect();
        // The rules by which tables of the Standard Safeguarding Dataset are read are of its tables and columns.
        paths.retain(|path| path.is_file());
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let name = path.strip_prefix(&source).unwrap().display().to_string();
            found.push((name, code.join("\n")));
        }
    }
    found
}

/// Whether a text has a word by itself.
fn has_word(text: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(place, _)| {
        !text[..place].ends_with(is_word) && !text[place + word.len()..].starts_with(is_word)
    })
}

#[test]
fn a_table_is_one_declaration_and_one_line() {
    let files = files();
    for table in Table::ALL.iter().filter(|table| !JOINED.contains(table)) {
        let variant = format!("{table:?}");
        let named: BTreeSet<&str> = files
            .iter()
            .filter(|(_, text)| has_word(text, &variant) || text.contains(&format!(".{}", table.name())))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(named.len(), 2, "`{table}` is named in {named:?}");
        assert!(named.contains("tables/list.rs"), "`{table}` is named in {named:?}");
        let list = &files.iter().find(|(name, _)| name == "tables/list.rs").unwrap().1;
        assert_eq!(list.lines().filter(|line| has_word(line, &variant)).count(), 1, "`{table}`");
    }
}

#[test]
fn a_column_is_named_in_no_reader() {
    for (name, text) in files().iter().filter(|(name, _)| !name.starts_with("tables/")) {
        for column in Table::ALL.iter().flat_map(|table| table.columns()) {
            let literal = format!("\"{}\"", column.name);
            // The two checks between rows say which column their issue is of.
            let is_of_a_check = name == "dataset/checks.rs" && ["date", "start_date"].contains(&column.name);
            // The message of an issue has other words for the year in which a worker is supported.
            let is_of_a_message = name == "dataset/issue.rs" && column.name == "asye_end_date";
            assert!(
                !text.contains(&literal) || is_of_a_check || is_of_a_message,
                "{name} names the column {literal}"
            );
        }
    }
}

#[test]
fn the_words_of_a_declaration_are_there() {
    let column =
        |table: Table, name: &str| table.columns().iter().find(|column| column.name == name).unwrap();
    assert_eq!(column(Table::Workers, "fte").range, Some((Bound::Excluded(0), Bound::Included(2))));
    assert_eq!(
        column(Table::ClaPlacements, "distance_miles").range,
        Some((Bound::Included(0), Bound::Excluded(1000)))
    );
    assert_eq!(
        column(Table::CinPlans, "visit_working_days").range,
        Some((Bound::Included(1), Bound::Included(366)))
    );
    assert_eq!(column(Table::Complaints, "stage").range, Some((Bound::Included(1), Bound::Included(3))));
    assert_eq!(column(Table::CpReviews, "cp_plan_id").refers_to, Some(Table::CpPlans));
    assert_eq!(column(Table::ClaReviews, "cla_id").refers_to, Some(Table::ClaEpisodes));

    // An id that does not identify its row says whose it is; a carer has no table.
    for table in Table::ALL {
        for column in table.columns().iter().filter(|column| column.name.ends_with("_id")) {
            let is_own = column.need == Need::Unique;
            let says = column.refers_to.is_some() || column.name == "carer_id";
            assert!(is_own != says, "`{table}.{}`", column.name);
        }
    }
}
