//! `docs/measures.md`, from the plan: what each measure means.

use std::fmt::Write as _;

use csc_measures::measures::{Better, InputKind, InputRow, PeriodKind, Unit};
use csc_measures::plan::{Plan, PlanOutcome, PlanRow, Recommendation};

use super::links::links;

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask docs` from crates/csc-measures/src/measures and src/plan. Change it there. -->

# The measures

Worcestershire's Service Improvement Plan of 2017 sets 8 outcomes, prints 50 measures under them (one of
them twice) and links them to the recommendations of Ofsted's report of 24 January 2017. It prints titles
and nothing else: no definition, no target. This page gives each measure the definition by which this
library works it out. Titles are as printed, slips included.

The definitions belong to the **catalogue** of measures, where each has a name of the field, such as
`cp_visits_in_time`. A [plan](plans.md) is a list of rows that show measures of the catalogue under ids and
titles of a council's own. This page has the rows of Worcestershire's plan, which is the default, and below
them the measures that it does not show. `csc-measures plan all-measures` prints a plan of them all.

## How to read an entry

- **Cases** are what is judged one by one: a child, a review, a worker. Every figure can be opened into its
  cases, and they always add up to it.
- **Numerator** and **denominator** make the figure. Cases that are not yet due, do not apply, have lapsed or
  are not known are outside both, and are counted and listed separately. If nothing is in the denominator, the
  measure has no figure: never 0 %, never 100 %.
- **Exclusions** says what is left out, what cannot be known, and where the edges lie.
- **Needs** names the tables and columns of [the input](input.md) without which the measure has no figure. **Also
  reads** names optional tables: one that is missing is taken as empty, and the result warns.
- **Policies** are the choices that can change the figure, by their key in a [policy file](policies.md). The
  text describes the default.
- **Source** is where the measure or its limit comes from. What could not be checked against the source
  itself says so. The library ships no targets, for the plan prints none.
- **Version** is that of the definition. It rises when the same data would give another figure, and every
  output carries it.
- A **companion** is not in the printed plan. It keeps a measure honest, for instance by counting what the measure
  cannot see.

\"Within 20 working days of a visit\" counts the day of the visit as day 0. Working days are Monday to Friday
without bank holidays. \"At the month end\" is how things stood at the end of the month's last day; what happened
later is not yet known.

| Short | Long |
|---|---|
| ASYE | Assessed and Supported Year in Employment, a social worker's first |
| CIN, CP, LAC | child in need, child protection, looked after child (today often \"child in care\") |
| DfE | Department for Education |
| FFD | Family Front Door, where referrals arrive |
| FTE | full-time equivalent |
| ICPC | initial child protection conference |
| NEET | not in education, employment or training |
| NI | national indicator, of the set that councils once reported |
| RAG | red, amber, green |
| WCC, WSCB | Worcestershire County Council, Worcestershire Safeguarding Children Board |
";

pub(super) fn page() -> Result<String, std::fmt::Error> {
    let plan = Plan::worcestershire_2017();
    let mut page = String::from(INTRODUCTION);
    writeln!(page, "\nThis is edition {} of the plan.\n\n## The outcomes\n", plan.edition())?;
    for outcome in plan.outcomes() {
        writeln!(page, "- [{id}](#{id}): {}", outcome.title, id = outcome.id)?;
    }
    writeln!(page, "- [Measures that the plan does not show](#others)")?;
    writeln!(page, "- [The recommendations](#recommendations), and which of them no measure covers")?;
    for outcome in plan.outcomes() {
        write_outcome(&mut page, &plan, outcome)?;
    }
    write_others(&mut page, &plan)?;
    write_recommendations(&mut page, &plan)?;
    Ok(page)
}

fn write_outcome(page: &mut String, plan: &Plan, outcome: &PlanOutcome) -> std::fmt::Result {
    writeln!(page, "\n<a id=\"{id}\"></a>\n\n## {id} {}\n", outcome.title, id = outcome.id)?;
    let answers: Vec<String> = outcome.recommendations.iter().map(|id| format!("[{id}](#{id})")).collect();
    writeln!(page, "Answers {}.\n", all_of(&answers))?;
    let rows: Vec<&PlanRow> = plan.rows_of(&outcome.id).collect();
    write_table(page, &rows)?;
    let mut shown = Vec::new();
    for row in rows {
        // A measure that an outcome shows in two forms has one place to be linked to.
        let is_first = !shown.contains(&row.measure());
        shown.push(row.measure());
        write_row(page, row, is_first)?;
    }
    Ok(())
}

fn write_table(page: &mut String, rows: &[&PlanRow]) -> std::fmt::Result {
    writeln!(page, "| Id | Measure | Unit | Period | Better |\n|---|---|---|---|---|")?;
    for row in rows {
        let title = if row.is_printed() { row.title().to_owned() } else { format!("*{}*", row.title()) };
        writeln!(
            page,
            "| [{id}](#{id}) | {title} | {unit} | {period} | {better} |",
            id = row.id(),
            unit = row.unit(),
            period = period(row.period()),
            better = row.better(),
        )?;
    }
    Ok(())
}

/// The measures that the plan does not show, by the plan of them all.
fn write_others(page: &mut String, plan: &Plan) -> std::fmt::Result {
    let all = Plan::all_measures();
    let is_shown = |row: &&PlanRow| !plan.rows().iter().any(|other| other.measure() == row.measure());
    let others: Vec<&PlanRow> = all.rows().iter().filter(is_shown).collect();
    writeln!(page, "\n<a id=\"others\"></a>\n\n## Measures that the plan does not show\n")?;
    if others.is_empty() {
        return writeln!(page, "There are none.");
    }
    write_table(page, &others)?;
    for row in others {
        write_row(page, row, false)?;
    }
    Ok(())
}

fn write_row(page: &mut String, row: &PlanRow, with_anchor_of_key: bool) -> std::fmt::Result {
    let (definition, form, key) = (row.definition(), row.form(), row.measure());
    let anchor = if with_anchor_of_key && row.alias_of().is_none() {
        format!("<a id=\"{key}\"></a>")
    } else {
        String::new()
    };
    writeln!(
        page,
        "\n<a id=\"{id}\"></a>{anchor}\n\n### {id} {title}\n",
        id = row.id(),
        title = row.title()
    )?;
    if let Some(of) = row.companion_of() {
        writeln!(page, "> Companion of [{of}](#{of}), not in the printed plan.\n")?;
    }
    if let Some(of) = row.alias_of() {
        writeln!(page, "> The same figure as [{of}](#{of}): the plan prints the row twice.\n")?;
    }
    writeln!(page, "*{}, {}; {}*\n", unit(row.unit()), when(row.period()), better(row.better()))?;
    writeln!(page, "- **Key.** `{key}`")?;
    writeln!(page, "- **Cases.** {}", definition.cases)?;
    writeln!(page, "- **Numerator.** {}", definition.numerator)?;
    writeln!(page, "- **Denominator.** {}", form.denominator)?;
    writeln!(page, "- **Exclusions.** {}", definition.exclusions)?;
    let tables = inputs(row, InputKind::Needed);
    let columns = inputs(row, InputKind::NeededColumn);
    if columns.is_empty() {
        writeln!(page, "- **Needs.** {}", tables.join(", "))?;
    } else {
        let word = if columns.len() == 1 { "column" } else { "columns" };
        writeln!(page, "- **Needs.** {}; {word} {}", tables.join(", "), columns.join(", "))?;
    }
    let optional = inputs(row, InputKind::Optional);
    if !optional.is_empty() {
        writeln!(page, "- **Also reads.** {}", optional.join(", "))?;
    }
    let columns = inputs(row, InputKind::OptionalColumns);
    if !columns.is_empty() {
        writeln!(page, "- **Optional columns.** {}", columns.join(", "))?;
    }
    let keys = links("policies.md", row.policies());
    if !keys.is_empty() {
        writeln!(page, "- **Policies.** {keys}")?;
    }
    writeln!(page, "- **Source.** {}", definition.source)?;
    match definition.published {
        Some(published) => writeln!(page, "- **Nearest published.** {published}.")?,
        None => writeln!(page, "- **Nearest published.** None.")?,
    }
    writeln!(page, "- **Version.** {}", definition.version)
}

/// The inputs of one kind, in code marks, with "or" between alternatives and the policy that asks for them.
fn inputs(row: &PlanRow, kind: InputKind) -> Vec<String> {
    let code = |input: &InputRow| {
        let link = |name: &str| {
            let table = name.split('.').next().unwrap_or(name);
            format!("[`{name}`](input.md#{table})")
        };
        if input.kind == InputKind::OptionalColumns {
            let table = input.name;
            let columns =
                input.columns.iter().map(|column| format!("[`{table}.{column}`](input.md#{table})"));
            return match input.when {
                Some(when) => columns.map(|column| format!("{column} (if `{when}`)")).collect(),
                None => columns.collect::<Vec<_>>(),
            }
            .join(", ");
        }
        let names: Vec<String> = input.alternatives().map(link).collect();
        match input.when {
            Some(when) => format!("{} (if `{when}`)", names.join(" or ")),
            None => names.join(" or "),
        }
    };
    row.definition().inputs.iter().filter(|input| input.kind == kind).map(code).collect()
}

fn write_recommendations(page: &mut String, plan: &Plan) -> std::fmt::Result {
    writeln!(page, "\n<a id=\"recommendations\"></a>\n\n## The recommendations\n")?;
    writeln!(
        page,
        "The plan links recommendations to outcomes, not to single measures. Two are printed without a \
         number; since the other twelve have 3 to 14, they are read as 1 and 2, leadership first as such \
         reports have it. Ofsted's report itself was not seen."
    )?;
    let unmeasured: Vec<String> =
        plan.unmeasured_recommendations().map(|found| format!("[{id}](#{id})", id = found.id)).collect();
    writeln!(
        page,
        "\n**No measure of the plan directly tests {}.** Whoever reports on these needs more than this \
         scorecard.",
        all_of(&unmeasured)
    )?;
    for recommendation in plan.recommendations() {
        write_recommendation(page, plan, recommendation)?;
    }
    Ok(())
}

fn write_recommendation(page: &mut String, plan: &Plan, recommendation: &Recommendation) -> std::fmt::Result {
    let id = &recommendation.id;
    let mark = if recommendation.unmeasured { " (not measured)" } else { "" };
    writeln!(page, "\n<a id=\"{id}\"></a>\n\n### {id}{mark}\n\n> {}\n", recommendation.text)?;
    let answering = plan.outcomes().iter().filter(|outcome| outcome.recommendations.contains(id));
    let outcomes: Vec<String> = answering.map(|outcome| format!("[{id}](#{id})", id = outcome.id)).collect();
    writeln!(page, "- **Outcomes.** {}", outcomes.join(", "))?;
    if let Some(note) = &recommendation.note {
        writeln!(page, "- **Measured.** {note}")?;
    }
    if !recommendation.clocks.is_empty() {
        let clocks = recommendation.clocks.iter().map(|clock| format!("[`{clock}`](clocks.md#{clock})"));
        writeln!(page, "- **Clocks.** {}", clocks.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

/// "a", "a and b", "a, b and c".
fn all_of(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "A count",
        Unit::Percent => "A percentage",
        Unit::Average => "An average",
        Unit::Days => "A mean number of days",
        Unit::Qualitative => "Qualitative",
    }
}

fn period(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Snapshot => "month end",
        PeriodKind::Month => "month",
        PeriodKind::Quarter => "quarter",
        PeriodKind::RollingTwelveMonths => "12 months",
    }
}

fn when(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Snapshot => "at the month end",
        PeriodKind::Month => "of the month",
        PeriodKind::Quarter => "of the quarter that the month ends",
        PeriodKind::RollingTwelveMonths => "of the twelve months to the month end",
    }
}

fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
        Better::Neutral => "neither higher nor lower is better by itself",
    }
}
