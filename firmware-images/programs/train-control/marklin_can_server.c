/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In marklin_server's place, and under its name, with a Central Station on CAN.
 *
 * One command is on its way at a time, until the station has answered it. Frames are taken when
 * can_poller has seen one, and each clock tick at the latest. A speed that is due before the next tick
 * is waited for here, so that it goes at its moment.
 *
 * The station looks at its contacts every 100 ms and tells what has changed. Whoever reads sensors gets
 * an answer for each such look, with the moment of it, whether anything has changed or not: so it knows
 * between which two looks a contact closed. Which moments those are the first report tells; before it
 * answers have a moment so early that it is true whenever the look was.
 *
 * A station that does not answer for half a second is away; see marklin_server.
 */
#include "board.h"
#include "can.h"
#include "control.h"

enum { HIGHEST_TRAIN = 80, MOST_COMMANDS = 64, CONTACTS = 16, LOOK = 100000, BITS = 8 };

/* Microseconds. */
enum {
    FRAME = 560,     /* a frame of six bytes */
    TICK = 10000,
    SILENCE = 500000,
    GATHERING = 8000, /* for the reports of one look */
    EARLY = LOOK + TICK,
};

enum kind { SPEED, TURNOUT, POWER, OTHER };

struct command {
    uint64_t not_before;
    struct can_frame frame;
    enum kind kind;
    int tid; /* who waits for its answer, or 0 */
    uint32_t solenoid_time;
};

struct server {
    struct command commands[MOST_COMMANDS];
    int count;
    struct command current; /* on its way */
    bool is_sending;
    uint64_t sent_at;
    uint32_t line_changes; /* odd while the station is away */
    bool powered;          /* as it was ordered last */
    uint8_t levels[HIGHEST_TRAIN + 1];
    bool lit[HIGHEST_TRAIN + 1];
    int solenoid_tid;
    uint64_t solenoid_since;
    uint32_t solenoid_time;
    uint8_t closed[2 * SENSOR_MODULES];
    uint8_t told[2 * SENSOR_MODULES]; /* closed at any time since the last answer */
    bool has_look;
    uint64_t look; /* the latest */
    uint64_t answered_until;
    int sensors_tid;
    int drain_tid;
    int ticker_tid;
    int poller;
    int terminal;
};

static struct server server;
static struct msgbox message;
static struct msgbox reply;

static bool is_away(void) {
    return server.line_changes % 2 != 0;
}

static void answer(int tid, uint32_t done, uint64_t at) {
    if (tid != 0) {
        MarklinDoneResp *response = MSGBOX_BEGIN(&reply, MarklinDoneResp);
        response->at = at;
        response->done = done;
        response->line_changes = server.line_changes;
        msgbox_reply(tid, &reply);
    }
}

static void put(enum kind kind, int tid, struct can_frame frame) {
    if (server.count == MOST_COMMANDS) {
        fail("marklin_server: more than %d commands wait\r\n", MOST_COMMANDS);
    }
    server.commands[server.count++] =
        (struct command){.frame = frame, .kind = kind, .tid = tid};
}

static struct command take(int at) {
    struct command command = server.commands[at];
    server.count--;
    for (int i = at; i < server.count; i++) {
        server.commands[i] = server.commands[i + 1];
    }
    return command;
}

static void answer_drain(uint32_t ok) {
    if (server.drain_tid != 0) {
        answer_done(server.drain_tid, ok);
        server.drain_tid = 0;
    }
}

static void answer_sensors(uint64_t at, bool complete) {
    int tid = server.sensors_tid;
    if (tid == 0) {
        return;
    }
    server.sensors_tid = 0;
    MarklinSensorsResp *response = MSGBOX_BEGIN(&reply, MarklinSensorsResp);
    for (int i = 0; i < 2 * SENSOR_MODULES; i++) {
        response->bytes[i] = server.told[i];
        server.told[i] = server.closed[i];
    }
    for (int module = 0; module < SENSOR_MODULES; module++) {
        response->read_at[module] = at;
    }
    response->complete = complete;
    response->line_changes = server.line_changes;
    server.answered_until = at;
    msgbox_reply(tid, &reply);
}

/* ---- A station that is away ------------------------------------------------- */

static uint8_t level_of(const struct can_frame *frame) {
    int speed = frame->data[4] << 8 | frame->data[5];
    return (uint8_t)(speed == 0 ? 0 : 1 + (speed - 1) / MARKLIN_STEP);
}

