/* SPDX-License-Identifier: Apache-2.0 */
/* The devices that programs touch themselves, at EL0. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stdint.h>

/* BCM2711 peripherals, 10.2: system timer, 1 MHz, low peripheral address. */
struct system_timer {
    volatile uint32_t cs; /* match bits of compare 0..3, write one to clear */
    volatile uint32_t clo;
    volatile uint32_t chi;
    volatile uint32_t compare[4];
};

enum { SYSTEM_TIMER_MATCH_1 = 1 << 1, SYSTEM_TIMER_MATCH_3 = 1 << 3 };

static inline struct system_timer *system_timer(void) {
    return (struct system_timer *)0xFE003000;
}

/* Microseconds, wrapping after 71 minutes: subtract, never compare. */
static inline uint32_t microseconds(void) {
    return system_timer()->clo;
}

/* BCM2711 peripherals, 5.2: the pins. */
struct gpio {
    volatile uint32_t fsel[6]; /* functions, 3 bits a pin */
    volatile uint32_t unused_18;
    volatile uint32_t set[2];
    volatile uint32_t unused_24;
    volatile uint32_t clr[2];
    volatile uint32_t unused_30;
    volatile uint32_t lev[2];
};

enum { GPIO_INPUT = 0, GPIO_OUTPUT = 1, GPIO_ALT0 = 4, GPIO_ALT5 = 2 };

static inline struct gpio *gpio(void) {
    return (struct gpio *)0xFE200000;
}

static inline void gpio_select(unsigned pin, uint32_t function) {
    uint32_t shift = pin % 10 * 3;
    gpio()->fsel[pin / 10] = (gpio()->fsel[pin / 10] & ~(7u << shift)) | function << shift;
}

static inline void gpio_write(unsigned pin, bool high) {
    *(high ? &gpio()->set[pin / 32] : &gpio()->clr[pin / 32]) = 1u << pin % 32;
}

/* BCM2711 peripherals, 5.4: a clock generator. Writes need the password in the top byte. */
struct clock_generator {
    volatile uint32_t ctl;
    volatile uint32_t div;
};

enum {
    CLOCK_PASSWORD = 0x5A000000,
    CLOCK_OSCILLATOR = 1, /* 54 MHz */
    CLOCK_ENABLE = 1 << 4,
    CLOCK_BUSY = 1 << 7,
    CLOCK_DIVIDER_SHIFT = 12,
};

static inline struct clock_generator *pwm_clock(void) {
    return (struct clock_generator *)0xFE1010A0;
}

/* BCM2711 peripherals, 8.6: PWM0, whose first channel comes out at pins 12 and 18. */
struct pwm {
    volatile uint32_t ctl;
    volatile uint32_t sta;
    volatile uint32_t dmac;
    volatile uint32_t unused_0c;
    volatile uint32_t rng1;
    volatile uint32_t dat1;
};

enum { PWM_ENABLE_1 = 1 };

static inline struct pwm *pwm0(void) {
    return (struct pwm *)0xFE20C000;
}

/* Microseconds since the machine's start, never wrapping. The low half may wrap between the two
 * reads; it is small then. */
static inline uint64_t microseconds_long(void) {
    uint32_t high = system_timer()->chi;
    uint32_t low = system_timer()->clo;
    if (low < 1000) {
        high = system_timer()->chi;
    }
    return (uint64_t)high << 32 | low;
}

/* PL011 TRM, 3.2 and 3.3. */
struct pl011 {
    volatile uint32_t dr;
    volatile uint32_t rsr;
    volatile uint32_t unused_08[4];
    volatile uint32_t fr;
    volatile uint32_t unused_1c;
    volatile uint32_t ilpr;
    volatile uint32_t ibrd;
    volatile uint32_t fbrd;
    volatile uint32_t lcrh;
    volatile uint32_t cr;
    volatile uint32_t ifls;
    volatile uint32_t imsc;
    volatile uint32_t ris;
    volatile uint32_t mis;
    volatile uint32_t icr;
};

_Static_assert(__builtin_offsetof(struct pl011, fr) == 0x18, "PL011 TRM, table 3-1");
_Static_assert(__builtin_offsetof(struct pl011, icr) == 0x44, "PL011 TRM, table 3-1");

enum {
    PL011_FR_CTS = 1 << 0,  /* clear to send: the far end is ready */
    PL011_FR_BUSY = 1 << 3, /* a byte is on its way, or waits for it */
    PL011_FR_RXFE = 1 << 4, /* receive FIFO empty */
    PL011_FR_TXFF = 1 << 5, /* transmit FIFO full */
    PL011_LCRH_STP2 = 1 << 3,  /* two stop bits */
    PL011_LCRH_FEN = 1 << 4,   /* FIFOs on */
    PL011_LCRH_WLEN8 = 3 << 5, /* eight data bits */
    PL011_CR_UARTEN = 1 << 0,
    PL011_CR_TXE = 1 << 8,
    PL011_CR_RXE = 1 << 9,
    PL011_CR_RTS = 1 << 11,
    PL011_INT_CTS = 1 << 1, /* clear to send has changed */
    PL011_INT_RX = 1 << 4,
    PL011_INT_TX = 1 << 5,
    PL011_INT_RT = 1 << 6, /* bytes wait below the FIFO's level */
};

/* The clock of the UARTs on this board (48 MHz), by which the divisors count. */
enum { PL011_CLOCK = 48000000 };

/* UART 0, 2, 3, 4 or 5: BCM2711 peripherals, 11.5. */
static inline struct pl011 *pl011(unsigned number) {
    return (struct pl011 *)(uintptr_t)(0xFE201000 + 0x200 * number);
}

/* Sets a UART's rate and line control (PL011_LCRH_ bits) and enables both directions, with all its
 * interrupts masked and cleared (PL011 TRM, 3.3.8: disabled while it is programmed). */
static inline void pl011_set_line(struct pl011 *uart, uint32_t baud, uint32_t line_control) {
    uint32_t divisor = (uint32_t)((uint64_t)PL011_CLOCK * 4 / baud);
    uart->cr = 0;
    uart->imsc = 0;
    uart->ibrd = divisor >> 6;
    uart->fbrd = divisor & 63;
    uart->lcrh = line_control;
    uart->cr = PL011_CR_UARTEN | PL011_CR_TXE | PL011_CR_RXE | PL011_CR_RTS;
    uart->icr = 0x7FF;
}

#endif
