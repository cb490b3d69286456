/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only task that talks to the Märklin box on UART3: 2400 baud, 8N2.
 *
 * Clear to send is heeded for every byte: one is written when CTS is asserted,
 * and the next one only after CTS has fallen, the box has the byte, and risen
 * again. CTS may rise so soon that both edges are one interrupt (after 192).
 * FIFOs are off, so that each byte of an answer has its time.
 *
 * The line is half duplex: nothing is sent from a read command until its answer
 * is complete, and CTS is not looked at meanwhile; the answer's first byte may
 * come before CTS is back. What goes first: power, speeds, reading sensors when enough
 * commands have gone since the last read, turnouts, reading. A speed command
 * for a given moment keeps the line free for it.
 */
#include "board.h"
#include "control.h"

enum {
    UART = 3,
    BAUD = 2400,
    FRAME = 4583,
    MOST_QUEUED = 64,
    SOLENOID_OFF = 32,
    TURNOUT_STRAIGHT = 33,
    TURNOUT_CURVED = 34,
    POWER_ON = 96,
    POWER_OFF = 97,
    READ_MODULES = 128 + SENSOR_MODULES,
    RESET_MODE_ON = 192,
    SPEED_WITH_LIGHT = 16,
    REVERSE_WITH_LIGHT = 31,
    ANSWER_BYTES = 2 * SENSOR_MODULES,
};

/* Microseconds. */
enum {
    COMMAND_LEAD = 16000, /* from the start of a command of two bytes until the box has it */
    READ_TIME = 90000,
    COMMAND_TIME = 30000,
    SOLENOID_TIME = 150000,
    SILENCE = 500000,
    LATE_ANSWER = 300000,
};

/* How much may be sent between two reads, in the weights of commands. */
enum { WEIGHT_LIMIT = 8, SPEED_WEIGHT = 1, TURNOUT_WEIGHT = 4 };

enum kind { NOTHING, SPEED, TURNOUT, POWER, OFF, READ, SETUP };

struct command {
    uint64_t not_before;
    enum kind kind;
    uint8_t bytes[3];
    uint8_t count;
    int tid;
};

struct queue {
    struct command commands[MOST_QUEUED];
    int count;
};

enum line_state { READY, SENT, ANSWERING };

struct server {
    struct pl011 *uart;
    struct queue speeds;
    struct queue turnouts;
    struct command current;
    struct command interrupted; /* by a silent box */
    int next;                   /* of the current command's bytes */
    enum line_state line;
    bool taken; /* CTS has fallen after the byte */
    bool silent; /* a byte was not taken for so long that the box may have been off */
    bool told;   /* the user knows that */
    uint64_t sent_at;
    uint64_t taken_at;
    uint64_t waiting_since; /* for CTS before a byte; 0: not waiting */
    int weight;
    int solenoid_tid; /* who waits for the turnout, 0 when none is on */
    bool solenoid_on;
    uint64_t solenoid_since;
    int sensors_tid;
    int drain_tid;
    int ticker_tid;
    int notifier;
    int terminal;
    int answered;
    uint8_t answer[ANSWER_BYTES];
    uint64_t read_at[SENSOR_MODULES];
};

static struct server server;
static struct msgbox message;
static struct msgbox reply;

static void put(struct queue *queue, const struct command *command) {
    if (queue->count == MOST_QUEUED) {
        fail("marklin_server: more than %d commands wait\r\n", MOST_QUEUED);
    }
    queue->commands[queue->count++] = *command;
}

static struct command take(struct queue *queue, int at) {
    struct command command = queue->commands[at];
    queue->count--;
    for (int i = at; i < queue->count; i++) {
        queue->commands[i] = queue->commands[i + 1];
    }
    return command;
}

static void answer_at(int tid, uint64_t at) {
    MarklinDoneResp *response = MSGBOX_BEGIN(&reply, MarklinDoneResp);
    response->at = at;
    msgbox_reply(tid, &reply);
}

static void write_next(uint64_t now) {
    server.uart->icr = PL011_INT_CTS;
    server.uart->dr = server.current.bytes[server.next++];
    server.line = SENT;
    server.taken = false;
    server.sent_at = now;
}

static void begin(const struct command *command, uint64_t now) {
    server.current = *command;
    server.next = 0;
    server.answered = 0;
    write_next(now);
}

static void answer_sensors(bool complete) {
    MarklinSensorsResp *response = MSGBOX_BEGIN(&reply, MarklinSensorsResp);
    memcpy(response->bytes, server.answer, sizeof server.answer);
    memcpy(response->read_at, server.read_at, sizeof server.read_at);
    response->complete = complete;
    int tid = server.sensors_tid;
    server.sensors_tid = 0;
    server.line = READY;
    server.current.kind = NOTHING;
    msgbox_reply(tid, &reply);
}

static void solenoid_done(void) {
    if (server.solenoid_tid != 0) {
        answer_at(server.solenoid_tid, server.solenoid_since);
    }
    server.solenoid_tid = 0;
}

