//! Tables in: rows are read, checked and made compact as they come, chunk by chunk.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::build::build;
use super::checked::Dataset;
use super::chunk::Chunk;
use super::column_names::{ColumnNames, UnknownColumns};
use super::dates::{DateSource, Dates};
use super::error::DatasetError;
use super::extent::Extent;
use super::header::Header;
use super::issue::{DataIssue, Detail};
use super::loaded::Loaded;
use super::looked_up::TOGETHER;
use super::origin::Origin;
use super::ssd::{self, Frame, Settled, Settling};
use super::store::Sinks;
use super::superseded::Superseded;
use super::supplied::{Supplied, Supply};
use super::told::{ColumnCounts, Told};
use crate::column::{
    Column, DateForm, DateRule, IssueCode, LondonDay, Rows, Scalar, Source, is_null_date, is_whole_number,
};
use crate::tables::{self, ColumnKind, Lack, Need, Table, TableRow};
use crate::time::Day;
use crate::value::index::{at, at_mut, broken};
use crate::value::names::fold_alike;

/// Takes tables and makes a [`Dataset`].
///
/// Each table is given once, as typed rows or as columns in chunks; an empty one is supplied too, and says
/// "there were none", which is not the same as a table that is not supplied.
///
/// # Examples
///
/// ## A child protection plan as a typed row
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::Dataset;
/// use csc_measures::tables::CpPlan;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let mut builder = Dataset::builder();
/// builder.rows(&[CpPlan {
///     cp_plan_id: "CP1".into(),
///     person_id: "P1".into(),
///     start_date: day(2017, 1, 3),
///     end_date: None,
///     other_authority: None,
///     transfer_in: None,
/// }])?;
/// let dataset = builder.build();
/// assert!(dataset.issues().is_empty());
/// # Ok::<(), csc_measures::DatasetError>(())
/// ```
#[derive(Default)]
pub struct DatasetBuilder {
    dates: Dates,
    london: Option<LondonDay>,
    unknown_columns: UnknownColumns,
    names: ColumnNames,
    /// The tables that any such names are of.
    named: BTreeSet<Table>,
    /// The tables that are there only to be looked up.
    looked_up: BTreeSet<Table>,
    memory_limit: Option<u64>,
    loaded: Loaded,
}

impl Dataset {
    /// Starts a dataset.
    #[must_use]
    pub fn builder() -> DatasetBuilder {
        DatasetBuilder::default()
    }
}

impl DatasetBuilder {
    /// How the text dates of the tables that follow are written: `YYYY-MM-DD` and what else is read everywhere,
    /// or `D/M/YYYY` besides.
    pub fn date_form(&mut self, form: DateForm) -> &mut Self {
        self.dates(form.into())
    }

    /// How the text dates of the tables that follow are written, table by table.
    pub fn dates(&mut self, dates: Dates) -> &mut Self {
        self.dates = dates;
        self
    }

    fn date_source(&self, table: Table) -> DateSource {
        (self.dates.of(table), self.london)
    }

