/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The interrupt controller and the core together (GICv2 architecture, IHI 0048B, 3; D1.3.6 of the
 * Arm manual for masking): masked and unmasked, level-sensitive, acknowledged and ended.
 */
#include "catch.h"

const int stay_at_el2 = 0;
static volatile int taken, last_id, second_id;
static volatile bool clears;

static void on_interrupt(void) {
  last_id = irq_acknowledge();
  taken++;
  second_id = irq_acknowledge();
  if (clears) {
    put32(TIMER_CS, 1 << 1);
    put32(GICD_ICENABLER(TIMER_IRQ), 1u << TIMER_IRQ % 32);
  }
  if (taken == 3) {
    clears = true;
  }
  irq_end(last_id);
}

static void unmask_briefly(void) {
  asm volatile("msr daifclr, #2\n isb\n nop\n nop\n msr daifset, #2\n isb" ::: "memory");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  check_equal((uint64_t)irq_acknowledge(), NO_IRQ, "nothing is pending");

  irq_enable(TIMER_IRQ);
  put32(TIMER_C1, get32(TIMER_CLO) + 50);
  while (!(get32(TIMER_CS) & 1 << 1)) {
  }
  check_equal((uint64_t)taken, 0, "masked by PSTATE.I");
  asm volatile("wfi"); /* goes on: the interrupt is pending, though masked */
  check_equal((uint64_t)taken, 0, "still masked after wfi");
  check(READ(isr_el1) & 1 << 7, "ISR_EL1 shows it");

  clears = false;
  unmask_briefly();
  check_equal((uint64_t)last_id, TIMER_IRQ, "its id");
  check_equal((uint64_t)second_id, NO_IRQ, "an active interrupt does not come again");
  check_equal((uint64_t)taken, 4, "a level that stays asserted comes again after EOI");
  check_equal(caught.vector, VECTOR_SAME_IRQ, "its vector");
  check_equal(caught.spsr & 0x3CF, 0x345, "its SPSR");
  check((READ(isr_el1) & 1 << 7) == 0, "ISR_EL1 is clear");

  put32(GICD_ISPENDR(TIMER_IRQ), 1u << TIMER_IRQ % 32);
  put32(GICD_ISENABLER(TIMER_IRQ), 1u << TIMER_IRQ % 32);
  unmask_briefly();
  check_equal((uint64_t)taken, 5, "one made pending by software");
  unmask_briefly();
  check_equal((uint64_t)taken, 5, "and only once");
  return checks_failed("check_gic");
}
