/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stack pointer alignment checking (Arm Architecture Reference Manual for A-profile, D1.3.8): a
 * load or store whose base is sp takes an exception of class 0x26 where SCTLR.SA is set, at EL0
 * SCTLR_EL1.SA0, and sp is no multiple of 16. From EL1 and EL0, or from EL2 (AT_EL2), where code
 * uses SP_EL0, so that handlers have a stack.
 */
#include "catch.h"

#ifdef AT_EL2
const int stay_at_el2 = 1;
#define NAME "check_stack_alignment_el2"
#define SCTLR sctlr_el2
#else
const int stay_at_el2 = 0;
#define NAME "check_stack_alignment"
#define SCTLR sctlr_el1
#endif

enum { STACK = 0x26, SA = 1 << 3, SA0 = 1 << 4, VECTOR_SP0_SYNC = 0 };

static uint8_t stack[512] __attribute__((aligned(64)));
#define S ((uint64_t)stack + 256)

static bool checks;

static void expect(bool fault, uint64_t pc, uint64_t vector, const char *what) {
  check_equal(caught.count, fault, what);
  if (fault && caught.count) {
    check_equal(caught.vector, vector, what);
    check_equal(caught.esr, (uint64_t)STACK << 26 | 1 << 25, what);
    check_equal(caught.elr, pc, what);
  }
}

/* Code whose instruction at label 1 has sp as its base; x1 is sp before, and sp is x1 afterwards. */
#define TRY(fault, before, text, sp_)                                                              \
  do {                                                                                             \
    register uint64_t x1_ asm("x1") = (sp_), pc_ asm("x3");                                        \
    catch_reset();                                                                                 \
    asm volatile("adr x3, 1f\n msr spsel, #0\n" before                                           \
                 "\n 1: " text "\n mov x1, sp\n msr spsel, #1"                                     \
                 : "+r"(x1_), "=r"(pc_)                                                            \
                 :                                                                                 \
                 : "x9", "x10", "x11", "v0", "memory");                                            \
    uint64_t after_ = x1_;                                                                         \
    expect(fault, pc_, VECTOR_SP0_SYNC, text);                                                     \
    if (fault) {                                                                                   \
      check_equal(after_, (sp_), "sp after " text);                                                \
    }                                                                                              \
  } while (0)

/* In the block that sets sp, and in the one behind it. */
#define TRY_BOTH(fault, text, sp_)                                                                 \
  TRY(fault, "mov sp, x1", text, sp_);                                                             \
  TRY(fault, "mov sp, x1\n b 1f", text, sp_)

static __attribute__((noinline)) void misaligned(uint64_t by) {
  bool fault = checks && by % 16;
  TRY_BOTH(fault, "ldr x9, [sp]", S + by);
  TRY_BOTH(fault, "ldr x9, [sp, #8]", S + by);
  TRY_BOTH(fault, "ldr w9, [sp, #4]", S + by);
  TRY_BOTH(fault, "ldrb w9, [sp, #3]", S + by);
  TRY_BOTH(fault, "strb w9, [sp, #15]", S + by);
  TRY_BOTH(fault, "str x9, [sp, #24]", S + by);
  TRY_BOTH(fault, "str x9, [sp, #-16]!", S + by);
  TRY_BOTH(fault, "str x9, [sp, #-8]!", S + by);
  TRY_BOTH(fault, "ldr x9, [sp], #8", S + by);
  TRY_BOTH(fault, "stp x9, x10, [sp, #-16]!", S + by);
  TRY_BOTH(fault, "stp x9, x10, [sp, #8]", S + by);
  TRY_BOTH(fault, "ldp w9, w10, [sp, #-4]", S + by);
  TRY_BOTH(fault, "ldp x9, x10, [sp], #16", S + by);
  TRY_BOTH(fault, "ldur x9, [sp, #-8]", S + by);
  TRY_BOTH(fault, "ldr d0, [sp, #8]", S + by);
  TRY_BOTH(fault, "ld1 {v0.16b}, [sp]", S + by);
}

