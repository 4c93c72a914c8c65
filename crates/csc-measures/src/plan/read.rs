//! Reads and checks a plan that is given.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::PlanError;
use super::row::{Companions, PlanRow, PolicyChanges, RowId};
use super::structure::{Parts, Plan, PlanOutcome, Recommendation};
use super::target::RowTargets;
use crate::measures::{Measure, Unit};
use crate::policy::Policy;
use crate::time::clock::Clock;
use crate::value::given::{Fields, Given, Setting, named};
use crate::value::json;
use crate::value::names::{UnknownId, nearest, shown};

const PLAN_KEYS: [&str; 5] = ["id", "title", "edition", "outcomes", "recommendations"];
const OUTCOME_KEYS: [&str; 4] = ["id", "title", "rows", "recommendations"];
const ROW_KEYS: [&str; 7] = ["id", "title", "measure", "show", "companions", "policy", "target"];
const RECOMMENDATION_KEYS: [&str; 7] =
    ["id", "text", "number", "number_inferred", "unmeasured", "note", "clocks"];

/// The longest id of a row, in characters.
const LONGEST_ID: usize = 40;

impl Plan {
    /// Reads a plan from JSON and checks it. `docs/plans.md` has the form.
    ///
    /// # Errors
    /// Text that is not JSON; keys, measures, forms, policies or recommendations that are not known, with the
    /// nearest; ids that are doubled or ill formed; two rows with one figure and unlike targets.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        let given = json::parse(text.trim_start_matches('\u{feff}')).map_err(PlanError::new)?;
        plan(given).map_err(PlanError::new)
    }

    /// The policies of a row: its own over those of a run.
    ///
    /// # Errors
    /// Policies that do not go together.
    pub(crate) fn policies_of(&self, row: &PlanRow, run: &Policy) -> Result<Policy, PlanError> {
        let policy = row.policy_changes().over(run);
        policy.map_err(|error| PlanError::new(format!("row `{}`: {error}", row.id)))
    }

    /// The plan in a run: which rows show one figure depends on the policies of the run, as rows may have their own.
    pub(crate) fn under(mut self, run: &Policy) -> Self {
        let is_as_read = |parts: &Parts| {
            let aliases = aliases(&parts.rows, run);
            parts.rows.iter().map(|row| &row.alias_of).eq(&aliases)
        };
        if !is_as_read(&self.0) {
            find_aliases(&mut Arc::make_mut(&mut self.0).rows, run);
        }
        self
    }
}

/// # Errors
/// What is wrong, in words.
pub(super) fn plan(given: Given) -> Result<Plan, String> {
    let mut fields = Fields::of(given, "an object of a plan", &PLAN_KEYS)?;
    let id = fields.text("id").and_then(well_formed).map_err(|error| format!("the plan: {error}"))?;
    let title = fields.text("title").and_then(title).map_err(|error| format!("the plan: {error}"))?;
    let edition = fields.setting::<u16>("edition")?.map_or(1, u32::from);
    let mut recommendations: Vec<Recommendation> =
        fields.list("recommendations")?.into_iter().map(recommendation).collect::<Result<_, _>>()?;
    unique("recommendation", recommendations.iter().map(|recommendation| recommendation.id.as_str()))?;
    let (mut outcomes, mut rows) = (Vec::new(), Vec::new());
    for given in fields.list("outcomes")? {
        let (outcome, of_it) = outcome(given, outcomes.len(), &recommendations)?;
        outcomes.push(outcome);
        rows.extend(of_it);
    }
    if rows.is_empty() {
        return Err("the plan has no rows".into());
    }
    unique("outcome", outcomes.iter().map(|outcome| &*outcome.id))?;
    unique("row", rows.iter().map(|row: &PlanRow| &*row.id))?;
    find_aliases(&mut rows, &Policy::default());
    for recommendation in &mut recommendations {
        let answers = |outcome: &PlanOutcome| outcome.recommendations.contains(&recommendation.id);
        let has_rows = rows.iter().any(|row| outcomes.get(row.outcome).is_some_and(answers));
        recommendation.unmeasured |= !has_rows;
    }
    Ok(Plan(Arc::new(Parts { id, title, edition, outcomes, rows, recommendations })))
}

