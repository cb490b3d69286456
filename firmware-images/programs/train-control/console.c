/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads commands, from the argument SCRIPT first (separated by `;`), then from
 * the terminal, and has them done one after the other. Trains get their task
 * when they are first named.
 */
#include "board.h"
#include "command_line.h"

struct console {
    const struct track *track;
    const struct arguments *args;
    const char *script;
    int rounds; /* of the script that are over, counted by `again` */
    struct command_line line;
    int terminal;
    int server;
    int box;
    int clock;
    int trains[MOST_TRAINS]; /* numbers */
    int tids[MOST_TRAINS];
    int train_count;
};

static struct console console;
static struct msgbox message;
static struct msgbox reply;

/* ---- Trains ---------------------------------------------------------------- */

/* The tid of a train's task, which is made if need be; -1 after saying why there is none. */
static int train_tid(const char *word) {
    int number;
    if (!number_of(word, &number) || locomotive_numbered(number) == NULL) {
        log_line(console.terminal, "%s is no train that was measured", word);
        return -1;
    }
    for (int i = 0; i < console.train_count; i++) {
        if (console.trains[i] == number) {
            return console.tids[i];
        }
    }
    if (console.train_count == MOST_TRAINS) {
        log_line(console.terminal, "%d trains are the most", MOST_TRAINS);
        return -1;
    }
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "train");
    argument_add(&block, "TRACK", argument_text(console.args, "TRACK", "a"));
    argument_add_number(&block, "TRAIN", (uint64_t)number);
    int tid = create_with(TRAIN_PRIORITY, &block);
    if (tid < 0) {
        log_line(console.terminal, "no memory for another train");
        return -1;
    }
    console.trains[console.train_count] = number;
    console.tids[console.train_count++] = tid;
    return tid;
}

/* Index of a node that trains can be sent to, or TRACK_NONE after saying that there is none. */
static int node_named(const char *word) {
    int node = track_node_named(console.track, word);
    if (node == TRACK_NONE || console.track->nodes[node].leaving[0] == TRACK_NONE) {
        log_line(console.terminal, "%s has no node %s", console.track->name, word);
        return TRACK_NONE;
    }
    return node;
}

static uint32_t tell(int tid) {
    return ASK(tid, &message, &reply, DoneResp)->ok;
}

/* ---- Commands -------------------------------------------------------------- */

static void command_tr(const struct words *words) {
    int level;
    int tid = train_tid(words->at[1]);
    if (tid < 0) {
        return;
    }
    if (!number_of(words->at[2], &level) || level < 0 || level > TOP_LEVEL) {
        log_line(console.terminal, "%s is no speed from 0 to %d", words->at[2], TOP_LEVEL);
        return;
    }
    TrainSpeedReq *speed = MSGBOX_BEGIN(&message, TrainSpeedReq);
    speed->level = (uint32_t)level;
    tell(tid);
}

static void command_rv(const struct words *words) {
    int tid = train_tid(words->at[1]);
    if (tid >= 0) {
        MSGBOX_BEGIN(&message, TrainReverseReq);
        tell(tid);
    }
}

static void command_sw(const struct words *words) {
    int number;
    int turnout = number_of(words->at[1], &number)
                      ? track_turnout_numbered(console.track, number)
                      : TRACK_NONE;
    char position = words->at[2][0] | ' ';
    if (turnout == TRACK_NONE) {
        log_line(console.terminal, "%s has no turnout %s", console.track->name, words->at[1]);
    } else if ((position != 's' && position != 'c') || words->at[2][1] != '\0') {
        log_line(console.terminal, "a turnout is S, straight, or C, curved");
    } else {
        TrackTurnoutReq *request = MSGBOX_BEGIN(&message, TrackTurnoutReq);
        request->turnout = (uint32_t)turnout;
        request->position = position == 'c' ? CURVED : STRAIGHT;
        if (tell(console.server) == 0) {
            log_line(console.terminal, "turnout %d is held by a train", number);
        }
    }
}

static void command_go(const struct words *words) {
    int offset = 0;
    int tid = train_tid(words->at[1]);
    int node = tid < 0 ? TRACK_NONE : node_named(words->at[2]);
    if (node == TRACK_NONE) {
        return;
    }
    if (words->count > 3 && !number_of(words->at[3], &offset)) {
        log_line(console.terminal, "%s is no offset in millimetres", words->at[3]);
        return;
    }
    TrainGoReq *go = MSGBOX_BEGIN(&message, TrainGoReq);
    go->node = node;
    go->past = offset * MILLIMETRE;
    tell(tid);
}

static void command_at(const struct words *words) {
    int tid = train_tid(words->at[1]);
    int node = tid < 0 ? TRACK_NONE : node_named(words->at[2]);
    if (node != TRACK_NONE) {
        TrainPlaceReq *place = MSGBOX_BEGIN(&message, TrainPlaceReq);
        place->node = node;
        tell(tid);
    }
}

static void stop_all(void) {
    for (int i = 0; i < console.train_count; i++) {
        MSGBOX_BEGIN(&message, TrainStopReq);
        tell(console.tids[i]);
    }
}

static void command_stop(const struct words *words) {
    if (words->count == 1) {
        stop_all();
        return;
    }
    int tid = train_tid(words->at[1]);
    if (tid >= 0) {
        MSGBOX_BEGIN(&message, TrainStopReq);
        tell(tid);
    }
}

