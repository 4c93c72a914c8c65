//! Several sources into one dataset.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csc_measures::tables::Table;
use csc_measures::{ColumnNames, Dataset, DatasetBuilder, DateForm, Dates, UnknownColumns};
use serde::Serialize;

use super::SourceKind;
use super::find::Found;
use crate::annex_a::{self, AnnexA};
use crate::derived::Derived;
use crate::entry::IgnoredFile;
use crate::memory::{MEMORY_LIMIT, Memory};
use crate::reader::{CHUNK_ROWS, Progress, Watcher, read_files};
use crate::return_year::ReturnYear;
use crate::{ReadError, SourceWarning, cin_census, csc_api, csww, ssda903};

/// Reads files and folders of any kind: tables, and returns as councils send them.
///
/// # Errors
/// As [`SourceReader::open`] and [`SourceReader::read`].
pub fn read_sources(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Dataset, ReadError> {
    SourceReader::open(paths)?.read()
}

/// A source that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// What it is.
    #[serde(rename = "source")]
    pub kind: SourceKind,
    /// Its files, by name.
    pub files: Vec<String>,
    /// The tables that are taken from it; empty before it was read.
    pub tables: Vec<Table>,
    /// The day that it is as at; `None` if it covers every month, and before it was read.
    pub as_at: Option<NaiveDate>,
    /// The years that a return of several years is of, each by the calendar year in which it ends on 31 March; empty
    /// for other sources, and before it was read.
    pub years: Vec<i32>,
    /// What is to be told of the years; empty before it was read.
    pub warnings: Vec<SourceWarning>,
}

/// Reads several sources into one dataset, and says where each table came from.
///
/// A folder has tables, one a file, or returns: SSDA903 (CSV), the children in need census (XML), Annex A (an
/// Excel workbook), the children's social care API (JSON), the social work workforce census (XML), all known by
/// what is in them. Files of one kind are one source, such as the censuses of several years.
///
/// # Examples
///
/// ## Two returns that both have persons
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// use csc_measures::tables::Table;
/// use csc_measures_files::{SourceKind, SourceReader};
///
/// std::fs::create_dir(folder.join("ssda903"))?;
/// std::fs::write(folder.join("ssda903/header.csv"), "CHILD,SEX,DOB,ETHNIC,UPN\n7,1,01/02/2010,WBRI,UN1\n")?;
/// std::fs::write(
///     folder.join("census.xml"),
///     "<Message><Children><Child><ChildIdentifiers><LAchildID>8</LAchildID></ChildIdentifiers></Child></Children></Message>",
/// )?;
///
/// // both have the table of persons
/// let paths = [folder.join("ssda903"), folder.join("census.xml")];
/// let error = SourceReader::open(&paths)?.read().unwrap_err();
/// assert!(error.to_string().starts_with("table `persons` is in two sources: ssda903 and cin_census"));
///
/// let mut reader = SourceReader::open(&paths)?.choose(Table::Persons, SourceKind::CinCensus);
/// let dataset = reader.read()?;
/// assert_eq!(dataset.person_count(), 2);
/// let census = &reader.sources()[1];
/// assert_eq!((census.kind, census.tables.contains(&Table::Referrals)), (SourceKind::CinCensus, true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SourceReader<'p> {
    found: Found,
    sources: Vec<Source>,
    ignored: Vec<IgnoredFile>,
    choices: BTreeMap<Table, SourceKind>,
    dates: Dates,
    unknown_columns: UnknownColumns,
    names: ColumnNames,
    extract_day: Option<NaiveDate>,
    chunk_rows: NonZeroUsize,
    memory_limit: u64,
    as_at: Option<NaiveDate>,
    watcher: Option<Watcher<'p>>,
}

