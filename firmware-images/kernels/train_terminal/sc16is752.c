/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines by an SC16IS752 behind SPI1 (BCM2711 ARM Peripherals, 2.3; NXP data sheet, 8), its IRQ
 * at pin 24: the board of 2022 and early 2023.
 */
#include "lines.h"

#define AUX_ENABLES 0xFE215004ul
#define SPI 0xFE215080ul
#define CNTL0 (SPI + 0x00)
#define CNTL1 (SPI + 0x04)
#define STAT (SPI + 0x08)
#define IO (SPI + 0x20)
#define GPLEN0 (GPIO + 0x70)
enum { CLEAR_FIFOS = 1 << 9, CONTROL = 83 << 20 | 1 << 14 | 1 << 11 | 1 << 10 | 1 << 6, MSB_FIRST_IN = 2 };
enum { RX_EMPTY = 1 << 7, TX_FULL = 1 << 10, SPI1_ON = 2 };
enum { FIRST_PIN = 18, LAST_PIN = 21, IRQ_PIN = 24 };
enum { RHR = 0, THR = 0, IER = 1, IIR = 2, FCR = 2, LCR = 3, LSR = 5, MSR = 6, TXLVL = 8, RXLVL = 9 };
enum { IO_CONTROL = 14, DLL = 0, DLH = 1, READ = 0x80, RESET = 8, NOTHING = 1, DIVISOR = 0x80 };
enum { EIGHT_BITS = 3, TWO_STOP_BITS = 4, CLEAN_FIFOS = 7, RECEIVED = 1, CTS_CHANGED = 8 };
enum { CTS = 1 << 4, SENT = 1 << 6, CRYSTAL = 14745600 / 16 };

static uint32_t exchange(uint32_t first, uint32_t second) {
  while (get32(STAT) & TX_FULL) {
  }
  put32(IO, 16u << 24 | first << 16 | second << 8);
  while (get32(STAT) & RX_EMPTY) {
  }
  return get32(IO) & 0xFF;
}

static uint32_t get(enum line line, int reg) {
  return exchange(READ | (uint32_t)reg << 3 | (uint32_t)line << 1, 0);
}

static void put(enum line line, int reg, uint32_t value) {
  exchange((uint32_t)reg << 3 | (uint32_t)line << 1, value);
}

static void set_up(enum line line, uint32_t baud, uint32_t format) {
  put(line, LCR, DIVISOR);
  put(line, DLH, CRYSTAL / baud >> 8);
  put(line, DLL, CRYSTAL / baud & 0xFF);
  put(line, LCR, format);
  put(line, FCR, CLEAN_FIFOS);
}

void lines_start(void) {
  for (int pin = FIRST_PIN; pin <= LAST_PIN; pin++) {
    pin_select(pin, PIN_ALT4);
  }
  pin_pull(IRQ_PIN, PULL_NONE);
  put32(AUX_ENABLES, SPI1_ON);
  put32(CNTL0, CLEAR_FIFOS);
  put32(CNTL0, CONTROL);
  put32(CNTL1, MSB_FIRST_IN);
  put(TERMINAL, IO_CONTROL, RESET);
  set_up(TERMINAL, 115200, EIGHT_BITS);
  set_up(TRAINS, 2400, EIGHT_BITS | TWO_STOP_BITS);
  put(TRAINS, IER, RECEIVED | CTS_CHANGED);
  put32(GPLEN0, 1u << IRQ_PIN);
  keys_wanted(true);
  irq_enable(GPIO_IRQ);
}

void keys_wanted(bool are_wanted) {
  put(TERMINAL, IER, are_wanted ? RECEIVED : 0);
}

/* The level stays while a byte waits: the pin is looked at again when the bytes have been taken. */
void lines_interrupted(int id) {
  if (id == GPIO_IRQ) {
    get(TRAINS, MSR);
    put32(GPLEN0, 0);
    put32(GPEDS(IRQ_PIN), 1u << IRQ_PIN);
  }
}

bool line_has_byte(enum line line) {
  bool has_byte = get(line, RXLVL) != 0;
  if (!has_byte) {
    put32(GPLEN0, 1u << IRQ_PIN);
  }
  return has_byte;
}

uint8_t line_get(enum line line) {
  return (uint8_t)get(line, RHR);
}

bool line_has_room(enum line line) {
  return get(line, TXLVL) != 0;
}

void line_put(enum line line, uint8_t byte) {
  put(line, THR, byte);
}

bool box_is_ready(void) {
  return get(TRAINS, LSR) & SENT && get(TRAINS, MSR) & CTS;
}
