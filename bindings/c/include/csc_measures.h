/*
 * csc-measures: are children seen, assessed, reviewed and placed in time, and is the service improving?
 *
 * The C interface. Made from the library's source by `cargo xtask header`; do not edit.
 *
 * CONVENTIONS, which hold for every function:
 *
 * Names.     The prefix is the receiver: csc_calendar_add_working_days takes a csc_calendar first.
 * Order.     The receiver, then inputs, then outputs, then the error.
 * Results.   A function that can fail returns a csc_status: CSC_OK, or the kind of failure. Outputs are written
 *            only if it is CSC_OK; else what they point to is left as it is.
 * Errors.    The last parameter takes the error of a call that failed, with its message: initialise a
 *            csc_error * with NULL, pass its address, and free it with csc_error_free. Pass NULL if the status
 *            is enough. It is not written if the call succeeds, and what it held before is not freed.
 * Pointers.  A pointer may be NULL only if the function says so; else NULL is a status and not a crash. A
 *            pointer with a length describes that many values; with length 0 it may be NULL. What pointers
 *            point to is read during the call, and not kept.
 * Ownership. What a function makes belongs to the caller, who frees it with the function that is named. Freeing
 *            NULL does nothing. Free nothing twice, and use nothing after it is freed.
 * Texts.     Texts are UTF-8 and end in NUL. A text that comes with a length need not end in NUL. Texts that
 *            the library writes are freed with csc_text_free.
 * Dates.     Functions take and give dates as int32_t, in days since 1970-01-01. Tables have dates in their own
 *            columns: dates and timestamps of Arrow, texts such as "2017-03-31", and in Arrow and JSON also
 *            whole numbers, which count the same days. Months are texts such as "2017-03". Intervals include
 *            both ends.
 * Threads.   Any number of threads may call functions that take a handle as const at once. A function that
 *            takes it without const needs the handle for itself. The library has no global state.
 * JSON.      JSON is the same text, byte for byte, as from Rust and Python. Keys may be added.
 * Children.  Messages repeat no data beyond ids. Nothing is written to files, streams or a network.
 */

#ifndef CSC_MEASURES_H
#define CSC_MEASURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------------- *
 * Arrow: the C data interface and the C stream interface, as https://arrow.apache.org defines them
 * ------------------------------------------------------------------------------------------------------- */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* ------------------------------------------------------------------------------------------------------- *
 * Versions
 * ------------------------------------------------------------------------------------------------------- */

/**
 * The version of the binary interface that this header describes. It is raised when a program built against
 * an older header could go wrong, and not when functions, constants and keys of JSON are added.
 */
#define CSC_ABI_VERSION 2

/**
 * The version of the binary interface of the library that is loaded: compare it with `CSC_ABI_VERSION`.
 */
uint32_t csc_abi_version(void);

/**
 * The version of the library, such as `"0.1.0"`. It is never freed.
 */
const char *csc_version(void);

/* ------------------------------------------------------------------------------------------------------- *
 * Status codes: what became of a call
 * ------------------------------------------------------------------------------------------------------- */

/**
 * What became of a call: `CSC_OK`, or one of the codes below. Codes may be added; treat one that you do not
 * know as a failure.
 */
typedef int32_t csc_status;

/**
 * Done; the outputs are written.
 */
#define CSC_OK 0

/**
 * A pointer is NULL and may not be.
 */
#define CSC_NULL_POINTER 1

/**
 * A pointer is not aligned as its type asks.
 */
#define CSC_MISALIGNED_POINTER 2

/**
 * A text is not UTF-8.
 */
#define CSC_NOT_UTF8 3

/**
 * A length is longer than anything in memory.
 */
#define CSC_BAD_LENGTH 4

/**
 * A number is not one of the constants of its type.
 */
#define CSC_UNKNOWN_CONSTANT 5

/**
 * A builder was used after its dataset was built, or after a table failed.
 */
#define CSC_SPENT_BUILDER 6

/**
 * The library met a state from which it cannot go on. Please report it. What was asked for is not done; a builder
 * in use can then only be freed.
 */
#define CSC_INTERNAL 7

/**
 * No clock, measure, table or person has the id or name.
 */
#define CSC_UNKNOWN_NAME 20

/**
 * A value makes no sense where it is given: months in the wrong order, a misspelt policy, broken JSON.
 */
#define CSC_BAD_VALUE 21

/**
 * A date, or an answer, is outside the calendar of working days.
 */
#define CSC_OUTSIDE_CALENDAR 22

/**
 * A table cannot be taken: a required column is missing, or a table or column is there twice.
 */
#define CSC_BAD_TABLE 23

/**
 * A file or stream cannot be read.
 */
#define CSC_UNREADABLE 24

/**
 * The parts are not of one whole, or cases were asked of a scorecard that was put together from parts.
 */
#define CSC_PARTS 25

/* ------------------------------------------------------------------------------------------------------- *
 * Errors: the code and the message of a call that failed
 * ------------------------------------------------------------------------------------------------------- */

/**
 * Why a call failed. It owns its message; any number of threads may read it at once.
 */
typedef struct csc_error csc_error;

/**
 * The status code of an error; `CSC_OK` if it is NULL.
 */
csc_status csc_error_status(const csc_error *error);

/**
 * The message for a person: UTF-8, in lower case, without a full stop, and without data of any child beyond
 * ids. It belongs to the error and is freed with it. It is never NULL: if the error is NULL, it is empty.
 */
const char *csc_error_message(const csc_error *error);

/**
 * Frees an error. NULL is fine.
 */
void csc_error_free(csc_error *error);

/* ------------------------------------------------------------------------------------------------------- *
 * Texts that the library writes
 * ------------------------------------------------------------------------------------------------------- */

/**
 * Frees a text that a call wrote. NULL is fine. Do not free any other text with it: a literal, or one from `malloc`.
 */
void csc_text_free(char *text);

