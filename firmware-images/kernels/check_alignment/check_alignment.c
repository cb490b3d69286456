/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Alignment of data (Arm Architecture Reference Manual for A-profile, B2.9 "Alignment support" and
 * ESR_ELx: a data abort with DFSC 0x21): all accesses while the MMU is off, where SCTLR.A is set
 * and in memory that is mapped as device memory; exclusive and ordered ones anywhere. An
 * instruction that faults has done nothing. From EL1 and EL0, or from EL2 (AT_EL2).
 */
#include "catch.h"

#ifdef AT_EL2
const int stay_at_el2 = 1;
#define NAME "check_alignment_el2"
#else
const int stay_at_el2 = 0;
#define NAME "check_alignment"
#endif

enum { SAME = 0x25, BELOW = 0x24, LOAD = 0, STORE = 1 << 6, ALIGNMENT = 0x21, NEVER = -1 };
enum { SCTLR_M = 1 << 0, SCTLR_A = 1 << 1, SCTLR_DZE = 1 << 14 };
enum { LEVEL3_NORMAL = 1 << 2 };

/* What an access does in the present regime. */
static struct { bool all, clear; } faults;
static uint8_t memory[4096] __attribute__((aligned(4096)));
#define M ((uint64_t)memory)

static void expect(bool fault, uint64_t far, uint64_t store, uint64_t pc, const char *what) {
  check_equal(caught.count, fault, what);
  if (fault && caught.count) {
    check_equal(caught.esr, (uint64_t)SAME << 26 | 1 << 25 | store | ALIGNMENT, what);
    check_equal(caught.far, far, what);
    check_equal(caught.elr, pc, what);
  }
}

/* An instruction with x1 as its base and x2 = 3, whose access is `away` from x1. */
#define TRY(fault, text, base, away, store)                                                        \
  do {                                                                                             \
    register uint64_t x1_ asm("x1") = (base), x2_ asm("x2") = 3, pc_ asm("x3");                    \
    catch_reset();                                                                                 \
    asm volatile("adr x3, 1f\n mov x9, #9\n mov x10, #9\n 1: " text                                \
                 : "+r"(x1_), "=r"(pc_)                                                            \
                 : "r"(x2_)                                                                        \
                 : "x9", "x10", "x11", "v0", "v1", "v2", "memory");                                \
    uint64_t after_ = x1_, here_ = pc_;                                                            \
    expect(fault, (base) + (uint64_t)(away), store, here_, text);                                  \
    if (fault) {                                                                                   \
      check_equal(after_, (base), "base of " text);                                                \
    }                                                                                              \
  } while (0)

static __attribute__((noinline)) void registers(void) {
  bool all = faults.all;
  TRY(false, "ldr x9, [x1]", M + 8, 0, LOAD);
  TRY(all, "ldr x9, [x1]", M + 1, 0, LOAD);
  TRY(all, "ldr x9, [x1]", M + 4, 0, LOAD);
  TRY(all, "ldr w9, [x1, #4]", M + 2, 4, LOAD);
  TRY(false, "ldr w9, [x1]", M + 4, 0, LOAD);
  TRY(all, "ldrh w9, [x1]", M + 1, 0, LOAD);
  TRY(false, "ldrb w9, [x1]", M + 1, 0, LOAD);
  TRY(all, "ldrsh x9, [x1]", M + 7, 0, LOAD);
  TRY(all, "ldrsw x9, [x1]", M + 2, 0, LOAD);
  TRY(all, "ldur x9, [x1, #-1]", M + 8, -1, LOAD);
  TRY(false, "ldur x9, [x1, #-1]", M + 9, -1, LOAD);
  TRY(all, "ldtr x9, [x1]", M + 4, 0, LOAD);
  TRY(all, "ldr x9, [x1, x2, lsl #3]", M + 1, 24, LOAD);
  TRY(all, "ldr x9, [x1, x2]", M + 8, 3, LOAD);
  TRY(all, "ldr x9, [x1, #8]!", M + 1, 8, LOAD);
  TRY(all, "ldr x9, [x1], #8", M + 1, 0, LOAD);
  TRY(all, "ldr x1, [x1]", M + 3, 0, LOAD);
  TRY(all, "str x9, [x1]", M + 4, 0, STORE);
  TRY(all, "str w9, [x1, #4]!", M + 3, 4, STORE);
  TRY(all, "strh w9, [x1], #1", M + 3, 0, STORE);
  TRY(false, "strb w9, [x1], #1", M + 3, 0, STORE);
  TRY(all, "stur x9, [x1, #7]", M, 7, STORE);
  /* Over the end of a page. */
  TRY(all, "ldr x9, [x1]", M + 4092, 0, LOAD);
  TRY(all, "str w9, [x1]", M + 2047, 0, STORE);
}

