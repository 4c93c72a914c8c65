//! Signals: which of a measure's figures are more than its own ups and downs.

use crate::measures::{self, MEASURES};
use crate::policy::Policy;
use crate::tails::{Terms, at_most};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked: each as the options have it, null where nothing is.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub policy: Value,
    pub targets: Value,
    /// The charts by measure.
    pub chart: Value,
    /// A number, or one by measure.
    pub baseline: Value,
    /// Months by measure.
    pub rebase: Value,
}

/// The fewest points of a chart and of a baseline, of a stretch with limits, and of a level.
const OF_CHART: usize = 12;
const OF_STRETCH: usize = 8;
const OF_LEVEL: usize = 24;

/// A figure as its result has it.
struct Point {
    month: String,
    /// In thousandths.
    n: i64,
    d: i64,
    x: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    High,
    Low,
}

impl Side {
    const BOTH: [Side; 2] = [Side::High, Side::Low];

    fn name(self) -> &'static str {
        match self {
            Side::High => "high",
            Side::Low => "low",
        }
    }

    /// Whether `x` lies strictly on this side of `y`.
    fn is_beyond(self, x: f64, y: f64) -> bool {
        match self {
            Side::High => x > y + 1e-9,
            Side::Low => x < y - 1e-9,
        }
    }

    /// So much from the centre to this side.
    fn from(self, centre: f64, distance: f64) -> f64 {
        match self {
            Side::High => centre + distance,
            Side::Low => centre - distance,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of cases")]
fn float(number: i64) -> f64 {
    number as f64
}

fn thousandths(number: &Value) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "numbers of cases")]
    let whole = (number.as_f64().unwrap() * 1000.0).round() as i64;
    whole
}

/// How many there are, to divide by.
#[expect(clippy::cast_precision_loss, reason = "numbers of points")]
fn number<T>(of: &[T]) -> f64 {
    of.len() as f64
}

fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / number(of)
}

/// How far each is from the one before it.
fn ranges(of: &[f64]) -> Vec<f64> {
    of.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect()
}

fn points(id: &str, results: &[Value]) -> Vec<Point> {
    // A publication has a letter in place of a figure that it leaves out.
    let mine = results.iter().filter(|result| result["measure"] == id && result["value"].is_number());
    mine.map(|result| {
        let n = thousandths(&result["numerator"]);
        // A count has no denominator.
        let d = if result["denominator"].is_null() { 1000 } else { thousandths(&result["denominator"]) };
        let times = if measures::of(id).unit == "percent" { 100.0 } else { 1.0 };
        Point { month: result["month"].as_str().unwrap().to_string(), n, d, x: times * float(n) / float(d) }
    })
    .collect()
}

/// The row of a plan without what its companion is called.
fn row(id: &str) -> String {
    id.split('.').take(2).collect::<Vec<_>>().join(".")
}

/// Whether the cases of a measure stay from month to month, or its windows overlap.
fn hangs_together(id: &str, policy: &Policy) -> bool {
    if matches!(id, "O2.M3.open_overdue" | "O3.M2.open_overdue") {
        return true;
    }
    match row(id).as_str() {
        "O1.M1" | "O1.M2" | "O1.M3" | "O1.M4" | "O1.M5" | "O2.M1" | "O3.M1" | "O3.M11" | "O6.M1"
        | "O6.M2" | "O6.M5" | "O6.M6" | "O6.M7" | "O6.M8" | "O6.M9" | "O6.M11" | "O6.M12" => true,
        "O4.M3" => policy.stage_two_basis != "cohort_month",
        "O6.M3" | "O6.M4" => policy.adoption_window == "three_years",
        _ => false,
    }
}

/// The chart of a measure: the one asked for, or else that of its unit.
// READING: a percent that does not count whole cases has no exact chance, so p is not its chart if it is asked, too.
fn chart(id: &str, points: &[Point], asked: &Asked) -> String {
    let own = match measures::of(id).unit {
        "percent" => "p_prime",
        "count" => "c_prime",
        _ => "xmr",
    };
    let chart = asked.chart[id].as_str().unwrap_or(own);
    let is_whole = |point: &Point| point.n % 1000 == 0 && point.d % 1000 == 0 && point.n <= point.d;
    if chart.starts_with('p') && !points.iter().all(is_whole) { "xmr".into() } else { chart.into() }
}

