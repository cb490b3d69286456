/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Driven by INT at GPIO 17, and with the chip's short instructions: LOAD TX BUFFER, RTS, READ RX BUFFER, READ STATUS.
 *
 * INT is a level. The handler switches its detection off and only then clears the status, for while both hold the
 * status sets again at once (BCM2711 ARM Peripherals, 5.2); the chip is read outside of the handler, until INT is
 * high, and then detection is on again. What makes a flag of CANINTF goes before the flag: READ RX BUFFER frees its
 * buffer when chip select rises, EFLG's overflows are cleared before ERRIF.
 */
#include "driver.h"

enum { RX0 = 1 << 0, RX1 = 1 << 1, TX0 = 1 << 2, ERR = 1 << 5, TXREQ = 1 << 3, STATUS_TX0 = 1 << 3, OVERFLOWS = 3 << 6 };
enum { READ_RX0 = 0x90, READ_RX1 = 0x94, LOAD_TX0 = 0x40, RTS_TX0 = 0x81, HEADER = 5, EXTENDED = 1 << 3 };
enum { KEY_RECEIVED = 1 << 4 | 1 << 6, SOON_MICROS = 20, RING = 64 };

const int stay_at_el2 = 0;
extern void finish(uint64_t code) __attribute__((noreturn));

static volatile bool is_called;
static bool is_sending;
static unsigned losses, put, taken;
static struct can_frame ring[RING];

static void listen_to_pin(bool does) {
  put32(GPIO + GPLEN0, does ? 1u << CAN_INT_PIN : 0);
}

void on_exception(struct frame *frame, uint64_t vector) {
  if (vector != VECTOR_SAME_IRQ) {
    print("an exception that nobody wants, at ");
    print_hex(frame->pc);
    finish(1);
  }
  int id = irq_acknowledge();
  if (id == GPIO_IRQ) {
    is_called = true;
    listen_to_pin(false);
    put32(GPEDS(CAN_INT_PIN), 1u << CAN_INT_PIN);
  } else if (id == TIMER_IRQ) {
    put32(TIMER_CS, 1 << 1);
  } else if (id == UART_IRQ) {
    put32(UART_IMSC, 0);
  }
  irq_end(id);
}

/* One instruction; its bytes fit into the FIFOs, so that nothing needs waiting for in between. */
static void instruct(uint8_t *bytes, int count) {
  put32(SPI_CS, SPI_CLEAR);
  put32(SPI_CS, SPI_TA);
  for (int n = 0; n < count; n++) {
    put32(SPI_FIFO, bytes[n]);
  }
  while (!(get32(SPI_CS) & SPI_DONE)) {
  }
  for (int n = 0; n < count; n++) {
    bytes[n] = (uint8_t)get32(SPI_FIFO);
  }
  put32(SPI_CS, 0);
}

static void take(uint8_t instruction) {
  uint8_t bytes[1 + HEADER + 8] = {instruction};
  instruct(bytes, sizeof bytes);
  if (put - taken == RING) {
    losses++;
    return;
  }
  struct can_frame *frame = &ring[put++ % RING];
  const uint8_t *at = bytes + 1;
  frame->id = (uint32_t)at[0] << 21 | (at[1] & 0xE0u) << 13 | (at[1] & 3u) << 16 | (uint32_t)at[2] << 8 | at[3];
  frame->dlc = at[4];
  for (int n = 0; n < 8; n++) {
    frame->data[n] = at[HEADER + n];
  }
}

/* All that the chip asks for, until it has let INT go. */
static void serve(void) {
  do {
    uint8_t status = can_ask(CAN_READ_STATUS);
    if (status & RX0) {
      take(READ_RX0);
      status |= can_ask(CAN_READ_STATUS) & RX1; /* before RXB0 is looked at again: it would be newer */
    }
    if (status & RX1) {
      take(READ_RX1);
    }
    if (status & STATUS_TX0) {
      is_sending = false;
      can_modify(CANINTF, TX0, 0);
    }
    if (can_read(CANINTF) & ERR) {
      losses += (can_read(EFLG) & OVERFLOWS) != 0;
      can_modify(EFLG, OVERFLOWS, 0);
      can_modify(CANINTF, ERR, 0);
    }
  } while (!pin_level(CAN_INT_PIN));
  is_called = false;
  listen_to_pin(true);
}

bool can_start(void) {
  spi_start();
  wait_micros(10);
  can_set_up();
  can_write(CANINTE, RX0 | RX1 | TX0 | ERR);
  can_enter(NORMAL);
  irq_enable(GPIO_IRQ);
  irq_enable(TIMER_IRQ);
  irq_enable(UART_IRQ);
  listen_to_pin(true);
  return (can_read(CANSTAT) & MODE_MASK) == NORMAL;
}

bool can_send(const struct can_frame *frame) {
  if (is_sending) {
    return false;
  }
  uint8_t bytes[1 + HEADER + 8] = {
      LOAD_TX0,
      (uint8_t)(frame->id >> 21),
      (uint8_t)((frame->id >> 13 & 0xE0) | EXTENDED | (frame->id >> 16 & 3)),
      (uint8_t)(frame->id >> 8),
      (uint8_t)frame->id,
      frame->dlc,
  };
  for (int n = 0; n < frame->dlc; n++) {
    bytes[1 + HEADER + n] = frame->data[n];
  }
  instruct(bytes, 1 + HEADER + frame->dlc);
  is_sending = true;
  can_order(RTS_TX0);
  return true;
}

void can_give_up(void) {
  can_modify(TXB0CTRL, TXREQ, 0);
  is_sending = false;
}

bool can_receive(struct can_frame *frame) {
  if (is_called) {
    serve();
  }
  if (put == taken) {
    return false;
  }
  *frame = ring[taken++ % RING];
  return true;
}

unsigned can_losses(void) {
  return losses;
}

/* Interrupts are masked elsewhere, so that nothing comes between a look at what there is to do and WFI. */
void rest(uint32_t until, bool wants_keys) {
  if ((int32_t)(until - get32(TIMER_CLO)) < SOON_MICROS) {
    return;
  }
  put32(TIMER_C1, until);
  put32(UART_IMSC, wants_keys ? KEY_RECEIVED : 0);
  asm volatile("wfi\n msr daifclr, #2\n isb\n msr daifset, #2" ::: "memory");
}
