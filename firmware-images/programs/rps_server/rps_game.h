/* SPDX-License-Identifier: Apache-2.0 */
/* How an entry program sets up a game and waits for its end. */
#ifndef RPS_GAME_H
#define RPS_GAME_H

#include "rps.h"

/* The first player's seed. This one gives a game that somebody wins. */
enum { RPS_FIRST_SEED = 12 };

struct rps_setup {
    int server_priority;
    int player_priority;
    uint64_t rounds;
    const uint64_t *think; /* clock ticks for each player */
};

static inline void rps_create_player(const struct rps_setup *setup, uint32_t index) {
    static const char *const NAMES[RPS_PLAYERS] = {"Ada", "Grace", "Linus"};
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "rps_player");
    argument_add(&block, "NAME", NAMES[index]);
    argument_add_number(&block, "SEED", RPS_FIRST_SEED + index);
    argument_add_number(&block, "THINK", setup->think[index]);
    if (create_with(setup->player_priority, &block) < 0) {
        fail("cannot create rps_player\r\n");
    }
}

/* Creates the referee and the players, and waits until they have played. */
static inline void rps_play(const struct rps_setup *setup) {
    static struct msgbox message;
    static struct msgbox reply;
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "rps_server");
    argument_add_number(&block, "ROUNDS", setup->rounds);
    int referee = create_with(setup->server_priority, &block);
    if (referee < 0) {
        fail("cannot create rps_server\r\n");
    }
    for (uint32_t i = 0; i < RPS_PLAYERS; i++) {
        rps_create_player(setup, i);
    }
    MSGBOX_BEGIN(&message, RpsResultReq);
    msgbox_send(referee, &message, &reply);
    const RpsResultResp *result = MSGBOX_READ(&reply, RpsResultResp);
    if (result == NULL) {
        fail("task %d, the referee, gave no result\r\n", referee);
    }
    if (result->winner[0] == '\0') {
        print("  the best share the game with %u points each\r\n", result->points);
    } else {
        print("  %s wins the game with %u points\r\n", result->winner, result->points);
    }
}

#endif
