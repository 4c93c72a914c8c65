/* One child's rows replaced: the new dataset has them, the old one goes on for whoever reads it. */
#include "tables.h"

#define OWN_VISITS "cp_visit_id,person_id,date,seen\n"

static csc_dataset_builder *rows(const char *plans, const char *visits) {
  csc_dataset_builder *builder = NULL;
  DONE(csc_dataset_builder_new(&builder, &error));
  DONE(csc_dataset_builder_add_csv(builder, "cp_plans", plans, strlen(plans), &error));
  DONE(csc_dataset_builder_add_csv(builder, "cp_visits", visits, strlen(visits), &error));
  return builder;
}

static csc_dataset *built(csc_dataset_builder *builder) {
  csc_dataset *dataset = NULL;
  DONE(csc_dataset_builder_build(builder, &dataset, &error));
  csc_dataset_builder_free(builder);
  return dataset;
}

static char *list_of(const csc_dataset *dataset) {
  char *text = NULL;
  DONE(csc_dataset_due_list_json(dataset, MONTH_END, NULL, NULL, &text, &error));
  return text;
}

static void same(char *found, char *expected) {
  CHECK(strcmp(found, expected) == 0);
  csc_text_free(found);
  csc_text_free(expected);
}

int main(void) {
  csc_dataset *morning = built(rows(PLANS, OWN_VISITS "V1,P1,2017-03-03,Y\nV2,P2,2017-01-20,Y\n"));
  csc_dataset_builder *child =
      rows("cp_plan_id,person_id,start_date\nCP2,P2,2017-01-03\n", OWN_VISITS "V4,P2,2017-03-03,Y\n");
  csc_dataset *noon = NULL, *evening = NULL, *anew = NULL, *none = NULL;
  csc_as_at *as_at = NULL;
  char *before = list_of(morning), *text = NULL;
  size_t persons = 0;
  int i;

  /* What a reader of the old dataset holds outlives the replacement, and the old dataset itself. */
  DONE(csc_as_at_new(morning, MONTH_END, NULL, &as_at, &error));
  DONE(csc_dataset_with_person(morning, child, &noon, &error));
  FAILS(CSC_SPENT_BUILDER, "the builder has already been used", csc_dataset_with_person(morning, child, &none, &error));
  csc_dataset_builder_free(child);
  same(list_of(morning), before);
  anew = built(rows(PLANS, OWN_VISITS "V1,P1,2017-03-03,Y\nV4,P2,2017-03-03,Y\n"));
  same(list_of(noon), list_of(anew));
  same(results_of(noon), results_of(anew));
  csc_dataset_free(anew);
  csc_dataset_free(morning);
  DONE(csc_as_at_person_json(as_at, "P2", &text, &error));
  CHECK(strstr(text, "2017-02-17") != NULL);
  csc_text_free(text);
  csc_as_at_free(as_at);

  /* Over and over, each time from the dataset before. */
  for (i = 0; i < 1000; i++) {
    csc_dataset *next = NULL;
    child = rows("cp_plan_id,person_id,start_date\nCP1,P1,2017-01-03\n", OWN_VISITS "V1,P1,2017-03-03,Y\n");
    DONE(csc_dataset_with_person(noon, child, &next, &error));
    csc_dataset_builder_free(child);
    csc_dataset_free(noon);
    noon = next;
  }

  DONE(csc_dataset_without_person(noon, "P1", &evening, &error));
  DONE(csc_dataset_person_count(evening, &persons, &error));
  CHECK(persons == 2);
  DONE(csc_dataset_person_count(noon, &persons, &error));
  CHECK(persons == 3);
  FAILS(CSC_UNKNOWN_NAME, "person `P1` is in none of the tables",
        csc_dataset_without_person(evening, "P1", &none, &error));
  FAILS(CSC_NULL_POINTER, "`person_id` is NULL", csc_dataset_without_person(evening, NULL, &none, &error));
  FAILS(CSC_NULL_POINTER, "`builder` is NULL", csc_dataset_with_person(evening, NULL, &none, &error));
  child = rows(PLANS, OWN_VISITS);
  FAILS(CSC_BAD_VALUE, "the rows are of `P1` and of `P2`; give those of one child at a time",
        csc_dataset_with_person(evening, child, &none, &error));
  csc_dataset_builder_free(child);
  FAILS(CSC_BAD_VALUE, "rows of a child were replaced in the dataset", csc_dataset_part_json(evening, "2017-01", "2017-03", NULL, &text, &error));
  csc_dataset_free(evening);
  csc_dataset_free(noon);
  return 0;
}
