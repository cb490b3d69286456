/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mini UART (BCM2711 ARM Peripherals, 2.2): enable, status at rest, the time that frames take,
 * FIFO levels, interrupts. Nothing comes in: reception is checked by what the line of the test says
 * ("ok" if it has input).
 */
#include "catch.h"

#define AUX 0xFE215000ul
#define AUX_IRQ (AUX + 0x00)
#define AUX_ENABLES (AUX + 0x04)
#define MU_IO (AUX + 0x40)
#define MU_IER (AUX + 0x44)
#define MU_IIR (AUX + 0x48)
#define MU_LCR (AUX + 0x4C)
#define MU_LSR (AUX + 0x54)
#define MU_SCRATCH (AUX + 0x5C)
#define MU_CNTL (AUX + 0x60)
#define MU_STAT (AUX + 0x64)
#define MU_BAUD (AUX + 0x68)
enum { AUX_INTERRUPT = 125, BAUD_115200 = 541, RECEIVED = 1, ROOM = 1 << 5, IDLE = 1 << 6 };
const int stay_at_el2 = 0;
static volatile int taken, last_iir;

static void on_interrupt(void) {
  int id = irq_acknowledge();
  if (id == AUX_INTERRUPT) {
    taken++;
    last_iir = (int)get32(MU_IIR);
    put32(MU_IER, 0);
  }
  irq_end(id);
}

static void unmask_briefly(void) {
  asm volatile("msr daifclr, #2\n isb\n nop\n nop\n msr daifset, #2\n isb" ::: "memory");
}

static void start(void) {
  check_equal(get32(AUX_ENABLES), 0, "nothing is enabled after reset");
  check_equal(get32(MU_LSR), 0, "registers of a unit that is not enabled read as 0");
  put32(MU_SCRATCH, 0x5A);
  put32(AUX_ENABLES, 1);
  check_equal(get32(MU_SCRATCH), 0, "and take no writes");
  put32(MU_SCRATCH, 0x5A);
  check_equal(get32(MU_SCRATCH), 0x5A, "the scratch register");
  check_equal(get32(MU_CNTL), 3, "receiver and transmitter are on");
  check_equal(get32(MU_LSR), ROOM | IDLE, "line status at rest");
  put32(MU_LCR, 3);
  put32(MU_BAUD, BAUD_115200);
  check_equal(get32(MU_BAUD), BAUD_115200, "the baud rate");
  put32(MU_LCR, 0x83);
  check_equal(get32(MU_IO), BAUD_115200 & 0xFF, "its low byte by DLAB");
  check_equal(get32(MU_IER), BAUD_115200 >> 8, "its high byte by DLAB");
  put32(MU_LCR, 3);
}

static void send(void) {
  uint32_t begun = get32(TIMER_CLO);
  int written = 0;
  while (get32(MU_LSR) & ROOM) {
    put32(MU_IO, (uint32_t)"mini UART"[written++]);
  }
  check_equal((uint64_t)written, 9, "eight characters wait and one is on its way");
  check_equal(get32(MU_STAT) >> 24 & 15, 8, "the transmit FIFO's level");
  check(get32(MU_STAT) & 1 << 5, "the transmit FIFO is full");
  check((get32(MU_LSR) & IDLE) == 0, "not idle");
  while (!(get32(MU_LSR) & IDLE)) {
  }
  uint32_t passed = get32(TIMER_CLO) - begun;
  check(passed >= 780 && passed <= 800, "nine frames of ten bits at 115200 baud");
  put32(MU_IO, 'x');
  put32(MU_IO, 'x');
  put32(MU_IIR, 1 << 2);
  check_equal(get32(MU_STAT) >> 24 & 15, 0, "a cleared transmit FIFO");
  while (!(get32(MU_LSR) & IDLE)) {
  }
}

static void interrupts(void) {
  irq_enable(AUX_INTERRUPT);
  check_equal(get32(MU_IIR), 0xC1, "no interrupt is pending");
  put32(MU_IER, 2);
  check_equal(get32(AUX_IRQ), 1, "an empty transmit FIFO asks");
  unmask_briefly();
  check_equal((uint64_t)taken, 1, "by an interrupt");
  check_equal((uint64_t)last_iir, 0xC2, "whose reason is the transmitter");
  check_equal(get32(AUX_IRQ), 0, "that is gone with its enable");
}

static void receive(void) {
  put32(MU_IER, 1);
  uint32_t begun = get32(TIMER_CLO);
  while (taken < 2 && get32(TIMER_CLO) - begun < 500) {
    unmask_briefly();
  }
  if (taken == 2) {
    check_equal((uint64_t)last_iir, 0xC4, "a received character asks by an interrupt");
    check(get32(MU_LSR) & RECEIVED, "and is in the line status");
    uint32_t level = get32(MU_STAT) >> 16 & 15;
    check(level >= 1 && level <= 2, "the receive FIFO's level");
    print("received ");
    for (int n = 0; n < 2; n++) {
      while (!(get32(MU_LSR) & RECEIVED)) {
      }
      put_char((char)get32(MU_IO));
    }
    print("\n");
  }
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  start();
  send();
  interrupts();
  receive();
  return checks_failed("check_aux_uart");
}
