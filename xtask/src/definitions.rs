//! `cargo xtask definitions`: a measure's meaning cannot change unseen.
//!
//! `tests/definitions.json` keeps what each measure meant when its version was last set: its definition in words,
//! its unit, period, direction, inputs and policies, and a fingerprint of every case worked by hand. What differs
//! now is a change of meaning and asks for a higher version. A further vector is none, and neither is a better
//! wording, if whoever writes it says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use csc_measures::measures::{InputKind, InputRow};
use csc_measures::plan::{Plan, PlanRow};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::run::Done;
use crate::workspace;

const FILE: &str = "tests/definitions.json";
const VECTORS: &str = "tests/vectors/measures";

/// The meaning of every measure, as it was kept or as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    measures: BTreeMap<String, Meaning>,
}

/// The meaning of one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meaning {
    version: u32,
    unit: Value,
    period: Value,
    better: Value,
    definition: Value,
    inputs: Vec<String>,
    policies: Vec<String>,
    /// Each vector by name, with the fingerprint of what goes in and what must come out.
    vectors: BTreeMap<String, String>,
}

/// Writes the file, unless a meaning changed without its version; in `check` says whether it is stale.
pub(crate) fn run(check: bool, reworded: &[String]) -> Done {
    let now = now()?;
    let text = serde_json::to_string_pretty(&now)? + "\n";
    if let Ok(kept) = fs::read_to_string(workspace::root().join(FILE)) {
        let kept: Definitions = serde_json::from_str(&kept).map_err(|error| format!("{FILE}: {error}"))?;
        let changes = changes(&kept, &now, reworded);
        if !changes.is_empty() {
            return Err(changes.join("\n").into());
        }
    }
    workspace::settle(FILE, &text, check, "definitions")
}

fn now() -> Result<Definitions, Box<dyn std::error::Error>> {
    let (plan, all) = (Plan::worcestershire_2017(), Plan::all_measures());
    let is_shown = |row: &&PlanRow| plan.rows().iter().any(|other| other.measure() == row.measure());
    // What the first plan does not show goes by its key.
    let others = all.rows().iter().filter(|row| !is_shown(row));
    let mut measures = BTreeMap::new();
    for row in plan.rows().iter().chain(others) {
        measures.insert(row.id().to_string(), Meaning::of(row)?);
    }
    Ok(Definitions { measures })
}

impl Meaning {
    fn of(row: &PlanRow) -> Result<Self, Box<dyn std::error::Error>> {
        let input = |input: &InputRow| {
            let when = input.when.map(|when| format!(" if {when}")).unwrap_or_default();
            format!("{} {}{when}", input.kind.as_str(), input.name)
        };
        let definition = row.definition();
        let inputs = definition.inputs.iter().filter(|input| input.kind != InputKind::OptionalColumns);
        Ok(Self {
            version: definition.version,
            unit: json!(row.unit()),
            period: json!(definition.period),
            better: json!(definition.better),
            definition: json!({
                "cases": definition.cases,
                "numerator": definition.numerator,
                "denominator": row.form().denominator,
                "exclusions": definition.exclusions,
            }),
            // Which optional columns are read is said for warnings, and makes no other figure.
            inputs: inputs.map(input).collect(),
            policies: row.policies().map(str::to_owned).collect(),
            vectors: vectors(row.id())?,
        })
    }

    /// All but the words, the vectors and the version.
    fn facts(&self) -> (&Value, &Value, &Value, &[String], &[String]) {
        (&self.unit, &self.period, &self.better, &self.inputs, &self.policies)
    }
}

/// The fingerprints of a measure's vectors. The reason that a vector gives is for its reader only.
fn vectors(measure: &str) -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    let path = workspace::root().join(VECTORS).join(format!("{measure}.json"));
    let file: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
    let vectors = file.get("vectors").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut found = BTreeMap::new();
    for mut vector in vectors {
        let name = vector.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(fields) = vector.as_object_mut() {
            fields.remove("why");
        }
        // A warning says more about a figure, and does not change it.
        if let Some(expected) = vector.get_mut("expect").and_then(Value::as_object_mut) {
            expected.remove("warnings");
        }
        // An object's keys are in the order of the alphabet, so the text depends on the content alone.
        let digest = Sha256::digest(vector.to_string());
        let fingerprint: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        if found.insert(name.clone(), fingerprint).is_some() {
            return Err(format!("{measure}: two vectors are named \"{name}\"").into());
        }
    }
    Ok(found)
}

