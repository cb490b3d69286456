/* SPDX-License-Identifier: Apache-2.0 */
/* A program with what drivers do wrong: behind a line what it is told. */
#include "trainsos.h"

static volatile uint32_t *const spi0 = (volatile uint32_t *)0xFE204000;

__attribute__((noinline)) static void put(uint32_t byte) {
    spi0[1] = byte; /* told: while CS.TA = 0 is not sent */
}

void program_main(const struct arguments *args) {
    (void)args;
    put(3); /* told: by tid 1 */
}
