//! The JSON form of a part: what is read is checked before a part is made from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::breakdown::GroupSums;
use super::error::ScorecardError;
use super::options::Options;
use super::part::{Part, Share};
use super::publishing::{Ground, first, wide_runs};
use super::run::Run;
use super::tallies::Tallies;
use super::tally::Tally;
use crate::column::IssueCode;
use crate::dataset::{
    ColumnCounts, DataIssue, Detail, Extent, Links, Signs, Supplied, Supply, Told, Undecided,
};
use crate::measures::{Basis, Measure, Outcome};
use crate::tables::{Lack, Need, Table};
use crate::time::Day;
use crate::time::{Month, MonthDays};
use crate::value::Amount;
use crate::value::index::{at, at_mut, broken};
use crate::value::names::{nearest, shown};

/// The version of the form that is written, and the only one that is read.
const VERSION: u32 = 3;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartFile {
    #[serde(deserialize_with = "this_version")]
    version: u32,
    /// By measure the version of its definition.
    definitions: BTreeMap<String, u32>,
    from: Month,
    to: Month,
    options: Options,
    share: Share,
    tables: Vec<TableRow>,
    /// By table its earliest date, of those whose figures look back.
    earliest: BTreeMap<String, Option<NaiveDate>>,
    /// By table its latest date, of those that are kept by date.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    latest: BTreeMap<Table, NaiveDate>,
    /// Teams that a policy names, and no table of the part.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    unknown_teams: BTreeSet<String>,
    tallies: Vec<TallyRow>,
    /// The sums of the groups of a breakdown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupRow>,
    /// By dimension of texts how the part writes its groups, those without a case as well: of spellings that fold
    /// alike the first of all parts is shown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    spellings: BTreeMap<String, BTreeSet<String>>,
    /// Dimensions of the caller's own that the breakdown asks for, and the part does not have.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    unknown_dimensions: BTreeSet<String>,
    /// What a publication is worked out from, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publishing: Option<GroundRows>,
    issues: Vec<IssueRow>,
    undecided: Vec<UndecidedRow>,
    /// By table the digests of its ids in order, sixteen hexadecimal digits each.
    ids: BTreeMap<String, String>,
}

fn this_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        VERSION => Ok(VERSION),
        other => Err(serde::de::Error::custom(format_args!(
            "expected version {VERSION} of the part file, found version {other}"
        ))),
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableRow {
    table: Table,
    columns: Vec<String>,
    rows: u64,
    used: u64,
    /// The name that the table was supplied under, if it is that of the Standard Safeguarding Dataset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ssd_name: Option<String>,
    /// How many rows have other fields than the header.
    #[serde(default, skip_serializing_if = "is_zero")]
    misfits: u64,
    /// How many rows say no more than another row, or nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    merged: u64,
    /// The columns that were worked out from other tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    derived: Vec<String>,
    /// Whether a row of it says that a child was placed for adoption.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    adoptions: bool,
    /// Whether a row of it says that a referral came from early help.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    early_help: bool,
    /// Whether a row of it says which team has the case, and nothing else does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    teams: bool,
    /// Of how many rows nobody knows whose they are.
    #[serde(default, skip_serializing_if = "is_zero")]
    without_person: u64,
    /// The digests of the roles of its involvements, if each has one: sixteen hexadecimal digits each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roles: Option<String>,
    /// How many rows say what has not happened yet.
    #[serde(default, skip_serializing_if = "is_zero")]
    not_yet: u64,
    /// How many rows say that it holds what its measures ask of it, and how many would be unusual if it did.
    #[serde(default, skip_serializing_if = "is_zero")]
    holds: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    lacks_signs: u64,
    /// The day of the extract, if the table shows how things stood on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    as_at: Option<NaiveDate>,
    /// Whether it is there only to be looked up, and another part counts it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    looked_up: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lacks: Vec<Lack>,
    /// By column how many of its values are null, if any is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    nulls: BTreeMap<String, u64>,
    /// By column how many of its values were not understood, if any was not.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    not_understood: BTreeMap<String, u64>,
    /// By column the name that it was supplied under, if that is not its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    given_as: BTreeMap<String, String>,
    /// The columns that the table does not know, as they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unknown_columns: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands on a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands on a reference")]
fn is_first(terms: &usize) -> bool {
    *terms == 0
}

/// What `earliest` once called the tables that it had.
const EARLIEST_ONCE: [(&str, Table); 5] = [
    ("referral", Table::Referrals),
    ("authorised", Table::Assessments),
    ("placement", Table::ClaPlacements),
    ("complaint", Table::Complaints),
    ("cp_plan", Table::CpPlans),
];

/// The sums of one measure in one month, under the run's policies or those of a row; amounts in thousandths.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TallyRow {
    measure: Measure,
    /// The place of the policies among the different ones of the plan's rows; 0 are those of the run.
    #[serde(default, skip_serializing_if = "is_first")]
    terms: usize,
    /// Whether its cases are worked out from other tables than the one that tells them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    derived: bool,
    month: Month,
    outcomes: BTreeMap<String, u64>,
    numerator: i64,
    denominator: i64,
    in_denominator: u64,
    beside_numerator: u64,
}

