/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only task that talks to the Märklin box on UART3: 2400 baud, 8N2.
 *
 * Clear to send is heeded for every byte: one is written when CTS is asserted,
 * and the next one only after CTS has fallen, the box has the byte, and risen
 * again. CTS may rise so soon that both edges are one interrupt (after 192).
 * An interrupt that is told when the next byte has begun is the last one's.
 * FIFOs are off, so that each byte of an answer has its time.
 *
 * The line is half duplex: nothing is sent from a read command until its answer
 * is complete, and CTS is not looked at meanwhile; the answer's first byte may
 * come before CTS is back. What goes first: power, speeds, reading sensors when enough
 * commands have gone since the last read, turnouts, reading. A speed command
 * for a given moment keeps the line free for it.
 *
 * A box that takes no bytes for half a second is away: off, or its cable is
 * pulled. Nobody knows then what trains do, so speed commands are refused, also
 * those that wait. When it is back, all trains are stopped before anything else
 * is sent; turnouts and power that were ordered meanwhile follow.
 */
#include "board.h"
#include "marklin_command.h"

enum {
    UART = 3,
    BAUD = 2400,
    FRAME = 4583,
    UNHEARD = 3000, /* the box hears a byte later: clear to send cannot fall for it sooner */
    ANSWER_BYTES = 2 * SENSOR_MODULES,
    HIGHEST_TRAIN = 80,
};

/* Microseconds. */
enum {
    COMMAND_LEAD = 16000, /* from the start of a command of two bytes until the box has it */
    READ_TIME = 90000,
    COMMAND_TIME = 30000,
    SILENCE = 500000,
    LATE_ANSWER = 300000,
    LOST_BYTE = 60000, /* the box is ready, and has not taken the byte */
};

/* How much may be sent between two reads, in the weights of commands. */
enum { WEIGHT_LIMIT = 8, SPEED_WEIGHT = 1, TURNOUT_WEIGHT = 4 };

enum line_state { READY, SENT, ANSWERING };

