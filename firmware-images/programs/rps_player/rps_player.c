/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A player. NAME is its name, THINK the clock ticks it takes for each move (0:
 * no clock server is needed), SEED the start of its moves: the same seed gives
 * the same game, every time.
 */
#include "../rps_server/rps.h"

/* Next state of a linear congruential generator (Knuth's MMIX constants). */
static uint64_t next_random(uint64_t state) {
    return state * 6364136223846793005u + 1442695040888963407u;
}

static uint32_t join(int referee, const char *name) {
    static struct msgbox message;
    static struct msgbox reply;
    RpsJoinReq *request = MSGBOX_BEGIN(&message, RpsJoinReq);
    size_t length = text_length(name);
    size_t room = RPS_NAME_SIZE - 1;
    memcpy(request->name, name, length < room ? length : room);
    msgbox_send(referee, &message, &reply);
    const RpsJoinResp *response = MSGBOX_READ(&reply, RpsJoinResp);
    return response != NULL ? response->rounds : 0;
}

/* Whether the game goes on. */
static bool play(int referee, enum rps_move move) {
    static struct msgbox message;
    static struct msgbox reply;
    RpsMoveReq *request = MSGBOX_BEGIN(&message, RpsMoveReq);
    request->move = move;
    msgbox_send(referee, &message, &reply);
    const RpsMoveResp *response = MSGBOX_READ(&reply, RpsMoveResp);
    return response != NULL && response->over == 0;
}

void program_main(const struct arguments *args) {
    uint64_t think = argument_number(args, "THINK", 0, 0, 100);
    uint64_t state = argument_number(args, "SEED", (uint64_t)ke_my_tid(), 0, UINT64_MAX);
    int clock_tid = think > 0 ? name_require("clock_server") : 0;
    int referee = name_require("rps_server");
    uint32_t rounds = join(referee, argument_text(args, "NAME", "anonymous"));
    bool goes_on = rounds > 0;
    while (goes_on) {
        if (think > 0) {
            clock_wait(clock_tid, think);
        }
        state = next_random(state);
        goes_on = play(referee, (enum rps_move)((state >> 33) % RPS_MOVES));
    }
}
