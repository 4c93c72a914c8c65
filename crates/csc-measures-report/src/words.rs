//! Numbers, months and lists as they are read.

use csc_measures::measures::Unit;
use csc_measures::{Amount, Month, Shown, Status};

use crate::figures::{Group, LEFT_OUT, Line};

/// A blank at which no line ends: a number stays with its unit.
const STAYS: char = '\u{a0}';

/// A number with its thousands set apart.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 case`, `2 cases`.
pub(crate) fn count(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", thousands(number)) }
}

/// A sum, exactly, its thousands set apart.
pub(crate) fn amount(amount: Amount) -> String {
    let text = amount.to_string();
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (text.as_str(), String::new()),
    };
    match whole.parse() {
        Ok(number) => thousands(number) + &rest,
        Err(_) => text,
    }
}

/// A sum, or what stands in its place.
pub(crate) fn amount_or(given: Option<Amount>, is_left_out: bool) -> String {
    if is_left_out { LEFT_OUT.to_owned() } else { given.map(amount).unwrap_or_default() }
}

/// A figure with its unit.
pub(crate) fn shown(value: Shown, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{value}{STAYS}%"),
        Unit::Days => format!("{}{STAYS}{}", whole(value), if value.tenths() == 10 { "day" } else { "days" }),
        Unit::Count | Unit::Qualitative => whole(value),
        Unit::Average => value.to_string(),
    }
}

fn whole(value: Shown) -> String {
    thousands(u64::try_from(value.tenths() / 10).unwrap_or_default())
}

/// The figure of a line as it is read, or what is there in place of one.
pub(crate) fn figure(line: &Line<'_>) -> String {
    let result = line.result;
    if line.is_suppressed {
        return LEFT_OUT.to_owned();
    }
    if let Some(value) = result.value {
        return shown(value, result.unit);
    }
    match (result.status, result.numerator) {
        (Status::Qualitative, Some(reports)) => {
            count(u64::try_from(reports.thousandths() / 1000).unwrap_or_default(), "report")
        }
        (Status::NotApplicable, _) => "no cases".to_owned(),
        _ => "no figure".to_owned(),
    }
}

/// The figure of a group as it is read, or what is there in place of one.
pub(crate) fn group_figure(group: &Group<'_>, unit: Unit) -> String {
    match (group.value, group.status) {
        _ if group.is_suppressed => LEFT_OUT.to_owned(),
        (Some(value), _) => shown(value, unit),
        (None, Status::NotApplicable) => "no cases".to_owned(),
        (None, _) => "no figure".to_owned(),
    }
}

/// By how much a figure changed: `+1.4 points`.
pub(crate) fn difference(tenths: i64, unit: Unit) -> String {
    let sign = if tenths < 0 { '−' } else { '+' };
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match unit {
        Unit::Percent => format!("{sign}{whole}.{rest}{STAYS}points"),
        Unit::Average => format!("{sign}{whole}.{rest}"),
        Unit::Days => format!("{sign}{}{STAYS}{}", thousands(whole), if whole == 1 { "day" } else { "days" }),
        Unit::Count | Unit::Qualitative => format!("{sign}{}", thousands(whole)),
    }
}

/// `March 2017`.
pub(crate) fn month(month: Month) -> String {
    month.first().format("%B %Y").to_string()
}

/// `Mar 17`, for the foot of a chart.
pub(crate) fn month_in_short(month: Month) -> String {
    month.first().format("%b %y").to_string()
}

/// `31 March 2017`.
pub(crate) fn day(date: chrono::NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_thousands_apart() {
        for (thousandths, text) in [(0, "0"), (1_234_500, "1,234.5"), (999_999, "999.999"), (21_450, "21.45")]
        {
            assert_eq!(Amount::from_thousandths(thousandths).map(amount).as_deref(), Some(text));
        }
        assert_eq!(count(1, "case"), "1 case");
        assert_eq!(count(1_000, "case"), "1,000 cases");
    }

    #[test]
    fn a_change_has_a_sign_and_a_unit() {
        assert_eq!(difference(-67, Unit::Percent), "−6.7\u{a0}points");
        assert_eq!(difference(10, Unit::Days), "+1\u{a0}day");
        assert_eq!(difference(-11_120, Unit::Days), "−1,112\u{a0}days");
        assert_eq!(difference(20, Unit::Count), "+2");
        assert_eq!(difference(9, Unit::Average), "+0.9");
    }

    #[test]
    fn a_list_ends_with_and() {
        let list = |texts: &[&str]| listed(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(capital("élan"), "Élan");
    }
}
