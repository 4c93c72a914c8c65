//! Why a figure moved: the difference split into cases that joined, left and changed.

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign};

use serde::{Serialize, Serializer};

use super::card::Scorecard;
use super::error::ScorecardError;
use super::figure::{Figure, Status};
use super::result::MeasureResult;
use crate::measures::{Case, Measure, Outcome, PeriodKind, Unit};
use crate::plan::RowId;
use crate::time::Month;
use crate::value::Amount;
use crate::value::index::broken;

/// Why the figure of a measure differs between two months, or between two datasets.
///
/// The cases of both are matched: of a figure that says how things stood by whom and what they are about; of events also
/// by their dates, since each event is counted once. A case adds to the difference what it adds to the sums, measured
/// against the figure before: of a percentage `(Δn - p Δd) / d`, with `p` the value before and `d` the denominator after.
/// These contributions add up to the difference exactly, and a case that stayed as it was adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The id of the plan's row.
    pub measure: RowId,
    /// The month of the figure before.
    pub from: Month,
    /// The month of the figure after; of two datasets the same.
    pub to: Month,
    /// What the figure is.
    #[serde(serialize_with = "in_words")]
    pub unit: Unit,
    /// The figure before.
    pub before: Side,
    /// The figure after.
    pub after: Side,
    /// The value after less the value before, in points of the unit; `None` if one of them has no value.
    pub difference: Option<Points>,
    /// How many cases moved in which way, and what each way adds to the difference; those that occur.
    pub moves: Vec<MoveSum>,
    /// The cases that moved, by what they add to the difference, the most first.
    pub cases: Vec<MovedCase>,
}

fn in_words<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(unit.as_str())
}

/// A figure of which a [`Change`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Side {
    /// Whether it has a value.
    pub status: Status,
    /// The sum over the cases.
    pub numerator: Option<Amount>,
    /// The sum over the cases; `None` for counts.
    pub denominator: Option<Amount>,
    /// The value as it is shown.
    pub value: Option<super::figure::Shown>,
}

/// How a case moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Move {
    /// It is there after, and was not before.
    Joined,
    /// It was there before, and is not after.
    Left,
    /// It came out otherwise, or weighs otherwise.
    Changed,
    /// Of two datasets: only the second has it.
    RecordedLate,
    /// Of two datasets: only the first has it.
    Removed,
    /// Of two datasets: it comes out otherwise in the second.
    PutRight,
    /// It is as it was.
    Stayed,
}

impl Move {
    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Changed => "changed",
            Self::Stayed => "stayed",
            Self::RecordedLate => "recorded_late",
            Self::Removed => "removed",
            Self::PutRight => "put_right",
        }
    }
}

/// What the cases that moved in one way add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MoveSum {
    /// The way.
    #[serde(rename = "move")]
    pub moved: Move,
    /// How many cases.
    pub cases: u64,
    /// What they add to the difference; `None` if one of the figures has no value.
    pub points: Option<Points>,
}

/// A case that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MovedCase {
    /// How.
    #[serde(rename = "move")]
    pub moved: Move,
    /// Whom or what the case is about.
    pub subject: String,
    /// The id of the record judged, if the subject has several.
    pub record: Option<String>,
    /// How it came out before; `None` if it was not there.
    pub before: Option<Outcome>,
    /// How it comes out after; `None` if it is not there.
    pub after: Option<Outcome>,
    /// What it adds to the difference; `None` if one of the figures has no value.
    pub points: Option<Points>,
}

/// An exact part of a difference, in points of the measure's unit. JSON has it to three decimals, half away from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    numerator: i128,
    /// The same for all parts of a difference, above zero.
    denominator: i128,
}

