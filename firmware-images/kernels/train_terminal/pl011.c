/* SPDX-License-Identifier: Apache-2.0 */
/* The lines by UART0 and UART3 (BCM2711 ARM Peripherals, 11; PL011 TRM, 3.3), as from 2023's autumn on. */
#include "lines.h"

#define UART3 0xFE201600ul
enum { DR = 0x00, FR = 0x18, IBRD = 0x24, FBRD = 0x28, LCRH = 0x2C, CR = 0x30, IMSC = 0x38, MIS = 0x40, ICR = 0x44 };
enum { CTS = 1 << 0, RXFE = 1 << 4, TXFF = 1 << 5, TXFE = 1 << 7 };
enum { TWO_STOP_BITS = 1 << 3, FIFOS = 1 << 4, EIGHT_BITS = 3 << 5, ENABLED = 1 | 1 << 8 | 1 << 9 };
enum { CTS_CHANGED = 1 << 1, RECEIVED = 1 << 4 | 1 << 6 };
enum { FIRST_PIN = 4, LAST_PIN = 7, BOX_DIVIDER = 48000000 / 16 / 2400 };

static const uint64_t bases[] = {UART0, UART3};

void lines_start(void) {
  console_start();
  for (int pin = FIRST_PIN; pin <= LAST_PIN; pin++) {
    pin_select(pin, PIN_ALT4);
  }
  put32(UART3 + CR, 0);
  put32(UART3 + IBRD, BOX_DIVIDER);
  put32(UART3 + FBRD, 0);
  put32(UART3 + LCRH, EIGHT_BITS | FIFOS | TWO_STOP_BITS);
  put32(UART3 + CR, ENABLED);
  put32(UART3 + IMSC, CTS_CHANGED | RECEIVED);
  keys_wanted(true);
  irq_enable(UART_IRQ);
}

void keys_wanted(bool are_wanted) {
  put32(UART0 + IMSC, are_wanted ? RECEIVED : 0);
}

void lines_interrupted(int id) {
  if (id == UART_IRQ) {
    put32(UART3 + ICR, get32(UART3 + MIS));
    put32(UART0 + ICR, get32(UART0 + MIS));
  }
}

bool line_has_byte(enum line line) {
  return !(get32(bases[line] + FR) & RXFE);
}

uint8_t line_get(enum line line) {
  return (uint8_t)get32(bases[line] + DR);
}

bool line_has_room(enum line line) {
  return !(get32(bases[line] + FR) & TXFF);
}

void line_put(enum line line, uint8_t byte) {
  put32(bases[line] + DR, byte);
}

bool box_is_ready(void) {
  return (get32(UART3 + FR) & (CTS | TXFE)) == (CTS | TXFE);
}
