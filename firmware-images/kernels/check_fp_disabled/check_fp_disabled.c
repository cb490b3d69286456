/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Uses FP while CPACR_EL1.FPEN forbids it: an exception on the chip, a warning of the emulator's. Then
 * allows it, and uses it again.
 */
#include "catch.h"

const int stay_at_el2 = 0;

/* Some milliseconds of sums, each of which changes d0. */
static void add_up(void) {
  uint64_t sum;
  asm volatile("fmov d0, #1.0\n fmov d1, #0.5\n mov x9, #0x200000\n"
               "1: fadd d0, d0, d1\n subs x9, x9, #1\n b.ne 1b\n fmov %0, d0"
               : "=r"(sum)::"x9", "v0", "v1", "cc");
  check_equal(sum, 0x4130000100000000, "1 + 0.5 * 2^21");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  WRITE(cpacr_el1, 0);
  ISB();
  add_up();
  WRITE(cpacr_el1, 3 << 20);
  ISB();
  add_up();
  return checks_failed("check_fp_disabled");
}
