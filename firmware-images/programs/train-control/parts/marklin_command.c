/* SPDX-License-Identifier: Apache-2.0 */
#include "marklin_command.h"

enum {
    SOLENOID_OFF = 32,
    TURNOUT_STRAIGHT = 33,
    TURNOUT_CURVED = 34,
    POWER_ON = 96,
    POWER_OFF = 97,
    READ_MODULES = 128 + SENSOR_MODULES,
    RESET_MODE_ON = 192,
    WITH_LIGHT = 16,
    REVERSE = 15,
};

bool queue_put(struct queue *queue, const struct command *command) {
    if (queue->count == MOST_QUEUED) {
        return false;
    }
    queue->commands[queue->count++] = *command;
    return true;
}

struct command queue_take(struct queue *queue, int at) {
    struct command command = queue->commands[at];
    queue->count--;
    for (int i = at; i < queue->count; i++) {
        queue->commands[i] = queue->commands[i + 1];
    }
    return command;
}

struct command command_speed(const MarklinSpeedReq *request, int tid) {
    return (struct command){.not_before = request->not_before,
                            .kind = SPEED,
                            .bytes = {(uint8_t)(WITH_LIGHT + request->level),
                                      (uint8_t)request->train},
                            .count = 2,
                            .tid = tid};
}

struct command command_reverse(uint32_t train, int tid) {
    return (struct command){
        .kind = SPEED, .bytes = {WITH_LIGHT + REVERSE, (uint8_t)train}, .count = 2, .tid = tid};
}

struct command command_turnout(const MarklinTurnoutReq *request, int tid) {
    uint8_t byte = request->position == CURVED ? TURNOUT_CURVED : TURNOUT_STRAIGHT;
    return (struct command){.kind = TURNOUT,
                            .bytes = {byte, (uint8_t)request->turnout},
                            .count = 2,
                            .solenoid_time = request->solenoid_time,
                            .tid = tid};
}

struct command command_power(bool on, int tid) {
    return (struct command){
        .kind = POWER, .bytes = {on ? POWER_ON : POWER_OFF}, .count = 1, .tid = tid};
}

struct command command_read(void) {
    return (struct command){.kind = READ, .bytes = {READ_MODULES}, .count = 1};
}

struct command command_solenoid_off(void) {
    return (struct command){.kind = OFF, .bytes = {SOLENOID_OFF}, .count = 1};
}

struct command command_first(void) {
    return (struct command){
        .kind = SETUP, .bytes = {SOLENOID_OFF, POWER_ON, RESET_MODE_ON}, .count = 3};
}

struct command command_harmless(void) {
    return (struct command){.kind = SETUP, .bytes = {SOLENOID_OFF, SOLENOID_OFF}, .count = 2};
}

struct command command_stop_all(void) {
    return (struct command){
        .kind = SETUP, .bytes = {SOLENOID_OFF, SOLENOID_OFF, POWER_OFF}, .count = 3};
}

struct command command_resume(bool on) {
    return (struct command){
        .kind = SETUP, .bytes = {on ? POWER_ON : POWER_OFF, RESET_MODE_ON}, .count = 2};
}

int command_level(const struct command *command) {
    int level = command->bytes[0] - WITH_LIGHT;
    return level == REVERSE ? 0 : level;
}
