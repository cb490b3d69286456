/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The event register (Arm Architecture Reference Manual for A-profile, D1.6.1, "Wait for Event"):
 * what sets it, that it is a flag and no count, the event streams of the generic timer (D12.2.4),
 * and wfe where it is trapped. Interrupts are masked: one that is pending ends a wait, too.
 */
#include "catch.h"

enum { ALARM_MICROS = 100, COUNTS_PER_MICRO = 54, ALARM = ALARM_MICROS * COUNTS_PER_MICRO };
enum { AT_ONCE = 3 * COUNTS_PER_MICRO, TIMER_ON = 1, TIMER_OFF = 0 };
enum { STREAM_ON = 1 << 2, FALLING = 1 << 3, SAME_VIRTUAL = 0x3, TRAPPED_WFE = 0x07E00001 };
const int stay_at_el2 = 1;
static volatile int interrupts;
static uint8_t user_stack[4096] __attribute__((aligned(16)));

static uint64_t now(void) {
  ISB();
  return READ(cntpct_el0);
}

/* How many counts a wfe takes while only the EL1 timer may end it. */
static uint64_t wait(void) {
  WRITE(cntp_tval_el0, ALARM);
  WRITE(cntp_ctl_el0, TIMER_ON);
  uint64_t start = now();
  asm volatile("wfe" ::: "memory");
  uint64_t counts = now() - start;
  WRITE(cntp_ctl_el0, TIMER_OFF);
  ISB();
  return counts;
}

static void check_waits(const char *what) {
  uint64_t counts = wait();
  check(counts >= ALARM - 2 * COUNTS_PER_MICRO && counts < ALARM + AT_ONCE, what);
}

static void check_goes_on(const char *what) {
  check(wait() < AT_ONCE, what);
}

static void by_code(void) {
  asm volatile("sevl\n wfe" ::: "memory");
  check_waits("the register is clear: wfe waits");
  check_waits("what ends a wait does not set the register");
  asm volatile("sevl");
  check_goes_on("sevl sets it");
  check_waits("and wfe clears it");
  asm volatile("sev");
  check_goes_on("sev sets it");
  check_waits("and wfe clears it, too");
  asm volatile("sev\n sev\n sevl\n nop\n sev");
  check_goes_on("five events");
  check_waits("are one");
}

static void by_returns(void) {
  asm volatile("svc #1" ::: "memory");
  check_goes_on("an exception return sets it");
  check_waits("once");
  WRITE(cntp_tval_el0, ALARM);
  WRITE(cntp_ctl_el0, TIMER_ON);
  asm volatile("msr daifclr, #2" ::: "memory");
  while (interrupts == 0) {
  }
  asm volatile("msr daifset, #2" ::: "memory");
  check_goes_on("the return of an interrupt's handler sets it");
  check_waits("once again");
  WRITE(cntp_tval_el0, ALARM);
  WRITE(cntp_ctl_el0, TIMER_ON);
  asm volatile("msr daifclr, #2\n wfe\n msr daifset, #2" ::: "memory");
  check_equal((uint64_t)interrupts, 2, "an interrupt ends a wait and is taken");
  check_goes_on("its return sets the register");
  check_waits("as before");
}

/* Ten events, at counts where the bit has just changed; and the next waits for the timer again. */
static void stream(uint64_t (*set)(uint64_t), const char *what) {
  for (uint64_t bit = 2; bit <= 15; bit++) {
    for (uint64_t direction = 0; direction <= FALLING; direction += FALLING) {
      uint64_t period = 2ul << bit, phase = direction ? 0 : 1ul << bit, last = 0;
      set(STREAM_ON | direction | bit << 4);
      for (int n = 0; n < 10; n++) {
        asm volatile("wfe" ::: "memory");
        uint64_t count = now(), after = (count - phase) & (period - 1);
        if (period > 8 * COUNTS_PER_MICRO) {
          check(after < 2 * COUNTS_PER_MICRO, what);
          check(n < 2 || count - last < period + 2 * COUNTS_PER_MICRO, what);
        }
        last = count;
      }
      set(0);
      asm volatile("sevl\n wfe" ::: "memory");
    }
  }
  check_waits(what);
  set(STREAM_ON | 6 << 4);
  uint64_t start = now();
  while (now() - start < 1000) {
  }
  set(0);
  check_goes_on("an event of a stream that is off by now is kept");
  check_waits("and taken");
}

static uint64_t of_el1(uint64_t control) {
  WRITE(cntkctl_el1, control);
  ISB();
  return 0;
}

static uint64_t of_el2(uint64_t control) {
  WRITE(cnthctl_el2, control | SAME_VIRTUAL);
  ISB();
  return 0;
}

extern const char user_wait[], user_wait_once_more[], user_waits[];
asm(".text\n user_wait: sevl\n wfe\n user_wait_once_more: wfe\n svc #0x77\n user_waits: wfe\n svc #0x78\n");

static __attribute__((noinline)) void run_user(uint64_t pc) {
  extern const char from_user[];
  catch_reset();
  WRITE(elr_el2, pc);
  WRITE(spsr_el2, 0x3C0);
  WRITE(sp_el0, user_stack + 4096);
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C9;
  asm volatile("eret\n from_user:" ::: "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "memory");
  caught_pc = 0;
}

/* With HCR_EL2.TGE all that EL0 takes comes to EL2. */
static void traps(void) {
  enum { RW = 1u << 31, TGE = 1 << 27, TWE = 1 << 14, NTWE = 1 << 18 };
  WRITE(sctlr_el1, 0x30C50830 | NTWE);
  WRITE(hcr_el2, RW | TGE | TWE);
  ISB();
  run_user((uint64_t)user_wait);
  check_equal(caught.esr, TRAPPED_WFE, "HCR_EL2.TWE: ESR");
  check_equal(caught.elr, (uint64_t)user_wait_once_more, "a wfe with the register set is not trapped");
  check_equal(caught.vector, VECTOR_LOWER_SYNC, "HCR_EL2.TWE: vector");
  check_goes_on("the return to EL2 set the register");
  check_waits("HCR_EL2.TWE is not for EL2");
  WRITE(hcr_el2, RW | TGE);
  WRITE(cntp_tval_el0, ALARM);
  WRITE(cntp_ctl_el0, TIMER_ON);
  uint64_t start = now();
  run_user((uint64_t)user_wait);
  check_equal(caught.esr >> 26, 0x15, "without traps EL0 waits until the timer comes");
  check(now() - start >= ALARM - 2 * COUNTS_PER_MICRO, "and no shorter");
  WRITE(cntp_ctl_el0, TIMER_OFF);
  WRITE(hcr_el2, RW);
  ISB();
}

static void on_interrupt(void) {
  int id = irq_acknowledge();
  interrupts++;
  WRITE(cntp_ctl_el0, TIMER_OFF);
  ISB();
  irq_end(id);
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  WRITE(hcr_el2, 1ul << 31 | 1 << 4 /* interrupts to EL2 */);
  of_el1(0);
  of_el2(0);
  irq_enable(CORE_TIMER_IRQ);
  by_code();
  by_returns();
  stream(of_el1, "CNTKCTL_EL1");
  stream(of_el2, "CNTHCTL_EL2");
  traps();
  return checks_failed("check_event");
}