static __attribute__((noinline)) void pairs(void) {
  bool all = faults.all;
  TRY(false, "ldp x9, x10, [x1]", M + 8, 0, LOAD);
  TRY(all, "ldp x9, x10, [x1, #-16]", M + 20, -16, LOAD);
  TRY(false, "ldp w9, w10, [x1]", M + 4, 0, LOAD);
  TRY(all, "ldp w9, w10, [x1]", M + 2, 0, LOAD);
  TRY(all, "ldpsw x9, x10, [x1]", M + 6, 0, LOAD);
  TRY(all, "stp x9, x10, [x1, #16]!", M + 4, 16, STORE);
  TRY(all, "ldp x9, x10, [x1], #16", M + 4, 0, LOAD);
  TRY(all, "ldnp x9, x10, [x1]", M + 4, 0, LOAD);
}

static __attribute__((noinline)) void vectors_of_bytes(void) {
  bool all = faults.all;
  TRY(false, "ldr b0, [x1]", M + 1, 0, LOAD);
  TRY(all, "ldr h0, [x1]", M + 1, 0, LOAD);
  TRY(all, "ldr s0, [x1]", M + 2, 0, LOAD);
  TRY(all, "ldr d0, [x1]", M + 4, 0, LOAD);
  TRY(false, "ldr d0, [x1]", M + 8, 0, LOAD);
  TRY(all, "ldr q0, [x1]", M + 4, 0, LOAD);
  TRY(false, "ldr q0, [x1]", M + 16, 0, LOAD);
  TRY(all, "str q0, [x1, #16]!", M + 1, 16, STORE);
  TRY(all, "ldp d0, d1, [x1]", M + 4, 0, LOAD);
  TRY(false, "ldp d0, d1, [x1]", M + 8, 0, LOAD);
  TRY(all, "stp q0, q1, [x1]", M + 4, 0, STORE);
  TRY(false, "ldp q0, q1, [x1]", M + 16, 0, LOAD);
  TRY(false, "ld1 {v0.16b}, [x1]", M + 1, 0, LOAD);
  TRY(false, "st1 {v0.16b, v1.16b}, [x1]", M + 3, 0, STORE);
  TRY(all, "ld1 {v0.8h}, [x1]", M + 1, 0, LOAD);
  TRY(false, "ld1 {v0.8h}, [x1]", M + 2, 0, LOAD);
  TRY(all, "ld1 {v0.4s}, [x1]", M + 2, 0, LOAD);
  TRY(false, "ld1 {v0.4s}, [x1]", M + 4, 0, LOAD);
  TRY(all, "ld1 {v0.2d}, [x1], #16", M + 4, 0, LOAD);
  TRY(false, "ld1 {v0.2d}, [x1]", M + 8, 0, LOAD);
  TRY(all, "ld2 {v0.4s, v1.4s}, [x1]", M + 2, 0, LOAD);
  TRY(all, "st3 {v0.8h, v1.8h, v2.8h}, [x1]", M + 1, 0, STORE);
  TRY(all, "ld1 {v0.s}[1], [x1]", M + 2, 0, LOAD);
  TRY(false, "ld1 {v0.b}[3], [x1]", M + 1, 0, LOAD);
  TRY(all, "ld1r {v0.2d}, [x1]", M + 4, 0, LOAD);
  TRY(all, "st1 {v0.h}[2], [x1]", M + 1, 0, STORE);
}

