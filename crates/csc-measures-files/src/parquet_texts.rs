//! Columns of text whose pages have texts as they are, or as places in a dictionary: read as a column of keys.
//!
//! The decoder makes a value that counts its references of every text. Keys are integers to it: the dictionary is
//! handed to it as the places 0, 1, 2 and so on, and a page of texts as the numbers of these texts, while the texts
//! stay where their page was unpacked.

use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Encoding, Type as Physical};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, Int32Type};
use parquet::errors::Result;
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor, Type};

use crate::parquet_pages::{column_reader, impossible, values_start};

/// The view of a text that lies nowhere, which is an issue of its row.
pub(crate) const BEYOND: [u8; 16] = [0xff; 16];

/// Texts in the memory into which their page was unpacked: a view for each place, and what is too long for it.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    pub(crate) views: Vec<[u8; 16]>,
    pub(crate) buffers: Vec<ByteArray>,
}

/// A reader of a column.
pub(crate) enum Reader {
    /// Of its values.
    Values(ColumnReader),
    /// Of its texts by their keys.
    Keys(KeyReader),
}

impl Reader {
    /// `is_keyed`: all pages of the column, if it is one of text, have texts as they are or as places in a dictionary.
    pub(crate) fn new(column: ColumnDescPtr, is_keyed: bool, pages: Box<dyn PageReader>) -> Result<Self> {
        if is_keyed && column.physical_type() == Physical::BYTE_ARRAY {
            KeyReader::new(&column, pages).map(Self::Keys)
        } else {
            Ok(Self::Values(column_reader(column, pages)))
        }
    }
}

/// The reader of the keys of a column, and the texts that the keys mean.
pub(crate) struct KeyReader {
    pub(crate) keys: ColumnReaderImpl<Int32Type>,
    texts: Arc<Mutex<Met>>,
}

impl KeyReader {
    fn new(column: &ColumnDescPtr, pages: Box<dyn PageReader>) -> Result<Self> {
        let keys = Type::primitive_type_builder(column.name(), Physical::INT32).build()?;
        let (levels, repeats) = (column.max_def_level(), column.max_rep_level());
        let keys = ColumnDescriptor::new(Arc::new(keys), levels, repeats, column.path().clone());
        let texts = Arc::<Mutex<Met>>::default();
        let pages = Keyed { pages, has_levels: levels > 0, texts: Arc::clone(&texts) };
        Ok(Self { keys: ColumnReaderImpl::new(Arc::new(keys), Box::new(pages)), texts })
    }

    /// Does something with the texts that were met.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Met) -> T) -> T {
        work(&mut self.texts.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The texts of a column that were met and are still needed.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// By key: 0 is the first.
    dictionary: Vec<[u8; 16]>,
    /// Texts of pages without a dictionary: -1 is the key of the first of all, and -2 of the next.
    others: Vec<[u8; 16]>,
    /// How many others are no longer kept.
    gone: usize,
    /// Where those of the last page begin.
    last_page: usize,
    /// The pages, empty if none of their texts is kept.
    buffers: Vec<ByteArray>,
    /// The length of the longest text.
    longest: usize,
}

impl Met {
    /// The texts of the dictionary, for keys that are all of it.
    pub(crate) fn dictionary(&self, keys: &[i32]) -> Option<Texts> {
        // A part of a large dictionary is quicker taken text by text.
        let is_all = self.dictionary.len() <= keys.len() / 2 && keys.iter().all(|key| *key >= 0);
        is_all.then(|| Texts { views: self.dictionary.clone(), buffers: self.buffers.clone() })
    }

    /// The view of the text of a key.
    #[inline]
    pub(crate) fn view(&self, key: i32) -> [u8; 16] {
        let view = match usize::try_from(key) {
            Ok(key) => self.dictionary.get(key),
            Err(_) => {
                usize::try_from(!key).ok().and_then(|other| self.others.get(other.checked_sub(self.gone)?))
            }
        };
        view.copied().unwrap_or(BEYOND)
    }

    /// The views of the texts of keys that follow one another, as those of pages without a dictionary do.
    pub(crate) fn run(&self, keys: &[i32]) -> Option<&[[u8; 16]]> {
        let first = keys.first().filter(|first| **first < 0)?;
        let is_run = (0..).zip(keys).all(|(at, key)| first.wrapping_sub(at) == *key);
        let start = usize::try_from(!first).ok()?.checked_sub(self.gone)?;
        self.others.get(start..start.checked_add(keys.len())?).filter(|_| is_run)
    }

