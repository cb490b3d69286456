/* SPDX-License-Identifier: Apache-2.0 */
/* Carries the track server's turnout orders to the box, so that the track server need not wait. */
#include "control.h"

void program_main(const struct arguments *args) {
    static struct msgbox message;
    static struct msgbox reply;
    const struct track *track = track_argument(args);
    int server = ke_my_parent_tid();
    int box = name_require("marklin_server");
    int32_t turnout = TRACK_NONE;
    uint32_t position = UNKNOWN_POSITION;
    for (;;) {
        TrackCourierReq *ready = MSGBOX_BEGIN(&message, TrackCourierReq);
        ready->turnout = turnout;
        ready->position = position;
        const TrackCourierResp *order = ASK(server, &message, &reply, TrackCourierResp);
        turnout = order->turnout;
        position = order->position;
        uint32_t solenoid_time = order->solenoid_time;
        MarklinTurnoutReq *request = MSGBOX_BEGIN(&message, MarklinTurnoutReq);
        request->turnout = track->turnouts[turnout].number;
        request->position = position;
        request->solenoid_time = solenoid_time;
        ASK(box, &message, &reply, MarklinDoneResp);
    }
}
