//! The workbook as it is written: sheets of rows with a filter and a head that stays in view.

use chrono::{Datelike, NaiveDate};
use csc_measures::visible;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use crate::cell::{Cell, Column, Kind};
use crate::error::{WorkbookError, not_written};

/// The rows that a sheet of Excel can have, without the head.
const MOST_ROWS: u32 = 1_048_575;

/// The characters that a cell of Excel can hold, in units of UTF-16.
const MOST_CHARACTERS: usize = 32_767;

/// The sheets that were written, and how cells look.
pub(crate) struct Book {
    sheets: Vec<Worksheet>,
    properties: DocProperties,
    formats: Formats,
    most_rows: u32,
}

struct Formats {
    head: Format,
    month_head: Format,
    title: Format,
    plain: Format,
    words: Format,
    /// Of texts that would be read as a formula if somebody edited the cell.
    quoted: Format,
    day: Format,
    month: Format,
    red: Format,
    amber: Format,
    green: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let head = || {
            Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0xE7_E6_E6))
                .set_border_bottom(FormatBorder::Thin)
        };
        let fill = |colour: u32| top().set_background_color(Color::RGB(colour));
        Self {
            head: head(),
            month_head: head().set_num_format("mmm yyyy"),
            title: Format::new().set_bold().set_font_size(14),
            plain: top(),
            words: top().set_text_wrap(),
            quoted: top().set_quote_prefix(),
            day: top().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            month: top().set_num_format("mmm yyyy").set_align(FormatAlign::Left),
            red: fill(0xF8_CB_AD),
            amber: fill(0xFF_E6_99),
            green: fill(0xC6_E0_B4),
        }
    }
}

impl Book {
    /// An empty workbook of a day, by which it is dated: the same figures make the same file.
    pub(crate) fn new(title: &str, day: NaiveDate) -> Self {
        let mut properties = DocProperties::new().set_title(shown(title));
        if let Ok(day) = excel_day(day) {
            properties = properties.set_creation_datetime(&day);
        }
        Self { sheets: Vec::new(), properties, formats: Formats::new(), most_rows: MOST_ROWS }
    }

    /// Adds a sheet of rows; what has more rows than a sheet can have goes on on another of the same name with a number.
    /// The first `frozen` columns stay in view with the head.
    pub(crate) fn list(
        &mut self,
        name: &str,
        columns: &[Column],
        frozen: u16,
        rows: impl Iterator<Item = Vec<Cell>>,
    ) -> Result<(), WorkbookError> {
        let mut rows = rows.peekable();
        let mut number = 1;
        loop {
            let name = if number == 1 { name.to_owned() } else { format!("{name} {number}") };
            let mut sheet = self.begin(&name, columns, frozen)?;
            let mut last = 0;
            while last < self.most_rows {
                let Some(cells) = rows.next() else { break };
                last += 1;
                for ((place, column), cell) in (0_u16..).zip(columns).zip(cells) {
                    self.write(&mut sheet, (last, place), column, &cell)?;
                }
            }
            if let Some(last_column) =
                u16::try_from(columns.len()).ok().and_then(|count| count.checked_sub(1))
            {
                sheet.autofilter(0, 0, last, last_column).map_err(not_written)?;
            }
            self.sheets.push(sheet);
            if rows.peek().is_none() {
                return Ok(());
            }
            number += 1;
        }
    }

