/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A train set's box at UART3 (2400 baud, 8N2), and an interrupt handler that serves one cause each
 * time and clears all that it has seen, clear to send first: what happens on the line must never
 * happen at the same time, or it never reads again. PACTL_CS (BCM2711 ARM Peripherals, 6.2.4) must
 * say that it was UART3.
 */
#include "catch.h"

#define UART3 0xFE201600ul
#define DR (UART3 + 0x00)
#define FR (UART3 + 0x18)
#define IBRD (UART3 + 0x24)
#define LCRH (UART3 + 0x2C)
#define CR (UART3 + 0x30)
#define IMSC (UART3 + 0x38)
#define MIS (UART3 + 0x40)
#define ICR (UART3 + 0x44)
#define PACTL_CS 0xFE204E00ul
enum { CTS = 1 << 1, RX = 1 << 4, TX = 1 << 5, FR_CTS = 1, EIGHT_BITS_TWO_STOPS = 0x68 };
enum { DIVISOR = 1250, ON = 0x301, PACTL_UART3 = 1 << 18, PACTL_UARTS = 0x1F << 16 };
enum { READ_FIVE = 128 + 5, RESET_MODE = 192, BYTES = 10, READS = 20, PATIENCE = 200000 };
const int stay_at_el2 = 0;
static volatile int bytes, falls, rises, wrong_uart, at_once;
static volatile uint32_t last_byte, last_fall, last_rise;

static void serve(uint32_t cause) {
  if (cause & CTS) {
    if (get32(FR) & FR_CTS) {
      rises++;
      last_rise = get32(TIMER_CLO);
    } else {
      falls++;
      last_fall = get32(TIMER_CLO);
    }
  } else if (cause & RX) {
    get32(DR);
    bytes++;
    last_byte = get32(TIMER_CLO);
  }
}

static void on_interrupt(void) {
  int id = irq_acknowledge();
  if (id == UART_IRQ) {
    wrong_uart += (get32(PACTL_CS) & PACTL_UARTS) != PACTL_UART3;
    uint32_t cause = get32(MIS);
    at_once += (cause & (cause - 1)) != 0;
    put32(ICR, cause);
    serve(cause);
  }
  irq_end(id);
}

static bool await(volatile int *counter, int value) {
  uint32_t begun = get32(TIMER_CLO);
  while (*counter < value && get32(TIMER_CLO) - begun < PATIENCE) {
  }
  return *counter >= value;
}

static void send(uint32_t value) {
  int fallen = falls, risen = rises;
  uint32_t begun = get32(TIMER_CLO);
  put32(DR, value);
  check(await(&falls, fallen + 1), "clear to send falls");
  uint32_t passed = last_fall - begun;
  check(passed > 3900 && passed < 4400, "in the first stop bit, after 9.5 of 11 bits of 417 us");
  if (value != READ_FIVE) {
    check(await(&rises, risen + 1), "clear to send rises");
  }
}

static void read_sensors(void) {
  int risen = rises;
  bytes = 0;
  send(READ_FIVE);
  check(await(&bytes, BYTES), "all bytes of an answer are read");
  check_equal((uint64_t)rises, (uint64_t)risen, "not clear during an answer");
  check(await(&rises, risen + 1), "clear again after an answer");
  uint32_t passed = last_rise - last_byte;
  check(passed >= 650 && passed < 2000, "1.5 bit times and the box's own after the last byte");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  put32(CR, 0);
  put32(IBRD, DIVISOR);
  put32(LCRH, EIGHT_BITS_TWO_STOPS);
  put32(CR, ON);
  put32(ICR, 0x7FF);
  put32(IMSC, CTS | RX);
  irq_enable(UART_IRQ);
  asm volatile("msr daifclr, #2" ::: "memory");
  check_equal(get32(PACTL_CS), 0, "nobody asks for an interrupt");
  send(RESET_MODE);
  for (int n = 0; n < READS; n++) {
    read_sensors();
    send(16);
    send(24);
  }
  check_equal((uint64_t)at_once, 0, "no two causes at once");
  check_equal((uint64_t)wrong_uart, 0, "it is UART3 that asks");
  return checks_failed("check_train_line");
}
