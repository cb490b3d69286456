/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Uses FP at EL1 while CPACR_EL1.FPEN forbids it: an exception (Arm Architecture Reference Manual
 * for A-profile, D19.2.30), of which the emulator also warns. Then allows it, and uses it again by
 * the same code; and forbids it again.
 */
#include "catch.h"

const int stay_at_el2 = 0;
enum { TRAPPED = 0x1FE00000 };
#define HERE(label) ({ extern const char label[]; (uint64_t)label; })

static void allow(uint64_t fpen) {
  WRITE(cpacr_el1, fpen << 20);
  ISB();
  catch_reset();
}

/* 2^10 halves to 1.0; leaves the register alone where it traps. */
__attribute__((noinline)) static uint64_t add_up(void) {
  uint64_t sum = 7;
  asm volatile("mov x10, #1\n at_first: fmov d0, #1.0\n fmov d1, #0.5\n mov x9, #0x400\n"
               "1: fadd d0, d0, d1\n subs x9, x9, #1\n b.ne 1b\n fmov %0, d0"
               : "+r"(sum)::"x9", "x10", "v0", "v1", "cc");
  return sum;
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  for (int round = 0; round < 3; round++) {
    allow(0);
    check_equal(add_up(), 7, "FP that is forbidden does nothing");
    check_equal(caught.count, 1024 + 3, "each use is an exception");
    check_equal(caught.esr, TRAPPED, "FP that is forbidden: ESR");
    check_equal(caught.vector, VECTOR_SAME_SYNC, "FP that is forbidden: vector");
    allow(0);
    asm volatile("mov x10, #2\n at_load: ldr q0, [%0]\n mrs x9, fpcr" ::"r"(&caught) : "v0", "x9", "x10",
                 "memory");
    check_equal(caught.count, 2, "loads and FPCR are FP too");
    check_equal(caught.elr, HERE(at_load) + 4, "FPCR: ELR");
    allow(3);
    check_equal(add_up(), 0x4080080000000000, "1 + 2^10 * 0.5");
    check_equal(caught.count, 0, "FP that is allowed");
  }
  return checks_failed("check_fp_disabled");
}
