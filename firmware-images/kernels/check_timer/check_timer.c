/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time: the system timer (BCM2711 ARM Peripherals, 10.2), the generic timer at 54 MHz (Arm
 * Architecture Reference Manual for A-profile, D11) and its interrupt, and wfi.
 */
#include "catch.h"

enum { TICK_MICROS = 1000, TICKS = 10, COUNTS_PER_MICRO = 54, ENABLE = 1, MASK = 2, ISTATUS = 4 };
const int stay_at_el2 = 0;
static volatile int timer_ticks, core_ticks, others;

static void on_interrupt(void) {
  int id = irq_acknowledge();
  if (id == TIMER_IRQ) {
    timer_ticks++;
    put32(TIMER_CS, 1 << 1);
    put32(TIMER_C1, get32(TIMER_C1) + TICK_MICROS);
  } else if (id == CORE_TIMER_IRQ) {
    core_ticks++;
    WRITE(cntp_cval_el0, READ(cntp_cval_el0) + TICK_MICROS * COUNTS_PER_MICRO);
  } else {
    others++;
  }
  irq_end(id);
}

static void wait_for(volatile int *ticks) {
  while (*ticks < TICKS) {
    asm volatile("wfi\n msr daifclr, #2\n isb\n msr daifset, #2" ::: "memory");
  }
}

static void counters(void) {
  check_equal(READ(cntfrq_el0), 54000000, "CNTFRQ_EL0");
  uint32_t micros = get32(TIMER_CLO);
  uint64_t counts = READ(cntpct_el0);
  while (get32(TIMER_CLO) - micros < 500) {
  }
  uint64_t passed = READ(cntpct_el0) - counts;
  check(passed >= 500 * 54 && passed < 520 * 54, "54 counts pass in a microsecond");
  uint64_t before = READ(cntvct_el0);
  while (READ(cntvct_el0) - before < 54 * 1000) {
  }
  uint32_t later = get32(TIMER_CLO) - micros;
  check(later >= 1500 && later < 1560, "a wait by CNTVCT_EL0 takes its time");
}

static void system_timer(void) {
  irq_enable(TIMER_IRQ);
  uint32_t start = get32(TIMER_CLO);
  put32(TIMER_C1, start + TICK_MICROS);
  wait_for(&timer_ticks);
  uint32_t passed = get32(TIMER_CLO) - start;
  check(passed >= TICKS * TICK_MICROS && passed < TICKS * TICK_MICROS + 20, "ten system timer ticks");
  put32(GICD_ICENABLER(TIMER_IRQ), 1u << TIMER_IRQ % 32);
}

static void core_timer(void) {
  irq_enable(CORE_TIMER_IRQ);
  uint32_t start = get32(TIMER_CLO);
  WRITE(cntp_tval_el0, TICK_MICROS * COUNTS_PER_MICRO);
  check((READ(cntp_tval_el0) & 0xFFFFFFFF) <= TICK_MICROS * COUNTS_PER_MICRO, "CNTP_TVAL_EL0");
  WRITE(cntp_ctl_el0, ENABLE);
  check_equal(READ(cntp_ctl_el0), ENABLE, "CNTP_CTL_EL0 before its time");
  wait_for(&core_ticks);
  uint32_t passed = get32(TIMER_CLO) - start;
  check(passed >= TICKS * TICK_MICROS && passed < TICKS * TICK_MICROS + 20, "ten generic timer ticks");
  WRITE(cntp_ctl_el0, ENABLE | MASK);
  WRITE(cntp_tval_el0, 0);
  check_equal(READ(cntp_ctl_el0), ENABLE | MASK | ISTATUS, "CNTP_CTL_EL0 when masked");
  check_equal((uint64_t)core_ticks, TICKS, "a masked timer does not interrupt");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  counters();
  system_timer();
  core_timer();
  check_equal((uint64_t)others, 0, "no other interrupt");
  return checks_failed("check_timer");
}