fn check(results: &[Value], asked: &Asked) -> Result<(), String> {
    for (what, by_measure) in
        [("chart", &asked.chart), ("baseline", &asked.baseline), ("rebase", &asked.rebase)]
    {
        for id in by_measure.as_object().into_iter().flat_map(|object| object.keys()) {
            if !MEASURES.iter().any(|measure| measure.id == id) {
                return Err(format!("{what}: no measure {id}"));
            }
        }
    }
    for (id, chart) in asked.chart.as_object().into_iter().flatten() {
        let is_of_unit = match chart.as_str() {
            Some("p" | "p_prime") => measures::of(id).unit == "percent",
            Some("c" | "c_prime") => measures::of(id).unit == "count",
            // READING: of all that have figures; asked of another it would be passed over in silence.
            Some("xmr" | "level") => measures::of(id).unit != "qualitative",
            _ => false,
        };
        if !is_of_unit {
            return Err(format!("chart: {id} has no {chart}"));
        }
    }
    let all = asked.baseline.as_object().map_or_else(Vec::new, |object| object.values().collect());
    for number in all.into_iter().chain(asked.baseline.as_number().map(|_| &asked.baseline)) {
        if number.as_u64().is_none_or(|number| number < OF_CHART as u64) {
            return Err(format!("baseline: {number}"));
        }
    }
    let months = results.iter().map(|result| result["month"].as_str().unwrap());
    let (first, last) = (months.clone().min(), months.max());
    for (id, rebase) in asked.rebase.as_object().into_iter().flatten() {
        for month in rebase.as_array().unwrap() {
            if month.as_str() < first || month.as_str() > last {
                return Err(format!("rebase: {month} of {id} is not asked for"));
            }
        }
    }
    Ok(())
}

/// The points by stretch: a new one from the first point on or after each of the months.
fn stretches(points: Vec<Point>, rebase: &Value) -> Vec<Vec<Point>> {
    let months: Vec<&str> = rebase.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let begun = |point: &Point| months.iter().filter(|month| **month <= point.month.as_str()).count();
    let mut out: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
    for point in points {
        out.entry(begun(&point)).or_default().push(point);
    }
    out.into_values().collect()
}

/// The correlation of each point with the next.
fn lag1(x: &[f64]) -> Option<f64> {
    if x.len() < 3 {
        return None;
    }
    let (before, after) = (&x[..x.len() - 1], &x[1..]);
    let differ = |of: &[f64]| of.iter().any(|x| (x - of[0]).abs() > 1e-9);
    // READING: a correlation asks that the points but the last differ, and those but the first.
    if !differ(before) || !differ(after) {
        return None;
    }
    let (mean_before, mean_after) = (mean(before), mean(after));
    let sum = |of: &dyn Fn(f64, f64) -> f64| {
        before.iter().zip(after).map(|(a, b)| of(a - mean_before, b - mean_after)).sum::<f64>()
    };
    Some(sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt())
}

/// What the chance of a point is reckoned with.
enum Chance {
    /// It is not asked.
    Any,
    Share(f64),
    Count(f64),
}

struct Stretch<'p> {
    chart: &'p str,
    points: &'p [Point],
    baseline: usize,
    centre: f64,
    /// The deviation at each point; none where there are neither limits nor marks.
    sigma: Option<Vec<f64>>,
    chance: Chance,
}

