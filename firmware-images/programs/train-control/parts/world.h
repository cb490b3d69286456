/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the track server knows: where trains are, how they move, where turnouts
 * are, and who holds which piece of track. No messages here.
 */
#ifndef WORLD_H
#define WORLD_H

#include "control.h"

enum { TRAIL_MOST = 16 };

struct train {
    int number; /* NO_TRAIN: a free slot */
    const struct locomotive *locomotive;
    bool known;
    bool lost;
    bool searching;
    bool backward; /* its rear end goes first */
    bool off_route;
    bool silent; /* the last sensors that it should have passed did not see it */
    uint8_t level;
    uint8_t status;
    int32_t pace;
    uint64_t run_time;  /* that has warmed it */
    struct motion motion;
    struct motion previous; /* before the motion's start */
    uint64_t seen_at;   /* when the estimate was last brought up to date */
    int64_t counted;    /* of the motion's distance, already in `place` */
    struct place place; /* of its pick-up */
    int16_t trail[TRAIL_MOST]; /* edges behind that one, the latest last */
    int trail_count;
    int missed;            /* sensors passed, as estimated, since the last that saw it */
    int64_t since_missed;  /* distance since the latest of them */
    int64_t hit_travel;    /* distance since the last that saw it */
    uint64_t hit_at;
    int last_sensor;
    int32_t error_distance;
    int32_t error_time;
    int32_t worst_distance; /* of all predictions */
    int64_t sum_distance;   /* of their magnitudes */
    int64_t sum_time;
    int sensors;
    int16_t route[ROUTE_MOST_EDGES];
    int route_count;
    int route_at;      /* where on it the train is */
    int64_t route_behind; /* length of the route's edges before that */
    int reserved;      /* edges of the route that it may use */
    int goal;
    int blocker;       /* slot of the train that holds what it needs, or TRACK_NONE */
    int make_way_for;  /* slot of a train that needs what it holds, or TRACK_NONE */
    struct track_set held;
};

struct world {
    const struct track *track;
    uint8_t positions[TRACK_MOST_TURNOUTS]; /* as the box was told, and it was done */
    uint8_t assumed[TRACK_MOST_TURNOUTS];   /* the same, or what it is by custom */
    uint8_t wanted[TRACK_MOST_TURNOUTS];
    uint8_t urgent[TRACK_MOST_TURNOUTS];
    uint8_t failures[TRACK_MOST_TURNOUTS]; /* how often it was seen not to have moved */
    int wrong_turnout;      /* that the last hit has shown to lie otherwise, or TRACK_NONE */
    uint32_t line_changes;  /* of the box's line: odd while it is away */
    struct train trains[MOST_TRAINS];
    struct recent_hit recent[RECENT_HITS];
    int recent_count;
    int strays;
};

extern struct world world;

/* The slot of a train, or NULL. */
struct train *train_numbered(uint32_t number);
static inline int slot_of(const struct train *train) {
    return (int)(train - world.trains);
}

/* ---- position.c: dead reckoning ----------------------------------------- */

/* Brings the estimate to `now`. */
void train_update(struct train *train, uint64_t now);

/* Moves the estimate along the track, back for a negative distance. */
void train_shift(struct train *train, int64_t distance);

/* The train stands there. */
void train_put(struct train *train, struct place place, uint64_t now);

/* It runs at another pace from now on. */
void train_set_pace(struct train *train, int32_t pace, uint64_t now);

/* Its speed is unknown from now on; it has been stopped, wherever it is. */
void train_lost_control(struct train *train);
void train_stopped(struct train *train, uint64_t now);

/* The box has had a speed command; a reverse command. */
void train_commanded(struct train *train, int level, uint64_t at, uint64_t now);
void train_reversed(struct train *train, uint64_t now);

/* From its pick-up to the end that goes first, and to the other. */
int32_t train_overhang(const struct train *train);
int32_t train_tail(const struct train *train);

/* Distance from the estimate at `then` to that at `now`. */
int64_t train_travelled(const struct train *train, uint64_t then, uint64_t now);

/* ---- attribution.c: which train closed a contact ------------------------- */

/* A turnout that is seen in the wrong position twice is taken to be stuck. */
bool is_stuck(int turnout);

/* Takes a hit; answers its train's slot or TRACK_NONE. */
int attribute_hit(const struct hit *hit, uint64_t now);

/* The next sensor ahead and the way to it, as turnouts are; TRACK_NONE when the track ends. */
int next_sensor(const struct train *train, int64_t *distance);

/* ---- reservation.c ------------------------------------------------------- */

/* Has the train hold what is below it and what it may use ahead, and nothing else. */
void hold_what_is_needed(struct train *train);

/* Reserves the route ahead up to a distance; what it lacks turnouts for is asked for. */
void reserve_ahead(struct train *train, int64_t distance);

/* The slot of a train that holds track which this one, driven by hand, would come upon before it
 * could be stopped; or TRACK_NONE. */
int threatened_by_hand(const struct train *train);

/* From the route's start, how far the pick-up may go. */
int64_t granted_until(const struct train *train);

/* Whether a train stands on the turnout, which must not move then. */
bool is_below_train(int turnout);

/* The train that holds a member of the set, other than this one; or NULL. */
struct train *holder_of(const struct track_set *set, const struct train *except);

/* What the rest of a train's route needs. */
struct track_set route_set(const struct train *train);

/* What trains other than this one hold; what their routes need. */
struct track_set held_by_others(const struct train *train);
struct track_set wanted_by_others(const struct train *train);

#endif
