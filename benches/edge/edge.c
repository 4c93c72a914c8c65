/*
 * The half of the bench `edge` that calls from C: the same questions, to the same data, as its half in Rust.
 * Prints a line a question: its name, nanoseconds a call, and a number made of the answers.
 *
 *     edge COLUMNS TABLES CALLS ASKED
 *
 * COLUMNS: a file of 32-bit integers, as `benches/edge.rs` writes it; TABLES: the tables without rows, a line
 * each, with their columns. CALLS of each function of one answer, and ASKED children.
 */
#define _POSIX_C_SOURCE 199309L
#include <csc_measures.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* 1 April 2014, and the days to 31 March 2017. */
#define FIRST 16161
#define DAYS 1096
#define AS_AT 17256
#define RUNS 5

static csc_error *error;

static void done(csc_status status) {
  if (status != CSC_OK) {
    fprintf(stderr, "%d: %s\n", (int)status, csc_error_message(error));
    exit(1);
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median of the runs. */
#define TIMED(name, calls, answer, ...)                                                   \
  do {                                                                                    \
    double times[RUNS];                                                                   \
    int run;                                                                              \
    for (run = 0; run < RUNS; run++) {                                                    \
      double start = now();                                                               \
      (answer) = 0;                                                                       \
      __VA_ARGS__;                                                                        \
      times[run] = now() - start;                                                         \
    }                                                                                     \
    qsort(times, RUNS, sizeof times[0], by_size);                                         \
    printf("%s %.2f %llu\n", (name), times[RUNS / 2] / (double)(calls), (unsigned long long)(answer)); \
  } while (0)

/* A table of the columns that stand in memory: one batch, which is nobody's to free. */
typedef struct table {
  struct ArrowSchema schema, fields[4], *field_pointers[4];
  struct ArrowArray batch, columns[4], *column_pointers[4];
  const void *buffers[4][2];
  int is_given;
} table;

static void keep_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void keep_array(struct ArrowArray *array) { array->release = NULL; }
static void keep_stream(struct ArrowArrayStream *stream) { stream->release = NULL; }
static const char *no_error(struct ArrowArrayStream *stream) { (void)stream; return NULL; }

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  *out = ((table *)stream->private_data)->schema;
  return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  table *of = stream->private_data;
  memset(out, 0, sizeof *out);
  if (!of->is_given) *out = of->batch;
  of->is_given = 1;
  return 0;
}

static void column(table *of, int64_t rows, const char *name, const char *format, const void *values,
                   const uint8_t *validity) {
  int64_t place = of->schema.n_children++;
  struct ArrowSchema *field = &of->fields[place];
  struct ArrowArray *array = &of->columns[place];
  field->name = name;
  field->format = format;
  field->flags = 2;
  field->release = keep_schema;
  of->field_pointers[place] = field;
  of->buffers[place][0] = validity;
  of->buffers[place][1] = values;
  array->length = rows;
  array->null_count = validity == NULL ? 0 : -1;
  array->n_buffers = 2;
  array->buffers = of->buffers[place];
  array->release = keep_array;
  of->column_pointers[place] = array;
}

static struct ArrowArrayStream stream_of(table *of, int64_t rows) {
  static const void *no_validity[1] = {NULL};
  struct ArrowArrayStream stream = {get_schema, get_next, no_error, keep_stream, NULL};
  of->schema.format = "+s";
  of->schema.children = of->field_pointers;
  of->schema.release = keep_schema;
  of->batch.length = rows;
  of->batch.n_buffers = 1;
  of->batch.buffers = no_validity;
  of->batch.n_children = of->schema.n_children;
  of->batch.children = of->column_pointers;
  of->batch.release = keep_array;
  of->is_given = 0;
  stream.private_data = of;
  return stream;
}

static int32_t *read_column(FILE *file, size_t length) {
  int32_t *values = malloc(length * sizeof *values + 1);
  if (values == NULL || fread(values, sizeof *values, length, file) != length) {
    fprintf(stderr, "the file ends too soon\n");
    exit(1);
  }
  return values;
}

static int32_t *numbers(size_t length) {
  int32_t *values = malloc(length * sizeof *values + 1);
  size_t row;
  for (row = 0; row < length; row++) values[row] = (int32_t)row;
  return values;
}

static uint64_t hashed(uint64_t hash, const char *text) {
  for (; *text != '\0'; text++) hash = (hash ^ (uint8_t)*text) * 0x100000001b3u;
  return hash;
}

static const char *id_of(int32_t number) {
  static char id[16];
  snprintf(id, sizeof id, "%d", (int)number);
  return id;
}

/* The columns of the authority. */
typedef struct authority {
  size_t children, visits;
  int32_t *visit_person, *visit_date, *plan_start, *plan_end, *ids, *visit_ids;
  uint8_t *has_end, *seen;
} authority;

static authority read_authority(FILE *file) {
  authority of;
  int32_t *sizes = read_column(file, 2);
  size_t row;
  of.children = (size_t)sizes[0];
  of.visits = (size_t)sizes[1];
  of.visit_person = read_column(file, of.visits);
  of.visit_date = read_column(file, of.visits);
  of.plan_start = read_column(file, of.children);
  of.plan_end = read_column(file, of.children);
  of.ids = numbers(of.children);
  of.visit_ids = numbers(of.visits);
  of.has_end = calloc(of.children / 8 + 1, 1);
  of.seen = malloc(of.visits / 8 + 1);
  for (row = 0; row < of.children; row++)
    if (of.plan_end[row] != CSC_NONE) of.has_end[row / 8] |= (uint8_t)(1 << row % 8);
  memset(of.seen, 0xff, of.visits / 8 + 1);
  free(sizes);
  return of;
}

static void add(csc_dataset_builder *builder, const char *name, table *of, size_t rows) {
  struct ArrowArrayStream stream = stream_of(of, (int64_t)rows);
  done(csc_dataset_builder_add_arrow(builder, name, &stream, &error));
}

/* The tables that the authority has no rows of. */
static void declare(csc_dataset_builder *builder, const char *tables) {
  char line[2000];
  FILE *file = fopen(tables, "r");
  if (file == NULL) exit(2);
  while (fgets(line, sizeof line, file) != NULL) {
    const char *columns[40], *name = strtok(line, " \n"), *word;
    size_t count = 0;
    while ((word = strtok(NULL, " \n")) != NULL) columns[count++] = word;
    done(csc_dataset_builder_declare(builder, name, columns, count, &error));
  }
  fclose(file);
}

static csc_dataset *dataset_of(const authority *of, const char *tables) {
  table persons = {0}, plans = {0}, visits = {0};
  int64_t children = (int64_t)of->children, rows = (int64_t)of->visits;
  csc_dataset_builder *builder = NULL;
  csc_dataset *dataset = NULL;
  done(csc_dataset_builder_new(&builder, &error));
  column(&persons, children, "person_id", "i", of->ids, NULL);
  add(builder, "persons", &persons, of->children);
  column(&plans, children, "cp_plan_id", "i", of->ids, NULL);
  column(&plans, children, "person_id", "i", of->ids, NULL);
  column(&plans, children, "start_date", "tdD", of->plan_start, NULL);
  column(&plans, children, "end_date", "tdD", of->plan_end, of->has_end);
  add(builder, "cp_plans", &plans, of->children);
  column(&visits, rows, "cp_visit_id", "i", of->visit_ids, NULL);
  column(&visits, rows, "person_id", "i", of->visit_person, NULL);
  column(&visits, rows, "date", "tdD", of->visit_date, NULL);
  column(&visits, rows, "seen", "b", of->seen, NULL);
  add(builder, "cp_visits", &visits, of->visits);
  declare(builder, tables);
  done(csc_dataset_builder_build(builder, &dataset, &error));
  csc_dataset_builder_free(builder);
  return dataset;
}

int main(int count, char **arguments) {
  FILE *file = count == 5 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) return 2;
  long calls = atol(arguments[3]), asked = atol(arguments[4]), call;
  authority given = read_authority(file);
  int32_t *asked_for = read_column(file, (size_t)asked);
  size_t persons = 0;
  uint64_t answer;
  int32_t day;
  csc_clock_state state;
  csc_calendar *calendar = NULL;
  csc_dataset *dataset = NULL;
  csc_as_at *as_at = NULL;
  fclose(file);

  done(csc_calendar_new(CSC_NATION_ENGLAND_AND_WALES, &calendar, &error));
  TIMED("add_working_days", calls, answer, for (call = 0; call < calls; call++) {
    done(csc_calendar_add_working_days(calendar, FIRST + (int32_t)(call % DAYS), 15, &day, &error));
    answer += (uint64_t)day;
  });
  TIMED("working_days_between", calls, answer, for (call = 0; call < calls; call++) {
    done(csc_calendar_working_days_between(calendar, FIRST + (int32_t)(call % DAYS), AS_AT, &day, &error));
    answer += (uint64_t)day;
  });
  TIMED("clock_due", calls, answer, for (call = 0; call < calls; call++) {
    done(csc_clock_due("cp_visit", calendar, FIRST + (int32_t)(call % DAYS), &day, &error));
    answer += (uint64_t)day;
  });
  TIMED("clock_status", calls, answer, for (call = 0; call < calls; call++) {
    done(csc_clock_status("cp_visit", calendar, FIRST + (int32_t)(call % DAYS), NULL, AS_AT, &state, &error));
    answer += (uint64_t)state.due;
  });

  TIMED("tables_by_arrow", given.visits, answer, {
    csc_dataset_free(dataset);
    dataset = dataset_of(&given, arguments[2]);
    done(csc_dataset_person_count(dataset, &persons, &error));
    answer = persons;
  });

  TIMED("person", asked, answer, for (call = 0; call < asked; call++) {
    char *text = NULL;
    done(csc_dataset_person_json(dataset, id_of(asked_for[call]), AS_AT, NULL, &text, &error));
    answer += (uint8_t)text[0];
    csc_text_free(text);
  });
  done(csc_as_at_new(dataset, AS_AT, NULL, &as_at, &error));
  TIMED("person_of_a_prepared_day", asked, answer, for (call = 0; call < asked; call++) {
    char *text = NULL;
    done(csc_as_at_person_json(as_at, id_of(asked_for[call]), &text, &error));
    answer += (uint8_t)text[0];
    csc_text_free(text);
  });
  answer = 0;
  for (call = 0; call < asked; call++) {
    char *text = NULL;
    done(csc_dataset_person_json(dataset, id_of(asked_for[call]), AS_AT, NULL, &text, &error));
    answer = hashed(answer, text);
    csc_text_free(text);
  }
  printf("texts 0 %llu\n", (unsigned long long)answer);
  return 0;
}