/* The current command's last byte has been taken and the box is ready again. */
static void complete(void) {
    struct command done = server.current;
    server.current.kind = NOTHING;
    server.line = READY;
    if (done.kind == SPEED) {
        answer_at(done.tid, server.taken_at);
    } else if (done.kind == POWER) {
        server.solenoid_on = server.solenoid_on && done.bytes[0] != POWER_OFF;
        answer_at(done.tid, server.taken_at);
    } else if (done.kind == TURNOUT) {
        server.solenoid_on = true;
        server.solenoid_since = server.taken_at;
        server.solenoid_tid = done.tid;
    } else if (done.kind == OFF) {
        server.solenoid_on = false;
    } else if (done.kind == READ) {
        server.line = ANSWERING;
    } else if (server.interrupted.kind != NOTHING) {
        struct command again = server.interrupted;
        server.interrupted.kind = NOTHING;
        begin(&again, server.taken_at);
    }
}

/* Index of the first speed that may go now, or -1; `free_until` becomes when the next must. */
static int due_speed(uint64_t now, uint64_t *free_until) {
    *free_until = UINT64_MAX;
    for (int i = 0; i < server.speeds.count; i++) {
        uint64_t at = server.speeds.commands[i].not_before;
        if (at <= now + COMMAND_LEAD) {
            return i;
        }
        if (at - COMMAND_LEAD < *free_until) {
            *free_until = at - COMMAND_LEAD;
        }
    }
    return -1;
}

static void say_it_answers(void) {
    if (server.told) {
        server.told = false;
        log_line(server.terminal, "the box answers again");
    }
}

static bool is_clear(uint64_t now) {
    bool clear = (server.uart->fr & PL011_FR_CTS) != 0;
    if (clear) {
        server.waiting_since = 0;
        say_it_answers();
    } else if (server.waiting_since == 0) {
        server.waiting_since = now;
    }
    return clear;
}

static const struct command SOLENOID_OFF_COMMAND = {0, OFF, {SOLENOID_OFF}, 1, 0};
static const struct command READ_COMMAND = {0, READ, {READ_MODULES}, 1, 0};

static void turn(uint64_t now) {
    if (server.solenoid_on) {
        solenoid_done();
    }
    struct command command = take(&server.turnouts, 0);
    server.weight += TURNOUT_WEIGHT;
    begin(&command, now);
}

static void read_sensors(uint64_t now) {
    server.weight = 0;
    begin(&READ_COMMAND, now);
}

/* Begins what is to be sent next, if anything. */
static void go_on(uint64_t now) {
    uint64_t free_until;
    int speed = due_speed(now, &free_until);
    bool may_read = server.sensors_tid != 0 && now + READ_TIME <= free_until;
    bool may_turn = now + COMMAND_TIME <= free_until &&
                    (!server.solenoid_on || now - server.solenoid_since >= SOLENOID_TIME);
    if (speed < 0 && server.sensors_tid == 0 && server.turnouts.count == 0 &&
        !server.solenoid_on) {
        if (server.drain_tid != 0 && server.speeds.count == 0) {
            answer_done(server.drain_tid, 1);
            server.drain_tid = 0;
        }
        return;
    }
    if (!is_clear(now)) {
        return;
    }
    if (may_read && server.weight >= WEIGHT_LIMIT) {
        read_sensors(now);
    } else if (speed >= 0) {
        struct command command = take(&server.speeds, speed);
        server.weight += SPEED_WEIGHT;
        begin(&command, now);
    } else if (may_turn && server.turnouts.count > 0) {
        turn(now);
    } else if (may_turn && server.solenoid_on) {
        solenoid_done();
        begin(&SOLENOID_OFF_COMMAND, now);
    } else if (may_read) {
        read_sensors(now);
    }
}

static void advance(uint64_t now) {
    if (server.line == READY && server.current.kind != NOTHING) {
        if (server.next < server.current.count) {
            if (is_clear(now)) {
                write_next(now);
            }
            return;
        }
        complete();
    }
    if (server.line == READY && server.current.kind == NOTHING) {
        if (server.drain_tid != 0 && server.speeds.count == 0 && server.turnouts.count == 0 &&
            !server.solenoid_on) {
            answer_done(server.drain_tid, 1);
            server.drain_tid = 0;
        }
        go_on(now);
    }
}

/* The box is back: nobody knows whether it waits for an address, so one is given, and what was
 * being sent is sent again. 32 as an address harms nobody. */
static void recover(uint64_t now) {
    server.silent = false;
    say_it_answers();
    if (server.current.kind != SETUP) {
        server.interrupted = server.current;
    }
    const struct command setup = {0, SETUP, {SOLENOID_OFF, SOLENOID_OFF}, 2, 0};
    begin(&setup, now);
}

static void clear_to_send_changed(uint64_t now) {
    server.uart->icr = PL011_INT_CTS;
    if (server.line == SENT) {
        if (!server.taken) {
            server.taken = true;
            server.taken_at = now;
        }
        if (server.current.kind == READ && !server.silent) {
            /* Until the answer is complete, CTS does not matter. */
            complete();
        } else if ((server.uart->fr & PL011_FR_CTS) != 0) {
            server.line = READY;
            if (server.silent) {
                recover(now);
            }
        }
    }
}

