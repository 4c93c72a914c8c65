//! JSON text to a value. The core reads plans itself, and so far needs no more than this: everything else comes
//! through whichever format the caller has.

use super::given::Given;
use super::index::broken;

/// How deep lists and objects may lie in each other.
const DEEPEST: usize = 32;

/// Reads one value.
///
/// # Errors
/// What is wrong, and the line and column (from 1, in characters) at which it is.
pub(crate) fn parse(text: &str) -> Result<Given, String> {
    let mut reader = Reader { text, place: 0 };
    let value = reader.value(0).and_then(|value| {
        reader.blanks();
        if reader.rest().is_empty() { Ok(value) } else { Err("something follows the value".into()) }
    });
    value.map_err(|error| {
        let before = head(text, reader.place);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
        format!("line {line} column {column}: {error}")
    })
}

/// A text in the quotes of JSON.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\0'..='\u{1f}' => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// The bytes of a text before a place that was found in it.
fn head(text: &str, place: usize) -> &str {
    match text.get(..place) {
        Some(head) => head,
        None => broken(format_args!("byte {place} of a text is not the start of a character")),
    }
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes, at the start of a character.
    place: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        match self.text.get(self.place..) {
            Some(rest) => rest,
            None => broken(format_args!("byte {} of a text is not the start of a character", self.place)),
        }
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.place += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Steps over a text, if it comes next.
    fn takes(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        if is_next {
            self.place += text.len();
        }
        is_next
    }

    fn value(&mut self, depth: usize) -> Result<Given, String> {
        self.blanks();
        for (word, value) in
            [("null", Given::Null), ("true", Given::Bool(true)), ("false", Given::Bool(false))]
        {
            if self.takes(word) {
                return Ok(value);
            }
        }
        match self.rest().chars().next() {
            Some('{' | '[') if depth == DEEPEST => Err("the values lie too deep in each other".into()),
            Some('{') => self.object(depth).map(Given::Object),
            Some('[') => self.list(depth).map(Given::List),
            Some('"') => self.string().map(Given::Text),
            Some('-' | '0'..='9') => self.number(),
            Some(_) => Err("expected a value".into()),
            None => Err("the text ends before the value does".into()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Vec<(String, Given)>, String> {
        self.items('}', |reader| {
            let key = reader.string()?;
            reader.blanks();
            if !reader.takes(":") {
                return Err("expected `:` after the key".into());
            }
            Ok((key, reader.value(depth + 1)?))
        })
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Given>, String> {
        self.items(']', |reader| reader.value(depth + 1))
    }

    /// The items between brackets, separated by commas.
    fn items<T>(
        &mut self,
        end: char,
        item: impl Fn(&mut Self) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        let mut items = Vec::new();
        self.place += 1;
        self.blanks();
        if self.rest().starts_with(end) {
            self.place += 1;
            return Ok(items);
        }
        loop {
            self.blanks();
            items.push(item(self)?);
            self.blanks();
            if self.rest().starts_with(end) {
                self.place += 1;
                return Ok(items);
            }
            if !self.takes(",") {
                return Err(format!("expected `,` or `{end}`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        if !self.takes("\"") {
            return Err("expected a text in double quotes".into());
        }
        let mut text = String::new();
        loop {
            let Some(next) = self.rest().chars().next() else {
                return Err("the text ends within quotes".into());
            };
            match next {
                '"' => {
                    self.place += 1;
                    return Ok(text);
                }
                '\\' => {
                    self.place += 1;
                    text.push(self.escaped()?);
                }
                '\0'..='\u{1f}' => return Err("a control character within quotes".into()),
                _ => {
                    self.place += next.len_utf8();
                    text.push(next);
                }
            }
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Result<char, String> {
        let letter = self.rest().chars().next().ok_or("the text ends within quotes")?;
        self.place += letter.len_utf8();
        Ok(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            _ => return Err(format!("`{letter}` cannot follow a backslash")),
        })
    }

    /// A character by its number; beyond 16 bits by two.
    fn unicode(&mut self) -> Result<char, String> {
        let first = self.four_digits()?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let is_high = (0xd800..0xdc00).contains(&first);
        if is_high && self.takes("\\u") {
            let second = self.four_digits()?;
            if (0xdc00..0xe000).contains(&second)
                && let Some(character) =
                    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
            {
                return Ok(character);
            }
        }
        Err("half a character in an escape".into())
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.place += if number.is_some() { 4 } else { 0 };
        number.ok_or_else(|| "expected four hexadecimal digits".into())
    }

    fn number(&mut self) -> Result<Given, String> {
        let rest = self.rest();
        let length = rest.find(|next: char| !matches!(next, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let text = length.map_or(rest, |length| head(rest, length));
        let value = match text.parse::<i64>() {
            Ok(value) => Some(Given::Whole(value)),
            Err(_) => text.parse::<f64>().ok().filter(|value| value.is_finite()).map(Given::Number),
        };
        let value = value
            .filter(|_| is_number(text))
            .ok_or_else(|| format!("`{}` is not a number", super::names::shown(text)))?;
        self.place += text.len();
        Ok(value)
    }
}

/// Whether a text is a number as JSON writes it: no plus in front, no zero before a digit, digits around the point.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read is what the usual reader of JSON reads, and what that refuses is refused.
    #[test]
    fn it_reads_what_the_usual_reader_reads() {
        let good = [
            "null",
            " true ",
            "false",
            "0",
            "12",
            "-7",
            "1.5",
            "1e3",
            "-2.5E-2",
            "9223372036854775808",
            r#""""#,
            r#""a\"b\\c\/d\b\f\n\r\t""#,
            r#""\u00e9\ud83d\ude00é""#,
            "[]",
            "[1, [2], {}]",
            r#"{"a": 1, "b": [true, null], "c": {"d": "e"}}"#,
            "\t[1\n,\r2]",
        ];
        for text in good {
            let expected: Given = serde_json::from_str(text).unwrap();
            assert_eq!(parse(text).unwrap(), expected, "{text}");
        }
        let bad = [
            "",
            "nul",
            "01",
            "+1",
            "1.",
            ".5",
            "1e",
            "--1",
            "1e999",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\n\"",
            "[1,]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "1 2",
            "[",
            "{",
            "\u{a0}1",
            "'a'",
            "NaN",
        ];
        for text in bad {
            assert!(serde_json::from_str::<Given>(text).is_err(), "{text}");
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_text_is_quoted_as_the_usual_writer_quotes_it() {
        let texts = ["", "plain", "a\"b\\c/d", "\n\r\t\u{8}\u{c}\0\u{1f}\u{7f}", "é 😀"];
        for text in texts {
            assert_eq!(quoted(text), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn the_place_is_told() {
        for (text, error) in [
            ("{\n  \"é\": 1x\n}", "line 2 column 9: expected `,` or `}`"),
            ("[1,", "line 1 column 4: the text ends before the value does"),
        ] {
            assert_eq!(parse(text).unwrap_err(), error);
        }
        // what serde_json has as a float is a whole number here
        assert_eq!(parse("-0").unwrap(), Given::Whole(0));
        let deep = "[".repeat(40);
        assert!(parse(&deep).unwrap_err().ends_with("too deep in each other"));
    }
}
