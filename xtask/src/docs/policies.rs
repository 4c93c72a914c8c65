//! `docs/policies.md`, from the policies' declarations: every choice, its values and what it changes.

use std::fmt::{self, Write as _};

use csc_measures::Policy;
use csc_measures::plan::Plan;
use serde_json::Value;

use super::links::{links, measure_links};

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask docs` from crates/csc-measures/src/policy.rs. Change it there. -->

# The policies

The plan prints titles, so much is left open: which day starts a clock, what counts as seen, whom a percentage is
of. Each such choice has a name here. The defaults are this library's reading; a council that reads the plan
otherwise says so in a policy file. A scorecard and a due list repeat the whole set as JSON, so that every figure
comes with the choices that made it.

A policy file is a JSON object of these keys, any of them:

```json
{ \"cp_visit_working_days\": 10, \"unrated\": \"red\", \"front_door_teams\": [\"Family Front Door\"] }
```

An unknown key or value is refused, with the nearest valid one. A policy changes only the measures that it lists.
";

pub(super) fn page() -> Result<String, fmt::Error> {
    let plan = Plan::worcestershire_2017();
    let defaults = serde_json::to_value(Policy::default()).map_err(|_| fmt::Error)?;
    let default = |key: &str| defaults.get(key).map(ToString::to_string).unwrap_or_default();
    let mut page = String::from(INTRODUCTION);
    writeln!(page, "\n| Key | Default | Decides |\n|---|---|---|")?;
    for policy in Policy::DECLARATIONS {
        let key = links("", [policy.key]);
        writeln!(page, "| {key} | `{}` | {} |", default(policy.key), policy.about)?;
    }
    for policy in Policy::DECLARATIONS {
        let key = policy.key;
        writeln!(page, "\n<a id=\"{key}\"></a>\n\n## `{key}`\n\n{}\n", policy.about)?;
        writeln!(page, "- **Takes.** {}.", policy.takes)?;
        for (name, meaning) in policy.values {
            let is_default = match defaults.get(key) {
                Some(Value::Array(names)) => names.iter().any(|default| default == name),
                default => default.is_some_and(|default| default == name),
            };
            let mark = if is_default { " *(default)*" } else { "" };
            writeln!(page, "  - `{name}`{mark}: {meaning}")?;
        }
        if policy.values.is_empty() {
            writeln!(page, "- **Default.** `{}`", default(key))?;
        }
        writeln!(page, "- **Why the default.** {}", policy.why)?;
        let changed = plan.rows().iter().filter(|row| row.policies().any(|other| other == key));
        let changed = measure_links(changed.map(|row| row.id().as_str()));
        writeln!(page, "- **Changes.** {}", if changed.is_empty() { "no measure" } else { &changed })?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_says_why_and_what_it_takes() {
        assert_eq!(Policy::DECLARATIONS.iter().map(|policy| policy.key).collect::<Vec<_>>(), Policy::KEYS);
        for policy in Policy::DECLARATIONS {
            for text in [policy.about, policy.why] {
                assert!(text.ends_with('.'), "{}: {text}", policy.key);
                assert_eq!(text, text.trim(), "{}", policy.key);
                assert!(!text.contains("  "), "{}: {text}", policy.key);
            }
            for (name, meaning) in policy.values {
                assert!(meaning.ends_with('.'), "{} {name}: {meaning}", policy.key);
            }
        }
    }
}
