/* SPDX-License-Identifier: Apache-2.0 */
/* A kernel with what drivers do wrong, in loopback mode: behind a line what it is told. */
#include "mcp2515.h"

enum { LONG = 2000 };
const int stay_at_el2 = 0;
static const struct can_frame frame = {0x0008C300, 4, {0, 0, 0, 14}};

void on_exception(struct frame *at, uint64_t vector) {
  (void)vector;
  print_hex(at->pc);
}

static void send(void) {
  can_load(0, &frame);
  can_order(CAN_RTS | 1);
  wait_micros(LONG); /* told: the buffers are full */
}

static void write_while_it_waits(void) {
  can_load(0, &frame);
  can_order(CAN_RTS | 1);
  can_load(0, &frame); /* told: while its TXREQ is set */
  wait_micros(LONG);
}

static void lose_frames(void) {
  struct can_frame got;
  can_write(CANINTF, 0); /* told: RX0IF is cleared though RXB0 was not read */
  for (int n = 0; n < 3; n++) {
    send();
  }
  can_take(0, &got);
  can_modify(CANINTF, 1, 0);
  send();
  can_take(0, &got);
  can_modify(CANINTF, 1, 0); /* told: RXB1 holds an older frame */
}

static void go_at_another_rate(void) {
  static const uint8_t timing[] = {CAN_WRITE, CNF3, 0x85, 0xF1, 0x43};
  can_enter(CONFIGURATION);
  spi_transfer(timing, 0, sizeof timing);
  can_enter(NORMAL); /* told: is not the bit rate of the CAN bus */
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  spi_start();
  put32(SPI_FIFO, CAN_READ); /* told: while CS.TA = 0 is not sent */
  get32(SPI_FIFO); /* told: read while it holds nothing */
  wait_micros(10);
  can_set_up();
  can_enter(LOOPBACK);
  write_while_it_waits();
  lose_frames();
  go_at_another_rate();
  put32(SPI_CS, SPI_TA);
  put32(SPI_FIFO, CAN_READ);
  put32(SPI_CS, 0); /* told: before all bytes are sent */
  return 0;
}
