/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mailbox to the VideoCore (BCM2711 ARM Peripherals, 13; raspberrypi/firmware wiki, "Mailbox
 * property interface"): status, the tags that kernels ask, and one that is not answered.
 */
#include "catch.h"

#define MAILBOX 0xFE00B880ul
#define READ_BOX (MAILBOX + 0x00)
#define STATUS (MAILBOX + 0x18)
#define CONFIG (MAILBOX + 0x1C)
#define WRITE_BOX (MAILBOX + 0x20)
enum { EMPTY = 1 << 30, PROPERTIES = 8, MAILBOX_IRQ = 65, RESPONSE = 1u << 31 };
const int stay_at_el2 = 0;
static volatile uint32_t message[36] __attribute__((aligned(16)));
static volatile int taken;

static void on_interrupt(void) {
  int id = irq_acknowledge();
  taken++;
  put32(CONFIG, 0);
  irq_end(id);
}

static void ask(uint32_t tag, uint32_t room, uint32_t first) {
  message[0] = sizeof message;
  message[1] = 0;
  message[2] = tag;
  message[3] = room;
  message[4] = 0;
  message[5] = first;
  message[5 + room / 4] = 0;
  put32(WRITE_BOX, (uint32_t)(uint64_t)message | PROPERTIES);
}

static void answer(void) {
  while (get32(STATUS) & EMPTY) {
  }
  check_equal(get32(READ_BOX), (uint32_t)(uint64_t)message | PROPERTIES, "the answer is the message");
  check_equal(message[1], RESPONSE, "the message was understood");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  check_equal(get32(STATUS), EMPTY, "nothing waits at the start");
  ask(0x00010002, 8, 0);
  answer();
  check_equal(message[4], RESPONSE | 4, "a response of four bytes");
  check_equal(message[5] >> 4 & 0xFFF, 0x311, "the board's revision: a 4B by its type");
  ask(0x00010005, 8, 0);
  answer();
  check_equal(message[5], 0, "ARM memory begins at 0");
  check(message[6] >= 1 << 20 && message[6] % 4096 == 0, "and has a size");
  ask(0x00030002, 8, 2);
  answer();
  check_equal(message[5], 2, "the clock that was asked for");
  check_equal(message[6], 48000000, "the rate of the UART clock");
  ask(0x00010003, 8, 0);
  answer();
  check_equal(message[4], RESPONSE | 6, "a MAC address has six bytes");
  check_equal(message[5] & 0xFFFFFF, 0x32A6DC, "of Raspberry Pi's own range");
  ask(0x00000099, 8, 7);
  answer();
  check_equal(message[4], 0, "a tag that nobody knows has no response bit");
  check_equal(message[5], 7, "and stays as it is");
  irq_enable(MAILBOX_IRQ);
  put32(CONFIG, 1);
  ask(0x00000001, 4, 0);
  asm volatile("wfi\n msr daifclr, #2\n isb\n nop\n msr daifset, #2\n isb" ::: "memory");
  check_equal((uint64_t)taken, 1, "an answer interrupts");
  answer();
  return checks_failed("check_mailbox");
}
