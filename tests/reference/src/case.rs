//! One case and its contribution.

use chrono::NaiveDate;

pub(crate) type Date = NaiveDate;

#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    pub(crate) subject: String,
    pub(crate) record: Option<String>,
    pub(crate) outcome: &'static str,
    pub(crate) reason: Option<&'static str>,
    pub(crate) anchor: Option<Date>,
    pub(crate) due: Option<Date>,
    pub(crate) done: Option<Date>,
    pub(crate) elapsed: Option<i64>,
    pub(crate) rag: Option<&'static str>,
    /// The day by which it is in the month, where its record does not tell.
    pub(crate) on: Option<Date>,
    /// The paragraph of the law that a statutory visit is judged by.
    pub(crate) rule: Option<&'static str>,
    /// Contributions that differ from the rule of section 3, in thousandths.
    pub(crate) weights: Option<(Option<i64>, Option<i64>)>,
}

impl Case {
    pub(crate) fn new(subject: &str, record: Option<&str>, outcome: &'static str) -> Case {
        Case { subject: subject.into(), record: record.map(str::to_string), outcome, ..Case::default() }
    }

    pub(crate) fn because(mut self, reason: &'static str) -> Case {
        self.reason = Some(reason);
        self
    }

    pub(crate) fn on(mut self, day: Date) -> Case {
        self.on = Some(day);
        self
    }

    pub(crate) fn done(mut self, done: Option<Date>) -> Case {
        self.done = done;
        self
    }

    pub(crate) fn rag(mut self, rag: Option<&'static str>) -> Case {
        self.rag = rag;
        self
    }

    pub(crate) fn weights(mut self, numerator: Option<i64>, denominator: Option<i64>) -> Case {
        self.weights = Some((numerator, denominator));
        self
    }

    /// The contribution in thousandths.
    pub(crate) fn contribution(&self, is_count: bool) -> (Option<i64>, Option<i64>) {
        if let Some(weights) = self.weights {
            return weights;
        }
        let numerator = match self.outcome {
            "met" | "counted" => Some(1000),
            "late" | "overdue" | "not_met" | "not_counted" => Some(0),
            _ => None,
        };
        (numerator, if is_count { None } else { numerator.map(|_| 1000) })
    }
}