/* A quad word aligned to 8 bytes: two halves that are. */
static __attribute__((noinline)) void quad_words(void) {
  bool all = faults.all;
  TRY(all, "ldr q0, [x1]", M + 8, 0, LOAD);
  TRY(all, "str q0, [x1, #32]", M + 8, 32, STORE);
  TRY(all, "ldp q0, q1, [x1, #32]!", M + 8, 32, LOAD);
}

static __attribute__((noinline)) void always_checked(void) {
  TRY(false, "ldar x9, [x1]", M + 8, 0, LOAD);
  TRY(true, "ldar x9, [x1]", M + 4, 0, LOAD);
  TRY(true, "ldar w9, [x1]", M + 2, 0, LOAD);
  TRY(true, "ldarh w9, [x1]", M + 1, 0, LOAD);
  TRY(false, "ldarb w9, [x1]", M + 1, 0, LOAD);
  TRY(true, "stlr x9, [x1]", M + 1, 0, STORE);
  TRY(true, "stlr w9, [x1]", M + 2, 0, STORE);
  TRY(true, "stlrh w9, [x1]", M + 3, 0, STORE);
  TRY(false, "stlrb w9, [x1]", M + 3, 0, STORE);
  TRY(true, "ldxr x9, [x1]", M + 4, 0, LOAD);
  TRY(true, "ldaxr w9, [x1]", M + 2, 0, LOAD);
  TRY(true, "ldxrh w9, [x1]", M + 1, 0, LOAD);
  TRY(true, "ldxp x9, x10, [x1]", M + 8, 0, LOAD);
  TRY(true, "ldaxp w9, w10, [x1]", M + 4, 0, LOAD);
  TRY(true, "stxr w11, x9, [x1]", M + 4, 0, STORE);
  TRY(true, "stlxr w11, w9, [x1]", M + 2, 0, STORE);
  TRY(true, "stxp w11, x9, x10, [x1]", M + 8, 0, STORE);
}

static __attribute__((noinline)) void clearing(void) {
  for (int n = 0; n < 256; n++) {
    memory[n] = 0xAA;
  }
  TRY(faults.clear, "dc zva, x1", M + 72, 0, STORE);
  check_equal(memory[64], faults.clear ? 0xAA : 0, "first byte of the block");
  check_equal(memory[127], faults.clear ? 0xAA : 0, "last byte of the block");
  check_equal(memory[63] + memory[128], 2 * 0xAA, "bytes beside the block");
}

static __attribute__((noinline)) void nothing_is_done(void) {
  for (int n = 0; n < 64; n++) {
    memory[n] = (uint8_t)n;
  }
  uint64_t value = 7, steps = 0, other = 3;
  catch_reset();
  asm volatile("add %1, %1, #1\n ldr %0, [%3]\n add %1, %1, #1\n str %2, [%3, #8]\n add %1, %1, #1"
               : "+r"(value), "+r"(steps), "+r"(other)
               : "r"(M + 1)
               : "memory");
  check_equal(caught.count, 2, "a load and a store");
  check_equal(value, 7, "a load that failed leaves its register");
  check_equal(steps, 3, "what is around it is done once");
  for (int n = 0; n < 64; n++) {
    check_equal(memory[n], (uint64_t)n, "memory after a store that failed");
  }
  /* The first of two whose registers look the same afterwards. */
  *(volatile uint64_t *)(M + 8) = M + 3;
  uint64_t x1 = M + 8, first;
  catch_reset();
  asm volatile("adr %1, 1f\n ldr %0, [%0]\n 1: ldr %0, [%0]\n ldr x9, [%0]"
               : "+r"(x1), "=&r"(first) :: "x9", "memory");
  check_equal(caught.count, 2, "two loads by a register that was loaded");
  check_equal(caught.elr, first + 4, "the second of them");
}

/* UARTFR is a register of 32 bits. */
static __attribute__((noinline)) void devices(void) {
  uint64_t fr = UART_FR;
  TRY(false, "ldr w9, [x1]", fr, 0, LOAD);
  TRY(true, "ldr w9, [x1]", fr + 1, 0, LOAD);
  TRY(true, "ldr w9, [x1, #2]", fr, 2, LOAD);
  TRY(true, "ldr x9, [x1]", fr + 4, 0, LOAD);
  TRY(true, "ldrh w9, [x1]", fr + 1, 0, LOAD);
  TRY(true, "str w9, [x1]", UART_DR + 2, 0, STORE);
  TRY(true, "str x9, [x1]", UART_DR - 4, 0, STORE);
}