    /// Gives the clock of London, on which a text date with a time of day and a zone is read. This crate has no
    /// time zone database; without the clock such a date is a `bad_date`. The crates that read files and Arrow
    /// arrays give it by themselves.
    ///
    /// # Examples
    ///
    /// ## A time in UTC, shortly before midnight
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Rows, Scalar};
    ///
    /// let mut rows = Rows::new(2);
    /// rows.push([Scalar::Text("C1"), Scalar::Text("2017-01-31T23:30:00Z")]);
    /// let mut builder = Dataset::builder();
    /// // a clock without summer time
    /// builder.london(|seconds| i32::try_from(seconds.div_euclid(86_400)).ok());
    /// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
    /// table.chunk(&Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[] })?;
    /// assert!(builder.build().issues().is_empty());
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    pub fn london(&mut self, clock: LondonDay) -> &mut Self {
        self.london = Some(clock);
        self
    }

    /// Sets what happens, in the tables that follow, to columns that a table does not know; by default they are not
    /// read.
    ///
    /// # Examples
    ///
    /// ## A misspelt column is an error
    ///
    /// ```
    /// use csc_measures::{Dataset, UnknownColumns};
    ///
    /// let mut builder = Dataset::builder();
    /// builder.unknown_columns(UnknownColumns::Error);
    /// let error = builder.declare("complaints", &["complaint_id", "received_date", "staje"]).unwrap_err();
    /// let message = "table `complaints` has columns that are not known: `staje` (did you mean `stage`?)";
    /// assert_eq!(error.to_string(), message);
    /// ```
    pub fn unknown_columns(&mut self, unknown_columns: UnknownColumns) -> &mut Self {
        self.unknown_columns = unknown_columns;
        self
    }

    /// The columns that have other names, in the tables that follow, than the library's. Whether every table that they
    /// are of came is [checked](Self::check_names) when all have.
    pub fn columns(&mut self, names: ColumnNames) -> &mut Self {
        self.named.extend(names.tables());
        self.names = names;
        self
    }

    /// Checks, when every table is in, that those whose [columns have names](Self::columns) are among them. The readers
    /// of files do it by themselves. A dataset that is built without says so in its [notices](Dataset::notices).
    ///
    /// # Examples
    ///
    /// ## Names for a table that never came
    ///
    /// ```
    /// use csc_measures::{ColumnNames, Dataset};
    ///
    /// let mut names = ColumnNames::default();
    /// names.call("complaints", "Ref", "complaint_id")?;
    /// let mut builder = Dataset::builder();
    /// builder.columns(names).declare("compliments", &["compliment_id", "received_date"])?;
    /// assert_eq!(
    ///     builder.check_names().unwrap_err().to_string(),
    ///     "`columns` names columns of the table `complaints`, which is not supplied; those that are: `compliments`"
    /// );
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    ///
    /// # Errors
    /// [`DatasetError::CalledTableMissing`] for the first that is not.
    pub fn check_names(&self) -> Result<(), DatasetError> {
        match self.named.iter().find(|table| !self.loaded.supplied.has_table(**table)) {
            None => Ok(()),
            Some(table) => {
                let tables = self.loaded.supplied.iter().map(|(table, _)| table).collect();
                Err(DatasetError::CalledTableMissing { table: *table, tables })
            }
        }
    }

    /// Says that a table is there only to be looked up, and that another part of the authority's rows counts it: which
    /// worker and team a child has is known in each part, and each worker is counted in one. The tables are `workers`,
    /// `involvements`, `care_proceedings` and `final_order_applications`. Such a dataset makes [parts](crate::Part), not
    /// scorecards.
    ///
    /// # Examples
    ///
    /// ## Two parts, of which the second looks workers up
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Options, Rows, Scalar, Scorecard};
    ///
    /// let march = "2017-03".parse()?;
    /// let mut workers = Rows::new(2);
    /// workers.push([Scalar::Text("W1"), Scalar::Text("North")]);
    /// let part = |is_looked_up: bool| -> Result<_, Box<dyn std::error::Error>> {
    ///     let mut builder = Dataset::builder();
    ///     let mut table = builder.table("workers", &["worker_id", "team"])?;
    ///     table.chunk(&Chunk { rows: 1, columns: &workers.columns(), bad_rows: &[] })?;
    ///     if is_looked_up {
    ///         builder.look_up("workers")?;
    ///     }
    ///     Ok(builder.build().part(march, march, &Options::default())?)
    /// };
    /// let card = Scorecard::merge([part(false)?, part(true)?])?;
    /// assert_eq!(card.tables()[0].rows, 1);
    ///
    /// // children are counted, and not looked up
    /// let error = Dataset::builder().look_up("persons").unwrap_err();
    /// assert!(error.to_string().starts_with("table `persons` cannot be there only to be looked up"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A name that no table has, and a table that is counted by its persons or by itself.
    pub fn look_up(&mut self, name: &str) -> Result<&mut Self, DatasetError> {
        let table = Table::by_name(name)?;
        if !TOGETHER.as_flattened().contains(&table) {
            return Err(DatasetError::NotLookedUp { table });
        }
        self.looked_up.insert(table);
        Ok(self)
    }

    /// How many bytes of memory the tables may take, about; without, as many as there are. The chunk with which they
    /// take more is refused.
    ///
    /// # Examples
    ///
    /// ## A thousand bytes for a thousand rows
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Rows, Scalar};
    ///
    /// let mut rows = Rows::new(2);
    /// (0..1000).for_each(|_| rows.push([Scalar::Text("C1"), Scalar::Text("2017-03-01")]));
    /// let mut builder = Dataset::builder();
    /// let mut table = builder.memory_limit(1000).table("compliments", &["compliment_id", "received_date"])?;
    /// let error = table.chunk(&Chunk { rows: 1000, columns: &rows.columns(), bad_rows: &[] }).unwrap_err();
    /// assert!(error.to_string().starts_with("table `compliments`: with it the tables take more than 1000 bytes"));
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    pub fn memory_limit(&mut self, bytes: u64) -> &mut Self {
        self.memory_limit = Some(bytes);
        self
    }

    /// Says on what day the data were extracted. Without, it is the latest date of the visits, of `referral_date` and of
    /// the assessments' `start_date`. It bears on tables of the Standard Safeguarding Dataset: on births that are still
    /// expected, and on care leavers, whose table shows how things stood on that day. The
    /// [quality](Dataset::quality) of the data counts their age from it.
    ///
    /// # Examples
    ///
    /// ## A child who was expected in June
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::{Chunk, Dataset, Rows, Scalar};
    ///
    /// let mut rows = Rows::new(3);
    /// rows.push([Scalar::Text("P1"), Scalar::Null, Scalar::Text("2017-06-01")]);
    /// let mut referrals = Rows::new(3);
    /// referrals.push([Scalar::Text("R1"), Scalar::Text("P1"), Scalar::Text("2017-03-01")]);
    /// let mut builder = Dataset::builder();
    /// builder.extract_day(NaiveDate::from_ymd_opt(2017, 7, 1).unwrap());
    /// let header = ["pers_person_id", "pers_dob", "pers_expected_dob"];
    /// let mut table = builder.table("ssd_person", &header)?;
    /// table.chunk(&Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[] })?;
    /// let header = ["cine_referral_id", "cine_person_id", "cine_referral_date"];
    /// let mut table = builder.table("ssd_cin_episodes", &header)?;
    /// table.chunk(&Chunk { rows: 1, columns: &referrals.columns(), bad_rows: &[] })?;
    /// // by July the child is born
    /// assert_eq!(builder.build().issues()[0].code().as_str(), "estimated_birth");
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    pub fn extract_day(&mut self, day: NaiveDate) -> &mut Self {
        self.loaded.extract_day = Some(Day::new(day));
        self
    }

    /// Takes a table of typed rows. All its columns count as supplied, also those that are null in every row.
    ///
    /// # Errors
    /// [`DatasetError::TableTwice`] if the table is there already.
    pub fn rows<R: TableRow>(&mut self, rows: &[R]) -> Result<&mut Self, DatasetError> {
        // A typed row has the library's own names, whatever the caller's other tables call their columns.
        let mut header = Header::new(R::TABLE, R::TABLE.name(), false, &[]);
        for column in R::TABLE.columns() {
            header.push(column.name);
        }
        let mut values = Rows::new(R::VALUES.len());
        for row in rows {
            values.push(R::VALUES.iter().map(|value| value(row)));
        }
        self.begin(header)?.chunk(&Chunk {
            rows: values.len(),
            columns: &values.columns(),
            bad_rows: &[],
        })?;
        Ok(self)
    }

    /// Starts a table of columns, whose chunks are then given to what is returned.
    ///
    /// `name` and the names of `header` are the table's own or those of the Standard Safeguarding Dataset, in
    /// capitals or small letters, with or without `_`; columns that it does not know are reported
    /// ([`Dataset::columns`]) and not read.
    ///
    /// # Errors
    /// An unknown table, a table or column that is there twice, a required column that is not there.
    pub fn table(&mut self, name: &str, header: &[&str]) -> Result<TableBuilder<'_>, DatasetError> {
        let mut known = self.header(name)?;
        for column in header {
            known.push(column);
        }
        self.begin(known)
    }

    /// A header without columns, of the table of that name, its own or the Standard Safeguarding Dataset's.
    ///
    /// # Errors
    /// [`UnknownTable`](tables::UnknownTable), naming the nearest table.
    pub fn header(&self, name: &str) -> Result<Header, tables::UnknownTable> {
        let (table, is_ssd) = Table::by_either_name(name)?;
        Ok(Header::new(table, name, is_ssd, self.names.of(table)))
    }

    /// Starts a table whose header was looked up before: as [`table`](Self::table), for a reader that asks first
    /// which of the columns are read.
    ///
    /// # Errors
    /// A table or column that is there twice, a required column that is not there.
    pub fn begin(&mut self, mut header: Header) -> Result<TableBuilder<'_>, DatasetError> {
        let table = header.table;
        if let Some(first) = self.loaded.supplied.get(table) {
            return Err(DatasetError::TableTwice { table, first: first.name.clone(), second: header.name });
        }
        let Matched { places, helpers, contested, given_as, unknown, width } = Matched::of(&mut header)?;
        let told = Told::new(table, given_as, unknown);
        for (place, (column, chunk_place)) in table.columns().iter().zip(&places).enumerate() {
            let is_worked_out = || header.is_ssd && is_worked_out(table, column.name, &places, &helpers);
            if column.need != Need::Optional && chunk_place.is_none() && !is_worked_out() {
                let candidates = told.candidates(table, place);
                return Err(DatasetError::MissingColumn { table, column: column.name, candidates });
            }
        }
        if self.unknown_columns == UnknownColumns::Error {
            let columns: Vec<_> =
                told.unknown(table).map(|(given, nearest)| (given.to_owned(), nearest)).collect();
            if !columns.is_empty() {
                return Err(DatasetError::UnknownColumns { table, columns });
            }
        }
        let is_ssd = header.is_ssd;
        self.loaded.supplied.insert(
            table,
            Supply {
                name: header.name,
                is_ssd: header.is_ssd,
                columns: places.iter().map(Option::is_some).collect(),
                told,
                counts: vec![ColumnCounts::default(); table.columns().len()],
                ..Supply::default()
            },
        );
        // Other columns are not looked at.
        let kinds = table.columns().iter().zip(&places);
        let has_dates =
            kinds.map(|(column, place)| column.kind != ColumnKind::Date || place.is_none()).collect();
        let frame = is_ssd.then(|| {
            let (places, dates) = (places.clone(), self.date_source(table));
            self.loaded.frames.push(Frame::new(table, dates, places, helpers, contested));
            self.loaded.frames.len() - 1
        });
        Ok(TableBuilder { builder: self, table, width, places, frame, has_dates })
    }

    /// Declares a table that the whole authority has and of which this part has no rows.
    ///
    /// A measure whose tables are not supplied has no figure, so each part declares every table of the
    /// whole, with the whole's columns. It is the same as [`table`](Self::table) without a chunk, or
    /// [`rows`](Self::rows) of none: supplied, and there are none.
    ///
    /// # Examples
    ///
    /// ## A table without rows, and one that was never declared
    ///
    /// ```
    /// use csc_measures::{Dataset, Options, Status};
    ///
    /// let march = "2017-03".parse()?;
    /// let mut builder = Dataset::builder();
    /// builder.declare("compliments", &["compliment_id", "received_date"])?;
    /// let card = builder.build().scorecard(march, march, &Options::default())?;
    /// assert_eq!(card.result("O4.M4", march).unwrap().status, Status::Ok);
    ///
    /// // a table that was never declared
    /// assert_eq!(card.result("O4.M1", march).unwrap().status, Status::NotSupplied);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`table`](Self::table).
    pub fn declare(&mut self, name: &str, header: &[&str]) -> Result<&mut Self, DatasetError> {
        self.table(name, header)?;
        Ok(self)
    }

    /// Declares every table that was not given: it is supplied, with every column, and has no rows.
    ///
    /// A measure or an obligation whose tables are not supplied has no figure, for nobody knows whether there were any
    /// rows. Whoever gives all that a system knows of one child, table by table, has no visits to give of a child who was
    /// never visited; without this call that child would be owed no visit. It is called last, and only if the system has
    /// every table: one that it does not have is not empty, and is better left out
    /// ([`declare`](Self::declare) names the others one by one).
    ///
    /// # Examples
    ///
    /// ## A child with a plan and no visit
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::{Chunk, Dataset, DatasetError, Options, Rows, Scalar};
    ///
    /// let mut plans = Rows::new(3);
    /// plans.push([Scalar::Text("CP1"), Scalar::Text("P1"), Scalar::Text("2017-03-01")]);
    /// let child = |others_are_empty: bool| -> Result<Dataset, DatasetError> {
    ///     let mut builder = Dataset::builder();
    ///     let mut table = builder.table("cp_plans", &["cp_plan_id", "person_id", "start_date"])?;
    ///     table.chunk(&Chunk { rows: 1, columns: &plans.columns(), bad_rows: &[] })?;
    ///     if others_are_empty {
    ///         builder.declare_others()?;
    ///     }
    ///     Ok(builder.build())
    /// };
    /// let today = NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
    /// let owed = |dataset: &Dataset| {
    ///     let view = dataset.person("P1", today, &Options::default()).unwrap();
    ///     view.obligations.iter().map(|owed| owed.clock.to_string()).collect::<Vec<_>>()
    /// };
    /// // nobody said whether there were visits
    /// assert!(owed(&child(false)?).is_empty());
    /// // there were none
    /// assert!(owed(&child(true)?).contains(&"cp_visit".to_owned()));
    /// # Ok::<(), DatasetError>(())
    /// ```
    ///
    /// # Errors
    /// As [`declare`](Self::declare).
    pub fn declare_others(&mut self) -> Result<&mut Self, DatasetError> {
        for table in Table::ALL.iter().copied() {
            if self.loaded.supplied.get(table).is_none() {
                let mut header = self.header(table.name())?;
                header.push_every_column();
                self.begin(header)?;
            }
        }
        Ok(self)
    }

    /// Checks what needs all tables, groups the rows by person, and lists every issue.
    #[must_use]
    pub fn build(self) -> Dataset {
        Dataset::of(build(self.load()))
    }

    /// The tables that were given.
    pub(super) fn supplied(&self) -> &Supplied {
        &self.loaded.supplied
    }

    /// What was taken in, when every table is in.
    pub(super) fn load(mut self) -> Loaded {
        self.loaded.named = std::mem::take(&mut self.named);
        for table in &self.looked_up {
            if let Some(supply) = self.loaded.supplied.get_mut(*table) {
                supply.is_looked_up = true;
            }
        }
        let mut frames = std::mem::take(&mut self.loaded.frames);
        let recorded = Extent::of(&self.loaded.store).recorded_soon();
        let Loaded { gathered, noted, names, supplied, from_early_help, case_teams, extract_day, .. } =
            &mut self.loaded;
        let Settled { extract, mut signs } = ssd::settle(&mut Settling {
            frames: &mut frames,
            gathered,
            noted,
            names,
            extract_day: *extract_day,
            recorded,
            supplied,
            from_early_help,
            case_teams,
        });
        for frame in frames {
            let supply = begun(&mut self.loaded.supplied, frame.table);
            supply.merged = frame.merged();
            supply.without_person = frame.without_person();
            supply.not_yet = frame.not_yet();
            supply.rows += supply.merged + supply.without_person + supply.not_yet;
            supply.signs = signs.remove(&frame.table).unwrap_or_default();
            supply.picture = extract.filter(|_| frame.is_picture());
            supply.derived.extend_from_slice(frame.worked_out());
            let declared = frame.table.columns().iter().zip(frame.present());
            for (column, (declared, is_present)) in supply.columns.iter_mut().zip(declared) {
                // A column that the table cannot be without is worked out, though no row may have needed it.
                *column = is_present || declared.need != Need::Optional;
            }
            frame.give(|places, chunk, numbers| {
                self.loaded.take(frame.table, places, frame.dates, chunk, Some(numbers));
            });
        }
        self.loaded
    }
}