impl<'p> Stretch<'p> {
    fn new(chart: &'p str, points: &'p [Point], asked_baseline: Option<u64>, least: usize) -> Stretch<'p> {
        let asked_baseline = asked_baseline.map(|asked| usize::try_from(asked).unwrap());
        let baseline = asked_baseline.map_or(points.len(), |asked| points.len().min(asked));
        let base = &points[..baseline];
        let x: Vec<f64> = base.iter().map(|point| point.x).collect();
        let n: i64 = base.iter().map(|point| point.n / 1000).sum();
        let d: i64 = base.iter().map(|point| point.d / 1000).sum();
        let is_share = chart.starts_with('p');
        let is_count = chart.starts_with('c');
        let centre = if is_share { 100.0 * float(n) / float(d) } else { mean(&x) };
        let chance = if is_share {
            Chance::Share((float(n) + 0.5) / (float(d) + 1.0))
        } else if is_count {
            Chance::Count((float(n) + 0.5) / number(base))
        } else {
            Chance::Any
        };
        let mut stretch = Stretch { chart, points, baseline, centre, sigma: None, chance };
        if points.len() >= least && baseline >= least {
            stretch.sigma = Some(points.iter().map(|point| stretch.sigma_of(&x, base, point)).collect());
        }
        stretch
    }

    fn sigma_of(&self, x: &[f64], base: &[Point], point: &Point) -> f64 {
        match self.chart {
            "xmr" => by_ranges(x),
            "p" => self.by_share(point),
            "p_prime" => {
                if self.by_share(point) < 1e-9 {
                    return 0.0;
                }
                let z: Vec<f64> =
                    base.iter().map(|other| (other.x - self.centre) / self.by_share(other)).collect();
                self.by_share(point) * (mean(&ranges(&z)) / 1.128).max(1.0)
            }
            "c" => self.centre.sqrt(),
            "c_prime" => self.centre.sqrt().max(by_ranges(x)),
            "level" => {
                let squares: Vec<f64> = x.iter().map(|x| (x - self.centre) * (x - self.centre)).collect();
                (squares.iter().sum::<f64>() / (number(x) - 1.0)).sqrt()
            }
            other => panic!("chart {other}"),
        }
    }

    /// The deviation of a percent that chance gives.
    fn by_share(&self, point: &Point) -> f64 {
        let p = self.centre / 100.0;
        100.0 * (p * (1.0 - p) / (float(point.d) / 1000.0)).sqrt()
    }

    /// The deviation at a point, unless nothing deviates.
    fn deviation(&self, place: usize) -> Option<f64> {
        self.sigma.as_ref().map(|sigma| sigma[place]).filter(|sigma| *sigma > 1e-9)
    }

    /// The limit of a point to a side.
    fn limit(&self, place: usize, side: Side) -> Option<f64> {
        Some(side.from(self.centre, 3.0 * self.deviation(place)?))
    }

    fn terms(&self, place: usize) -> Option<Terms> {
        match self.chance {
            Chance::Any => None,
            Chance::Share(p) => Some(Terms::binomial(self.points[place].d / 1000, p)),
            Chance::Count(c) => Some(Terms::poisson(c)),
        }
    }

    /// Whether a figure so far to the side has at most this chance.
    fn is_unlikely(&self, place: usize, side: Side, limit: f64) -> bool {
        let n = self.points[place].n / 1000;
        let is_so = |k| if side == Side::High { k >= n } else { k <= n };
        self.terms(place).is_none_or(|terms| at_most(terms.chance(is_so), limit))
    }

    /// The chance of a figure strictly on this side of the centre.
    fn chance_of_side(&self, place: usize, side: Side) -> f64 {
        let d = float(self.points[place].d / 1000);
        let figure = |k: i64| match self.chance {
            Chance::Share(_) => 100.0 * float(k) / d,
            _ => float(k),
        };
        self.terms(place).map_or(0.0, |terms| terms.chance(|k| side.is_beyond(figure(k), self.centre)))
    }

    fn is_beside(&self, place: usize, side: Side) -> bool {
        side.is_beyond(self.points[place].x, self.centre)
    }

    /// Whether a point lies to this side of the one before.
    fn has_moved(&self, place: usize, side: Side) -> bool {
        side.is_beyond(self.points[place].x, self.points[place - 1].x)
    }

    /// The marks of each point.
    fn marks(&self) -> Vec<BTreeSet<String>> {
        let mut marks = vec![BTreeSet::new(); self.points.len()];
        if self.sigma.is_none() {
            return marks;
        }
        for side in Side::BOTH {
            let mut mark = |what: &str, places: &mut dyn Iterator<Item = usize>| {
                for place in places {
                    marks[place].insert(format!("{what}_{}", side.name()));
                }
            };
            mark("point", &mut (0..self.points.len()).filter(|place| self.is_outside(*place, side)));
            if self.chart == "level" {
                continue;
            }
            for (from, to) in self.unbroken(|place| self.is_beside(place, side)) {
                let chance: f64 = (from..to).map(|place| self.chance_of_side(place, side)).product();
                if to - from >= 7 && at_most(chance, 1.0 / 128.0) {
                    mark("run", &mut (from..to));
                }
            }
            for (from, to) in self.unbroken(|place| place > 0 && self.has_moved(place, side)) {
                // The point from which it starts is one of them.
                if to - from + 1 >= 7 {
                    mark("trend", &mut (from - 1..to));
                }
            }
            for last in 2..self.points.len() {
                let three = last - 2..=last;
                let far: Vec<usize> = three.clone().filter(|place| self.is_far(*place, side)).collect();
                if three.clone().all(|place| self.is_beside(place, side)) && far.len() >= 2 {
                    mark("two_of_three", &mut far.into_iter());
                }
            }
        }
        marks
    }

    fn is_outside(&self, place: usize, side: Side) -> bool {
        let limit = self.limit(place, side);
        limit.is_some_and(|limit| side.is_beyond(self.points[place].x, limit))
            && self.is_unlikely(place, side, 0.00135)
    }

    /// Whether a point can be one of the two of three.
    // READING: a point beyond two deviations that is not unlikely is none of the two.
    fn is_far(&self, place: usize, side: Side) -> bool {
        self.deviation(place)
            .is_some_and(|sigma| side.is_beyond(self.points[place].x, side.from(self.centre, 2.0 * sigma)))
            && self.is_unlikely(place, side, 0.02275)
    }

    /// The places in succession of which it is so, as long as they can be, each with the place after it.
    fn unbroken(&self, is_so: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut from = None;
        for place in 0..=self.points.len() {
            let is_so = place < self.points.len() && is_so(place);
            match (from, is_so) {
                (None, true) => from = Some(place),
                (Some(start), false) => {
                    out.push((start, place));
                    from = None;
                }
                _ => {}
            }
        }
        out
    }

    fn variation(&self, place: usize, marks: &BTreeSet<String>, better: &str) -> &'static str {
        let has = |side: &Side| marks.iter().any(|mark| mark.ends_with(side.name()));
        let sides: Vec<Side> = Side::BOTH.into_iter().filter(has).collect();
        let side = match sides.as_slice() {
            [] => return "common",
            [side] => *side,
            _ => {
                let own = Side::BOTH.into_iter().find(|side| self.is_beside(place, *side));
                own.unwrap_or_else(|| {
                    Side::BOTH.into_iter().find(|side| self.has_moved(place + 1, *side)).unwrap()
                })
            }
        };
        match (side, better) {
            (Side::High, "neutral") => "high",
            (Side::Low, "neutral") => "low",
            (Side::High, "higher") | (Side::Low, "lower") => "improvement",
            _ => "concern",
        }
    }
}

