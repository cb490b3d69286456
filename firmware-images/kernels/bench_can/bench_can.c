/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CAN bus at full load for a minute: frames of eight bytes, each loaded while the one before is on its way.
 * Nearly all their bits are equal, so that many are stuffed. Another station must acknowledge.
 * Frames are responses, which nobody obeys; none is received.
 */
#include "catch.h"
#include "mcp2515.h"

enum { SECOND = 1000000, DURATION = 60 * SECOND, TX0 = 1 << 2, TX1 = 1 << 3, SHARE = 97, SLOTS = DURATION / 640 };
const int stay_at_el2 = 0;
static void on_interrupt(void) {
  int id = irq_acknowledge();
  put32(GPIO + GPLEN0, 0);
  put32(GPEDS(CAN_INT_PIN), 1u << CAN_INT_PIN);
  irq_end(id);
}

/* One instruction, whose bytes fit into the FIFOs; the last byte that comes back. */
static uint8_t instruct(const uint8_t *bytes, int count) {
  uint8_t last = 0;
  put32(SPI_CS, SPI_CLEAR | SPI_TA);
  for (int n = 0; n < count; n++) {
    put32(SPI_FIFO, bytes[n]);
  }
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  for (int n = 0; n < count; n++) {
    last = (uint8_t)get32(SPI_FIFO);
  }
  put32(SPI_CS, 0);
  return last;
}

static void send(int buffer) {
  const uint8_t load[] = {(uint8_t)(CAN_LOAD_TX | buffer << 1), 0, 0x09, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0};
  const uint8_t order = (uint8_t)(CAN_RTS | 1 << buffer);
  instruct(load, sizeof load);
  instruct(&order, 1);
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  mmu_start();
  console_start();
  caught_interrupt = on_interrupt;
  spi_start();
  wait_micros(10);
  can_set_up();
  can_write(RXB0CTRL, 0);
  can_write(RXM0, 0xFF);
  can_write(RXM1, 0xFF);
  can_write(RXB1CTRL, 0);
  can_write(CANINTE, TX0 | TX1);
  can_enter(NORMAL);
  irq_enable(GPIO_IRQ);
  send(0);
  send(1);
  uint32_t begun = get32(TIMER_CLO), sent = 0;
  while (get32(TIMER_CLO) - begun < DURATION) {
    put32(GPIO + GPLEN0, 1u << CAN_INT_PIN);
    asm volatile("wfi\n msr daifclr, #2\n isb\n msr daifset, #2" ::: "memory");
    const uint8_t ask[] = {CAN_READ, CANINTF, 0};
    uint8_t flags = instruct(ask, sizeof ask);
    for (int buffer = 0; buffer < 2; buffer++) {
      uint8_t flag = buffer == 0 ? TX0 : TX1;
      if (flags & flag) {
        const uint8_t clear[] = {CAN_MODIFY, CANINTF, flag, 0};
        instruct(clear, sizeof clear);
        send(buffer);
        sent++;
      }
    }
  }
  print_number(sent);
  print(" frames in a minute\n");
  check(sent * 100ul >= (uint64_t)SLOTS * SHARE, "the bus is loaded");
  return checks_failed("bench_can");
}