    /// A sheet with its head.
    fn begin(&self, name: &str, columns: &[Column], frozen: u16) -> Result<Worksheet, WorkbookError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name).map_err(not_written)?;
        for (place, column) in (0_u16..).zip(columns) {
            sheet.set_column_width(place, column.width).map_err(not_written)?;
            match &column.head {
                Cell::Month(month) => {
                    sheet
                        .write_datetime_with_format(
                            0,
                            place,
                            &excel_day(month.first())?,
                            &self.formats.month_head,
                        )
                        .map_err(not_written)?;
                }
                Cell::Text(text) => {
                    sheet
                        .write_string_with_format(0, place, shown(text), &self.formats.head)
                        .map_err(not_written)?;
                }
                _ => {}
            }
        }
        sheet.set_freeze_panes(1, frozen).map_err(not_written)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0).map_err(not_written)?;
        Ok(sheet)
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        (row, place): (u32, u16),
        column: &Column,
        cell: &Cell,
    ) -> Result<(), WorkbookError> {
        let formats = &self.formats;
        match cell {
            Cell::Empty => {}
            Cell::Number(number) => {
                sheet.write_number_with_format(row, place, *number, &formats.plain).map_err(not_written)?;
            }
            Cell::Day(day) => {
                sheet
                    .write_datetime_with_format(row, place, &excel_day(*day)?, &formats.day)
                    .map_err(not_written)?;
            }
            Cell::Month(month) => {
                sheet
                    .write_datetime_with_format(row, place, &excel_day(month.first())?, &formats.month)
                    .map_err(not_written)?;
            }
            Cell::Colour(word) => {
                let format = match *word {
                    "red" => &formats.red,
                    "amber" => &formats.amber,
                    "green" => &formats.green,
                    _ => &formats.plain,
                };
                sheet.write_string_with_format(row, place, *word, format).map_err(not_written)?;
            }
            Cell::Text(text) => {
                let text = shown(text);
                if text.encode_utf16().count() > MOST_CHARACTERS {
                    let head = match &column.head {
                        Cell::Text(head) => head.clone(),
                        _ => String::new(),
                    };
                    return Err(WorkbookError::LongText { sheet: sheet.name(), row: row + 1, column: head });
                }
                let format = match column.kind {
                    _ if is_like_a_formula(&text) => &formats.quoted,
                    Kind::Words => &formats.words,
                    Kind::Plain => &formats.plain,
                };
                sheet.write_string_with_format(row, place, text, format).map_err(not_written)?;
            }
        }
        Ok(())
    }

    /// Puts a page of names and what belongs to them in front of the sheets: a title, then a pair a line.
    pub(crate) fn page(
        &mut self,
        name: &str,
        title: &str,
        lines: &[(String, Cell)],
    ) -> Result<(), WorkbookError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name).map_err(not_written)?;
        sheet.set_column_width(0, 24).map_err(not_written)?;
        sheet.set_column_width(1, 110).map_err(not_written)?;
        sheet.write_string_with_format(0, 0, shown(title), &self.formats.title).map_err(not_written)?;
        let value = Column { head: Cell::text("what is said"), width: 110, kind: Kind::Words };
        for (row, (name, cell)) in (2_u32..).zip(lines) {
            self.write(&mut sheet, (row, 0), &value, &Cell::text(name.as_str()))?;
            self.write(&mut sheet, (row, 1), &value, cell)?;
        }
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        self.sheets.insert(0, sheet);
        Ok(())
    }

    /// The names of the sheets, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.sheets.iter().map(Worksheet::name).collect()
    }

    /// The file.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, WorkbookError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&self.properties);
        for sheet in self.sheets {
            workbook.push_worksheet(sheet);
        }
        workbook.save_to_buffer().map_err(not_written)
    }
}

/// Whether a spreadsheet would take a text for a formula if somebody edited its cell. It looks past white space.
fn is_like_a_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@'])
}

/// A text as it is shown: nothing in it hides what follows.
fn shown(text: &str) -> String {
    visible(text).into_owned()
}

/// A day as Excel counts.
fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, WorkbookError> {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, part(day.month()), part(day.day())).map_err(not_written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::plain;

    fn book() -> Book {
        Book::new("Test", NaiveDate::from_ymd_opt(2017, 3, 31).unwrap())
    }

    #[test]
    fn what_does_not_fit_on_a_sheet_goes_on_on_another() {
        let mut book = book();
        book.most_rows = 3;
        let rows = |count: u32| (0..count).map(|number| vec![Cell::count(number)]);
        book.list("Three", &[plain("Number", 8)], 0, rows(3)).unwrap();
        book.list("Seven", &[plain("Number", 8)], 0, rows(7)).unwrap();
        book.list("None", &[plain("Number", 8)], 0, rows(0)).unwrap();
        assert_eq!(book.names(), ["Three", "Seven", "Seven 2", "Seven 3", "None"]);
        book.bytes().unwrap();
    }

    #[test]
    fn a_text_that_is_too_long_for_a_cell_is_an_error_that_says_where() {
        let mut written = book();
        let columns = [plain("Child", 8), plain("Record", 8)];
        let row = |length: usize| vec![Cell::text("P1"), Cell::text("x".repeat(length))];
        written.list("Cases", &columns, 0, [row(MOST_CHARACTERS)].into_iter()).unwrap();
        let error =
            written.list("More", &columns, 0, [row(1), row(MOST_CHARACTERS + 1)].into_iter()).unwrap_err();
        assert_eq!(
            error,
            WorkbookError::LongText { sheet: "More".to_owned(), row: 3, column: "Record".to_owned() }
        );
    }

    #[test]
    fn the_rows_of_a_sheet_are_those_of_excel() {
        assert_eq!(MOST_ROWS + 1, 1 << 20);
    }
}
