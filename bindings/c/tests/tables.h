/* A small authority as CSV, as JSON and as Arrow. */
#ifndef TABLES_H
#define TABLES_H

#include "check.h"

/* 3 January, 3 March and 31 March 2017. */
#define PLAN_START 17169
#define SEEN 17228
#define MONTH_END 17256

static const char *const PLANS =
    "cp_plan_id,person_id,start_date\nCP1,P1,2017-01-03\nCP2,P2,2017-01-03\nCP3,P3,2017-01-03\n";
static const char *const VISITS =
    "cp_visit_id,person_id,date,seen\nV1,P1,2017-03-03,Y\nV2,P2,2017-01-20,Y\nV3,P1,soon,Y\n";

static inline csc_dataset *small_authority(void) {
  csc_dataset_builder *builder = NULL;
  csc_dataset *dataset = NULL;
  DONE(csc_dataset_builder_new(&builder, &error));
  DONE(csc_dataset_builder_add_csv(builder, "cp_plans", PLANS, strlen(PLANS), &error));
  DONE(csc_dataset_builder_add_csv(builder, "ssd_cp_visits", VISITS, strlen(VISITS), &error));
  DONE(csc_dataset_builder_build(builder, &dataset, &error));
  csc_dataset_builder_free(builder);
  return dataset;
}

static inline char *results_of(const csc_dataset *dataset) {
  csc_scorecard *card = NULL;
  char *text = NULL;
  DONE(csc_scorecard_run(dataset, "2017-01", "2017-03", "{\"measures\": [\"O3.M4\"]}", &card, &error));
  DONE(csc_scorecard_results_json(card, &text, &error));
  csc_scorecard_free(card);
  return text;
}

#endif