/* Everybody who waits for a train's command learns that it was not taken. */
static void lose_station(void) {
    server.line_changes++;
    can_give_up();
    server.is_sending = false;
    int kept = 0;
    if (server.current.kind == TURNOUT) {
        server.commands[kept++] = server.current; /* nothing is sent while it is away */
    } else {
        answer(server.current.tid, server.current.kind == POWER, microseconds_long());
    }
    int count = server.count;
    for (int i = kept; i < count; i++) {
        struct command *command = &server.commands[i];
        if (command->kind == TURNOUT) {
            server.commands[kept++] = *command;
        } else {
            answer(command->tid, command->kind == POWER, microseconds_long());
        }
    }
    server.count = kept;
    answer_drain(0);
    answer_sensors(0, false);
    log_line(server.terminal, "the station does not answer: is it on, and its cable plugged in?");
}

/* The power has been switched off, the fastest that stops trains; then the station is told speed 0 of
 * each that ran, so that none goes on when the power returns. */
static void find_station(void) {
    server.line_changes++;
    server.has_look = false;
    struct command kept[MOST_COMMANDS];
    int count = server.count;
    memcpy(kept, server.commands, sizeof kept);
    server.count = 0;
    for (uint32_t train = 1; train <= HIGHEST_TRAIN; train++) {
        if (server.levels[train] > 0) {
            put(SPEED, 0, marklin_speed(train, 0));
        }
    }
    put(OTHER, 0, marklin_power(server.powered));
    memcpy(&server.commands[server.count], kept, (size_t)count * sizeof kept[0]);
    server.count += count;
    log_line(server.terminal, "the station answers again: all trains are stopped");
}

/* ---- What comes --------------------------------------------------------------- */

static void complete(uint64_t now) {
    struct command *done = &server.current;
    server.is_sending = false;
    if (is_away()) {
        find_station();
    } else if (done->kind == TURNOUT) {
        server.solenoid_tid = done->tid;
        server.solenoid_since = server.sent_at + FRAME;
        server.solenoid_time = done->solenoid_time;
    } else {
        if (done->kind == SPEED) {
            server.levels[marklin_uid(&done->frame)] =
                marklin_command(&done->frame) == MARKLIN_SPEED ? level_of(&done->frame) : 0;
        }
        answer(done->tid, 1, now < server.sent_at + FRAME ? now : server.sent_at + FRAME);
    }
}

static void contact(const struct can_frame *frame, uint64_t now) {
    uint32_t number = (marklin_uid(frame) & 0xFFFF) - 1;
    if (number >= CONTACTS * SENSOR_MODULES) {
        return;
    }
    uint8_t bit = (uint8_t)(0x80 >> number % BITS);
    if (frame->data[5] != 0) {
        server.closed[number / BITS] |= bit;
        server.told[number / BITS] |= bit;
    } else {
        server.closed[number / BITS] &= (uint8_t)~bit;
    }
    if (!server.has_look || now - FRAME > server.look + GATHERING) {
        server.look = now - FRAME;
        server.has_look = true;
    }
}

static void take_frames(void) {
    struct can_frame frame;
    while (can_waits() && can_receive(&frame)) {
        uint64_t now = microseconds_long();
        if (!marklin_is_response(&frame)) {
            continue;
        }
        if (marklin_command(&frame) == MARKLIN_CONTACT) {
            contact(&frame, now);
        } else if (server.is_sending &&
                   marklin_command(&frame) == marklin_command(&server.current.frame) &&
                   marklin_uid(&frame) == marklin_uid(&server.current.frame)) {
            complete(now);
        }
    }
}

/* Answers who reads sensors when the reports of a look must have come. */
static void look(uint64_t now) {
    if (is_away() || server.sensors_tid == 0) {
        return;
    }
    if (!server.has_look) {
        if (now > server.answered_until + LOOK + EARLY) {
            answer_sensors(now - EARLY, true);
        }
        return;
    }
    while (now >= server.look + LOOK) {
        server.look += LOOK;
    }
    if (server.look > server.answered_until && now >= server.look + GATHERING) {
        answer_sensors(server.look, true);
    }
}

/* ---- What is sent ------------------------------------------------------------- */

static void begin(struct command command) {
    while (!can_send(&command.frame)) {
        /* Soon: the one before has been answered, or given up. */
    }
    server.current = command;
    server.is_sending = true;
    server.sent_at = microseconds_long();
}

/* Until a frame that is sent then has been sent at a time; of frames those are taken that come
 * meanwhile. Compare 3 of the system timer is nobody else's. */
static void await(uint64_t not_before) {
    uint64_t at = not_before - FRAME;
    system_timer()->cs = SYSTEM_TIMER_MATCH_3;
    system_timer()->compare[3] = (uint32_t)at;
    bool is_over = not_before <= microseconds_long() + FRAME;
    while (!is_over) {
        while ((system_timer()->cs & SYSTEM_TIMER_MATCH_3) == 0 && !can_waits()) {
        }
        is_over = (system_timer()->cs & SYSTEM_TIMER_MATCH_3) != 0;
        take_frames();
    }
}

