/* SPDX-License-Identifier: Apache-2.0 */
/* The upper part of the screen, drawn four times a second; only rows that have changed are sent. */
#include "control.h"

enum { ROWS = 15, COLUMNS = 80, PERIOD_TICKS = 25, FIRST_TRAIN_ROW = 7 };

struct screen {
    char rows[ROWS][COLUMNS + 1];
    char shown[ROWS][COLUMNS + 1];
};

static struct screen screen;
static struct msgbox message;
static struct msgbox reply;
static const struct track *track;
static int terminal;

static const char *const STATUS[] = {"", "driving", "waiting", "searching", "lost"};

static void clear(void) {
    for (int row = 0; row < ROWS; row++) {
        screen.rows[row][0] = '\0';
    }
}

static void draw_head(uint64_t now, int idle) {
    uint64_t tenths = now / 100000;
    format(screen.rows[0], COLUMNS + 1,
           "Train control  %-10s  %3lu:%02lu.%lu   idle %3d.%02d %%", track->name, tenths / 600,
           tenths / 10 % 60, tenths % 10, idle / 100, idle % 100);
}

static void draw_turnouts(const uint8_t *positions) {
    size_t length[2] = {0, 0};
    format(screen.rows[1], COLUMNS + 1, "Turnouts");
    for (int i = 0; i < track->turnout_count; i++) {
        int row = i < (track->turnout_count + 1) / 2 ? 0 : 1;
        length[row] += format(screen.rows[2 + row] + length[row], COLUMNS + 1 - length[row],
                              "%3d %c ", track->turnouts[i].number, "SC?"[positions[i]]);
    }
}

static void draw_sensors(const TrackSnapshotResp *snapshot) {
    size_t length = format(screen.rows[4], COLUMNS + 1, "Sensors ");
    for (uint32_t i = 0; i < snapshot->recent && length < COLUMNS - 12; i++) {
        const struct recent_hit *hit = &snapshot->hits[i];
        uint64_t tenths = hit->at / 100000;
        length += format(screen.rows[4] + length, COLUMNS + 1 - length, " %s %lu.%lu",
                         track->nodes[hit->node].name, tenths / 10, tenths % 10);
    }
}

/* Tenths, with a sign. */
static size_t put_tenths(char *text, size_t size, int64_t tenths) {
    int64_t positive = tenths < 0 ? -tenths : tenths;
    return format(text, size, "%c%ld.%ld", tenths < 0 ? '-' : '+', positive / 10, positive % 10);
}

static void draw_train(char *row, const struct train_row *train, uint64_t now) {
    char place[24] = "?";
    char next[24] = "";
    char error[24] = "";
    if (train->known) {
        const struct track_edge *edge = &track->edges[train->place.edge];
        format(place, sizeof place, "%s+%d", track->nodes[edge->from].name,
               train->place.along / MILLIMETRE);
        if (train->next_sensor != TRACK_NONE && train->expected != 0) {
            size_t length =
                format(next, sizeof next, "%s in ", track->nodes[train->next_sensor].name);
            put_tenths(next + length, sizeof next - length,
                       (int64_t)(train->expected - now) / 100000);
        }
        size_t length =
            format(error, sizeof error, "%4d ms ", train->error_time / 1000);
        put_tenths(error + length, sizeof error - length, train->error_distance / 100);
    }
    format(row, COLUMNS + 1, "%4d %5d %5d  %-10s %-14s %-16s %-6s %s", train->train, train->level,
           train->speed / MILLIMETRE, place, next, error,
           train->goal == TRACK_NONE ? "" : track->nodes[train->goal].name,
           STATUS[train->status]);
}

static void draw(const TrackSnapshotResp *snapshot, int idle) {
    clear();
    draw_head(snapshot->now, idle);
    draw_turnouts(snapshot->positions);
    draw_sensors(snapshot);
    format(screen.rows[FIRST_TRAIN_ROW - 1], COLUMNS + 1, "%4s %5s %5s  %-10s %-14s %-16s %-6s",
           "Train", "level", "mm/s", "at", "next sensor", "error ms, mm", "goal");
    for (uint32_t i = 0; i < snapshot->trains; i++) {
        draw_train(screen.rows[FIRST_TRAIN_ROW + i], &snapshot->rows[i], snapshot->now);
    }
}

/* False when the terminal has no room for it: then it is tried again with the next picture. */
static bool send_row(int row) {
    char text[COLUMNS + 32];
    size_t length = format(text, sizeof text, "\0337\033[%d;1H%s\033[K\0338", row + 1,
                           screen.rows[row]);
    TerminalWriteReq *request = MSGBOX_BEGIN(&message, TerminalWriteReq);
    msgbox_attach(&message, &request->bytes, text, (uint32_t)length);
    return ASK(terminal, &message, &reply, DoneResp)->ok != 0;
}

static void show(void) {
    for (int row = 0; row < ROWS; row++) {
        if (!text_equal(screen.rows[row], screen.shown[row]) && send_row(row)) {
            memcpy(screen.shown[row], screen.rows[row], sizeof screen.rows[row]);
        }
    }
}

static void erase_screen(void) {
    TerminalWriteReq *request = MSGBOX_BEGIN(&message, TerminalWriteReq);
    msgbox_attach(&message, &request->bytes, "\033[2J", 4);
    ASK(terminal, &message, &reply, DoneResp);
}

void program_main(const struct arguments *args) {
    struct keSysHealth health;
    track = track_argument(args);
    terminal = name_require("terminal_server");
    int server = name_require("track_server");
    int clock = name_require("clock_server");
    erase_screen();
    for (;;) {
        clock_wait(clock, PERIOD_TICKS);
        ke_sys_health(&health);
        MSGBOX_BEGIN(&message, TrackSnapshotReq);
        draw(ASK(server, &message, &reply, TrackSnapshotResp), health.idle_percent);
        show();
    }
}
