//! The files of a dataset, one after another.

use std::error::Error;
use std::fs::{create_dir_all, remove_file};
use std::path::Path;

use csc_measures::tables::Table;

use super::choice::{Choice, Dataset, Variant};
use super::extract::Extract;
use super::sheet::{Sheet, Values};
use super::{
    care_plans, child_protection, conferences, cp_visits, ending_care, episodes, held, ids, in_need, legal,
    people, placements, reviews, visits, well_being, workforce,
};
use crate::contents;
use crate::council::Names;
use crate::done::Done;
use crate::tables::Tables;

/// Makes a file of the dataset.
type Make = fn(&Extract<'_>) -> Result<Sheet, Box<dyn Error>>;

/// Those that every script makes.
const FILES: [Make; 22] = [
    people::persons,
    people::immigration,
    people::disabilities,
    in_need::referrals,
    in_need::assessments,
    in_need::plans,
    visits::in_need,
    conferences::enquiries,
    conferences::conferences,
    child_protection::plans,
    child_protection::reviews,
    cp_visits::visits,
    episodes::episodes,
    legal::legal_statuses,
    placements::placements,
    reviews::reviews,
    care_plans::care_plans,
    ending_care::care_leavers,
    ending_care::permanence,
    workforce::departments,
    workforce::professionals,
    workforce::involvements,
];

/// Tables that some scripts write as a row of nulls.
const OF_NULLS: [(&str, &[&str]); 2] = [
    (
        "ssd_missing",
        &[
            "miss_table_id",
            "miss_person_id",
            "miss_missing_episode_start_date",
            "miss_missing_episode_type",
            "miss_missing_episode_end_date",
            "miss_missing_rhi_offered",
            "miss_missing_rhi_accepted",
        ],
    ),
    (
        "ssd_cla_health",
        &[
            "clah_health_check_id",
            "clah_person_id",
            "clah_health_check_type",
            "clah_health_check_date",
            "clah_health_check_status",
        ],
    ),
];
/// How many rows of nulls.
const NULLS: usize = 3;

/// Writes the authority, whose tables there are, as it was chosen.
pub(crate) fn write(tables: &Tables<'_>, to: &Path, choice: &Choice, seed: u64) -> Done {
    create_dir_all(to)?;
    clear(to)?;
    match choice.dataset {
        Dataset::Held => held::write(tables, to, choice),
        Dataset::Ssd => write_ssd(tables, to, choice, seed),
    }
}

/// Removes what an earlier run wrote into the folder: a table that this one leaves out is not there.
fn clear(folder: &Path) -> Done {
    for table in Table::ALL.iter().copied() {
        for names in [Names::Own, Names::Ssd] {
            let path = names.path(folder, table);
            if path.exists() {
                remove_file(path)?;
            }
        }
    }
    Ok(())
}

/// Writes the dataset, and the tables that it has none for as they are.
fn write_ssd(tables: &Tables<'_>, to: &Path, choice: &Choice, seed: u64) -> Done {
    let extract = Extract::read(tables, choice, seed)?;
    let save = |sheet: &Sheet| sheet.write(to, choice.style(sheet.name));
    for make in FILES {
        save(&make(&extract)?)?;
    }
    if let Some(sheet) = visits::looked_after(&extract)? {
        save(&sheet)?;
    }
    if choice.is(Variant::TableOfNulls) {
        for (name, columns) in OF_NULLS {
            let mut sheet = Sheet::new(name, columns);
            (0..NULLS).for_each(|_| sheet.add(Values::default()));
            save(&sheet)?;
        }
    } else {
        save(&well_being::missing(&extract)?)?;
        save(&well_being::health(&extract)?)?;
    }
    for table in Table::ALL.iter().copied() {
        if contents::has(table) && table.ssd_name().is_none() && !choice.leaves_out(table) {
            write_own(tables, to, table)?;
        }
    }
    Ok(())
}

/// Writes one of the authority's own tables as it is, but that it names people and workers by their ids in the
/// dataset.
fn write_own(tables: &Tables<'_>, to: &Path, table: Table) -> Done {
    let columns: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
    let mut file = csv::WriterBuilder::new().flexible(true).from_path(tables.names.path(to, table))?;
    file.write_record(&columns)?;
    for row in tables.rows(table)? {
        let values = columns.iter().map(|column| ids::translated(table, column, row.get(column)));
        file.write_record(values.chain(row.rest().iter().cloned()))?;
    }
    file.flush()?;
    Ok(())
}
