/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The instructions of the MCP2515 (Microchip DS20001801J, 12) and its registers after reset (11): framing by
 * chip select, addresses that count up, exact BIT MODIFY, what is for configuration mode alone.
 */
#include "mcp2515.h"

const int stay_at_el2 = 0;

void on_exception(struct frame *frame, uint64_t vector) {
  (void)vector;
  check_equal(frame->pc, 0, "no exception");
}

static void after_reset(void) {
  static const struct {
    uint8_t address, value;
  } registers[] = {
      {CANSTAT, 0x80}, {CANCTRL, 0x87}, {0x0C, 0}, {0x0D, 0x38}, {TEC, 0}, {REC, 0}, {CNF3, 0}, {0x29, 0}, {0x2A, 0},
      {CANINTE, 0}, {CANINTF, 0}, {EFLG, 0}, {TXB0CTRL, 0}, {TXB1CTRL, 0}, {TXB2CTRL, 0}, {RXB0CTRL, 0}, {RXB1CTRL, 0},
  };
  for (unsigned n = 0; n < sizeof registers / sizeof *registers; n++) {
    check_equal(can_read(registers[n].address), registers[n].value, "a register after reset");
  }
}

static void addresses(void) {
  uint8_t written[6] = {CAN_WRITE, 0x36, 1, 2, 3, 4}, back[6] = {CAN_READ, 0x36};
  spi_transfer(written, 0, 6);
  spi_transfer(back, back, 6);
  for (int n = 2; n < 6; n++) {
    check_equal(back[n], written[n], "a burst of data bytes");
  }
  check_equal(back[0] | back[1], 0, "while instruction and address go out nothing comes back");
  for (uint8_t row = 0; row < 0x80; row += 0x10) {
    check_equal(can_read((uint8_t)(row + CANSTAT)), 0x80, "CANSTAT in each row");
  }
  uint8_t around[5] = {CAN_READ, 0x7E};
  can_write(0x00, 0x5A);
  spi_transfer(around, around, 5);
  check_equal(around[3], 0x87, "CANCTRL at 0x7F");
  check_equal(around[4], 0x5A, "then address 0");
}

static void bit_modify(void) {
  can_write(CANINTE, 0xA5);
  can_modify(CANINTE, 0x0F, 0x3C);
  check_equal(can_read(CANINTE), 0xAC, "masked bits change");
  can_modify(CANINTE, 0x00, 0xFF);
  check_equal(can_read(CANINTE), 0xAC, "and no others");
  can_write(CANINTE, 0);
  can_modify(CANINTE, 0x02, 1);
  check_equal(can_read(CANINTE), 0, "data 1 sets bit 0 alone, which the mask leaves out");
  can_write(0x31, 0xA5);
  can_modify(0x31, 0x0F, 0x3C);
  check_equal(can_read(0x31), 0x3C, "where bits cannot be modified the mask counts as 0xFF");
  can_modify(CANCTRL, 0x08, 0x08);
  check_equal(can_read(CANCTRL), 0x8F, "CANCTRL");
  can_modify(CANCTRL, 0x08, 0);
}

static void framing(void) {
  uint8_t cut[3] = {CAN_MODIFY, CANINTE, 0xFF};
  spi_transfer(cut, 0, 3);
  check_equal(can_read(CANINTE), 0, "BIT MODIFY without data does nothing");
  uint8_t two[4] = {CAN_WRITE, CANINTE, 0x03, 0x00};
  spi_transfer(two, 0, 3);
  check_equal(can_read(CANINTE), 3, "WRITE");
  spi_transfer(two, 0, 2);
  check_equal(can_read(CANINTE), 3, "WRITE without data does nothing");
  can_write(CANINTE, 0);
  uint8_t unknown[4] = {0x01, CANINTE, 0xFF, 0xFF};
  spi_transfer(unknown, unknown, 4);
  check_equal(unknown[3], 0, "no instruction: no answer");
  check_equal(can_read(CANINTE), 0, "and no effect");
}

static void buffers(void) {
  uint8_t header[6] = {CAN_LOAD_TX | 2, 0xAB, 0xEB, 0x12, 0x34, 0x08};
  spi_transfer(header, 0, 6);
  uint8_t data[3] = {CAN_LOAD_TX | 3, 0x77, 0x88};
  spi_transfer(data, 0, 3);
  const uint8_t should[7] = {0xAB, 0xEB, 0x12, 0x34, 0x08, 0x77, 0x88};
  for (int n = 0; n < 7; n++) {
    check_equal(can_read((uint8_t)(TXB1CTRL + 1 + n)), should[n], "LOAD TX BUFFER fills TXB1");
  }
  can_write(CANINTF, 3);
  can_order(CAN_READ_RX);
  check_equal(can_read(CANINTF), 2, "READ RX BUFFER frees RXB0 when chip select rises");
  can_order(CAN_READ_RX | 6);
  check_equal(can_read(CANINTF), 0, "and RXB1");
  can_write(CANINTF, 0x1F);
  check_equal(can_ask(CAN_READ_STATUS), 0xAB, "READ STATUS shows the flags");
  can_write(CANINTF, 0);
  can_order(CAN_RTS | 5);
  check_equal(can_ask(CAN_READ_STATUS), 0x44, "and the requests of TXB0 and TXB2");
  can_modify(TXB0CTRL, 8, 0);
  can_modify(TXB2CTRL, 8, 0);
  check_equal(can_ask(CAN_READ_STATUS), 0, "which were taken back");
}

static void configuration(void) {
  can_write(RXM0, 0xFF);
  check_equal(can_read(RXM0), 0xFF, "a mask in configuration mode");
  can_enter(LOOPBACK);
  check_equal(can_read(RXM0), 0, "in other modes masks read as 0");
  can_write(RXM0, 0x55);
  can_write(CNF3, 0);
  check_equal(can_read(CNF3), 0x85, "and timing keeps its value");
  can_enter(CONFIGURATION);
  check_equal(can_read(RXM0), 0xFF, "as the mask has");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  spi_start();
  wait_micros(10);
  after_reset();
  addresses();
  bit_modify();
  framing();
  buffers();
  can_set_up();
  configuration();
  can_order(CAN_RESET);
  wait_micros(10);
  after_reset();
  return checks_failed("check_can_instructions");
}