impl<'p> SourceReader<'p> {
    /// Looks at what is there. Of returns only so much is read as shows what they are.
    ///
    /// # Errors
    /// A path that is not there or holds nothing to read, a folder that cannot be listed, a table in two files,
    /// two workbooks, two workforce censuses.
    pub fn open(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Self, ReadError> {
        let mut found = Found::default();
        for path in paths {
            found.look_at(path.as_ref())?;
        }
        if SourceKind::ALL.into_iter().all(|kind| found.files(kind).is_empty()) {
            return Err(ReadError::NothingGiven);
        }
        found.tables.sort_by_key(|file| file.table);
        for paths in [&mut found.censuses, &mut found.workbooks, &mut found.api, &mut found.workforce] {
            unique(paths);
        }
        found.ssda903.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.ssda903.dedup();
        if let [_, second, ..] = found.files(SourceKind::AnnexA).as_slice() {
            return Err(ReadError::Workbook {
                file: second.clone(),
                message: "expected one workbook at a time: each is as at its own day".to_owned(),
            });
        }
        if let [_, second, ..] = found.files(SourceKind::Csww).as_slice() {
            return Err(ReadError::Xml {
                file: second.clone(),
                message: "expected one workforce census at a time: each is as at its own day".to_owned(),
            });
        }
        let sources = SourceKind::ALL
            .into_iter()
            .map(|kind| Source {
                kind,
                files: found.files(kind),
                tables: Vec::new(),
                as_at: None,
                years: Vec::new(),
                warnings: Vec::new(),
            })
            .filter(|source| !source.files.is_empty())
            .collect();
        Ok(Self {
            ignored: std::mem::take(&mut found.ignored),
            found,
            sources,
            choices: BTreeMap::new(),
            dates: Dates::default(),
            unknown_columns: UnknownColumns::default(),
            names: ColumnNames::default(),
            extract_day: None,
            chunk_rows: CHUNK_ROWS,
            memory_limit: MEMORY_LIMIT,
            as_at: None,
            watcher: None,
        })
    }

    /// Which source a table is taken from, if several have it. For `persons` the chosen source decides a child's
    /// details; children whom only another return has are taken from that one.
    #[must_use]
    pub fn choose(mut self, table: Table, kind: SourceKind) -> Self {
        self.choices.insert(table, kind);
        self
    }

    /// How dates are written in the text columns of tables; `YYYY-MM-DD` unless told. Returns have their own form.
    #[must_use]
    pub fn date_form(self, form: DateForm) -> Self {
        self.dates(form.into())
    }

    /// How dates are written in the text columns of tables, table by table.
    #[must_use]
    pub fn dates(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }

    /// What becomes of the columns that a table does not know; they are passed over unless told. Whoever reads the
    /// data learns of those that [nearly have the name](csc_measures::ColumnReport::near_miss) of an absent one.
    #[must_use]
    pub fn unknown_columns(mut self, unknown_columns: UnknownColumns) -> Self {
        self.unknown_columns = unknown_columns;
        self
    }

    /// The day on which tables of the Standard Safeguarding Dataset were extracted; unless told, the
    /// [latest on which anything was recorded](csc_measures::DatasetBuilder::extract_day).
    #[must_use]
    pub fn extract_day(mut self, day: NaiveDate) -> Self {
        self.extract_day = Some(day);
        self
    }

    /// The columns that tables call otherwise than the library does.
    #[must_use]
    pub fn columns(mut self, names: ColumnNames) -> Self {
        self.names = names;
        self
    }

    /// The day that an Annex A workbook is as at; unless given, the latest on which anything in it happened.
    #[must_use]
    pub fn as_at(mut self, day: NaiveDate) -> Self {
        self.as_at = Some(day);
        self
    }

    /// How many bytes of memory what is read may be held in, about; 4 GiB unless told. More is an error that names the
    /// file with which it is too much.
    #[must_use]
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.memory_limit = bytes;
        self
    }

