/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SPI0 (BCM2711 ARM Peripherals, 9): registers after reset, FIFOs of 64 and their flags, transfers framed by
 * TA, byte times of the clock divider, DONE and RXR as interrupt 150 and in PACTL_CS. The device at chip
 * select 0 is an MCP2515, whose CANSTAT is 0x80 after reset.
 */
#include "catch.h"
#include "mcp2515.h"

#define PACTL_CS 0xFE204E00ul
enum { FLAGS = SPI_DONE | SPI_RXD | SPI_TXD | SPI_RXR | SPI_RXF, DEPTH = 64, THREE_QUARTERS = 48 };
enum { CPHA = 1 << 2, MODE_3 = 3 << 2, CLOCK_OF_MICROSECONDS = 500 };
const int stay_at_el2 = 0;
static volatile int taken, last_id;

static void on_interrupt(void) {
  last_id = irq_acknowledge();
  taken++;
  put32(SPI_CS, get32(SPI_CS) & ~(uint32_t)(SPI_INTD | SPI_INTR));
  irq_end(last_id);
}

static uint32_t flags(void) {
  return get32(SPI_CS) & FLAGS;
}

static void begin(uint32_t more) {
  put32(SPI_CS, SPI_CLEAR);
  put32(SPI_CS, SPI_TA | more);
}

static void after_reset(void) {
  check_equal(get32(SPI_CS), 0x41000, "CS after reset");
  check_equal(get32(SPI_CLK), 0, "CLK after reset");
  check_equal(get32(SPI0 + 0x0C), 0, "DLEN after reset");
  check_equal(get32(SPI0 + 0x10), 1, "LTOH after reset");
  check_equal(get32(SPI0 + 0x14), 0x30201020, "DC after reset");
  check_equal(pin_level(CAN_INT_PIN), 1, "INT is high at rest");
}

static void transfers(void) {
  check_equal(can_read(CANSTAT), 0x80, "CANSTAT, in mode 0");
  begin(0);
  check_equal(flags(), SPI_DONE | SPI_TXD, "with TA and nothing to send it is done");
  put32(SPI_FIFO, CAN_READ);
  check_equal(flags(), SPI_TXD, "a byte is on its way");
  put32(SPI_FIFO, CANCTRL);
  put32(SPI_FIFO, 0);
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  check_equal(flags(), SPI_DONE | SPI_RXD | SPI_TXD, "all have been sent, and three received");
  put32(SPI_CS, 0);
  check_equal(flags(), SPI_RXD | SPI_TXD, "without TA it is not done, and what was received is still there");
  get32(SPI_FIFO);
  get32(SPI_FIFO);
  check_equal(get32(SPI_FIFO), 0x87, "CANCTRL is the third");
  check_equal(flags(), SPI_TXD, "and the last");
  begin(MODE_3);
  put32(SPI_FIFO, CAN_READ);
  put32(SPI_FIFO, CANSTAT);
  put32(SPI_FIFO, 0);
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  get32(SPI_FIFO);
  get32(SPI_FIFO);
  check_equal(get32(SPI_FIFO), 0x80, "CANSTAT, in mode 3");
  begin(1);
  put32(SPI_FIFO, CAN_READ);
  put32(SPI_FIFO, CANSTAT);
  put32(SPI_FIFO, 0);
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  get32(SPI_FIFO);
  get32(SPI_FIFO);
  check_equal(get32(SPI_FIFO), 0, "nobody answers at chip select 1");
  put32(SPI_CS, 0);
}

static void levels(void) {
  begin(0);
  for (int n = 0; n < DEPTH; n++) {
    put32(SPI_FIFO, CAN_READ_STATUS);
  }
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  check_equal(flags(), SPI_DONE | SPI_RXD | SPI_TXD | SPI_RXR | SPI_RXF, "64 bytes fill the receive FIFO");
  put32(SPI_FIFO, CAN_READ_STATUS);
  wait_micros(2);
  check_equal(flags() & SPI_DONE, 0, "the clock stands while it is full");
  get32(SPI_FIFO);
  wait_micros(2);
  check_equal(flags() & SPI_DONE, SPI_DONE, "and runs when a byte was read");
  for (int n = 0; n <= DEPTH - THREE_QUARTERS; n++) {
    check_equal(flags() & SPI_RXR, SPI_RXR, "three quarters full or more");
    get32(SPI_FIFO);
  }
  check_equal(flags() & SPI_RXR, 0, "fewer");
  put32(SPI_CS, SPI_CLEAR);
  check_equal(get32(SPI_CS), SPI_TXD, "CLEAR empties it, and reads as 0");
}

static void times(void) {
  const uint32_t dividers[] = {CLOCK_OF_MICROSECONDS, 5 * CLOCK_OF_MICROSECONDS, 5 * CLOCK_OF_MICROSECONDS + 1};
  const uint32_t micros[] = {10 * 8, 50 * 8, 50 * 8};
  for (int n = 0; n < 3; n++) {
    put32(SPI_CLK, dividers[n]);
    begin(0);
    uint32_t begun = get32(TIMER_CLO);
    for (int byte = 0; byte < 10; byte++) {
      put32(SPI_FIFO, CAN_READ_STATUS);
    }
    while (!(get32(SPI_CS) & SPI_DONE)) {
    }
    uint32_t passed = get32(TIMER_CLO) - begun;
    check(passed >= micros[n] && passed <= micros[n] + 3, "ten bytes take 80 clocks, an odd divider is rounded down");
  }
  put32(SPI_CLK, 50);
  put32(SPI_CS, 0);
}

static void unmask_briefly(void) {
  asm volatile("msr daifclr, #2\n isb\n nop\n nop\n msr daifset, #2\n isb" ::: "memory");
}

static void interrupts(void) {
  irq_enable(SPI_IRQ);
  begin(SPI_INTD);
  check_equal(get32(PACTL_CS) & 1, 1, "PACTL_CS shows SPI0");
  unmask_briefly();
  check_equal((uint64_t)taken, 1, "DONE interrupts");
  check_equal((uint64_t)last_id, SPI_IRQ, "its id");
  check_equal(get32(PACTL_CS) & 1, 0, "without INTD no more");
  put32(SPI_CS, SPI_TA | SPI_INTR);
  for (int n = 0; n < THREE_QUARTERS - 1; n++) {
    put32(SPI_FIFO, CAN_READ_STATUS);
  }
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  unmask_briefly();
  check_equal((uint64_t)taken, 1, "47 bytes are too few for RXR");
  put32(SPI_FIFO, CAN_READ_STATUS);
  asm volatile("wfi" ::: "memory");
  unmask_briefly();
  check_equal((uint64_t)taken, 2, "48 are enough, and end wfi");
  put32(SPI_CS, SPI_CLEAR);
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  after_reset();
  spi_start();
  wait_micros(10);
  transfers();
  levels();
  times();
  interrupts();
  return checks_failed("check_spi0");
}
