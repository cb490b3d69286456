/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the watchdog for a reboot, as Linux does (drivers/watchdog/bcm2835_wdt.c), and waits. */
#include "catch.h"

enum { RSTC = 0x1C, WDOG = 0x24, FULL_RESET = 0x20, TENTH_OF_A_SECOND = 6554 };
static const uint32_t PASSWORD = 0x5A000000;
const int stay_at_el2 = 0;

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  static int boots_in_memory; /* fresh RAM each time: always 0 here */
  (void)level_at_start, (void)firmware_argument;
  console_start();
  print("boot ");
  print_number((uint64_t)boots_in_memory++);
  print(" in this memory\n");
  put32(WATCHDOG + WDOG, PASSWORD | TENTH_OF_A_SECOND);
  put32(WATCHDOG + RSTC, PASSWORD | FULL_RESET);
  for (;;) {
    asm volatile("wfe");
  }
}
