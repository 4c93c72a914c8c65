//! Parts put together: sums added, what was undecided decided, and everything that does not fit refused.

use crate::value::index::broken;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::breakdown::{Dimension, refuse_unknown};
use super::card::{Scorecard, Source};
use super::error::ScorecardError;
use super::part::{Part, Share, definitions};
use super::publishing::Ground;
use super::results::{Sums, results};
use super::tallies::Tallies;
use crate::column::IssueCode;
use crate::dataset::{DataIssue, Gathered, Undecided};
use crate::tables::Table;
use crate::time::Day;

impl Scorecard {
    /// Puts parts together: exactly the scorecard of the whole, in whatever order they come, with its results
    /// and data issues. [`Part`] says how the whole is split.
    ///
    /// It has no cases: ask the datasets of its parts for those.
    ///
    /// # Examples
    ///
    /// ## Parts of different months
    ///
    /// ```
    /// use csc_measures::{Dataset, Options, Scorecard};
    ///
    /// let (february, march) = ("2017-02".parse()?, "2017-03".parse()?);
    /// let dataset = Dataset::builder().build();
    /// let part = |month| dataset.part(month, month, &Options::default());
    ///
    /// // parts of different months
    /// let error = Scorecard::merge([part(february)?, part(march)?]).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "part 2 cannot be merged: its months are 2017-03 to 2017-03, not 2017-02 to 2017-02",
    /// );
    ///
    /// // no part at all
    /// assert_eq!(Scorecard::merge([]).unwrap_err().to_string(), "there are no parts to merge");
    ///
    /// // the cases of a figure
    /// let card = Scorecard::merge([part(march)?])?;
    /// assert!(card.cases("O3.M4", march).unwrap_err().to_string().contains("has no cases"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// No parts; shares of a dataset without the others; parts of different months, options, tables, plan or definitions; rows that belong to one part
    /// and are in several.
    pub fn merge(parts: impl IntoIterator<Item = Part>) -> Result<Self, ScorecardError> {
        let parts: Vec<Part> = parts.into_iter().collect();
        let Some(first) = parts.first() else { return Err(ScorecardError::NoParts) };
        for (number, part) in (1..).zip(&parts) {
            if let Some(difference) = difference(part, first) {
                return Err(ScorecardError::OtherPart { part: number, difference });
            }
        }
        check_shares(&parts)?;
        check_whole_tables(&parts)?;
        check_counted(&parts)?;
        check_dimensions(&parts)?;
        let owners = owners(&parts)?;
        let issues = issues(&parts, &owners)?;

        let run = first.run.clone();
        let (mut tallies, mut supplied) = (first.tallies.clone(), first.supplied.clone());
        let (mut extent, mut unknown_teams) = (first.extent.clone(), first.unknown_teams.clone());
        let mut unknown_dimensions = first.unknown_dimensions.clone();
        let mut ground = first.ground.clone();
        for (number, part) in (1..).zip(&parts).skip(1) {
            for (tallies, more) in tallies.iter_mut().zip(&part.tallies) {
                tallies.merge(more);
            }
            if let (Some(ground), Some(more)) = (&mut ground, &part.ground) {
                ground.merge(more);
            }
            let of_ground = ground.as_ref().and_then(Ground::impossible);
            if let Some(measure) = tallies.iter().find_map(Tallies::impossible).or(of_ground) {
                let difference = format!("with it, `{measure}` adds up to more than cases can");
                return Err(ScorecardError::OtherPart { part: number, difference });
            }
            supplied.add_rows(&part.supplied);
            extent.merge(&part.extent);
            unknown_teams.retain(|name| part.unknown_teams.contains(name));
            unknown_dimensions.retain(|name| part.unknown_dimensions.contains(name));
        }
        refuse_unknown(&unknown_dimensions, [])?;
        let sums =
            Sums { tallies: &tallies, supplied: &supplied, extent: &extent, unknown_teams: &unknown_teams };
        let (results, groups) = results(&run, &sums);
        Ok(Self { source: Source::Parts { issues, supplied, ground }, run, results, groups })
    }
}

