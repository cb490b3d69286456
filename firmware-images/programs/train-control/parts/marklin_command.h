/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commands for the Märklin box as bytes, and queues of them. Who waits for a
 * command's answer is in it.
 */
#ifndef MARKLIN_COMMAND_H
#define MARKLIN_COMMAND_H

#include "control.h"

enum { MOST_QUEUED = 64, MOST_BYTES = 3 };

enum kind { NOTHING, SPEED, TURNOUT, POWER, OFF, READ, SETUP };

struct command {
    uint64_t not_before;
    enum kind kind;
    uint8_t bytes[MOST_BYTES];
    uint8_t count;
    uint32_t solenoid_time; /* of a turnout */
    int tid;
};

struct queue {
    struct command commands[MOST_QUEUED];
    int count;
};

/* Appends; false when the queue is full. */
bool queue_put(struct queue *queue, const struct command *command);

/* Takes the one at an index out. */
struct command queue_take(struct queue *queue, int at);

struct command command_speed(const MarklinSpeedReq *request, int tid);
struct command command_reverse(uint32_t train, int tid);
struct command command_turnout(const MarklinTurnoutReq *request, int tid);
struct command command_power(bool on, int tid);
struct command command_read(void);
struct command command_solenoid_off(void);

/* A harmless byte in case the box waits for an address, then power and reset mode. */
struct command command_first(void);

/* Two bytes that harm nobody, whatever the box waits for. */
struct command command_harmless(void);

/* The same, then the rails without power. */
struct command command_stop_all(void);

/* Power as it was, and reset mode, which a box that was off has forgotten. */
struct command command_resume(bool on);

/* The level that a speed command gives its train; 0 for a change of direction. */
int command_level(const struct command *command);

/* The train of a speed command. */
static inline int command_train(const struct command *command) {
    return command->bytes[1];
}

#endif
