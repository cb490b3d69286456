/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The performance monitors (Arm Architecture Reference Manual for A-profile, D11; Cortex-A72 TRM,
 * 11): cycles at 1.5 GHz, instructions, chains, overflows and their interrupt, and who may use them.
 */
#include "catch.h"

enum { E = 1, P = 1 << 1, C = 1 << 2, D = 1 << 3, LC = 1 << 6, PMU_IRQ = 48 };
enum { SW_INCR = 0x00, INST_RETIRED = 0x08, L1D_CACHE_REFILL = 0x03, CPU_CYCLES = 0x11, CHAIN = 0x1E };
enum { EN = 1, SW = 1 << 1, CR = 1 << 2, ER = 1 << 3, TRAPPED_SYSTEM_REGISTER = 0x18 };
const int stay_at_el2 = 0;
static const uint64_t cycles_bit = 1ul << 31;
static volatile int interrupts;
static uint8_t user_stack[4096] __attribute__((aligned(16)));

static void stop_all(void) {
  WRITE(pmcr_el0, P | C);
  WRITE(pmcntenclr_el0, ~0ul);
  WRITE(pmintenclr_el1, ~0ul);
  WRITE(pmovsclr_el0, ~0ul);
  ISB();
}

static void wait_micros(uint32_t micros) {
  uint32_t start = get32(TIMER_CLO);
  while (get32(TIMER_CLO) - start < micros) {
  }
}

static void identification(void) {
  check_equal(READ(pmcr_el0) & 0xFFFFF800, 0x41023000, "PMCR_EL0: Arm, Cortex-A72, six counters");
  check_equal(READ(pmceid0_el0), 0x7FFF0F3F, "PMCEID0_EL0");
  check_equal(READ(pmceid1_el0), 0, "PMCEID1_EL0");
}

static void cycles(void) {
  stop_all();
  uint64_t before = READ(pmccntr_el0);
  wait_micros(10);
  check_equal(READ(pmccntr_el0), before, "PMCCNTR_EL0 stands while PMCR_EL0.E is 0");
  WRITE(pmcr_el0, E | C);
  wait_micros(10);
  check_equal(READ(pmccntr_el0), 0, "and while PMCNTENSET_EL0 has it not");
  WRITE(pmcntenset_el0, cycles_bit);
  ISB();
  uint64_t first, second, counts, later;
  asm volatile("mrs %0, pmccntr_el0\n nop\n mrs %1, pmccntr_el0" : "=r"(first), "=r"(second));
  check(second - first == 90, "two instructions without caches, of 30 ns each, take ninety cycles");
  first = READ(pmccntr_el0);
  counts = READ(cntpct_el0);
  wait_micros(1000);
  later = READ(cntpct_el0) - counts;
  second = READ(pmccntr_el0) - first;
  check(second * 54 >= later * 1500 - 54 * 1500 && second * 54 <= later * 1500 + 54 * 1500,
        "1500 cycles pass in a microsecond");
  WRITE(pmcr_el0, E | D | C);
  wait_micros(64);
  first = READ(pmccntr_el0);
  check(first >= 1490 && first < 1600, "with PMCR_EL0.D each 64th cycle counts");
  WRITE(pmcr_el0, E);
  WRITE(pmcntenclr_el0, cycles_bit);
  first = READ(pmccntr_el0);
  wait_micros(5);
  check_equal(READ(pmccntr_el0), first, "PMCNTENCLR_EL0 stops it");
  WRITE(pmccntr_el0, 0x123456789Aul);
  check_equal(READ(pmccntr_el0), 0x123456789Aul, "it is written");
  WRITE(pmccfiltr_el0, 0xC0000000);
  check_equal(READ(pmccfiltr_el0), 0xC0000000, "PMCCFILTR_EL0");
  WRITE(pmcntenset_el0, cycles_bit);
  wait_micros(5);
  check_equal(READ(pmccntr_el0), 0x123456789Aul, "it stands where no level counts");
  WRITE(pmccfiltr_el0, 0);
}