/// Refuses a breakdown by what only one of several datasets holds: who works with a child.
fn check_dimensions(parts: &[Part]) -> Result<(), ScorecardError> {
    let datasets = || parts.iter().filter(|part| part.share.index == 0);
    // Of several, all but one know the workers by looking them up.
    let does_not_look_up = |part: &&Part| {
        let supplied = &part.supplied;
        let mut tables = [Table::Workers, Table::Involvements].into_iter();
        tables.any(|table| supplied.has_table(table) && !supplied.is_looked_up(table))
    };
    let blind = datasets().filter(does_not_look_up).count();
    let Some(first) = parts.first().filter(|_| blind > 1) else { return Ok(()) };
    let of_workers = |dimension: &&Dimension| matches!(dimension, Dimension::Team | Dimension::Worker);
    match first.run.dimensions.iter().find(of_workers) {
        Some(dimension) => Err(ScorecardError::DimensionInParts { dimension: dimension.name().to_owned() }),
        None => Ok(()),
    }
}

/// What keeps a part from being put together with the first, in words.
fn difference(part: &Part, first: &Part) -> Option<String> {
    let (plan, other) = (&part.run.options.plan, &first.run.options.plan);
    if plan.id() != other.id() {
        return Some(format!("its plan is `{}`, not `{}`", plan.id(), other.id()));
    }
    if plan != other {
        return Some(format!("its plan `{}` is another edition, or was changed", plan.id()));
    }
    let ((from, to), (first_from, first_to)) = ((part.from(), part.to()), (first.from(), first.to()));
    if (from, to) != (first_from, first_to) {
        return Some(format!("its months are {from} to {to}, not {first_from} to {first_to}"));
    }
    let (options, others) = (&part.run.options, &first.run.options);
    let policies = options.policy.differences(&others.policy);
    if !policies.is_empty() {
        return Some(format!("its policies differ: `{}`", policies.join("`, `")));
    }
    let named = [
        ("`targets` differ", options.targets == others.targets),
        ("`closures` differ", options.closures == others.closures),
        ("`measures` differ", options.measures == others.measures),
        ("`breakdown` differs", options.breakdown == others.breakdown),
        ("`publish` differs", options.publish == others.publish),
        ("`by` differs", options.by == others.by),
        ("`signals` differs", options.signals == others.signals),
        ("`chart` differs", options.chart == others.chart),
        ("`baseline` differs", options.baseline == others.baseline),
        ("`rebase` differs", options.rebase == others.rebase),
    ];
    if let Some((differ, _)) = named.iter().find(|(_, is_same)| !is_same) {
        return Some(format!("its {differ}"));
    }
    let ours = definitions(&part.run);
    if let Some((measure, version)) =
        part.definitions.iter().find(|(key, version)| ours.get(*key) != Some(*version))
    {
        return Some(match ours.get(measure) {
            Some(ours) => format!("its definition of `{measure}` is version {version}, not {ours}"),
            None => format!("it judges `{measure}`, which its plan does not show"),
        });
    }
    Table::ALL.iter().find_map(|table| match (part.supplied.get(*table), first.supplied.get(*table)) {
        (Some(_), None) => Some(format!("it declares table `{table}`, which part 1 does not")),
        (None, Some(_)) => Some(format!("it does not declare table `{table}`, which part 1 does")),
        (Some(ours), Some(theirs)) if ours.as_at != theirs.as_at => {
            let (ours, theirs) = (ours.as_at.map(Day::date), theirs.as_at.map(Day::date));
            Some(match (ours, theirs) {
                (Some(ours), Some(theirs)) => format!("table `{table}` is as at {ours}, not {theirs}"),
                (Some(ours), None) => {
                    format!("table `{table}` is as at {ours}, and has no date in part 1")
                }
                (None, theirs) => {
                    format!("table `{table}` has no date, and is as at {} in part 1", theirs?)
                }
            })
        }
        (Some(ours), Some(theirs)) if ours.lacks != theirs.lacks => {
            Some(format!("table `{table}` lacks other things than in part 1"))
        }
        (Some(ours), Some(theirs)) => {
            let columns = table.columns().iter().zip(ours.columns.iter().zip(&theirs.columns));
            let other = columns.filter(|(_, (a, b))| a != b).map(|(column, _)| column.name).next()?;
            Some(format!("column `{table}.{other}` is in only one of the two parts"))
        }
        (None, None) => None,
    })
}

