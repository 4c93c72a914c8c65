/*
 * Tables as Arrow streams made by hand in C: sliced, chunked, with dictionaries and buffers that are not
 * aligned; released once each, whatever comes of them. And the streams that the library writes.
 */
#include "tables.h"

/* A stream of this program: its chunks are structs of columns, all of static data. */
typedef struct producer {
  struct ArrowSchema *schema;
  struct ArrowArray **chunks;
  int next;
  int fails_at;
} producer;

static int schemas_released, arrays_released, streams_released;

static void release_schema(struct ArrowSchema *schema) {
  schemas_released++;
  schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
  arrays_released++;
  array->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  *out = *((producer *)stream->private_data)->schema;
  return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  producer *p = stream->private_data;
  if (p->next == p->fails_at) return 5;
  if (p->chunks[p->next] == NULL) {
    out->release = NULL;
    return 0;
  }
  *out = *p->chunks[p->next++];
  return 0;
}

static const char *last_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "the network went away";
}

static void release_stream(struct ArrowArrayStream *stream) {
  streams_released++;
  stream->release = NULL;
}

static struct ArrowArrayStream stream_of(producer *p) {
  struct ArrowArrayStream stream;
  stream.get_schema = get_schema;
  stream.get_next = get_next;
  stream.get_last_error = last_error;
  stream.release = release_stream;
  stream.private_data = p;
  p->next = 0;
  return stream;
}

static struct ArrowSchema schema_of(const char *format, const char *name, int64_t count,
                                    struct ArrowSchema **children) {
  struct ArrowSchema schema;
  memset(&schema, 0, sizeof schema);
  schema.format = format;
  schema.name = name;
  schema.flags = ARROW_FLAG_NULLABLE;
  schema.n_children = count;
  schema.children = children;
  schema.release = release_schema;
  return schema;
}

static struct ArrowArray array_of(int64_t length, int64_t offset, int64_t buffers, const void **of) {
  struct ArrowArray array;
  memset(&array, 0, sizeof array);
  array.length = length;
  array.null_count = -1;
  array.offset = offset;
  array.n_buffers = buffers;
  array.buffers = of;
  array.release = release_array;
  return array;
}

/* The plans: ids cut out of a longer array, persons as a dictionary, dates that are not aligned, in two chunks. */
static const char ID_TEXT[] = "xxCP1CP2CP3yy";
static const int32_t ID_ENDS[] = {0, 2, 5, 8, 11, 13};
static const char PERSON_TEXT[] = "P3P1P2";
static const int32_t PERSON_ENDS[] = {0, 2, 4, 6};
static const int8_t PERSON_KEYS[] = {1, 2, 0};
static char unaligned[64];

static csc_dataset *from_arrow(int fails_at, csc_status expected) {
  static const void *id_buffers[3], *key_buffers[2], *person_buffers[3], *date_buffers[2], *none[1];
  static struct ArrowSchema id_schema, person_schema, person_values, date_schema, schema;
  static struct ArrowSchema *fields[3];
  static struct ArrowArray ids[2], persons[2], values[2], dates[2], chunk[2];
  static struct ArrowArray *columns[2][3], *chunks[3];
  csc_dataset_builder *builder = NULL;
  csc_dataset *dataset = NULL;
  struct ArrowArrayStream stream;
  producer p;
  int32_t start = PLAN_START;
  int part, row;

  for (row = 0; row < 3; row++) memcpy(unaligned + 1 + 4 * row, &start, sizeof start);
  id_buffers[0] = NULL, id_buffers[1] = ID_ENDS, id_buffers[2] = ID_TEXT;
  key_buffers[0] = NULL, key_buffers[1] = PERSON_KEYS;
  person_buffers[0] = NULL, person_buffers[1] = PERSON_ENDS, person_buffers[2] = PERSON_TEXT;
  date_buffers[0] = NULL, date_buffers[1] = unaligned + 1;
  none[0] = NULL;

  id_schema = schema_of("u", "cp_plan_id", 0, NULL);
  person_values = schema_of("u", NULL, 0, NULL);
  person_schema = schema_of("c", "person_id", 0, NULL);
  person_schema.dictionary = &person_values;
  date_schema = schema_of("tdD", "start_date", 0, NULL);
  fields[0] = &id_schema, fields[1] = &person_schema, fields[2] = &date_schema;
  schema = schema_of("+s", "", 3, fields);

  for (part = 0; part < 2; part++) {
    int64_t length = part == 0 ? 2 : 1, offset = part == 0 ? 0 : 2;
    ids[part] = array_of(length, offset + 1, 3, id_buffers);
    persons[part] = array_of(length, offset, 2, key_buffers);
    values[part] = array_of(3, 0, 3, person_buffers);
    persons[part].dictionary = &values[part];
    /* The whole column, of which the chunk says where it begins. */
    dates[part] = array_of(length, offset, 2, date_buffers);
    columns[part][0] = &ids[part], columns[part][1] = &persons[part], columns[part][2] = &dates[part];
    chunk[part] = array_of(length, 0, 1, none);
    chunk[part].n_children = 3;
    chunk[part].children = columns[part];
    chunks[part] = &chunk[part];
  }
  chunks[2] = NULL;

  p.schema = &schema;
  p.chunks = chunks;
  p.fails_at = fails_at;
  stream = stream_of(&p);
  schemas_released = arrays_released = streams_released = 0;

  DONE(csc_dataset_builder_new(&builder, &error));
  if (expected == CSC_OK) {
    DONE(csc_dataset_builder_add_arrow(builder, "cp_plans", &stream, &error));
    CHECK(arrays_released == 2);
    DONE(csc_dataset_builder_add_csv(builder, "ssd_cp_visits", VISITS, strlen(VISITS), &error));
    DONE(csc_dataset_builder_build(builder, &dataset, &error));
  } else {
    FAILS(expected, "table `cp_plans`: `get_next` of the stream failed with error 5: the network went away",
          csc_dataset_builder_add_arrow(builder, "cp_plans", &stream, &error));
    FAILS(CSC_SPENT_BUILDER, "the builder has already been used", csc_dataset_builder_build(builder, &dataset, &error));
  }
  CHECK(stream.release == NULL);
  CHECK(streams_released == 1);
  CHECK(schemas_released == 1);
  csc_dataset_builder_free(builder);
  return dataset;
}

