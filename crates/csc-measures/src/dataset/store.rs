//! The rows of every table as they come in: read a block at a time, and the good ones kept.

use super::chunk::Chunk;
use super::faulty::{FaultKind, Id, Named, NamingColumns, Noted};
use super::issue::{DataIssue, Detail, Gathered};
use super::row_numbers::RowNumbers;
use super::supplied::Supply;
use super::unreadable::{Mark, Unread};
use crate::column::{DateForm, Fault, Faults, IssueCode, Scalar, Source, UniqueIds, id_of};
use crate::tables::{self, Given, Keep, Names, OwnId, ReadBlock, Space, Table, all_tables};
use crate::time::Day;
use crate::value::index::{IdNo, PersonNo, RowNumber, broken};

/// How many rows are read at a time: their values stay in the cache until they are put together.
const BLOCK: usize = 256;

/// The good rows of a table, in the order of the input.
#[derive(Debug)]
pub(crate) struct TableRows<T: Keep> {
    pub(super) owners: Vec<Option<PersonNo>>,
    pub(super) numbers: RowNumbers,
    /// The numbers of their own ids, if the table has [such](OwnId::Numbered).
    pub(super) ids: Vec<IdNo>,
    /// Their own ids, if those have no numbers.
    pub(super) unlisted: UniqueIds,
    pub(super) records: Vec<T::Record>,
    /// The earliest date of the column that says how far the table goes back.
    pub(super) earliest: Option<Day>,
    /// The latest date of the column that says up to when the table is kept.
    pub(super) latest: Option<Day>,
    /// By column, the latest date that was understood.
    pub(super) last_dates: Vec<Option<Day>>,
}

impl<T: Keep> Default for TableRows<T> {
    fn default() -> Self {
        Self {
            owners: Vec::new(),
            numbers: RowNumbers::default(),
            ids: Vec::new(),
            unlisted: UniqueIds::default(),
            records: Vec::new(),
            earliest: None,
            latest: None,
            last_dates: Vec::new(),
        }
    }
}

impl<T: Keep> TableRows<T> {
    /// The id of a row as text, if the table has one.
    pub(super) fn id_text(&self, row: usize, names: &Names) -> Option<Box<str>> {
        match T::OWN_ID {
            OwnId::Numbered => self.ids.get(row).map(|id| names.table(T::TABLE).ids.text(*id).into()),
            OwnId::Unlisted => Some(self.unlisted.text(row).into()),
            OwnId::None => None,
        }
    }

    /// The record of the row that has an id, if a row has it.
    pub(super) fn record(&self, id: IdNo, names: &Names) -> Option<(&T::Record, Option<PersonNo>)> {
        let row = names.table(T::TABLE).row(id)?;
        match (self.records.get(row), self.owners.get(row)) {
            (Some(record), Some(owner)) => Some((record, *owner)),
            _ => broken(format_args!("row {row} of `{}` was defined and is not there", T::TABLE)),
        }
    }

    /// The bytes that the rows are held in.
    fn held(&self) -> usize {
        size_of_val(self.owners.as_slice())
            + size_of_val(self.ids.as_slice())
            + size_of_val(self.records.as_slice())
            + self.unlisted.held()
    }

    /// Puts rows out by their places, ascending.
    pub(super) fn remove(&mut self, rows: &[usize]) {
        fn keep<R>(values: &mut Vec<R>, rows: &[usize]) {
            let mut place = 0;
            values.retain(|_| {
                place += 1;
                rows.binary_search(&(place - 1)).is_err()
            });
        }
        keep(&mut self.owners, rows);
        self.numbers.remove(rows);
        keep(&mut self.ids, rows);
        keep(&mut self.records, rows);
        self.unlisted.remove(rows);
    }
}

/// A reference to a row of another table, checked once all tables are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    pub(super) table: Table,
    pub(super) column: usize,
    pub(super) number: RowNumber,
    /// The id of the row that refers.
    pub(super) record: Option<IdNo>,
    pub(super) to: Space,
    pub(super) id: IdNo,
    /// Whose row it is.
    pub(super) owner: Option<PersonNo>,
}

/// Where the rows of a chunk go besides their table.
pub(super) struct Sinks<'s> {
    pub(super) names: &'s mut Names,
    pub(super) issues: &'s mut Vec<DataIssue>,
    pub(super) gathered: &'s mut Gathered,
    pub(super) noted: &'s mut Noted,
    pub(super) references: &'s mut Vec<Reference>,
    pub(super) unreadable: &'s mut Vec<Unread>,
    pub(super) supply: &'s mut Supply,
}

