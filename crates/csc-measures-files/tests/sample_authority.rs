//! The committed sample authority: what its generator writes, to the byte, and all that it is there to show.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use csc_measures::tables::Table;
use csc_measures::{Month, Options, Outcome, Scorecard};
use csc_measures_files::read_folder;

type Done = Result<(), Box<dyn Error>>;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

/// Runs the built example, which `cargo test` puts beside the tests in the target folder.
fn generate(children: &str, seed: &str, folder: &Path, names: &str) -> Done {
    let test = std::env::current_exe()?;
    let target = test.ancestors().nth(2).ok_or("the test is in no target folder")?;
    let example: PathBuf =
        target.join("examples").join(format!("sample_authority{}", std::env::consts::EXE_SUFFIX));
    let status = Command::new(&example)
        .args(["--children", children, "--seed", seed, "--names", names, "--out"])
        .arg(folder)
        .status()
        .map_err(|error| format!("{} (`cargo build --examples` makes it): {error}", example.display()))?;
    assert!(status.success());
    Ok(())
}

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

fn scorecard() -> Result<Scorecard, Box<dyn Error>> {
    let (from, to): (Month, Month) = ("2015-04".parse()?, "2017-03".parse()?);
    Ok(read_folder(COMMITTED)?.scorecard(from, to, &Options::default())?)
}

#[test]
fn the_committed_sample_is_what_the_generator_writes() -> Done {
    let about: serde_json::Value =
        serde_json::from_slice(&fs::read(Path::new(COMMITTED).join("about.json"))?)?;
    let folder = tempfile::tempdir()?;
    generate(&about["children"].to_string(), &about["seed"].to_string(), folder.path(), "own")?;
    let (committed, made) = (files(Path::new(COMMITTED))?, files(folder.path())?);
    assert_eq!(committed.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    for (name, bytes) in &committed {
        assert!(made.get(name) == Some(bytes), "{name} differs from what the generator writes");
    }
    Ok(())
}

#[test]
fn every_table_has_rows_that_are_used() -> Done {
    let counts = read_folder(COMMITTED)?.tables();
    assert_eq!(counts.len(), Table::ALL.len());
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
        "unknown_person",
    ];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), all);
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
fn the_names_of_the_dataset_change_nothing_but_names() -> Done {
    let (own, ssd) = (tempfile::tempdir()?, tempfile::tempdir()?);
    generate("60", "5", own.path(), "own")?;
    generate("60", "5", ssd.path(), "ssd")?;
    let text = |folder: &Path, table: &str| fs::read_to_string(folder.join(format!("{table}.csv")));
    for table in Table::ALL {
        let plain = text(own.path(), table.name())?;
        let named = text(ssd.path(), table.ssd_name().unwrap_or(table.name()))?;
        let header: Vec<&str> =
            table.columns().iter().map(|column| column.ssd.unwrap_or(column.name)).collect();
        let (_, rows) = plain.split_once('\n').ok_or("no header")?;
        assert_eq!(named.split_once('\n'), Some((header.join(",").as_str(), rows)), "{table}");
    }
    Ok(())
}