    /// The pages in which the texts lie.
    pub(crate) fn buffers(&self) -> Vec<ByteArray> {
        self.buffers.clone()
    }

    /// Whether the texts of these keys are longer than so much, each counted as often as it comes.
    pub(crate) fn are_longer(&self, keys: &[i32], most: usize) -> bool {
        let length = |key: &i32| {
            let view = self.view(*key);
            view.first_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize)
        };
        // Nearly always the first says so.
        self.longest.saturating_mul(keys.len()) > most
            && keys.iter().map(length).fold(0, usize::saturating_add) > most
    }

    /// Keeps of the texts without a dictionary those of the last page alone: the pages before were read to the end.
    pub(crate) fn forget(&mut self) {
        if self.last_page == 0 {
            return;
        }
        self.others.drain(..self.last_page);
        self.gone += std::mem::take(&mut self.last_page);
        if let Some((_, before)) = self.buffers.split_last_mut() {
            // The dictionary comes first, if there is one.
            let dictionary = usize::from(!self.dictionary.is_empty());
            before.iter_mut().skip(dictionary).for_each(|page| *page = ByteArray::from(Vec::new()));
        }
    }

    /// Takes the texts of a page, from a place on, and returns what is before them and the keys of those that are there,
    /// as bytes.
    fn take(&mut self, page: &Page, start: usize) -> Result<Vec<u8>> {
        let bytes: &[u8] = page.buffer();
        let is_dictionary = page.is_dictionary_page();
        let most = page.num_values() as usize;
        let buffer = u32::try_from(self.buffers.len()).unwrap_or(u32::MAX);
        if !is_dictionary {
            self.last_page = self.others.len();
        }
        let (views, before) = match is_dictionary {
            true => (&mut self.dictionary, 0),
            false => (&mut self.others, self.gone),
        };
        let first = views.len() + before;
        let mut at = start;
        // A page says itself how many texts it has, and a damaged one has fewer.
        let room = most.min(bytes.len().saturating_sub(start) / 4);
        views.reserve(room);
        for _ in 0..room {
            let Some((length, text)) = bytes.get(at..).and_then(|rest| rest.split_first_chunk::<4>()) else {
                break;
            };
            let length = u32::from_le_bytes(*length) as usize;
            if length > text.len() {
                break;
            }
            views.push(view(bytes, at, length, buffer));
            self.longest = self.longest.max(length);
            at += 4 + length;
        }
        let keys = first..views.len() + before;
        self.buffers.push(ByteArray::from(page.buffer().clone()));
        let Ok(_) = i32::try_from(keys.end) else {
            return Err(impossible());
        };
        let key = |place: usize| if is_dictionary { place as u32 } else { !(place as u32) };
        let mut page = Vec::with_capacity(start + keys.len() * size_of::<u32>());
        page.extend_from_slice(bytes.get(..start).unwrap_or_default());
        page.resize(start + keys.len() * size_of::<u32>(), 0);
        let (to, _) = page.get_mut(start..).unwrap_or_default().as_chunks_mut();
        to.iter_mut().zip(keys).for_each(|(to, place)| *to = key(place).to_le_bytes());
        Ok(page)
    }
}

/// The view of a text whose length lies at a place of its page, and the text after it.
#[inline]
fn view(page: &[u8], at: usize, length: usize, buffer: u32) -> [u8; 16] {
    let bytes = page.get(at..).unwrap_or_default();
    let mut view = match bytes.first_chunk() {
        Some(view) => *view,
        None => {
            let mut view = [0; 16];
            view.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
            view
        }
    };
    if length > 12
        && let (Ok(offset), [.., a, b]) = (u32::try_from(at + 4), view.as_chunks_mut::<4>().0)
    {
        (*a, *b) = (buffer.to_le_bytes(), offset.to_le_bytes());
    }
    view
}

/// Pages of texts as pages of keys.
struct Keyed {
    pages: Box<dyn PageReader>,
    /// Whether the values of a page come after the levels that say which are null.
    has_levels: bool,
    texts: Arc<Mutex<Met>>,
}