    /// Whom to tell, now and then, how far the reading has come.
    #[must_use]
    pub fn on_progress(mut self, watcher: impl FnMut(&Progress<'_>) + 'p) -> Self {
        self.watcher = Some(Box::new(watcher));
        self
    }

    /// What was found, and once it was read which tables came from where.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Everything else in the folders, and the sheets of a workbook that are not read.
    #[must_use]
    pub fn ignored(&self) -> &[IgnoredFile] {
        &self.ignored
    }

    /// Reads the sources.
    ///
    /// # Errors
    /// See [`ReadError`]; [`ReadError::TableInSources`] if two sources have a table and none is chosen,
    /// [`ReadError::NoWorkbook`] if a day is given for no workbook.
    pub fn read(&mut self) -> Result<Dataset, ReadError> {
        if self.as_at.is_some() && self.found.workbooks.is_empty() {
            return Err(ReadError::NoWorkbook);
        }
        let mut meter =
            Meter { read: BTreeMap::new(), total: self.found.bytes(), watcher: self.watcher.take() };
        let read = self.read_watched(&mut meter);
        self.watcher = meter.watcher;
        read
    }

    fn read_watched(&mut self, meter: &mut Meter<'p>) -> Result<Dataset, ReadError> {
        self.found.check_sizes()?;
        let memory = Memory::new(self.memory_limit);
        let returns = Returns::read(&self.found, self.as_at, &memory, meter)?;
        self.found.check_sizes()?;
        let sheets = returns.annex_a.iter().flat_map(|of| &of.ignored);
        let elements = returns.cin_census.iter().flat_map(|of| &of.ignored);
        let of_workers = returns.csww.iter().flat_map(|of| &of.ignored);
        for part in sheets.chain(elements).chain(of_workers) {
            if !self.ignored.contains(part) {
                self.ignored.push(part.clone());
            }
        }
        let mut derived = returns.tables();
        let owners = self.owners(&derived)?;
        join_persons(&mut derived, owners.get(&Table::Persons).copied());
        for (kind, _, tables) in &derived {
            let file = self.found.files(*kind).into_iter().next().unwrap_or_default();
            memory.hold(tables.iter().map(Derived::held).sum(), &file)?;
        }

        let mut builder = Dataset::builder();
        builder.dates(self.dates.clone()).unknown_columns(self.unknown_columns).columns(self.names.clone());
        builder.memory_limit(memory.left());
        if let Some(day) = self.extract_day {
            builder.extract_day(day);
        }
        let is_of = |table: Table, kind: SourceKind| owners.get(&table) == Some(&kind);
        let mut files = std::mem::take(&mut self.found.tables);
        files.retain(|file| is_of(file.table, SourceKind::Tables));
        let read = read_files(&mut files, self.chunk_rows, &mut builder, &mut |file, rows, bytes| {
            meter.tell(&file.name, Some(file.table), rows, bytes);
        });
        self.found.tables = files;
        read?;
        for (kind, form, tables) in &derived {
            builder.date_form(*form);
            for table in tables.iter().filter(|table| table.of().is_some_and(|of| is_of(of, *kind))) {
                add(&mut builder, *kind, table)?;
            }
        }
        for source in &mut self.sources {
            source.tables = Table::ALL.iter().copied().filter(|table| is_of(*table, source.kind)).collect();
            source.as_at = match source.kind {
                SourceKind::AnnexA => returns.annex_a.as_ref().map(|of| of.as_at),
                SourceKind::Csww => returns.csww.as_ref().map(|of| of.as_at),
                _ => None,
            };
            (source.years, source.warnings) = returns.years(source.kind);
        }
        builder.check_names().map_err(|error| ReadError::Names { error })?;
        Ok(builder.build())
    }

    /// The source that each table is taken from.
    fn owners(&self, derived: &[OfKind<'_>]) -> Result<BTreeMap<Table, SourceKind>, ReadError> {
        let of_tables = self.found.tables.iter().map(|file| (file.table, SourceKind::Tables));
        let of_returns = derived
            .iter()
            .flat_map(|(kind, _, tables)| tables.iter().filter_map(|table| Some((table.of()?, *kind))));
        let mut all: BTreeMap<Table, Vec<SourceKind>> = BTreeMap::new();
        for (table, kind) in of_tables.chain(of_returns) {
            all.entry(table).or_default().push(kind);
        }
        for (table, kind) in &self.choices {
            if !all.get(table).is_some_and(|kinds| kinds.contains(kind)) {
                return Err(ReadError::NotInSource { table: *table, source_kind: *kind });
            }
        }
        let owner =
            |(table, kinds): (Table, Vec<SourceKind>)| match (self.choices.get(&table), kinds.as_slice()) {
                (Some(kind), _) => Ok((table, *kind)),
                (None, [kind]) => Ok((table, *kind)),
                _ => Err(ReadError::TableInSources { table, sources: kinds }),
            };
        all.into_iter().map(owner).collect()
    }
}

/// The tables of a return, with the form of their dates.
type OfKind<'a> = (SourceKind, DateForm, Vec<Derived<'a>>);

/// The returns, as they stand in their files.
struct Returns {
    ssda903: Option<ssda903::Return>,
    cin_census: Option<cin_census::Children>,
    annex_a: Option<AnnexA>,
    csc_api: Option<csc_api::Children>,
    csww: Option<csww::Census>,
}

impl Returns {
    fn read(
        found: &Found,
        as_at: Option<NaiveDate>,
        memory: &Memory,
        meter: &mut Meter<'_>,
    ) -> Result<Self, ReadError> {
        let mut told = |file: &str, bytes: u64| meter.tell(file, None, 0, bytes);
        let ssda903 = match found.ssda903.as_slice() {
            [] => None,
            files => Some(ssda903::Return::read(files, memory, &mut told)?),
        };
        let cin_census = match found.censuses.as_slice() {
            [] => None,
            files => Some(cin_census::Children::read(files, memory, &mut told)?),
        };
        let annex_a = match found.workbooks.first() {
            None => None,
            Some(file) => Some(AnnexA::read(file, as_at, memory, &mut told)?),
        };
        let csc_api = match found.api.as_slice() {
            [] => None,
            files => Some(csc_api::Children::read(files, memory, &mut told)?),
        };
        let csww = match found.workforce.first() {
            None => None,
            Some(file) => Some(csww::Census::read(file, memory, &mut told)?),
        };
        Ok(Self { ssda903, cin_census, annex_a, csc_api, csww })
    }