impl fmt::Debug for DatasetBuilder {
    /// How much there is, and nothing of what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatasetBuilder")
            .field("tables", &self.loaded.supplied.counts())
            .field("issues", &self.loaded.issues.len())
            .finish()
    }
}

impl Loaded {
    /// Takes rows of a table, whose columns have places in the chunk.
    fn take(
        &mut self,
        table: Table,
        places: &[Option<usize>],
        (form, london): DateSource,
        chunk: &Chunk<'_>,
        numbers: Option<&[u32]>,
    ) {
        let snapshot = self.supplied.get(table).and_then(Supply::snapshot);
        let sources: Vec<Source<'_, '_>> = (0..)
            .zip(table.columns().iter().zip(places))
            .map(|(place, (declared, column))| Source {
                column: column.map(|column| at(chunk.columns, column)),
                place,
                is_needed: declared.need != Need::Optional,
                is_fatal: table.is_fatal(place)
                    && !(snapshot.is_some() && matches!(declared.kind, ColumnKind::Date | ColumnKind::Code)),
                dates: DateRule { form, is_end: declared.is_end, london },
                range: declared.number_range(),
                is_code: declared.kind == ColumnKind::Code,
                codes: declared.codes,
                snapshot,
            })
            .collect();
        let Self { names, store, references, issues, gathered, noted, unreadable, supplied, .. } = self;
        let supply = begun(supplied, table);
        store.take(
            table,
            &mut Sinks { names, issues, gathered, noted, references, unreadable, supply },
            chunk,
            numbers,
            &sources,
        );
    }
}