/// Reads the rows of a chunk, keeps the good ones and lists what is wrong with the others.
fn take<'a, T: Keep>(
    table: &mut TableRows<T>,
    sinks: &mut Sinks<'_>,
    chunk: &Chunk<'a>,
    numbers: Option<&[u32]>,
    sources: &[Source<'_, 'a>],
) {
    let mut block = T::Block::default();
    let mut faults = Faults::default();
    // A reader that lists them in another order must not have them taken for good ones.
    let mut bad_rows = chunk.bad_rows.to_vec();
    bad_rows.sort_unstable();
    bad_rows.dedup();
    let mut bad_rows = bad_rows.into_iter().peekable();
    let naming = NamingColumns::of(T::TABLE);
    let id_column = T::TABLE.id_column().and_then(|place| sources.get(place));
    table.owners.reserve(chunk.rows);
    table.records.reserve(chunk.rows);
    let is_snapshot = sinks.supply.snapshot().is_some();
    let mut start = 0;
    while start < chunk.rows {
        let rows = start..chunk.rows.min(start + BLOCK);
        let before = sinks.supply.rows;
        let number = |row: usize| {
            RowNumber::new(match numbers {
                Some(numbers) => match numbers.get(start + row) {
                    Some(number) => u64::from(*number),
                    None => broken(format_args!("row {} of a chunk has no number", start + row)),
                },
                None => before + row as u64 + 1,
            })
        };
        let mut bad = Vec::new();
        while let Some(row) = bad_rows.next_if(|row| *row < rows.end) {
            bad.extend(row.checked_sub(start));
        }
        faults.begin(rows.len(), sources.len(), bad);
        block.read(sources, rows.clone(), &mut faults);
        block.last_dates(&faults, &mut table.last_dates);
        faults.put_out_bad_rows();
        block.number(sources, rows.clone(), &mut faults, sinks.names, table.records.len());
        block.unlisted(sources, rows.clone(), &faults, &mut table.unlisted);
        table.earliest = match (table.earliest, block.earliest(&faults)) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        table.latest = table.latest.max(block.latest(&faults));
        for row in 0..rows.len() {
            if faults.is_out(row) {
                continue;
            }
            let number = number(row);
            let id = block.own_id(row);
            let read = block.row(row);
            let owner = T::owner(&read);
            block.references(row, |column, to, to_id| {
                let reference =
                    Reference { table: T::TABLE, column, number, record: id, to, id: to_id, owner };
                sinks.references.push(reference);
            });
            let unreadable: Vec<usize> = match is_snapshot {
                false => Vec::new(),
                true => faults.unreadable(row).collect(),
            };
            if let Some(person) = owner {
                let mark = |column: &usize| Mark { table: T::TABLE, column: *column, record: id };
                sinks.unreadable.extend(unreadable.iter().map(mark).map(|mark| Unread { person, mark }));
            }
            table.owners.push(owner);
            table.numbers.push(number);
            table.ids.extend(id);
            let mut given =
                Given { names: sinks.names, columns: &sinks.supply.columns, unreadable: &unreadable };
            let record = T::keep(read, &mut given);
            sinks.supply.adoptions |= T::is_adoption(&record);
            table.records.push(record);
            sinks.supply.used += 1;
        }
        sinks.supply.rows += rows.len() as u64;
        for (counts, nulls) in sinks.supply.counts.iter_mut().zip(faults.nulls()) {
            counts.nulls += nulls;
        }
        for fault in faults.noted() {
            sinks.supply.misfits += u64::from(fault.code == IssueCode::BadRow);
            if fault.is_unreadable()
                && let Some(counts) = sinks.supply.counts.get_mut(fault.column)
            {
                counts.not_understood += 1;
            }
            let Fault { column, code, is_fatal, .. } = *fault;
            let kind = FaultKind { table: T::TABLE, column, code, is_out: is_fatal };
            sinks.noted.add(kind, &named::<T>(&block, sources, naming, &faults, *fault, start));
            let row = number(fault.row).into();
            if fault.code.is_gathered() && sinks.gathered.count(T::TABLE, fault.column, fault.code, row) {
                continue;
            }
            let issue = DataIssue {
                table: T::TABLE,
                row,
                column: fault.column,
                code: fault.code,
                record: match (fault.code, id_column.and_then(|source| source.column)) {
                    (IssueCode::BadRow, _) | (_, None) => None,
                    (_, Some(ids)) => id_of(ids, start + fault.row),
                },
                source: None,
                detail: match fault.code {
                    _ if fault.is_after => Detail::AfterDay,
                    IssueCode::BadDate | IssueCode::BadValue if is_kept(sources, *fault) => {
                        Detail::Unreadable
                    }
                    _ if fault.is_outside => Detail::Outside,
                    IssueCode::BadDate if is_in_the_other_form(sources, start, *fault) => Detail::OtherForm,
                    _ => Detail::None,
                },
            };
            if fault.code.is_gathered() { sinks.gathered.add(issue) } else { sinks.issues.push(issue) }
        }
        start = rows.end;
    }
}

