/* SPDX-License-Identifier: Apache-2.0 */
#include "can.h"

#include "board.h"

/* BCM2711 peripherals, 9.4: SPI0. */
struct spi0 {
    volatile uint32_t cs;
    volatile uint32_t fifo;
    volatile uint32_t clk;
};

enum {
    CS_CLEAR = 3 << 4,
    CS_TA = 1 << 7,
    CS_DONE = 1 << 16,
    CLOCK_DIVIDER = 50, /* 500 MHz / 50 = 10 MHz, the chip's most */
};

enum { PIN_CE0 = 8, PIN_SCLK = 11, PIN_INT = 17 };

/* Microchip DS20001801J, tables 12-1 and 11-1. */
enum {
    SPI_RESET = 0xC0,
    SPI_READ = 0x03,
    SPI_WRITE = 0x02,
    SPI_BIT_MODIFY = 0x05,
    SPI_LOAD_TXB0 = 0x40,
    SPI_SEND_TXB0 = 0x81,
    SPI_READ_RXB0 = 0x90,
    SPI_READ_RXB1 = 0x94,
    SPI_READ_STATUS = 0xA0,
    STATUS_RX0 = 1,
    STATUS_RX1 = 2,
    STATUS_TXREQ0 = 4,
    CANSTAT = 0x0E,
    CANCTRL = 0x0F,
    CNF3 = 0x28,
    CANINTE = 0x2B,
    EFLG = 0x2D,
    TXB0CTRL = 0x30,
    RXB0CTRL = 0x60,
    RXB1CTRL = 0x70,
    EFLG_OVERFLOWS = 0xC0,
    TXREQ = 8,
    ALL_FRAMES = 0x60,
    ROLLOVER = 0x04,
    MODE_MASK = 0xE0,
    EXTENDED = 0x08,
    HEADER = 5, /* identifier and length in a buffer */
    BUFFER = HEADER + 8,
    FIFO_DEPTH = 64,
};

_Static_assert(1 + BUFFER <= FIFO_DEPTH, "an instruction fits into SPI0's FIFOs");

/* Microseconds. */
enum { PATIENCE = 100000, RESET_TIME = 20 };

static struct spi0 *spi0(void) {
    return (struct spi0 *)0xFE204000;
}

/* RXB1's frame, taken together with RXB0's, which is the older one. */
static struct can_frame held;
static bool is_held;
static uint32_t losses;

/* One instruction: sends bytes, and has those that come meanwhile in their place. The FIFOs hold all
 * of them. */
static void transfer(uint8_t *bytes, size_t count) {
    spi0()->cs = CS_CLEAR | CS_TA;
    for (size_t i = 0; i < count; i++) {
        spi0()->fifo = bytes[i];
    }
    while ((spi0()->cs & CS_DONE) == 0) {
    }
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)spi0()->fifo;
    }
    spi0()->cs = 0;
}

static void write_register(uint8_t address, uint8_t value) {
    uint8_t bytes[] = {SPI_WRITE, address, value};
    transfer(bytes, sizeof bytes);
}

static void modify(uint8_t address, uint8_t mask, uint8_t value) {
    uint8_t bytes[] = {SPI_BIT_MODIFY, address, mask, value};
    transfer(bytes, sizeof bytes);
}

static uint8_t read_register(uint8_t address) {
    uint8_t bytes[] = {SPI_READ, address, 0};
    transfer(bytes, sizeof bytes);
    return bytes[2];
}

static uint8_t read_status(void) {
    uint8_t bytes[] = {SPI_READ_STATUS, 0};
    transfer(bytes, sizeof bytes);
    return bytes[1];
}

static bool await_mode(uint8_t mode) {
    uint32_t start = microseconds();
    while ((read_register(CANSTAT) & MODE_MASK) != mode) {
        if (microseconds() - start > PATIENCE) {
            return false;
        }
    }
    return true;
}

static void wait(uint32_t time) {
    uint32_t start = microseconds();
    while (microseconds() - start < time) {
    }
}

bool can_open(void) {
    for (unsigned pin = PIN_CE0; pin <= PIN_SCLK; pin++) {
        gpio_select(pin, GPIO_ALT0);
    }
    gpio_select(PIN_INT, GPIO_INPUT);
    spi0()->clk = CLOCK_DIVIDER;
    spi0()->cs = CS_CLEAR;
    /* Its oscillator needs 8 us after power comes, and after a reset (DS20001801J, 8.1). */
    wait(RESET_TIME);
    uint8_t reset[] = {SPI_RESET};
    transfer(reset, sizeof reset);
    wait(RESET_TIME);
    is_held = false;
    /* 16 quanta of 250 ns: 1 + 2 + 7 + 6, as the course's kernels have it. */
    uint8_t timing[] = {SPI_WRITE, CNF3, 0x85, 0xF1, 0x41};
    transfer(timing, sizeof timing);
    write_register(RXB0CTRL, ALL_FRAMES | ROLLOVER);
    write_register(RXB1CTRL, ALL_FRAMES);
    write_register(CANINTE, STATUS_RX0 | STATUS_RX1);
    write_register(CANCTRL, 0);
    return await_mode(0);
}