/// An id: short, of letters, digits and a few signs, so that it can be part of a file name or an address.
fn well_formed(id: String) -> Result<String, String> {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if id.is_empty() || id.len() > LONGEST_ID || !id.bytes().all(is_sign) {
        return Err(format!(
            "the id `{}` is not 1 to {LONGEST_ID} letters, digits, `.`, `_` or `-`",
            shown(&id)
        ));
    }
    Ok(id)
}

/// A title: a figure without one says nothing.
fn title(title: String) -> Result<String, String> {
    if title.trim().is_empty() { Err("`title` is empty".to_owned()) } else { Ok(title) }
}

/// Sees that no id is there twice, case apart.
fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for id in ids {
        match seen.insert(id.to_ascii_lowercase(), id) {
            Some(other) if other == id => return Err(format!("two {what}s have the id `{id}`")),
            Some(other) => {
                return Err(format!("two {what}s have one id but for its case: `{other}` and `{id}`"));
            }
            None => {}
        }
    }
    Ok(())
}

fn recommendation(given: Given) -> Result<Recommendation, String> {
    let mut fields = Fields::of(given, "an object of a recommendation", &RECOMMENDATION_KEYS)?;
    let id = fields.text("id").map_err(|error| format!("a recommendation: {error}"))?;
    let rest = (|| {
        let clocks: Vec<String> = fields.setting("clocks")?.unwrap_or_default();
        for clock in &clocks {
            Clock::by_id(clock).map_err(|error| error.to_string())?;
        }
        Ok(Recommendation {
            id: id.clone(),
            text: fields.text("text")?,
            number: fields.setting::<u16>("number")?.map(u32::from),
            number_inferred: fields.setting("number_inferred")?.unwrap_or_default(),
            unmeasured: fields.setting("unmeasured")?.unwrap_or_default(),
            note: fields.setting("note")?,
            clocks,
        })
    })();
    rest.map_err(|error: String| format!("recommendation `{}`: {error}", shown(&id)))
}

fn outcome(
    given: Given,
    place: usize,
    recommendations: &[Recommendation],
) -> Result<(PlanOutcome, Vec<PlanRow>), String> {
    let mut fields = Fields::of(given, "an object of an outcome", &OUTCOME_KEYS)?;
    let id = fields.text("id").and_then(well_formed).map_err(|error| format!("an outcome: {error}"))?;
    let within = |error: String| format!("outcome `{id}`: {error}");
    let title = fields.text("title").and_then(title).map_err(within)?;
    let answers: Vec<String> = fields.setting("recommendations").map_err(within)?.unwrap_or_default();
    for answer in &answers {
        let known = || recommendations.iter().map(|recommendation| recommendation.id.as_str());
        if !known().any(|id| id == answer) {
            return Err(within(match recommendations {
                [] => format!("the plan has no recommendation `{}`", shown(answer)),
                _ => UnknownId::new("recommendation", answer, known()).to_string(),
            }));
        }
    }
    let outcome = PlanOutcome { id: RowId::new(&id), title, recommendations: answers };
    let mut rows = Vec::new();
    for given in fields.list("rows").map_err(within)? {
        rows.extend(row(given, place, &outcome.id)?);
    }
    Ok((outcome, rows))
}

/// A row and its companions.
fn row(given: Given, outcome: usize, outcome_id: &RowId) -> Result<Vec<PlanRow>, String> {
    let mut fields = Fields::of(given, "an object of a row", &ROW_KEYS)
        .map_err(|error| format!("a row of outcome `{outcome_id}`: {error}"))?;
    let id = fields
        .text("id")
        .and_then(well_formed)
        .map_err(|error| format!("a row of outcome `{outcome_id}`: {error}"))?;
    let rest = (|| {
        let measure = measure(&fields.text("measure")?)?;
        let unit = match fields.take("show") {
            Some(given) => unit(measure, &given)?,
            None => Plan::first_unit(measure),
        };
        let targets = fields
            .take("target")
            .map(|given| {
                let targets = RowTargets::from_given(given)?;
                targets.check(measure.definition().better, unit)?;
                Ok(targets)
            })
            .transpose()
            .map_err(|error: String| format!("`target`: {error}"))?;
        Ok(PlanRow {
            id: RowId::new(&id),
            title: fields.text("title").and_then(title)?,
            outcome,
            outcome_id: outcome_id.clone(),
            measure,
            unit,
            companion_of: None,
            alias_of: None,
            companions: companions(measure, fields.take("companions"))?,
            policy: policy(fields.take("policy"))?,
            targets,
        })
    })();
    let row = rest.map_err(|error: String| format!("row `{id}`: {error}"))?;
    let companions = measure_companions(&row);
    Ok(std::iter::once(row).chain(companions).collect())
}

