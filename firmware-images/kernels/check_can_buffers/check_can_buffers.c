/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transmit and receive buffers of the MCP2515 (Microchip DS20001801J, 3 and 4), in loopback mode: order by
 * priority, times on the wire, aborts, masks and filters, rollover, overflow, remote frames, DLC over 8.
 */
#include "mcp2515.h"

enum { BIT_MICROS = 4, LONG_MICROS = 700 };
const int stay_at_el2 = 0;
static const struct can_frame plain = {0x0000C300, 5, {1, 2, 3, 4, 5}};

void on_exception(struct frame *frame, uint64_t vector) {
  (void)vector;
  check_equal(frame->pc, 0, "no exception");
}

static void send_and_wait(int buffer, const struct can_frame *frame) {
  can_load(buffer, frame);
  can_order((uint8_t)(CAN_RTS | 1 << buffer));
  wait_micros(LONG_MICROS);
}

static void start(void) {
  can_set_up();
  can_enter(LOOPBACK);
}

static void empty(void) {
  struct can_frame frame;
  can_take(0, &frame);
  can_take(1, &frame);
  can_write(CANINTF, 0);
}

/* The bits of a data frame with a 29-bit identifier up to its end, with those that are stuffed (ISO 11898-1, 10). */
static uint32_t bits_of(const struct can_frame *frame) {
  uint32_t count = 0, crc = 0, run = 0, last = 2;
  uint64_t head = (uint64_t)(frame->id >> 18) << 27 | 3ul << 25 | (uint64_t)(frame->id & 0x3FFFF) << 7 | frame->dlc;
  for (int n = 0; n < 39 + frame->dlc * 8 + 15; n++) {
    uint32_t bit;
    if (n < 39) {
      bit = head >> (38 - n) & 1;
    } else if (n < 39 + frame->dlc * 8) {
      bit = frame->data[(n - 39) / 8] >> (7 - (n - 39) % 8) & 1;
    } else {
      bit = crc >> 14 & 1;
    }
    crc = (crc << 1 ^ (bit != (crc >> 14 & 1) ? 0x4599u : 0)) & 0x7FFF;
    run = bit == last ? run + 1 : 1;
    last = bit;
    count++;
    if (run == 5) {
      last = 1 - bit;
      run = 1;
      count++;
    }
  }
  return count + 10;
}

static void times(void) {
  const struct can_frame frames[] = {
      plain, {0, 8, {0}}, {0x1FFFFFFF, 8, {255, 255, 255, 255, 255, 255, 255, 255}}, {0x15555555, 0, {0}}, {0x00080300, 6, {0, 0, 0, 14, 2, 0x5A}}};
  start();
  for (unsigned n = 0; n < sizeof frames / sizeof *frames; n++) {
    can_load(0, &frames[n]);
    can_order(CAN_RTS | 1);
    uint32_t begun = get32(TIMER_CLO);
    while (!(can_ask(CAN_READ_STATUS) & 1 << 3)) {
    }
    uint32_t passed = get32(TIMER_CLO) - begun, should = (bits_of(&frames[n]) + 3) * BIT_MICROS;
    check(passed + 2 >= should && passed <= should + 8, "a frame takes the time of its bits, stuffed ones too");
    empty();
  }
}

static void frames(void) {
  struct can_frame got;
  start();
  send_and_wait(0, &plain);
  check_equal(can_read(CANINTF), 5, "sent, and received by itself");
  check_equal(can_read(TXB0CTRL), 0, "the request is cleared");
  can_take(0, &got);
  check_equal(got.id, plain.id, "its identifier");
  check_equal(got.dlc, 5, "its length");
  check_equal(got.data[4], 5, "its last byte");
  empty();
  const struct can_frame longer = {1, 15, {1, 2, 3, 4, 5, 6, 7, 8}};
  send_and_wait(1, &longer);
  can_take(0, &got);
  check_equal(got.dlc, 15, "a DLC over 8 comes as it is");
  check_equal(got.data[7], 8, "with eight bytes");
  empty();
  const struct can_frame remote = {2, 0x44, {0}};
  send_and_wait(2, &remote);
  check_equal(can_read(RXB0CTRL) & 8, 8, "a remote frame");
  check_equal(can_ask(CAN_RX_STATUS), 0x58, "RX STATUS: RXB0, extended, remote, filter 0");
  empty();
}