static void instructions(void) {
  stop_all();
  WRITE(pmevtyper0_el0, INST_RETIRED);
  WRITE(pmevtyper5_el0, INST_RETIRED);
  check_equal(READ(pmevtyper5_el0), INST_RETIRED, "PMEVTYPER5_EL0");
  WRITE(pmcntenset_el0, 0x21);
  WRITE(pmcr_el0, E | P);
  ISB();
  uint64_t first, second;
  asm volatile("mrs %0, pmevcntr0_el0\n mov x2, #1000\n 1: subs x2, x2, #1\n b.ne 1b\n mrs %1, pmevcntr0_el0"
               : "=r"(first), "=r"(second)::"x2", "cc");
  check_equal(second - first, 2002, "a loop of a thousand turns: its instructions");
  asm volatile("mrs %0, pmevcntr5_el0\n nop\n nop\n mrs %1, pmevcntr5_el0" : "=r"(first), "=r"(second));
  check_equal(second - first, 3, "the sixth counter counts like the first");
  WRITE(pmselr_el0, 5);
  WRITE(pmxevcntr_el0, 77);
  WRITE(pmcntenclr_el0, 0x20);
  check_equal(READ(pmxevtyper_el0), INST_RETIRED, "PMXEVTYPER_EL0 shows the selected one");
  WRITE(pmevcntr5_el0, 1234);
  check_equal(READ(pmxevcntr_el0), 1234, "PMXEVCNTR_EL0 shows the selected one");
  WRITE(pmselr_el0, 31);
  WRITE(pmxevtyper_el0, 0x80000000);
  check_equal(READ(pmccfiltr_el0), 0x80000000, "with 31 selected it is the cycle counter's filter");
  WRITE(pmccfiltr_el0, 0);
  WRITE(pmevtyper1_el0, L1D_CACHE_REFILL);
  WRITE(pmevtyper2_el0, CPU_CYCLES);
  WRITE(pmcntenset_el0, 6);
  WRITE(pmcr_el0, E | P);
  wait_micros(10);
  check(READ(pmevcntr2_el0) >= 14000 && READ(pmevcntr2_el0) < 30000, "CPU_CYCLES");
  check_equal(READ(pmevcntr1_el0), 0, "what is not modelled does not happen");
}

static void software(void) {
  stop_all();
  WRITE(pmevtyper0_el0, SW_INCR);
  WRITE(pmevtyper1_el0, CHAIN);
  WRITE(pmcntenset_el0, 3);
  WRITE(pmcr_el0, E);
  WRITE(pmevcntr0_el0, 0xFFFFFFFE);
  WRITE(pmswinc_el0, 1);
  check_equal(READ(pmevcntr0_el0), 0xFFFFFFFF, "PMSWINC_EL0");
  check_equal(READ(pmovsset_el0), 0, "no overflow yet");
  WRITE(pmswinc_el0, 3);
  check_equal(READ(pmevcntr0_el0), 0, "event counters have 32 bits");
  check_equal(READ(pmevcntr1_el0), 1, "CHAIN counts the overflow");
  check_equal(READ(pmovsset_el0), 1, "the overflow is kept");
  WRITE(pmovsclr_el0, 1);
  check_equal(READ(pmovsset_el0), 0, "until it is cleared");
  WRITE(pmovsset_el0, 2);
  check_equal(READ(pmovsclr_el0), 2, "PMOVSSET_EL0 sets");
}

static void on_interrupt(void) {
  int id = irq_acknowledge();
  interrupts += id == PMU_IRQ;
  WRITE(pmovsclr_el0, READ(pmovsset_el0));
  ISB();
  irq_end(id);
}

