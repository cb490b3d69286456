/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exclusives before the MMU is on, and after: on the chip the first never succeed, the emulator
 * warns of them and of no other.
 */
#include "catch.h"

const int stay_at_el2 = 0;
static uint32_t word;

__attribute__((noinline)) void lock_too_early(void) {
  uint32_t old, failed;
  asm volatile("1: ldaxr %w0, [%2]\n add %w0, %w0, #1\n stlxr %w1, %w0, [%2]\n cbnz %w1, 1b"
               : "=&r"(old), "=&r"(failed) : "r"(&word) : "memory");
}

__attribute__((noinline)) void lock_in_time(void) {
  uint64_t old, failed;
  asm volatile("1: ldxr %w0, [%2]\n add %w0, %w0, #1\n stxr %w1, %w0, [%2]\n cbnz %w1, 1b"
               : "=&r"(old), "=&r"(failed) : "r"(&word) : "memory");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  lock_too_early();
  lock_too_early();
  mmu_start();
  lock_in_time();
  check_equal(word, 3, "what three locked additions give");
  return checks_failed("check_exclusives");
}
