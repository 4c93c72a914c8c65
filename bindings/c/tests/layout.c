/* Where the fields of each struct lie. */
#include <csc_measures.h>
#include <stdio.h>

#define SIZE(type) printf("struct %s %zu bytes\n", #type, sizeof(type))
#define FIELD(type, field) \
  printf("field %s.%s %zu %zu\n", #type, #field, offsetof(type, field), sizeof(((type *)0)->field))

int main(void) {
  SIZE(csc_clock_state);
  FIELD(csc_clock_state, outcome);
  FIELD(csc_clock_state, rag);
  FIELD(csc_clock_state, due);
  FIELD(csc_clock_state, first_late_day);
  FIELD(csc_clock_state, days_left);
  FIELD(csc_clock_state, days_over);
  SIZE(csc_clock_terms);
  FIELD(csc_clock_terms, limit);
  FIELD(csc_clock_terms, limit_unit);
  FIELD(csc_clock_terms, counts_start_day);
  FIELD(csc_clock_terms, amber);
  SIZE(struct ArrowSchema);
  SIZE(struct ArrowArray);
  SIZE(struct ArrowArrayStream);
  return 0;
}
