/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Code that changes at EL2 (Arm Architecture Reference Manual for A-profile, B2.7.4): a kernel that
 * loads another one to where it ran itself.
 */
#include "kernel.h"

const int stay_at_el2 = 1;
enum { MOV_W0 = 0x52800000, RET = 0xd65f03c0, TURNS = 4 };
static uint32_t code[1024] __attribute__((aligned(4096)));

void on_exception(struct frame *frame, uint64_t vector) {
  print("FAILED: exception, vector "), print_number(vector), print(", pc "), print_hex(frame->pc);
  print("\n");
  for (;;) {
  }
}

static uint32_t give(uint32_t value) {
  *(volatile uint32_t *)&code[512] = MOV_W0 | value << 5;
  *(volatile uint32_t *)&code[513] = RET;
  asm volatile("dc cvau, %0\n dsb ish" ::"r"(&code[512]) : "memory");
  if (READ(sctlr_el2) & 1 << 12) {
    asm volatile("ic ivau, %0\n dsb ish" ::"r"(&code[512]) : "memory");
  }
  ISB();
  return ((uint32_t(*)(void))&code[512])();
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  *(volatile uint32_t *)code = RET;
  for (uint32_t turn = 1; turn <= TURNS; turn++) {
    check_equal(give(turn), turn, "instruction cache off, no maintenance");
    ((void (*)(void))code)();
    *(volatile uint32_t *)code = RET;
  }
  WRITE(sctlr_el2, READ(sctlr_el2) | 1 << 12);
  ISB();
  for (uint32_t turn = 1; turn <= TURNS; turn++) {
    check_equal(give(turn), turn, "instruction cache on, ic ivau");
  }
  return checks_failed("check_code_el2");
}
