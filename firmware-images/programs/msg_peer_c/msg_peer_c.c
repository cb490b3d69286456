/* SPDX-License-Identifier: Apache-2.0 */
/* The receiving half of the message demo, in C. */
#include "../msg_demo_c/trains.h"

static struct msgbox request;
static struct msgbox answer;

static bool is_sound(const TrainReport *report) {
    return MSGBOX_ATTACHED(&request, &report->name, char) != NULL &&
           MSGBOX_ATTACHED(&request, &report->sensors, uint16_t) != NULL &&
           MSGBOX_ATTACHED(&request, &report->ticks, uint64_t) != NULL;
}

static void summarize(const TrainReport *report) {
    const char *name = MSGBOX_ATTACHED(&request, &report->name, char);
    const uint16_t *sensors = MSGBOX_ATTACHED(&request, &report->sensors, uint16_t);
    const uint64_t *ticks = MSGBOX_ATTACHED(&request, &report->ticks, uint64_t);
    print("msg_peer_c: train %u seen by %u sensors\r\n", report->train, report->sensors.count);
    TrainSummary *summary = MSGBOX_BEGIN(&answer, TrainSummary);
    summary->train = report->train;
    for (uint32_t i = 0; i < report->sensors.count; i++) {
        summary->sensor_sum += sensors[i];
    }
    summary->last_tick = report->ticks.count == 0 ? 0 : ticks[report->ticks.count - 1];
    char shout[32];
    uint32_t length = report->name.count < sizeof shout ? report->name.count : sizeof shout;
    for (uint32_t i = 0; i < length; i++) {
        shout[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
    }
    MSGBOX_ATTACH(&answer, &summary->shout, shout, length);
}

void program_main(const struct arguments *args) {
    (void)args;
    for (;;) {
        int sender;
        msgbox_recv(&sender, &request);
        answer.length = 0;
        const TrainReport *report = MSGBOX_READ(&request, TrainReport);
        if (report != NULL && is_sound(report)) {
            summarize(report);
        } else if (MSGBOX_READ(&request, TrainsDone) == NULL) {
            print("msg_peer_c: refused\r\n");
        }
        msgbox_reply(sender, &answer);
        if (MSGBOX_READ(&request, TrainsDone) != NULL) {
            return;
        }
    }
}
