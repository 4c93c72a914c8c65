/* Wrong use of every function: a status and a message, never a crash, and nothing is written. */
#include "tables.h"

/* A pointer that is not NULL and not aligned. */
#define ODD(type) ((type *)(void *)(odd + 1))

static char odd_store[64];
static char *odd = odd_store;

static void versions_agree(void) {
  CHECK(csc_abi_version() == CSC_ABI_VERSION);
  CHECK(strchr(csc_version(), '.') != NULL);
}

static void free_of_null(void) {
  csc_error_free(NULL);
  csc_text_free(NULL);
  csc_calendar_free(NULL);
  csc_dataset_builder_free(NULL);
  csc_dataset_free(NULL);
  csc_scorecard_free(NULL);
  csc_as_at_free(NULL);
  CHECK(csc_error_status(NULL) == CSC_OK);
  CHECK(strcmp(csc_error_message(NULL), "") == 0);
}

static void calendars(void) {
  csc_calendar *calendar = NULL;
  int32_t day = -7, days[2] = {-7, -7}, first, last, until;
  const int32_t good[2] = {PLAN_START, CSC_NONE}, bad[2] = {PLAN_START, 1000000};
  bool works = true;
  char *holidays = NULL;
  FAILS(CSC_NULL_POINTER, "`calendar` is NULL", csc_calendar_new(CSC_NATION_SCOTLAND, NULL, &error));
  FAILS(CSC_MISALIGNED_POINTER, "`calendar` is not aligned",
        csc_calendar_new(CSC_NATION_SCOTLAND, ODD(csc_calendar *), &error));
  FAILS(CSC_UNKNOWN_CONSTANT, "3 is not a csc_nation", csc_calendar_new(3, &calendar, &error));
  FAILS(CSC_UNKNOWN_CONSTANT, "-1 is not a csc_nation", csc_calendar_new(-1, &calendar, &error));
  CHECK(calendar == NULL);
  DONE(csc_calendar_new(CSC_NATION_ENGLAND_AND_WALES, &calendar, &error));

  FAILS(CSC_NULL_POINTER, "`calendar` is NULL", csc_calendar_add_closure(NULL, PLAN_START, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "1970-01-01 is outside the calendar (1995-01-01 to 2050-12-31)",
        csc_calendar_add_closure(calendar, 0, &error));
  FAILS(CSC_BAD_VALUE, "`day` is CSC_NONE, but a date is required", csc_calendar_add_closure(calendar, CSC_NONE, &error));
  FAILS(CSC_BAD_VALUE, "`day`: 2147483647 days from 1970-01-01 is too late for a date",
        csc_calendar_add_closure(calendar, INT32_MAX, &error));
  FAILS(CSC_NULL_POINTER, "`closures_json` is NULL", csc_calendar_add_closures_json(calendar, NULL, &error));
  FAILS(CSC_BAD_VALUE, "`closures_json`: ", csc_calendar_add_closures_json(calendar, "[\"2017-13-01\"]", &error));
  FAILS(CSC_BAD_VALUE, "`closures_json`: ", csc_calendar_add_closures_json(calendar, "", &error));
  FAILS(CSC_NOT_UTF8, "`closures_json` is not UTF-8", csc_calendar_add_closures_json(calendar, "\xff", &error));
  FAILS(CSC_BAD_VALUE, "the list of bank holidays has no division `england-and-wales`",
        csc_calendar_add_closures_json(calendar, "{\"scotland\": {\"division\": \"scotland\", \"events\": []}}", &error));

  FAILS(CSC_NULL_POINTER, "`working_days` is NULL",
        csc_calendar_working_days_between(calendar, PLAN_START, SEEN, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`calendar` is NULL", csc_calendar_working_days_between(NULL, PLAN_START, SEEN, &day, &error));
  FAILS(CSC_MISALIGNED_POINTER, "`calendar` is not aligned",
        csc_calendar_working_days_between(ODD(csc_calendar), PLAN_START, SEEN, &day, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "3000-",
        csc_calendar_working_days_between(calendar, PLAN_START, 376300, &day, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "4294967295 working days after 2017-01-03 is outside the calendar",
        csc_calendar_add_working_days(calendar, PLAN_START, UINT32_MAX, &day, &error));
  CHECK(day == -7);
  /* Nobody need ask for the error; and an error that cannot be written is not. */
  CHECK(csc_calendar_working_days_between(NULL, 0, 0, &day, NULL) == CSC_NULL_POINTER);
  CHECK(csc_calendar_working_days_between(NULL, 0, 0, &day, ODD(csc_error *)) == CSC_NULL_POINTER);
  FAILS(CSC_NULL_POINTER, "`is_working_day` is NULL", csc_calendar_is_working_day(calendar, SEEN, NULL, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "", csc_calendar_is_working_day(calendar, 0, &works, &error));
  FAILS(CSC_NULL_POINTER, "`next` is NULL", csc_calendar_next_working_day(calendar, SEEN, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`previous` is NULL", csc_calendar_previous_working_day(calendar, SEEN, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`last` is NULL", csc_calendar_range(calendar, &first, NULL, &until, &error));
  DONE(csc_calendar_range(calendar, &first, &last, &until, &error));
  CHECK(first == 9131 && last == 29584 && until > MONTH_END && until < last);

  FAILS(CSC_NULL_POINTER, "`holidays_json` is NULL", csc_calendar_holidays_json(calendar, NULL, &error));
  DONE(csc_calendar_holidays_json(calendar, &holidays, &error));
  CHECK(strncmp(holidays, "[{\"title\":\"New Year’s Day\",\"date\":\"1995-01-02\"},", 50) == 0);
  csc_text_free(holidays);

  /* Columns: nothing with NULL, a null for a null, the row of a bad date, a column over itself. */
  DONE(csc_calendar_working_days_between_column(calendar, NULL, NULL, 0, NULL, &error));
  DONE(csc_calendar_add_working_days_column(calendar, NULL, 0, 5, NULL, &error));
  DONE(csc_calendar_is_working_day_column(calendar, NULL, 0, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`ends` is NULL",
        csc_calendar_working_days_between_column(calendar, good, NULL, 2, days, &error));
  FAILS(CSC_NULL_POINTER, "`working_days` is NULL",
        csc_calendar_working_days_between_column(calendar, good, good, 2, NULL, &error));
  FAILS(CSC_MISALIGNED_POINTER, "`starts` is not aligned",
        csc_calendar_add_working_days_column(calendar, ODD(int32_t), 2, 5, days, &error));
  FAILS(CSC_BAD_LENGTH, "`days` cannot have",
        csc_calendar_is_working_day_column(calendar, good, SIZE_MAX, days, &error));
  FAILS(CSC_BAD_LENGTH, "`starts` cannot have",
        csc_calendar_add_working_days_column(calendar, good, SIZE_MAX / 4, 5, days, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "row 2: ",
        csc_calendar_working_days_between_column(calendar, good, bad, 2, days, &error));
  CHECK(days[0] == -7 && days[1] == -7);
  days[0] = SEEN, days[1] = SEEN;
  DONE(csc_calendar_working_days_between_column(calendar, good, days, 2, days, &error));
  CHECK(days[0] == 43 && days[1] == CSC_NONE);
  days[0] = CSC_NONE, days[1] = PLAN_START;
  DONE(csc_calendar_is_working_day_column(calendar, days, 2, days, &error));
  CHECK(days[0] == CSC_NONE && days[1] == 1);
  csc_calendar_free(calendar);
}

static void clocks(void) {
  csc_calendar *calendar = NULL;
  csc_clock_terms terms;
  csc_clock_state state;
  int32_t due = -7, done = CSC_NONE;
  bool in_time;
  csc_rag rag = 9;
  char *text = NULL;
  DONE(csc_calendar_new(CSC_NATION_ENGLAND_AND_WALES, &calendar, &error));
  FAILS(CSC_UNKNOWN_NAME, "unknown clock `cp_vist`, did you mean `cp_visit`?",
        csc_clock_due("cp_vist", calendar, SEEN, &due, &error));
  FAILS(CSC_NULL_POINTER, "`clock` is NULL", csc_clock_due(NULL, calendar, SEEN, &due, &error));
  FAILS(CSC_NOT_UTF8, "`clock` is not UTF-8", csc_clock_due("cp_\xe9", calendar, SEEN, &due, &error));
  FAILS(CSC_NULL_POINTER, "`calendar` is NULL", csc_clock_due("cp_visit", NULL, SEEN, &due, &error));
  FAILS(CSC_NULL_POINTER, "`due` is NULL", csc_clock_due("cp_visit", calendar, SEEN, NULL, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "", csc_clock_due("cp_visit", calendar, 0, &due, &error));
  CHECK(due == -7);
  DONE(csc_clock_terms_of("cp_visit", &terms, &error));
  CHECK(terms.limit == 20 && terms.limit_unit == CSC_LIMIT_WORKING_DAYS && terms.amber == 5);
  FAILS(CSC_NULL_POINTER, "`terms` is NULL", csc_clock_terms_of("cp_visit", NULL, &error));
  FAILS(CSC_MISALIGNED_POINTER, "`terms` is not aligned",
        csc_clock_due_on_terms("cp_visit", ODD(csc_clock_terms), calendar, SEEN, &due, &error));
  terms.limit_unit = 7;
  FAILS(CSC_UNKNOWN_CONSTANT, "7 is not a csc_limit_unit",
        csc_clock_due_on_terms("cp_visit", &terms, calendar, SEEN, &due, &error));
  terms.limit_unit = CSC_LIMIT_MONTHS;
  terms.limit = UINT32_MAX;
  FAILS(CSC_OUTSIDE_CALENDAR, "", csc_clock_due_on_terms("cp_visit", &terms, calendar, SEEN, &due, &error));
  FAILS(CSC_NULL_POINTER, "`state` is NULL",
        csc_clock_status("cp_visit", calendar, SEEN, NULL, MONTH_END, NULL, &error));
  /* A day that is CSC_NONE is not done, like NULL. */
  DONE(csc_clock_status("cp_visit", calendar, SEEN, &done, MONTH_END, &state, &error));
  CHECK(state.outcome == CSC_CLOCK_NOT_YET_DUE && state.rag == CSC_RAG_AMBER && state.due == MONTH_END);
  CHECK(state.days_left == 0 && state.days_over == CSC_NONE);
  done = SEEN - 1;
  FAILS(CSC_BAD_VALUE, "done on 2017-03-02, before the clock started on 2017-03-03",
        csc_clock_status("cp_visit", calendar, SEEN, &done, MONTH_END, &state, &error));
  FAILS(CSC_NULL_POINTER, "`in_time` is NULL",
        csc_clock_in_time("cp_visit", calendar, SEEN, MONTH_END, NULL, &error));
  DONE(csc_clock_in_time("cp_visit", calendar, SEEN, MONTH_END, &in_time, &error));
  CHECK(in_time);

  FAILS(CSC_UNKNOWN_NAME, "unknown measure `O3.M44`",
        csc_measure_rag("O3.M44", "{\"better\": \"higher\", \"target\": 90}", 0, 0, &rag, &error));
  FAILS(CSC_BAD_VALUE, "`target_json`: ", csc_measure_rag("O3.M4", "{\"better\": \"up\"}", 0, 0, &rag, &error));
  FAILS(CSC_BAD_VALUE, "`numerator` is negative",
        csc_measure_rag("O3.M4", "{\"better\": \"higher\", \"target\": 90}", -1, 0, &rag, &error));
  FAILS(CSC_NULL_POINTER, "`rag` is NULL",
        csc_measure_rag("O3.M4", "{\"better\": \"higher\", \"target\": 90}", 1, 1, NULL, &error));
  CHECK(rag == 9);
  FAILS(CSC_NULL_POINTER, "`plan_json` is NULL", csc_plan_json(NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`tables_json` is NULL", csc_tables_json(NULL, &error));
  FAILS(CSC_NULL_POINTER, "`clocks_json` is NULL", csc_clocks_json(NULL, &error));
  DONE(csc_tables_json(&text, &error));
  CHECK(strstr(text, "\"table\":\"cp_plans\",\"ssd\":\"ssd_cp_plans\"") != NULL);
  csc_text_free(text);
  csc_calendar_free(calendar);
}

/* A table that fails, and the builder has been used. */
static void refuse(csc_status expected, const char *message, const char *table, const char *csv, const char *json) {
  csc_dataset_builder *builder = NULL;
  csc_dataset *dataset = NULL;
  DONE(csc_dataset_builder_new(&builder, &error));
  if (csv != NULL)
    FAILS(expected, message, csc_dataset_builder_add_csv(builder, table, csv, strlen(csv), &error));
  else
    FAILS(expected, message, csc_dataset_builder_add_json(builder, table, json, strlen(json), &error));
  FAILS(CSC_SPENT_BUILDER, "the builder has already been used",
        csc_dataset_builder_add_csv(builder, "cp_plans", PLANS, strlen(PLANS), &error));
  FAILS(CSC_SPENT_BUILDER, "the builder has already been used", csc_dataset_builder_build(builder, &dataset, &error));
  CHECK(dataset == NULL);
  csc_dataset_builder_free(builder);
}

static void builders(void) {
  csc_dataset_builder *builder = NULL;
  csc_dataset *dataset = NULL, *other = NULL;
  const char *columns[2] = {"compliment_id", "received_date"}, *holes[2] = {"compliment_id", NULL};
  const char *person = "[{\"person_id\": 1, \"date_of_birth\": \"24/01/2009\"}]";
  struct ArrowArrayStream released;
  size_t persons = 9;
  char *text = NULL;
  memset(&released, 0, sizeof released);
  FAILS(CSC_NULL_POINTER, "`builder` is NULL", csc_dataset_builder_new(NULL, &error));
  refuse(CSC_UNKNOWN_NAME, "`cp_plan`: unknown table `cp_plan`, did you mean `cp_plans`?", "cp_plan", PLANS, NULL);
  refuse(CSC_BAD_TABLE, "`cp_visits`: table `cp_visits` has no column", "cp_visits", PLANS, NULL);
  refuse(CSC_BAD_TABLE, "`cp_plans` is empty", "cp_plans", "", NULL);
  refuse(CSC_UNREADABLE, "`cp_plans`, line 2: a quote is opened and never closed", "cp_plans",
         "cp_plan_id,person_id,start_date\n\"CP1,P1,2017-01-03\n", NULL);
  refuse(CSC_UNREADABLE, "`cp_plans`: expected a list of rows or an object", "cp_plans", NULL, "12");
  refuse(CSC_UNREADABLE, "`cp_plans`: not the JSON of a table", "cp_plans", NULL, "[{");

  DONE(csc_dataset_builder_new(&builder, &error));
  FAILS(CSC_NULL_POINTER, "`table` is NULL", csc_dataset_builder_add_csv(builder, NULL, PLANS, 4, &error));
  FAILS(CSC_NULL_POINTER, "`builder` is NULL", csc_dataset_builder_add_csv(NULL, "cp_plans", PLANS, 4, &error));
  FAILS(CSC_NULL_POINTER, "`csv` is NULL", csc_dataset_builder_add_csv(builder, "cp_plans", NULL, 4, &error));
  FAILS(CSC_NULL_POINTER, "`json` is NULL", csc_dataset_builder_add_json(builder, "cp_plans", NULL, 4, &error));
  FAILS(CSC_BAD_LENGTH, "`csv` cannot have", csc_dataset_builder_add_csv(builder, "cp_plans", PLANS, SIZE_MAX, &error));
  FAILS(CSC_UNKNOWN_CONSTANT, "2 is not a csc_date_form", csc_dataset_builder_date_form(builder, 2, &error));
  FAILS(CSC_NULL_POINTER, "`names_json` is NULL", csc_dataset_builder_names_json(builder, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`builder` is NULL", csc_dataset_builder_names_json(NULL, "{}", &error));
  FAILS(CSC_BAD_VALUE, "`names_json`: unknown variant `warning`",
        csc_dataset_builder_names_json(builder, "{\"unknown_columns\": \"warning\"}", &error));
  FAILS(CSC_BAD_VALUE, "`names_json`: table `persons` has no column `persn_id`, did you mean `person_id`?",
        csc_dataset_builder_names_json(builder, "{\"columns\": {\"persons\": {\"ID\": \"persn_id\"}}}", &error));
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_builder_build(builder, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`columns` is NULL", csc_dataset_builder_declare(builder, "compliments", NULL, 2, &error));
  FAILS(CSC_NULL_POINTER, "`columns` is NULL", csc_dataset_builder_declare(builder, "compliments", holes, 2, &error));
  /* None of these reached the builder: what was not taken in does no harm. */
  DONE(csc_dataset_builder_date_form(builder, CSC_DATE_FORM_UK, &error));
  DONE(csc_dataset_builder_names_json(
      builder, "{\"unknown_columns\": \"error\", \"columns\": {\"audits\": {\"Ref\": \"audit_id\"}}}", &error));
  DONE(csc_dataset_builder_add_csv(builder, "dbo.AUDITS", "ref;JUDGEMENT\n", 14, &error));
  DONE(csc_dataset_builder_add_json(builder, "persons", person, strlen(person), &error));
  DONE(csc_dataset_builder_declare(builder, "compliments", columns, 2, &error));
  DONE(csc_dataset_builder_build(builder, &dataset, &error));
  FAILS(CSC_SPENT_BUILDER, "the builder has already been used", csc_dataset_builder_build(builder, &other, &error));
  csc_dataset_builder_free(builder);

  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_person_count(NULL, &persons, &error));
  FAILS(CSC_NULL_POINTER, "`persons` is NULL", csc_dataset_person_count(dataset, NULL, &error));
  DONE(csc_dataset_person_count(dataset, &persons, &error));
  CHECK(persons == 1);
  FAILS(CSC_NULL_POINTER, "`issues_json` is NULL", csc_dataset_issues_json(dataset, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_issues_json(NULL, &text, &error));
  FAILS(CSC_NULL_POINTER, "`issues` is NULL", csc_dataset_issues_arrow(dataset, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`columns_json` is NULL", csc_dataset_columns_json(dataset, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_columns_json(NULL, &text, &error));
  FAILS(CSC_NULL_POINTER, "`columns` is NULL", csc_dataset_columns_arrow(dataset, NULL, &error));
  DONE(csc_dataset_columns_json(dataset, &text, &error));
  CHECK(strstr(text, "{\"table\":\"audits\",\"column\":\"audit_id\",\"given_as\":\"ref\",\"state\":\"read\","
                     "\"rows\":0,\"nulls\":0,\"not_understood\":0,\"nearest\":null}") != NULL);
  csc_text_free(text);
  text = NULL;
  FAILS(CSC_NULL_POINTER, "`tables_json` is NULL", csc_dataset_tables_json(dataset, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`tables` is NULL", csc_dataset_tables_arrow(dataset, NULL, &error));
  DONE(csc_dataset_tables_json(dataset, &text, &error));
  CHECK(strcmp(text, "[{\"table\":\"persons\",\"rows\":1,\"used\":1},{\"table\":\"audits\",\"rows\":0,\"used\":0},"
                     "{\"table\":\"compliments\",\"rows\":0,\"used\":0}]") == 0);
  csc_text_free(text);
  csc_dataset_free(dataset);

  const char *plan = "cp_plan_id,person_id,start_date\nCP1,P1,2017-03-01\n";
  /* A child with a plan and no row of visits is owed a visit only if somebody says that there were none. */
  for (int others_are_empty = 0; others_are_empty < 2; others_are_empty++) {
    DONE(csc_dataset_builder_new(&builder, &error));
    DONE(csc_dataset_builder_add_csv(builder, "cp_plans", plan, strlen(plan), &error));
    if (others_are_empty) {
      FAILS(CSC_NULL_POINTER, "`builder` is NULL", csc_dataset_builder_declare_others(NULL, &error));
      DONE(csc_dataset_builder_declare_others(builder, &error));
      FAILS(CSC_BAD_TABLE, "`cp_visits`", csc_dataset_builder_add_csv(builder, "cp_visits", "x\n", 2, &error));
      csc_dataset_builder_free(builder);
      DONE(csc_dataset_builder_new(&builder, &error));
      DONE(csc_dataset_builder_add_csv(builder, "cp_plans", plan, strlen(plan), &error));
      DONE(csc_dataset_builder_declare_others(builder, &error));
    }
    DONE(csc_dataset_builder_build(builder, &dataset, &error));
    DONE(csc_dataset_person_json(dataset, "P1", 17256, NULL, &text, &error));
    CHECK((strstr(text, "\"clock\":\"cp_visit\"") != NULL) == others_are_empty);
    csc_text_free(text);
    csc_dataset_free(dataset);
    csc_dataset_builder_free(builder);
  }

  DONE(csc_dataset_builder_new(&builder, &error));
  FAILS(CSC_NULL_POINTER, "`stream` is NULL", csc_dataset_builder_add_arrow(builder, "persons", NULL, &error));
  FAILS(CSC_UNREADABLE, "table `persons`: the stream has been released: each can be read once",
        csc_dataset_builder_add_arrow(builder, "persons", &released, &error));
  csc_dataset_builder_free(builder);
}

static int releases;

static void count_release(struct ArrowArrayStream *stream) {
  releases++;
  stream->release = NULL;
}

/* A stream is released whatever else is wrong with the call. */
static void streams_are_consumed(void) {
  struct ArrowArrayStream stream;
  csc_dataset_builder *builder = NULL;
  memset(&stream, 0, sizeof stream);
  stream.release = count_release;
  FAILS(CSC_NULL_POINTER, "`builder` is NULL", csc_dataset_builder_add_arrow(NULL, "persons", &stream, &error));
  CHECK(releases == 1 && stream.release == NULL);
  DONE(csc_dataset_builder_new(&builder, &error));
  stream.release = count_release;
  FAILS(CSC_NULL_POINTER, "`table` is NULL", csc_dataset_builder_add_arrow(builder, NULL, &stream, &error));
  CHECK(releases == 2 && stream.release == NULL);
  stream.release = count_release;
  FAILS(CSC_UNREADABLE, "table `persons`: the stream has no `get_schema`", csc_dataset_builder_add_arrow(builder, "persons", &stream, &error));
  CHECK(releases == 3 && stream.release == NULL);
  stream.release = count_release;
  FAILS(CSC_SPENT_BUILDER, "the builder has already been used", csc_dataset_builder_add_arrow(builder, "persons", &stream, &error));
  CHECK(releases == 4 && stream.release == NULL);
  csc_dataset_builder_free(builder);
}

static void scorecards(void) {
  csc_dataset *dataset = small_authority();
  csc_scorecard *card = NULL, *merged = NULL;
  csc_as_at *as_at = NULL;
  char *text = NULL, *part = NULL, *other = NULL;
  const char *parts[2];
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_scorecard_run(NULL, "2017-01", "2017-03", NULL, &card, &error));
  FAILS(CSC_NULL_POINTER, "`from` is NULL", csc_scorecard_run(dataset, NULL, "2017-03", NULL, &card, &error));
  FAILS(CSC_BAD_VALUE, "`from`: ", csc_scorecard_run(dataset, "2017-1", "2017-03", NULL, &card, &error));
  FAILS(CSC_BAD_VALUE, "the run of months ends before it begins",
        csc_scorecard_run(dataset, "2017-04", "2017-03", NULL, &card, &error));
  FAILS(CSC_BAD_VALUE, "`options_json`: unknown policy `far_mile`, did you mean `far_miles`?",
        csc_scorecard_run(dataset, "2017-01", "2017-03", "{\"policy\": {\"far_mile\": 1}}", &card, &error));
  FAILS(CSC_BAD_VALUE, "`options_json`: ", csc_scorecard_run(dataset, "2017-01", "2017-03", "{", &card, &error));
  FAILS(CSC_OUTSIDE_CALENDAR, "1970-01-01 is outside the calendar",
        csc_scorecard_run(dataset, "2017-01", "2017-03", "{\"closures\": [\"1970-01-01\"]}", &card, &error));
  FAILS(CSC_NULL_POINTER, "`scorecard` is NULL", csc_scorecard_run(dataset, "2017-01", "2017-03", NULL, NULL, &error));
  CHECK(card == NULL);
  DONE(csc_scorecard_run(dataset, "2017-01", "2017-03", "{\"by\": \"recommendation\"}", &card, &error));

  FAILS(CSC_NULL_POINTER, "`scorecard` is NULL", csc_scorecard_results_json(NULL, &text, &error));
  FAILS(CSC_NULL_POINTER, "`results_json` is NULL", csc_scorecard_results_json(card, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`results` is NULL", csc_scorecard_results_arrow(card, NULL, &error));
  FAILS(CSC_UNKNOWN_NAME, "unknown measure `O3.M44`, did you mean `O3.M4`?",
        csc_scorecard_cases_json(card, "O3.M44", "2017-03", &text, &error));
  FAILS(CSC_BAD_VALUE, "2017-04 is not one of the months of the scorecard",
        csc_scorecard_cases_json(card, "O3.M4", "2017-04", &text, &error));
  FAILS(CSC_BAD_VALUE, "`of_month`: ", csc_scorecard_cases_json(card, "O3.M4", "March", &text, &error));
  FAILS(CSC_NULL_POINTER, "`measure` is NULL", csc_scorecard_cases_json(card, NULL, "2017-03", &text, &error));
  FAILS(CSC_NULL_POINTER, "`cases` is NULL", csc_scorecard_cases_arrow(card, "O3.M4", "2017-03", NULL, &error));
  FAILS(CSC_UNKNOWN_NAME, "`by`: unknown value `outcomes`, did you mean `outcome`?",
        csc_scorecard_sections_json(card, "outcomes", &text, &error));
  FAILS(CSC_NULL_POINTER, "`signals_json` is NULL", csc_scorecard_signals_json(card, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`published_json` is NULL", csc_scorecard_published_json(card, NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`published` is NULL", csc_scorecard_published_arrow(card, NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`groups` is NULL", csc_scorecard_published_groups_arrow(card, NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`audit_json` is NULL", csc_scorecard_audit_json(card, NULL, NULL, &error));
  FAILS(CSC_BAD_VALUE, "`publishing`: unknown field `protecton`",
        csc_scorecard_published_json(card, "{\"protecton\": \"rounding\"}", &text, &error));
  FAILS(CSC_BAD_VALUE, "`rounding_least` is 19",
        csc_scorecard_audit_json(card, "{\"rounding_least\": 19}", &text, &error));
  DONE(csc_scorecard_audit_json(card, "{\"protection\": \"rounding\"}", &text, &error));
  CHECK(strncmp(text, "{\"told\":0,", 10) == 0);
  csc_text_free(text);
  text = NULL;
  FAILS(CSC_NULL_POINTER, "`issues_json` is NULL", csc_scorecard_issues_json(card, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`issues` is NULL", csc_scorecard_issues_arrow(card, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`tables_json` is NULL", csc_scorecard_tables_json(card, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`tables` is NULL", csc_scorecard_tables_arrow(card, NULL, &error));
  CHECK(text == NULL);
  DONE(csc_scorecard_results_json(card, &text, &error));
  CHECK(strstr(text, "\"sections\":[{\"id\":\"R1\"") != NULL);
  csc_text_free(text);
  text = NULL;

  FAILS(CSC_UNKNOWN_NAME, "person `P9` is in none of the tables",
        csc_dataset_person_json(dataset, "P9", MONTH_END, NULL, &text, &error));
  FAILS(CSC_NULL_POINTER, "`person_id` is NULL", csc_dataset_person_json(dataset, NULL, MONTH_END, NULL, &text, &error));
  FAILS(CSC_BAD_VALUE, "`as_at` is CSC_NONE", csc_dataset_person_json(dataset, "P1", CSC_NONE, NULL, &text, &error));
  FAILS(CSC_BAD_VALUE, "`filter_json`: unknown clock `cp_visits`, did you mean `cp_visit`?",
        csc_dataset_due_list_json(dataset, MONTH_END, NULL, "{\"clocks\": [\"cp_visits\"]}", &text, &error));
  FAILS(CSC_UNKNOWN_NAME, "`core_group` cannot be listed: no input table holds its dates",
        csc_dataset_due_list_json(dataset, MONTH_END, NULL, "{\"clocks\": [\"core_group\"]}", &text, &error));
  FAILS(CSC_NULL_POINTER, "`quality_json` is NULL", csc_dataset_quality_json(dataset, NULL, NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_quality_json(NULL, NULL, NULL, &text, &error));
  FAILS(CSC_BAD_VALUE, "`days_json`: unknown field `until`",
        csc_dataset_quality_json(dataset, "{\"until\": \"2017-03\"}", NULL, &text, &error));
  FAILS(CSC_BAD_VALUE, "the run of months ends before it begins: 2017-03 to 2017-01",
        csc_dataset_quality_json(dataset, "{\"from\": \"2017-03\", \"to\": \"2017-01\"}", NULL, &text, &error));
  DONE(csc_dataset_quality_json(dataset, "{\"from\": \"2017-01\", \"to\": \"2017-03\"}", NULL, &text, &error));
  CHECK(strstr(text, "\"from\":\"2017-01\",\"to\":\"2017-03\"") != NULL);
  csc_text_free(text);
  text = NULL;
  DONE(csc_dataset_quality_json(dataset, NULL, NULL, &text, &error));
  CHECK(strstr(text, "\"tables\":[{\"table\":") != NULL);
  csc_text_free(text);
  text = NULL;
  FAILS(CSC_NULL_POINTER, "`as_at` is NULL", csc_as_at_new(dataset, MONTH_END, NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`as_at` is NULL", csc_as_at_person_json(NULL, "P1", &text, &error));
  DONE(csc_as_at_new(dataset, MONTH_END, NULL, &as_at, &error));
  FAILS(CSC_NULL_POINTER, "`person_json` is NULL", csc_as_at_person_json(as_at, "P1", NULL, &error));
  FAILS(CSC_NULL_POINTER, "`due_list_json` is NULL", csc_as_at_due_list_json(as_at, NULL, NULL, &error));
  FAILS(CSC_NULL_POINTER, "`obligations` is NULL", csc_as_at_due_list_arrow(as_at, NULL, NULL, &error));

  FAILS(CSC_PARTS, "there are no parts to merge", csc_scorecard_merge(NULL, 0, &merged, &error));
  FAILS(CSC_NULL_POINTER, "`parts_json` is NULL", csc_scorecard_merge(NULL, 1, &merged, &error));
  DONE(csc_dataset_part_json(dataset, "2017-01", "2017-03", NULL, &part, &error));
  DONE(csc_dataset_part_json(dataset, "2017-01", "2017-02", NULL, &other, &error));
  FAILS(CSC_BAD_VALUE, "part 2 of 2 does not exist", csc_dataset_part_of_json(dataset, 2, 2, "2017-01", "2017-03", NULL, &text, &error));
  FAILS(CSC_BAD_VALUE, "part 0 of 0 does not exist", csc_dataset_part_of_json(dataset, 0, 0, "2017-01", "2017-03", NULL, &text, &error));
  parts[0] = part, parts[1] = other;
  FAILS(CSC_PARTS, "part 2 cannot be merged: ", csc_scorecard_merge(parts, 2, &merged, &error));
  parts[1] = "{}";
  FAILS(CSC_BAD_VALUE, "`parts_json, part 2`: ", csc_scorecard_merge(parts, 2, &merged, &error));
  parts[1] = NULL;
  FAILS(CSC_NULL_POINTER, "`parts_json, part 2` is NULL", csc_scorecard_merge(parts, 2, &merged, &error));
  CHECK(merged == NULL && text == NULL);
  DONE(csc_scorecard_merge(parts, 1, &merged, &error));
  FAILS(CSC_PARTS, "a scorecard merged from parts has no cases",
        csc_scorecard_cases_json(merged, "O3.M4", "2017-03", &text, &error));
  csc_text_free(part);
  csc_text_free(other);

  /* What was made of a dataset outlives it. */
  csc_dataset_free(dataset);
  DONE(csc_as_at_person_json(as_at, "P1", &text, &error));
  CHECK(strstr(text, "\"clock\":\"cp_visit\"") != NULL);
  csc_text_free(text);
  DONE(csc_scorecard_cases_json(card, "O3.M4", "2017-03", &text, &error));
  CHECK(strstr(text, "\"subject\":\"P1\"") != NULL);
  csc_text_free(text);
  csc_as_at_free(as_at);
  csc_scorecard_free(card);
  csc_scorecard_free(merged);
}

#ifdef CSC_MEASURES_FILES
static void folders(void) {
  csc_dataset *dataset = NULL;
  FAILS(CSC_NULL_POINTER, "`path` is NULL", csc_dataset_read_folder(NULL, CSC_DATE_FORM_ISO, &dataset, &error));
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_read_folder(".", CSC_DATE_FORM_ISO, NULL, &error));
  FAILS(CSC_UNREADABLE, "cannot read folder `/no/such/folder`: it does not exist",
        csc_dataset_read_folder("/no/such/folder", CSC_DATE_FORM_ISO, &dataset, &error));
  FAILS(CSC_UNKNOWN_CONSTANT, "9 is not a csc_date_form", csc_dataset_read_folder(".", 9, &dataset, &error));

  FAILS(CSC_NULL_POINTER, "`sources_json` is NULL", csc_dataset_read(NULL, &dataset, &error));
  FAILS(CSC_NULL_POINTER, "`dataset` is NULL", csc_dataset_read("{\"paths\": []}", NULL, &error));
  FAILS(CSC_UNREADABLE, "no file or folder is given to read", csc_dataset_read("{\"paths\": []}", &dataset, &error));
  FAILS(CSC_UNREADABLE, "cannot read folder `/no/such/folder`: it does not exist",
        csc_dataset_read("{\"paths\": [\"/no/such/folder\"]}", &dataset, &error));
  FAILS(CSC_BAD_VALUE, "`sources_json`: ", csc_dataset_read("{\"path\": \".\"}", &dataset, &error));
  FAILS(CSC_BAD_VALUE, "`sources_json`: ", csc_dataset_read("[[\".\"]]", &dataset, &error));
  CHECK(dataset == NULL);
}

/* A census of one referral, in the folder that the program runs in. */
static void returns(void) {
  FILE *file = fopen("csc-measures-census.xml", "w");
  CHECK(file != NULL);
  fputs("<Message><Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers>"
        "<CINdetails><CINreferralDate>2017-03-01</CINreferralDate></CINdetails></Child></Children></Message>",
        file);
  CHECK(fclose(file) == 0);
  csc_dataset *dataset = NULL;
  char *tables = NULL;
  DONE(csc_dataset_read("{\"paths\": [\"csc-measures-census.xml\"]}", &dataset, &error));
  DONE(csc_dataset_tables_json(dataset, &tables, &error));
  CHECK(strstr(tables, "{\"table\":\"referrals\",\"rows\":1,\"used\":1,\"source\":\"cin_census\"}") != NULL);
  csc_text_free(tables);
  csc_dataset_free(dataset);
  dataset = NULL;
  FAILS(CSC_BAD_TABLE, "table `cp_visits` cannot be taken from cin_census, which does not have it",
        csc_dataset_read("{\"paths\": [\"csc-measures-census.xml\"], \"choose\": {\"cp_visits\": \"cin_census\"}}",
                         &dataset, &error));
  FAILS(CSC_BAD_VALUE, "a day is given, but no Annex A workbook to read as at that day",
        csc_dataset_read("{\"paths\": [\"csc-measures-census.xml\"], \"as_at\": \"2017-03-31\"}", &dataset, &error));
  CHECK(dataset == NULL);
  CHECK(remove("csc-measures-census.xml") == 0);
}
#endif

int main(void) {
  versions_agree();
  free_of_null();
  calendars();
  clocks();
  builders();
  streams_are_consumed();
  scorecards();
#ifdef CSC_MEASURES_FILES
  folders();
  returns();
#endif
  puts("misuse: done");
  return 0;
}
