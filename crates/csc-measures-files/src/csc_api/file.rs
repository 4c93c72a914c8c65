//! The children of a file, one after another.

use std::collections::HashMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::child::{Child, Element, Many, One, Place};
use super::key::Keyed;
use crate::ReadError;
use crate::bounded::{Allowance, Bounded};
use crate::memory::Memory;

/// The most that one child may be written in.
const LONGEST: usize = 16 << 20;

/// The children of a file.
pub(super) struct Children {
    pub(super) children: Vec<One<Child>>,
    /// The ids of all children in the file, also of those who are to be deleted.
    pub(super) ids: Vec<String>,
}

/// Reads a list of children, an object that has them under `children`, or children one after another.
pub(super) fn read(input: impl Read, name: &str, memory: &Memory) -> Result<Children, ReadError> {
    let failed = |message: String| ReadError::Json { file: name.to_owned(), message };
    let mut input = BufReader::with_capacity(1 << 16, input);
    let begin = input.fill_buf().map_err(|error| failed(error.to_string()))?;
    if begin.starts_with(&[0xff, 0xfe]) || begin.starts_with(&[0xfe, 0xff]) {
        return Err(failed("it is written in UTF-16; save it in UTF-8".to_owned()));
    }
    if begin.starts_with("\u{feff}".as_bytes()) {
        input.consume("\u{feff}".len());
    }
    let allowance = Allowance::new(LONGEST);
    let mut input = Bounded::new(input, allowance.clone());
    let mut found = Found { children: Vec::new(), lists: 0, allowance, name, memory, too_much: None };
    let mut values = 0_u64;
    loop {
        found.allowance.reset();
        if !skip_blanks(&mut input).map_err(|error| failed(error.to_string()))? {
            break;
        }
        values += 1;
        let mut value = serde_json::Deserializer::from_reader(&mut input);
        let read = Collect(&mut found).deserialize(&mut value);
        if let Some(error) = found.too_much {
            return Err(error);
        }
        read.map_err(|error| failed(told(&error, values)))?;
    }
    let mut children = found.children;
    let is_known = |child: &One<Child>| child.get().is_some_and(|child| child.la_child_id.is_there());
    // An empty list says that there are none.
    let is_empty_list = children.is_empty() && found.lists > 0;
    if !is_empty_list && !children.iter().any(is_known) {
        return Err(failed("no object in it is a child: none has a `la_child_id`".to_owned()));
    }
    let ids = children.iter().filter_map(One::get).map(|child| child.la_child_id.text().to_owned()).collect();
    Places::new(name).give(&mut children);
    Ok(Children { children, ids })
}

/// Goes on to the next value; `false` at the end.
fn skip_blanks(input: &mut impl BufRead) -> std::io::Result<bool> {
    loop {
        let bytes = input.fill_buf()?;
        let blanks = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (is_end, is_value) = (bytes.is_empty(), blanks < bytes.len());
        input.consume(blanks);
        if is_end || is_value {
            return Ok(is_value);
        }
    }
}

/// What is wrong with the JSON, without what stands in it.
fn told(error: &serde_json::Error, value: u64) -> String {
    let (line, column) = (error.line(), error.column());
    let place = match value {
        1 => format!("line {line}, column {column}"),
        _ => format!("object {value}, its line {line}, column {column}"),
    };
    let what = match error.classify() {
        Category::Io => return error.to_string(),
        Category::Eof => "it ends before its JSON does".to_owned(),
        Category::Syntax => "not well-formed JSON, or nested too deeply".to_owned(),
        // Other messages repeat the value.
        Category::Data => match error.to_string().split(" at line").next() {
            Some(text) if text.starts_with("duplicate field") => text.to_owned(),
            _ => "expected a child or a list of children".to_owned(),
        },
    };
    format!("{place}: {what}")
}

struct Found<'m> {
    children: Vec<One<Child>>,
    lists: u64,
    allowance: Allowance,
    name: &'m str,
    memory: &'m Memory,
    /// Why the reading ends here, though the JSON goes on.
    too_much: Option<ReadError>,
}

