/*
 * Reading the Arrow streams that csc-measures writes: one batch of columns of text, 64-bit integers, floats
 * and dates, without nulls taken for values.
 */
#ifndef ARROW_ROWS_H
#define ARROW_ROWS_H

#include <csc_measures.h>
#include <stdio.h>
#include <string.h>

/* A batch and what its columns are called. Release both. */
typedef struct rows {
  struct ArrowSchema schema;
  struct ArrowArray batch;
} rows;

/* Takes the batch of a stream, and releases the stream. Returns 0 if it cannot be read. */
static inline int rows_take(struct ArrowArrayStream *stream, rows *into) {
  int is_read = stream->get_schema(stream, &into->schema) == 0;
  if (is_read && stream->get_next(stream, &into->batch) != 0) {
    into->schema.release(&into->schema);
    is_read = 0;
  }
  stream->release(stream);
  return is_read;
}

static inline void rows_release(rows *of) {
  of->batch.release(&of->batch);
  of->schema.release(&of->schema);
}

static inline const struct ArrowArray *rows_column(const rows *of, const char *name) {
  int64_t place;
  for (place = 0; place < of->schema.n_children; place++)
    if (strcmp(of->schema.children[place]->name, name) == 0) return of->batch.children[place];
  return NULL;
}

static inline int rows_is_null(const struct ArrowArray *column, int64_t row) {
  const uint8_t *bits = column->buffers[0];
  int64_t bit = column->offset + row;
  return bits != NULL && (bits[bit / 8] >> (bit % 8) & 1) == 0;
}

/* A text, of so many bytes: it does not end with a NUL. */
static inline const char *rows_text(const struct ArrowArray *column, int64_t row, int *length) {
  const int32_t *ends = column->buffers[1];
  int64_t place = column->offset + row;
  *length = rows_is_null(column, row) ? 0 : (int)(ends[place + 1] - ends[place]);
  return (const char *)column->buffers[2] + ends[place];
}

static inline int32_t rows_day(const struct ArrowArray *column, int64_t row) {
  return rows_is_null(column, row) ? CSC_NONE : ((const int32_t *)column->buffers[1])[column->offset + row];
}

static inline int64_t rows_integer(const struct ArrowArray *column, int64_t row) {
  return ((const int64_t *)column->buffers[1])[column->offset + row];
}

static inline double rows_number(const struct ArrowArray *column, int64_t row) {
  return ((const double *)column->buffers[1])[column->offset + row];
}

#endif
