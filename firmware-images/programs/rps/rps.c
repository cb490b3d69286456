/* SPDX-License-Identifier: Apache-2.0 */
/* Entry: three players, a referee, ROUNDS rounds (5). Ends by itself. */
#include "../rps_server/rps_game.h"

enum { SERVER_PRIORITY = 1, PLAYER_PRIORITY = 2 };

void program_main(const struct arguments *args) {
    static const uint64_t no_thinking[RPS_PLAYERS];
    struct rps_setup setup = {SERVER_PRIORITY, PLAYER_PRIORITY,
                              argument_number(args, "ROUNDS", 5, 1, 1000), no_thinking};
    print("rock-paper-scissors, %lu rounds\r\n", setup.rounds);
    rps_play(&setup);
}
