/* SPDX-License-Identifier: Apache-2.0 */
/* A kernel that stays at EL2: exceptions and interrupts there, and calls from EL1 by hvc. */
#include "catch.h"

enum { ROUTE_INTERRUPTS = 1 << 4, TICKS = 5 };
const int stay_at_el2 = 1;
static volatile int ticks;

static void on_interrupt(void) {
  int id = irq_acknowledge();
  if (id == TIMER_IRQ) {
    ticks++;
    put32(TIMER_CS, 1 << 1);
    put32(TIMER_C1, get32(TIMER_C1) + 100);
  }
  irq_end(id);
}

static void exceptions(void) {
  extern const char after_svc[], back[];
  catch_reset();
  asm volatile("svc #0x31\n after_svc:" ::: "memory");
  check_equal(caught.vector, VECTOR_SAME_SYNC, "svc at EL2: vector");
  check_equal(caught.esr, 0x56000031, "svc at EL2: ESR");
  check_equal(caught.elr, (uint64_t)after_svc, "svc at EL2: ELR");
  catch_reset();
  asm volatile("hvc #0x32" ::: "memory");
  check_equal(caught.esr, 0x5A000032, "hvc at EL2: ESR");
  catch_reset();
  asm volatile("udf #1" ::: "memory");
  check_equal(caught.esr, 0x02000000, "udf at EL2: ESR");
  catch_reset();
  asm volatile("smc #0" ::: "memory");
  check_equal(caught.esr >> 26, 0, "smc is undefined here");

  WRITE(hcr_el2, 1ul << 31);
  WRITE(elr_el2, 0);
  catch_reset();
  caught_pc = (uint64_t)back;
  caught_pstate = 0x3C9;
  asm volatile("adr x0, at_el1\n msr elr_el2, x0\n mov x0, #0x3c5\n msr spsr_el2, x0\n eret\n"
               "at_el1: mrs x7, CurrentEL\n hvc #0x33\n"
               "back:" ::: "x0", "x7", "memory");
  caught_pc = 0;
  check_equal(caught.vector, VECTOR_LOWER_SYNC, "hvc at EL1: vector");
  check_equal(caught.esr, 0x5A000033, "hvc at EL1: ESR");
  check_equal(caught.spsr & 0xF, 5, "hvc at EL1: mode");
}

static void interrupts(void) {
  WRITE(hcr_el2, 1ul << 31 | ROUTE_INTERRUPTS);
  ISB();
  irq_enable(TIMER_IRQ);
  put32(TIMER_C1, get32(TIMER_CLO) + 100);
  uint32_t start = get32(TIMER_CLO);
  while (get32(TIMER_CLO) - start < 150) {
  }
  check_equal((uint64_t)ticks, 0, "masked");
  asm volatile("msr daifclr, #2" ::: "memory");
  while (ticks < TICKS - 1) {
  }
  while (ticks < TICKS) {
    asm volatile("wfi");
  }
  asm volatile("msr daifset, #2" ::: "memory");
  check_equal(caught.vector, VECTOR_SAME_IRQ, "vector of an interrupt at EL2");
  check_equal(caught.spsr & 0xF, 9, "mode of an interrupt at EL2");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  check_equal(READ(CurrentEL), 2 << 2, "CurrentEL");
  exceptions();
  interrupts();
  return checks_failed("check_el2");
}
