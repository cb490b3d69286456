/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads all sensor modules without a pause and tells the track server which
 * contacts have closed, and between which two reads of their module. A contact
 * that stays closed below a train is told once. The first read after the box
 * was away tells nothing: it has what closed at any time meanwhile.
 */
#include "control.h"

enum { BITS = 8 };

struct poller {
    uint8_t before[2 * SENSOR_MODULES];
    uint64_t read_before[SENSOR_MODULES];
    bool has_read;
    uint32_t line_changes;
};

static struct poller poller;

static void add(TrackHitsReq *request, const MarklinSensorsResp *read, int byte, int bit) {
    if (request->count == MOST_HITS) {
        return;
    }
    struct hit *hit = &request->hits[request->count++];
    int module = byte / 2;
    hit->sensor = (uint32_t)(byte * BITS + bit);
    hit->after = poller.read_before[module];
    hit->before = read->read_at[module];
}

/* What the first read finds closed was so before. */
static void compare(TrackHitsReq *request, const MarklinSensorsResp *read) {
    for (int byte = 0; byte < 2 * SENSOR_MODULES; byte++) {
        int closed = read->bytes[byte] & ~poller.before[byte];
        for (int bit = 0; closed != 0 && poller.has_read && bit < BITS; bit++) {
            if ((closed & 0x80 >> bit) != 0) {
                add(request, read, byte, bit);
            }
        }
    }
    memcpy(poller.before, read->bytes, sizeof poller.before);
    memcpy(poller.read_before, read->read_at, sizeof poller.read_before);
    poller.has_read = true;
}

void program_main(const struct arguments *args) {
    (void)args;
    static struct msgbox message;
    static struct msgbox reply;
    static struct msgbox report;
    static struct msgbox done;
    int box = name_require("marklin_server");
    int track = name_require("track_server");
    for (;;) {
        MSGBOX_BEGIN(&message, MarklinSensorsReq);
        const MarklinSensorsResp *read = ASK(box, &message, &reply, MarklinSensorsResp);
        if (read->line_changes != poller.line_changes) {
            poller.line_changes = read->line_changes;
            poller.has_read = false;
            TrackLineReq *line = MSGBOX_BEGIN(&report, TrackLineReq);
            line->line_changes = read->line_changes;
            ASK(track, &report, &done, DoneResp);
        }
        if (!read->complete) {
            continue;
        }
        TrackHitsReq *hits = MSGBOX_BEGIN(&report, TrackHitsReq);
        compare(hits, read);
        if (hits->count > 0) {
            ASK(track, &report, &reply, DoneResp);
        }
    }
}