/// The deviation that neighbours give.
fn by_ranges(x: &[f64]) -> f64 {
    let ranges = ranges(x);
    let most = 3.267 * mean(&ranges);
    let kept: Vec<f64> = ranges.into_iter().filter(|range| !Side::High.is_beyond(*range, most)).collect();
    mean(&kept) / 1.128
}

/// The limits of a point, where figures can be.
fn shown_limits(id: &str, stretch: &Stretch<'_>, place: usize) -> Option<(f64, f64)> {
    let (low, high) = (stretch.limit(place, Side::Low)?, stretch.limit(place, Side::High)?);
    let is_cut_at_100 = measures::of(id).unit == "percent" && row(id) != "O1.M5";
    Some((low.max(0.0), if is_cut_at_100 { high.min(100.0) } else { high }))
}

/// What the limits of the last point mean for the target that has begun by its month.
// READING: the limits as they are shown; no month reaches a target that lies where no figure can be.
fn assurance(id: &str, last: &Stretch<'_>, targets: &Value) -> Value {
    let place = last.points.len() - 1;
    let Some((low, high)) = shown_limits(id, last, place) else { return Value::Null };
    // READING: the two ids of the row printed twice have one target, by whichever it is given.
    let given = match id {
        "O3.M1" => targets.get("O3.M1").or_else(|| targets.get("O3.M11")),
        "O3.M11" => targets.get("O3.M11").or_else(|| targets.get("O3.M1")),
        id => targets.get(id),
    };
    let all = match given {
        Some(Value::Array(all)) => all.clone(),
        given => given.cloned().into_iter().collect(),
    };
    let from = |target: &Value| target["from"].as_str().unwrap_or_default().to_string();
    let begun = all.iter().filter(|target| from(target) <= last.points[place].month);
    let Some(target) = begun.max_by_key(|target| from(target)) else { return Value::Null };
    let (passing, failing) = match target["better"].as_str().unwrap() {
        "higher" => (Side::Low, Side::High),
        "lower" => (Side::High, Side::Low),
        _ => return Value::Null,
    };
    let wanted = target["target"].as_f64().unwrap();
    // Both limits are to the better side of the target, or both to the other.
    if passing.is_beyond(wanted, if passing == Side::Low { low } else { high }) {
        json!("passing")
    } else if failing.is_beyond(wanted, if failing == Side::Low { low } else { high }) {
        json!("failing")
    } else {
        json!("hit_and_miss")
    }
}

