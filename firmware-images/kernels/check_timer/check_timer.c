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

extern const char user_count[], user_timer[];
asm(".text\n user_count: mrs x0, cntpct_el0\n mrs x0, cntvct_el0\n svc #0x77\n"
    "user_timer: mov x0, #2\n msr cntp_ctl_el0, x0\n svc #0x77\n");

static __attribute__((noinline)) bool runs(const char *code) {
  extern const char from_user[];
  catch_reset();
  WRITE(elr_el1, code);
  WRITE(spsr_el1, 0x3C0);
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C5;
  asm volatile("eret\n from_user:" ::: "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "memory");
  caught_pc = 0;
  return caught.esr == 0x56000077;
}

static void from_el0(void) {
  enum { COUNTERS = 3, VIRTUAL_COUNTER = 2, PHYSICAL_TIMER = 1 << 9, TRAPPED_SYSTEM_REGISTER = 0x18 };
  WRITE(cntkctl_el1, 0);
  check(!runs(user_count), "EL0 may not read CNTPCT_EL0 without CNTKCTL_EL1.EL0PCTEN");
  check_equal(caught.esr >> 26, TRAPPED_SYSTEM_REGISTER, "it traps");
  WRITE(cntkctl_el1, VIRTUAL_COUNTER);
  check(!runs(user_count), "nor with EL0VCTEN alone");
  WRITE(cntkctl_el1, COUNTERS);
  check(runs(user_count) && !runs(user_timer), "with both it reads the counters, and the timer is closed");
  WRITE(cntkctl_el1, PHYSICAL_TIMER);
  check(runs(user_timer) && !runs(user_count), "EL0PTEN opens the timer alone");
  check_equal(READ(cntp_ctl_el0), 2, "and it was written");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  counters();
  system_timer();
  core_timer();
  from_el0();
  check_equal((uint64_t)others, 0, "no other interrupt");
  return checks_failed("check_timer");
}
