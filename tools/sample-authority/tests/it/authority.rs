//! The committed sample authority: what its generator writes, to the byte, and all that it is there to show.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use csc_measures::measures::Better;
use csc_measures::tables::Table;
use csc_measures::{Month, Options, Outcome, Scorecard};
use csc_measures_files::read_folder;
use serde_json::Value;

use crate::sample::{COMMITTED, Done, generate, tables};

/// The generated files of a folder, by name.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "csv" || extension == "json") {
            files.insert(
                path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                fs::read(&path)?,
            );
        }
    }
    Ok(files)
}

fn about(folder: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(folder.join("about.json"))?)?)
}

fn scorecard() -> Result<Scorecard, Box<dyn Error>> {
    let about = about(Path::new(COMMITTED))?;
    let month = |key: &str| about.get(key).and_then(Value::as_str).unwrap_or_default().parse::<Month>();
    Ok(read_folder(COMMITTED)?.scorecard(month("from")?, month("to")?, &Options::default())?)
}

/// How many issues of each code the library reports.
fn issues(folder: &Path) -> Result<BTreeMap<String, u64>, Box<dyn Error>> {
    let mut counts = BTreeMap::new();
    for issue in read_folder(folder)?.issues() {
        *counts.entry(issue.code().as_str().to_owned()).or_default() += 1;
    }
    Ok(counts)
}

#[test]
fn the_committed_sample_is_what_the_generator_writes() -> Done {
    let about = about(Path::new(COMMITTED))?;
    let folder = tempfile::tempdir()?;
    generate(
        &["--children", &about["children"].to_string(), "--seed", &about["seed"].to_string()],
        folder.path(),
    )?;
    let (committed, made) = (files(Path::new(COMMITTED))?, files(folder.path())?);
    assert_eq!(committed.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    for (name, bytes) in &committed {
        assert!(made.get(name) == Some(bytes), "{name} differs from what the generator writes");
    }
    Ok(())
}

#[test]
fn the_page_tells_the_figures_of_the_county() -> Done {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sample-authority.md");
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("page.md");
    fs::copy(page, &copy)?;
    let path = copy.display().to_string();
    generate(&["--children", "29000", "--seed", "2817", "--page", &path], &folder.path().join("county"))?;
    let renewed = fs::read_to_string(&copy)?;
    let stale = fs::read_to_string(page)?.replace("\r\n", "\n") != renewed;
    assert!(!stale, "docs/sample-authority.md is stale: make the county again with `--page` as it tells");
    Ok(())
}

#[test]
fn every_table_has_rows_that_are_used() -> Done {
    let counts = read_folder(COMMITTED)?.tables();
    assert_eq!(counts.len(), tables().count());
    for count in counts {
        assert!(count.used > 0, "{}", count.table);
    }
    Ok(())
}

#[test]
fn every_fault_of_a_record_occurs() -> Done {
    let dataset = read_folder(COMMITTED)?;
    let codes: BTreeSet<&str> = dataset.issues().iter().map(|issue| issue.code().as_str()).collect();
    let all = [
        "bad_date",
        "bad_row",
        "bad_value",
        "dangling_reference",
        "duplicate_id",
        "end_before_start",
        "missing_required",
        "overlapping_plans",
        "review_out_of_chain",
        "unknown_code",
        "unknown_person",
    ];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), all);
    Ok(())
}

#[test]
fn the_issues_are_the_faults_that_were_made_and_no_others() -> Done {
    let made = |folder: &Path| -> Result<BTreeMap<String, u64>, Box<dyn Error>> {
        Ok(serde_json::from_value(about(folder)?["faults"].clone())?)
    };
    assert_eq!(issues(Path::new(COMMITTED))?, made(Path::new(COMMITTED))?);
    for seed in ["1", "2", "3"] {
        let folder = tempfile::tempdir()?;
        generate(&["--children", "5000", "--seed", seed], folder.path())?;
        assert_eq!(issues(folder.path())?, made(folder.path())?, "seed {seed}");
    }
    Ok(())
}

