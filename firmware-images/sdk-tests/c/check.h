/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests of the C SDK's parts that need no machine, on the host: a framework of a few lines, and a
 * kernel that only writes down what it is asked.
 */
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>

#include "services.h"

/* A test, which runs by being written. Its name is a sentence. */
#define TEST(name)                                                             \
    static void name(void);                                                    \
    __attribute__((constructor)) static void register_##name(void) {           \
        static struct test test = {#name, name, NULL};                         \
        add_test(&test);                                                       \
    }                                                                          \
    static void name(void)

struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

void add_test(struct test *test);

/* Ends the test when the condition is false. */
#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            check_failed(__FILE__, __LINE__, #condition);                      \
        }                                                                      \
    } while (0)

#define CHECK_TEXT(actual, expected) check_text(__FILE__, __LINE__, (actual), (expected))

/* Bytes given as a text literal, whose last NUL does not count. */
#define CHECK_BYTES(actual, length, expected)                                  \
    check_bytes(__FILE__, __LINE__, (actual), (length), (expected), sizeof(expected) - 1)

/* Ends the test unless the statement ends the task, after printing this text. */
#define CHECK_ENDS_TASK(statement, text)                                       \
    do {                                                                       \
        printed_length = 0;                                                    \
        ends_are_expected = true;                                              \
        if (setjmp(end_of_task) == 0) {                                        \
            statement;                                                         \
            check_failed(__FILE__, __LINE__, #statement " went on");           \
        }                                                                      \
        ends_are_expected = false;                                             \
        CHECK_TEXT(printed(), text);                                           \
    } while (0)

_Noreturn void check_failed(const char *file, int line, const char *text);
void check_text(const char *file, int line, const char *actual, const char *expected);
void check_bytes(const char *file, int line, const void *actual, size_t length,
                 const char *expected, size_t expected_length);

extern jmp_buf end_of_task;
extern bool ends_are_expected;

/* ---- The kernel ---------------------------------------------------------- */

enum { OWN_TID = 7 };

/* What program_main was called with. */
extern struct arguments arguments_of_program;

/* What was printed since the last look, by how many calls. */
extern size_t printed_length;
extern int print_calls;
const char *printed(void);

/* The last call that had bytes to give, and what the next one gets. */
struct exchange {
    int tid;
    size_t length;
    unsigned char bytes[2048];
};
extern struct exchange given;
extern struct exchange answer;

/* What the answering call returns; the answer's length where it is not said otherwise. */
extern int answer_result;
void answer_with(const void *bytes, size_t length);

#endif
