/* SPDX-License-Identifier: Apache-2.0 */
/* Entry: recursive fib(N), N = 34. Built so that each call stays a call. */
#include "trainsos.h"

static uint64_t fib(uint64_t n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

void program_main(const struct arguments *args) {
    uint64_t n = argument_number(args, "N", 34, 0, 50);
    print("fib(%lu) = %lu\r\n", n, fib(n));
}
