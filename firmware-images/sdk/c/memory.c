/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes and NUL-terminated text. Built with -fno-tree-loop-distribute-patterns:
 * else the compiler makes memcpy call memcpy. */
#include "trainsos.h"

void *memcpy(void *to, const void *from, size_t length) {
    char *target = to;
    const char *source = from;
    bool words = (((uintptr_t)to | (uintptr_t)from) & 7) == 0;
    size_t i = 0;
    for (; words && length - i >= 8; i += 8) {
        *(uint64_t *)(void *)(target + i) = *(const uint64_t *)(const void *)(source + i);
    }
    for (; i < length; i++) {
        target[i] = source[i];
    }
    return to;
}

void *memset(void *to, int value, size_t length) {
    char *target = to;
    for (size_t i = 0; i < length; i++) {
        target[i] = (char)value;
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t length) {
    const unsigned char *left = a;
    const unsigned char *right = b;
    for (size_t i = 0; i < length; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

size_t text_length(const char *text) {
    size_t length = 0;
    while (text[length] != '\0') {
        length++;
    }
    return length;
}

bool text_equal(const char *a, const char *b) {
    size_t i = 0;
    while (a[i] != '\0' && a[i] == b[i]) {
        i++;
    }
    return a[i] == b[i];
}
