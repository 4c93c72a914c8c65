/*
 * Runs the shared vectors: a script of calls with the answers of the library's own language, which must be
 * the same byte for byte, and with what the vectors expect, which the answers must have.
 *
 * A line is a verb and its words; a text stands on lines of its own, after a line with its length.
 */
#include "check.h"
#include "json.h"

static FILE *script;
static char verb[32];
static long line_number = 0;

static int next_verb(void) {
  line_number++;
  return fscanf(script, "%31s", verb) == 1;
}

/* A number, or CSC_NONE for "none". What is not to be compared is "-", and sets `is_asked` to 0. */
static int32_t number(int *is_asked) {
  char word[64];
  CHECK(fscanf(script, "%63s", word) == 1);
  *is_asked = strcmp(word, "-") != 0;
  return strcmp(word, "none") == 0 ? CSC_NONE : (int32_t)strtol(word, NULL, 10);
}

static int32_t given(void) {
  int is_asked;
  return number(&is_asked);
}

static char *text(size_t *length) {
  char *bytes;
  CHECK(fscanf(script, "%zu", length) == 1);
  CHECK(fgetc(script) == '\n');
  bytes = malloc(*length + 1);
  CHECK(bytes != NULL);
  CHECK(fread(bytes, 1, *length, script) == *length);
  bytes[*length] = '\0';
  return bytes;
}

static char *word(void) {
  size_t length;
  return text(&length);
}

static void same(const char *what, char *found, char *expected) {
  if (strcmp(found, expected) != 0) {
    size_t at = 0;
    while (found[at] == expected[at] && found[at] != '\0') at++;
    fprintf(stderr, "statement %ld, %s: from byte %zu on it is\n  %.200s\nand not\n  %.200s\n", line_number, what,
            at, found + at, expected + at);
    exit(1);
  }
  csc_text_free(found);
  free(expected);
}

static void compare(const char *what, int32_t found, int is_asked, int32_t expected) {
  if (is_asked && found != expected) {
    fprintf(stderr, "statement %ld, %s: %d and not %d\n", line_number, what, (int)found, (int)expected);
    exit(1);
  }
}

/* Every field that is expected is in the answer, as expected. */
static void expect(const char *what, const char *found, const char *expected) {
  const char *difference = json_difference(found, expected);
  if (difference != NULL) {
    fprintf(stderr, "statement %ld, %s: expected\n  %.*s\nof\n  %.*s\n", line_number, what,
            (int)(json_end(json_end(difference) + 1) - difference), difference, (int)(json_end(found) - found), found);
    exit(1);
  }
}

/* As many objects are in the answer as are expected, each with the fields that are expected. */
static void expect_list(const char *what, const char *found, const char *expected) {
  int of_found = json_count(found), of_expected = json_count(expected);
  if (of_found != of_expected) {
    fprintf(stderr, "statement %ld, %s: %d objects and not %d\n", line_number, what, of_found, of_expected);
    exit(1);
  }
  while ((found = json_next(found)) != NULL && (expected = json_next(expected)) != NULL) {
    expect(what, found, expected);
    found = json_end(found);
    expected = json_end(expected);
  }
}

/* Of a list of results the one of a measure and a month; NULL if there is none. Both are written with their marks. */
static const char *result_of(const char *results, const char *measure, const char *month) {
  while ((results = json_next(results)) != NULL) {
    if (json_same(json_member(results, "\"measure\""), measure) && json_same(json_member(results, "\"month\""), month))
      return results;
    results = json_end(results);
  }
  return NULL;
}

