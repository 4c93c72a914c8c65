//! The council's tables: one CSV file each, written row by row, with ids that count up.

use std::error::Error;
use std::fs::{File, create_dir_all};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csc_measures::TableRow;
use csc_measures::tables::Table;
use serde::Serialize;

use crate::contents;
use crate::diary::Diary;
use crate::faults::Faults;
use crate::posts::Staff;

/// The names that the files and their columns bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Names {
    /// Those of the input tables.
    Own,
    /// Those of the Standard Safeguarding Dataset, if it has one.
    Ssd,
}

impl Names {
    fn pick(self, own: &'static str, ssd: Option<&'static str>) -> &'static str {
        match self {
            Self::Own => own,
            Self::Ssd => ssd.unwrap_or(own),
        }
    }

    /// The file of a table.
    pub(crate) fn path(self, folder: &Path, table: Table) -> PathBuf {
        folder.join(format!("{}.csv", self.pick(table.name(), table.ssd_name())))
    }
}

/// The council: its tables, its working week and its staff.
pub(crate) struct Council {
    /// By the place of the table in the list of all; none for one that is not written.
    tables: Vec<Option<TableFile>>,
    rows: u64,
    care_periods: u64,
    carers: u64,
    failure: Option<csv::Error>,
    /// The children on record, and since when.
    pub(crate) children: Vec<(String, NaiveDate)>,
    pub(crate) diary: Diary,
    pub(crate) faults: Faults,
    pub(crate) staff: Staff,
}

struct TableFile {
    writer: csv::Writer<File>,
    prefix: String,
    numbered: u64,
}

impl Council {
    /// Opens every table with its header.
    pub(crate) fn open(folder: &Path, names: Names, faults: Faults) -> Result<Self, Box<dyn Error>> {
        create_dir_all(folder)?;
        let mut tables = Vec::new();
        for table in Table::ALL {
            if !contents::has(*table) {
                tables.push(None);
                continue;
            }
            let path = names.path(folder, *table);
            let mut writer = csv::WriterBuilder::new()
                .has_headers(false)
                // A ragged line is one of the faults that a reader must bear.
                .flexible(true)
                .buffer_capacity(1 << 16)
                .from_path(path)?;
            writer.write_record(table.columns().iter().map(|column| names.pick(column.name, column.ssd)))?;
            tables.push(Some(TableFile { writer, prefix: prefix(table.name()), numbered: 0 }));
        }
        Ok(Self {
            tables,
            rows: 0,
            care_periods: 0,
            carers: 0,
            failure: None,
            children: Vec::new(),
            diary: Diary::new(),
            faults,
            staff: Staff::default(),
        })
    }

    /// The next id of a table.
    pub(crate) fn id(&mut self, table: Table) -> String {
        let file = self.tables.get_mut(table as usize).and_then(Option::as_mut);
        file.map_or_else(String::new, |file| {
            file.numbered += 1;
            format!("{}{}", file.prefix, file.numbered)
        })
    }

    /// The next id of a period of care.
    pub(crate) fn care_period(&mut self) -> String {
        self.care_periods += 1;
        format!("CARE{}", self.care_periods)
    }

    /// The next id of a household of carers.
    pub(crate) fn carer(&mut self) -> String {
        self.carers += 1;
        format!("HOME{}", self.carers)
    }

    /// How many rows there are so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes a row, or what a fault makes from it. [`finish`](Self::finish) reports a failure to write.
    pub(crate) fn add<R: TableRow + Serialize>(&mut self, row: &R) {
        let Some(Some(file)) = self.tables.get_mut(R::TABLE as usize) else { return };
        self.rows += 1;
        let written = match self.faults.strikes(R::TABLE) {
            None => file.writer.serialize(row),
            Some(fault) => fields(row).and_then(|fields| {
                self.faults.spoil(fault, fields).iter().try_for_each(|row| file.writer.write_record(row))
            }),
        };
        self.failure = self.failure.take().or(written.err());
    }

    /// Writes out what is left.
    pub(crate) fn finish(mut self) -> Result<Faults, Box<dyn Error>> {
        if let Some(failure) = self.failure {
            return Err(failure.into());
        }
        for file in self.tables.iter_mut().flatten() {
            file.writer.flush()?;
        }
        Ok(self.faults)
    }
}

/// The fields of a row as they are written.
fn fields(row: &impl Serialize) -> Result<Vec<String>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.serialize(row)?;
    let line = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record)?;
    Ok(record.iter().map(str::to_owned).collect())
}

/// `CPVIS` of `cp_visits`: the first letters of the first two words.
pub(crate) fn prefix(table: &str) -> String {
    table.split('_').take(2).flat_map(|word| word.chars().take(3)).collect::<String>().to_uppercase()
}
