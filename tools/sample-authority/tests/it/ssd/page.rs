//! What each system's dataset needs and loses, as docs/ssd.md has it.
//!
//! `WRITE_SSD=1 cargo test -p sample-authority --test it ssd::page::` writes the tables anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use super::results::{DATES, issues, write};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ssd.md");
const BEGIN: &str = "<!-- systems: written by tools/sample-authority/tests/it/ssd/page.rs -->";
const END: &str = "<!-- end of systems -->";

const SYSTEMS: [(&str, &str, &[&str]); 5] = [
    ("SystemC", "systemc", &[]),
    ("Mosaic, first scripts", "mosaic", &[]),
    ("Mosaic, scripts of Essex", "mosaic", &["essex"]),
    ("Mosaic, scripts for a data warehouse", "mosaic", &["mp"]),
    ("Eclipse", "eclipse", &[]),
];

/// What became of a measure in months in which it is another.
#[derive(Default)]
struct Fate {
    not_supplied: usize,
    other: usize,
    warnings: BTreeSet<String>,
}

impl Fate {
    fn in_words(&self) -> String {
        let months = |count: usize| if count == 1 { "1 month".to_owned() } else { format!("{count} months") };
        let mut words = Vec::new();
        if self.not_supplied > 0 {
            words.push(format!("`not_supplied` in {}", months(self.not_supplied)));
        }
        if self.other > 0 {
            words.push(format!("another figure in {}", months(self.other)));
        }
        words.join(", ")
    }
}

fn tables() -> String {
    let mut page = String::new();
    for (title, system, variants) in SYSTEMS {
        let written = write(system, variants, true, DATES);
        let _ = write!(page, "\n### {title}\n\n| issue | tables |\n|---|---|\n");
        for (code, tables) in issues(&written.ssd) {
            let tables: Vec<String> = tables.iter().map(|table| format!("`{table}`")).collect();
            let _ = writeln!(page, "| `{code}` | {} |", tables.join(", "));
        }
        let mut fates: BTreeMap<&str, Fate> = BTreeMap::new();
        for difference in &written.differences {
            let fate = fates.entry(&difference.measure).or_default();
            match difference.is_not_supplied() {
                true => fate.not_supplied += 1,
                false => {
                    fate.other += 1;
                    if difference.has_more_unknown() {
                        fate.warnings.insert("more cases are `unknown`".to_owned());
                    }
                }
            }
            let missing = difference.ssd.missing_tables.iter();
            fate.warnings.extend(missing.map(|name| format!("`missing_tables`: `{name}`")));
            fate.warnings.extend(difference.warnings().iter().map(|warning| format!("`{warning}`")));
        }
        page.push_str("\n| measure | with what the scripts leave out | reported by |\n|---|---|---|\n");
        for (measure, fate) in fates {
            let warnings: Vec<&str> = fate.warnings.iter().map(String::as_str).collect();
            let warnings = if warnings.is_empty() { "nothing".to_owned() } else { warnings.join(", ") };
            let _ = writeln!(page, "| `{measure}` | {} | {warnings} |", fate.in_words());
        }
    }
    page
}

#[test]
fn the_page_has_what_each_system_needs_and_loses() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (head, rest) = page.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let renewed = format!("{head}{BEGIN}\n{}\n{END}{tail}", tables());
    if std::env::var_os("WRITE_SSD").is_some() {
        fs::write(PAGE, renewed).unwrap();
    } else {
        assert_eq!(page, renewed, "WRITE_SSD=1 writes it anew");
    }
}
