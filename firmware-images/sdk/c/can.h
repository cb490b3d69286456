/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames over the MCP2515 at SPI0, its INT at pin 17, and the commands of a
 * Märklin Central Station. Programs poll: TrainsOS wakes nobody for a pin
 * (docs/can.md). One task may use it.
 */
#ifndef CAN_H
#define CAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A frame with an identifier of 29 bits. */
struct can_frame {
    uint32_t id;
    uint8_t length;
    uint8_t data[8];
};

/* Sets up pins, SPI0 (10 MHz) and the chip, 250 kbit/s with all frames let in; false when the chip
 * does not enter normal mode. */
bool can_open(void);

/* Whether a frame waits, by INT alone: one read of a register. */
bool can_waits(void);

/* Takes the next frame, the eldest first; false when there is none. */
bool can_receive(struct can_frame *frame);

/* How many times frames were lost, because those before them were taken too late: the chip holds
 * two. */
uint32_t can_losses(void);

/* Sends a frame; false while the last one has not left, as for ever when nobody else is on the bus:
 * then it has to be given up. */
bool can_send(const struct can_frame *frame);
void can_give_up(void);

/* ---- Märklin's "CAN CS2 Protokoll 2.0" ----------------------------------- */

enum {
    MARKLIN_SYSTEM = 0x00,
    MARKLIN_SPEED = 0x04,
    MARKLIN_DIRECTION = 0x05,
    MARKLIN_FUNCTION = 0x06,
    MARKLIN_ACCESSORY = 0x0B,
    MARKLIN_CONTACT = 0x11,
    MARKLIN_STOP = 0,
    MARKLIN_GO = 1,
    MARKLIN_TOGGLE = 3,
    MARKLIN_STEP = 77, /* of the speed, 0 to 1000, from a level to the next */
    MARKLIN_TURNOUTS = 0x3000, /* the UID of turnout 1 */
};

static inline uint32_t marklin_command(const struct can_frame *frame) {
    return frame->id >> 17 & 0xFF;
}

/* Whether it is a station's answer, or its report. */
static inline bool marklin_is_response(const struct can_frame *frame) {
    return (frame->id >> 16 & 1) != 0;
}

/* The first four bytes: who is meant. */
static inline uint32_t marklin_uid(const struct can_frame *frame) {
    return (uint32_t)frame->data[0] << 24 | frame->data[1] << 16 | frame->data[2] << 8 |
           frame->data[3];
}

struct can_frame marklin_power(bool on);
/* Level 0 to 14. */
struct can_frame marklin_speed(uint32_t train, uint32_t level);
struct can_frame marklin_toggle_direction(uint32_t train);
struct can_frame marklin_light(uint32_t train, bool on);
struct can_frame marklin_turnout(uint32_t turnout, bool straight, uint32_t milliseconds);

#endif
