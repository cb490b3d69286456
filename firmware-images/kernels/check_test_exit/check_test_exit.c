/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The test-exit device, which no Raspberry Pi has (docs/board.md): a kernel ends the run with an
 * exit code by one store. Ends with 42 if all is well.
 */
#include "kernel.h"

#define TEST_EXIT 0xFC000000ul
enum { KEY = 0x7E570000, CODE = 42 };
const int stay_at_el2 = 0;

void on_exception(struct frame *frame, uint64_t vector) {
  (void)frame, (void)vector;
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  check_equal(get32(TEST_EXIT), KEY, "it says that it is there");
  put32(TEST_EXIT, 0);
  put32(TEST_EXIT, KEY + 256);
  check(true, "other values do nothing");
  int failed = checks_failed("check_test_exit");
  put32(TEST_EXIT, KEY + (failed ? 1 : CODE));
  return 3; /* the run has ended before */
}
