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
    int32_t cold_pace;             /* its pace when it has not run yet ... */
    uint32_t warm_up;              /* ... which becomes the measured one while it runs so long */
};

/* A measured locomotive, or NULL. */
const struct locomotive *locomotive_numbered(int number);

/* A smooth change of speed and the steady speed after it. With u the part of the time that has
 * passed, 3u^2 - 2u^3 of the change is done; of a stop, u^2 - 2u^3 + u^4 thrice on top, for most
 * of its speed goes early (camera fits in github.com/crazy2be/cs452, estimate_position.c). */
struct motion {
    uint64_t start; /* when it began */
    int32_t from;
    int32_t to;
    int32_t duration;
    int32_t early; /* 3 for a stop, else 0 */
};

/* How fast a locomotive is against its table: 65536 is as measured. */
enum { PACE_AS_MEASURED = 1 << 16 };

/* A steady speed of a level. */
int32_t level_speed(const struct locomotive *locomotive, int level, int32_t pace);

struct motion motion_standing(uint64_t now);
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

/* The distance to standstill from a speed; from `level` when it is that level's steady speed. */
int32_t stopping_distance(const struct locomotive *locomotive, int level, int32_t speed);

#endif