fn of_measure(id: &str, results: &[Value], policy: &Policy, asked: &Asked) -> Option<Value> {
    let points = points(id, results);
    if points.len() < OF_CHART {
        return None;
    }
    let chart = chart(id, &points, asked);
    let baseline = asked.baseline.as_u64().or_else(|| asked.baseline[id].as_u64());
    let all = stretches(points, &asked.rebase[id]);
    // READING: of figures that hang together each stretch needs a baseline of 24, or has neither limits nor marks;
    // one that has it is enough for a chart.
    let hang_together = hangs_together(id, policy);
    let least = if hang_together { OF_LEVEL } else { OF_STRETCH };
    let stretches: Vec<Stretch<'_>> =
        all.iter().map(|points| Stretch::new(&chart, points, baseline, least)).collect();
    if hang_together && (chart != "level" || stretches.iter().all(|stretch| stretch.baseline < OF_LEVEL)) {
        return None;
    }
    let mut said = Vec::new();
    for stretch in &stretches {
        let marks = stretch.marks();
        for (place, point) in stretch.points.iter().enumerate() {
            let (low, high) = shown_limits(id, stretch, place).unzip();
            said.push(json!({
                "month": point.month,
                "value": point.x,
                "centre": stretch.centre,
                "low": low,
                "high": high,
                "marks": marks[place],
                "variation": stretch.variation(place, &marks[place], measures::of(id).better),
            }));
        }
    }
    let told = stretches.iter().map(|stretch| {
        let x: Vec<f64> = stretch.points.iter().map(|point| point.x).collect();
        json!({
            "from": stretch.points[0].month,
            "to": stretch.points[stretch.points.len() - 1].month,
            "baseline_points": stretch.baseline,
            "centre": stretch.centre,
            "lag1": lag1(&x),
        })
    });
    Some(json!({
        "measure": id,
        "chart": chart,
        "stretches": told.collect::<Vec<_>>(),
        "points": said,
        "assurance": assurance(id, stretches.last().unwrap(), &asked.targets),
    }))
}

/// The signals of results, with figures as they are before they are shown with three decimals.
///
/// # Errors
/// Where what is asked makes no sense.
pub fn signals(results: &[Value], asked: &Asked) -> Result<Vec<Value>, String> {
    let policy = Policy::read(&asked.policy)?;
    check(results, asked)?;
    let of = |measure: &'static measures::Measure| of_measure(measure.id, results, &policy, asked);
    Ok(MEASURES.iter().filter_map(of).collect())
}