bool can_waits(void) {
    return is_held || (gpio()->lev[0] & 1u << PIN_INT) == 0;
}

static void read_buffer(uint8_t instruction, struct can_frame *frame) {
    uint8_t bytes[1 + BUFFER] = {instruction};
    transfer(bytes, sizeof bytes);
    const uint8_t *header = bytes + 1;
    frame->id = (uint32_t)header[0] << 21 | (uint32_t)(header[1] & 0xE0) << 13 |
                (uint32_t)(header[1] & 3) << 16 | header[2] << 8 | header[3];
    frame->length = header[4] & 0x0F;
    if (frame->length > sizeof frame->data) {
        frame->length = sizeof frame->data;
    }
    for (size_t i = 0; i < sizeof frame->data; i++) {
        frame->data[i] = header[HEADER + i];
    }
}

uint32_t can_losses(void) {
    return losses;
}

bool can_receive(struct can_frame *frame) {
    if (is_held) {
        is_held = false;
        *frame = held;
        return true;
    }
    uint8_t status = read_status();
    if ((status & STATUS_RX0) != 0) {
        read_buffer(SPI_READ_RXB0, frame);
        if (((status | read_status()) & STATUS_RX1) != 0) {
            /* Now, for a newer frame may come into RXB0 meanwhile. */
            read_buffer(SPI_READ_RXB1, &held);
            is_held = true;
            if ((read_register(EFLG) & EFLG_OVERFLOWS) != 0) {
                losses++;
                modify(EFLG, EFLG_OVERFLOWS, 0);
            }
        }
        return true;
    }
    if ((status & STATUS_RX1) != 0) {
        read_buffer(SPI_READ_RXB1, frame);
        return true;
    }
    return false;
}

void can_give_up(void) {
    modify(TXB0CTRL, TXREQ, 0);
}

bool can_send(const struct can_frame *frame) {
    if ((read_status() & STATUS_TXREQ0) != 0) {
        return false;
    }
    uint8_t bytes[1 + BUFFER] = {
        SPI_LOAD_TXB0,
        (uint8_t)(frame->id >> 21),
        (uint8_t)((frame->id >> 13 & 0xE0) | EXTENDED | (frame->id >> 16 & 3)),
        (uint8_t)(frame->id >> 8),
        (uint8_t)frame->id,
        frame->length,
    };
    for (size_t i = 0; i < frame->length; i++) {
        bytes[1 + HEADER + i] = frame->data[i];
    }
    transfer(bytes, 1 + HEADER + frame->length);
    uint8_t send[] = {SPI_SEND_TXB0};
    transfer(send, sizeof send);
    return true;
}

/* ---- Märklin ----------------------------------------------------------------- */

static struct can_frame command(uint32_t number, uint32_t uid, uint8_t length) {
    /* A hash of its own; stations take any. */
    struct can_frame frame = {.id = number << 17 | 0xC300, .length = length};
    for (int i = 0; i < 4; i++) {
        frame.data[i] = (uint8_t)(uid >> (24 - 8 * i));
    }
    return frame;
}

struct can_frame marklin_power(bool on) {
    struct can_frame frame = command(MARKLIN_SYSTEM, 0, 5);
    frame.data[4] = on ? MARKLIN_GO : MARKLIN_STOP;
    return frame;
}

struct can_frame marklin_speed(uint32_t train, uint32_t level) {
    uint32_t speed = level == 0 ? 0 : 1 + MARKLIN_STEP * (level - 1);
    struct can_frame frame = command(MARKLIN_SPEED, train, 6);
    frame.data[4] = (uint8_t)(speed >> 8);
    frame.data[5] = (uint8_t)speed;
    return frame;
}

struct can_frame marklin_toggle_direction(uint32_t train) {
    struct can_frame frame = command(MARKLIN_DIRECTION, train, 5);
    frame.data[4] = MARKLIN_TOGGLE;
    return frame;
}

struct can_frame marklin_light(uint32_t train, bool on) {
    struct can_frame frame = command(MARKLIN_FUNCTION, train, 6);
    frame.data[5] = on;
    return frame;
}

struct can_frame marklin_turnout(uint32_t turnout, bool straight, uint32_t milliseconds) {
    struct can_frame frame = command(MARKLIN_ACCESSORY, MARKLIN_TURNOUTS + turnout - 1, 8);
    frame.data[4] = straight;
    frame.data[5] = 1;
    frame.data[6] = (uint8_t)(milliseconds / 10 >> 8);
    frame.data[7] = (uint8_t)(milliseconds / 10);
    return frame;
}