/// Sees that no share of a dataset is left out: it would be missed in every figure and seen in none.
fn check_shares(parts: &[Part]) -> Result<(), ScorecardError> {
    let mut counts: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for Share { index, of } in parts.iter().map(|part| part.share) {
        *counts.entry(of).or_default().entry(index).or_default() += 1;
    }
    for (of, shares) in counts {
        // Several datasets may be in as many shares each, so a share is there as often as every other.
        let most = shares.values().max();
        if let Some(index) = (0..of).find(|index| shares.get(index) != most) {
            return Err(ScorecardError::ShareMissing { index, of });
        }
    }
    Ok(())
}

/// Sees that a table that belongs to one part is in one.
fn check_whole_tables(parts: &[Part]) -> Result<(), ScorecardError> {
    for table in Table::ALL.iter().copied().filter(|table| table.is_whole()) {
        let has_rows = |part: &Part| part.supplied.get(table).is_some_and(|supply| supply.rows > 0);
        let mut with_rows = (1..).zip(parts).filter(|(_, part)| has_rows(part)).map(|(number, _)| number);
        if let (Some(first), Some(second)) = (with_rows.next(), with_rows.next()) {
            return Err(ScorecardError::TableInParts { table, first, second });
        }
    }
    Ok(())
}

/// Sees that a table that is looked up is counted in some part.
fn check_counted(parts: &[Part]) -> Result<(), ScorecardError> {
    let is_uncounted = |table: &Table| {
        let mut supplies = parts.iter().filter_map(|part| part.supplied.get(*table)).peekable();
        supplies.peek().is_some() && supplies.all(|supply| supply.is_looked_up)
    };
    match Table::ALL.iter().copied().find(is_uncounted) {
        Some(table) => Err(ScorecardError::NotCounted { table }),
        None => Ok(()),
    }
}

/// The place of the part that has a row, by the digest of its id.
type Owners = BTreeMap<Table, HashMap<u64, usize>>;

fn owners(parts: &[Part]) -> Result<Owners, ScorecardError> {
    let mut owners = Owners::new();
    for (place, part) in parts.iter().enumerate() {
        for (table, digests) in &part.links.ids {
            let owners = owners.entry(*table).or_default();
            for digest in digests {
                if let Some(first) = owners.insert(*digest, place).filter(|first| *first != place) {
                    let (first, second) = (first + 1, place + 1);
                    return Err(ScorecardError::IdInParts { table: *table, first, second });
                }
            }
        }
    }
    Ok(owners)
}

/// The issues of the whole: those of the parts, and of the undecided those that no other part takes back.
fn issues(parts: &[Part], owners: &Owners) -> Result<Vec<DataIssue>, ScorecardError> {
    let mut issues: Vec<DataIssue> = Vec::new();
    let mut gathered = Gathered::default();
    for issue in parts.iter().flat_map(|part| part.issues.iter().cloned()) {
        if issue.code().is_gathered() { gathered.add(issue) } else { issues.push(issue) }
    }
    issues.extend(gathered.into_issues());
    let mut undecided: Vec<&Undecided> = Vec::new();
    for check in parts.iter().flat_map(|part| &part.links.undecided) {
        let owner = owners.get(&check.to).and_then(|owners| owners.get(&check.id));
        let Some(owner) = owner.and_then(|place| parts.get(*place)) else {
            undecided.push(check);
            continue;
        };
        // A part that looks the table up has the row beside what it refers to.
        if check.is_of_figures() && !owner.supplied.is_looked_up(check.issue.table()) {
            return Err(ScorecardError::SplitApart {
                table: check.issue.table(),
                row: check.issue.row(),
                column: check
                    .issue
                    .column()
                    .unwrap_or_else(|| broken(format_args!("a reference has no column"))),
            });
        }
    }
    // A person unknown to all is reported once for each table, by the first row.
    undecided.sort_by(|a, b| a.issue.order().cmp(&b.issue.order()).then(a.issue.record.cmp(&b.issue.record)));
    let mut told: BTreeSet<(Table, u64)> = BTreeSet::new();
    for check in undecided {
        if check.issue.code() != IssueCode::UnknownPerson || told.insert((check.issue.table(), check.id)) {
            issues.push(check.issue.clone());
        }
    }
    issues.sort_by(|a, b| a.order().cmp(&b.order()).then(a.record.cmp(&b.record)));
    Ok(issues)
}
