/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exceptions to EL1 (Arm Architecture Reference Manual for A-profile, D1.3 and ESR_EL1): vector,
 * syndrome, return address and saved state, from EL1 and from EL0, with both stack pointers.
 */
#include "catch.h"

const int stay_at_el2 = 0;
static uint8_t user_stack[4096] __attribute__((aligned(16)));

#define HERE(label) ({ extern const char label[]; (uint64_t)label; })

static void from_el1(void) {
  catch_reset();
  asm volatile("svc #0x1234\n after_svc:" ::: "memory");
  check_equal(caught.vector, VECTOR_SAME_SYNC, "svc at EL1: vector");
  check_equal(caught.esr, 0x56001234, "svc at EL1: ESR");
  check_equal(caught.elr, HERE(after_svc), "svc at EL1: ELR");
  check_equal(caught.spsr & 0x3CF, 0x3C5, "svc at EL1: SPSR");

  catch_reset();
  asm volatile("at_brk: brk #0x77" ::: "memory");
  check_equal(caught.esr, 0xF2000077, "brk: ESR");
  check_equal(caught.elr, HERE(at_brk), "brk: ELR");

  catch_reset();
  asm volatile("at_udf: udf #0" ::: "memory");
  check_equal(caught.esr, 0x02000000, "udf: ESR");
  check_equal(caught.elr, HERE(at_udf), "udf: ELR");

  catch_reset();
  asm volatile("msr nzcv, %0\n svc #1\n" ::"r"(0xA0000000ul) : "cc", "memory");
  check_equal(caught.spsr >> 28, 0xA, "svc: flags in SPSR");
}

static void by_sp_el0(void) {
  catch_reset();
  asm volatile("msr sp_el0, %0\n msr spsel, #0\n svc #2\n msr spsel, #1" ::"r"(user_stack + 4096) : "memory");
  check_equal(caught.vector, 0, "svc at EL1 with SP_EL0: vector");
  check_equal(caught.spsr & 0xF, 4, "svc at EL1 with SP_EL0: mode");
}

/* Runs at EL0; comes back by its last svc. */
extern const char user_code[], user_svc[], user_msr[], user_wfi[], user_wfe[], user_end[];
asm(".text\n user_code: mov x5, sp\n svc #0x42\n user_svc: mov x6, #6\n"
    "user_msr: mrs x0, vbar_el1\n"
    "user_wfi: wfi\n"
    "svc #0x99\n user_end: nop\n"
    "user_events: sevl\n wfe\n user_wfe: wfe\n svc #0x9a\n"
    "user_event: sevl\n wfe\n svc #0x9b\n");


static __attribute__((noinline)) void run_user(uint64_t pc) {
  extern const char from_user[];
  WRITE(elr_el1, pc);
  WRITE(spsr_el1, 0x60000000ul);
  WRITE(sp_el0, user_stack + 4096);
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C5;
  asm volatile("eret\n from_user:" ::: "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "memory");
  caught_pc = 0;
}

static void from_el0(void) {
  catch_reset();
  run_user((uint64_t)user_code);
  check_equal(caught.vector, VECTOR_LOWER_SYNC, "svc at EL0: vector");
  check_equal(caught.esr, 0x56000042, "svc at EL0: ESR");
  check_equal(caught.elr, (uint64_t)user_svc, "svc at EL0: ELR");
  check_equal(caught.spsr, 0x60000000, "svc at EL0: SPSR");
  check_equal(READ(sp_el0), (uint64_t)user_stack + 4096, "svc at EL0: SP_EL0");

  catch_reset();
  run_user((uint64_t)user_msr);
  check_equal(caught.elr, (uint64_t)user_msr, "privileged register at EL0: ELR");
  check(caught.esr >> 26 == 0 || caught.esr >> 26 == 0x18, "privileged register at EL0: ESR class");

  WRITE(sctlr_el1, READ(sctlr_el1) & ~(1ul << 16));
  ISB();
  catch_reset();
  run_user((uint64_t)user_wfi);
  check_equal(caught.esr >> 26, 1, "trapped wfi at EL0: ESR class");
  check_equal(caught.elr, (uint64_t)user_wfi, "trapped wfi at EL0: ELR");

  extern const char user_events[], user_event[];
  WRITE(sctlr_el1, READ(sctlr_el1) & ~(1ul << 18));
  ISB();
  catch_reset();
  run_user((uint64_t)user_events);
  check_equal(caught.esr, 0x07E00001, "trapped wfe at EL0: ESR");
  check_equal(caught.elr, (uint64_t)user_wfe, "trapped wfe at EL0: ELR");
  check_equal(caught.vector, VECTOR_LOWER_SYNC, "trapped wfe at EL0: vector");
  catch_reset();
  run_user((uint64_t)user_event);
  check_equal(caught.esr, 0x5600009B, "wfe with the event register set at EL0 is not trapped: ESR");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  console_start();
  check_equal(level_at_start, 2 << 2, "CurrentEL at start");
  check_equal(firmware_argument, 0, "x0 at start");
  check_equal(READ(CurrentEL), 1 << 2, "CurrentEL after eret");
  check_equal(READ(mpidr_el1) & 0xFF00FFFFFF, 0, "core number in MPIDR_EL1");
  check_equal(READ(midr_el1) >> 4 & 0xFFF, 0xD08, "part number in MIDR_EL1");
  from_el1();
  by_sp_el0();
  from_el0();
  return checks_failed("check_exceptions");
}
