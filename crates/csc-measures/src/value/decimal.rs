//! Exact decimal numbers: what a distance, a full-time equivalent or a target is before it is compared.

use super::fraction;
use super::index::broken;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::given::{Given, Setting};

/// A decimal number, exact to eighteen places after the point.
///
/// A number with more places is kept between its neighbours: it still compares as greater than the same number cut
/// off at the eighteenth place, so a comparison with any shorter number is exact.
///
/// # Examples
///
/// ## Just above twenty
///
/// ```
/// use csc_measures::Decimal;
///
/// let twenty: Decimal = "20.0".parse()?;
/// assert!("20.000000001".parse::<Decimal>()? > twenty);
/// assert_eq!("2e1".parse::<Decimal>()?, twenty);
/// assert_eq!(twenty.to_string(), "20");
/// # Ok::<(), csc_measures::ParseDecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

/// Places kept: eighteen, and one that says whether anything follows.
const PLACES: i32 = 19;
const ONE: i128 = 10_i128.pow(19);
/// Every number of so many digits has a float of its own.
const FLOAT_DIGITS: usize = 15;

/// A text that is not a decimal number, or a number too large to keep (a million million and more).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct ParseDecimalError(());

impl Decimal {
    /// A whole number.
    #[must_use]
    pub fn from_integer(value: i32) -> Self {
        Self(i128::from(value) * ONE)
    }

    /// One tenth.
    pub(crate) const fn tenth() -> Self {
        Self(ONE / 10)
    }

    /// The number that a float is written as, in the fewest digits that read back as it. `None` for NaN, the
    /// infinities and numbers too large to keep.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.to_string().parse().ok()
    }

    /// Rounded to hundredths, half away from zero.
    pub(crate) fn hundredths(self) -> i64 {
        let unit = ONE / 100;
        let half = if self.0 < 0 { -unit / 2 } else { unit / 2 };
        // A decimal is below a million million: its hundredths fit.
        match i64::try_from((self.0 + half) / unit) {
            Ok(hundredths) => hundredths,
            Err(_) => broken(format_args!("a decimal has more hundredths than fit")),
        }
    }

    /// Compares `numerator / denominator`, of a positive denominator, with this number, exactly.
    pub(crate) fn compare_fraction(self, numerator: i128, denominator: i128) -> std::cmp::Ordering {
        fraction::compare((numerator, denominator), (self.0, ONE))
    }

    /// A decimal is below a million million: the sum of two fits.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    pub(crate) fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).map(Self).ok_or(ParseDecimalError(()))
    }
}

fn parse(text: &str) -> Option<i128> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value: i128 = 0;
    let mut follows = false;
    // The power of ten of the next digit.
    let mut place = i32::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_sub(1)?;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        let digit = i128::from(digit - b'0');
        if place > -PLACES {
            if digit > 0 {
                let power = u32::try_from(place + PLACES).ok().filter(|power| *power < 32)?;
                value += digit * 10_i128.pow(power);
            }
        } else {
            follows |= digit > 0;
        }
        place = place.checked_sub(1)?;
    }
    let value = value + i128::from(follows);
    Some(if negative { -value } else { value })
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let one = ONE.unsigned_abs();
        let fraction = format!("{:019}", magnitude % one);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{point}{fraction}", magnitude / one)
    }
}

impl Serialize for Decimal {
    /// A number: an integer if it is whole, else a float; and a text if it has more than the fifteen
    /// digits that every reader of floats gets right, for many a reader of JSON is a unit out in the last.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_string();
        let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        match (i64::try_from(self.0 / ONE), text.parse::<f64>()) {
            (Ok(whole), _) if self.0 % ONE == 0 => serializer.serialize_i64(whole),
            (_, Ok(float)) if digits <= FLOAT_DIGITS => serializer.serialize_f64(float),
            _ => serializer.serialize_str(&text),
        }
    }
}

impl Setting for Decimal {
    fn from_given(given: &Given) -> Result<Self, String> {
        let decimal = match given {
            Given::Whole(value) => value.to_string().parse().ok(),
            Given::Number(value) => Self::from_f64(*value),
            // A text keeps more digits than the numbers of most JSON readers.
            Given::Text(text) => text.parse().ok(),
            _ => None,
        };
        decimal.ok_or_else(|| format!("{given} is not a decimal number"))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_given(&Given::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn texts_that_are_numbers() {
        for (text, shown) in [
            ("0.5", "0.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-1.50", "-1.5"),
            ("+3", "3"),
            ("5e-05", "0.00005"),
            ("1E2", "100"),
        ] {
            assert_eq!(decimal(text).to_string(), shown);
        }
        for text in ["", "-", ".", "1.2.3", "1,5", "NaN", "inf", "1e", "e5", "0x1", "1e999", "12 3"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for (text, written) in [
            ("20", "20"),
            ("-0.1", "-0.1"),
            ("999999999999.5", "999999999999.5"),
            ("909999.999999999", "909999.999999999"),
            // Sixteen digits, which a reader of JSON that is not exact takes for 910000.
            ("909999.9999999999", r#""909999.9999999999""#),
            ("-0.00123456789012345", "-0.00123456789012345"),
            ("-0.001234567890123456", r#""-0.001234567890123456""#),
            ("99.999999999999999999", r#""99.999999999999999999""#),
            ("0.00000000000000000000001", "1e-19"),
        ] {
            let json = serde_json::to_string(&decimal(text)).unwrap();
            assert_eq!(json, written);
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), decimal(text), "{text}");
        }
    }

    #[test]
    fn hundredths_round_half_away_from_zero() {
        for (text, hundredths) in
            [("0.005", 1), ("0.004999999999999999999999", 0), ("-0.005", -1), ("0.125", 13), ("1", 100)]
        {
            assert_eq!(decimal(text).hundredths(), hundredths, "{text}");
        }
    }

    #[test]
    fn digits_beyond_those_kept_still_compare() {
        assert!(decimal("20.00000000000000000000000000001") > decimal("20"));
        assert_eq!(decimal("20.00000000000000000000000000000"), decimal("20"));
        assert!(decimal("-20.00000000000000000000000000001") < decimal("-20"));
    }
}