/// Whether a column of a table of the Standard Safeguarding Dataset is worked out from those that are there.
fn is_worked_out(
    table: Table,
    column: &str,
    places: &[Option<usize>],
    helpers: &[(&'static str, usize)],
) -> bool {
    let has = |name: &str| {
        let mut columns = table.columns().iter().zip(places);
        columns.any(|(declared, place)| declared.name == name && place.is_some())
    };
    ssd::is_worked_out(table, column, has, |name| helpers.iter().any(|(helper, _)| *helper == name))
}

/// The columns of a header, matched with those of the table.
struct Matched {
    /// By the columns of the table, the place of each in the chunks.
    places: Vec<Option<usize>>,
    /// The columns that say how to read others, with their places in the chunks.
    helpers: Vec<(&'static str, usize)>,
    /// The places in the chunks of two columns of which one is the id: the content says which.
    contested: Option<[usize; 2]>,
    /// By the columns of the table, the name that each came by.
    given_as: Vec<Option<String>>,
    /// The columns that the table does not know.
    unknown: Vec<String>,
    /// The number of columns of a chunk.
    width: usize,
}

impl Matched {
    /// Takes the names out of a header.
    fn of(header: &mut Header) -> Result<Self, DatasetError> {
        let table = header.table;
        // By the columns of the table, the place of each in the header.
        let mut found: Vec<Option<usize>> = vec![None; table.columns().len()];
        let mut is_unknown = vec![false; header.columns.len()];
        let mut contested = None;
        for (place, (name, index)) in header.columns.iter().enumerate() {
            let slot = index.and_then(|index| Some((found.get_mut(index)?, table.columns().get(index)?)));
            let Some((slot, column)) = slot else {
                *at_mut(&mut is_unknown, place) = true;
                continue;
            };
            let Some(first) = *slot else {
                *slot = Some(place);
                continue;
            };
            let first_name = &at(&header.columns, first).0;
            // What is read in place of a column is not asked if the column is there.
            if column.is_stand_in(name) {
                *at_mut(&mut is_unknown, place) = true;
            } else if column.is_stand_in(first_name) {
                *at_mut(&mut is_unknown, first) = true;
                *slot = Some(place);
            } else if header.is_ssd
                && contested.is_none()
                && column.need == Need::Unique
                && fold_alike(first_name, name)
            {
                contested = Some([first, place]);
                *at_mut(&mut is_unknown, place) = true;
            } else {
                let (first, second) = (first_name.clone(), name.clone());
                return Err(DatasetError::ColumnTwice { table, column: column.name, first, second });
            }
        }
        for (called, is_met) in header.called.iter().zip(&header.is_met) {
            if !is_met {
                return Err(DatasetError::CalledColumnMissing {
                    table,
                    given: called.given.clone(),
                    column: at(table.columns(), called.column).name,
                    columns: header.columns.iter().map(|(name, _)| name.clone()).collect(),
                });
            }
        }
        let mut width = 0;
        let mut in_chunk = vec![None; header.columns.len()];
        let columns = header.columns.iter().zip(&header.helpers);
        for (place, ((_, index), helper)) in in_chunk.iter_mut().zip(columns) {
            if index.is_some() || helper.is_some() || header.has_unknown {
                *place = Some(width);
                width += 1;
            }
        }
        let place_of = |place: usize| *at(&in_chunk, place);
        let named = header.helpers.iter().zip(&in_chunk);
        let helpers = named.filter_map(|(name, place)| Some(((*name)?, (*place)?))).collect();
        let contested = contested.and_then(|[a, b]| Some([place_of(a)?, place_of(b)?]));
        let mut take_name = |place: usize| std::mem::take(&mut at_mut(&mut header.columns, place).0);
        let given_as = found.iter().map(|place| place.map(&mut take_name)).collect();
        let unknown = is_unknown.iter().enumerate().filter(|(_, is_unknown)| **is_unknown);
        let unknown = unknown.map(|(place, _)| take_name(place)).collect();
        Ok(Self {
            helpers,
            contested,
            places: found.into_iter().map(|place| place.and_then(place_of)).collect(),
            given_as,
            unknown,
            width,
        })
    }
}

/// A table that is being taken in.
#[derive(Debug)]
pub struct TableBuilder<'b> {
    builder: &'b mut DatasetBuilder,
    table: Table,
    width: usize,
    places: Vec<Option<usize>>,
    /// The place of the table among those that are held, if it is one of the Standard Safeguarding Dataset.
    frame: Option<usize>,
    /// For each column of dates whether a value of it was seen.
    has_dates: Vec<bool>,
}

/// The entry of a table that takes rows.
fn begun(supplied: &mut Supplied, table: Table) -> &mut Supply {
    match supplied.get_mut(table) {
        Some(supply) => supply,
        None => broken(format_args!("`{table}` takes rows and was not begun")),
    }
}

impl TableBuilder<'_> {
    fn supply(&mut self) -> &mut Supply {
        begun(&mut self.builder.loaded.supplied, self.table)
    }

    /// Says what the table was made from, such as `cin_census`: [`Dataset::tables`] has it.
    pub fn source(&mut self, source: &str) -> &mut Self {
        let supply = self.supply();
        supply.source = Some(source.to_owned());
        self
    }

    /// Says that the table is an extract that shows only how things stood at the end of a day: what was
    /// open on it, with the last of each thing that is done again and again, and what happened in the quarter
    /// up to it.
    ///
    /// A measure that reads the table is worked out in the month of that day, as at the day; in other months,
    /// and if it looks further back than the table goes, it is `not_supplied`. The warnings of its results
    /// say why: `as_at:cp_visits:2017-03-16`, `no_history:assessments`.
    ///
    /// # Examples
    ///
    /// ## Assessments as at 16 March
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::{Dataset, Options, Status};
    ///
    /// let mut builder = Dataset::builder();
    /// let day = NaiveDate::from_ymd_opt(2017, 3, 16).unwrap();
    /// builder.table("assessments", &["assessment_id", "person_id", "start_date", "authorised_date"])?.as_at(day);
    ///
    /// let (february, march) = ("2017-02".parse()?, "2017-03".parse()?);
    /// let card = builder.build().scorecard(february, march, &Options::default())?;
    /// assert_eq!(card.result("O2.M2", march).unwrap().period.to, day);
    ///
    /// let result = card.result("O2.M2", february).unwrap();
    /// assert_eq!((result.status, &result.missing_tables[0][..]), (Status::NotSupplied, "assessments"));
    /// assert_eq!(result.warnings[0], "as_at:assessments:2017-03-16");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn as_at(&mut self, day: NaiveDate) -> &mut Self {
        let supply = self.supply();
        supply.as_at = Some(Day::new(day));
        self
    }

    /// Says that the table is a list [as at](Self::as_at) a day, in which nothing lies ahead: each row has what was
    /// done last, and so a value that cannot be read is not a thing that was not done.
    ///
    /// Something that is there and cannot be read, and a date after the day, are issues of the data, and the cases
    /// that hang on them are unknown for the reason `unreadable`. Their rows stay. It holds for the rows that are
    /// taken in after.
    ///
    /// # Examples
    ///
    /// ## A last visit that cannot be read
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::{Chunk, Dataset, Options, Rows, Scalar};
    ///
    /// let day = NaiveDate::from_ymd_opt(2017, 3, 16).unwrap();
    /// let mut builder = Dataset::builder();
    /// for (name, id, date, value) in [
    ///     ("cp_plans", "cp_plan_id", "start_date", "2016-11-01"),
    ///     ("cp_visits", "cp_visit_id", "date", "soon"),
    /// ] {
    ///     let mut rows = Rows::new(3);
    ///     rows.push([Scalar::Text("1"), Scalar::Text("P1"), Scalar::Text(value)]);
    ///     let mut table = builder.table(name, &[id, "person_id", date])?;
    ///     table.snapshot(day).chunk(&Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[] })?;
    /// }
    ///
    /// let march = "2017-03".parse()?;
    /// let card = builder.build().scorecard(march, march, &Options::default())?;
    /// let case = &card.cases("O3.M4", march)?[0];
    /// assert_eq!((case.outcome.as_str(), case.reason.unwrap().as_str()), ("unknown", "unreadable"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn snapshot(&mut self, day: NaiveDate) -> &mut Self {
        self.supply().is_snapshot = true;
        self.as_at(day)
    }

    /// Says what the table does not hold, because its source never asked for it. To a measure that asks for it the
    /// table is not supplied, with the warning `not_enough:<table>`. A column that is null in every row says that
    /// nothing was recorded; this says that nobody was asked.
    ///
    /// # Examples
    ///
    /// ## Referrals without reasons of closure
    ///
    /// ```
    /// use csc_measures::tables::Lack;
    /// use csc_measures::{Dataset, Options, Status};
    ///
    /// // referrals of a source that does not know how they were closed
    /// let mut builder = Dataset::builder();
    /// let columns = ["referral_id", "person_id", "referral_date"];
    /// builder.table("referrals", &columns)?.lacks(&[Lack::ClosureReasons]);
    ///
    /// let march = "2017-03".parse()?;
    /// let card = builder.build().scorecard(march, march, &Options::default())?;
    /// assert_eq!(card.result("O5.M3", march).unwrap().status, Status::NotApplicable);
    /// let closed = card.result("O8.M1", march).unwrap();
    /// assert_eq!((closed.status, &closed.missing_tables[1][..]), (Status::NotSupplied, "referrals"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lacks(&mut self, lacks: &[Lack]) -> &mut Self {
        let supply = self.supply();
        supply.lacks.extend_from_slice(lacks);
        supply.lacks.sort_unstable();
        supply.lacks.dedup();
        self
    }

    /// Tells of a row what became of it when the return of the next year did not have it, as the issue `superseded`
    /// with the row's place and id.
    ///
    /// An assessment that was dropped was not authorised, and a conference not held: they have no end, and are open
    /// no longer all the same.
    ///
    /// # Examples
    ///
    /// ## A plan that the next year has from another day
    ///
    /// ```
    /// use csc_measures::{Dataset, Origin, Superseded};
    ///
    /// let mut builder = Dataset::builder();
    /// let origin = Origin { source: "2017.xml: CINPlanDates", row: 3 };
    /// builder
    ///     .table("cin_plans", &["cin_plan_id", "person_id", "start_date"])?
    ///     .superseded(origin, "CIN7", Superseded::Redated);
    /// let dataset = builder.build();
    /// let issue = &dataset.issues()[0];
    /// assert_eq!((issue.code().as_str(), issue.row(), issue.record()), ("superseded", 3, Some("CIN7")));
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    pub fn superseded(&mut self, row: Origin<'_>, record: &str, what: Superseded) -> &mut Self {
        let table = self.table;
        let loaded = &mut self.builder.loaded;
        loaded.issues.push(DataIssue {
            table,
            row: row.row,
            column: 0,
            code: IssueCode::Superseded,
            record: Some(record.into()),
            source: Some(Arc::from(row.source)),
            detail: match what {
                Superseded::Redated => Detail::None,
                Superseded::Dropped(_) => Detail::Dropped,
            },
        });
        if let Superseded::Dropped(day) = what {
            loaded.gone.add(table, record, Day::new(day));
        }
        self
    }

    /// Takes the next rows of the table.
    ///
    /// # Errors
    /// [`DatasetError::ChunkWidth`], [`DatasetError::ColumnLength`]; [`DatasetError::MemoryLimit`] if there is
    /// [one](DatasetBuilder::memory_limit).
    pub fn chunk(&mut self, chunk: &Chunk<'_>) -> Result<(), DatasetError> {
        self.take(chunk, None)
    }

    /// Takes the next rows of a part of the table, with the numbers that they have in the whole: issues of
    /// the data name rows by them, 1 = the first data row. Without, the rows of a part are numbered by
    /// themselves.
    ///
    /// # Examples
    ///
    /// ## A part keeps the row numbers of the whole
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Rows, Scalar};
    ///
    /// let mut rows = Rows::new(2);
    /// rows.push([Scalar::Text("A"), Scalar::Text("2017-03-01")]);
    /// rows.push([Scalar::Text("B"), Scalar::Text("soon")]);
    /// let mut builder = Dataset::builder();
    /// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
    /// // the third and the seventh row of the whole
    /// table.numbered_chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[] }, &[3, 7])?;
    /// assert_eq!(builder.build().issues()[0].row(), 7);
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    ///
    /// # Errors
    /// As [`chunk`](Self::chunk); [`DatasetError::RowNumbers`] if they are not one for each row and
    /// ascending from 1.
    pub fn numbered_chunk(&mut self, chunk: &Chunk<'_>, numbers: &[u32]) -> Result<(), DatasetError> {
        let is_ascending =
            numbers.is_sorted_by(|a, b| a < b) && numbers.first().is_none_or(|first| *first > 0);
        if numbers.len() != chunk.rows || !is_ascending {
            return Err(DatasetError::RowNumbers { table: self.table, rows: chunk.rows });
        }
        self.take(chunk, Some(numbers))
    }

    /// Takes the next rows of a table that was made of the rows of others, with where each came from: issues of
    /// the data name that place.
    ///
    /// # Examples
    ///
    /// ## Rows of another file
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Origin, Rows, Scalar};
    ///
    /// let mut rows = Rows::new(2);
    /// rows.push([Scalar::Text("A"), Scalar::Text("2017-03-01")]);
    /// rows.push([Scalar::Text("B"), Scalar::Text("soon")]);
    /// let mut builder = Dataset::builder();
    /// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
    /// let origins = [4, 9].map(|row| Origin { source: "feedback.csv", row });
    /// table.chunk_from(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[] }, &origins)?;
    /// let dataset = builder.build();
    /// let issue = &dataset.issues()[0];
    /// assert_eq!((issue.source(), issue.row()), (Some("feedback.csv"), 9));
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    ///
    /// # Errors
    /// As [`chunk`](Self::chunk); [`DatasetError::RowNumbers`] if the origins are not one for each row.
    pub fn chunk_from(&mut self, chunk: &Chunk<'_>, origins: &[Origin<'_>]) -> Result<(), DatasetError> {
        if origins.len() != chunk.rows {
            return Err(DatasetError::RowNumbers { table: self.table, rows: chunk.rows });
        }
        let taken = self.builder.loaded.supplied.get(self.table).map_or(0, |supply| supply.rows);
        let held = self.frame.and_then(|frame| self.builder.loaded.frames.get(frame)).map_or(0, Frame::rows);
        let before = taken + held as u64;
        let Ok(before) = usize::try_from(before) else {
            broken(format_args!("{before} rows were taken in, which is beyond memory"))
        };
        self.builder.loaded.origins.add(self.table, before, origins);
        self.take(chunk, None)
    }

    fn take(&mut self, chunk: &Chunk<'_>, numbers: Option<&[u32]>) -> Result<(), DatasetError> {
        if chunk.columns.len() != self.width {
            return Err(DatasetError::ChunkWidth {
                table: self.table,
                expected: self.width,
                found: chunk.columns.len(),
            });
        }
        if let Some(column) = chunk.columns.iter().find(|column| column.len() != chunk.rows) {
            return Err(DatasetError::ColumnLength {
                table: self.table,
                rows: chunk.rows,
                found: column.len(),
            });
        }
        self.check_dates(chunk)?;
        let dates = self.builder.date_source(self.table);
        match self.frame.and_then(|frame| self.builder.loaded.frames.get_mut(frame)) {
            Some(frame) => frame.take(chunk, numbers),
            None => self.builder.loaded.take(self.table, &self.places, dates, chunk, numbers),
        }
        match self.builder.memory_limit {
            Some(limit) if self.builder.loaded.held() as u64 > limit => {
                Err(DatasetError::MemoryLimit { table: self.table, limit })
            }
            _ => Ok(()),
        }
    }

    /// Checks that a column of dates does not begin with a whole number as text: those of a spreadsheet count from
    /// another day than those of a database, and neither says so.
    fn check_dates(&mut self, chunk: &Chunk<'_>) -> Result<(), DatasetError> {
        if self.has_dates.iter().all(|has_dates| *has_dates) {
            return Ok(());
        }
        let bad_rows: BTreeSet<usize> = chunk.bad_rows.iter().copied().collect();
        let columns = self.table.columns().iter().zip(&self.places).zip(&mut self.has_dates);
        for ((declared, place), has_dates) in columns {
            let column = place.map(|place| at(chunk.columns, place));
            let Some(column) = column.filter(|_| !*has_dates) else {
                continue;
            };
            if !matches!(column, Column::Text(_) | Column::Values(_) | Column::Dictionary { .. }) {
                continue;
            }
            let rows = (0..chunk.rows).filter(|row| !bad_rows.contains(row));
            let first = rows.map(|row| column.value(row)).find(|value| !is_null_date(*value));
            *has_dates = first.is_some();
            if let Some(Scalar::Text(text)) = first
                && is_whole_number(text)
            {
                return Err(DatasetError::DatesAsNumbers { table: self.table, column: declared.name });
            }
        }
        Ok(())
    }
}
