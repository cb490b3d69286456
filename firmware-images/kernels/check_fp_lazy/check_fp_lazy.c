/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FP registers that are given to tasks only when they use them: CPACR_EL1.FPEN forbids them, the
 * first use is an exception of class 0x07 (Arm Architecture Reference Manual for A-profile,
 * D19.2.30), the handler allows them, and a switch of tasks forbids them again.
 */
#include "kernel.h"

const int stay_at_el2 = 0;
enum { TRAPPED = 0x1FE00000, SVC = 0x15, ROUNDS = 40, TASKS = 2 };

static uint8_t stacks[TASKS][4096] __attribute__((aligned(16)));
static struct frame frames[TASKS], at_start;
static uint64_t fp[TASKS][2], given[TASKS], traps, switches, other;
static int active, owner = -1;
static bool has_ended;

static void allow(uint64_t fpen) {
  WRITE(cpacr_el1, fpen << 20);
  ISB();
}

/* Adds up by FP between calls; the same code for both tasks. Ends with the sum in x0. */
extern const char task_code[], task_end[];
asm(".text\n task_code: scvtf d0, x0\n fmov d1, #0.5\n mov x9, #40\n"
    "1: fadd d0, d0, d1\n svc #1\n fadd d0, d0, d1\n subs x9, x9, #1\n b.ne 1b\n"
    "fmov x0, d0\n svc #2\n task_end:\n");

static void give(int task) {
  if (owner >= 0) {
    asm volatile("str d0, [%0]\n str d1, [%0, #8]" ::"r"(fp[owner]) : "memory");
  }
  asm volatile("ldr d0, [%0]\n ldr d1, [%0, #8]" ::"r"(fp[task]) : "memory");
  owner = task;
  given[task]++;
}

void on_exception(struct frame *frame, uint64_t vector) {
  uint64_t esr = READ(esr_el1);
  if (esr == TRAPPED && vector == VECTOR_LOWER_SYNC) {
    if (traps++ == 0) {
      at_start = *frame; /* but for its pc as eret left the kernel */
    }
    allow(3);
    if (owner != active) {
      give(active);
    }
    return;
  }
  if (esr >> 26 != SVC) {
    other++;
    frame->pc += 4;
    return;
  }
  frames[active] = *frame;
  if ((esr & 0xFFFF) == 2) {
    fp[active][0] = frame->x[0];
    has_ended = active == TASKS - 1;
  }
  active ^= 1;
  switches++;
  allow(0);
  if (has_ended) {
    extern const char after_tasks[];
    *frame = at_start;
    frame->pc = (uint64_t)after_tasks;
    frame->pstate = 0x3C5;
  } else {
    *frame = frames[active];
  }
}

/* Two pages of code that take turns at one address: only the first uses FP. */
static uint32_t pages[2][1024] __attribute__((aligned(4096)));
enum { WINDOW = 0x1FF000, PAGE = 3, SHARED = 3 << 8, ACCESSED = 1 << 10, NORMAL = 1 << 2 };

static void run_page(int number) {
  mmu_level3[WINDOW >> 12] = (uint64_t)pages[number] | PAGE | SHARED | ACCESSED | NORMAL;
  asm volatile("dsb ishst\n tlbi vaae1, %0\n dsb ish\n isb" ::"r"((uint64_t)WINDOW >> 12) : "memory");
  asm volatile("blr %0" ::"r"((uint64_t)WINDOW) : "x30", "v0", "memory");
}

static void two_pages(void) {
  pages[0][0] = 0x1E6E1000; /* fmov d0, #1.0 */
  pages[1][0] = 0xD503201F; /* nop */
  pages[0][1] = pages[1][1] = 0xD65F03C0; /* ret */
  asm volatile("dsb ish\n ic iallu\n dsb ish\n isb" ::: "memory");
  other = 0;
  allow(3);
  run_page(0);
  run_page(1);
  check_equal(other, 0, "FP that is allowed, by a page that is remapped");
  allow(0);
  run_page(1);
  check_equal(other, 0, "another page in its place");
  run_page(0);
  check_equal(other, 1, "the same page, forbidden");
  allow(3);
  run_page(0);
  check_equal(other, 1, "and allowed again");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  mmu_start();
  for (int n = 0; n < TASKS; n++) {
    frames[n].x[0] = (uint64_t)(100 * (n + 1));
    frames[n].pc = (uint64_t)task_code;
    frames[n].sp = (uint64_t)stacks[n] + sizeof stacks[n];
  }
  allow(0);
  WRITE(sp_el0, frames[0].sp);
  WRITE(elr_el1, frames[0].pc);
  WRITE(spsr_el1, 0ul);
  asm volatile("mov x0, %0\n eret\n after_tasks:" ::"r"(frames[0].x[0])
               : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12",
                 "x13", "x14", "x15", "x16", "x17", "x18", "memory", "cc");
  check_equal(fp[0][0], 0x4061800000000000, "100 + 80 * 0.5");
  check_equal(fp[1][0], 0x406E000000000000, "200 + 80 * 0.5");
  check_equal(traps, 2 * (ROUNDS + 1), "uses that trapped");
  check_equal(given[0], ROUNDS + 1, "times that task 0 got the registers");
  check_equal(given[1], ROUNDS + 1, "times that task 1 got the registers");
  check_equal(switches, 2 * (ROUNDS + 1), "switches");
  check_equal(other, 0, "other exceptions");
  /* The same at EL1 with FPEN 1: allowed here, forbidden at EL0. */
  allow(1);
  uint64_t bits;
  asm volatile("fmov d2, #3.0\n fmov %0, d2" : "=r"(bits)::"v2");
  check_equal(bits, 0x4008000000000000, "FP at EL1 while EL0 may not");
  check_equal(traps, 2 * (ROUNDS + 1), "no trap by that");
  two_pages();
  return checks_failed("check_fp_lazy");
}
