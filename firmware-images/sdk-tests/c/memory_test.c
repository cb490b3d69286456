/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that the compiler calls, under other names beside the C library's. */
#include <string.h>

#include "check.h"

void *sdk_memcpy(void *to, const void *from, size_t length);
void *sdk_memset(void *to, int value, size_t length);
int sdk_memcmp(const void *a, const void *b, size_t length);

enum { LONGEST = 40, OFFSETS = 9, GUARD = 16, ROOM = LONGEST + OFFSETS + GUARD };

static void fill(unsigned char *bytes, unsigned first) {
    for (unsigned i = 0; i < ROOM; i++) {
        bytes[i] = (unsigned char)(first + i);
    }
}

TEST(memcpy_copies_every_length_at_every_alignment_and_nothing_else) {
    for (size_t to = 0; to < OFFSETS; to++) {
        for (size_t from = 0; from < OFFSETS; from++) {
            for (size_t length = 0; length <= LONGEST; length++) {
                _Alignas(16) unsigned char target[ROOM];
                _Alignas(16) unsigned char source[ROOM];
                unsigned char expected[ROOM];
                fill(target, 100);
                fill(expected, 100);
                fill(source, 1);
                memcpy(expected + to, source + from, length);
                CHECK(sdk_memcpy(target + to, source + from, length) == target + to);
                CHECK(memcmp(target, expected, ROOM) == 0);
            }
        }
    }
}

TEST(memset_sets_every_length_and_nothing_else) {
    for (size_t to = 0; to < OFFSETS; to++) {
        for (size_t length = 0; length <= LONGEST; length++) {
            unsigned char target[ROOM];
            unsigned char expected[ROOM];
            fill(target, 100);
            fill(expected, 100);
            memset(expected + to, 0x1A5, length);
            CHECK(sdk_memset(target + to, 0x1A5, length) == target + to);
            CHECK(memcmp(target, expected, ROOM) == 0);
        }
    }
}

TEST(memcmp_compares_unsigned_bytes_up_to_the_length) {
    CHECK(sdk_memcmp("abc", "abc", 3) == 0);
    CHECK(sdk_memcmp("abc", "abd", 3) < 0);
    CHECK(sdk_memcmp("abd", "abc", 3) > 0);
    CHECK(sdk_memcmp("abc", "abd", 2) == 0);
    CHECK(sdk_memcmp("a\0b", "a\0c", 3) < 0);
    CHECK(sdk_memcmp("\x7f", "\x80", 1) < 0);
    CHECK(sdk_memcmp("\xff", "\x01", 1) > 0);
    CHECK(sdk_memcmp("x", "y", 0) == 0);
}

TEST(text_is_measured_and_compared_up_to_its_nul) {
    CHECK(text_length("") == 0);
    CHECK(text_length("train\0set") == 5);
    CHECK(text_equal("", ""));
    CHECK(text_equal("train", "train\0set"));
    CHECK(!text_equal("train", "trains") && !text_equal("trains", "train"));
    CHECK(!text_equal("", "a") && !text_equal("train", "Train"));
}
