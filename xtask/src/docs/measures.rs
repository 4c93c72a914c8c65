//! `docs/measures.md`, from the plan: what each measure means.

use std::fmt::Write as _;

use csc_measures::plan::{
    Better, Input, InputKind, Measure, Outcome, PeriodKind, Plan, Recommendation, Unit,
};

use super::links::links;

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask docs` from crates/csc-measures/src/definitions and src/plan. Change it there. -->

# The measures

Worcestershire's Service Improvement Plan of 2017 sets 8 outcomes, prints 50 measures under them (one of
them twice) and links them to the recommendations of Ofsted's report of 24 January 2017. It prints titles
and nothing else: no definition, no target. This page gives each measure the definition by which this
library works it out. Titles stand as printed, slips included.

## How to read an entry

- **Cases** are what is judged one by one: a child, a review, a worker. Every figure can be opened into its
  cases, and they always add up to it.
- **Numerator** and **denominator** make the figure. Cases that are not yet due, do not apply, have lapsed or
  cannot be known stand outside both, and are counted and listed beside it. With nothing in the denominator
  there is no figure: never 0 %, never 100 %.
- **Exclusions** says what is left out, what cannot be known, and where the edges lie.
- **Needs** names the tables and columns of [the input](input.md) without which there is no figure. **Also
  reads** names tables that are used where they are there; without one it is taken as empty, and the result
  warns.
- **Policies** are the choices that can change the figure, by their key in a [policy file](policies.md). The
  text describes the default.
- **Source** is where the measure or its limit comes from. What could not be checked against the source
  itself says so. The library ships no targets, for the plan prints none.
- **Version** is that of the definition. It rises when the same data would give another figure, and every
  output carries it.
- A **companion** is not in the printed plan. It stands beside a measure to keep it honest, for instance by
  counting what the measure cannot see.

\"Within 20 working days of a visit\" counts the day of the visit as day 0. Working days are Monday to Friday
without bank holidays. \"At the month end\" is how things stood at the end of the month's last day, with nothing
known that happened later.

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
    writeln!(page, "\nThis is edition {} of the definitions.\n\n## The outcomes\n", plan.version)?;
    for outcome in &plan.outcomes {
        writeln!(page, "- [Outcome {}](#{}): {}", outcome.number, outcome.id, outcome.title)?;
    }
    writeln!(page, "- [The recommendations](#recommendations), and which of them no measure covers")?;
    for outcome in &plan.outcomes {
        write_outcome(&mut page, plan, outcome)?;
    }
    write_recommendations(&mut page, plan)?;
    Ok(page)
}

fn write_outcome(page: &mut String, plan: &Plan, outcome: &Outcome) -> std::fmt::Result {
    writeln!(page, "\n<a id=\"{}\"></a>\n\n## {}\n", outcome.id, outcome.as_printed)?;
    let answers: Vec<String> = outcome.recommendations.iter().map(|id| format!("[{id}](#{id})")).collect();
    writeln!(page, "Answers {}.\n", all_of(&answers))?;
    writeln!(page, "| Id | Measure | Unit | Period | Better |\n|---|---|---|---|---|")?;
    for measure in plan.measures_of(&outcome.id) {
        let title = match measure.companion_of {
            Some(_) => format!("*{}*", measure.title),
            None => measure.title.to_string(),
        };
        writeln!(
            page,
            "| [{id}](#{id}) | {title} | {unit} | {period} | {better} |",
            id = measure.id,
            unit = measure.unit,
            period = period(measure.period),
            better = measure.better,
        )?;
    }
    for measure in plan.measures_of(&outcome.id) {
        write_measure(page, measure)?;
    }
    Ok(())
}

fn write_measure(page: &mut String, measure: &Measure) -> std::fmt::Result {
    writeln!(page, "\n<a id=\"{id}\"></a>\n\n### {id} {title}\n", id = measure.id, title = measure.title)?;
    if let Some(of) = measure.companion_of {
        writeln!(page, "> Companion of [{of}](#{of}), not in the printed plan.\n")?;
    }
    if let Some(of) = measure.alias_of {
        writeln!(page, "> The same row as [{of}](#{of}), printed again. The result is always the same.\n")?;
    }
    writeln!(page, "*{}, {}; {}*\n", unit(measure.unit), when(measure.period), better(measure.better))?;
    let definition = &measure.definition;
    writeln!(page, "- **Cases.** {}", definition.cases)?;
    writeln!(page, "- **Numerator.** {}", definition.numerator)?;
    writeln!(page, "- **Denominator.** {}", definition.denominator)?;
    writeln!(page, "- **Exclusions.** {}", definition.exclusions)?;
    let tables = inputs(measure, InputKind::Needed);
    let columns = inputs(measure, InputKind::NeededColumn);
    if columns.is_empty() {
        writeln!(page, "- **Needs.** {}", tables.join(", "))?;
    } else {
        let word = if columns.len() == 1 { "column" } else { "columns" };
        writeln!(page, "- **Needs.** {}; {word} {}", tables.join(", "), columns.join(", "))?;
    }
    let optional = inputs(measure, InputKind::Optional);
    if !optional.is_empty() {
        writeln!(page, "- **Also reads.** {}", optional.join(", "))?;
    }
    if !measure.policies.is_empty() {
        let keys = links("policies.md", measure.policies.iter().map(|key| &**key));
        writeln!(page, "- **Policies.** {keys}")?;
    }
    writeln!(page, "- **Source.** {}", measure.source)?;
    match &measure.published {
        Some(published) => writeln!(page, "- **Nearest published.** {published}.")?,
        None => writeln!(page, "- **Nearest published.** None.")?,
    }
    writeln!(page, "- **Version.** {}", measure.version)
}

/// The inputs of one kind, in code marks, with "or" between alternatives and the policy that asks for them.
fn inputs(measure: &Measure, kind: InputKind) -> Vec<String> {
    let code = |input: &Input| {
        let link = |name: &str| {
            let table = name.split('.').next().unwrap_or(name);
            format!("[`{name}`](input.md#{table})")
        };
        let names: Vec<String> = input.name.split(" | ").map(link).collect();
        match input.when {
            Some(when) => format!("{} (if `{when}`)", names.join(" or ")),
            None => names.join(" or "),
        }
    };
    measure.inputs.iter().filter(|input| input.kind == kind).map(code).collect()
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
    for recommendation in &plan.recommendations {
        write_recommendation(page, recommendation)?;
    }
    Ok(())
}

fn write_recommendation(page: &mut String, recommendation: &Recommendation) -> std::fmt::Result {
    let id = &recommendation.id;
    let mark = if recommendation.directly_measured { "" } else { " (not measured)" };
    writeln!(page, "\n<a id=\"{id}\"></a>\n\n### {id}{mark}\n\n> {}\n", recommendation.text)?;
    let outcomes: Vec<String> =
        recommendation.outcomes.iter().map(|outcome| format!("[{outcome}](#{outcome})")).collect();
    writeln!(page, "- **Outcomes.** {}", outcomes.join(", "))?;
    writeln!(page, "- **Measured.** {}", recommendation.note)?;
    if !recommendation.supplementary_clocks.is_empty() {
        let clocks: Vec<String> =
            recommendation.supplementary_clocks.iter().map(|clock| format!("`{clock}`")).collect();
        writeln!(page, "- **Clocks beside the plan.** {}", clocks.join(", "))?;
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