#[test]
fn faults_strike_rows_and_never_journeys() -> Done {
    let (clean, faulty) = (tempfile::tempdir()?, tempfile::tempdir()?);
    generate(&["--children", "800", "--seed", "4", "--clean"], clean.path())?;
    generate(&["--children", "800", "--seed", "4"], faulty.path())?;
    // Tables in which rows were added under a new id have other ids from there on.
    for table in tables().filter(|table| !matches!(table, Table::CpPlans | Table::CpReviews)) {
        let lines = |folder: &Path| -> Result<BTreeSet<String>, Box<dyn Error>> {
            let text = fs::read_to_string(folder.join(format!("{table}.csv")))?;
            Ok(text.lines().map(str::to_owned).collect())
        };
        let (without, with) = (lines(clean.path())?, lines(faulty.path())?);
        let changed = without.difference(&with).count();
        assert!(changed * 50 <= without.len(), "{table}: {changed} of {}", without.len());
    }
    Ok(())
}

#[test]
fn every_outcome_occurs_and_nothing_is_not_supplied() -> Done {
    let scorecard = scorecard()?;
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for result in scorecard.results() {
        assert!(result.missing_tables.is_empty(), "{:?} {:?}", result.measure, result.missing_tables);
        for (outcome, count) in result.outcomes.iter() {
            *seen.entry(outcome.as_str()).or_default() += count;
        }
    }
    for outcome in Outcome::ALL {
        assert!(seen.contains_key(outcome.as_str()), "{outcome:?}");
    }
    Ok(())
}

#[test]
fn a_year_after_the_record_begins_no_history_is_short() -> Done {
    // Second plans look five years back, and the register of plans goes that far.
    let scorecard = scorecard()?;
    let second: Month = "2015-05".parse()?;
    let is_short = |month: Month| {
        scorecard
            .results()
            .iter()
            .any(|result| result.month == month && result.warnings.iter().any(|text| text == "short_history"))
    };
    assert!(is_short("2014-10".parse()?));
    for step in 0..59 {
        assert!(!is_short(second.plus(step)), "{}", second.plus(step));
    }
    Ok(())
}

#[test]
fn the_scorecard_sees_what_followed_the_inspection() -> Done {
    let scorecard = scorecard()?;
    let share = |measure: &str, last: &str| -> Result<(i64, i64), Box<dyn Error>> {
        let last: Month = last.parse()?;
        let results: Vec<_> =
            (-11..=0).filter_map(|step| scorecard.result(measure, last.plus(step))).collect();
        let part = results.iter().filter_map(|result| result.numerator).map(|amount| amount.thousandths());
        let whole = results.iter().filter_map(|result| result.denominator).map(|amount| amount.thousandths());
        Ok((part.sum(), whole.sum()))
    };
    for measure in ["O2.M3", "O3.M2", "O3.M4", "O3.M5", "O3.M6", "O3.M7", "O5.M1", "O6.M10"] {
        assert_eq!(scorecard.plan().row(measure)?.better(), Better::Higher);
        let (found, of) = share(measure, "2016-11")?;
        let (mended, mended_of) = share(measure, "2019-03")?;
        // At least four points in a hundred better.
        assert!(mended * of * 100 >= (found * 100 + of * 4) * mended_of, "{measure}");
    }
    Ok(())
}

#[test]
fn the_names_of_the_dataset_change_nothing_but_names() -> Done {
    let (own, ssd) = (tempfile::tempdir()?, tempfile::tempdir()?);
    generate(&["--children", "60", "--seed", "5"], own.path())?;
    generate(&["--children", "60", "--seed", "5", "--names", "ssd"], ssd.path())?;
    let text = |folder: &Path, table: &str| fs::read_to_string(folder.join(format!("{table}.csv")));
    for table in tables() {
        let plain = text(own.path(), table.name())?;
        let named = text(ssd.path(), table.ssd_name().unwrap_or(table.name()))?;
        let header: Vec<&str> =
            table.columns().iter().map(|column| column.ssd.unwrap_or(column.name)).collect();
        let (_, rows) = plain.split_once('\n').ok_or("no header")?;
        assert_eq!(named.split_once('\n'), Some((header.join(",").as_str(), rows)), "{table}");
    }
    Ok(())
}