fn measure(key: &str) -> Result<Measure, String> {
    let measures = || Measure::all().filter(|measure| measure.companion_of().is_none());
    measures()
        .find(|measure| measure.key() == key)
        .ok_or_else(|| UnknownId::new("measure", key, measures().map(Measure::key)).to_string())
}

/// The form in which a row shows its measure.
fn unit(measure: Measure, given: &Given) -> Result<Unit, String> {
    let forms: Vec<Unit> = measure.definition().forms.iter().map(|form| form.unit).collect();
    named(given, &forms, Unit::as_str).map_err(|error| format!("`show` of `{measure}`: {error}"))
}

fn companions(measure: Measure, given: Option<Given>) -> Result<Companions, String> {
    let names = match given {
        None | Some(Given::Bool(true)) => return Ok(Companions::All),
        Some(Given::Bool(false)) => return Ok(Companions::None),
        Some(given @ Given::List(_)) => Vec::<String>::from_given(&given),
        Some(given) => Err(format!("expected true, false or a list of names, found {given}")),
    };
    let names = names.map_err(|error| format!("`companions`: {error}"))?;
    let known: Vec<&'static str> = measure.companions().filter_map(Measure::companion_name).collect();
    for (place, name) in names.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            return Err(match known.as_slice() {
                [] => format!("`companions`: `{measure}` has none"),
                _ => format!(
                    "`companions`: unknown companion `{}`, did you mean `{}`?",
                    shown(name),
                    nearest(name, known)
                ),
            });
        }
        if names.iter().take(place).any(|other| other == name) {
            return Err(format!("`companions`: `{name}` is given twice"));
        }
    }
    Ok(Companions::Some(known.into_iter().filter(|known| names.iter().any(|name| name == known)).collect()))
}

fn policy(given: Option<Given>) -> Result<PolicyChanges, String> {
    let entries = match given {
        None => Vec::new(),
        Some(Given::Object(entries)) => entries,
        Some(given) => return Err(format!("`policy`: expected an object of policies, found {given}")),
    };
    for (place, (key, _)) in entries.iter().enumerate() {
        if entries.iter().take(place).any(|(other, _)| other == key) {
            return Err(format!("policy `{}` is given twice", shown(key)));
        }
    }
    let changes = PolicyChanges(entries);
    changes.over(&Policy::default())?;
    Ok(changes)
}

/// The companions that a row brings along, under its policies.
fn measure_companions(row: &PlanRow) -> Vec<PlanRow> {
    let asked = row.measure.companions().filter_map(|measure| Some((measure, measure.companion_name()?)));
    asked
        .filter(|(_, name)| row.companions.has(name))
        .map(|(measure, name)| PlanRow {
            id: RowId::new(&format!("{}.{name}", row.id)),
            title: measure.definition().forms.first().map_or(name, |form| form.title).to_owned(),
            measure,
            unit: Plan::first_unit(measure),
            companion_of: Some(row.id.clone()),
            targets: None,
            ..row.clone()
        })
        .collect()
}

/// Notes the rows that show what an earlier one does under the policies of a run.
///
/// Two such rows with unlike targets are refused when the plan is used, together with the targets of the caller.
fn find_aliases(rows: &mut [PlanRow], run: &Policy) {
    let aliases = aliases(rows, run);
    for (row, alias) in rows.iter_mut().zip(aliases) {
        row.alias_of = alias;
    }
}

/// By row the id of the earlier row with the same figure.
fn aliases(rows: &[PlanRow], run: &Policy) -> Vec<Option<RowId>> {
    let alias = |(place, row): (usize, &PlanRow)| {
        let mut earlier = rows.iter().take(place);
        let first = earlier.find(|other| row.is_printed() && other.shows_the_same_as(row, run))?;
        Some(first.id.clone())
    };
    rows.iter().enumerate().map(alias).collect()
}