static void priorities(void) {
  struct can_frame got, frame = plain;
  start();
  for (int n = 0; n < 3; n++) {
    frame.data[0] = (uint8_t)n;
    can_load(n, &frame);
  }
  can_write(TXB0CTRL, 1);
  can_modify(CANCTRL, 0x10, 0x10); /* ABAT: what is asked for now is aborted at once */
  can_order(CAN_RTS | 7);
  check_equal(can_ask(CAN_READ_STATUS), 0, "nothing waits while ABAT is set");
  check_equal(can_read(TXB2CTRL) & 0x40, 0x40, "aborted");
  can_modify(CANCTRL, 0x10, 0);
  can_enter(CONFIGURATION);
  can_order(CAN_RTS | 7);
  can_enter(LOOPBACK);
  wait_micros(1500);
  can_take(0, &got);
  check_equal(got.data[0], 0, "the highest priority goes first");
  can_take(1, &got);
  check_equal(got.data[0], 2, "then the highest number");
  check_equal(can_read(EFLG), 0x80, "and the third finds both buffers full");
  empty();
}

static void rollover(void) {
  struct can_frame got, frame = plain;
  start();
  for (int n = 0; n < 3; n++) {
    frame.data[0] = (uint8_t)n;
    send_and_wait(0, &frame);
  }
  check_equal(can_read(CANINTF), 0x27, "both are full, one frame is lost");
  check_equal(can_read(EFLG), 0x80, "RX1OVR");
  can_take(1, &got);
  check_equal(got.data[0], 1, "the second is in RXB1");
  check_equal(can_read(RXB1CTRL), 0x60, "by filter 0 of RXB0");
  can_write(EFLG, 0);
  check_equal(can_read(EFLG), 0, "RX1OVR is cleared by the program");
  empty();
  can_write(RXB0CTRL, 0x60);
  send_and_wait(0, &plain);
  send_and_wait(0, &plain);
  check_equal(can_read(EFLG), 0x40, "without rollover RX0OVR");
  check_equal(can_read(CANINTF) & 3, 1, "and RXB1 stays empty");
  empty();
}

static void filters(void) {
  /* RXF1: 0x0016xxxx; RXF5: exactly 0x00021234. Masks: upper 13 bits, and all. */
  static const uint8_t first[] = {CAN_WRITE, 0x04, 0x00, 0xAA, 0, 0};
  static const uint8_t last[] = {CAN_WRITE, 0x18, 0x00, 0x0A, 0x12, 0x34};
  static const uint8_t masks[] = {CAN_WRITE, RXM0, 0xFF, 0xE3, 0, 0, 0xFF, 0xE3, 0xFF, 0xFF};
  can_set_up();
  can_write(RXB0CTRL, 0);
  can_write(RXB1CTRL, 0);
  spi_transfer(first, 0, sizeof first);
  spi_transfer(last, 0, sizeof last);
  spi_transfer(masks, 0, sizeof masks);
  can_enter(LOOPBACK);
  send_and_wait(0, &(struct can_frame){0x00170300, 0, {0}});
  check_equal(can_read(CANINTF) & 3, 0, "no filter lets it in");
  send_and_wait(0, &(struct can_frame){0x00160300, 0, {0}});
  check_equal(can_read(CANINTF) & 3, 1, "into RXB0");
  check_equal(can_read(RXB0CTRL) & 1, 1, "by filter 1");
  send_and_wait(0, &(struct can_frame){0x00021234, 0, {0}});
  check_equal(can_read(CANINTF) & 3, 3, "into RXB1");
  check_equal(can_read(RXB1CTRL) & 7, 5, "by filter 5");
  send_and_wait(0, &(struct can_frame){0x00021235, 0, {0}});
  check_equal(can_read(EFLG), 0, "and another identifier nowhere");
  empty();
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  spi_start();
  wait_micros(10);
  times();
  frames();
  priorities();
  rollover();
  filters();
  return checks_failed("check_can_buffers");
}
