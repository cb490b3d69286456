/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clock manager (BCM2711 ARM Peripherals, 5.4) and the PWMs (8): password, busy flag, divider;
 * pulses of both kinds as a pin shows them, serial words, the FIFO.
 */
#include "catch.h"

#define CLOCK_CONTROL 0xFE1010A0ul
#define CLOCK_DIVIDER 0xFE1010A4ul
#define PWM0 0xFE20C000ul
#define PWM1 0xFE20C800ul
#define CTL 0x00
#define STA 0x04
#define RNG1 0x10
#define DAT1 0x14
#define FIF1 0x18
#define RNG2 0x20
#define DAT2 0x24
enum { PASSWORD = 0x5A000000, OSCILLATOR = 1, ENABLE = 1 << 4, KILL = 1 << 5, BUSY = 1 << 7 };
enum { PWEN1 = 1, MODE1 = 2, RPTL1 = 4, SBIT1 = 8, POLA1 = 16, USEF1 = 32, CLRF1 = 64, MSEN1 = 128, PWEN2 = 256 };
enum { FULL1 = 1, EMPT1 = 2, WERR1 = 4, GAPO1 = 16, STA1 = 1 << 9 };
enum { PIN_1 = 18, PIN_2 = 19 };
const int stay_at_el2 = 0;

/* A cycle of the PWM lasts `micros` microseconds: 54 MHz / (54 x micros). */
static void clock_start(uint32_t micros) {
  put32(CLOCK_CONTROL, PASSWORD | KILL);
  put32(CLOCK_DIVIDER, PASSWORD | 54 * micros << 12);
  put32(CLOCK_CONTROL, PASSWORD | ENABLE | OSCILLATOR);
}

static void clock(void) {
  put32(CLOCK_CONTROL, ENABLE | OSCILLATOR);
  check_equal(get32(CLOCK_CONTROL) & (ENABLE | BUSY), 0, "a write without the password");
  put32(CLOCK_DIVIDER, PASSWORD | 2 << 12 | 5);
  check_equal(get32(CLOCK_DIVIDER), 2 << 12 | 5, "the divider");
  clock_start(1);
  check_equal(get32(CLOCK_CONTROL), ENABLE | BUSY | OSCILLATOR, "a clock that runs is busy");
  put32(CLOCK_CONTROL, PASSWORD | KILL);
  check_equal(get32(CLOCK_CONTROL) & BUSY, 0, "a clock that was killed is not");
}

/* How many of 1000 looks at a pin, a microsecond apart, find it high. */
static uint32_t high_of_1000(int pin) {
  uint32_t high = 0, next = get32(TIMER_CLO);
  for (int i = 0; i < 1000; i++) {
    while ((int32_t)(get32(TIMER_CLO) - next) < 0) {
    }
    high += pin_level(pin);
    next += 1;
  }
  return high;
}

static void check_near(uint32_t is, uint32_t should, uint32_t by, const char *what) {
  if (is + by < should || is > should + by) {
    check_equal(is, should, what);
  } else {
    check(true, what);
  }
}

static void pulses(void) {
  clock_start(1);
  pin_select(PIN_1, PIN_ALT5);
  pin_select(PIN_2, PIN_ALT5);
  put32(PWM0 + RNG1, 100);
  put32(PWM0 + DAT1, 25);
  put32(PWM0 + CTL, PWEN1 | MSEN1);
  check_near(high_of_1000(PIN_1), 250, 30, "a quarter in M/S mode");
  put32(PWM0 + CTL, PWEN1);
  check_near(high_of_1000(PIN_1), 250, 30, "a quarter, spread");
  put32(PWM0 + CTL, PWEN1 | MSEN1 | POLA1);
  check_near(high_of_1000(PIN_1), 750, 30, "inverted");
  put32(PWM0 + DAT1, 0);
  check_equal(high_of_1000(PIN_1), 1000, "nothing, inverted");
  put32(PWM0 + RNG2, 10);
  put32(PWM0 + DAT2, 10);
  put32(PWM0 + CTL, PWEN2);
  check_equal(high_of_1000(PIN_2), 1000, "all of the range");
  check_equal(get32(PWM0 + STA) >> 9 & 3, 2, "only channel 2 transmits");
  put32(PWM0 + CTL, SBIT1);
  check_equal(pin_level(PIN_1), 1, "silence may be high");
  pin_select(PIN_1, PIN_INPUT);
  pin_pull(PIN_1, PULL_DOWN);
  check_equal(pin_level(PIN_1), 0, "a pin without the function does not show it");
  pin_select(PIN_1, PIN_ALT5);
}

/* A cycle is 100 us, so that the program can follow it. */
static void serial(void) {
  clock_start(40);
  put32(PWM0 + RNG1, 8);
  put32(PWM0 + DAT1, 0xB1000000);
  put32(PWM0 + CTL, PWEN1 | MODE1);
  uint32_t start = get32(TIMER_CLO), word = 0;
  for (uint32_t bit = 0; bit < 8; bit++) {
    while (get32(TIMER_CLO) - start < 40 * bit + 20) {
    }
    word = word << 1 | pin_level(PIN_1);
  }
  check_equal(word, 0xB1, "the bits of a word, highest first");
}

static void fifo(void) {
  put32(PWM0 + CTL, CLRF1);
  put32(PWM0 + STA, ~0u);
  check_equal(get32(PWM0 + STA), EMPT1, "an empty FIFO");
  int room = 0;
  for (; room < 1000 && !(get32(PWM0 + STA) & FULL1); room++) {
    put32(PWM0 + FIF1, 4);
  }
  check_equal((uint64_t)room, 64, "words that go in");
  put32(PWM0 + FIF1, 0);
  check_equal(get32(PWM0 + STA), FULL1 | WERR1, "one word too many");
  put32(PWM0 + STA, WERR1);
  clock_start(4);
  put32(PWM0 + RNG1, 8);
  put32(PWM0 + CTL, PWEN1 | MSEN1 | USEF1);
  uint32_t start = get32(TIMER_CLO);
  check_near(high_of_1000(PIN_1), 500, 40, "half of each word's period");
  while (get32(TIMER_CLO) - start < 64 * 8 * 4 + 100) {
  }
  check_equal(get32(PWM0 + STA), EMPT1 | GAPO1 | STA1, "a gap behind the last word");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  clock();
  pulses();
  serial();
  fifo();
  put32(PWM1 + RNG1, 77);
  check(get32(PWM1 + RNG1) == 77 && get32(PWM0 + RNG1) == 8, "two PWMs");
  return checks_failed("check_pwm");
}
