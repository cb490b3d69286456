/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SPI1 (BCM2711 ARM Peripherals, 2.3) and the SC16IS752 behind its chip select 0 (NXP data sheet):
 * FIFO levels of the SPI, registers of both channels, FIFOs, loopback, interrupt identification,
 * and IRQ, active low, at GPIO pin 24. What channel A sends is "SC16IS752".
 */
#include "catch.h"

#define AUX_ENABLES 0xFE215004ul
#define SPI 0xFE215080ul
#define CNTL0 (SPI + 0x00)
#define CNTL1 (SPI + 0x04)
#define STAT (SPI + 0x08)
#define IO (SPI + 0x20)
#define TXHOLD (SPI + 0x30)
enum { CLEAR_FIFOS = 1 << 9, CONTROL = 83 << 20 | 1 << 14 | 1 << 11 | 1 << 10 | 1 << 6, MSB_FIRST_IN = 2 };
enum { RX_EMPTY = 1 << 7, TX_EMPTY = 1 << 9, TX_FULL = 1 << 10 };
enum { RHR = 0, THR = 0, IER = 1, IIR = 2, FCR = 2, LCR = 3, MCR = 4, LSR = 5, MSR = 6, SPR = 7 };
enum { TXLVL = 8, RXLVL = 9, IO_CONTROL = 14, DLL = 0, DLH = 1, EFR = 2, READ = 0x80 };
enum { IRQ_PIN = 24, MILLION = 1000000 };
const int stay_at_el2 = 0;
static volatile int taken;

static void on_interrupt(void) {
  int id = irq_acknowledge();
  taken++;
  put32(GPIO + 0x70, 0); /* GPLEN: the level would come again */
  put32(GPEDS(IRQ_PIN), 1u << IRQ_PIN);
  irq_end(id);
}

/* Two bytes to the chip and the second that comes back. */
static uint32_t exchange(uint32_t first, uint32_t second) {
  while (get32(STAT) & TX_FULL) {
  }
  put32(IO, 16u << 24 | first << 16 | second << 8);
  while (get32(STAT) & RX_EMPTY) {
  }
  return get32(IO) & 0xFF;
}

static uint32_t address(int channel, int reg) {
  return (uint32_t)reg << 3 | (uint32_t)channel << 1;
}

static uint32_t get(int channel, int reg) {
  return exchange(READ | address(channel, reg), 0);
}

static void put(int channel, int reg, uint32_t value) {
  exchange(address(channel, reg), value);
}

static void pins(void) {
  for (int pin = 18; pin <= 21; pin++) {
    pin_select(pin, PIN_ALT4);
  }
  pin_pull(IRQ_PIN, PULL_NONE);
  check_equal(pin_level(IRQ_PIN), 1, "IRQ is high at rest");
}

static void spi(void) {
  check_equal(get32(STAT), 0, "an SPI that is not enabled reads as 0");
  put32(AUX_ENABLES, 2);
  put32(CNTL0, CLEAR_FIFOS);
  check_equal(get32(STAT), RX_EMPTY | TX_EMPTY, "empty FIFOs");
  put32(CNTL0, CONTROL & ~(1 << 11));
  put32(CNTL1, MSB_FIRST_IN);
  for (int n = 0; n < 4; n++) {
    check((get32(STAT) & TX_FULL) == 0, "room for four entries");
    put32(IO, 8u << 24 | (READ | address(0, LSR)) << 16);
  }
  check_equal(get32(STAT) >> 28, 4, "the transmit FIFO's level");
  check(get32(STAT) & TX_FULL, "it is full");
  uint32_t begun = get32(TIMER_CLO);
  put32(CNTL0, CONTROL);
  while (!(get32(STAT) & TX_EMPTY) || get32(STAT) & 1 << 6) {
  }
  uint32_t passed = get32(TIMER_CLO) - begun;
  check(passed >= 9 && passed <= 14, "32 bits of 336 ns");
  check_equal(get32(STAT) >> 20 & 15, 4, "the receive FIFO's level");
  while (!(get32(STAT) & RX_EMPTY)) {
    get32(IO);
  }
}

