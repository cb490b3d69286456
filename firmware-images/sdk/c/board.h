/* SPDX-License-Identifier: Apache-2.0 */
/* The devices that programs touch themselves, at EL0. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/* BCM2711 peripherals, 10.2: system timer, 1 MHz, low peripheral address. */
struct system_timer {
    volatile uint32_t cs; /* match bits of compare 0..3, write one to clear */
    volatile uint32_t clo;
    volatile uint32_t chi;
    volatile uint32_t compare[4];
};

enum { SYSTEM_TIMER_MATCH_1 = 1 << 1 };

static inline struct system_timer *system_timer(void) {
    return (struct system_timer *)0xFE003000;
}

/* Microseconds, wrapping after 71 minutes: subtract, never compare. */
static inline uint32_t microseconds(void) {
    return system_timer()->clo;
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
    PL011_FR_RXFE = 1 << 4, /* receive FIFO empty */
    PL011_FR_TXFF = 1 << 5, /* transmit FIFO full */
    PL011_INT_RX = 1 << 4,
    PL011_INT_TX = 1 << 5,
    PL011_INT_RT = 1 << 6, /* bytes wait below the FIFO's level */
};

/* UART 0, 2, 3, 4 or 5: BCM2711 peripherals, 11.5. */
static inline struct pl011 *pl011(unsigned number) {
    return (struct pl011 *)(uintptr_t)(0xFE201000 + 0x200 * number);
}

#endif
