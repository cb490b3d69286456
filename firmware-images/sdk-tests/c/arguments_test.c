/* SPDX-License-Identifier: Apache-2.0 */
/* Argument blocks, which a task must take as it finds them. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define BLOCK(text) (&(struct arguments){(text), sizeof(text) - 1})

TEST(a_value_is_found_by_its_key) {
    const struct arguments *args = BLOCK("PROGRAM\0hello\0N\00012\0");
    CHECK_TEXT(argument_text(args, "PROGRAM", "?"), "hello");
    CHECK_TEXT(argument_text(args, "N", "?"), "12");
    CHECK_TEXT(argument_text(args, "NAME", "?"), "?");
    CHECK(argument_text(args, "hello", NULL) == NULL);
    CHECK(argument_text(args, "PROG", NULL) == NULL && argument_text(args, "PROGRAMS", NULL) == NULL);
}

TEST(the_last_pair_of_a_key_counts) {
    CHECK_TEXT(argument_text(BLOCK("A\0first\0B\0x\0A\0last\0"), "A", "?"), "last");
}

TEST(keys_and_values_may_be_empty) {
    CHECK_TEXT(argument_text(BLOCK("A\0\0B\0b\0"), "A", "?"), "");
    CHECK_TEXT(argument_text(BLOCK("A\0\0B\0b\0"), "B", "?"), "b");
    CHECK_TEXT(argument_text(BLOCK("\0nameless\0"), "", "?"), "nameless");
}

TEST(an_empty_block_has_nothing) {
    const struct arguments none = {NULL, 0};
    CHECK_TEXT(argument_text(&none, "A", "?"), "?");
    CHECK(argument_number(&none, "A", 5, 0, 9) == 5);
}

/* Each block lies in memory of exactly its length: a read behind it is seen by the sanitizer. */
TEST(a_block_cut_anywhere_is_read_as_far_as_it_is_whole) {
    const char whole[] = "A\0one\0B\0two\0A\0three";
    for (size_t length = 0; length <= sizeof whole; length++) {
        char *block = malloc(length == 0 ? 1 : length);
        memcpy(block, whole, length);
        const struct arguments args = {block, length};
        CHECK_TEXT(argument_text(&args, "A", "?"), length < 6 ? "?" : length < 20 ? "one" : "three");
        CHECK_TEXT(argument_text(&args, "B", "?"), length < 12 ? "?" : "two");
        free(block);
    }
}

TEST(numbers_are_taken_from_the_least_to_the_most) {
    const struct arguments *args = BLOCK("LOW\0003\0HIGH\0009\0BIG\0009999999999999999999\0ZEROS\0007\0");
    CHECK(argument_number(args, "LOW", 0, 3, 9) == 3);
    CHECK(argument_number(args, "HIGH", 0, 3, 9) == 9);
    CHECK(argument_number(args, "NONE", 5, 6, 9) == 5);
    CHECK(argument_number(args, "BIG", 0, 0, UINT64_MAX) == 9999999999999999999u);
}

static void check_refused(const char *value) {
    char block[64] = "N";
    memcpy(block + 2, value, strlen(value) + 1);
    const struct arguments args = {block, 2 + strlen(value) + 1};
    char line[128];
    format(line, sizeof line, "task 7: argument N=%s is not a number from 3 to 9\r\n", value);
    CHECK_ENDS_TASK(argument_number(&args, "N", 0, 3, 9), line);
}

TEST(what_is_no_number_in_range_ends_the_task_with_a_line) {
    const char *const values[] = {"2", "10", "", "-3", "+3", " 3", "3 ", "0x3", "3.0", "three",
                                  "00000000000000000003", "18446744073709551619"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        check_refused(values[i]);
    }
}

TEST(pairs_are_added_with_their_nuls) {
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "child");
    argument_add_number(&block, "N", UINT64_MAX);
    argument_add(&block, "EMPTY", "");
    CHECK_BYTES(block.bytes, block.length, "PROGRAM\0child\0N\00018446744073709551615\0EMPTY\0\0");
}

TEST(a_block_is_filled_to_its_last_byte_and_no_further) {
    char value[ARGUMENT_BLOCK_SIZE];
    memset(value, 'v', sizeof value);
    value[ARGUMENT_BLOCK_SIZE - 3] = '\0';
    struct argument_block block = {.length = 0};
    argument_add(&block, "K", value);
    CHECK(block.length == ARGUMENT_BLOCK_SIZE);
    CHECK_ENDS_TASK(argument_add(&block, "", ""), "task 7: no room for argument \r\n");

    value[ARGUMENT_BLOCK_SIZE - 3] = 'v';
    value[ARGUMENT_BLOCK_SIZE - 2] = '\0';
    block.length = 0;
    CHECK_ENDS_TASK(argument_add(&block, "K", value), "task 7: no room for argument K\r\n");
    CHECK(block.length == 0);
}

TEST(a_program_is_created_by_its_name) {
    answer_result = 12;
    CHECK(create_program(3, "echo") == 12);
    CHECK(given.tid == 3);
    CHECK_BYTES(given.bytes, given.length, "PROGRAM\0echo\0");
    answer_result = -2;
    CHECK(create_program(3, "echo") == -2);
}

void sdk_start(const char *block, size_t length);

TEST(the_start_code_hands_the_block_to_the_program) {
    const char block[] = "A\0b";
    sdk_start(block, sizeof block);
    CHECK(arguments_of_program.block == block && arguments_of_program.length == sizeof block);
}
