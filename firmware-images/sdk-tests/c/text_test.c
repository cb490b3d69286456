/* SPDX-License-Identifier: Apache-2.0 */
/* Formatting and printing; where the C library has the same conversions, it says what is right. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

enum { ROOM = 128 };

static void same_as_library(const char *text, int64_t value) {
    char ours[ROOM];
    char library[ROOM];
    size_t length;
    if (strchr(text, 'l') != NULL) {
        length = format(ours, sizeof ours, text, value);
        snprintf(library, sizeof library, text, value);
    } else {
        length = format(ours, sizeof ours, text, (int)value);
        snprintf(library, sizeof library, text, (int)value);
    }
    CHECK_TEXT(ours, library);
    CHECK(length == strlen(library));
}

TEST(numbers_are_formatted_as_by_the_c_library) {
    const char *const formats[] = {"%d",    "%u",    "%x",     "%ld",    "%lu",   "%lx",
                                   "%5d|",  "%-5d|", "%05d|",  "%-05d|", "%12u|", "%08x|",
                                   "%30ld", "%-30lu|", "%030ld", "%016lx", "%1d",   "<%d>%%"};
    const int64_t values[] = {0,       1,       -1,        9,         10,        -10,
                              42,      -42,     99999,     -99999,    INT_MAX,   INT_MIN,
                              UINT_MAX, 1L << 32, INT64_MAX, INT64_MIN, 123456789012345678};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            same_as_library(formats[i], values[j]);
        }
    }
}

TEST(text_and_characters_are_padded_to_their_width) {
    char out[ROOM];
    format(out, sizeof out, "%s|%6s|%-6s|%2s|%c|%3c|%-3c|", "abc", "abc", "abc", "abc", 'x', 'y', 'z');
    CHECK_TEXT(out, "abc|   abc|abc   |abc|x|  y|z  |");
}

TEST(pointers_are_bare_hexadecimal_digits) {
    char out[ROOM];
    format(out, sizeof out, "%p %p", (void *)(uintptr_t)0xFE201000, NULL);
    CHECK_TEXT(out, "fe201000 0");
}

TEST(each_value_goes_to_its_own_conversion) {
    char out[ROOM];
    format(out, sizeof out, "%d %ld %s %c %lx %u%%", -1, INT64_MIN, "two", '3', UINT64_MAX, 4u);
    CHECK_TEXT(out, "-1 -9223372036854775808 two 3 ffffffffffffffff 4%");
}

/* The output lies in memory of exactly its size: a byte too many is seen by the sanitizer. */
TEST(output_is_cut_to_its_room_and_ends_with_a_nul) {
    const char whole[] = "train 24 at 100000";
    for (size_t size = 1; size <= sizeof whole + 2; size++) {
        char out[size];
        memset(out, '#', size);
        size_t length = format(out, size, "train %d at %s", 24, "100000");
        size_t expected = size - 1 < sizeof whole - 1 ? size - 1 : sizeof whole - 1;
        CHECK(length == expected);
        CHECK(out[length] == '\0' && memcmp(out, whole, length) == 0);
    }
}

TEST(no_room_at_all_writes_nothing) {
    char out = '#';
    CHECK(format(&out, 0, "%d", 1) == 0);
    CHECK(out == '#');
}

/* The texts are variables: the compiler would warn of the literals. */
TEST(what_is_no_conversion_ends_or_stands_for_itself) {
    char out[ROOM];
    const char *volatile lone = "100%";
    const char *volatile unknown = "%q|%5y|";
    const char *volatile widthOnly = "a%-05";
    CHECK(format(out, sizeof out, lone) == 3);
    CHECK_TEXT(out, "100");
    format(out, sizeof out, unknown);
    CHECK_TEXT(out, "q|y|");
    format(out, sizeof out, widthOnly);
    CHECK_TEXT(out, "a");
}

TEST(an_absurd_width_fills_the_room_and_no_more) {
    char out[ROOM];
    const char *volatile wide = "%99999999999999999999d";
    CHECK(format(out, sizeof out, wide, 7) == ROOM - 1);
    for (size_t i = 0; i < ROOM - 1; i++) {
        CHECK(out[i] == ' ');
    }
}

TEST(print_is_one_call_cut_to_a_line) {
    char text[2 * PRINT_LINE_SIZE];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    print("%s", text);
    CHECK(print_calls == 1);
    CHECK(strlen(printed()) == PRINT_LINE_SIZE - 1);
    print("%s is task %d\r\n", "train", 4);
    CHECK_TEXT(printed(), "train is task 4\r\n");
}

TEST(fail_prints_and_ends_the_task) {
    CHECK_ENDS_TASK(fail("task %d gives up\r\n", 7), "task 7 gives up\r\n");
}