    /// The years that a return is of, and what is to be told of them.
    fn years(&self, kind: SourceKind) -> (Vec<i32>, Vec<SourceWarning>) {
        let (years, warnings) = match kind {
            SourceKind::Ssda903 => self.ssda903.as_ref().map(|of| (of.years(), of.warnings())),
            SourceKind::CinCensus => self.cin_census.as_ref().map(|of| (of.years(), of.warnings())),
            _ => None,
        }
        .unwrap_or_default();
        (years.into_iter().map(ReturnYear::number).collect(), warnings)
    }

    fn tables(&self) -> Vec<OfKind<'_>> {
        let ssda903 = self.ssda903.as_ref().map(|of| (SourceKind::Ssda903, ssda903::FORM, of.tables()));
        let census =
            self.cin_census.as_ref().map(|of| (SourceKind::CinCensus, cin_census::FORM, of.tables()));
        let annex_a = self.annex_a.as_ref().map(|of| (SourceKind::AnnexA, annex_a::FORM, of.tables()));
        let api = self.csc_api.as_ref().map(|of| (SourceKind::CscApi, csc_api::FORM, of.tables()));
        let csww = self.csww.as_ref().map(|of| (SourceKind::Csww, csww::FORM, of.tables()));
        [ssda903, census, annex_a, api, csww].into_iter().flatten().collect()
    }
}

/// Takes the children whom the chosen return does not know from the others: without them, their ages were lost.
fn join_persons(derived: &mut [OfKind<'_>], chosen: Option<SourceKind>) {
    const NAME: &str = "persons";
    let mut others = Vec::new();
    for (_, form, tables) in derived.iter_mut().filter(|(kind, ..)| Some(*kind) != chosen) {
        if let Some(place) = tables.iter().position(|table| table.table() == NAME) {
            others.push((*form, tables.remove(place)));
        }
    }
    let Some((_, form, tables)) = derived.iter_mut().find(|(kind, ..)| Some(*kind) == chosen) else { return };
    let Some(persons) = tables.iter_mut().find(|table| table.table() == NAME) else { return };
    for (other_form, other) in others {
        persons.join(other, "person_id", (*form, other_form));
    }
}

fn add(builder: &mut DatasetBuilder, kind: SourceKind, table: &Derived<'_>) -> Result<(), ReadError> {
    table
        .add_to(builder, kind.as_str())
        .map_err(|error| ReadError::Table { file: kind.title().to_owned(), error })
}

fn unique(paths: &mut Vec<PathBuf>) {
    paths.sort_unstable();
    paths.dedup();
}

/// How far the reading of all files has come.
struct Meter<'p> {
    read: BTreeMap<String, u64>,
    total: u64,
    watcher: Option<Watcher<'p>>,
}

impl Meter<'_> {
    fn tell(&mut self, file: &str, table: Option<Table>, rows: u64, bytes: u64) {
        let Some(watcher) = &mut self.watcher else { return };
        self.read.insert(file.to_owned(), bytes);
        let bytes = self.read.values().sum::<u64>().min(self.total);
        watcher(&Progress { file, table, rows, bytes, total_bytes: self.total });
    }
}

impl fmt::Debug for SourceReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceReader")
            .field("sources", &self.sources)
            .field("ignored", &self.ignored)
            .field("choices", &self.choices)
            .field("dates", &self.dates)
            .field("unknown_columns", &self.unknown_columns)
            .field("extract_day", &self.extract_day)
            .field("names", &self.names)
            .field("as_at", &self.as_at)
            .field("memory_limit", &self.memory_limit)
            .finish_non_exhaustive()
    }
}
