//! What the command line says of signals.

use std::collections::BTreeMap;

use clap::Args;
use csc_measures::signals::{Baseline, Chart};
use csc_measures::{Month, Options, ParseMonthError};

use crate::stop::Stop;

/// What is asked of the control charts.
#[derive(Clone, Debug, Args)]
pub(crate) struct SignalsAsked {
    /// Says for each measure which months are a signal, and which only its own ups and downs
    #[arg(long, conflicts_with_all = ["explain", "due"])]
    signals: bool,
    /// The control chart of a measure, such as O3.M4=xmr: xmr, p, p_prime, c, c_prime or level
    #[arg(long, value_name = "MEASURE=CHART", value_delimiter = ',', requires = "signals", value_parser = chart)]
    chart: Vec<(String, Chart)>,
    /// How many months, the first, the limits are taken from: of every measure, or of some, such as O3.M4=24
    #[arg(long, value_name = "MONTHS|MEASURE=MONTHS", value_delimiter = ',', requires = "signals", value_parser = baseline)]
    baseline: Vec<(Option<String>, u16)>,
    /// A month from which the chart of a measure starts anew, such as O3.M4=2016-07
    #[arg(long, value_name = "MEASURE=MONTH", value_delimiter = ',', requires = "signals", value_parser = rebase)]
    rebase: Vec<(String, Month)>,
}

/// What is asked of the control charts of a report, which has them always.
#[derive(Clone, Debug, Args)]
pub(crate) struct ChartsAsked {
    /// The control chart of a measure, such as O3.M4=xmr: xmr, p, p_prime, c, c_prime or level
    #[arg(long, value_name = "MEASURE=CHART", value_delimiter = ',', value_parser = chart)]
    chart: Vec<(String, Chart)>,
    /// How many months, the first, the limits are taken from: of every measure, or of some, such as O3.M4=24
    #[arg(long, value_name = "MONTHS|MEASURE=MONTHS", value_delimiter = ',', value_parser = baseline)]
    baseline: Vec<(Option<String>, u16)>,
    /// A month from which the chart of a measure starts anew, such as O3.M4=2016-07
    #[arg(long, value_name = "MEASURE=MONTH", value_delimiter = ',', value_parser = rebase)]
    rebase: Vec<(String, Month)>,
}

impl From<ChartsAsked> for SignalsAsked {
    fn from(charts: ChartsAsked) -> Self {
        let ChartsAsked { chart, baseline, rebase } = charts;
        Self { signals: true, chart, baseline, rebase }
    }
}

fn chart(text: &str) -> Result<(String, Chart), String> {
    let (measure, chart) = text.split_once('=').ok_or("write it as MEASURE=CHART, such as O3.M4=xmr")?;
    Ok((measure.to_owned(), chart.parse().map_err(|error: csc_measures::plan::UnknownId| error.to_string())?))
}

fn baseline(text: &str) -> Result<(Option<String>, u16), String> {
    let (measure, months) = match text.split_once('=') {
        Some((measure, months)) => (Some(measure.to_owned()), months),
        None => (None, text),
    };
    let months = months.parse().map_err(|_| format!("`{months}` is not a number of months"))?;
    Ok((measure, months))
}

fn rebase(text: &str) -> Result<(String, Month), String> {
    let (measure, month) = text.split_once('=').ok_or("write it as MEASURE=MONTH, such as O3.M4=2016-07")?;
    Ok((measure.to_owned(), month.parse().map_err(|error: ParseMonthError| error.to_string())?))
}

impl SignalsAsked {
    /// Nothing.
    pub(crate) const NONE: Self =
        Self { signals: false, chart: Vec::new(), baseline: Vec::new(), rebase: Vec::new() };

    /// Whether signals are wanted.
    pub(crate) fn are_wanted(&self) -> bool {
        self.signals
    }

    /// Puts what is asked among the options.
    pub(crate) fn set(&self, options: &mut Options) -> Result<(), Stop> {
        options.signals = self.signals;
        for (measure, chart) in &self.chart {
            if options.chart.insert(measure.clone(), *chart).is_some() {
                return Err(Stop::unusable(format!("--chart: `{measure}` is given twice")));
            }
        }
        for (measure, month) in &self.rebase {
            options.rebase.entry(measure.clone()).or_default().push(*month);
        }
        options.baseline = self.baseline()?;
        Ok(())
    }

    fn baseline(&self) -> Result<Option<Baseline>, Stop> {
        match self.baseline.as_slice() {
            [] => Ok(None),
            [(None, months)] => Ok(Some(Baseline::Every(*months))),
            several => {
                let mut rows = BTreeMap::new();
                for (measure, months) in several {
                    let measure = measure.as_ref().ok_or_else(|| {
                        Stop::unusable(
                            "--baseline: give one number of months, or one for each of some measures",
                        )
                    })?;
                    if rows.insert(measure.clone(), *months).is_some() {
                        return Err(Stop::unusable(format!("--baseline: `{measure}` is given twice")));
                    }
                }
                Ok(Some(Baseline::ByRow(rows)))
            }
        }
    }
}