static void overflows(void) {
  stop_all();
  WRITE(pmccntr_el0, 0xFFFFFFFFul - 15000);
  WRITE(pmcntenset_el0, cycles_bit);
  WRITE(pmintenset_el1, cycles_bit);
  irq_enable(PMU_IRQ);
  uint32_t start = get32(TIMER_CLO);
  WRITE(pmcr_el0, E);
  asm volatile("msr daifclr, #2" ::: "memory");
  while (interrupts == 0) {
  }
  uint32_t passed = get32(TIMER_CLO) - start;
  check(passed >= 9 && passed < 15, "the interrupt comes when the low half overruns");
  check(READ(pmccntr_el0) >> 32 == 1, "and the high half goes on");
  stop_all();
  WRITE(pmccntr_el0, 0xFFFFFFFFul);
  WRITE(pmcntenset_el0, cycles_bit);
  WRITE(pmcr_el0, E | LC);
  wait_micros(2);
  check_equal(READ(pmovsset_el0), 0, "with PMCR_EL0.LC only 64 bits overrun");
  WRITE(pmccntr_el0, ~0ul);
  wait_micros(2);
  check_equal(READ(pmovsset_el0), cycles_bit, "and they do");
  stop_all();
  WRITE(pmevtyper3_el0, INST_RETIRED);
  WRITE(pmevcntr3_el0, 0x100000000ul - 5000);
  WRITE(pmcntenset_el0, 8);
  WRITE(pmintenset_el1, 8);
  WRITE(pmcr_el0, E);
  for (volatile int n = 0; n < 5000; n++) {
  }
  check_equal((uint64_t)interrupts, 2, "an overflow of instructions interrupts");
  asm volatile("msr daifset, #2" ::: "memory");
  stop_all();
}

extern const char user_cycles[], user_event[], user_control[], user_increment[];
asm(".text\n user_cycles: mrs x0, pmccntr_el0\n svc #0x77\n"
    "user_event: mrs x0, pmevcntr5_el0\n svc #0x77\n"
    "user_control: mrs x0, pmcr_el0\n svc #0x77\n"
    "user_increment: mov x0, #1\n msr pmswinc_el0, x0\n svc #0x77\n");

static __attribute__((noinline)) bool runs(uint64_t pc) {
  extern const char from_user[];
  catch_reset();
  WRITE(elr_el1, pc);
  WRITE(spsr_el1, 0x3C0);
  WRITE(sp_el0, user_stack + 4096);
  caught_pc = (uint64_t)from_user;
  caught_pstate = 0x3C5;
  asm volatile("eret\n from_user:" ::: "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "memory");
  caught_pc = 0;
  return caught.esr == 0x56000077;
}

static void from_el0(void) {
  WRITE(pmuserenr_el0, 0);
  check(!runs((uint64_t)user_cycles), "EL0 may not read PMCCNTR_EL0");
  check_equal(caught.esr >> 26, TRAPPED_SYSTEM_REGISTER, "it traps");
  check(!runs((uint64_t)user_control), "nor PMCR_EL0");
  check(!runs((uint64_t)user_event), "nor an event counter");
  check(!runs((uint64_t)user_increment), "nor increment");
  WRITE(pmuserenr_el0, CR);
  check_equal(READ(pmuserenr_el0), CR, "PMUSERENR_EL0");
  check(runs((uint64_t)user_cycles) && !runs((uint64_t)user_control), "CR opens the cycle counter alone");
  WRITE(pmuserenr_el0, ER);
  check(runs((uint64_t)user_event) && !runs((uint64_t)user_cycles), "ER opens event counters alone");
  WRITE(pmuserenr_el0, SW);
  check(runs((uint64_t)user_increment) && !runs((uint64_t)user_event), "SW opens the increment alone");
  WRITE(pmuserenr_el0, EN);
  check(runs((uint64_t)user_cycles) && runs((uint64_t)user_control) && runs((uint64_t)user_event), "EN opens all");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  identification();
  cycles();
  instructions();
  software();
  overflows();
  from_el0();
  return checks_failed("check_pmu");
}