static void registers(void) {
  put(0, IO_CONTROL, 8);
  for (int channel = 0; channel < 2; channel++) {
    check_equal(get(channel, LCR), 0x1D, "LCR after reset");
    check_equal(get(channel, LSR), 0x60, "LSR after reset");
    check_equal(get(channel, IIR), 0x01, "IIR after reset");
    put(channel, SPR, 0x40u + (uint32_t)channel);
  }
  check_equal(get(0, SPR), 0x40, "the scratch pad of channel A");
  check_equal(get(1, SPR), 0x41, "the scratch pad of channel B");
  put(0, LCR, 0x80);
  put(0, DLL, 8); /* 14.7456 MHz / (16 x 8) = 115200 */
  put(0, DLH, 0);
  check_equal(get(0, DLL), 8, "the divisor");
  put(0, LCR, 0xBF);
  put(0, EFR, 0x10);
  check_equal(get(0, EFR), 0x10, "EFR");
  put(0, LCR, 0x03);
  put(0, FCR, 0x07);
  check_equal(get(0, IIR), 0xC1, "IIR shows that FIFOs are on");
  check_equal(get(0, TXLVL), 64, "room for 64");
}

static void send(void) {
  const char *text = "SC16IS752";
  put32(TXHOLD, 8u << 24 | address(0, THR) << 16); /* chip select stays: a burst */
  for (; *text; text++) {
    while (get32(STAT) & TX_FULL) {
    }
    while (!(get32(STAT) & RX_EMPTY)) {
      get32(IO);
    }
    put32(text[1] ? TXHOLD : IO, 8u << 24 | (uint32_t)*text << 16);
  }
  while (!(get32(STAT) & TX_EMPTY) || get32(STAT) & 1 << 6) {
  }
  while (!(get32(STAT) & RX_EMPTY)) {
    get32(IO);
  }
  uint32_t begun = get32(TIMER_CLO);
  check(get(0, TXLVL) < 64, "characters wait");
  while ((get(0, LSR) & 0x40) == 0) {
  }
  uint32_t passed = get32(TIMER_CLO) - begun;
  check(passed > 700 && passed < 800, "nine frames of ten bits at 115200 baud");
}

static void loop(void) {
  put(0, MCR, 0x10);
  put(0, THR, 'L');
  while (get(0, RXLVL) == 0) {
  }
  check(get(0, LSR) & 1, "a character waits");
  check_equal(get(0, RHR), 'L', "what was sent in loopback");
  check_equal(get(0, RXLVL), 0, "and nothing more");
}

static void interrupts(void) {
  put(0, IER, 1);
  check_equal(pin_level(IRQ_PIN), 1, "no interrupt yet");
  put(0, THR, 'I');
  uint32_t begun = get32(TIMER_CLO);
  while (pin_level(IRQ_PIN) && get32(TIMER_CLO) - begun < MILLION) {
  }
  uint32_t passed = get32(TIMER_CLO) - begun;
  check(passed > 400 && passed < 450, "one character below the level: after four frames more");
  check_equal(get(0, IIR), 0xCC, "receive timeout");
  put32(GPIO + 0x70, 1u << IRQ_PIN);
  irq_enable(GPIO_IRQ);
  asm volatile("wfi\n msr daifclr, #2\n isb\n nop\n msr daifset, #2\n isb" ::: "memory");
  check_equal((uint64_t)taken, 1, "IRQ interrupts by the pin's low level");
  check_equal(get(0, RHR), 'I', "the character");
  check_equal(pin_level(IRQ_PIN), 1, "IRQ is high again");
  for (int n = 0; n < 8; n++) {
    put(0, THR, 'a' + (uint32_t)n);
  }
  while (get(0, RXLVL) < 8) {
  }
  check_equal(get(0, IIR), 0xC4, "the receive level of eight");
  for (uint32_t n = 0; n < 8; n++) {
    check_equal(get(0, RHR), 'a' + n, "the eight in order");
  }
  put(0, IER, 2);
  check_equal(pin_level(IRQ_PIN), 0, "an empty transmit FIFO asks at once");
  check_equal(get(0, IIR), 0xC2, "for the transmitter");
  check_equal(pin_level(IRQ_PIN), 1, "reading IIR takes it back");
  check_equal(get(1, IIR), 0x01, "channel B asks for nothing");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  caught_interrupt = on_interrupt;
  pins();
  spi();
  registers();
  send();
  loop();
  interrupts();
  pin_select(18, PIN_INPUT);
  check_equal(get(0, TXLVL), 0, "without its chip select's pin the chip does not answer");
  return checks_failed("check_spi_uart");
}
