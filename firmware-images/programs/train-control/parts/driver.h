/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a train's task knows of its train, and what its parts call of each
 * other: driver.c asks the servers and knows states and levels, driving.c
 * does an order leg by leg, searching.c finds a lost train, and train.c takes orders.
 */
#ifndef DRIVER_H
#define DRIVER_H

#include "control.h"

enum { CLOSE = 12 * MILLIMETRE /* it is there */ };

enum state { IDLE, PLAN, DRIVE, SEARCH, FOUND, HAND, TURN_BY_HAND, PAUSED };

struct driver {
    int number;
    const struct track *track;
    const struct locomotive *locomotive;
    int box;
    int server;
    int finder;
    int terminal;
    enum state state;
    bool has_order;
    struct { int node; int past; } order;
    RouteResp leg;
    bool making_way;     /* the leg leads out of another train's way */
    bool around;         /* the leg was planned around other trains */
    bool crept;          /* it went on from where it was thought to be at its goal */
    bool stop_again;     /* repeat the stop, for locomotives miss commands */
    int searches;
    int64_t search_room; /* how far back it may be searched for; 0: nothing is known of it */
    int hand_level;
    uint64_t since;      /* when the state began, or the waiting */
    uint64_t moved_at;   /* when its order was given, or it last went on */
    int waiter;
    bool failed;
    bool box_is_away;    /* since the last step */
    uint32_t line_changes;
    TrackTrainResp now;
};

extern struct driver driver;

/* ---- driver.c: asking the servers, and what is known of the train ---------- */

/* Tells the track server the status and asks for so much track ahead; the answer is driver.now. */
void look(enum train_status status, int64_t ahead);

/* A speed that the box has at `not_before`, or at once; refused while the box is away. */
void send_speed(int level, uint64_t not_before);
void send_reverse(void);

/* The leg that is driven; NULL gives the track ahead back. */
void send_route(const RouteResp *leg);
uint32_t send_search(uint32_t searching);
void send_make_way(uint32_t who, uint32_t other);
void send_made_way(void);

/* Sends the last stop once more. */
void repeat_stop(void);

void enter(enum state state);
const char *name_of(int node);
void answer_waiter(void);
void end_order(void);
void give_up(const char *why);

/* Whether it has come to stand, and been standing for a moment. */
bool is_at_rest(void);

int64_t starting_distance(int level);
int64_t stop_of_level(int level);

/* The fastest level from which the train can stop within the distance, or the slowest of use. */
int level_for(int64_t distance);

/* ---- driving.c: an order, leg by leg --------------------------------------- */

void plan_order(void);
void make_way(void);
void drive(void);

/* ---- searching.c: a train whose place is unknown ----------------------------- */

void begin_search(void);
void search(void);

#endif
