/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"

static struct test *first_test;
static jmp_buf end_of_test;
static char printed_text[4096];

jmp_buf end_of_task;
bool ends_are_expected;
size_t printed_length;
int print_calls;
struct exchange given;
struct exchange answer;
int answer_result;
struct arguments arguments_of_program;

void add_test(struct test *test) {
    test->next = first_test;
    first_test = test;
}

void check_failed(const char *file, int line, const char *text) {
    printf("%s:%d: %s", file, line, text);
    longjmp(end_of_test, 1);
}

void check_text(const char *file, int line, const char *actual, const char *expected) {
    if (strcmp(actual, expected) != 0) {
        printf("'%s' in place of '%s' at ", actual, expected);
        check_failed(file, line, "text");
    }
}

void check_bytes(const char *file, int line, const void *actual, size_t length,
                 const char *expected, size_t expected_length) {
    const unsigned char *left = actual;
    if (length != expected_length) {
        printf("%zu bytes in place of %zu at ", length, expected_length);
        check_failed(file, line, "length");
    }
    for (size_t i = 0; i < length; i++) {
        if (left[i] != (unsigned char)expected[i]) {
            printf("byte %zu is %#x in place of %#x at ", i, left[i], (unsigned char)expected[i]);
            check_failed(file, line, "bytes");
        }
    }
}

const char *printed(void) {
    printed_text[printed_length] = '\0';
    printed_length = 0;
    return printed_text;
}

void answer_with(const void *bytes, size_t length) {
    memcpy(answer.bytes, bytes, length);
    answer.length = length;
    answer_result = (int)length;
}

/* ---- The kernel ---------------------------------------------------------- */

static void take(int tid, const char *bytes, size_t length) {
    CHECK(length <= sizeof given.bytes);
    given.tid = tid;
    given.length = length;
    memcpy(given.bytes, bytes, length);
}

/* As the kernel: copies what there is room for, and says how long it was. */
static int put(char *to, size_t room) {
    memcpy(to, answer.bytes, answer.length < room ? answer.length : room);
    return answer_result;
}

_Noreturn void ke_exit(void) {
    if (ends_are_expected) {
        longjmp(end_of_task, 1);
    }
    check_failed(__FILE__, __LINE__, printed());
}

int ke_my_tid(void) {
    return OWN_TID;
}

int ke_print_raw(const char *text, int length) {
    print_calls++;
    CHECK(length >= 0 && (size_t)length < sizeof printed_text - printed_length);
    memcpy(printed_text + printed_length, text, (size_t)length);
    printed_length += (size_t)length;
    return 0;
}

int ke_create(int priority, const char *args, size_t args_len) {
    take(priority, args, args_len);
    return answer_result;
}

int ke_send(int tid, const char *msg, size_t msglen, char *reply, size_t rplen) {
    take(tid, msg, msglen);
    return put(reply, rplen);
}

int ke_recv(int *tid, char *msg, size_t msglen) {
    *tid = answer.tid;
    return put(msg, msglen);
}

int ke_reply(int tid, const char *reply, size_t rplen) {
    take(tid, reply, rplen);
    return answer_result;
}

/* ---- A line for each test ------------------------------------------------ */

void program_main(const struct arguments *args) {
    arguments_of_program = *args;
}

static bool passes(const struct test *test) {
    given = (struct exchange){0};
    answer = (struct exchange){0};
    answer_result = 0;
    ends_are_expected = false;
    printed_length = 0;
    print_calls = 0;
    if (setjmp(end_of_test) != 0) {
        printf("\n");
        return false;
    }
    printf("%s: ", test->name);
    test->run();
    printf("ok\n");
    return true;
}

int main(void) {
    int failed = 0;
    for (const struct test *test = first_test; test != NULL; test = test->next) {
        failed += passes(test) ? 0 : 1;
        fflush(stdout);
    }
    return failed == 0 ? 0 : 1;
}
