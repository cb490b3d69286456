/* SPDX-License-Identifier: Apache-2.0 */
#include "mcp2515.h"

enum { FIRST_PIN = 8, LAST_PIN = 11, DIVIDER = 50, MODE_MICROS = 1000, RESET_MICROS = 10, HEADER = 5 };
enum { EXTENDED = 1 << 3, BUFFER = 0x10 };

void spi_start(void) {
  for (int pin = FIRST_PIN; pin <= LAST_PIN; pin++) {
    pin_select(pin, PIN_ALT0);
    pin_pull(pin, PULL_NONE);
  }
  pin_select(CAN_INT_PIN, PIN_INPUT);
  pin_pull(CAN_INT_PIN, PULL_NONE);
  put32(SPI_CS, SPI_CLEAR);
  put32(SPI_CLK, DIVIDER);
}

void spi_transfer(const uint8_t *out, uint8_t *in, int count) {
  put32(SPI_CS, SPI_TA);
  for (int n = 0; n < count; n++) {
    while (!(get32(SPI_CS) & SPI_TXD)) {
    }
    put32(SPI_FIFO, out ? out[n] : 0);
    while (!(get32(SPI_CS) & SPI_RXD)) {
    }
    uint8_t byte = (uint8_t)get32(SPI_FIFO);
    if (in) {
      in[n] = byte;
    }
  }
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  put32(SPI_CS, 0);
}

uint8_t can_read(uint8_t address) {
  uint8_t bytes[3] = {CAN_READ, address, 0};
  spi_transfer(bytes, bytes, 3);
  return bytes[2];
}

void can_write(uint8_t address, uint8_t value) {
  uint8_t bytes[3] = {CAN_WRITE, address, value};
  spi_transfer(bytes, 0, 3);
}

void can_modify(uint8_t address, uint8_t mask, uint8_t value) {
  uint8_t bytes[4] = {CAN_MODIFY, address, mask, value};
  spi_transfer(bytes, 0, 4);
}

uint8_t can_ask(uint8_t instruction) {
  uint8_t bytes[2] = {instruction, 0};
  spi_transfer(bytes, bytes, 2);
  return bytes[1];
}

void can_order(uint8_t instruction) {
  spi_transfer(&instruction, 0, 1);
}

void wait_micros(uint32_t micros) {
  uint32_t begun = get32(TIMER_CLO);
  while (get32(TIMER_CLO) - begun < micros) {
  }
}

void can_set_up(void) {
  static const uint8_t timing[] = {CAN_WRITE, CNF3, 0x85, 0xF1, 0x41};
  can_order(CAN_RESET);
  wait_micros(RESET_MICROS);
  spi_transfer(timing, 0, sizeof timing);
  can_write(RXB0CTRL, 0x64);
  can_write(RXB1CTRL, 0x60);
}

void can_enter(uint8_t mode) {
  uint32_t begun = get32(TIMER_CLO);
  can_modify(CANCTRL, MODE_MASK, mode);
  while ((can_read(CANSTAT) & MODE_MASK) != mode && get32(TIMER_CLO) - begun < MODE_MICROS) {
  }
}

void can_load(int buffer, const struct can_frame *frame) {
  uint8_t bytes[2 + HEADER + 8] = {
      CAN_WRITE,
      (uint8_t)(TXB0CTRL + 1 + buffer * BUFFER),
      (uint8_t)(frame->id >> 21),
      (uint8_t)((frame->id >> 13 & 0xE0) | EXTENDED | (frame->id >> 16 & 3)),
      (uint8_t)(frame->id >> 8),
      (uint8_t)frame->id,
      frame->dlc,
  };
  for (int n = 0; n < 8; n++) {
    bytes[2 + HEADER + n] = frame->data[n];
  }
  spi_transfer(bytes, 0, sizeof bytes);
}

void can_take(int buffer, struct can_frame *frame) {
  uint8_t bytes[2 + HEADER + 8] = {CAN_READ, (uint8_t)(RXB0CTRL + 1 + buffer * BUFFER)};
  spi_transfer(bytes, bytes, sizeof bytes);
  const uint8_t *at = bytes + 2;
  frame->id = (uint32_t)at[0] << 21 | (at[1] & 0xE0u) << 13 | (at[1] & 3u) << 16 | (uint32_t)at[2] << 8 | at[3];
  frame->dlc = at[4];
  for (int n = 0; n < 8; n++) {
    frame->data[n] = at[HEADER + n];
  }
}