/* Index of the command that goes next, or -1. Power and speeds that are due go before turnouts, of which
 * one is thrown at a time. */
static int next_command(uint64_t now) {
    int found = -1;
    for (int i = 0; i < server.count; i++) {
        const struct command *command = &server.commands[i];
        if (command->kind == TURNOUT ? server.solenoid_tid == 0 && found < 0
                                     : command->not_before <= now + FRAME + TICK) {
            found = i;
            if (command->kind != TURNOUT) {
                return i;
            }
        }
    }
    return found;
}

static void advance(void) {
    take_frames();
    uint64_t now = microseconds_long();
    if (server.solenoid_tid != 0 && now >= server.solenoid_since + server.solenoid_time) {
        answer(server.solenoid_tid, 1, server.solenoid_since);
        server.solenoid_tid = 0;
    }
    int next = server.is_sending || is_away() ? -1 : next_command(now);
    if (next >= 0) {
        struct command command = take(next);
        await(command.not_before);
        begin(command);
    } else if (server.count == 0 && !server.is_sending && server.solenoid_tid == 0) {
        answer_drain(1);
    }
    look(now);
}

static void tick(uint64_t now) {
    if (server.is_sending && now - server.sent_at > SILENCE) {
        if (!is_away()) {
            lose_station();
        }
        can_give_up();
        server.is_sending = false;
    }
    if (is_away() && !server.is_sending) {
        begin((struct command){.frame = marklin_power(false), .kind = OTHER});
    }
}

static void put_speed(const MarklinSpeedReq *request, int tid) {
    if (!server.lit[request->train]) {
        server.lit[request->train] = true;
        put(OTHER, 0, marklin_light(request->train, true));
    }
    put(SPEED, tid, marklin_speed(request->train, request->level));
    server.commands[server.count - 1].not_before = request->not_before;
}

static void serve(int sender) {
    const MarklinSpeedReq *speed = MSGBOX_READ(&message, MarklinSpeedReq);
    const MarklinReverseReq *reverse = MSGBOX_READ(&message, MarklinReverseReq);
    const MarklinTurnoutReq *turnout = MSGBOX_READ(&message, MarklinTurnoutReq);
    const MarklinPowerReq *power = MSGBOX_READ(&message, MarklinPowerReq);
    if ((speed != NULL && speed->train > HIGHEST_TRAIN) ||
        ((speed != NULL || reverse != NULL) && is_away())) {
        answer(sender, 0, 0);
    } else if (speed != NULL) {
        put_speed(speed, sender);
    } else if (reverse != NULL) {
        put(SPEED, sender, marklin_toggle_direction(reverse->train));
    } else if (turnout != NULL) {
        put(TURNOUT, sender,
            marklin_turnout(turnout->turnout, turnout->position != CURVED,
                            turnout->solenoid_time / 1000));
        server.commands[server.count - 1].solenoid_time = turnout->solenoid_time;
    } else if (power != NULL) {
        server.powered = power->on != 0;
        if (is_away()) {
            answer(sender, 1, microseconds_long());
        } else {
            put(POWER, sender, marklin_power(server.powered));
        }
    } else if (MSGBOX_READ(&message, MarklinSensorsReq) != NULL) {
        server.sensors_tid = sender;
    } else if (MSGBOX_READ(&message, MarklinDrainReq) != NULL) {
        server.drain_tid = sender;
        if (is_away()) {
            answer_drain(0);
        }
    } else if (MSGBOX_READ(&message, CanFramesReq) != NULL) {
        take_frames();
        answer_done(sender, 1);
    } else if (MSGBOX_READ(&message, TickerReq) != NULL) {
        tick(microseconds_long());
        TickerResp *response = MSGBOX_BEGIN(&reply, TickerResp);
        response->ticks = 1;
        msgbox_reply(sender, &reply);
    } else {
        print("marklin_server: task %d sent a message that is no request\r\n", sender);
    }
    advance();
}

void program_main(const struct arguments *args) {
    (void)args;
    if (!name_register("marklin_server")) {
        fail("marklin_server: the name is taken\r\n");
    }
    server.terminal = name_require("terminal_server");
    if (!can_open()) {
        fail("marklin_server: the CAN controller does not go on the bus\r\n");
    }
    server.ticker_tid = create_program(MARKLIN_PRIORITY, "ticker");
    server.poller = create_program(KE_PRIORITY_LOWEST, "can_poller");
    server.powered = true;
    put(OTHER, 0, marklin_power(true));
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        serve(sender);
    }
}
