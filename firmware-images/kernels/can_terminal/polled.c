/* SPDX-License-Identifier: Apache-2.0 */
/* Polled, and with no other instructions of the chip than READ, WRITE and BIT MODIFY. */
#include "driver.h"

enum { RX0 = 1 << 0, RX1 = 1 << 1, TXREQ = 1 << 3, OVERFLOWS = 3 << 6, RECEIVE_EMPTY = 1 << 4 };
enum { ALL_FRAMES = 3 << 5, ROLLOVER = 1 << 2 };

const int stay_at_el2 = 0;
extern void finish(uint64_t code) __attribute__((noreturn));

static unsigned losses;
static struct can_frame second;
static bool has_second;

void on_exception(struct frame *frame, uint64_t vector) {
  (void)vector;
  print("an exception that nobody wants, at ");
  print_hex(frame->pc);
  finish(1);
}

bool can_start(void) {
  spi_start();
  wait_micros(10);
  can_enter(CONFIGURATION);
  can_write(CNF3, 0x85); /* 250 ns x (1 + 2 + 7 + 6) */
  can_write(CNF2, 0xF1);
  can_write(CNF1, 0x41);
  can_write(RXB0CTRL, ALL_FRAMES | ROLLOVER);
  can_write(RXB1CTRL, ALL_FRAMES);
  can_write(CANINTE, RX0 | RX1); /* for INT is looked at */
  can_enter(NORMAL);
  return (can_read(CANSTAT) & MODE_MASK) == NORMAL;
}

bool can_send(const struct can_frame *frame) {
  if (can_read(TXB0CTRL) & TXREQ) {
    return false;
  }
  can_load(0, frame);
  can_modify(TXB0CTRL, TXREQ, TXREQ);
  return true;
}

void can_give_up(void) {
  can_modify(TXB0CTRL, TXREQ, 0);
}

/* First what is in the buffer, then its flag: a buffer that is free may be filled at once. */
static void take(int buffer, struct can_frame *frame) {
  can_take(buffer, frame);
  can_modify(CANINTF, buffer == 0 ? RX0 : RX1, 0);
}

bool can_receive(struct can_frame *frame) {
  if (has_second) {
    has_second = false;
    *frame = second;
    return true;
  }
  if (pin_level(CAN_INT_PIN)) {
    return false;
  }
  if (!(can_read(CANINTF) & RX0)) {
    take(1, frame);
    return true;
  }
  take(0, frame);
  has_second = (can_read(CANINTF) & RX1) != 0; /* before RXB0 is looked at again: it would be newer */
  if (has_second) {
    take(1, &second);
    losses += (can_read(EFLG) & OVERFLOWS) != 0;
    can_modify(EFLG, OVERFLOWS, 0);
  }
  return true;
}

unsigned can_losses(void) {
  return losses;
}

void rest(uint32_t until, bool wants_keys) {
  while (pin_level(CAN_INT_PIN) && (int32_t)(until - get32(TIMER_CLO)) > 0 &&
         !(wants_keys && !(get32(UART_FR) & RECEIVE_EMPTY))) {
  }
}
