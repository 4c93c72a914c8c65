/* As much reading of JSON as it takes to compare an answer with what is expected of it. The texts are well-formed. */
#ifndef JSON_H
#define JSON_H

#include "check.h"

/* The place after the value that begins at `text`. */
static const char *json_end(const char *text) {
  if (*text == '"') {
    for (text++; *text != '"'; text++) {
      CHECK(*text != '\0');
      if (*text == '\\') text++;
    }
    return text + 1;
  }
  if (*text == '{' || *text == '[') {
    char close = *text == '{' ? '}' : ']';
    text++;
    while (*text != close) {
      CHECK(*text != '\0');
      text = *text == ',' || *text == ':' ? text + 1 : json_end(text);
    }
    return text + 1;
  }
  return text + strcspn(text, ",:]}");
}

/* The next member of an object or element of a list, from the place after the one before; NULL after the last. */
static const char *json_next(const char *place) {
  if (*place == '{' || *place == '[' || *place == ',') place++;
  return *place == '}' || *place == ']' || *place == '\0' ? NULL : place;
}

/* The value of a member of an object, whose key is written as in `key`, quotation marks included; NULL for none. */
static const char *json_member(const char *object, const char *key) {
  const char *place = object;
  size_t length = (size_t)(json_end(key) - key);
  CHECK(*object == '{');
  while ((place = json_next(place)) != NULL) {
    const char *after = json_end(place);
    CHECK(*after == ':');
    if ((size_t)(after - place) == length && strncmp(place, key, length) == 0) return after + 1;
    place = json_end(after + 1);
  }
  return NULL;
}

static int json_count(const char *value) {
  int count = 0;
  const char *place = value;
  while ((place = json_next(place)) != NULL) {
    place = json_end(place);
    if (*value == '{') place = json_end(place + 1);
    count++;
  }
  return count;
}

/* Whether two values are the same: numbers by value, objects in any order. */
static int json_same(const char *a, const char *b) {
  size_t length = (size_t)(json_end(a) - a);
  char *end_a, *end_b;
  double difference;
  if (*a == '{' && *b == '{') {
    const char *place = b;
    if (json_count(a) != json_count(b)) return 0;
    while ((place = json_next(place)) != NULL) {
      const char *value = json_end(place) + 1, *other = json_member(a, place);
      if (other == NULL || !json_same(other, value)) return 0;
      place = json_end(value);
    }
    return 1;
  }
  if (*a == '[' && *b == '[') {
    if (json_count(a) != json_count(b)) return 0;
    while ((a = json_next(a)) != NULL && (b = json_next(b)) != NULL) {
      if (!json_same(a, b)) return 0;
      a = json_end(a);
      b = json_end(b);
    }
    return 1;
  }
  if ((size_t)(json_end(b) - b) == length && strncmp(a, b, length) == 0) return 1;
  if (*a == '"' || *b == '"' || *a == '{' || *b == '{' || *a == '[' || *b == '[') return 0;
  difference = strtod(a, &end_a) - strtod(b, &end_b);
  return end_a == json_end(a) && end_b == json_end(b) && difference < 1e-9 && difference > -1e-9;
}

/* The first member that is expected and is not so in `found`, by its place in `expected`; NULL if there is none. */
static const char *json_difference(const char *found, const char *expected) {
  const char *place = expected;
  while ((place = json_next(place)) != NULL) {
    const char *value = json_end(place) + 1, *other = json_member(found, place);
    if (other == NULL || !json_same(other, value)) return place;
    place = json_end(value);
  }
  return NULL;
}

#endif