/* What reads JSON here finds what is not as expected. */
static void reads_json(void) {
  const char *found = "{\"value\":90.0,\"by\":{\"a\":[1,\"x,}\\\"\"],\"b\":null},\"rag\":\"red\"}";
  CHECK(json_difference(found, "{}") == NULL);
  CHECK(json_difference(found, "{\"value\":90,\"rag\":\"red\",\"by\":{\"b\":null,\"a\":[1,\"x,}\\\"\"]}}") == NULL);
  CHECK(json_difference(found, "{\"value\":90.1}") != NULL);
  CHECK(json_difference(found, "{\"value\":null}") != NULL);
  CHECK(json_difference(found, "{\"value\":\"90\"}") != NULL);
  CHECK(json_difference(found, "{\"rag\":\"green\"}") != NULL);
  CHECK(json_difference(found, "{\"by\":{\"b\":null}}") != NULL);
  CHECK(json_difference(found, "{\"by\":{\"b\":null,\"a\":[2,\"x,}\\\"\"]}}") != NULL);
  CHECK(json_difference(found, "{\"direction\":null}") != NULL);
  CHECK(json_count("[]") == 0 && json_count("[{\"a\":[1,2]},{}]") == 2 && json_count(found) == 3);
}

int main(int count, char **arguments) {
  csc_calendar *calendar = NULL;
  csc_clock_terms terms;
  char *clock = NULL;
  csc_dataset_builder *builder = NULL;
  csc_dataset *dataset = NULL;
  csc_scorecard *card = NULL;
  char *results = NULL;
  long statements = 0;

  CHECK(count == 2);
  script = fopen(arguments[1], "rb");
  CHECK(script != NULL);
  memset(&terms, 0, sizeof terms);
  reads_json();

  while (next_verb()) {
    statements++;
    if (strcmp(verb, "calendar") == 0) {
      int32_t closures;
      csc_calendar_free(calendar);
      DONE(csc_calendar_new(given(), &calendar, &error));
      for (closures = given(); closures > 0; closures--) DONE(csc_calendar_add_closure(calendar, given(), &error));
    } else if (strcmp(verb, "closure_fails") == 0) {
      int32_t day = given();
      char *message = word();
      FAILS(CSC_OUTSIDE_CALENDAR, message, csc_calendar_add_closure(calendar, day, &error));
      free(message);
    } else if (strcmp(verb, "between") == 0) {
      int32_t start = given(), end = given(), found = -1, column = -1;
      DONE(csc_calendar_working_days_between(calendar, start, end, &found, &error));
      DONE(csc_calendar_working_days_between_column(calendar, &start, &end, 1, &column, &error));
      CHECK(found == column);
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "between_fails") == 0) {
      int32_t start = given(), end = given(), found = -7;
      char *message = word();
      FAILS(CSC_OUTSIDE_CALENDAR, message, csc_calendar_working_days_between(calendar, start, end, &found, &error));
      CHECK(found == -7);
      free(message);
    } else if (strcmp(verb, "add") == 0) {
      int32_t start = given(), days = given(), found = -1, column = -1;
      DONE(csc_calendar_add_working_days(calendar, start, (uint32_t)days, &found, &error));
      DONE(csc_calendar_add_working_days_column(calendar, &start, 1, (uint32_t)days, &column, &error));
      CHECK(found == column);
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "add_fails") == 0) {
      int32_t start = given(), days = given(), found = -7;
      char *message = word();
      FAILS(CSC_OUTSIDE_CALENDAR, message,
            csc_calendar_add_working_days(calendar, start, (uint32_t)days, &found, &error));
      CHECK(found == -7);
      free(message);
    } else if (strcmp(verb, "works") == 0) {
      int32_t day = given(), column = -1;
      bool found = false;
      DONE(csc_calendar_is_working_day(calendar, day, &found, &error));
      DONE(csc_calendar_is_working_day_column(calendar, &day, 1, &column, &error));
      CHECK(found == (column == 1));
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "works_fails") == 0) {
      int32_t day = given();
      bool found = false;
      char *message = word();
      FAILS(CSC_OUTSIDE_CALENDAR, message, csc_calendar_is_working_day(calendar, day, &found, &error));
      free(message);
    } else if (strcmp(verb, "next") == 0) {
      int32_t day = given(), found = -1;
      DONE(csc_calendar_next_working_day(calendar, day, &found, &error));
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "next_fails") == 0) {
      int32_t day = given();
      int32_t found = -7;
      char *message = word();
      FAILS(CSC_OUTSIDE_CALENDAR, message, csc_calendar_next_working_day(calendar, day, &found, &error));
      free(message);
    } else if (strcmp(verb, "previous") == 0) {
      int32_t day = given(), found = -1;
      DONE(csc_calendar_previous_working_day(calendar, day, &found, &error));
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "previous_fails") == 0) {
      int32_t day = given();
      int32_t found = -7;
      char *message = word();
      FAILS(CSC_OUTSIDE_CALENDAR, message, csc_calendar_previous_working_day(calendar, day, &found, &error));
      free(message);
    } else if (strcmp(verb, "clock") == 0) {
      int is_asked;
      int32_t value;
      free(clock);
      clock = word();
      value = number(&is_asked);
      if ((is_asked ? csc_clock_terms_at(clock, value, &terms, NULL) : csc_clock_terms_of(clock, &terms, NULL)) !=
          CSC_OK)
        memset(&terms, 0, sizeof terms);
      value = number(&is_asked);
      if (is_asked) terms.limit = (uint32_t)value;
      value = number(&is_asked);
      if (is_asked) terms.limit_unit = value;
      value = number(&is_asked);
      if (is_asked) terms.counts_start_day = value;
      value = number(&is_asked);
      if (is_asked) terms.amber = (uint32_t)value;
    } else if (strcmp(verb, "due") == 0) {
      int32_t start = given(), found = -1;
      DONE(csc_clock_due_on_terms(clock, &terms, calendar, start, &found, &error));
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "in_time") == 0) {
      int32_t start = given(), done = given();
      bool found = false;
      DONE(csc_clock_in_time_on_terms(clock, &terms, calendar, start, done, &found, &error));
      compare(verb, found, 1, given());
    } else if (strcmp(verb, "status") == 0) {
      csc_clock_state state;
      int is_asked;
      int32_t start = given(), done = given(), as_at = given(), expected;
      DONE(csc_clock_status_on_terms(clock, &terms, calendar, start, done == CSC_NONE ? NULL : &done, as_at,
                                     &state, &error));
      expected = number(&is_asked);
      compare("due", state.due, is_asked, expected);
      expected = number(&is_asked);
      compare("first_late_day", state.first_late_day, is_asked, expected);
      expected = number(&is_asked);
      compare("outcome", state.outcome, is_asked, expected);
      expected = number(&is_asked);
      compare("days_left", state.days_left, is_asked, expected);
      expected = number(&is_asked);
      compare("days_over", state.days_over, is_asked, expected);
      expected = number(&is_asked);
      compare("rag", state.rag, is_asked, expected);
    } else if (strcmp(verb, "no_version") == 0) {
      int32_t on = given(), status = given();
      char *message;
      free(clock);
      clock = word();
      message = word();
      FAILS(status, message, csc_clock_terms_at(clock, on, &terms, &error));
      free(message);
    } else if (strcmp(verb, "clock_fails") == 0) {
      csc_clock_state state;
      bool in_time;
      int32_t due, start = given(), done = given(), as_at = given();
      int32_t status = given();
      char *message = word();
      if (as_at != CSC_NONE)
        FAILS(status, message, csc_clock_status_on_terms(clock, &terms, calendar, start,
                                                          done == CSC_NONE ? NULL : &done, as_at, &state, &error));
      else if (done != CSC_NONE)
        FAILS(status, message,
              csc_clock_in_time_on_terms(clock, &terms, calendar, start, done, &in_time, &error));
      else
        FAILS(status, message, csc_clock_due_on_terms(clock, &terms, calendar, start, &due, &error));
      free(message);
    } else if (strcmp(verb, "dataset") == 0) {
      csc_dataset_free(dataset);
      dataset = NULL;
      DONE(csc_dataset_builder_new(&builder, &error));
    } else if (strcmp(verb, "json") == 0) {
      size_t length;
      char *table = word(), *rows = text(&length);
      DONE(csc_dataset_builder_add_json(builder, table, rows, length, &error));
      free(table);
      free(rows);
    } else if (strcmp(verb, "build") == 0) {
      DONE(csc_dataset_builder_build(builder, &dataset, &error));
      csc_dataset_builder_free(builder);
      builder = NULL;
    } else if (strcmp(verb, "refused") == 0) {
      size_t length;
      char *table = word(), *rows = text(&length), *message = word();
      FAILS(CSC_BAD_TABLE, message, csc_dataset_builder_add_json(builder, table, rows, length, &error));
      FAILS(CSC_SPENT_BUILDER, "", csc_dataset_builder_build(builder, &dataset, &error));
      csc_dataset_builder_free(builder);
      builder = NULL;
      free(table);
      free(rows);
      free(message);
    } else if (strcmp(verb, "columns") == 0) {
      char *found;
      DONE(csc_dataset_columns_json(dataset, &found, &error));
      same(verb, found, word());
    } else if (strcmp(verb, "run") == 0) {
      char *from = word(), *to = word(), *options = word();
      csc_scorecard_free(card);
      card = NULL;
      DONE(csc_scorecard_run(dataset, from, to, options, &card, &error));
      free(from);
      free(to);
      free(options);
    } else if (strcmp(verb, "run_fails") == 0) {
      int32_t status = given();
      char *from = word(), *to = word(), *options = word(), *message = word();
      csc_scorecard *none = NULL;
      FAILS(status, message, csc_scorecard_run(dataset, from, to, options, &none, &error));
      CHECK(none == NULL);
      free(from);
      free(to);
      free(options);
      free(message);
    } else if (strcmp(verb, "results") == 0) {
      char *found;
      free(results);
      results = word();
      DONE(csc_scorecard_results_json(card, &found, &error));
      same(verb, found, strcpy(malloc(strlen(results) + 1), results));
    } else if (strcmp(verb, "merged") == 0) {
      /* The same results from three parts. */
      char *from = word(), *to = word(), *options = word(), *parts[3], *found;
      csc_scorecard *merged = NULL;
      uint32_t part;
      for (part = 0; part < 3; part++)
        DONE(csc_dataset_part_of_json(dataset, part, 3, from, to, options, &parts[part], &error));
      DONE(csc_scorecard_merge((const char *const *)parts, 3, &merged, &error));
      DONE(csc_scorecard_results_json(merged, &found, &error));
      same(verb, found, strcpy(malloc(strlen(results) + 1), results));
      csc_scorecard_free(merged);
      for (part = 0; part < 3; part++) csc_text_free(parts[part]);
      free(from);
      free(to);
      free(options);
    } else if (strcmp(verb, "cases") == 0) {
      char *measure = word(), *month = word(), *found;
      DONE(csc_scorecard_cases_json(card, measure, month, &found, &error));
      same(verb, found, word());
      free(measure);
      free(month);
    } else if (strcmp(verb, "expect_result") == 0 || strcmp(verb, "expect_published") == 0) {
      char *measure = word(), *month = word(), *expected = word(), *found;
      const char *result;
      if (strcmp(verb, "expect_result") == 0)
        DONE(csc_scorecard_results_json(card, &found, &error));
      else
        DONE(csc_scorecard_published_json(card, NULL, &found, &error));
      result = result_of(json_member(found, "\"results\""), measure, month);
      CHECK((result == NULL) == (strcmp(expected, "null") == 0));
      if (result != NULL) expect(verb, result, expected);
      csc_text_free(found);
      free(measure);
      free(month);
      free(expected);
    } else if (strcmp(verb, "expect_cases") == 0) {
      char *measure = word(), *month = word(), *expected = word(), *found;
      DONE(csc_scorecard_cases_json(card, measure, month, &found, &error));
      expect_list(verb, json_member(found, "\"cases\""), expected);
      csc_text_free(found);
      free(measure);
      free(month);
      free(expected);
    } else if (strcmp(verb, "expect_groups") == 0) {
      char *expected = word(), *found;
      DONE(csc_scorecard_results_json(card, &found, &error));
      expect_list(verb, json_member(found, "\"groups\""), expected);
      csc_text_free(found);
      free(expected);
    } else if (strcmp(verb, "expect_issues") == 0) {
      char *expected = word(), *found;
      DONE(csc_scorecard_issues_json(card, &found, &error));
      expect_list(verb, found, expected);
      csc_text_free(found);
      free(expected);
    } else if (strcmp(verb, "expect_due") == 0) {
      int32_t day = given();
      char *options = word(), *expected = word(), *found;
      DONE(csc_dataset_due_list_json(dataset, day, options, "{}", &found, &error));
      expect_list(verb, json_member(found, "\"obligations\""), expected);
      csc_text_free(found);
      free(options);
      free(expected);
    } else if (strcmp(verb, "published") == 0) {
      char *found;
      DONE(csc_scorecard_published_json(card, NULL, &found, &error));
      same(verb, found, word());
    } else if (strcmp(verb, "signals") == 0) {
      char *found;
      DONE(csc_scorecard_signals_json(card, &found, &error));
      same(verb, found, word());
    } else if (strcmp(verb, "expect_signals") == 0) {
      char *expected = word(), *found;
      DONE(csc_scorecard_signals_json(card, &found, &error));
      expect_list(verb, found, expected);
      csc_text_free(found);
      free(expected);
    } else if (strcmp(verb, "sections") == 0) {
      char *by = word(), *found;
      DONE(csc_scorecard_sections_json(card, by, &found, &error));
      same(verb, found, word());
      free(by);
    } else if (strcmp(verb, "issues") == 0) {
      char *found, *expected = word();
      DONE(csc_dataset_issues_json(dataset, &found, &error));
      CHECK(strcmp(found, expected) == 0);
      csc_text_free(found);
      DONE(csc_scorecard_issues_json(card, &found, &error));
      same(verb, found, expected);
    } else if (strcmp(verb, "tables") == 0) {
      char *found, *expected = word();
      DONE(csc_dataset_tables_json(dataset, &found, &error));
      CHECK(strcmp(found, expected) == 0);
      csc_text_free(found);
      DONE(csc_scorecard_tables_json(card, &found, &error));
      same(verb, found, expected);
    } else if (strcmp(verb, "quality") == 0) {
      char *days = word(), *options = word(), *found;
      DONE(csc_dataset_quality_json(dataset, days, options, &found, &error));
      same(verb, found, word());
      free(days);
      free(options);
    } else if (strcmp(verb, "due_list") == 0) {
      int32_t day = given();
      char *options = word(), *filter = word(), *found;
      DONE(csc_dataset_due_list_json(dataset, day, options, filter, &found, &error));
      same(verb, found, word());
      free(options);
      free(filter);
    } else if (strcmp(verb, "person") == 0) {
      int32_t day = given();
      char *person = word(), *options = word(), *found, *expected = word();
      csc_as_at *as_at = NULL;
      DONE(csc_dataset_person_json(dataset, person, day, options, &found, &error));
      CHECK(strcmp(found, expected) == 0);
      csc_text_free(found);
      DONE(csc_as_at_new(dataset, day, options, &as_at, &error));
      DONE(csc_as_at_person_json(as_at, person, &found, &error));
      same(verb, found, expected);
      csc_as_at_free(as_at);
      free(person);
      free(options);
    } else if (strcmp(verb, "plan") == 0) {
      char *plan = word(), *found;
      DONE(csc_plan_json(plan[0] == '\0' ? NULL : plan, &found, &error));
      same(verb, found, word());
      free(plan);
    } else if (strcmp(verb, "measures") == 0) {
      char *found;
      DONE(csc_measures_json(&found, &error));
      same(verb, found, word());
    } else if (strcmp(verb, "clocks") == 0) {
      char *found;
      DONE(csc_clocks_json(&found, &error));
      same(verb, found, word());
    } else if (strcmp(verb, "measure_rag") == 0) {
      csc_rag rag = 99;
      int32_t numerator = given(), denominator = given(), expected = given();
      char *measure = word(), *target = word();
      DONE(csc_measure_rag(measure, target, numerator, denominator, &rag, &error));
      compare(verb, rag, 1, expected);
      free(measure);
      free(target);
    } else {
      fprintf(stderr, "statement %ld: no verb %s\n", line_number, verb);
      return 1;
    }
  }
  csc_calendar_free(calendar);
  csc_dataset_free(dataset);
  csc_scorecard_free(card);
  free(clock);
  free(results);
  fclose(script);
  CHECK(statements > 1000);
  printf("%ld statements\n", statements);
  return 0;
}
