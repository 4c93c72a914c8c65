/*
 * csc-measures: are children seen, assessed, reviewed and placed in time, and is the service improving?
 *
 * The C interface. Made from the library's source by `cargo xtask header`; do not edit.
 *
 * CONVENTIONS, which hold of every function:
 *
 * Names.     The prefix is the receiver: csc_calendar_add_working_days is of a csc_calendar.
 * Order.     The receiver, then inputs, then outputs, then the error.
 * Results.   A function that can fail returns a csc_status: CSC_OK, or why not. Outputs are written only when
 *            it is CSC_OK; until then what they point to is left as it is.
 * Errors.    The last parameter takes the error of a call that failed, with its message: initialise a
 *            csc_error * with NULL, pass its address, and free it with csc_error_free. Pass NULL if the status
 *            is enough. It is not written where the call succeeds, and what it held before is not freed.
 * Pointers.  Not NULL unless a function says so; one that is NULL is a status and no crash. A pointer and a
 *            length describe so many values; with length 0 the pointer may be NULL. What they point to is read
 *            during the call, and not kept.
 * Ownership. What a function makes is the caller's, to be freed with the function that it names. A free takes
 *            NULL. Nothing is freed twice, or used when it is freed.
 * Texts.     UTF-8, ended by a NUL. One that comes with a length has no NUL that counts. Those that the
 *            library writes are freed with csc_text_free.
 * Dates.     int32_t, days since 1970-01-01. Months are texts such as "2017-03". Intervals that a function
 *            speaks of include both ends.
 * Threads.   Any number of threads may call functions that take a handle as const at once. One that takes it
 *            without const is for one thread, while no other uses the handle. There is no global state.
 * JSON.      The same text, byte for byte, as from the library's other languages. Keys may be added.
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