static void command_power(const struct words *words) {
    MarklinPowerReq *power = MSGBOX_BEGIN(&message, MarklinPowerReq);
    power->on = text_equal(words->at[0], "power");
    ASK(console.box, &message, &reply, MarklinDoneResp);
}

static void wait_for(int tid) {
    MSGBOX_BEGIN(&message, TrainWaitReq);
    ASK(tid, &message, &reply, TrainWaitResp);
}

static void command_wait(const struct words *words) {
    int tid = words->count > 1 ? train_tid(words->at[1]) : -1;
    for (int i = 0; i < console.train_count; i++) {
        if (words->count == 1 || console.tids[i] == tid) {
            wait_for(console.tids[i]);
        }
    }
}

static void command_again(const struct words *words) {
    int times;
    if (!number_of(words->at[1], &times)) {
        log_line(console.terminal, "%s is no number of times", words->at[1]);
    } else if (console.rounds++ < times) {
        console.line.script = console.script;
    }
}

static void command_report(const struct words *words) {
    (void)words;
    MSGBOX_BEGIN(&message, TrackSnapshotReq);
    static TrackSnapshotResp snapshot;
    snapshot = *ASK(console.server, &message, &reply, TrackSnapshotResp);
    for (uint32_t i = 0; i < snapshot.trains; i++) {
        const struct train_row *row = &snapshot.rows[i];
        log_line(console.terminal,
                 "train %d: %d sensors, predicted %d ms or %d mm off on average, %d mm at worst",
                 row->train, row->sensors, row->mean_time / 1000, row->mean_distance / MILLIMETRE,
                 row->worst_distance / MILLIMETRE);
    }
}

static void command_sleep(const struct words *words) {
    int ticks;
    if (number_of(words->at[1], &ticks) && ticks >= 0) {
        clock_wait(console.clock, (uint64_t)ticks);
    } else {
        log_line(console.terminal, "%s is no number of ticks", words->at[1]);
    }
}

/* Stops everything, lets the last bytes out, and reboots. */
static void command_quit(const struct words *words) {
    (void)words;
    stop_all();
    MSGBOX_BEGIN(&message, MarklinDrainReq);
    bool stopped = ASK(console.box, &message, &reply, DoneResp)->ok != 0;
    log_line(console.terminal, stopped ? "all trains have been told to stop"
                                       : "no train can be told to stop: the box takes no bytes");
    MSGBOX_BEGIN(&message, TerminalDrainReq);
    ASK(console.terminal, &message, &reply, DoneResp);
    ke_quit();
}

struct command {
    const char *name;
    int least; /* words, with the name */
    int most;
    void (*act)(const struct words *words);
    const char *usage;
};

static const struct command COMMANDS[] = {
    {"tr", 3, 3, command_tr, "tr TRAIN SPEED"},
    {"rv", 2, 2, command_rv, "rv TRAIN"},
    {"sw", 3, 3, command_sw, "sw TURNOUT S|C"},
    {"go", 3, 4, command_go, "go TRAIN SENSOR [OFFSET]"},
    {"at", 3, 3, command_at, "at TRAIN SENSOR"},
    {"stop", 1, 2, command_stop, "stop [TRAIN]"},
    {"halt", 1, 1, command_power, "halt"},
    {"power", 1, 1, command_power, "power"},
    {"wait", 1, 2, command_wait, "wait [TRAIN]"},
    {"sleep", 2, 2, command_sleep, "sleep TICKS"},
    {"again", 2, 2, command_again, "again TIMES"},
    {"report", 1, 1, command_report, "report"},
    {"quit", 1, 1, command_quit, "quit"},
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

static void execute(const struct words *words) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct command *command = &COMMANDS[i];
        if (text_equal(words->at[0], command->name)) {
            if (words->count < command->least || words->count > command->most) {
                log_line(console.terminal, "usage: %s", command->usage);
            } else {
                command->act(words);
            }
            return;
        }
    }
    log_line(console.terminal, "commands: tr rv sw go at stop halt power wait sleep again report quit");
}

/* TRAINS=24@C13,58@D11: where trains stand at the start, just past those sensors. */
static void place_trains(const char *list) {
    char line[LINE_SIZE];
    while (*list != '\0') {
        size_t length = format(line, sizeof line, "at ");
        for (; *list != '\0' && *list != ','; list++) {
            if (length < sizeof line - 1) {
                line[length++] = *list == '@' ? ' ' : *list;
            }
        }
        list += *list == ',';
        line[length] = '\0';
        struct words words = split(line);
        if (words.count == 3) {
            command_at(&words);
        }
    }
}

void program_main(const struct arguments *args) {
    char line[LINE_SIZE];
    console.args = args;
    console.track = track_argument(args);
    console.line.has_prompt = text_equal(argument_text(args, "SCREEN", "ansi"), "ansi");
    console.script = argument_text(args, "SCRIPT", "");
    console.line.script = console.script;
    console.terminal = name_require("terminal_server");
    console.line.terminal = console.terminal;
    console.server = name_require("track_server");
    console.box = name_require("marklin_server");
    console.clock = name_require("clock_server");
    console.line.clock = console.clock;
    place_trains(argument_text(args, "TRAINS", ""));
    for (;;) {
        read_line(&console.line, line);
        if (!console.line.has_prompt && line[0] != '\0') {
            log_line(console.terminal, "> %s", line);
        }
        struct words words = split(line);
        if (words.count > 0) {
            execute(&words);
        }
    }
}
