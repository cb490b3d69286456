/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Modes and interrupts of the MCP2515 (Microchip DS20001801J, 7 and 10): when a mode is entered, INT at
 * GPIO 17 by its low level (BCM2711 ARM Peripherals, 5.2), which flag ICOD names, what a flag that the
 * program sets does. The bus has no other station that need take part.
 */
#include "catch.h"
#include "mcp2515.h"

const int stay_at_el2 = 0;
static volatile int taken, status_stays;

static void on_interrupt(void) {
  int id = irq_acknowledge();
  taken++;
  put32(GPEDS(CAN_INT_PIN), 1u << CAN_INT_PIN);
  status_stays = (get32(GPEDS(CAN_INT_PIN)) >> CAN_INT_PIN & 1) != 0;
  put32(GPIO + GPLEN0, 0);
  put32(GPEDS(CAN_INT_PIN), 1u << CAN_INT_PIN);
  irq_end(id);
}

static uint8_t mode(void) {
  return can_read(CANSTAT) & MODE_MASK;
}

static void modes(void) {
  can_set_up();
  can_modify(CANCTRL, MODE_MASK, LISTEN_ONLY);
  uint32_t begun = get32(TIMER_CLO);
  check_equal(mode(), CONFIGURATION, "listen-only mode is not there at once");
  while (mode() != LISTEN_ONLY && get32(TIMER_CLO) - begun < 20000) {
  }
  check(get32(TIMER_CLO) - begun >= 40, "but after 11 bits of 4 us");
  check_equal(mode(), LISTEN_ONLY, "listen-only mode");
  can_modify(CANCTRL, MODE_MASK, CONFIGURATION);
  check_equal(mode(), CONFIGURATION, "configuration mode is entered at once");
  can_modify(CANCTRL, MODE_MASK, LOOPBACK);
  wait_micros(60);
  check_equal(mode(), LOOPBACK, "loopback mode");
  can_modify(CANCTRL, MODE_MASK, SLEEP);
  check_equal(mode(), SLEEP, "sleep mode");
  can_modify(CANCTRL, MODE_MASK, CONFIGURATION);
  wait_micros(60);
  check_equal(mode(), SLEEP, "which ends only when it is woken");
  can_write(CANINTE, 0x40);
  can_write(CANINTF, 0x40);
  wait_micros(100);
  check_equal(mode(), CONFIGURATION, "by the program");
  check_equal(pin_level(CAN_INT_PIN), 0, "which sets WAKIF");
  can_write(CANINTF, 0);
}

static void waits_for_frames(void) {
  const struct can_frame frame = {0xC300, 8, {0}};
  can_set_up();
  can_enter(LOOPBACK);
  can_load(0, &frame);
  can_order(CAN_RTS | 1);
  can_modify(CANCTRL, MODE_MASK, CONFIGURATION);
  check_equal(mode(), LOOPBACK, "a mode is not left while a frame waits");
  wait_micros(700);
  check_equal(mode(), CONFIGURATION, "but behind it");
}

static void codes(void) {
  static const uint8_t flags[] = {0x20, 0x40, 0x04, 0x08, 0x10, 0x01, 0x02};
  can_set_up();
  check_equal(can_read(CANSTAT) & 0x0E, 0, "no code");
  for (int n = 6; n >= 0; n--) {
    can_modify(CANINTF, flags[n], 0xFF);
    check_equal(can_read(CANSTAT) & 0x0E, n == 6 ? 0u : (n + 2u) << 1, "a flag that is not enabled has no code");
    can_modify(CANINTE, flags[n], 0xFF);
    check_equal(can_read(CANSTAT) & 0x0E, (n + 1u) << 1, "the lowest code is named");
  }
  can_write(CANINTE, 0x80);
  can_write(CANINTF, 0x80);
  check_equal(can_read(CANSTAT) & 0x0E, 0, "MERRF has none");
  check_equal(pin_level(CAN_INT_PIN), 0, "but holds INT low");
  can_write(CANINTF, 0);
  can_write(CANINTE, 0);
}

static void interrupts(void) {
  const struct can_frame frame = {0xC300, 1, {42}};
  struct can_frame got;
  can_set_up();
  can_write(CANINTE, 1);
  can_enter(LOOPBACK);
  put32(GPIO + GPLEN0, 1u << CAN_INT_PIN);
  check_equal(get32(GPEDS(CAN_INT_PIN)), 0, "INT is high: nothing is detected");
  irq_enable(GPIO_IRQ);
  can_load(0, &frame);
  can_order(CAN_RTS | 1);
  asm volatile("wfi\n msr daifclr, #2\n isb\n nop\n msr daifset, #2\n isb" ::: "memory");
  check_equal((uint64_t)taken, 1, "a received frame interrupts");
  check_equal((uint64_t)status_stays, 1, "the status sets again at once while INT is low");
  check_equal(pin_level(CAN_INT_PIN), 0, "INT is low until the flag is cleared");
  can_take(0, &got);
  check_equal(got.data[0], 42, "its data");
  can_modify(CANINTF, 1, 0);
  check_equal(pin_level(CAN_INT_PIN), 1, "then high");
  put32(GPIO + GPLEN0, 1u << CAN_INT_PIN);
  asm volatile("msr daifclr, #2\n isb\n nop\n msr daifset, #2\n isb" ::: "memory");
  check_equal((uint64_t)taken, 1, "and nothing more comes");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  check_equal(pin_level(CAN_INT_PIN), 1, "INT is high from the first moment");
  spi_start();
  wait_micros(10);
  modes();
  waits_for_frames();
  codes();
  interrupts();
  return checks_failed("check_can_modes");
}
