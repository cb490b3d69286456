/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EL0 code with FP in a page that EL1 may not execute (PXN): EL1 forbids FP after it was used, so it
 * is an exception of class 0x07 (Arm Architecture Reference Manual for A-profile, D19.2.30), and
 * EL1 itself sees nothing of the page.
 */
#include "kernel.h"

const int stay_at_el2 = 0;
enum { SVC = 0x15, TRAPPED = 0x07, FMOV_D0_X1 = 0x9e670020, SVC_0 = 0xd4000001 };
enum { PAGE = 3, SHARED = 3 << 8, ACCESSED = 1 << 10, NORMAL = 1 << 2, READ_ONLY_EL0 = 3 << 6 };
#define USER 0x40000000ul
static uint32_t code[1024] __attribute__((aligned(4096)));
static uint64_t middle[512] __attribute__((aligned(4096)));
static uint64_t last[512] __attribute__((aligned(4096)));
static uint8_t stack[4096] __attribute__((aligned(16)));
static int exceptions;

static void end(void) {
  int failed = checks_failed("check_fp_pxn");
  uint64_t block[] = {0x20026, (uint64_t)failed};
  asm volatile("mov x0, #0x18\n mov x1, %0\n hlt #0xf000" ::"r"(block) : "x0", "x1", "memory");
}

void on_exception(struct frame *frame, uint64_t vector) {
  uint64_t class = READ(esr_el1) >> 26;
  if (exceptions++ == 0) {
    check_equal(class, SVC, "FP is allowed, then svc");
    WRITE(cpacr_el1, 0);
    ISB();
    frame->pc = USER;
    return;
  }
  check_equal(vector, VECTOR_LOWER_SYNC, "FP is forbidden, exception from EL0");
  check_equal(class, TRAPPED, "FP is forbidden, class");
  end();
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  code[0] = FMOV_D0_X1;
  code[1] = SVC_0;
  mmu_start();
  last[0] = (uint64_t)code | PAGE | SHARED | ACCESSED | NORMAL | READ_ONLY_EL0 | 1ul << 53;
  middle[0] = (uint64_t)last | PAGE;
  mmu_level1[1] = (uint64_t)middle | PAGE;
  asm volatile("dsb ishst\n tlbi vmalle1\n ic iallu\n dsb ish\n isb" ::: "memory");
  WRITE(cpacr_el1, 3 << 20);
  ISB();
  enter_el0((void (*)(void))USER, stack + sizeof stack);
}