/* ------------------------------------------------------------------------------------------------------- *
 * Dates: days since 1970-01-01
 * ------------------------------------------------------------------------------------------------------- */

/**
 * No date, or no number: in a column a day that is not known, in an answer a count that does not apply.
 *
 * It is INT32_MIN, which is not a date of any calendar.
 */
#define CSC_NONE INT32_MIN

/* ------------------------------------------------------------------------------------------------------- *
 * Calendars: working days
 * ------------------------------------------------------------------------------------------------------- */

/**
 * The working days of a nation, 1995 to 2050: not Saturday, Sunday, a bank holiday or a council's closure.
 *
 * Any number of threads may ask a `const csc_calendar *` at once. Adding closures is for one thread, while
 * no other asks.
 */
typedef struct csc_calendar csc_calendar;

/**
 * Whose bank holidays.
 */
typedef int32_t csc_nation;

/**
 * England and Wales.
 */
#define CSC_NATION_ENGLAND_AND_WALES 0

/**
 * Scotland.
 */
#define CSC_NATION_SCOTLAND 1

/**
 * Northern Ireland.
 */
#define CSC_NATION_NORTHERN_IRELAND 2

/**
 * Makes the calendar of a nation. Free it with `csc_calendar_free`.
 */
csc_status csc_calendar_new(csc_nation nation_of, csc_calendar **calendar, csc_error **error);

/**
 * Frees a calendar. NULL is fine.
 */
void csc_calendar_free(csc_calendar *calendar);

/**
 * Adds a day on which the council is closed, so that it is not a working day. A weekend or bank holiday changes
 * nothing. Call it before the calendar is first used, or while no other thread uses it.
 *
 * `CSC_OUTSIDE_CALENDAR` if the day is before 1995 or after 2050.
 */
csc_status csc_calendar_add_closure(csc_calendar *calendar,
                                    int32_t day,
                                    csc_error **error);

/**
 * Adds closures from JSON: a list of dates (`["2017-12-27"]`), or the bank holidays as GOV.UK publishes them
 * (https://www.gov.uk/bank-holidays.json), of which the events of the calendar's nation are added. Call it
 * before the calendar is first used, or while no other thread uses it.
 *
 * `CSC_BAD_VALUE` if the text is neither, or has no division for the nation.
 */
csc_status csc_calendar_add_closures_json(csc_calendar *calendar,
                                          const char *closures_json,
                                          csc_error **error);

/**
 * The first and the last day that the calendar knows, and the last day for which the bank holidays are those
 * that the government has announced; later ones are worked out by the rules.
 */
csc_status csc_calendar_range(const csc_calendar *calendar,
                              int32_t *first,
                              int32_t *last,
                              int32_t *published_until,
                              csc_error **error);

/**
 * The bank holidays of the calendar as a JSON list in order of date, each on the day on which it is kept:
 * `[{"title": "New Year’s Day", "date": "1995-01-02"}]`. Free the text with `csc_text_free`.
 */
csc_status csc_calendar_holidays_json(const csc_calendar *calendar, char **holidays_json, csc_error **error);

/**
 * Whether a day is a working day.
 */
csc_status csc_calendar_is_working_day(const csc_calendar *calendar,
                                       int32_t day,
                                       bool *is_working_day,
                                       csc_error **error);

/**
 * The first working day after a day.
 */
csc_status csc_calendar_next_working_day(const csc_calendar *calendar,
                                         int32_t day,
                                         int32_t *next,
                                         csc_error **error);

/**
 * The last working day before a day.
 */
csc_status csc_calendar_previous_working_day(const csc_calendar *calendar,
                                             int32_t day,
                                             int32_t *previous,
                                             csc_error **error);

/**
 * The working days after `start`, up to and including `end`; 0 if `end` is not after `start`. What is done
 * so many working days after it began took that long, and is in time if that is within the limit.
 */
csc_status csc_calendar_working_days_between(const csc_calendar *calendar,
                                             int32_t start,
                                             int32_t end,
                                             int32_t *working_days,
                                             csc_error **error);

/**
 * The first day on or after `start` by which so many working days have passed: the last working day in time
 * of a limit of that length. Days off straight after it are still in time, so test the count and not this
 * day. 0 gives `start` itself, working day or not.
 */
csc_status csc_calendar_add_working_days(const csc_calendar *calendar,
                                         int32_t start,
                                         uint32_t working_days,
                                         int32_t *day,
                                         csc_error **error);

/**
 * `csc_calendar_is_working_day` for each of `length` days: 1 for a working day, 0 for another, `CSC_NONE` for a
 * day that is `CSC_NONE`. `are_working_days` has room for `length` values, and may be `days` itself.
 */
csc_status csc_calendar_is_working_day_column(const csc_calendar *calendar,
                                              const int32_t *days,
                                              size_t length,
                                              int32_t *are_working_days,
                                              csc_error **error);

/**
 * `csc_calendar_working_days_between` for each of `length` pairs; `CSC_NONE` if either day is
 * `CSC_NONE`. `working_days` has room for `length` values, and may be `starts` or `ends` itself.
 *
 * `CSC_OUTSIDE_CALENDAR` with the first row whose day is outside the calendar, and nothing is written.
 */
csc_status csc_calendar_working_days_between_column(const csc_calendar *calendar,
                                                    const int32_t *starts,
                                                    const int32_t *ends,
                                                    size_t length,
                                                    int32_t *working_days,
                                                    csc_error **error);

/**
 * `csc_calendar_add_working_days` of the same number to each of `length` days; `CSC_NONE` for a day that is
 * `CSC_NONE`. `days` has room for `length` values, and may be `starts` itself.
 *
 * `CSC_OUTSIDE_CALENDAR` with the first row that has no answer, and nothing is written.
 */
