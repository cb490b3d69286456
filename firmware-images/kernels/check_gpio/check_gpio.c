/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The GPIO pins (BCM2711 ARM Peripherals, 5.2): functions, outputs, pulls, edges, levels, status
 * that is cleared by ones, and the interrupts of the banks (6.2.4, 49 to 52). Nothing is connected
 * to these pins: their pulls make the levels.
 */
#include "catch.h"

enum { PIN = 5, OTHER = 6, BANK_1_PIN = 40, LAST_PIN = 57 };
enum { RISING = 0x4C, FALLING = 0x58, HIGH = 0x64, LOW = 0x70, ASYNC_RISING = 0x7C, ASYNC_FALLING = 0x88 };
const int stay_at_el2 = 0;
static volatile int taken, last_id;

static void on_interrupt(void) {
  last_id = irq_acknowledge();
  taken++;
  put32(GPEDS(PIN), get32(GPEDS(PIN)));
  put32(GPEDS(BANK_1_PIN), get32(GPEDS(BANK_1_PIN)));
  irq_end(last_id);
}

static void unmask_briefly(void) {
  asm volatile("msr daifclr, #2\n isb\n nop\n nop\n msr daifset, #2\n isb" ::: "memory");
}

static void detect(uint64_t kind, int pin, int on) {
  put32(GPIO + kind + pin / 32 * 4, on ? 1u << pin % 32 : 0);
}

/* One pulse at a pin that nothing drives. */
static void pulse(int pin) {
  pin_pull(pin, PULL_UP);
  pin_pull(pin, PULL_DOWN);
}

static void levels(void) {
  pin_pull(PIN, PULL_DOWN);
  check_equal(pin_level(PIN), 0, "an input that is pulled down");
  pin_pull(PIN, PULL_UP);
  check_equal(pin_level(PIN), 1, "an input that is pulled up");
  put32(GPCLR(PIN), 1u << PIN);
  check_equal(pin_level(PIN), 1, "GPCLR does nothing to an input");
  pin_select(PIN, PIN_OUTPUT);
  check_equal(pin_level(PIN), 0, "but the output was latched");
  put32(GPSET(PIN), 1u << PIN);
  check_equal(pin_level(PIN), 1, "GPSET");
  put32(GPSET(PIN), 0);
  put32(GPCLR(PIN), 0);
  check_equal(pin_level(PIN), 1, "zeros change nothing");
  check_equal(get32(GPSET(PIN)), 0, "GPSET reads as 0");
  check_equal(get32(GPFSEL(PIN)) >> 15 & 7, PIN_OUTPUT, "GPFSEL reads as written");
  pin_select(PIN, PIN_INPUT);
  pin_pull(LAST_PIN, PULL_UP);
  check_equal(pin_level(LAST_PIN), 1, "the last pin");
}

static void edges(void) {
  const uint64_t kinds[] = {RISING, FALLING, ASYNC_RISING, ASYNC_FALLING};
  pin_pull(PIN, PULL_DOWN);
  pin_pull(OTHER, PULL_DOWN);
  for (int i = 0; i < 4; i++) {
    put32(GPEDS(PIN), ~0u);
    detect(kinds[i], PIN, 1);
    pulse(OTHER);
    check_equal(get32(GPEDS(PIN)), 0, "an edge at a pin that is not looked at");
    pin_pull(PIN, PULL_UP);
    check_equal(get32(GPEDS(PIN)) != 0, i % 2 == 0, "a rising edge");
    put32(GPEDS(PIN), 0);
    check_equal(get32(GPEDS(PIN)) != 0, i % 2 == 0, "a written zero clears nothing");
    put32(GPEDS(PIN), 1u << PIN);
    check_equal(get32(GPEDS(PIN)), 0, "a written one clears");
    pin_pull(PIN, PULL_DOWN);
    check_equal(get32(GPEDS(PIN)) != 0, i % 2 == 1, "a falling edge");
    detect(kinds[i], PIN, 0);
  }
  put32(GPEDS(PIN), ~0u);
  detect(HIGH, PIN, 1);
  check_equal(get32(GPEDS(PIN)), 0, "no high level");
  pin_pull(PIN, PULL_UP);
  put32(GPEDS(PIN), 1u << PIN);
  check_equal(get32(GPEDS(PIN)), 1u << PIN, "a level that stays sets its status again");
  pin_pull(PIN, PULL_DOWN);
  put32(GPEDS(PIN), 1u << PIN);
  check_equal(get32(GPEDS(PIN)), 0, "and one that is gone does not");
  detect(HIGH, PIN, 0);
  detect(LOW, PIN, 1);
  check_equal(get32(GPEDS(PIN)), 1u << PIN, "a low level");
  detect(LOW, PIN, 0);
  put32(GPEDS(PIN), ~0u);
}

static void interrupts(void) {
  irq_enable(GPIO_IRQ);
  detect(RISING, PIN, 1);
  pulse(PIN);
  check_equal((uint64_t)taken, 0, "masked");
  unmask_briefly();
  check_equal((uint64_t)taken, 1, "one interrupt for an edge");
  check_equal((uint64_t)last_id, GPIO_IRQ, "its id");
  unmask_briefly();
  check_equal((uint64_t)taken, 1, "and no more");
  irq_enable(GPIO_IRQ + 1);
  detect(RISING, BANK_1_PIN, 1);
  pin_pull(BANK_1_PIN, PULL_DOWN);
  pulse(BANK_1_PIN);
  unmask_briefly();
  check_equal((uint64_t)last_id, GPIO_IRQ + 1, "the id of bank 1");
  put32(GICD_ICENABLER(GPIO_IRQ), 3u << GPIO_IRQ % 32);
  irq_enable(GPIO_IRQ + 3);
  pulse(PIN);
  unmask_briefly();
  check_equal((uint64_t)last_id, GPIO_IRQ + 3, "the id of all pins");
  check_equal((uint64_t)taken, 3, "three interrupts");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  levels();
  edges();
  interrupts();
  return checks_failed("check_gpio");
}