/// What to do if a meaning changed.
const REMEDY: &str = "if the same data now give another figure, raise its `version` in \
    crates/csc-measures/src/measures and run `cargo xtask definitions`";

/// What changed its meaning without a higher version, each with what to do.
fn changes(kept: &Definitions, now: &Definitions, reworded: &[String]) -> Vec<String> {
    let reworded: BTreeSet<&str> = reworded.iter().map(String::as_str).collect();
    let mut changes = Vec::new();
    for (id, old) in &kept.measures {
        let Some(new) = now.measures.get(id) else { continue };
        if new.version < old.version {
            changes.push(format!("{id}: its version fell from {} to {}", old.version, new.version));
        }
        if new.version > old.version {
            continue;
        }
        if old.facts() != new.facts() {
            changes.push(format!("{id}: its unit, period, direction, inputs or policies changed; {REMEDY}"));
        }
        let lost: Vec<String> = old
            .vectors
            .iter()
            .filter(|(name, fingerprint)| new.vectors.get(*name) != Some(fingerprint))
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        if !lost.is_empty() {
            changes.push(format!("{id}: vectors changed or went ({}); {REMEDY}", lost.join(", ")));
        }
        if old.definition != new.definition && !reworded.contains(id.as_str()) {
            changes.push(format!(
                "{id}: the words of its definition changed; {REMEDY}; if they only say better what they said, \
                 run `cargo xtask definitions --reworded {id}`"
            ));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_meaning_changed_without_its_version() {
        run(true, &[]).unwrap();
    }

    /// What is said when a kept definition is altered so and the present one has this version.
    fn said(alter: impl Fn(&mut Meaning), version: u32, reworded: &[&str]) -> Vec<String> {
        let kept = now().unwrap();
        let mut new = kept.clone();
        let meaning = new.measures.get_mut("O3.M4").unwrap();
        alter(meaning);
        meaning.version = version;
        let reworded: Vec<String> = reworded.iter().map(ToString::to_string).collect();
        changes(&kept, &new, &reworded)
    }

    #[test]
    fn a_change_of_meaning_asks_for_a_version() {
        let alterations: [fn(&mut Meaning); 5] = [
            |meaning| meaning.definition = json!("other words"),
            |meaning| meaning.unit = json!("count"),
            |meaning| meaning.inputs.clear(),
            |meaning| drop(meaning.vectors.pop_first()),
            |meaning| meaning.vectors.values_mut().for_each(|fingerprint| fingerprint.push('0')),
        ];
        for alter in alterations {
            let told = said(alter, 1, &[]);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].starts_with("O3.M4: ") && told[0].contains("raise its `version`"), "{told:?}");
            // with its version raised there is nothing to say
            assert_eq!(said(alter, 2, &[]), [""; 0]);
        }
    }

    #[test]
    fn better_words_and_further_vectors_are_no_change() {
        let reword = |meaning: &mut Meaning| meaning.definition = json!("better words");
        assert_eq!(said(reword, 1, &["O3.M4"]), [""; 0]);
        // said of another measure, or of a vector, it does not help
        assert_eq!(said(reword, 1, &["O3.M5"]).len(), 1);
        let lose = |meaning: &mut Meaning| drop(meaning.vectors.pop_first());
        assert_eq!(said(lose, 1, &["O3.M4"]).len(), 1);
        let add = |meaning: &mut Meaning| drop(meaning.vectors.insert("new".into(), "00".into()));
        assert_eq!(said(add, 1, &[]), [""; 0]);
    }

    #[test]
    fn a_version_never_falls() {
        assert!(said(|_| (), 0, &[])[0].contains("its version fell from 1 to 0"));
    }
}
