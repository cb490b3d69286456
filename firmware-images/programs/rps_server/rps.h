/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rock-paper-scissors for three: the messages between the referee, its
 * players and whoever wants to know how it ended.
 */
#ifndef RPS_H
#define RPS_H

#include "services.h"

enum rps_move { RPS_ROCK, RPS_PAPER, RPS_SCISSORS, RPS_MOVES };

enum { RPS_PLAYERS = 3, RPS_NAME_SIZE = 16 };

/* Player to referee; answered when all players have joined. */
typedef struct {
    char name[RPS_NAME_SIZE];
} RpsJoinReq;

typedef struct {
    uint32_t rounds;
} RpsJoinResp;

/* Player to referee; answered when all have chosen. */
typedef struct {
    uint32_t move;
} RpsMoveReq;

typedef struct {
    uint32_t moves[RPS_PLAYERS]; /* in the order of joining */
    uint32_t won;                /* 1 if the receiver won a point */
    uint32_t over;               /* 1 after the last round */
} RpsMoveResp;

/* Anyone to referee; answered when the game is over. */
typedef struct {
} RpsResultReq;

typedef struct {
    char winner[RPS_NAME_SIZE]; /* empty if the best share their points */
    uint32_t points;
} RpsResultResp;

#endif