csc_status csc_calendar_add_working_days_column(const csc_calendar *calendar,
                                                const int32_t *starts,
                                                size_t length,
                                                uint32_t working_days,
                                                int32_t *days,
                                                csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Colours: of an obligation, and of a figure against its target
 * ------------------------------------------------------------------------------------------------------- */

/**
 * A colour; of several the worst is the greatest.
 */
typedef int32_t csc_rag;

/**
 * On track, or on target.
 */
#define CSC_RAG_GREEN 0

/**
 * Due soon, or within the tolerance of the target.
 */
#define CSC_RAG_AMBER 1

/**
 * Overdue or done late, or beyond the tolerance.
 */
#define CSC_RAG_RED 2

/**
 * Of a figure: it has no target, or the measure is qualitative.
 */
#define CSC_RAG_NOT_RATED -1

/**
 * Of a figure: it has a target, and no value.
 */
#define CSC_RAG_NOT_APPLICABLE -2

/**
 * The colour of a measure's figure against a target, for a figure that was worked out elsewhere. The exact
 * value is compared, not one rounded: 2249 of 2500 is 89.96 %, amber against 90.
 *
 * Numerator and denominator are in thousandths (a count of 12 is 12000), as a full-time equivalent of 0.8 is
 * 800, and not below 0. A measure that is a count has no denominator, and the value given is not looked
 * at; for others a denominator of 0 gives `CSC_RAG_NOT_APPLICABLE`.
 *
 * `measure` is an id of a plan that is built in, such as `"O3.M4"`, or a key of the catalogue, such as
 * `"cp_visits_in_time"`. `target_json` is as in the targets file: `{"better": "higher", "target": 90, "tolerance": 5}`.
 */
csc_status csc_measure_rag(const char *measure,
                           const char *target_json,
                           int64_t numerator,
                           int64_t denominator,
                           csc_rag *rag,
                           csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Clocks: due dates and whether they are kept
 * ------------------------------------------------------------------------------------------------------- */

/**
 * What a limit counts.
 */
typedef int32_t csc_limit_unit;

/**
 * A council's own terms for a clock. `csc_clock_terms_of` gives the clock's; change what differs.
 */
typedef struct csc_clock_terms {
  /**
   * How long there is.
   */
  uint32_t limit;
  /**
   * What the limit counts.
   */
  csc_limit_unit limit_unit;
  /**
   * Whether the day it starts on counts as day 1: not 0 is yes. Clocks that count it already, and those
   * that are strict, stay as they are.
   */
  int32_t counts_start_day;
  /**
   * How long before the due date it turns amber: in working days for a limit in working days, else days.
   */
  uint32_t amber;
} csc_clock_terms;

/**
 * What became of an obligation.
 */
typedef int32_t csc_clock_outcome;

/**
 * How an obligation stood at the end of a day.
 */
typedef struct csc_clock_state {
  /**
   * How it came out, or where it stands.
   */
  csc_clock_outcome outcome;
  /**
   * Green if done in time or due later than the warning window, amber if due within it, red if late or overdue.
   */
  csc_rag rag;
  /**
   * The due date: for a clock of working days the last working day in time.
   */
  int32_t due;
  /**
   * The first day on which it is late.
   */
  int32_t first_late_day;
  /**
   * If not done and in time, the clock's units (working days, else days) to the due date, and 0 from the
   * due date on. Otherwise `CSC_NONE`.
   */
  int32_t days_left;
  /**
   * If done late or overdue, by how many of the clock's units. Otherwise `CSC_NONE`.
   */
  int32_t days_over;
} csc_clock_state;

/**
 * Done in time.
 */
#define CSC_CLOCK_MET 0

/**
 * Done, but late.
 */
#define CSC_CLOCK_LATE 1

/**
 * Not done, and still in time.
 */
#define CSC_CLOCK_NOT_YET_DUE 2

/**
 * Not done, and past due.
 */
#define CSC_CLOCK_OVERDUE 3

/**
 * Working days of the calendar.
 */
#define CSC_LIMIT_WORKING_DAYS 0

/**
 * Calendar days.
 */
#define CSC_LIMIT_DAYS 1

/**
 * Calendar months.
 */
#define CSC_LIMIT_MONTHS 2

/**
 * Nothing: the law sets no number of days, so nothing is due on a date.
 */
#define CSC_LIMIT_NONE 3

/**
 * Every clock as its last version has it, with its title, limit, source and the measures that use it, as a JSON
 * list. Free the text with `csc_text_free`.
 */
csc_status csc_clocks_json(char **clocks_json,
                           csc_error **error);

/**
 * Every version of a clock by date, as a JSON list: from when to when its limit was in force, its source, and
 * how sure both are. Free the text with `csc_text_free`.
 *
 * `CSC_UNKNOWN_NAME` if no clock has the id; the message names the nearest.
 */
csc_status csc_clock_versions_json(const char *clock, char **versions_json, csc_error **error);

/**
 * The due date of a clock, by its id (`"cp_visit"`), that started on a day. Of a clock of working days it is
 * the last working day in time: days off straight after it are in time too, so ask `csc_clock_status` and do
 * not compare with this date.
 *
 * `CSC_UNKNOWN_NAME` if no clock has the id; the message names the nearest.
 */
csc_status csc_clock_due(const char *clock,
                         const csc_calendar *calendar,
                         int32_t start,
                         int32_t *due,
                         csc_error **error);

/**
 * `csc_clock_due` on a council's own terms; NULL for the clock's.
 */
csc_status csc_clock_due_on_terms(const char *clock,
                                  const csc_clock_terms *terms,
                                  const csc_calendar *calendar,
                                  int32_t start,
                                  int32_t *due,
                                  csc_error **error);

/**
 * How an obligation under a clock stood at the end of the day `as_at`. `done` points to the day it was done,
 * and is NULL if it was not done; what was done after `as_at` had not happened yet.
 *
 * `CSC_BAD_VALUE` if it was done before it started.
 */
csc_status csc_clock_status(const char *clock,
                            const csc_calendar *calendar,
                            int32_t start,
                            const int32_t *done,
                            int32_t as_at,
                            csc_clock_state *state,
                            csc_error **error);

/**
 * `csc_clock_status` on a council's own terms; NULL for the clock's.
 */
csc_status csc_clock_status_on_terms(const char *clock,
                                     const csc_clock_terms *terms,
                                     const csc_calendar *calendar,
                                     int32_t start,
                                     const int32_t *done,
                                     int32_t as_at,
                                     csc_clock_state *state,
                                     csc_error **error);

/**
 * Whether what started on one day and was done on another was done in time.
 *
 * `CSC_BAD_VALUE` if it was done before it started.
 */
csc_status csc_clock_in_time(const char *clock,
                             const csc_calendar *calendar,
                             int32_t start,
                             int32_t done,
                             bool *in_time,
                             csc_error **error);

/**
 * `csc_clock_in_time` on a council's own terms; NULL for the clock's.
 */
csc_status csc_clock_in_time_on_terms(const char *clock,
                                      const csc_clock_terms *terms,
                                      const csc_calendar *calendar,
                                      int32_t start,
                                      int32_t done,
                                      bool *in_time,
                                      csc_error **error);

/**
 * The terms of a clock as they were in force on a day, for the functions that take terms.
 *
 * `CSC_BAD_VALUE` if no version of the clock was in force on the day; the message says from when to when it
 * was.
 */
csc_status csc_clock_terms_at(const char *clock, int32_t on, csc_clock_terms *terms, csc_error **error);

/**
 * The terms of a clock as its last version sets them.
 */
csc_status csc_clock_terms_of(const char *clock, csc_clock_terms *terms, csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Plans, the catalogue of measures, and input tables
 * ------------------------------------------------------------------------------------------------------- */

/**
 * A plan as JSON: its outcomes with their rows, and the recommendations that they answer. Free the text with
 * `csc_text_free`.
 *
 * `plan` is the id of a plan that is built in (`"worcestershire-2017"`, `"all-measures"`), NULL for the first, or the
 * JSON of a plan of your own, which is checked and completed. The key `plan` of the options takes the same: an id or
 * the object.
 *
 * `CSC_UNKNOWN_NAME` for an id that is not built in, `CSC_BAD_VALUE` for a plan that cannot be taken: the message says
 * where and why.
 */
csc_status csc_plan_json(const char *plan,
                         char **plan_json,
                         csc_error **error);

/**
 * The rows of a plan with their companions, as a JSON list: id, outcome, title, measure, unit, period, which way is
 * better, what is counted and left out, the tables and columns that it reads, the policies that change it, source and
 * version. `plan` is as in `csc_plan_json`. Free the text with `csc_text_free`.
 */
csc_status csc_plan_rows_json(const char *plan,
                              char **rows_json,
                              csc_error **error);

/**
 * The catalogue of measures as a JSON list: the key of each, its forms with their titles, its period, which way is
 * better, what is counted and left out, the tables and columns that it reads, the policies that change it, source and
 * version. Free the text with `csc_text_free`.
 */
csc_status csc_measures_json(char **measures_json,
                             csc_error **error);

/**
 * The tables that a dataset takes, as a JSON list: the name of each and its name in the Standard
 * Safeguarding Dataset, and for each column the names, what it holds, whether it is needed and what it means.
 * Free the text with `csc_text_free`.
 */
csc_status csc_tables_json(char **tables_json, csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Datasets: what was taken in
 * ------------------------------------------------------------------------------------------------------- */

/**
 * The checked data of an authority, or of one child. It never changes: any number of threads may ask a
 * `const csc_dataset *` at once.
 *
 * What is made from it (a scorecard, a day's view) shares its data, and may outlive it.
 */
typedef struct csc_dataset csc_dataset;

/**
 * Frees a dataset. NULL is fine.
 */
void csc_dataset_free(csc_dataset *dataset);

/**
 * The number of persons that the tables name.
 */
csc_status csc_dataset_person_count(const csc_dataset *dataset, size_t *persons, csc_error **error);

/**
 * The issues of the data as a JSON list of `{"table", "row", "record", "code", "message"}`, by table and row;
 * row 1 is the first. Free the text with `csc_text_free`.
 */
csc_status csc_dataset_issues_json(const csc_dataset *dataset, char **issues_json, csc_error **error);

/**
 * The issues of the data as an Arrow stream of one batch. Release the stream when it is read.
 */
csc_status csc_dataset_issues_arrow(const csc_dataset *dataset,
                                    struct ArrowArrayStream *issues,
                                    csc_error **error);

/**
 * The tables that were supplied, as a JSON list of `{"table", "rows", "used"}`: rows in, and those of them
 * that are used. The difference has issues. A table that was made from a return also has `source`, and `as_at` if
 * it shows only how things stood on a day. Free the text with `csc_text_free`.
 */
csc_status csc_dataset_tables_json(const csc_dataset *dataset,
                                   char **tables_json,
                                   csc_error **error);

/**
 * The tables that were supplied as an Arrow stream of one batch. Release the stream when it is read.
 */
csc_status csc_dataset_tables_arrow(const csc_dataset *dataset,
                                    struct ArrowArrayStream *tables,
                                    csc_error **error);

/**
 * Every column of the tables that were supplied, as a JSON list of `{"table", "column", "given_as", "state", "rows",
 * "nulls", "not_understood", "nearest"}`. `state` is `read`; `absent`, of a column that the table has and that was
 * not supplied; or `unknown`, of one that was supplied and that the table does not have. `nearest` is, of an unknown
 * column, the absent one that has nearly its name, and the other way round. Free the text with `csc_text_free`.
 */
csc_status csc_dataset_columns_json(const csc_dataset *dataset,
                                    char **columns_json,
                                    csc_error **error);

/**
 * Every column of the tables that were supplied as an Arrow stream of one batch. Release the stream when it is read.
 */
csc_status csc_dataset_columns_arrow(const csc_dataset *dataset,
                                     struct ArrowArrayStream *columns,
                                     csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Building a dataset: tables in
 * ------------------------------------------------------------------------------------------------------- */

/**
 * Takes tables and makes a dataset. It is for one thread at a time.
 *
 * Each table is given once, by its own name or that of the Standard Safeguarding Dataset, with columns by
 * either name, in any order, in capitals or small letters. Columns that a table does not know are not read. A
 * table that is not given is not supplied, and measures that need it have no figure; a table without rows says
 * that there were none.
 *
 * A row that makes no sense never fails a call: it becomes an issue of the data. If a call fails, some of
 * its table's rows may be in, so the builder is spent: it can only be freed.
 */
typedef struct csc_dataset_builder csc_dataset_builder;

/**
 * How dates are written in texts.
 */
typedef int32_t csc_date_form;

/**
 * `2017-03-31`, alone or followed by a time, which is dropped.
 */
#define CSC_DATE_FORM_ISO 0

/**
 * `31/03/2017`, alone or followed by a time, which is dropped.
 */
#define CSC_DATE_FORM_UK 1

/**
 * Starts a dataset. Free the builder with `csc_dataset_builder_free`, also after its dataset is built.
 */
csc_status csc_dataset_builder_new(csc_dataset_builder **builder, csc_error **error);

/**
 * Frees a builder with the rows that are in it. NULL is fine.
 */
void csc_dataset_builder_free(csc_dataset_builder *builder);

/**
 * Sets how the dates in texts are written in the tables that follow; `CSC_DATE_FORM_ISO` unless this is called.
 */
csc_status csc_dataset_builder_date_form(csc_dataset_builder *builder,
                                         csc_date_form form,
                                         csc_error **error);

/**
 * Sets how the tables that follow are read. `names_json` is an object with `columns`, the columns that have other names than the library's (`{"cp_plans": {"PersonID": "person_id"}}`), and `unknown_columns`,
 * what happens to columns that a table does not know: with `"warn"` and `"ignore"` they are not read, with
 * `"error"` the table cannot be taken; and optionally `dates`, how dates in texts are written, by table
 * (`{"cp_visits": "uk", "*": "iso"}`), `extract_day`, the day on which tables of the Standard Safeguarding Dataset
 * were extracted, and `look_up`, a list of tables that are there only to be looked up, because another part counts them
 * (of `workers`, `involvements`, `care_proceedings`, `final_order_applications`). `csc_dataset_columns_json` lists what was not read.
 */
csc_status csc_dataset_builder_names_json(csc_dataset_builder *builder,
                                          const char *names_json,
                                          csc_error **error);

/**
 * Takes a table from an Arrow stream of record batches, with columns of any date, timestamp, text,
 * dictionary, integer, boolean, decimal or float type. A stream without batches is a table without rows.
 *
 * The stream is always consumed: it is released, and its struct marked so, before the call returns, also
 * if the call fails. Data are read in place and not kept.
 *
 * `CSC_UNREADABLE` if the stream is released already, breaks off, or contradicts itself.
 */
csc_status csc_dataset_builder_add_arrow(csc_dataset_builder *builder,
                                         const char *table,
                                         struct ArrowArrayStream *stream,
                                         csc_error **error);

/**
 * Takes a table from CSV text: a header, then one row on each line; commas, quotes if needed, UTF-8 with or
 * without a byte order mark. The text is read during the call and not kept.
 */
csc_status csc_dataset_builder_add_csv(csc_dataset_builder *builder,
                                       const char *table,
                                       const char *csv,
                                       size_t length,
                                       csc_error **error);

/**
 * Takes a table from JSON text: a list of objects, one a row, by column (`[{"person_id": "P1"}]`), or an
 * object of lists of one length, by column. The columns supplied are those that any row names; an empty list
 * is a table with every column and no rows. The text is read during the call and not kept.
 */
csc_status csc_dataset_builder_add_json(csc_dataset_builder *builder,
                                        const char *table,
                                        const char *json,
                                        size_t length,
                                        csc_error **error);

/**
 * Declares a table that the whole authority has, with its columns, and of which this part has no rows, so
 * that each part has the tables of the whole.
 */
csc_status csc_dataset_builder_declare(csc_dataset_builder *builder,
                                       const char *table,
                                       const char *const *columns,
                                       size_t length,
                                       csc_error **error);

/**
 * Declares every table that was not given: it is supplied, with every column, and has no rows. Call it last, for all that
 * a system knows of one child: a child with a plan and no row of visits is then owed a visit. Leave it out if the system
 * does not have every table.
 */
csc_status csc_dataset_builder_declare_others(csc_dataset_builder *builder,
                                              csc_error **error);

/**
 * Makes the dataset: checks what needs all tables, and groups the rows by person. A table whose columns have names and
 * that was not given is an error. The builder has then been used.
 * Free the dataset with `csc_dataset_free`.
 */
csc_status csc_dataset_builder_build(csc_dataset_builder *builder,
                                     csc_dataset **dataset,
                                     csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * A dataset with other rows of one child, or without the child.
 * ------------------------------------------------------------------------------------------------------- */

/**
 * Makes a dataset in which one child has the rows of a builder in place of those before, and everybody else the rows of
 * `dataset`: a visit was recorded, and the screen is to show it. It costs no more in a dataset of many children, since
 * everything but the child's rows is shared. `dataset` stays as it is for whoever still reads it, and each is freed by
 * itself. A child who was not there is added. The builder has then been used.
 *
 * The rows are all of the child, of every table that is kept by person, with the `cla_reviews` of the child's periods of
 * care; a table that is not given has none. They have the columns that the dataset has. `workers`, `care_proceedings` and
 * the other tables that are no child's stay as they are. So does what all rows together decide: the counts of tables and
 * columns, and their first and last dates.
 *
 * Rows of several persons, or that hang together with another person's, are `CSC_BAD_VALUE`; other tables or columns than
 * the dataset's, and tables that came under a name of the Standard Safeguarding Dataset, `CSC_BAD_TABLE`. Parts and the
 * quality of the data are refused of the new dataset. Free it with `csc_dataset_free`.
 */
csc_status csc_dataset_with_person(const csc_dataset *dataset,
                                   csc_dataset_builder *builder,
                                   csc_dataset **with_person,
                                   csc_error **error);

/**
 * Makes a dataset without one child, which shares everything else with `dataset`: as `csc_dataset_with_person` with no
 * rows. Free it with `csc_dataset_free`.
 */
csc_status csc_dataset_without_person(const csc_dataset *dataset,
                                      const char *person_id,
                                      csc_dataset **without_person,
                                      csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Scorecards: every measure for a run of months
 * ------------------------------------------------------------------------------------------------------- */

/**
 * The results of a run of months. It never changes: any number of threads may ask a
 * `const csc_scorecard *` at once.
 */
typedef struct csc_scorecard csc_scorecard;

/**
 * Computes every measure for each month from `from` to `to` (`"2016-04"`, `"2017-03"`), both included; at
 * most 1,200 months. Free the scorecard with `csc_scorecard_free`.
 *
 * `options_json` is an object with any of these keys, or NULL for the defaults: `plan` (the id of a plan that is
 * built in, or a plan as an object), `policy` (an object of policies), `targets` (by row of the plan), `closures` (a
 * list of dates, or GOV.UK bank holidays), `measures` (a list of the plan's ids; all unless given), `breakdown`
 * (a list of dimensions, such as `["sex", "age", "team"]`: the results in JSON have those of each group too), `by`
 * (`"outcome"` or `"recommendation"`: the results in JSON have the sections too), `signals` (true: they have the signals
 * too), `chart` (control charts by row), `baseline` (how many points limits are taken from: a number, or by row), `rebase`
 * (by row a list of months from which its chart starts anew), `publish` (true: a part says what a publication of the
 * whole is worked out from), `threads` (as many as the machine
 * runs at once unless given; no figure depends on it). An unknown key, policy, id or value is refused, and the
 * message names the nearest.
 */
csc_status csc_scorecard_run(const csc_dataset *dataset,
                             const char *from,
                             const char *to,
                             const char *options_json,
                             csc_scorecard **scorecard,
                             csc_error **error);

/**
 * Frees a scorecard. NULL is fine.
 */
void csc_scorecard_free(csc_scorecard *scorecard);

/**
 * The whole output as a JSON object: plan, calendar, policy, results, issues of the data and the versions of
 * the definitions. Free the text with `csc_text_free`.
 */
csc_status csc_scorecard_results_json(const csc_scorecard *scorecard, char **results_json, csc_error **error);

/**
 * The results as an Arrow stream of one batch, with a row for each measure and month. Release the stream when it
 * is read.
 */
csc_status csc_scorecard_results_arrow(const csc_scorecard *scorecard,
                                       struct ArrowArrayStream *results,
                                       csc_error **error);

/**
 * The results of the groups of the breakdown that the options asked for, as an Arrow stream of one batch: a row for each
 * measure, month, dimension and group. Without a breakdown the stream has no rows. As JSON they are the key `groups` of
 * `csc_scorecard_results_json`. Release the stream when it is read.
 */
csc_status csc_scorecard_groups_arrow(const csc_scorecard *scorecard,
                                      struct ArrowArrayStream *groups,
                                      csc_error **error);

/**
 * The cases behind a result as a JSON object: each child, review or event with its outcome, reason and
 * dates; their outcomes add up to the result's. Free the text with `csc_text_free`.
 *
 * `CSC_UNKNOWN_NAME` for an id that the plan does not have, `CSC_BAD_VALUE` for a month that the scorecard does not
 * have, `CSC_PARTS` for a scorecard that was put together from parts.
 */
csc_status csc_scorecard_cases_json(const csc_scorecard *scorecard,
                                    const char *measure,
                                    const char *of_month,
                                    char **cases_json,
                                    csc_error **error);

/**
 * The cases behind a result as an Arrow stream of one batch. Release the stream when it is read. It fails as
 * `csc_scorecard_cases_json` does.
 */
csc_status csc_scorecard_cases_arrow(const csc_scorecard *scorecard,
                                     const char *measure,
                                     const char *of_month,
                                     struct ArrowArrayStream *cases,
                                     csc_error **error);

/**
 * The cases behind several results at once as an Arrow stream of one batch, in the order of the results: of each measure
 * in each month from `from` to `to` in which it has a result. `measures_json` is a list of ids of the plan, or NULL for all
 * of them. Release the stream when it is read. It fails as `csc_scorecard_cases_json` does.
 */
csc_status csc_scorecard_cases_between_arrow(const csc_scorecard *scorecard,
                                             const char *measures_json,
                                             const char *from,
                                             const char *to,
                                             struct ArrowArrayStream *cases,
                                             csc_error **error);

/**
 * Why a figure moved from one month to another, as a JSON object: the difference split into cases that joined, left,
 * changed and stayed, which add up to it. Free the text with `csc_text_free`. It fails as `csc_scorecard_cases_json` does,
 * and with `CSC_BAD_VALUE` for a month in which the measure has no result.
 */
csc_status csc_scorecard_change_json(const csc_scorecard *scorecard,
                                     const char *measure,
                                     const char *from,
                                     const char *to,
                                     char **change_json,
                                     csc_error **error);

/**
 * What another scorecard of the same months, plan and policies says otherwise, as a JSON list: for each measure and month
 * whose figure or cases differ, the cases that `later` has besides, has not and has otherwise. Free the text with
 * `csc_text_free`. `CSC_BAD_VALUE` for scorecards of other plans, policies or closures, `CSC_PARTS` for one that was put
 * together from parts.
 */
csc_status csc_scorecard_compare_json(const csc_scorecard *scorecard,
                                      const csc_scorecard *later,
                                      char **changes_json,
                                      csc_error **error);

/**
 * The outcomes of the plan (`by` is `"outcome"`) or the recommendations it answers (`"recommendation"`), each
 * with its rows and whether no measure tests it, as a JSON list. Free the text with `csc_text_free`.
 */
csc_status csc_scorecard_sections_json(const csc_scorecard *scorecard,
                                       const char *by,
                                       char **sections_json,
                                       csc_error **error);

/**
 * What the control chart of each measure says, as a JSON list in the order of the plan, whether or not the options ask
 * for `signals`: chart, stretches, points with limits and marks, and what the limits say of the target. Free the text with
 * `csc_text_free`.
 */
csc_status csc_scorecard_signals_json(const csc_scorecard *scorecard,
                                      char **signals_json,
                                      csc_error **error);

/**
 * The titles of the plan's rows and their companions, as a JSON object by id: each is followed by the policies that were
 * changed and bear on its figure, in words. Free the text with `csc_text_free`.
 */
csc_status csc_scorecard_titles_json(const csc_scorecard *scorecard,
                                     char **titles_json,
                                     csc_error **error);

/**
 * What of the scorecard may be published, as a JSON object: nothing that is shown, alone or together, tells a count of 1 to 5
 * people, and `"c"` is in the place of what is hidden. `publishing` is a JSON object of `protection` (`suppression`, or
 * `rounding`), `rounding_least` and `publish_period` (`month`, `quarter`, `year`), or NULL for figures of months by
 * suppression. Free the text with `csc_text_free`. A scorecard that was put
 * together from parts can be published only if the parts were made with the option `publish`.
 */
csc_status csc_scorecard_published_json(const csc_scorecard *scorecard,
                                        const char *publishing,
                                        char **published_json,
                                        csc_error **error);

/**
 * The results that may be published, as an Arrow stream of one batch: a figure that is left out is null, and
 * the column `suppressed` true; `publishing` as in `csc_scorecard_published_json`. Release the stream when it is read.
 */
csc_status csc_scorecard_published_arrow(const csc_scorecard *scorecard,
                                         const char *publishing,
                                         struct ArrowArrayStream *published,
                                         csc_error **error);

/**
 * The groups that may be published, as an Arrow stream of one batch: every group of a dimension for every measure and
 * month, without those by worker; `publishing` as in `csc_scorecard_published_json`. Release the stream when it is read.
 */
csc_status csc_scorecard_published_groups_arrow(const csc_scorecard *scorecard,
                                                const char *publishing,
                                                struct ArrowArrayStream *groups,
                                                csc_error **error);

/**
 * What somebody who knows the rules can tell of the figures that are hidden, from the published ones alone, as a JSON
 * object: `told`, how many counts of 1 to 5 can be told, and `findings`, what each number that is not shown may be;
 * `publishing` as in `csc_scorecard_published_json`. Free the text with `csc_text_free`.
 */
csc_status csc_scorecard_audit_json(const csc_scorecard *scorecard,
                                    const char *publishing,
                                    char **audit_json,
                                    csc_error **error);

/**
 * The issues of the scorecard's data, as in `csc_dataset_issues_json`; those of all parts, if it was put together
 * from parts.
 */
csc_status csc_scorecard_issues_json(const csc_scorecard *scorecard,
                                     char **issues_json,
                                     csc_error **error);

/**
 * The issues of `csc_scorecard_issues_json` as an Arrow stream of one batch. Release the stream when it is
 * read.
 */
csc_status csc_scorecard_issues_arrow(const csc_scorecard *scorecard,
                                      struct ArrowArrayStream *issues,
                                      csc_error **error);

/**
 * The tables of the scorecard's data, as in `csc_dataset_tables_json`.
 */
csc_status csc_scorecard_tables_json(const csc_scorecard *scorecard, char **tables_json, csc_error **error);

/**
 * The tables of `csc_scorecard_tables_json` as an Arrow stream of one batch. Release the stream when it is
 * read.
 */
csc_status csc_scorecard_tables_arrow(const csc_scorecard *scorecard,
                                      struct ArrowArrayStream *tables,
                                      csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * What is due: to one child, and to everybody
 * ------------------------------------------------------------------------------------------------------- */

/**
 * A dataset as at a day: made once, asked for any number of children. It never changes: any number of
 * threads may ask a `const csc_as_at *` at once.
 */
typedef struct csc_as_at csc_as_at;

/**
 * Makes the view of a dataset as at the end of a day. `options_json` is as in `csc_scorecard_run`; NULL for the
 * defaults. Free the view with `csc_as_at_free`.
 */
csc_status csc_as_at_new(const csc_dataset *dataset,
                         int32_t day,
                         const char *options_json,
                         csc_as_at **as_at,
                         csc_error **error);

/**
 * Frees a day's view. NULL is fine.
 */
void csc_as_at_free(csc_as_at *as_at);

/**
 * One child: the cohorts, and every open obligation with due date, colour and reason, soonest first, as a
 * JSON object. Free the text with `csc_text_free`.
 *
 * `CSC_UNKNOWN_NAME` if the person is in none of the tables.
 */
csc_status csc_as_at_person_json(const csc_as_at *as_at,
                                 const char *person_id,
                                 char **person_json,
                                 csc_error **error);

/**
 * Every open obligation to anybody, soonest first, as a JSON object. `filter_json` chooses among them, by any
 * of these keys: `{"within": 10, "rag": ["red", "amber"], "clocks": ["cp_visit"], "teams": ["North"]}`. `within`
 * counts working days; an empty list lets nothing through, and a null among the teams is no team. NULL gives all. Free the text with `csc_text_free`.
 */
csc_status csc_as_at_due_list_json(const csc_as_at *as_at,
                                   const char *filter_json,
                                   char **due_list_json,
                                   csc_error **error);

/**
 * The obligations of `csc_as_at_due_list_json` as an Arrow stream of one batch. Release the stream when it
 * is read.
 */
csc_status csc_as_at_due_list_arrow(const csc_as_at *as_at,
                                    const char *filter_json,
                                    struct ArrowArrayStream *obligations,
                                    csc_error **error);

/**
 * `csc_as_at_person_json` of a dataset as at the end of a day, in one call.
 */
csc_status csc_dataset_person_json(const csc_dataset *dataset,
                                   const char *person_id,
                                   int32_t as_at,
                                   const char *options_json,
                                   char **person_json,
                                   csc_error **error);

/**
 * `csc_as_at_due_list_json` of a dataset as at the end of a day, in one call.
 */
csc_status csc_dataset_due_list_json(const csc_dataset *dataset,
                                     int32_t as_at,
                                     const char *options_json,
                                     const char *filter_json,
                                     char **due_list_json,
                                     csc_error **error);

/**
 * The obligations of `csc_dataset_due_list_json` as an Arrow stream of one batch. Release the stream when it
 * is read.
 */
csc_status csc_dataset_due_list_arrow(const csc_dataset *dataset,
                                      int32_t as_at,
                                      const char *options_json,
                                      const char *filter_json,
                                      struct ArrowArrayStream *obligations,
                                      csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * What is wrong with the data, and which figures it touches
 * ------------------------------------------------------------------------------------------------------- */

/**
 * What became of the data, as a JSON object: by table and column the rows, nulls, issues and last dates, and for
 * each kind of issue the measures and months that it touches, and by how many cases. `days_json` says of which
 * months, and from which day the age of the data is counted, by any of these keys:
 * `{"from": "2016-04", "to": "2017-03", "as_at": "2017-03-31"}`. NULL gives the year up to the last date of the data.
 * `options_json` is as in `csc_scorecard_run`; NULL for the defaults. Free the text with `csc_text_free`.
 */
csc_status csc_dataset_quality_json(const csc_dataset *dataset,
                                    const char *days_json,
                                    const char *options_json,
                                    char **quality_json,
                                    csc_error **error);

/* ------------------------------------------------------------------------------------------------------- *
 * Parts: a scorecard in pieces
 * ------------------------------------------------------------------------------------------------------- */

/**
 * What the scorecard of these rows adds up to, for rows that are a part of an authority's, as versioned JSON
 * for `csc_scorecard_merge`. Keep it as the data are kept. Free the text with `csc_text_free`.
 *
 * Tables with a `person_id` are split by person, all rows of one to one part; `cla_reviews` go with the
 * person of their `cla_id`; `workers`, `involvements` and tables without a person go whole to one part, and
 * the children in court cases with them. Each part declares every table of the whole: see
 * `csc_dataset_builder_declare`. All else is as for `csc_scorecard_run`.
 */
csc_status csc_dataset_part_json(const csc_dataset *dataset,
                                 const char *from,
                                 const char *to,
                                 const char *options_json,
                                 char **part_json,
                                 csc_error **error);

/**
 * What one of `of` equal shares of the persons of a dataset adds up to, counted from 0: the scorecard of the
 * dataset, piece by piece. The rest as `csc_dataset_part_json`.
 */
csc_status csc_dataset_part_of_json(const csc_dataset *dataset,
                                    uint32_t index,
                                    uint32_t of,
                                    const char *from,
                                    const char *to,
                                    const char *options_json,
                                    char **part_json,
                                    csc_error **error);

/**
 * Puts parts together into exactly the scorecard of the whole. Free it with `csc_scorecard_free`.
 *
 * `CSC_PARTS` if they are not of one whole (other months, policies or versions, or rows that are split
 * otherwise than they may be), `CSC_BAD_VALUE` if one is not a part's JSON.
 */
csc_status csc_scorecard_merge(const char *const *parts_json,
                               size_t length,
                               csc_scorecard **scorecard,
                               csc_error **error);

#ifdef CSC_MEASURES_FILES

/* ------------------------------------------------------------------------------------------------------- *
 * Files: folders of tables and returns as a dataset
 * ------------------------------------------------------------------------------------------------------- */

/**
 * Reads a folder of CSV and Parquet files, one a table, named by its table (`cp_plans.csv`). Free the dataset
 * with `csc_dataset_free`.
 *
 * `CSC_UNREADABLE` if the folder or a file cannot be read, `CSC_BAD_TABLE` if a required column is
 * missing or a table is there twice.
 */
csc_status csc_dataset_read_folder(const char *path,
                                   csc_date_form dates,
                                   csc_dataset **dataset,
                                   csc_error **error);

/**
 * Reads tables and returns as councils send them: SSDA903 (CSV), the children in need census (XML), Annex A
 * (Excel), the children's social care API (JSON), the social work workforce census (XML), from files and folders.
 * Free the dataset with `csc_dataset_free`.
 *
 * `sources_json` is an object of `paths`, a list; and optionally `dates`, `"uk"` for tables with dates
 * as 31/03/2017, or by table (`{"cp_visits": "uk", "*": "iso"}`); `choose`, for each table that several sources have the one that it is taken from
 * (`{"persons": "cin_census"}`); `as_at`, the day of an Annex A workbook; `extract_day`, that on which tables of the Standard Safeguarding Dataset
 * were extracted; `columns`, the columns that have other
 * names than the library's (`{"cp_plans": {"PersonID": "person_id"}}`); `unknown_columns`, `"error"` to refuse a
 * table with columns that it does not know; `memory_limit`, the bytes of memory that what is read may be held in, about
 * 4 GiB unless told. `csc_dataset_tables_json` says which source each table came from.
 *
 * `CSC_UNREADABLE` if a file or folder cannot be read, `CSC_BAD_TABLE` if a required column is missing or a
 * table is there twice and none is chosen.
 */
csc_status csc_dataset_read(const char *sources_json,
                            csc_dataset **dataset,
                            csc_error **error);

#endif /* CSC_MEASURES_FILES */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CSC_MEASURES_H */