impl Points {
    /// The exact fraction, of a denominator that all parts of a difference share.
    #[must_use]
    pub const fn exact(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// In thousandths, half away from zero.
    #[must_use]
    pub fn thousandths(self) -> i128 {
        let twice = 2 * self.numerator.abs() * 1000 + self.denominator;
        self.numerator.signum() * (twice / (2 * self.denominator))
    }

    /// Nothing, as a part of the same difference.
    const fn none(self) -> Self {
        Self { numerator: 0, ..self }
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        if self.denominator != other.denominator {
            broken(format_args!("parts of two differences are added: {self:?} and {other:?}"));
        }
        Self { numerator: self.numerator + other.numerator, ..self }
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::fmt::Display for Points {
    /// With a sign and without trailing zeros: `+1.4`, `-0.125`, `0`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let thousandths = self.thousandths();
        let sign = match thousandths.signum() {
            -1 => "-",
            0 => "",
            _ => "+",
        };
        let (whole, rest) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        let decimals = format!("{rest:03}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            decimals => write!(f, "{sign}{whole}.{decimals}"),
        }
    }
}

impl Serialize for Points {
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what JSON has")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let thousandths = self.thousandths();
        match i64::try_from(thousandths) {
            Ok(whole) if whole % 1000 == 0 => serializer.serialize_i64(whole / 1000),
            _ => serializer.serialize_f64(thousandths as f64 / 1000.0),
        }
    }
}

impl Scorecard {
    /// Why the figure of a measure moved from one month to another: the difference split into cases that joined, left,
    /// changed and stayed, which add up to it exactly.
    ///
    /// # Examples
    ///
    /// ## One more compliment
    ///
    /// ```
    /// use csc_measures::tables::Compliment;
    /// use csc_measures::{Dataset, Options};
    ///
    /// let mut builder = Dataset::builder();
    /// let received = |day| chrono::NaiveDate::from_ymd_opt(2017, 3, day).unwrap();
    /// builder.rows(&[3, 7].map(|day| Compliment { compliment_id: day.to_string(), received_date: received(day) }))?;
    /// let (february, march) = ("2017-02".parse()?, "2017-03".parse()?);
    /// let card = builder.build().scorecard(february, march, &Options::default())?;
    /// let change = card.change("O4.M4", february, march)?;
    /// assert_eq!(change.difference.unwrap().to_string(), "+2");
    /// assert_eq!((change.moves[0].moved.as_str(), change.moves[0].cases), ("joined", 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`cases`](Scorecard::cases), and a month in which the measure has no result.
    pub fn change(&self, measure: impl AsRef<str>, from: Month, to: Month) -> Result<Change, ScorecardError> {
        let measure = measure.as_ref();
        let (before, after) = (self.side(measure, from)?, self.side(measure, to)?);
        let words = [Move::Joined, Move::Left, Move::Changed, Move::Stayed];
        Ok(change(before, after, words))
    }

    /// What another dataset says otherwise of the same months: for each measure and month of both whose figure or cases
    /// differ, the cases that are recorded late, removed and put right, which add up to the difference exactly. `self`
    /// is before, `later` after.
    ///
    /// # Examples
    ///
    /// ## A compliment that was recorded late
    ///
    /// ```
    /// use csc_measures::tables::Compliment;
    /// use csc_measures::{Dataset, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let received = |day| chrono::NaiveDate::from_ymd_opt(2017, 3, day).unwrap();
    /// let card = |days: &[u32]| {
    ///     let row = |day: &u32| Compliment { compliment_id: day.to_string(), received_date: received(*day) };
    ///     let mut builder = Dataset::builder();
    ///     builder.rows(&days.iter().map(row).collect::<Vec<_>>())?;
    ///     Ok::<_, Box<dyn std::error::Error>>(builder.build().scorecard(march, march, &Options::default())?)
    /// };
    /// let changes = card(&[3])?.compare(&card(&[3, 7])?)?;
    /// assert_eq!((changes.len(), changes[0].measure.as_str()), (1, "O4.M4"));
    /// assert_eq!(changes[0].moves[0].moved.as_str(), "recorded_late");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Scorecards of different plans, policies or closures, whose figures mean different things; scorecards that were
    /// put together from parts.
    pub fn compare(&self, later: &Self) -> Result<Vec<Change>, ScorecardError> {
        if let Some(difference) = self.run.means_otherwise(&later.run) {
            return Err(ScorecardError::OtherTerms { difference });
        }
        let ids: Vec<RowId> = self.run.asked().map(|row| row.row.id().clone()).collect();
        let (from, to) = (self.run.from.max(later.run.from), self.run.to.min(later.run.to));
        if to < from {
            return Ok(Vec::new());
        }
        let explained = |card: &Self| -> Result<BTreeMap<(Month, String), Vec<Case>>, ScorecardError> {
            let explained = card.explain_all(&ids, from, to)?;
            Ok(explained.into_iter().map(|one| ((one.month, one.measure.to_string()), one.cases)).collect())
        };
        let (mut cases_before, mut cases_after) = (explained(self)?, explained(later)?);
        let words = [Move::RecordedLate, Move::Removed, Move::PutRight, Move::Stayed];
        let mut changes = Vec::new();
        for before in self.results.iter().filter(|result| from <= result.month && result.month <= to) {
            let Some(after) = later.result(&before.measure, before.month) else { continue };
            let key = (before.month, before.measure.to_string());
            let [was, is] =
                [&mut cases_before, &mut cases_after].map(|cases| cases.remove(&key).unwrap_or_default());
            let found = change((before, was), (after, is), words);
            if !found.cases.is_empty() || found.before != found.after {
                changes.push(found);
            }
        }
        Ok(changes)
    }

    /// A result and its cases.
    fn side(&self, measure: &str, month: Month) -> Result<(&MeasureResult, Vec<Case>), ScorecardError> {
        let cases = self.cases(measure, month)?;
        match self.result(measure, month) {
            Some(result) => Ok((result, cases)),
            None => Err(ScorecardError::NoResult { measure: measure.to_owned(), month }),
        }
    }
}

/// What a case adds to numerator and denominator, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Adds {
    over: i128,
    under: i128,
}

impl Adds {
    fn of(case: &Case) -> Self {
        let thousandths = |amount: Option<Amount>| amount.map_or(0, |amount| amount.thousandths().into());
        Self { over: thousandths(case.numerator), under: thousandths(case.denominator) }
    }
}