static void receive(uint64_t now) {
    uint8_t byte = (uint8_t)server.uart->dr;
    if (server.line != ANSWERING) {
        return;
    }
    if (server.answered % 2 == 0) {
        server.read_at[server.answered / 2] = now - FRAME;
    }
    server.answer[server.answered++] = byte;
    if (server.answered == ANSWER_BYTES) {
        answer_sensors(true);
    }
}

/* `status`: the interrupts that were pending. Those of reception go with the byte that is read. */
static void interrupted(uint32_t status) {
    uint64_t now = microseconds_long();
    if ((status & PL011_INT_CTS) != 0) {
        clear_to_send_changed(now);
    }
    if ((status & PL011_INT_RX) != 0) {
        receive(now);
    }
    advance(now);
    const uint32_t number = UART;
    ke_reply(server.notifier, (const char *)&number, sizeof number);
    server.uart->imsc = server.line == ANSWERING ? PL011_INT_RX : PL011_INT_CTS | PL011_INT_RX;
}

static void tick(uint64_t now) {
    bool stuck = server.line == SENT && now - server.sent_at > SILENCE;
    bool refused = server.waiting_since != 0 && now - server.waiting_since > SILENCE;
    server.silent = server.silent || stuck;
    if (!server.told && (stuck || refused)) {
        server.told = true;
        log_line(server.terminal, "the box takes no bytes: is it on, and its cable plugged in?");
    }
    if (server.line == ANSWERING && now - server.taken_at > LATE_ANSWER) {
        memset(server.answer, 0, sizeof server.answer);
        answer_sensors(false);
        server.uart->imsc = PL011_INT_CTS | PL011_INT_RX;
    }
    advance(now);
}

static uint64_t ticks_to_wait(void) {
    bool busy = server.speeds.count > 0 || server.solenoid_on;
    return busy ? 1 : 10;
}

static struct command speed_command(uint64_t at, uint32_t byte, uint32_t train, int tid) {
    return (struct command){at, SPEED, {(uint8_t)byte, (uint8_t)train}, 2, tid};
}

static void serve(int sender) {
    const MarklinSpeedReq *speed = MSGBOX_READ(&message, MarklinSpeedReq);
    const MarklinReverseReq *reverse = MSGBOX_READ(&message, MarklinReverseReq);
    const MarklinTurnoutReq *turnout = MSGBOX_READ(&message, MarklinTurnoutReq);
    const MarklinPowerReq *power = MSGBOX_READ(&message, MarklinPowerReq);
    struct command command;
    if (speed != NULL) {
        command = speed_command(speed->not_before, SPEED_WITH_LIGHT + speed->level, speed->train,
                                sender);
        put(&server.speeds, &command);
    } else if (reverse != NULL) {
        command = speed_command(0, REVERSE_WITH_LIGHT, reverse->train, sender);
        put(&server.speeds, &command);
    } else if (turnout != NULL) {
        uint8_t byte = turnout->position == CURVED ? TURNOUT_CURVED : TURNOUT_STRAIGHT;
        command = (struct command){0, TURNOUT, {byte, (uint8_t)turnout->turnout}, 2, sender};
        put(&server.turnouts, &command);
    } else if (power != NULL) {
        command = (struct command){0, POWER, {power->on ? POWER_ON : POWER_OFF}, 1, sender};
        put(&server.speeds, &command);
    } else if (MSGBOX_READ(&message, MarklinSensorsReq) != NULL) {
        server.sensors_tid = sender;
    } else if (MSGBOX_READ(&message, MarklinDrainReq) != NULL) {
        server.drain_tid = sender;
    } else if (MSGBOX_READ(&message, TickerReq) != NULL) {
        tick(microseconds_long());
        TickerResp *response = MSGBOX_BEGIN(&reply, TickerResp);
        response->ticks = ticks_to_wait();
        msgbox_reply(sender, &reply);
        return;
    } else {
        print("marklin_server: task %d sent a message that is no request\r\n", sender);
    }
    advance(microseconds_long());
}

void program_main(const struct arguments *args) {
    (void)args;
    if (!name_register("marklin_server")) {
        fail("marklin_server: the name is taken\r\n");
    }
    server.terminal = name_require("terminal_server");
    server.uart = pl011(UART);
    pl011_set_line(server.uart, BAUD, PL011_LCRH_WLEN8 | PL011_LCRH_STP2);
    server.notifier = create_program(KE_PRIORITY_HIGHEST, "uart_notifier");
    server.ticker_tid = create_program(MARKLIN_PRIORITY, "ticker");
    /* A first byte in case the box waits for an address, then power and reset mode. */
    const struct command setup = {0, SETUP, {SOLENOID_OFF, POWER_ON, RESET_MODE_ON}, 3, 0};
    server.current = setup;
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        if (sender == server.notifier) {
            uint32_t status;
            memcpy(&status, message.bytes, sizeof status);
            interrupted(status);
        } else {
            serve(sender);
        }
    }
}
