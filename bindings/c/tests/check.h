/* What the tests share: a check that tells where it failed, and the statuses of calls. */
#ifndef CHECK_H
#define CHECK_H

#include <csc_measures.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                   \
  do {                                                                                     \
    if (!(condition)) {                                                                    \
      fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);        \
      exit(1);                                                                             \
    }                                                                                      \
  } while (0)

/* A call that must be done: `error` is the error that it was given. */
#define DONE(call)                                                                         \
  do {                                                                                     \
    csc_error *error = NULL;                                                               \
    csc_status status_ = (call);                                                           \
    if (status_ != CSC_OK) {                                                               \
      fprintf(stderr, "%s:%d: %s: %d %s\n", __FILE__, __LINE__, #call, (int)status_,       \
              csc_error_message(error));                                                   \
      exit(1);                                                                             \
    }                                                                                      \
    CHECK(error == NULL);                                                                  \
  } while (0)

/* A call that must fail with a status, and with a message that begins so. */
#define FAILS(expected, text, call)                                                        \
  do {                                                                                     \
    csc_error *error = NULL;                                                               \
    csc_status status_ = (call);                                                           \
    if (status_ != (expected) || strncmp(csc_error_message(error), (text), strlen(text)) != 0 || \
        csc_error_status(error) != status_) {                                              \
      fprintf(stderr, "%s:%d: %s: %d \"%s\"\n", __FILE__, __LINE__, #call, (int)status_,   \
              csc_error_message(error));                                                   \
      exit(1);                                                                             \
    }                                                                                      \
    csc_error_free(error);                                                                 \
  } while (0)

#endif