impl Keyed {
    fn keyed(&mut self, mut page: Page) -> Result<Page> {
        let encoding = page.encoding();
        let is_keys = matches!(encoding, Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY);
        if is_keys && page.is_data_page() {
            return Ok(page);
        }
        if !is_keys && encoding != Encoding::PLAIN {
            // Headers were looked at before: the file has changed.
            return Err(impossible());
        }
        // A page that ends before its values is left to the decoder, which says so.
        let Some(start) = values_start(&page, self.has_levels) else { return Ok(page) };
        let keys = self.texts.lock().unwrap_or_else(PoisonError::into_inner).take(&page, start)?;
        let (Page::DataPage { buf, .. } | Page::DataPageV2 { buf, .. } | Page::DictionaryPage { buf, .. }) =
            &mut page;
        *buf = keys.into();
        Ok(page)
    }
}

impl PageReader for Keyed {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        page.map(|page| self.keyed(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl Iterator for Keyed {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(texts: &[&str], num_values: u32) -> Page {
        let length = |text: &str| u32::try_from(text.len()).unwrap().to_le_bytes();
        let bytes: Vec<u8> =
            texts.iter().flat_map(|text| length(text).into_iter().chain(text.bytes())).collect();
        Page::DataPage {
            buf: bytes.into(),
            num_values,
            encoding: Encoding::PLAIN,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        }
    }

    fn keys(bytes: &[u8]) -> Vec<i32> {
        bytes.as_chunks().0.iter().map(|key| i32::from_le_bytes(*key)).collect()
    }

    /// The text of a view.
    fn text(met: &Met, key: i32) -> String {
        let view = met.view(key);
        let number = |at: usize| u32::from_le_bytes(view[at..at + 4].try_into().unwrap()) as usize;
        let length = number(0);
        let bytes = if length > 12 {
            &met.buffers[number(8)].data()[number(12)..number(12) + length]
        } else {
            &view[4..4 + length]
        };
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn texts_have_keys_until_their_page_was_read_to_the_end() {
        let mut met = Met::default();
        let first = ["", "twelve bytes", "thirteen byte"];
        assert_eq!(keys(&met.take(&page(&first, 3), 0).unwrap()), [-1, -2, -3]);
        assert_eq!(keys(&met.take(&page(&["a", "one that is longer"], 2), 0).unwrap()), [-4, -5]);
        let all = ["", "twelve bytes", "thirteen byte", "a", "one that is longer"];
        assert!((0..).zip(all).all(|(place, expected)| text(&met, !place) == expected));
        let of_each = |keys: &[i32]| keys.iter().map(|key| met.view(*key)).collect::<Vec<_>>();
        for keys in [&[-1][..], &[-1, -2, -3, -4, -5], &[-3, -4]] {
            assert_eq!(met.run(keys), Some(&*of_each(keys)), "{keys:?}");
        }
        for keys in [&[][..], &[0, -1], &[-1, -3], &[-2, -1], &[-1, -1], &[-5, -6]] {
            assert_eq!(met.run(keys), None, "{keys:?}");
        }
        met.forget();
        assert_eq!((met.view(-3), met.run(&[-3, -4])), (BEYOND, None));
        assert_eq!((text(&met, -4), text(&met, -5)), ("a".to_owned(), "one that is longer".to_owned()));
        assert!(met.buffers[0].data().is_empty());
        assert_eq!(keys(&met.take(&page(&["b"], 1), 0).unwrap()), [-6]);
        assert_eq!((text(&met, -5), text(&met, -6)), ("one that is longer".to_owned(), "b".to_owned()));
    }

    #[test]
    fn a_page_has_the_texts_that_it_says_and_not_those_that_it_ends_within() {
        assert_eq!(keys(&Met::default().take(&page(&["a", "b", "c"], 2), 0).unwrap()), [-1, -2]);
        let Page::DataPage { buf, .. } = page(&["a", "bcd"], 2) else { unreachable!() };
        for length in 0..buf.len() {
            let mut cut = page(&[], 2);
            let Page::DataPage { buf: bytes, .. } = &mut cut else { unreachable!() };
            *bytes = buf.slice(..length);
            assert_eq!(
                keys(&Met::default().take(&cut, 0).unwrap()).len(),
                usize::from(length >= 5),
                "{length}"
            );
        }
    }

    #[test]
    fn the_text_of_a_column_counts_as_often_as_it_comes() {
        let mut met = Met::default();
        met.take(&page(&["abc", "d"], 2), 0).unwrap();
        assert!(met.are_longer(&[-1, -1, -2], 6) && !met.are_longer(&[-1, -1, -2], 7));
        assert!(!met.are_longer(&[-2; 7], 7));
    }
}