/* A stream that the library wrote, read by this program: its columns, its rows. */
static void read_stream(struct ArrowArrayStream *stream, const char *first_column, int64_t least_rows) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  CHECK(stream->get_schema(stream, &schema) == 0);
  CHECK(strcmp(schema.format, "+s") == 0);
  CHECK(strcmp(schema.children[0]->name, first_column) == 0);
  schema.release(&schema);
  CHECK(stream->get_next(stream, &array) == 0);
  CHECK(array.release != NULL);
  CHECK(array.length >= least_rows);
  /* The array outlives the stream. */
  stream->release(stream);
  CHECK(stream->release == NULL);
  if (array.length > 0) {
    const int32_t *ends = array.children[0]->buffers[1];
    const char *text = array.children[0]->buffers[2];
    CHECK(ends[array.length] > 0 && text[0] != '\0');
  }
  array.release(&array);
}

int main(void) {
  csc_dataset *csv = small_authority(), *arrow = from_arrow(-1, CSC_OK);
  csc_scorecard *card = NULL;
  csc_as_at *as_at = NULL;
  struct ArrowArrayStream stream;
  struct ArrowArrayStream round;
  csc_dataset_builder *builder = NULL;
  char *a = results_of(csv), *b = results_of(arrow);
  CHECK(strstr(a, "\"value\":33.3") != NULL);
  CHECK(strcmp(a, b) == 0);
  csc_text_free(a);
  csc_text_free(b);
  CHECK(from_arrow(0, CSC_UNREADABLE) == NULL);
  CHECK(arrays_released == 0);
  CHECK(from_arrow(1, CSC_UNREADABLE) == NULL);
  CHECK(arrays_released == 1);

  DONE(csc_scorecard_run(csv, "2017-01", "2017-03", NULL, &card, &error));
  DONE(csc_scorecard_results_arrow(card, &stream, &error));
  read_stream(&stream, "measure", 3 * 50);
  DONE(csc_scorecard_cases_arrow(card, "O3.M4", "2017-03", &stream, &error));
  read_stream(&stream, "measure", 3);
  DONE(csc_scorecard_published_arrow(card, NULL, &stream, &error));
  read_stream(&stream, "measure", 3 * 50);
  DONE(csc_scorecard_published_arrow(card, "{\"publish_period\": \"quarter\"}", &stream, &error));
  read_stream(&stream, "measure", 50);
  DONE(csc_scorecard_published_groups_arrow(card, NULL, &stream, &error));
  read_stream(&stream, "measure", 0);
  DONE(csc_scorecard_issues_arrow(card, &stream, &error));
  read_stream(&stream, "table", 1);
  DONE(csc_scorecard_tables_arrow(card, &stream, &error));
  read_stream(&stream, "table", 2);
  DONE(csc_dataset_issues_arrow(csv, &stream, &error));
  read_stream(&stream, "table", 1);
  DONE(csc_dataset_tables_arrow(csv, &stream, &error));
  read_stream(&stream, "table", 2);
  DONE(csc_dataset_due_list_arrow(csv, MONTH_END, NULL, NULL, &stream, &error));
  read_stream(&stream, "person", 3);
  DONE(csc_as_at_new(csv, MONTH_END, NULL, &as_at, &error));
  DONE(csc_as_at_due_list_arrow(as_at, "{\"rag\": [\"red\"]}", &stream, &error));
  read_stream(&stream, "person", 1);
  csc_as_at_free(as_at);

  /* A stream of the library's is as good as any other: what has no columns of the table is told by name. */
  DONE(csc_dataset_due_list_arrow(csv, MONTH_END, NULL, NULL, &round, &error));
  DONE(csc_dataset_builder_new(&builder, &error));
  FAILS(CSC_BAD_TABLE, "table `cp_plans` has no column `cp_plan_id`, which it needs",
        csc_dataset_builder_add_arrow(builder, "cp_plans", &round, &error));
  CHECK(round.release == NULL);
  csc_dataset_builder_free(builder);

  csc_scorecard_free(card);
  csc_dataset_free(csv);
  csc_dataset_free(arrow);
  puts("arrow: done");
  return 0;
}
