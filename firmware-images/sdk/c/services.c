/* SPDX-License-Identifier: Apache-2.0 */
#include "services.h"

static int name_request(struct msgbox *message, attached_array *array, const char *name) {
    size_t length = text_length(name);
    if (length > NAME_LIMIT || !msgbox_attach(message, array, name, (uint32_t)length)) {
        fail("task %d: the name %s is longer than %d bytes\r\n", ke_my_tid(), name, NAME_LIMIT);
    }
    struct msgbox reply;
    msgbox_send(KE_NAME_SERVER_TID, message, &reply);
    const NsResp *response = MSGBOX_READ(&reply, NsResp);
    if (response == NULL) {
        fail("task %d: task %d did not answer as a name server\r\n", ke_my_tid(),
             KE_NAME_SERVER_TID);
    }
    return response->present != 0 ? response->tid : -1;
}

bool name_register(const char *name) {
    struct msgbox message;
    NsSetReq *request = MSGBOX_BEGIN(&message, NsSetReq);
    return name_request(&message, &request->name, name) >= 0;
}

int name_lookup(const char *name) {
    struct msgbox message;
    NsGetReq *request = MSGBOX_BEGIN(&message, NsGetReq);
    return name_request(&message, &request->name, name);
}

int name_require(const char *name) {
    int tid = name_lookup(name);
    if (tid < 0) {
        fail("task %d: nobody is registered as %s\r\n", ke_my_tid(), name);
    }
    return tid;
}

void clock_wait(int clock_tid, uint64_t ticks) {
    struct msgbox message;
    struct msgbox reply;
    ClockWaitReq *request = MSGBOX_BEGIN(&message, ClockWaitReq);
    request->ticks = ticks;
    msgbox_send(clock_tid, &message, &reply);
    if (MSGBOX_READ(&reply, ClockWaitResp) == NULL) {
        fail("task %d: task %d did not answer as a clock server\r\n", ke_my_tid(), clock_tid);
    }
}

uint64_t clock_now(int clock_tid) {
    struct msgbox message;
    struct msgbox reply;
    MSGBOX_BEGIN(&message, ClockCurTickReq);
    msgbox_send(clock_tid, &message, &reply);
    const ClockCurTickResp *response = MSGBOX_READ(&reply, ClockCurTickResp);
    if (response == NULL) {
        fail("task %d: task %d did not answer as a clock server\r\n", ke_my_tid(), clock_tid);
    }
    return response->cur_tick;
}

void clock_stop(int clock_tid) {
    struct msgbox message;
    struct msgbox reply;
    MSGBOX_BEGIN(&message, ClockStopReq);
    msgbox_send(clock_tid, &message, &reply);
    if (MSGBOX_READ(&reply, ClockStopResp) == NULL) {
        fail("task %d: task %d did not answer as a clock server\r\n", ke_my_tid(), clock_tid);
    }
}

int name_await(int clock_tid, const char *name) {
    int tid = name_lookup(name);
    while (tid < 0) {
        clock_wait(clock_tid, 1);
        tid = name_lookup(name);
    }
    return tid;
}
