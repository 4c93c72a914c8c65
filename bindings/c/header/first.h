/*
 * csc-measures: are children seen, assessed, reviewed and placed in time, and is the service improving?
 *
 * The C interface. Made from the library's source by `cargo xtask header`; do not edit.
 *
 * CONVENTIONS, which hold for every function:
 *
 * Names.     The prefix is the receiver: csc_calendar_add_working_days takes a csc_calendar first.
 * Order.     The receiver, then inputs, then outputs, then the error.
 * Results.   A function that can fail returns a csc_status: CSC_OK, or the kind of failure. Outputs are written
 *            only if it is CSC_OK; else what they point to is left as it is.
 * Errors.    The last parameter takes the error of a call that failed, with its message: initialise a
 *            csc_error * with NULL, pass its address, and free it with csc_error_free. Pass NULL if the status
 *            is enough. It is not written if the call succeeds, and what it held before is not freed.
 * Pointers.  A pointer may be NULL only if the function says so; else NULL is a status and not a crash. A
 *            pointer with a length describes that many values; with length 0 it may be NULL. What pointers
 *            point to is read during the call, and not kept.
 * Ownership. What a function makes belongs to the caller, who frees it with the function that is named. Freeing
 *            NULL does nothing. Free nothing twice, and use nothing after it is freed.
 * Texts.     Texts are UTF-8 and end in NUL. A text that comes with a length need not end in NUL. Texts that
 *            the library writes are freed with csc_text_free.
 * Dates.     Functions take and give dates as int32_t, in days since 1970-01-01. Tables have dates in their own
 *            columns: dates and timestamps of Arrow, texts such as "2017-03-31", and in Arrow and JSON also
 *            whole numbers, which count the same days. Months are texts such as "2017-03". Intervals include
 *            both ends.
 * Threads.   Any number of threads may call functions that take a handle as const at once. A function that
 *            takes it without const needs the handle for itself. The library has no global state.
 * JSON.      JSON is the same text, byte for byte, as from Rust and Python. Keys may be added.
 * Children.  Messages repeat no data beyond ids. Nothing is written to files, streams or a network.
 */

#ifndef CSC_MEASURES_H
#define CSC_MEASURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------------- *
 * Arrow: the C data interface and the C stream interface, as https://arrow.apache.org defines them
 * ------------------------------------------------------------------------------------------------------- */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */
