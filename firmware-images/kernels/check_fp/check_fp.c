/* SPDX-License-Identifier: Apache-2.0 */
/* FP and SIMD, exclusives, cache maintenance, and the A72's own registers. */
#include "catch.h"

const int stay_at_el2 = 0;
static volatile uint64_t word = 7;

static void floating_point(void) {
  uint64_t bits;
  asm volatile("fmov d0, #1.5\n fmov d1, #2.0\n fmul d2, d0, d1\n fmov %0, d2"
               : "=r"(bits)::"v0", "v1", "v2");
  check_equal(bits, 0x4008000000000000, "1.5 * 2.0");
  asm volatile("movi v3.4s, #3\n movi v4.4s, #4\n add v5.4s, v3.4s, v4.4s\n addv s6, v5.4s\n"
               "fmov %w0, s6" : "=r"(bits)::"v3", "v4", "v5", "v6");
  check_equal(bits & 0xFFFFFFFF, 28, "four sums of SIMD");
  asm volatile("fmov d7, #1.0\n svc #1\n fmov %0, d7" : "=r"(bits)::"v7");
  check_equal(bits, 0x3FF0000000000000, "an exception leaves FP registers alone");
}

static void exclusives(void) {
  uint64_t old;
  uint32_t failed;
  asm volatile("ldxr %0, [%2]\n add %0, %0, #1\n stxr %w1, %0, [%2]"
               : "=&r"(old), "=&r"(failed) : "r"(&word) : "memory");
  check_equal(failed, 0, "store-exclusive after load-exclusive");
  check_equal(word, 8, "its result");
  asm volatile("ldxr %0, [%2]\n clrex\n stxr %w1, %0, [%2]"
               : "=&r"(old), "=&r"(failed) : "r"(&word) : "memory");
  check_equal(failed, 1, "store-exclusive after clrex");
  asm volatile("ldxr %0, [%2]\n svc #1\n stxr %w1, %0, [%2]"
               : "=&r"(old), "=&r"(failed) : "r"(&word) : "memory");
  check_equal(failed, 1, "store-exclusive after an exception's return");
}

static void maintenance(void) {
  catch_reset();
  asm volatile("dc civac, %0\n dc cvau, %0\n ic iallu\n ic ivau, %0\n dsb sy\n isb" ::"r"(&word));
  asm volatile("dmb sy\n prfm pldl1keep, [%0]" ::"r"(&word));
  check_equal(word, 7, "memory after cache maintenance");
  uint64_t line = 4ul << (READ(dczid_el0) & 15);
  check_equal(line, 64, "bytes that DC ZVA zeroes");
  uint64_t set = READ(S3_1_C15_C2_1); /* CPUECTLR_EL1 */
  WRITE(S3_1_C15_C2_1, set | 1 << 6);
  check_equal(READ(S3_1_C15_C2_1), set | 1 << 6, "CPUECTLR_EL1 keeps SMPEN");
  check_equal(READ(S3_1_C11_C0_2) >> 24 & 3, 3, "L2CTLR_EL1 tells of four cores");
  check_equal(caught.count, 0, "none of that is an exception");
}

/* Code that is written at run time: a function that returns 1, then 2. */
static void changing_code(void) {
  static uint32_t code[2] __attribute__((aligned(64)));
  uint64_t (*function)(void) = (uint64_t (*)(void))code;
  for (uint32_t value = 1; value <= 3; value++) {
    code[0] = 0xD2800000 | value << 5; /* mov x0, #value */
    code[1] = 0xD65F03C0;              /* ret */
    asm volatile("dc cvau, %0\n dsb ish\n ic ivau, %0\n dsb ish\n isb" ::"r"(code) : "memory");
    check_equal(function(), value, "code written at run time");
  }
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  floating_point();
  maintenance();
  changing_code();
  mmu_start();
  exclusives();
  return checks_failed("check_fp");
}