struct server {
    struct pl011 *uart;
    struct queue first; /* before all others: what stops the trains when the box is back */
    struct queue speeds;
    struct queue turnouts;
    struct command current;
    int next;                   /* of the current command's bytes */
    enum line_state line;
    bool taken; /* CTS has fallen after the byte */
    uint32_t line_changes; /* odd while the box is away */
    bool powered;          /* as it was ordered last */
    uint8_t levels[HIGHEST_TRAIN + 1]; /* that the box has; of each train */
    uint64_t sent_at;
    uint64_t taken_at;
    uint64_t waiting_since; /* for CTS before a byte; 0: not waiting */
    int weight;
    int solenoid_tid; /* who waits for the turnout, 0 when none is on */
    bool solenoid_on;
    uint64_t solenoid_since;
    uint32_t solenoid_time;
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

static void advance(uint64_t now);

static bool is_away(void) {
    return server.line_changes % 2 != 0;
}

static void put(struct queue *queue, const struct command *command) {
    if (!queue_put(queue, command)) {
        fail("marklin_server: more than %d commands wait\r\n", MOST_QUEUED);
    }
}

static void answer(int tid, uint32_t done, uint64_t at) {
    MarklinDoneResp *response = MSGBOX_BEGIN(&reply, MarklinDoneResp);
    response->at = at;
    response->done = done;
    response->line_changes = server.line_changes;
    msgbox_reply(tid, &reply);
}

static void answer_at(int tid, uint64_t at) {
    answer(tid, 1, at);
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
    response->line_changes = server.line_changes;
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
        server.levels[command_train(&done)] = (uint8_t)command_level(&done);
        if (done.tid != 0) {
            answer_at(done.tid, server.taken_at);
        }
    } else if (done.kind == POWER) {
        server.solenoid_on = server.solenoid_on && server.powered;
        answer_at(done.tid, server.taken_at);
    } else if (done.kind == TURNOUT) {
        server.solenoid_on = true;
        server.solenoid_since = server.taken_at;
        server.solenoid_time = done.solenoid_time;
        server.solenoid_tid = done.tid;
    } else if (done.kind == OFF) {
        server.solenoid_on = false;
    } else if (done.kind == READ) {
        server.line = ANSWERING;
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

/* ---- A box that is away --------------------------------------------------- */

static void refuse_speeds(void) {
    while (server.speeds.count > 0) {
        struct command command = queue_take(&server.speeds, 0);
        if (command.kind == POWER) {
            answer_at(command.tid, microseconds_long());
        } else {
            answer(command.tid, 0, 0);
        }
    }
}

static void answer_drain(uint32_t ok) {
    if (server.drain_tid != 0) {
        answer_done(server.drain_tid, ok);
        server.drain_tid = 0;
    }
}

/* Everybody who waits for a train's command learns that it was not taken. */
static void lose_box(void) {
    server.line_changes++;
    if (server.current.kind == SPEED && server.current.tid != 0) {
        answer(server.current.tid, 0, 0);
    } else if (server.current.kind == POWER) {
        answer_at(server.current.tid, microseconds_long());
    }
    if (server.current.kind != TURNOUT) {
        server.current.kind = SETUP;
    }
    refuse_speeds();
    answer_drain(0);
    if (server.sensors_tid != 0) {
        int tid = server.sensors_tid;
        server.sensors_tid = 0;
        MarklinSensorsResp *response = MSGBOX_BEGIN(&reply, MarklinSensorsResp);
        response->line_changes = server.line_changes;
        msgbox_reply(tid, &reply);
    }
    log_line(server.terminal, "the box takes no bytes: is it on, and its cable plugged in?");
}

/* A byte got lost on the line; nobody knows which one of its command. Bytes that harm nobody,
 * whatever the box waits for, then the command again. */
static void send_again(uint64_t now) {
    struct command again = server.current;
    server.current.kind = NOTHING;
    server.line = READY;
    struct command harmless = command_harmless();
    put(&server.first, &harmless);
    if (again.kind != READ) {
        put(&server.first, &again);
    }
    advance(now);
}

/* Nobody knows whether the box waits for an address, and where trains have got to. They are
 * stopped by the power first, for that is the fastest; then the box is told speed 0 of each that
 * ran, so that none goes on when the power returns. A turnout that was being thrown is thrown
 * again. */
static void find_box(void) {
    struct command broken = server.current;
    server.line_changes++;
    server.current.kind = NOTHING;
    server.line = READY;
    server.first.count = 0;
    struct command command = command_stop_all();
    put(&server.first, &command);
    for (uint32_t train = 1; train <= HIGHEST_TRAIN; train++) {
        if (server.levels[train] > 0) {
            const MarklinSpeedReq stop = {.train = train};
            command = command_speed(&stop, 0);
            put(&server.first, &command);
        }
    }
    command = command_resume(server.powered);
    put(&server.first, &command);
    if (broken.kind == TURNOUT) {
        put(&server.first, &broken);
    }
    log_line(server.terminal, "the box answers again: all trains are stopped");
}

static bool is_clear(uint64_t now) {
    bool clear = (server.uart->fr & PL011_FR_CTS) != 0;
    if (clear) {
        server.waiting_since = 0;
    } else if (server.waiting_since == 0) {
        server.waiting_since = now;
    }
    return clear;
}

/* ---- What is sent next ------------------------------------------------------ */

static void turn(uint64_t now) {
    if (server.solenoid_on) {
        solenoid_done();
    }
    struct command command = queue_take(&server.turnouts, 0);
    server.weight += TURNOUT_WEIGHT;
    begin(&command, now);
}

static void read_sensors(uint64_t now) {
    server.weight = 0;
    const struct command read = command_read();
    begin(&read, now);
}

/* Begins what is to be sent next, if anything. */
static void go_on(uint64_t now) {
    uint64_t free_until;
    int speed = due_speed(now, &free_until);
    bool may_read = server.sensors_tid != 0 && now + READ_TIME <= free_until;
    bool may_turn = now + COMMAND_TIME <= free_until &&
                    (!server.solenoid_on || now - server.solenoid_since >= server.solenoid_time);
    bool has_work = speed >= 0 || server.sensors_tid != 0 || server.turnouts.count > 0 ||
                    server.solenoid_on || server.first.count > 0;
    if (!has_work || !is_clear(now)) {
        return;
    }
    if (server.first.count > 0) {
        struct command command = queue_take(&server.first, 0);
        begin(&command, now);
    } else if (may_read && server.weight >= WEIGHT_LIMIT) {
        read_sensors(now);
    } else if (speed >= 0) {
        struct command command = queue_take(&server.speeds, speed);
        server.weight += SPEED_WEIGHT;
        begin(&command, now);
    } else if (may_turn && server.turnouts.count > 0) {
        turn(now);
    } else if (may_turn && server.solenoid_on) {
        solenoid_done();
        const struct command off = command_solenoid_off();
        begin(&off, now);
    } else if (may_read) {
        read_sensors(now);
    }
}

static void advance(uint64_t now) {
    if (is_away()) {
        if (!is_clear(now)) {
            return;
        }
        find_box();
    }
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
        if (server.speeds.count == 0 && server.turnouts.count == 0 && server.first.count == 0 &&
            !server.solenoid_on) {
            answer_drain(1);
        }
        go_on(now);
    }
}

static void clear_to_send_changed(uint64_t now) {
    server.uart->icr = PL011_INT_CTS;
    bool is_of_last_byte = now - server.sent_at < UNHEARD;
    if (server.line == SENT && !is_of_last_byte) {
        if (!server.taken) {
            server.taken = true;
            server.taken_at = now;
        }
        if (server.current.kind == READ && !is_away()) {
            /* Until the answer is complete, CTS does not matter. */
            complete();
        } else if ((server.uart->fr & PL011_FR_CTS) != 0) {
            server.line = READY;
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
    bool clear = (server.uart->fr & PL011_FR_CTS) != 0;
    if (!is_away() && clear && server.line == SENT && !server.taken &&
        now - server.sent_at > LOST_BYTE) {
        send_again(now);
    }
    bool stuck = server.line == SENT && now - server.sent_at > SILENCE;
    bool refused = server.waiting_since != 0 && now - server.waiting_since > SILENCE;
    if (!is_away() && (stuck || refused)) {
        lose_box();
    }
    if (server.line == ANSWERING && now - server.taken_at > LATE_ANSWER) {
        memset(server.answer, 0, sizeof server.answer);
        answer_sensors(false);
        server.uart->imsc = PL011_INT_CTS | PL011_INT_RX;
    }
    advance(now);
}

static uint64_t ticks_to_wait(void) {
    bool busy = server.speeds.count > 0 || server.solenoid_on || server.current.kind == SPEED;
    return busy ? 1 : 10;
}

static void serve(int sender) {
    const MarklinSpeedReq *speed = MSGBOX_READ(&message, MarklinSpeedReq);
    const MarklinReverseReq *reverse = MSGBOX_READ(&message, MarklinReverseReq);
    const MarklinTurnoutReq *turnout = MSGBOX_READ(&message, MarklinTurnoutReq);
    const MarklinPowerReq *power = MSGBOX_READ(&message, MarklinPowerReq);
    struct command command;
    if ((speed != NULL && speed->train > HIGHEST_TRAIN) ||
        ((speed != NULL || reverse != NULL) && is_away())) {
        answer(sender, 0, 0);
    } else if (speed != NULL) {
        command = command_speed(speed, sender);
        put(&server.speeds, &command);
    } else if (reverse != NULL) {
        command = command_reverse(reverse->train, sender);
        put(&server.speeds, &command);
    } else if (turnout != NULL) {
        command = command_turnout(turnout, sender);
        put(&server.turnouts, &command);
    } else if (power != NULL) {
        server.powered = power->on != 0;
        if (is_away()) {
            answer_at(sender, microseconds_long());
        } else {
            command = command_power(server.powered, sender);
            put(&server.speeds, &command);
        }
    } else if (MSGBOX_READ(&message, MarklinSensorsReq) != NULL) {
        server.sensors_tid = sender;
    } else if (MSGBOX_READ(&message, MarklinDrainReq) != NULL) {
        server.drain_tid = sender;
        if (is_away()) {
            answer_drain(0);
        }
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
    server.powered = true;
    server.current = command_first();
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
