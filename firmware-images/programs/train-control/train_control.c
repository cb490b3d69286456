/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry of the train control: makes the servers in the order in which they
 * need each other, then lets the console read commands.
 *
 * TRACK=a (the default) to d; BOX=6051 or can (the default for tracks c and d); SCREEN=ansi (the default) or lines; TRAINS, where
 * trains stand at the start, as 24@C13,58@D11; SCRIPT, commands separated
 * by `;`.
 */
#include "control.h"

static int create(int priority, const char *program) {
    int tid = create_program(priority, program);
    if (tid < 0) {
        fail("train_control: cannot create %s\r\n", program);
    }
    return tid;
}

/* The console's arguments are longer than a block for any other task. */
static void create_console(const struct arguments *args) {
    enum { MOST = 2048 };
    static const char PROGRAM[] = "PROGRAM\0console";
    char block[MOST];
    if (args->length + sizeof PROGRAM > MOST) {
        fail("train_control: the arguments are longer than %d bytes\r\n", MOST);
    }
    memcpy(block, args->block, args->length);
    memcpy(block + args->length, PROGRAM, sizeof PROGRAM);
    if (ke_create(CONSOLE_PRIORITY, block, args->length + sizeof PROGRAM) < 0) {
        fail("train_control: cannot create console\r\n");
    }
}

void program_main(const struct arguments *args) {
    const char *screen = argument_text(args, "SCREEN", "ansi");
    const struct track *track = track_argument(args);
    bool is_since_2026 = track == track_named("c") || track == track_named("d");
    const char *box = argument_text(args, "BOX", is_since_2026 ? "can" : "6051");
    if (!text_equal(box, "can") && !text_equal(box, "6051")) {
        fail("train_control: BOX=%s: there are 6051 and can\r\n", box);
    }
    bool is_ansi = text_equal(screen, "ansi");
    if (!is_ansi && !text_equal(screen, "lines")) {
        fail("train_control: SCREEN=%s: there are ansi and lines\r\n", screen);
    }
    int clock = create(KE_PRIORITY_HIGHEST, "clock_server");
    clock_now(clock);
    create_part(TERMINAL_PRIORITY, "terminal_server", args);
    name_await(clock, "terminal_server");
    create(MARKLIN_PRIORITY, text_equal(box, "can") ? "marklin_can_server" : "marklin_server");
    create_part(ROUTE_PRIORITY, "route_finder", args);
    create_part(TRACK_PRIORITY, "track_server", args);
    name_await(clock, "marklin_server");
    name_await(clock, "track_server");
    name_await(clock, "route_finder");
    create(POLLER_PRIORITY, "sensor_poller");
    log_line(name_require("terminal_server"), "Train control, %s", track->name);
    if (is_ansi) {
        create_part(DISPLAY_PRIORITY, "display", args);
    }
    create_console(args);
}
