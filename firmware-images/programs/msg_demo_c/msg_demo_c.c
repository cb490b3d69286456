/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sending half of the message demo, in C. PEER names the program that
 * answers: msg_peer_c, or msg_peer, which has the same messages in Rust.
 */
#include "trains.h"

enum { PEER_PRIORITY = 1, MOST_SENSORS = 8 };

static struct msgbox message;
static struct msgbox answer;

static void show(int peer) {
    if (msgbox_send(peer, &message, &answer) < 0) {
        fail("msg_demo_c: task %d is gone\r\n", peer);
    }
    const TrainSummary *summary = MSGBOX_READ(&answer, TrainSummary);
    const char *shout = summary == NULL ? NULL : MSGBOX_ATTACHED(&answer, &summary->shout, char);
    if (shout == NULL) {
        print("msg_demo_c: no summary\r\n");
        return;
    }
    char name[32];
    size_t length = summary->shout.count < sizeof name - 1 ? summary->shout.count : sizeof name - 1;
    memcpy(name, shout, length);
    name[length] = '\0';
    print("msg_demo_c: %s (train %u): sensors add up to %u, last tick %lu\r\n", name,
          summary->train, summary->sensor_sum, summary->last_tick);
}

static void report(int peer, uint32_t train, const char *name, const uint16_t *sensors,
                   uint32_t count) {
    uint64_t ticks[MOST_SENSORS];
    for (uint32_t i = 0; i < count; i++) {
        ticks[i] = 100 * (i + 1);
    }
    TrainReport *draft = MSGBOX_BEGIN(&message, TrainReport);
    draft->train = train;
    draft->speed = 10;
    if (!MSGBOX_ATTACH(&message, &draft->name, name, (uint32_t)text_length(name)) ||
        !MSGBOX_ATTACH(&message, &draft->sensors, sensors, count) ||
        !MSGBOX_ATTACH(&message, &draft->ticks, ticks, count)) {
        fail("msg_demo_c: the report does not fit\r\n");
    }
    show(peer);
}

/* Sends a report whose name claims to be far longer than the message. */
static void forge(int peer) {
    TrainReport *draft = MSGBOX_BEGIN(&message, TrainReport);
    draft->name.count = UINT32_MAX;
    show(peer);
}

void program_main(const struct arguments *args) {
    int peer = create_program(PEER_PRIORITY, argument_text(args, "PEER", "msg_peer_c"));
    const uint16_t sensors[] = {3, 5, 80};
    report(peer, 24, "express", sensors, 3);
    report(peer, 58, "freight", sensors, 0);
    forge(peer);
    MSGBOX_BEGIN(&message, TrainsDone);
    msgbox_send(peer, &message, &answer);
    print("msg_demo_c: done\r\n");
}