/// Whom or what the row of a fault is of. If its fields are not those of the header, nobody knows.
#[cold]
fn named<'a, T: Keep>(
    block: &T::Block<'a>,
    sources: &[Source<'_, 'a>],
    naming: NamingColumns,
    faults: &Faults,
    fault: Fault,
    start: usize,
) -> Named {
    let text = |place: Option<usize>| {
        let column = sources.get(place?)?.column?;
        id_of(column, start + fault.row).map(Id::Text)
    };
    if fault.code == IssueCode::BadRow {
        return Named::default();
    }
    if faults.is_out(fault.row) {
        let NamingColumns { person, worker, record } = naming;
        return Named { person: text(person), worker: text(worker), record: text(record) };
    }
    let own = || block.own_id(fault.row).map(Id::Known);
    Named {
        person: T::owner(&block.row(fault.row)).map(|person| Id::Known(person.id())),
        worker: if T::TABLE == Table::Workers { own() } else { text(naming.worker) },
        record: naming.record.and_then(|_| own()),
    }
}

/// Whether the row of a fault stays, because its table is a list as at a day.
fn is_kept(sources: &[Source<'_, '_>], fault: Fault) -> bool {
    sources.get(fault.column).is_some_and(|source| source.snapshot.is_some() && !source.is_fatal)
}

/// Whether a text that is not a date would be one as `D/M/YYYY`, which was not asked for.
#[cold]
fn is_in_the_other_form(sources: &[Source<'_, '_>], start: usize, fault: Fault) -> bool {
    let source = sources.get(fault.column).filter(|source| source.dates.form == DateForm::Iso);
    let value = source.and_then(|source| source.column).map(|column| column.value(start + fault.row));
    matches!(value, Some(Scalar::Text(text)) if DateForm::Uk.read(text).is_some())
}

/// Looks at every table.
pub(super) trait EachTable {
    fn table<T: Keep>(&mut self, rows: &TableRows<T>);
}

/// The bytes that the rows of all tables are held in.
pub(super) fn held(store: &Store) -> usize {
    struct Sum(usize);
    impl EachTable for Sum {
        fn table<T: Keep>(&mut self, rows: &TableRows<T>) {
            self.0 += rows.held();
        }
    }
    let mut sum = Sum(0);
    store.each(&mut sum);
    sum.0
}

/// Changes every table.
pub(super) trait ChangeTable {
    fn table<T: Keep>(&mut self, rows: &mut TableRows<T>);
}

macro_rules! store {
    ($($table:ident $name:ident: $row:ident;)+) => {
        /// The good rows of every table.
        #[derive(Debug, Default)]
        pub(super) struct Store {
            $( pub(super) $name: TableRows<tables::$row>, )+
        }

        impl Store {
            pub(super) fn take<'a>(
                &mut self,
                table: Table,
                sinks: &mut Sinks<'_>,
                chunk: &Chunk<'a>,
                numbers: Option<&[u32]>,
                sources: &[Source<'_, 'a>],
            ) {
                match table {
                    $( Table::$table => take(&mut self.$name, sinks, chunk, numbers, sources), )+
                }
            }

            pub(super) fn each(&self, each: &mut impl EachTable) {
                $( each.table(&self.$name); )+
            }

            pub(super) fn change(&mut self, change: &mut impl ChangeTable) {
                $( change.table(&mut self.$name); )+
            }
        }
    };
}
all_tables!(store);
