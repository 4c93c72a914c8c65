//! The vectors of groups: what a breakdown says, and what it refuses.

use std::collections::BTreeMap;

use csc_measures::{ErrorKind, Month, Options};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::workspace;

use super::{Fallible, Script, Vectors, dataset, files, read, write_run, write_tables};

/// Every vector of groups.
pub(crate) fn write(script: &mut Script) -> Fallible<()> {
    for file in files(&workspace::root().join("tests/vectors/groups"))? {
        let file: Vectors<GroupsVector> = read(&file)?;
        for vector in &file.vectors {
            vector.write(script)?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct GroupsVector {
    tables: BTreeMap<String, Value>,
    options: Map<String, Value>,
    month: Month,
    #[serde(default)]
    groups: Option<Value>,
    #[serde(default)]
    cases: Option<Value>,
    #[serde(default)]
    warnings: Option<Value>,
    /// A part of the message.
    #[serde(default)]
    error: Option<String>,
}

impl GroupsVector {
    fn write(&self, script: &mut Script) -> Fallible<()> {
        write_tables(&self.tables, script);
        let written = Value::Object(self.options.clone()).to_string();
        match (&self.groups, &self.error) {
            (Some(groups), None) => self.write_groups(&written, groups, script),
            (None, Some(part)) => self.write_refusal(&written, part, script),
            _ => Err("a vector of groups that expects nothing, or an error besides".into()),
        }
    }

    fn write_groups(&self, written: &str, groups: &Value, script: &mut Script) -> Fallible<()> {
        let options: Options = serde_json::from_str(written)?;
        let measure = self.options.get("measures").and_then(|measures| measures.get(0));
        let measure = measure.and_then(Value::as_str).ok_or("a vector of groups of no measure")?;
        let month = self.month.to_string();
        let card = write_run(&dataset(&self.tables)?, [self.month; 2], written, &options, script)?;
        script.line(&["cases"]);
        script.text(measure);
        script.text(&month);
        script.text(&serde_json::to_string(&card.explain(measure, self.month)?)?);
        script.expect(&["expect_groups"], &[&groups.to_string()]);
        if let Some(cases) = &self.cases {
            script.expect(&["expect_cases"], &[measure, &month, &cases.to_string()]);
        }
        if let Some(warnings) = &self.warnings {
            // In the results both are texts with their marks.
            let result = [json!(measure), json!(month), json!({ "warnings": warnings })];
            let [measure, month, fields] = result.map(|value| value.to_string());
            script.expect(&["expect_result"], &[&measure, &month, &fields]);
        }
        Ok(())
    }

    /// The whole message of Rust, which has what is expected in it.
    fn write_refusal(&self, written: &str, part: &str, script: &mut Script) -> Fallible<()> {
        let options: Options = serde_json::from_str(written)?;
        let card = dataset(&self.tables)?.scorecard(self.month, self.month, &options);
        let error = card.err().ok_or_else(|| format!("not refused: {part}"))?;
        let status = match error.kind() {
            ErrorKind::UnknownName => "20",
            ErrorKind::BadValue => "21",
            other => return Err(format!("no status for {other:?}").into()),
        };
        let message = error.to_string();
        if !message.contains(part) {
            return Err(format!("`{message}` has no `{part}` in it").into());
        }
        let month = self.month.to_string();
        script.line(&["run_fails", status]);
        [&month, &month, written, &message].into_iter().for_each(|text| script.text(text));
        Ok(())
    }
}