static void all_kinds(bool all, bool clear) {
  faults.all = all;
  faults.clear = clear;
  registers();
  pairs();
  vectors_of_bytes();
  always_checked();
  clearing();
  if (all) {
    nothing_is_done();
  }
}

#ifdef AT_EL2
#define READ_CONTROL() READ(sctlr_el2)
static void write_control(uint64_t value) {
  WRITE(sctlr_el2, value);
  ISB();
}

static void forget_page(void) {
  asm volatile("dsb ishst\n tlbi alle2\n dsb ish\n isb" ::: "memory");
}

/* The tables of EL1, read by EL2's registers. */
static void start_mmu(void) {
  mmu_start();
  WRITE(mair_el2, READ(mair_el1));
  WRITE(tcr_el2, 1ul << 31 | 1 << 23 | 1ul << 16 | 3 << 12 | 1 << 10 | 1 << 8 | 32);
  WRITE(ttbr0_el2, mmu_level1);
  forget_page();
  write_control(READ_CONTROL() | 1 << 0 | 1 << 2 | 1 << 12);
}
#else
#define READ_CONTROL() READ(sctlr_el1)
static void write_control(uint64_t value) {
  WRITE(sctlr_el1, value);
  ISB();
}

static void forget_page(void) {
  asm volatile("dsb ishst\n tlbi vmalle1\n dsb ish\n isb" ::: "memory");
}

static void start_mmu(void) {
  mmu_start();
}

static uint8_t user_stack[4096] __attribute__((aligned(16)));

/* EL0 loads from an address. */
static __attribute__((noinline)) void at_el0(uint64_t address, bool fault, const char *what) {
  extern const char user_code[], user_load[], from_user[];
  register uint64_t x1 asm("x1") = address;
  WRITE(elr_el1, user_code);
  WRITE(spsr_el1, 0ul);
  WRITE(sp_el0, user_stack + 4096);
  catch_reset();
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C5;
  asm volatile("eret\n user_code: mov x2, #1\n user_load: ldr x2, [x1]\n svc #1\n from_user:" ::"r"(x1)
               : "x2", "memory");
  caught_pc = 0;
  check_equal(caught.vector, VECTOR_LOWER_SYNC, what);
  check_equal(caught.esr >> 26, fault ? BELOW : 0x15, what);
  if (fault) {
    check_equal(caught.esr, (uint64_t)BELOW << 26 | 1 << 25 | ALIGNMENT, what);
    check_equal(caught.far, address, what);
    check_equal(caught.elr, (uint64_t)user_load, what);
  }
}
#endif

static void map_memory(uint64_t attribute) {
  uint64_t *entry = &mmu_level3[M >> 12];
  *entry = (*entry & ~(7ul << 2)) | attribute;
  forget_page();
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
#ifdef AT_EL2
  WRITE(cptr_el2, 0x33FFul);
#endif
  all_kinds(true, true);
  quad_words();
  devices();

  start_mmu();
  all_kinds(false, false);
  quad_words();
  devices();

  write_control(READ_CONTROL() | SCTLR_A);
  all_kinds(true, false);
  quad_words();
#ifndef AT_EL2
  at_el0(M + 1, true, "EL0 with SCTLR_EL1.A");
  at_el0(M + 8, false, "EL0, aligned");
#endif
  write_control(READ_CONTROL() & ~(uint64_t)SCTLR_A);
  all_kinds(false, false);

  map_memory(0);
  all_kinds(true, true);
  devices();
#ifndef AT_EL2
  at_el0(M + 1, true, "EL0 in device memory");
  at_el0(UART_FR + 1, true, "EL0 in a device");
#endif
  map_memory(LEVEL3_NORMAL);
  all_kinds(false, false);
#ifndef AT_EL2
  at_el0(M + 1, false, "EL0 in normal memory");
#endif
  return checks_failed(NAME);
}
