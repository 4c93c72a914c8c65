/*
 * The nightly run: every measure of the plan for a year, from tables as CSV, with the issues of the data.
 *
 * nightly_scorecard FOLDER: the folder of the sample authority, or of your own extract.
 */
#include "arrow_rows.h"

#include <stdlib.h>

static void stop_at(csc_status status, csc_error *error, const char *what) {
  if (status == CSC_OK) return;
  fprintf(stderr, "%s: %s (status %d)\n", what, csc_error_message(error), (int)status);
  csc_error_free(error);
  exit(1);
}

/* A whole file; NULL if there is none. */
static char *read_file(const char *folder, const char *table, size_t *length) {
  char path[1024];
  long size;
  char *text;
  FILE *file;
  snprintf(path, sizeof path, "%s/%s.csv", folder, table);
  file = fopen(path, "rb");
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) exit(1);
  rewind(file);
  text = malloc((size_t)size + 1);
  if (text == NULL) exit(1);
  *length = fread(text, 1, (size_t)size, file);
  fclose(file);
  return text;
}

int main(int count, char **arguments) {
  /* Those of the plan's tables that the measures below need. */
  static const char *const tables[] = {"persons",    "cp_plans",    "cp_visits",  "cp_reviews", "cin_plans",
                                       "cin_visits", "assessments", "referrals",  "workers",    "involvements",
                                       "complaints", "compliments", "cla_episodes"};
  static const char *const options =
      "{\"targets\": {\"O3.M4\": {\"better\": \"higher\", \"target\": 90, \"tolerance\": 5},"
      "               \"O2.M3\": {\"better\": \"higher\", \"target\": 85, \"tolerance\": 10}}}";
  csc_error *error = NULL;
  csc_dataset_builder *builder = NULL;
  csc_dataset *authority = NULL;
  csc_scorecard *card = NULL;
  struct ArrowArrayStream stream;
  rows results, issues;
  char *published = NULL;
  size_t i, length, persons;
  int64_t row;

  if (count != 2) {
    fprintf(stderr, "nightly_scorecard FOLDER\n");
    return 2;
  }
  stop_at(csc_dataset_builder_new(&builder, &error), error, "a new dataset");
  for (i = 0; i < sizeof tables / sizeof *tables; i++) {
    char *text = read_file(arguments[1], tables[i], &length);
    if (text == NULL) continue;
    stop_at(csc_dataset_builder_add_csv(builder, tables[i], text, length, &error), error, tables[i]);
    free(text);
  }
  stop_at(csc_dataset_builder_build(builder, &authority, &error), error, "the dataset");
  csc_dataset_builder_free(builder);
  stop_at(csc_dataset_person_count(authority, &persons, &error), error, "the persons");
  stop_at(csc_dataset_issues_arrow(authority, &stream, &error), error, "the issues");
  if (!rows_take(&stream, &issues)) return 1;
  printf("%lu persons, %ld issues of the data\n", (unsigned long)persons, (long)issues.batch.length);
  rows_release(&issues);

  stop_at(csc_scorecard_run(authority, "2019-04", "2020-03", options, &card, &error), error, "the scorecard");
  stop_at(csc_scorecard_results_arrow(card, &stream, &error), error, "the results");
  if (!rows_take(&stream, &results)) return 1;
  printf("%-17s %-8s %11s %11s %7s  %s\n", "measure", "month", "numerator", "denominator", "value", "rag");
  for (row = 0; row < results.batch.length; row++) {
    const struct ArrowArray *value = rows_column(&results, "value");
    const struct ArrowArray *denominator = rows_column(&results, "denominator");
    int measure_length, month_length, rag_length;
    const char *measure = rows_text(rows_column(&results, "measure"), row, &measure_length);
    const char *month = rows_text(rows_column(&results, "month"), row, &month_length);
    const char *rag = rows_text(rows_column(&results, "rag"), row, &rag_length);
    if (strncmp(month, "2020-03", 7) != 0 || rows_is_null(value, row) || rows_is_null(denominator, row)) continue;
    printf("%-17.*s %-8.*s %11.1f %11.1f %7.1f  %.*s\n", measure_length, measure, month_length, month,
           rows_number(rows_column(&results, "numerator"), row), rows_number(denominator, row),
           rows_number(value, row), rag_length, rag);
  }
  rows_release(&results);

  /* What may leave the building: small numbers are withheld. */
  stop_at(csc_scorecard_published_json(card, NULL, &published, &error), error, "what may be published");
  printf("%.81s...\n", published);
  csc_text_free(published);
  csc_scorecard_free(card);
  csc_dataset_free(authority);
  return 0;
}
