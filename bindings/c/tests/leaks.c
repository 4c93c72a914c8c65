/* A million calls that make and free something, with errors among them: memory stays as it is. */
#include "tables.h"

#include <unistd.h>

static long resident_pages(void) {
  long size = 0, resident = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  CHECK(fscanf(file, "%ld %ld", &size, &resident) == 2);
  fclose(file);
  return resident;
}

static void some_calls(const csc_dataset *dataset, const csc_as_at *as_at, int count) {
  int i;
  for (i = 0; i < count; i += 10) {
    csc_calendar *calendar = NULL;
    csc_dataset_builder *builder = NULL;
    csc_error *error = NULL;
    char *text = NULL;
    int32_t due = 0;
    DONE(csc_calendar_new(CSC_NATION_ENGLAND_AND_WALES, &calendar, &error));
    DONE(csc_clock_due("cp_visit", calendar, SEEN, &due, &error));
    csc_calendar_free(calendar);
    DONE(csc_as_at_person_json(as_at, "P1", &text, &error));
    csc_text_free(text);
    CHECK(csc_as_at_person_json(as_at, "nobody", &text, &error) == CSC_UNKNOWN_NAME);
    csc_error_free(error);
    DONE(csc_dataset_issues_json(dataset, &text, &error));
    csc_text_free(text);
    DONE(csc_dataset_builder_new(&builder, &error));
    error = NULL;
    CHECK(csc_dataset_builder_add_csv(builder, "cp_plans", "x\n", 2, &error) == CSC_BAD_TABLE);
    csc_error_free(error);
    csc_dataset_builder_free(builder);
  }
}

int main(void) {
  csc_dataset *dataset = small_authority();
  csc_as_at *as_at = NULL;
  long before, after;
  int i;
  DONE(csc_as_at_new(dataset, MONTH_END, NULL, &as_at, &error));
  some_calls(dataset, as_at, 100000);
  before = resident_pages();
  some_calls(dataset, as_at, 1000000);
  for (i = 0; i < 300; i++) {
    struct ArrowArrayStream stream;
    csc_dataset *other = small_authority();
    csc_scorecard *card = NULL;
    DONE(csc_scorecard_run(other, "2017-01", "2017-03", NULL, &card, &error));
    DONE(csc_scorecard_results_arrow(card, &stream, &error));
    stream.release(&stream);
    csc_scorecard_free(card);
    csc_dataset_free(other);
  }
  after = resident_pages();
  printf("leaks: %ld pages before a million calls, %ld after\n", before, after);
  CHECK(after - before < 512);
  csc_as_at_free(as_at);
  csc_dataset_free(dataset);
  return 0;
}