/// The sums of one group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    dimension: String,
    /// `None`: what the cases are grouped by is not recorded.
    group: Option<String>,
    sums: TallyRow,
}

/// Sums of every measure, for a publication.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroundRows {
    sums: SumRows,
    /// By dimension of codes the groups that some person is in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    present: BTreeMap<String, BTreeSet<String>>,
}

/// Sums under each of a run's terms.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SumRows {
    tallies: Vec<TallyRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupRow>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    spellings: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueRow {
    table: Table,
    row: u64,
    column: String,
    code: IssueCode,
    record: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// How many rows of the column it counts for, if it counts for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    /// Whether the value lies outside its range.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    outside: bool,
    /// Whether the text would be a date in the form that was not asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    other_form: bool,
    /// Whether the row ends with its year, for that of the next does not have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    dropped: bool,
    /// Whether the row stays, as its table shows how things stood on a day, and what hangs on the value is unknown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unreadable: bool,
    /// The same of a date after that day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    after_day: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UndecidedRow {
    issue: IssueRow,
    to: Table,
    id: String,
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PartFile::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(PartFile::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl From<Part> for PartFile {
    fn from(part: Part) -> Self {
        let months = part.run.months();
        let earliest = Table::ALL.iter().filter_map(|table| {
            part.extent.earliest(*table).map(|day| (table.name().to_owned(), Some(day.date())))
        });
        let latest =
            Table::ALL.iter().filter_map(|table| part.extent.latest(*table).map(|day| (*table, day.date())));
        let SumRows { tallies, groups, spellings } = SumRows::new(&part.tallies, &months);
        let publishing = part.ground.map(|ground| {
            let wide = wide_runs(&part.run).unwrap_or_else(|error| {
                broken(format_args!("a part was made, and its run cannot be: {error}"))
            });
            GroundRows {
                sums: SumRows::new(&ground.tallies, &first(&wide).months()),
                present: ground.present,
            }
        });
        Self {
            version: VERSION,
            definitions: part.definitions,
            from: part.run.from,
            to: part.run.to,
            tables: part.supplied.iter().map(|(table, supply)| TableRow::new(table, supply)).collect(),
            earliest: earliest.collect(),
            latest: latest.collect(),
            unknown_teams: part.unknown_teams,
            tallies,
            groups,
            spellings,
            unknown_dimensions: part.unknown_dimensions,
            publishing,
            issues: part.issues.iter().map(IssueRow::new).collect(),
            undecided: part
                .links
                .undecided
                .iter()
                .map(|undecided| UndecidedRow {
                    issue: IssueRow::new(&undecided.issue),
                    to: undecided.to,
                    id: hexadecimal(undecided.id),
                })
                .collect(),
            ids: part
                .links
                .ids
                .iter()
                .map(|(table, digests)| {
                    let mut digests = digests.clone();
                    // In the order of the rows they would say more than that they are there.
                    digests.sort_unstable();
                    (table.name().to_owned(), digests.into_iter().map(hexadecimal).collect())
                })
                .collect(),
            options: part.run.options,
            share: part.share,
        }
    }
}

impl TryFrom<PartFile> for Part {
    type Error = String;

    fn try_from(file: PartFile) -> Result<Self, String> {
        let Share { index, of } = file.share;
        if index >= of {
            return Err(ScorecardError::NoSuchPart { index, of }.to_string());
        }
        let run = Run::new(file.from, file.to, &file.options).map_err(|error| error.to_string())?;
        let mut supplied = Supplied::default();
        for row in &file.tables {
            if supplied.has_table(row.table) {
                return Err(format!("`tables` lists `{}` twice", row.table));
            }
            supplied.insert(row.table, row.supply()?);
        }
        let rows = SumRows { tallies: file.tallies, groups: file.groups, spellings: file.spellings };
        let tallies = rows.read(&run, run.terms.len(), &BTreeMap::new())?;
        let ground = match (file.publishing, run.options.publish) {
            (Some(rows), true) => Some(rows.read(&run)?),
            (None, false) => None,
            (Some(_), false) => {
                return Err("`publishing` is there, and the options do not ask for it".to_owned());
            }
            (None, true) => return Err("`publishing` is missing, and the options ask for it".to_owned()),
        };
        let mut extent = Extent::default();
        for (name, date) in &file.earliest {
            let once = EARLIEST_ONCE.iter().find(|(once, _)| once == name).map(|(_, table)| *table);
            let table = once.map_or_else(|| Table::by_name(name), Ok).map_err(|error| error.to_string())?;
            if let Some(date) = date {
                extent.add_earliest(table, Day::new(*date));
            }
        }
        for (table, date) in &file.latest {
            extent.add_latest(*table, Day::new(*date));
        }
        let ids = file.ids.iter().map(|(table, digests)| {
            let table = Table::by_name(table).map_err(|error| error.to_string())?;
            Ok((
                table,
                digests_of(digests).ok_or_else(|| format!("`ids` of `{table}` are not valid digests"))?,
            ))
        });
        Ok(Self {
            definitions: file.definitions,
            run,
            share: file.share,
            tallies,
            ground,
            supplied,
            extent,
            unknown_teams: file.unknown_teams,
            unknown_dimensions: file.unknown_dimensions,
            issues: file.issues.into_iter().map(IssueRow::issue).collect::<Result<_, _>>()?,
            links: Links {
                ids: ids.collect::<Result<_, String>>()?,
                undecided: file
                    .undecided
                    .into_iter()
                    .map(|row| {
                        let id = digests_of(&row.id).filter(|digests| digests.len() == 1);
                        let id = id.and_then(|digests| digests.first().copied());
                        Ok(Undecided {
                            issue: row.issue.issue()?,
                            to: row.to,
                            id: id.ok_or_else(|| {
                                "`id` of an undecided issue is not a valid digest".to_owned()
                            })?,
                        })
                    })
                    .collect::<Result<_, String>>()?,
            },
        })
    }
}

impl SumRows {
    fn new(sums: &[Tallies], months: &[MonthDays]) -> Self {
        let (mut tallies, mut groups) = (Vec::new(), Vec::new());
        for days in months {
            let month = Month::of(days.first.date());
            for (terms, of_terms) in sums.iter().enumerate() {
                for measure in Measure::all() {
                    for basis in Basis::ALL {
                        let tally = of_terms.get(measure, basis, days.index);
                        let tally = tally.filter(|tally| **tally != Tally::default());
                        tallies.extend(tally.map(|tally| TallyRow::new(measure, basis, terms, month, tally)));
                    }
                }
                groups.extend(group_rows(of_terms, terms, days.index, month));
            }
        }
        let spellings = sums.first().map(|tallies| tallies.groups.spellings().collect());
        Self { tallies, groups, spellings: spellings.unwrap_or_default() }
    }

    /// The sums under each of so many terms, in the months and dimensions of a run.
    /// `present` has groups by dimension that are there whether or not a case is in them.
    fn read(
        &self,
        run: &Run,
        terms: usize,
        present: &BTreeMap<String, BTreeSet<String>>,
    ) -> Result<Vec<Tallies>, String> {
        let months = run.months().len();
        let named =
            self.groups.iter().filter_map(|row| Some((row.dimension.as_str(), row.group.as_deref()?)));
        let texts = self.spellings.iter().chain(present);
        let texts = texts
            .flat_map(|(dimension, texts)| texts.iter().map(move |text| (dimension.as_str(), text.as_str())));
        let mut groups = GroupSums::named(&run.dimensions, months, named.chain(texts));
        if let Some(other) = self.spellings.keys().find(|name| groups.of_mut(name).is_none()) {
            return Err(format!("`spellings` has `{}`, by which the part is not broken down", shown(other)));
        }
        let mut tallies = vec![Tallies::new(months, groups); terms];
        for row in &self.tallies {
            let index = usize::try_from(row.month.since(run.first_judged())).ok();
            let of_terms = tallies.get_mut(row.terms);
            let told = of_terms
                .zip(index)
                .and_then(|(tallies, index)| tallies.get_mut(row.measure, row.basis(), index));
            let told = told.ok_or_else(|| {
                format!("`tallies` has {}, which is not one of the part's months", row.month)
            })?;
            if *told != Tally::default() {
                return Err(format!("`tallies` has {} in {} twice", row.measure, row.month));
            }
            *told = row.tally()?;
        }
        for GroupRow { dimension, group, sums: row } in &self.groups {
            let index = usize::try_from(row.month.since(run.first_judged())).ok();
            let tallies = tallies.get_mut(row.terms);
            let sums = tallies.and_then(|tallies| tallies.groups.of_mut(dimension)).ok_or_else(|| {
                format!("`groups` has `{}`, by which the part is not broken down", shown(dimension))
            })?;
            let of = (row.measure, row.basis());
            let told = index.and_then(|index| sums.tally_named(group.as_deref(), of, index));
            let told = told.ok_or_else(|| {
                format!("`groups` has {}, which is not one of the part's months", row.month)
            })?;
            if *told != Tally::default() {
                return Err(format!("`groups` has {} in {} twice for one group", row.measure, row.month));
            }
            *told = row.tally()?;
        }
        for tallies in &tallies {
            let whole =
                |measure, basis, month| tallies.get(measure, basis, month).cloned().unwrap_or_default();
            if let Some((dimension, measure)) = tallies.groups.odd(whole) {
                return Err(format!("`groups` by `{dimension}` do not add up to {measure}"));
            }
        }
        Ok(tallies)
    }
}

impl GroundRows {
    fn read(self, run: &Run) -> Result<Ground, String> {
        let wide = wide_runs(run).map_err(|error| error.to_string())?;
        Ok(Ground {
            tallies: self.sums.read(first(&wide), wide.len(), &self.present)?,
            present: self.present,
        })
    }
}

impl TableRow {
    fn new(table: Table, supply: &Supply) -> Self {
        let columns = table.columns().iter().zip(&supply.columns).filter(|(_, is_there)| **is_there);
        Self {
            table,
            columns: columns.map(|(column, _)| column.name.to_owned()).collect(),
            rows: supply.rows,
            used: supply.used,
            ssd_name: supply.is_ssd.then(|| supply.name.clone()),
            misfits: supply.misfits,
            merged: supply.merged,
            derived: supply.derived.iter().map(|place| at(table.columns(), *place).name.to_owned()).collect(),
            adoptions: supply.adoptions,
            early_help: supply.early_help,
            teams: supply.teams,
            without_person: supply.without_person,
            not_yet: supply.not_yet,
            holds: supply.signs.holds,
            lacks_signs: supply.signs.lacks,
            picture: supply.picture.map(Day::date),
            roles: supply.roles.as_ref().map(|roles| roles.iter().copied().map(hexadecimal).collect()),
            source: supply.source.clone(),
            as_at: supply.as_at.map(Day::date),
            looked_up: supply.is_looked_up,
            lacks: supply.lacks.clone(),
            nulls: counted(table, supply, |counts| counts.nulls),
            not_understood: counted(table, supply, |counts| counts.not_understood),
            given_as: table
                .columns()
                .iter()
                .zip(supply.told.given_as())
                .filter_map(|(column, given)| Some((column.name, given.as_deref()?)))
                .filter(|(own, given)| own != given)
                .map(|(own, given)| (own.to_owned(), given.to_owned()))
                .collect(),
            unknown_columns: supply.told.unknown_names().map(str::to_owned).collect(),
        }
    }

    fn supply(&self) -> Result<Supply, String> {
        let table = self.table;
        for name in &self.columns {
            column(table, name)?;
        }
        let columns: Vec<bool> = table
            .columns()
            .iter()
            .map(|column| self.columns.iter().any(|name| name == column.name))
            .collect();
        for (column, is_there) in table.columns().iter().zip(&columns) {
            if column.need != Need::Optional && !is_there {
                return Err(format!("table `{table}` has no column `{}`, which it needs", column.name));
            }
        }
        let mut counts = vec![ColumnCounts::default(); columns.len()];
        for (name, nulls) in &self.nulls {
            at_mut(&mut counts, column(table, name)?).nulls = *nulls;
        }
        for (name, not_understood) in &self.not_understood {
            at_mut(&mut counts, column(table, name)?).not_understood = *not_understood;
        }
        let own_names = table.columns().iter().zip(&columns);
        let mut given_as: Vec<Option<String>> =
            own_names.map(|(column, is_there)| is_there.then(|| column.name.to_owned())).collect();
        for (name, given) in &self.given_as {
            let place = column(table, name)?;
            if let Some(slot) = given_as.get_mut(place).and_then(Option::as_mut) {
                given.clone_into(slot);
            }
        }
        if self.used.checked_add(self.merged).is_none_or(|read| read > self.rows) {
            return Err(format!("table `{table}` says that more rows were used than it has"));
        }
        Ok(Supply {
            name: self.ssd_name.clone().unwrap_or_else(|| table.name().to_owned()),
            is_ssd: self.ssd_name.is_some(),
            columns,
            rows: self.rows,
            used: self.used,
            misfits: self.misfits,
            merged: self.merged,
            derived: self.derived.iter().map(|name| column(table, name)).collect::<Result<_, _>>()?,
            adoptions: self.adoptions,
            early_help: self.early_help,
            teams: self.teams,
            without_person: self.without_person,
            not_yet: self.not_yet,
            signs: Signs { holds: self.holds, lacks: self.lacks_signs },
            picture: self.picture.map(Day::new),
            roles: match &self.roles {
                None => None,
                Some(roles) => {
                    let digests = digests_of(roles);
                    let digests =
                        digests.ok_or_else(|| format!("`roles` of `{table}` are not valid digests"))?;
                    Some(digests.into_iter().collect())
                }
            },
            source: self.source.clone(),
            as_at: self.as_at.map(Day::new),
            is_snapshot: false,
            is_looked_up: self.looked_up,
            lacks: self.lacks.clone(),
            counts,
            told: Told::new(table, given_as, self.unknown_columns.clone()),
        })
    }
}

/// The sums of every group of a month under some terms.
fn group_rows(tallies: &Tallies, terms: usize, index: usize, month: Month) -> Vec<GroupRow> {
    let mut rows = Vec::new();
    for sums in tallies.groups.iter() {
        for measure in Measure::all() {
            for basis in Basis::ALL {
                rows.extend(sums.of(measure, basis, index).into_iter().map(|(group, tally)| GroupRow {
                    dimension: sums.dimension.name().to_owned(),
                    group: group.map(str::to_owned),
                    sums: TallyRow::new(measure, basis, terms, month, tally),
                }));
            }
        }
    }
    rows
}

/// By column a count of its values, if it is not zero.
fn counted(table: Table, supply: &Supply, of: impl Fn(&ColumnCounts) -> u64) -> BTreeMap<String, u64> {
    let columns = table.columns().iter().zip(&supply.counts);
    let counts = columns.map(|(column, counts)| (column.name.to_owned(), of(counts)));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// The place of a column, by its own name.
fn column(table: Table, name: &str) -> Result<usize, String> {
    let names = || table.columns().iter().map(|column| column.name);
    names().position(|own| own == name).ok_or_else(|| {
        format!("table `{table}` has no column `{}`, did you mean `{}`?", shown(name), nearest(name, names()))
    })
}

impl TallyRow {
    fn new(measure: Measure, basis: Basis, terms: usize, month: Month, tally: &Tally) -> Self {
        let outcomes = Outcome::ALL.into_iter().zip(tally.outcomes).filter(|(_, count)| *count > 0);
        Self {
            measure,
            terms,
            derived: basis == Basis::ByOthers,
            month,
            outcomes: outcomes.map(|(outcome, count)| (outcome.as_str().to_owned(), count)).collect(),
            numerator: tally.numerator.thousandths(),
            denominator: tally.denominator.thousandths(),
            in_denominator: tally.in_denominator,
            beside_numerator: tally.beside_numerator,
        }
    }

    fn basis(&self) -> Basis {
        if self.derived { Basis::ByOthers } else { Basis::ByItsTable }
    }

    fn tally(&self) -> Result<Tally, String> {
        let amount = |name: &str, thousandths: i64| {
            Amount::from_thousandths(thousandths)
                .ok_or_else(|| format!("`{name}` of {} in {} is negative", self.measure, self.month))
        };
        let mut tally = Tally {
            outcomes: [0; Outcome::ALL.len()],
            numerator: amount("numerator", self.numerator)?,
            denominator: amount("denominator", self.denominator)?,
            in_denominator: self.in_denominator,
            beside_numerator: self.beside_numerator,
        };
        for (name, count) in &self.outcomes {
            let place = Outcome::ALL.iter().position(|outcome| outcome.as_str() == name);
            let slot = place.and_then(|place| tally.outcomes.get_mut(place)).ok_or_else(|| {
                let near = nearest(name, Outcome::ALL.map(Outcome::as_str));
                format!("unknown outcome `{}`, did you mean `{near}`?", shown(name))
            })?;
            *slot = *count;
        }
        if !tally.is_possible() {
            return Err(format!("{} in {} adds up to more than cases can", self.measure, self.month));
        }
        Ok(tally)
    }
}

impl IssueRow {
    fn new(issue: &DataIssue) -> Self {
        Self {
            table: issue.table,
            row: issue.row,
            column: at(issue.table.columns(), issue.column).name.to_owned(),
            code: issue.code,
            record: issue.record.clone(),
            source: issue.source().map(str::to_owned),
            rows: match issue.detail {
                Detail::Rows(rows) => Some(rows),
                Detail::None
                | Detail::Outside
                | Detail::OtherForm
                | Detail::Unreadable
                | Detail::AfterDay
                | Detail::Dropped => None,
            },
            outside: issue.detail == Detail::Outside,
            other_form: issue.detail == Detail::OtherForm,
            unreadable: issue.detail == Detail::Unreadable,
            after_day: issue.detail == Detail::AfterDay,
            dropped: issue.detail == Detail::Dropped,
        }
    }

    fn issue(self) -> Result<DataIssue, String> {
        let column = column(self.table, &self.column)?;
        let source = self.source.map(Arc::from);
        Ok(DataIssue {
            table: self.table,
            row: self.row,
            column,
            code: self.code,
            record: self.record,
            source,
            detail: match self.rows {
                Some(rows) => Detail::Rows(rows),
                None if self.outside => Detail::Outside,
                None if self.other_form => Detail::OtherForm,
                None if self.dropped => Detail::Dropped,
                None if self.unreadable => Detail::Unreadable,
                None if self.after_day => Detail::AfterDay,
                None => Detail::None,
            },
        })
    }
}

fn hexadecimal(digest: u64) -> String {
    format!("{digest:016x}")
}

fn digests_of(text: &str) -> Option<Vec<u64>> {
    let is_hexadecimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hexadecimal || !text.len().is_multiple_of(16) {
        return None;
    }
    (0..text.len()).step_by(16).map(|from| u64::from_str_radix(text.get(from..from + 16)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::tables::{ColumnDeclaration, ColumnKind};
    use crate::{Chunk, Dataset, Rows, Scalar};

    /// A part with one row of a table, whose dates are all the day.
    fn part(table: Table, day: &str) -> Part {
        let is_given = |column: &&ColumnDeclaration| column.need != Need::Optional || column.is_history;
        let given: Vec<&ColumnDeclaration> = table.columns().iter().filter(is_given).collect();
        let header: Vec<&str> = given.iter().map(|column| column.name).collect();
        let mut rows = Rows::new(header.len());
        rows.push(given.iter().map(|column| match column.kind {
            ColumnKind::Date => Scalar::Text(day),
            ColumnKind::Bool => Scalar::Flag(true),
            ColumnKind::Code => Scalar::Text(column.set.first().copied().unwrap_or("a code")),
            _ => Scalar::Text("1"),
        }));
        let mut builder = Dataset::builder();
        let chunk = Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[] };
        builder.table(table.name(), &header).unwrap().chunk(&chunk).unwrap();
        let month = "2017-03".parse().unwrap();
        builder.build().part(month, month, &Options::default()).unwrap()
    }

    fn read(part: &Value) -> Part {
        serde_json::from_value(part.clone()).unwrap()
    }

    #[test]
    fn how_far_a_table_goes_back_survives_the_file_and_the_merge() {
        let mut tables = 0;
        for table in Table::ALL.iter().filter(|table| table.columns().iter().any(|it| it.is_history)) {
            tables += 1;
            let file = |day| serde_json::to_value(part(*table, day)).unwrap();
            let (later, earlier) = (file("2016-09-01"), file("2016-08-01"));
            assert_eq!(later["earliest"], json!({table.name(): "2016-09-01"}));
            let mut earliest = read(&later).extent;
            earliest.merge(&read(&earlier).extent);
            assert_eq!(
                earliest.earliest(*table).map(Day::date),
                Some("2016-08-01".parse().unwrap()),
                "{table}"
            );
        }
        assert!(tables >= EARLIEST_ONCE.len(), "{tables} tables look back");
    }

    #[test]
    fn what_earliest_once_called_its_tables_is_still_read() {
        let mut file = serde_json::to_value(part(Table::Persons, "2010-01-01")).unwrap();
        file["earliest"] = json!({
            "referral": "2016-01-01",
            "authorised": null,
            "placement": "2016-03-01",
            "complaint": null,
            "cp_plan": "2016-05-01",
        });
        assert_eq!(
            serde_json::to_value(read(&file)).unwrap()["earliest"],
            json!({"referrals": "2016-01-01", "cla_placements": "2016-03-01", "cp_plans": "2016-05-01"}),
        );
        file["earliest"] = json!({"referal": "2016-01-01"});
        let error = serde_json::from_value::<Part>(file).unwrap_err().to_string();
        assert_eq!(error, "unknown table `referal`, did you mean `referrals`?");
    }
}
