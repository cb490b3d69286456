/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes its exception vectors' page out of the translation tables and calls itself: each fetch of a
 * vector fails and leads to a vector. For the emulator's report.
 */
#include "kernel.h"

const int stay_at_el2 = 0;

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  mmu_start();
  print("lost_vectors: without vectors from here on\n");
  mmu_level3[0x1FE] = 0;
  asm volatile("dsb sy\n tlbi vmalle1\n dsb sy\n isb" ::: "memory");
  WRITE(vbar_el1, 0x1FE000);
  ISB();
  asm volatile("svc #0");
  return 1;
}
