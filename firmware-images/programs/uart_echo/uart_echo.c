/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry: echoes what comes in on UART2, byte for byte, driven by interrupts.
 * ^D is not echoed: it prints how many bytes were.
 *
 * On an interrupt the kernel writes 0 to ICR and IMSC (interrupt.c,
 * process_intr_uart_id, 9d49562). The first clears nothing (PL011 TRM 3.3.13),
 * the second keeps the UART silent until this program arms it again. So the
 * receive FIFO is always emptied, which takes the receive interrupts away.
 */
#include "board.h"
#include "trainsos.h"

enum { CONSOLE = 2, END_OF_TRANSMISSION = 4, RING_SIZE = 1024, SUMMARY_SIZE = 64 };

/* Bytes on their way out. Head and tail count up and wrap. */
struct ring {
    unsigned char bytes[RING_SIZE];
    uint32_t head;
    uint32_t tail;
};

_Static_assert((RING_SIZE & (RING_SIZE - 1)) == 0, "indices are masked");

static struct ring ring;
static uint64_t echoed;

static uint32_t ring_room(void) {
    return RING_SIZE - (ring.tail - ring.head);
}

static void ring_put(unsigned char byte) {
    ring.bytes[ring.tail++ & (RING_SIZE - 1)] = byte;
}

static void accept(unsigned char byte) {
    if (byte != END_OF_TRANSMISSION) {
        ring_put(byte);
        echoed++;
        return;
    }
    char summary[SUMMARY_SIZE];
    size_t length = format(summary, sizeof summary, "\r\n[uart_echo: %lu bytes]\r\n", echoed);
    for (size_t i = 0; i < length; i++) {
        ring_put((unsigned char)summary[i]);
    }
}

/* One byte of input may become a summary: with less room, input has to wait. */
static void receive(struct pl011 *uart) {
    while (ring_room() >= SUMMARY_SIZE && (uart->fr & PL011_FR_RXFE) == 0) {
        accept((unsigned char)uart->dr);
    }
}

static void transmit(struct pl011 *uart) {
    while (ring.head != ring.tail && (uart->fr & PL011_FR_TXFF) == 0) {
        uart->dr = ring.bytes[ring.head++ & (RING_SIZE - 1)];
    }
}

static void arm(struct pl011 *uart) {
    uint32_t wanted = ring_room() >= SUMMARY_SIZE ? PL011_INT_RX | PL011_INT_RT : 0;
    if (ring.head != ring.tail) {
        wanted |= PL011_INT_TX;
    }
    uart->imsc = wanted;
}

void program_main(const struct arguments *args) {
    (void)args;
    struct pl011 *uart = pl011(CONSOLE);
    if (create_program(KE_PRIORITY_HIGHEST, "uart_notifier") < 0) {
        fail("uart_echo: cannot create uart_notifier\r\n");
    }
    const uint32_t console = CONSOLE;
    for (;;) {
        int notifier;
        uint32_t status;
        ke_recv(&notifier, (char *)&status, sizeof status);
        receive(uart);
        transmit(uart);
        ke_reply(notifier, (const char *)&console, sizeof console);
        arm(uart);
    }
}
