/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The referee: three players join, then all choose, then each gets its result,
 * for ROUNDS rounds (5). Where exactly two kinds of hand are shown, each
 * player with the better one wins a point. One message box at a time: a
 * player's request is answered late, when the others have come as well.
 */
#include "rps.h"

struct player {
    int tid;
    char name[RPS_NAME_SIZE];
    uint32_t points;
    uint32_t move;
    bool chosen;
};

struct game {
    struct player players[RPS_PLAYERS];
    uint32_t joined;
    uint32_t chosen;
    uint32_t round;
    uint32_t rounds;
    int spectator; /* the task that waits for the result, or 0 */
};

static struct game game;
static struct msgbox reply;

static const char *const MOVE_NAMES[RPS_MOVES] = {"rock", "paper", "scissors"};

static bool beats(uint32_t move, uint32_t other) {
    return move == (other + 1) % RPS_MOVES;
}

/* Whether a hand that loses to the player's is shown, and none that beats it. */
static bool wins(uint32_t index) {
    uint32_t mine = game.players[index].move;
    bool better = false;
    for (uint32_t i = 0; i < RPS_PLAYERS; i++) {
        if (beats(game.players[i].move, mine)) {
            return false;
        }
        better = better || beats(mine, game.players[i].move);
    }
    return better;
}

static void print_round(void) {
    char text[160];
    size_t length = format(text, sizeof text, "  round %u:", game.round);
    for (uint32_t i = 0; i < RPS_PLAYERS; i++) {
        const struct player *player = &game.players[i];
        length += format(text + length, sizeof text - length, "  %s %s%s", player->name,
                         MOVE_NAMES[player->move], wins(i) ? " (wins)" : "");
    }
    print("%s\r\n", text);
}

static void answer_round(void) {
    bool over = game.round == game.rounds;
    for (uint32_t i = 0; i < RPS_PLAYERS; i++) {
        RpsMoveResp *response = MSGBOX_BEGIN(&reply, RpsMoveResp);
        for (uint32_t j = 0; j < RPS_PLAYERS; j++) {
            response->moves[j] = game.players[j].move;
        }
        response->won = wins(i);
        response->over = over;
        game.players[i].points += response->won;
        game.players[i].chosen = false;
        msgbox_reply(game.players[i].tid, &reply);
    }
    game.chosen = 0;
}

static void join(int tid, const RpsJoinReq *request) {
    if (game.joined == RPS_PLAYERS) {
        print("rps_server: task %d comes too late to join\r\n", tid);
        return;
    }
    struct player *player = &game.players[game.joined++];
    player->tid = tid;
    memcpy(player->name, request->name, RPS_NAME_SIZE);
    player->name[RPS_NAME_SIZE - 1] = '\0';
    print("  %s joins (task %d)\r\n", player->name, tid);
    for (uint32_t i = 0; game.joined == RPS_PLAYERS && i < RPS_PLAYERS; i++) {
        RpsJoinResp *response = MSGBOX_BEGIN(&reply, RpsJoinResp);
        response->rounds = game.rounds;
        msgbox_reply(game.players[i].tid, &reply);
    }
}

static void choose(int tid, uint32_t move) {
    for (uint32_t i = 0; i < RPS_PLAYERS; i++) {
        struct player *player = &game.players[i];
        if (player->tid == tid && !player->chosen && game.joined == RPS_PLAYERS) {
            player->move = move % RPS_MOVES;
            player->chosen = true;
            game.chosen++;
        }
    }
    if (game.chosen == RPS_PLAYERS) {
        game.round++;
        print_round();
        answer_round();
    }
}

static void serve(const struct msgbox *message, int sender) {
    const RpsJoinReq *join_request = MSGBOX_READ(message, RpsJoinReq);
    const RpsMoveReq *move_request = MSGBOX_READ(message, RpsMoveReq);
    if (join_request != NULL) {
        join(sender, join_request);
    } else if (move_request != NULL) {
        choose(sender, move_request->move);
    } else if (MSGBOX_READ(message, RpsResultReq) != NULL) {
        game.spectator = sender;
    } else {
        print("rps_server: task %d sent a message that is no request\r\n", sender);
    }
}

static void answer_spectator(void) {
    RpsResultResp *response = MSGBOX_BEGIN(&reply, RpsResultResp);
    uint32_t best = 0;
    bool shared = false;
    for (uint32_t i = 1; i < RPS_PLAYERS; i++) {
        uint32_t lead = game.players[best].points;
        shared = game.players[i].points == lead || (shared && game.players[i].points < lead);
        best = game.players[i].points > lead ? i : best;
    }
    response->points = game.players[best].points;
    if (!shared) {
        memcpy(response->winner, game.players[best].name, RPS_NAME_SIZE);
    }
    msgbox_reply(game.spectator, &reply);
}

void program_main(const struct arguments *args) {
    game.rounds = (uint32_t)argument_number(args, "ROUNDS", 5, 1, 1000);
    if (!name_register("rps_server")) {
        fail("rps_server: the name is taken\r\n");
    }
    static struct msgbox message;
    while (game.round < game.rounds || game.spectator == 0) {
        int sender;
        msgbox_recv(&sender, &message);
        serve(&message, sender);
    }
    answer_spectator();
}