/// What makes cases of both figures the same case.
type Key = (String, Option<String>, Option<chrono::NaiveDate>, Option<chrono::NaiveDate>, usize);

fn change(
    (before, cases_before): (&MeasureResult, Vec<Case>),
    (after, cases_after): (&MeasureResult, Vec<Case>),
    [joined, left, changed, stayed]: [Move; 4],
) -> Change {
    let scale = Scale::new(before, after);
    let (before_by, after_by) = (by_key(before.key, cases_before), by_key(after.key, cases_after));
    let mut moves: BTreeMap<Move, (u64, Option<Points>)> = BTreeMap::new();
    let mut moved_cases = Vec::new();
    let mut note = |key: &Key, was: Option<&Case>, is: Option<&Case>| {
        let adds = [was, is].map(|case| case.map(Adds::of).unwrap_or_default());
        let [Adds { over: n, under: d }, Adds { over: to_n, under: to_d }] = adds;
        let moved = match (was, is) {
            (None, _) => joined,
            (_, None) => left,
            (Some(was), Some(is)) if was.outcome != is.outcome || adds[0] != adds[1] => changed,
            _ => stayed,
        };
        let points = scale.map(|scale| scale.points(to_n - n, to_d - d));
        let (count, sum) = moves.entry(moved).or_insert((0, scale.map(Scale::none)));
        *count += 1;
        if let (Some(sum), Some(points)) = (sum.as_mut(), points) {
            *sum += points;
        }
        if moved != stayed {
            let (subject, record, ..) = key;
            moved_cases.push(MovedCase {
                moved,
                subject: subject.clone(),
                record: record.clone(),
                before: was.map(|case| case.outcome),
                after: is.map(|case| case.outcome),
                points,
            });
        }
    };
    for (key, was) in &before_by {
        note(key, Some(was), after_by.get(key));
    }
    for (key, is) in after_by.iter().filter(|(key, _)| !before_by.contains_key(*key)) {
        note(key, None, Some(is));
    }
    moved_cases.sort_by_key(|case| {
        let size = case.points.map_or(0, |points| points.numerator.abs());
        (std::cmp::Reverse(size), case.moved, case.subject.clone(), case.record.clone())
    });
    let difference = scale.map(|scale| {
        moves.values().filter_map(|(_, points)| *points).fold(scale.none(), |sum, points| sum + points)
    });
    Change {
        measure: after.measure.clone(),
        from: before.month,
        to: after.month,
        unit: after.unit,
        before: Side::of(before),
        after: Side::of(after),
        difference,
        moves: moves.into_iter().map(|(moved, (cases, points))| MoveSum { moved, cases, points }).collect(),
        cases: moved_cases,
    }
}

/// Of how things stood, cases are of the same matter if they are about the same record; events are so only if they are
/// the same event.
fn by_key(measure: Measure, cases: Vec<Case>) -> BTreeMap<Key, Case> {
    let is_of_standing =
        matches!(measure.definition().period, PeriodKind::Snapshot | PeriodKind::RollingTwelveMonths);
    let mut found = BTreeMap::new();
    for case in cases {
        let (anchor, due) = if is_of_standing { (None, None) } else { (case.anchor, case.due) };
        let mut key = (case.subject.clone(), case.record.clone(), anchor, due, 0);
        while found.contains_key(&key) {
            key.4 += 1;
        }
        found.insert(key, case);
    }
    found
}

impl Side {
    fn of(result: &MeasureResult) -> Self {
        Self {
            status: result.status,
            numerator: result.numerator,
            denominator: result.denominator,
            value: result.value,
        }
    }
}

/// What the parts of a difference are measured in.
#[derive(Clone, Copy)]
struct Scale {
    /// The figure before, in thousandths; of a count 0 of 1.
    before: Adds,
    /// The denominator that all parts share.
    denominator: i128,
    in_one: i128,
}

impl Scale {
    /// `None` if one of the figures has no value.
    fn new(before: &MeasureResult, after: &MeasureResult) -> Option<Self> {
        let sums = |result: &MeasureResult| {
            let figure = Figure::of(result.unit, result.numerator?, result.denominator.unwrap_or_default());
            let under = figure.denominator.map_or(1, |amount| amount.thousandths().into());
            figure.exact?;
            Some(Adds { over: figure.numerator?.thousandths().into(), under })
        };
        let (was, is) = (sums(before)?, sums(after)?);
        let in_one = if after.unit == Unit::Percent { 100 } else { 1 };
        Some(match after.unit {
            Unit::Count | Unit::Qualitative => {
                Self { before: Adds { over: 0, under: 1 }, denominator: 1000, in_one }
            }
            Unit::Percent | Unit::Average | Unit::Days => {
                Self { before: was, denominator: was.under * is.under, in_one }
            }
        })
    }

    /// What a case adds whose sums changed by so much.
    fn points(self, over: i128, under: i128) -> Points {
        let numerator = (over * self.before.under - self.before.over * under) * self.in_one;
        Points { numerator, denominator: self.denominator }
    }

    fn none(self) -> Points {
        self.points(0, 0).none()
    }
}