static __attribute__((noinline)) void not_checked(void) {
  TRY_BOTH(false, "prfm pldl1keep, [sp, #8]", S + 8);
  TRY_BOTH(false, "add x9, sp, #8", S + 8);
  TRY_BOTH(false, "mov x9, sp", S + 4);
  TRY_BOTH(false, "mov x9, x1\n ldr x10, [x9]", S + 8);
}

/* sp is checked again after it has changed. */
static __attribute__((noinline)) void changed(void) {
  TRY(checks, "mov sp, x1\n and sp, x1, #-16\n ldr x9, [sp]\n mov sp, x1", "ldr x9, [sp, #8]", S + 8);
  TRY(checks, "and sp, x1, #-16\n ldr x9, [sp, #8]\n add sp, sp, #8", "ldr x9, [sp, #8]", S + 8);
  TRY(checks, "and sp, x1, #-16\n ldr x9, [sp], #8", "ldr x9, [sp, #8]", S + 8);
  TRY(checks, "and sp, x1, #-16\n ldr x9, [sp]\n mov x9, #8\n add sp, sp, x9", "str x9, [sp, #8]", S + 8);
  TRY(false, "and sp, x1, #-16\n ldr x9, [sp, #8]\n add sp, sp, #32", "ldr x9, [sp, #8]", S + 8);
  TRY(false, "mov sp, x1\n add sp, sp, #8", "ldr x9, [sp, #8]", S + 8);
}

static void write_control(uint64_t clear, uint64_t set) {
#ifdef AT_EL2
  WRITE(sctlr_el2, (READ(sctlr_el2) & ~clear) | set);
#else
  WRITE(sctlr_el1, (READ(sctlr_el1) & ~clear) | set);
#endif
  ISB();
}

#ifdef AT_EL2
static void start_mmu(void) {
  mmu_start();
  WRITE(mair_el2, READ(mair_el1));
  WRITE(tcr_el2, 1ul << 31 | 1 << 23 | 1ul << 16 | 3 << 12 | 1 << 10 | 1 << 8 | 32);
  WRITE(ttbr0_el2, mmu_level1);
  asm volatile("tlbi alle2\n dsb sy\n isb" ::: "memory");
  write_control(0, 1 << 0 | 1 << 2 | 1 << 12);
}
#else
static void start_mmu(void) {
  mmu_start();
}

static __attribute__((noinline)) void at_el0(bool fault, const char *what) {
  extern const char user_code[], user_load[], from_user[];
  WRITE(elr_el1, user_code);
  WRITE(spsr_el1, 0ul);
  WRITE(sp_el0, S + 8);
  catch_reset();
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C5;
  asm volatile("eret\n user_code: mov x2, #1\n user_load: ldr x2, [sp, #8]\n svc #1\n from_user:" ::
                   : "x2", "memory");
  caught_pc = 0;
  check_equal(caught.vector, VECTOR_LOWER_SYNC, what);
  check_equal(caught.esr >> 26, fault ? STACK : 0x15, what);
  if (fault) {
    check_equal(caught.elr, (uint64_t)user_load, what);
  }
}
#endif

static void all_kinds(bool is_checked) {
  checks = is_checked;
  misaligned(8);
  misaligned(0);
  not_checked();
  changed();
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
#ifdef AT_EL2
  WRITE(cptr_el2, 0x33FFul);
#endif
  write_control(0, SA | SA0);
  /* The MMU is off: sp is checked before the address is. */
  checks = true;
  misaligned(8);
  misaligned(4);
  misaligned(1);
  misaligned(0);
  changed();

  start_mmu();
  all_kinds(true);
  misaligned(1);
  write_control(SA, 0);
  all_kinds(false);
  write_control(0, SA);
  all_kinds(true);
#ifndef AT_EL2
  at_el0(true, "EL0 with SA0");
  write_control(SA0, 0);
  at_el0(false, "EL0 without SA0");
  write_control(SA, SA0);
  at_el0(true, "EL0 with SA0, EL1 without SA");
#endif
  return checks_failed(NAME);
}
