/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long code takes by what SCTLR_ELx lets the caches hold (Arm Architecture Reference Manual for
 * A-profile, D19.2, SCTLR_ELx.M, C and I): at EL2, at EL1, and from the first instruction after an
 * exception and its return on. Nanoseconds an instruction are UNCACHED with I clear, INSTRUCTIONS
 * with I set, CACHED with M, C and I set.
 */
#include "catch.h"

enum { CACHED = 1, INSTRUCTIONS = 8, UNCACHED = 30, TURNS = 4500, LOOP = 2 * TURNS, MHZ = 54 };
enum { M = 1 << 0, C = 1 << 2, I = 1 << 12 };
enum { TO_EL1 = 0x3C5, TO_EL2 = 0x3C9 };
const int stay_at_el2 = 1;
static uint64_t begun;

static void begin(void) {
  begun = READ(cntpct_el0);
}

/* LOOP instructions in blocks of two. */
static inline __attribute__((always_inline)) void loop(void) {
  uint64_t left = TURNS;
  asm volatile("1: subs %0, %0, #1\n b.ne 1b" : "+r"(left)::"cc");
}

/* That has taken what so many instructions take, but for a few others. */
static void took(uint64_t instructions, uint64_t nanos, const char *what) {
  uint64_t passed = (READ(cntpct_el0) - begun) * 1000 / MHZ;
  uint64_t expected = instructions * nanos;
  if (passed < expected || passed > expected + expected / 20 + 60 * UNCACHED) {
    check_equal(passed, expected, what);
  } else {
    check(true, what);
  }
}

static void timed(uint64_t nanos, const char *what) {
  begin();
  loop();
  took(LOOP, nanos, what);
}

static void el2_control(uint64_t set) {
  WRITE(sctlr_el2, (READ(sctlr_el2) & ~(uint64_t)(M | C | I)) | set);
  ISB();
}

static void el1_control(uint64_t set) {
  WRITE(sctlr_el1, 0x30D00800 | set);
  ISB();
}

/* The identity map of mmu_start for EL2 as well (TCR_EL2: 32 bits of address, 4 KiB pages). */
static void map(void) {
  mmu_start();
  WRITE(mair_el2, 0xFF00);
  WRITE(tcr_el2, 1u << 31 | 1 << 23 | 3 << 12 | 1 << 10 | 1 << 8 | 32);
  WRITE(ttbr0_el2, mmu_level1);
  asm volatile("tlbi alle2\n dsb sy\n isb" ::: "memory");
}

static void at_el2(void) {
  timed(UNCACHED, "EL2 as the firmware leaves it");
  el2_control(I);
  timed(INSTRUCTIONS, "EL2 with I");
  el2_control(C);
  timed(UNCACHED, "EL2 with C");
  el2_control(I | C);
  timed(INSTRUCTIONS, "EL2 with I and C, the MMU off");
  el2_control(M | C);
  timed(UNCACHED, "EL2 with M and C");
  el2_control(M | I);
  timed(INSTRUCTIONS, "EL2 with M and I");
  el2_control(M | C | I);
  timed(CACHED, "EL2 with M, C and I");
}

/* A loop at EL1 between two at EL2: the times of all three are in the sum. */
static void at_el1(uint64_t el2_nanos, uint64_t el1_nanos, const char *what) {
  extern const char el1_loop[], back[];
  catch_reset();
  caught_pc = (uint64_t)back;
  caught_pstate = TO_EL2;
  WRITE(elr_el2, el1_loop);
  WRITE(spsr_el2, TO_EL1);
  ISB();
  begin();
  loop();
  asm volatile("eret\n"
               ".globl el1_loop\n el1_loop: mov x7, %0\n"
               "1: subs x7, x7, #1\n b.ne 1b\n"
               "hvc #0\n"
               ".globl back\n back:" ::"r"((uint64_t)TURNS)
               : "x7", "cc", "memory");
  loop();
  took(1, 2 * LOOP * el2_nanos + LOOP * el1_nanos, what);
  caught_pc = 0;
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  WRITE(hcr_el2, 1ul << 31);
  WRITE(cnthctl_el2, 3);
  map();
  el1_control(0);
  at_el2();
  at_el1(CACHED, UNCACHED, "EL2 cached, EL1 not");
  el1_control(I);
  at_el1(CACHED, INSTRUCTIONS, "EL2 cached, EL1 with I");
  el2_control(0);
  el1_control(M | C | I);
  at_el1(UNCACHED, CACHED, "EL1 cached, EL2 not");
  at_el1(UNCACHED, CACHED, "the same again, its code translated");
  el2_control(M | C | I);
  return checks_failed("check_caches");
}
