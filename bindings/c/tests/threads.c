/* Many threads on one handle: each has the same answers. */
#include "tables.h"

#include <pthread.h>

#define THREADS 8
#define TURNS 200

static csc_dataset *dataset;
static csc_calendar *calendar;
static csc_scorecard *card;
static csc_as_at *as_at;
static char *results, *cases, *person;

static void same(char *found, const char *expected) {
  CHECK(strcmp(found, expected) == 0);
  csc_text_free(found);
}

static void *ask(void *unused) {
  int turn;
  (void)unused;
  for (turn = 0; turn < TURNS; turn++) {
    char *text = NULL;
    int32_t days = -1;
    struct ArrowArrayStream stream;
    DONE(csc_calendar_working_days_between(calendar, PLAN_START, MONTH_END, &days, &error));
    CHECK(days == 63);
    DONE(csc_scorecard_results_json(card, &text, &error));
    same(text, results);
    DONE(csc_scorecard_cases_json(card, "O3.M4", "2017-03", &text, &error));
    same(text, cases);
    DONE(csc_dataset_person_json(dataset, "P1", MONTH_END, NULL, &text, &error));
    same(text, person);
    DONE(csc_as_at_person_json(as_at, "P1", &text, &error));
    same(text, person);
    DONE(csc_scorecard_results_arrow(card, &stream, &error));
    stream.release(&stream);
    FAILS(CSC_UNKNOWN_NAME, "person `nobody` is in none of the tables",
          csc_as_at_person_json(as_at, "nobody", &text, &error));
    if (turn % 20 == 0) {
      csc_scorecard *own = NULL;
      DONE(csc_scorecard_run(dataset, "2017-01", "2017-03", NULL, &own, &error));
      DONE(csc_scorecard_results_json(own, &text, &error));
      same(text, results);
      csc_scorecard_free(own);
    }
  }
  return NULL;
}

int main(void) {
  pthread_t threads[THREADS];
  int i;
  dataset = small_authority();
  DONE(csc_calendar_new(CSC_NATION_ENGLAND_AND_WALES, &calendar, &error));
  DONE(csc_scorecard_run(dataset, "2017-01", "2017-03", NULL, &card, &error));
  DONE(csc_as_at_new(dataset, MONTH_END, NULL, &as_at, &error));
  DONE(csc_scorecard_results_json(card, &results, &error));
  DONE(csc_scorecard_cases_json(card, "O3.M4", "2017-03", &cases, &error));
  DONE(csc_as_at_person_json(as_at, "P1", &person, &error));
  for (i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, ask, NULL) == 0);
  for (i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  csc_text_free(results);
  csc_text_free(cases);
  csc_text_free(person);
  csc_as_at_free(as_at);
  csc_scorecard_free(card);
  csc_calendar_free(calendar);
  csc_dataset_free(dataset);
  puts("threads: done");
  return 0;
}
