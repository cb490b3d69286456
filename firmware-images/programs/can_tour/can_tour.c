/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry: sends one train from contact to contact by a Central Station on CAN,
 * without any server: polls the chip, prints each contact that closes, and
 * stops the train at the last one.
 *
 * TRAIN (14), LEVEL (8), CONTACTS (3): at how many it stops.
 */
#include "board.h"
#include "can.h"
#include "trainsos.h"

enum { PATIENCE = 200000 };

/* Sends a command and waits for its response; frames of other kinds are dropped. */
static void obey(struct can_frame command) {
    uint32_t start = microseconds();
    while (!can_send(&command)) {
        /* Soon: the command before has been answered. */
    }
    for (;;) {
        struct can_frame frame;
        while (!can_waits()) {
            if (microseconds() - start > PATIENCE) {
                can_give_up();
                fail("can_tour: no response: is a station on the bus?\r\n");
            }
        }
        if (can_receive(&frame) && marklin_is_response(&frame) &&
            marklin_command(&frame) == marklin_command(&command) &&
            marklin_uid(&frame) == marklin_uid(&command)) {
            return;
        }
    }
}

/* The contact that closes next, 1 for A1. */
static uint32_t next_contact(void) {
    for (;;) {
        struct can_frame frame;
        while (!can_waits()) {
        }
        if (can_receive(&frame) && marklin_command(&frame) == MARKLIN_CONTACT &&
            frame.data[5] != 0) {
            return marklin_uid(&frame) & 0xFFFF;
        }
    }
}

void program_main(const struct arguments *args) {
    uint32_t train = (uint32_t)argument_number(args, "TRAIN", 14, 1, 80);
    uint32_t level = (uint32_t)argument_number(args, "LEVEL", 8, 1, 14);
    uint64_t contacts = argument_number(args, "CONTACTS", 3, 1, 1000);
    if (!can_open()) {
        fail("can_tour: the chip does not go on the bus\r\n");
    }
    obey(marklin_power(true));
    obey(marklin_light(train, true));
    obey(marklin_speed(train, level));
    print("train %u at level %u\r\n", train, level);
    for (uint64_t i = 0; i < contacts; i++) {
        uint32_t contact = next_contact();
        print("contact %c%u\r\n", (int)('A' + (contact - 1) / 16), (contact - 1) % 16 + 1);
    }
    obey(marklin_speed(train, 0));
    print("train %u stops\r\n", train);
}
