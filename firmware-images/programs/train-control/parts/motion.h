/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a locomotive moves: the calibration tables and a model of its changes of
 * speed. Micrometres, micrometres per second, microseconds; no FP registers.
 */
#ifndef MOTION_H
#define MOTION_H

#include "trainsos.h"

enum { TOP_LEVEL = 14, LEVELS = TOP_LEVEL + 1 };

/* A locomotive as it was measured. Speeds are of levels reached from below and from above,
 * stopping distances from the former. */
struct locomotive {
    int32_t number;
    int32_t length;
    int32_t front;          /* from its front end to the point that reaches sensors first */
    int32_t reverse_offset; /* from there back to that point in the other direction */
    int32_t speeds[LEVELS];
    int32_t speeds_from_above[LEVELS];
    int32_t stops[LEVELS];
    int32_t accelerations[LEVELS]; /* from standstill, micrometres per second squared */
    int32_t start_delay;           /* from a command until a train that stands moves */
    int32_t lag;                   /* how long its speed takes to follow its decoder's */
    int32_t cold_pace;             /* its pace when it has not run yet ... */
    uint32_t warm_up;              /* ... which becomes the measured one while it runs so long */
};

/* A measured locomotive, or NULL. */
const struct locomotive *locomotive_numbered(int number);

/* A change of speed: the decoder's rises or falls evenly, and the train's is its mean over the last
 * `lag` microseconds. So what a train covers when it is stopped while it still gains speed depends
 * on how far its decoder had come; measured short moves show it. */
struct ramp {
    uint64_t start;
    int32_t difference;
    int32_t duration; /* of the decoder's change */
    int32_t lag;
};

enum { MOST_RAMPS = 4 };

/* A steady speed and changes of it that are not over. */
struct motion {
    uint64_t start;   /* distances count from here */
    uint64_t settled; /* when all its changes are over */
    int32_t from;     /* speed without the changes */
    int32_t to;       /* speed after them */
    int32_t ramp_count;
    struct ramp ramps[MOST_RAMPS];
};

/* How fast a locomotive is against its table: 65536 is as measured. */
enum { PACE_AS_MEASURED = 1 << 16 };

/* A steady speed of a level. */
int32_t level_speed(const struct locomotive *locomotive, int level, int32_t pace);

struct motion motion_standing(uint64_t now);
struct motion motion_steady(int32_t speed, uint64_t now);
int32_t motion_speed(const struct motion *motion, uint64_t now);
/* Distance since the motion's start. */
int64_t motion_distance(const struct motion *motion, uint64_t now);
bool motion_is_over(const struct motion *motion, uint64_t now);

/* The motion after a command for `level` from `before`, a motion that led to `old_level`. */
struct change {
    int old_level;
    int level;
    int32_t pace;
    uint64_t now;
};
struct motion motion_changed(const struct locomotive *locomotive, const struct motion *before,
                             const struct change *change);

/* The distance to standstill from a steady speed of a level. */
int32_t stopping_distance(const struct locomotive *locomotive, int level, int32_t speed);

/* The distance from a motion that leads to `level` to standstill, for a stop at a moment. */
int64_t motion_stopping(const struct locomotive *locomotive, const struct motion *motion, int level,
                        uint64_t at);

#endif
