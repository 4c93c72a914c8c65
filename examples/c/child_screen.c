/*
 * One child's screen, as a case-management system shows it: what is due, when, and in which colour.
 *
 * The rows of the one child come from the system's own database, here as JSON text; no files are read.
 */
#include "arrow_rows.h"

#include <stdlib.h>

/* 26 April 2017, in days since 1970-01-01. */
#define TODAY 17282

static void stop_at(csc_status status, csc_error *error, const char *what) {
  if (status == CSC_OK) return;
  fprintf(stderr, "%s: %s (status %d)\n", what, csc_error_message(error), (int)status);
  csc_error_free(error);
  exit(1);
}

/* A day as "Fri 2017-04-28": the civil calendar, from days since 1970-01-01. */
static void write_day(int32_t day, char *into, size_t size) {
  static const char *const names[7] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  int32_t shifted = day + 719468, era = shifted / 146097, of_era = shifted - era * 146097;
  int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t shifted_month = (5 * of_year + 2) / 153;
  int32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  int32_t year = year_of_era + era * 400 + (month <= 2);
  snprintf(into, size, "%s %04d-%02d-%02d", names[day % 7], (int)year, (int)month,
           (int)(of_year - (153 * shifted_month + 2) / 5 + 1));
}

int main(void) {
  static const char *const tables[][2] = {
      {"persons", "[{\"person_id\": \"P1\", \"date_of_birth\": \"2009-06-01\"}]"},
      {"cp_plans", "[{\"cp_plan_id\": \"CP1\", \"person_id\": \"P1\", \"start_date\": \"2017-01-03\"}]"},
      {"cp_visits",
       "[{\"cp_visit_id\": \"V1\", \"person_id\": \"P1\", \"date\": \"2017-03-01\", \"seen\": true},"
       " {\"cp_visit_id\": \"V2\", \"person_id\": \"P1\", \"date\": \"2017-03-29\", \"seen\": true}]"},
      {"cp_reviews",
       "[{\"cp_review_id\": \"R1\", \"person_id\": \"P1\", \"cp_plan_id\": \"CP1\", \"date\": \"2017-03-27\"}]"},
      {"assessments",
       "[{\"assessment_id\": \"A1\", \"person_id\": \"P1\", \"start_date\": \"2017-02-13\", "
       "\"authorised_date\": null}]"},
  };
  csc_error *error = NULL;
  csc_dataset_builder *builder = NULL;
  csc_dataset *child = NULL;
  struct ArrowArrayStream stream;
  char *screen = NULL;
  rows due;
  size_t i;
  int64_t row;

  stop_at(csc_dataset_builder_new(&builder, &error), error, "a new dataset");
  for (i = 0; i < sizeof tables / sizeof *tables; i++) {
    const char *rows_of = tables[i][1];
    stop_at(csc_dataset_builder_add_json(builder, tables[i][0], rows_of, strlen(rows_of), &error), error,
            tables[i][0]);
  }
  stop_at(csc_dataset_builder_build(builder, &child, &error), error, "the dataset");
  csc_dataset_builder_free(builder);

  /* What is open, soonest first. */
  stop_at(csc_dataset_due_list_arrow(child, TODAY, NULL, NULL, &stream, &error), error, "what is due");
  if (!rows_take(&stream, &due)) return 1;
  printf("Child P1, Wednesday 26 April 2017\n");
  for (row = 0; row < due.batch.length; row++) {
    int clock_length, colour_length;
    const char *clock = rows_text(rows_column(&due, "clock"), row, &clock_length);
    const char *colour = rows_text(rows_column(&due, "rag"), row, &colour_length);
    int32_t day = rows_day(rows_column(&due, "due"), row);
    char written[32] = "no date";
    if (day != CSC_NONE) write_day(day, written, sizeof written);
    printf("  %-12.*s due %s  %.*s\n", clock_length, clock, written, colour_length, colour);
  }
  rows_release(&due);

  /* The same as JSON, for a screen in a browser. */
  stop_at(csc_dataset_person_json(child, "P1", TODAY, NULL, &screen, &error), error, "child P1");
  printf("%.69s...\n", screen);
  csc_text_free(screen);

  /* A child that is not there is no crash. */
  if (csc_dataset_person_json(child, "P2", TODAY, NULL, &screen, &error) == CSC_UNKNOWN_NAME) {
    printf("%s\n", csc_error_message(error));
    csc_error_free(error);
  }
  csc_dataset_free(child);
  return 0;
}
