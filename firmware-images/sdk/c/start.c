/* SPDX-License-Identifier: Apache-2.0 */
/* Where a program begins, and the arguments it was created with. */
#include "trainsos.h"

/* The loader calls this with the argument block and exits the task when it
 * returns (loader/src/loader.c, load_elf, 9d49562). */
void _start(const char *block, size_t length) {
    struct arguments args = {block, length};
    program_main(&args);
}

/* Length of the NUL-terminated text at `at`, or -1 if the block ends first. */
static long bounded_length(const struct arguments *args, size_t at) {
    for (size_t i = at; i < args->length; i++) {
        if (args->block[i] == '\0') {
            return (long)(i - at);
        }
    }
    return -1;
}

const char *argument_text(const struct arguments *args, const char *key, const char *fallback) {
    const char *found = fallback;
    size_t at = 0;
    while (at < args->length) {
        long key_length = bounded_length(args, at);
        if (key_length < 0) {
            break;
        }
        size_t value_at = at + (size_t)key_length + 1;
        long value_length = bounded_length(args, value_at);
        if (value_length < 0) {
            break;
        }
        if (text_equal(args->block + at, key)) {
            found = args->block + value_at;
        }
        at = value_at + (size_t)value_length + 1;
    }
    return found;
}

/* Decimal digits only, at most 19 of them so that the sum cannot overflow. */
static bool parse_number(const char *text, uint64_t *number) {
    enum { MOST_DIGITS = 19 };
    size_t length = text_length(text);
    if (length == 0 || length > MOST_DIGITS) {
        return false;
    }
    uint64_t sum = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        sum = sum * 10 + (uint64_t)(text[i] - '0');
    }
    *number = sum;
    return true;
}

uint64_t argument_number(const struct arguments *args, const char *key, uint64_t fallback,
                         uint64_t least, uint64_t most) {
    const char *text = argument_text(args, key, NULL);
    if (text == NULL) {
        return fallback;
    }
    uint64_t number;
    if (!parse_number(text, &number) || number < least || number > most) {
        fail("task %d: argument %s=%s is not a number from %lu to %lu\r\n", ke_my_tid(), key, text,
             least, most);
    }
    return number;
}

void argument_add(struct argument_block *block, const char *key, const char *value) {
    size_t key_size = text_length(key) + 1;
    size_t value_size = text_length(value) + 1;
    if (key_size + value_size > ARGUMENT_BLOCK_SIZE - block->length) {
        fail("task %d: no room for argument %s\r\n", ke_my_tid(), key);
    }
    memcpy(block->bytes + block->length, key, key_size);
    memcpy(block->bytes + block->length + key_size, value, value_size);
    block->length += key_size + value_size;
}

void argument_add_number(struct argument_block *block, const char *key, uint64_t value) {
    char digits[24];
    format(digits, sizeof digits, "%lu", value);
    argument_add(block, key, digits);
}

int create_program(int priority, const char *program) {
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", program);
    return create_with(priority, &block);
}

int create_with(int priority, const struct argument_block *block) {
    return ke_create(priority, block->bytes, block->length);
}