impl Found<'_> {
    fn push<E: serde::de::Error>(&mut self, child: One<Child>) -> Result<(), E> {
        // The texts are not longer than what they were written in.
        let texts = self.allowance.used();
        let held = size_of::<One<Child>>() + texts + child.get().map_or(0, Child::held);
        self.children.push(child);
        self.memory.hold(held as u64, self.name).map_err(|error| {
            self.too_much = Some(error);
            E::custom("too much")
        })
    }
}

/// A list of children, a child, or an object with a list of them.
struct Collect<'f, 'm>(&'f mut Found<'m>);

impl<'de> DeserializeSeed<'de> for Collect<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Collect<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("children: a list of objects, or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.lists += 1;
        loop {
            self.0.allowance.reset();
            let Some(child) = list.next_element::<One<Child>>()? else { return Ok(()) };
            self.0.push(match child {
                One::None => One::Unreadable(Place::default()),
                child => child,
            })?;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<(), A::Error> {
        let mut object = Keyed(object);
        while let Some(key) = object.next_key::<String>()? {
            if key == "children" {
                object.next_value_seed(Collect(&mut *self.0))?;
            } else if Child::KEYS.contains(&key.as_str()) {
                let object = Rejoined { first: Some(key), object };
                let child = Child::deserialize(MapAccessDeserializer::new(object))?;
                return self.0.push(One::Some(child));
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// An object of which a key was read already.
struct Rejoined<A> {
    first: Option<String>,
    object: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rejoined<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(key) => seed.deserialize(IntoDeserializer::<A::Error>::into_deserializer(key)).map(Some),
            None => self.object.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.object.next_value_seed(seed)
    }
}

/// Numbers the objects of a file by their names, and lets those go that are to be deleted.
struct Places<'n> {
    name: &'n str,
    counts: HashMap<&'static str, (Rc<str>, u64)>,
}

impl<'n> Places<'n> {
    fn new(name: &'n str) -> Self {
        Self { name, counts: HashMap::new() }
    }

    fn give(&mut self, children: &mut Vec<One<Child>>) {
        children.retain_mut(|one| self.keep(one));
        for child in children {
            let One::Some(child) = child else { continue };
            self.keep_one(&mut child.child_details);
            self.keep_many(&mut child.social_care_episodes);
            for episode in &mut child.social_care_episodes.0 {
                let One::Some(episode) = episode else { continue };
                self.keep_many(&mut episode.care_worker_details);
                self.keep_many(&mut episode.child_and_family_assessments);
                self.keep_many(&mut episode.child_in_need_plans);
                self.keep_many(&mut episode.section_47_assessments);
                self.keep_many(&mut episode.child_protection_plans);
                self.keep_many(&mut episode.child_looked_after_placements);
                self.keep_one(&mut episode.adoption);
                self.keep_one(&mut episode.care_leavers);
            }
        }
    }

    fn keep_many<T: Element>(&mut self, many: &mut Many<T>) {
        many.0.retain_mut(|one| self.keep(one));
    }

    fn keep_one<T: Element>(&mut self, one: &mut One<T>) {
        if !self.keep(one) {
            *one = One::None;
        }
    }

    /// Gives an object its place; `false` if it is to be deleted.
    fn keep<T: Element>(&mut self, one: &mut One<T>) -> bool {
        if matches!(one, One::None) {
            return true;
        }
        let name = self.name;
        let (source, count) =
            self.counts.entry(T::NAME).or_insert_with(|| (Rc::from(format!("{name}: {}", T::NAME)), 0));
        *count += 1;
        let place = Place { source: Rc::clone(source), number: *count };
        match one {
            One::Some(element) => {
                *element.place() = place;
                !element.is_purged()
            }
            One::Unreadable(at) => {
                *at = place;
                true
            }
            One::None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_values() {
        let mut input: &[u8] = b"  \n\t{";
        assert!(skip_blanks(&mut input).unwrap());
        assert_eq!(input, b"{");
        let mut input: &[u8] = b" \n";
        assert!(!skip_blanks(&mut input).unwrap());
    }
}
