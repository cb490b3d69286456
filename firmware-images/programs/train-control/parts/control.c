/* SPDX-License-Identifier: Apache-2.0 */
#include "control.h"

#include "board.h"

const void *ask(int tid, const struct msgbox *message, struct msgbox *reply,
                const struct answer_type *type) {
    msgbox_send(tid, message, reply);
    const void *answer = msgbox_read(reply, type->name, type->size);
    if (answer == NULL) {
        fail("task %d: task %d did not answer with %s\r\n", ke_my_tid(), tid, type->name);
    }
    return answer;
}

void answer_done(int tid, uint32_t ok) {
    struct msgbox reply;
    DoneResp *response = MSGBOX_BEGIN(&reply, DoneResp);
    response->ok = ok;
    msgbox_reply(tid, &reply);
}

void log_line(int terminal, const char *text, ...) {
    char line[160];
    uint64_t now = microseconds_long();
    size_t length = format(line, sizeof line, "[%3lu.%03lu] ", now / 1000000, now / 1000 % 1000);
    va_list values;
    va_start(values, text);
    length += format_list(line + length, sizeof line - length, text, values);
    va_end(values);
    struct msgbox message;
    struct msgbox reply;
    TerminalLogReq *request = MSGBOX_BEGIN(&message, TerminalLogReq);
    msgbox_attach(&message, &request->text, line, (uint32_t)length);
    ASK(terminal, &message, &reply, DoneResp);
}

const struct track *track_argument(const struct arguments *args) {
    const char *name = argument_text(args, "TRACK", "a");
    const struct track *track = track_named(name);
    if (track == NULL) {
        fail("train control: TRACK=%s: there are a, b, c and d\r\n", name);
    }
    return track;
}

int create_part(int priority, const char *program, const struct arguments *args) {
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", program);
    argument_add(&block, "TRACK", argument_text(args, "TRACK", "a"));
    argument_add(&block, "SCREEN", argument_text(args, "SCREEN", "ansi"));
    int tid = create_with(priority, &block);
    if (tid < 0) {
        fail("train control: cannot create %s\r\n", program);
    }
    return tid;
}
