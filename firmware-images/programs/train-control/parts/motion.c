/* SPDX-License-Identifier: Apache-2.0 */
#include "motion.h"

#include "locomotive_tables.h"

enum { FRACTION_BITS = 20, SECOND = 1000000, STOP_EARLY = 3 };

static const int64_t ONE = 1 << FRACTION_BITS;

/* Slowing down between levels against stopping, on average over measured pairs of levels
 * (github.com/trevoryao/cs452-kernel, docs/tc1/data.txt): 46 of 100. */
enum { SLOWING_PERCENT = 46 };

const struct locomotive *locomotive_numbered(int number) {
    for (size_t i = 0; i < sizeof LOCOMOTIVES / sizeof *LOCOMOTIVES; i++) {
        if (LOCOMOTIVES[i].number == number) {
            return &LOCOMOTIVES[i];
        }
    }
    return NULL;
}

int32_t level_speed(const struct locomotive *locomotive, int level, int32_t pace) {
    return (int32_t)((int64_t)locomotive->speeds[level] * pace >> 16);
}

struct motion motion_standing(uint64_t now) {
    return (struct motion){.start = now};
}

static int64_t times(int64_t a, int64_t b) {
    return a * b >> FRACTION_BITS;
}

/* The part of the motion's time that has passed, ONE when all has. */
static int64_t passed(const struct motion *motion, uint64_t now) {
    uint64_t elapsed = now > motion->start ? now - motion->start : 0;
    if (elapsed >= (uint64_t)motion->duration) {
        return ONE;
    }
    return (int64_t)(elapsed << FRACTION_BITS) / motion->duration;
}

int32_t motion_speed(const struct motion *motion, uint64_t now) {
    int64_t u = passed(motion, now);
    int64_t square = times(u, u);
    int64_t rest = ONE - u;
    int64_t done = times(square, 3 * ONE - 2 * u) + motion->early * times(square, times(rest, rest));
    return (int32_t)(motion->from + times(motion->to - motion->from, done));
}

static int64_t change_distance(const struct motion *motion, int64_t u) {
    int64_t cube = times(times(u, u), u);
    int64_t fourth = times(cube, u);
    int64_t done =
        cube - fourth / 2 + motion->early * (cube / 3 - fourth / 2 + times(fourth, u) / 5);
    int64_t steady = (int64_t)motion->from * motion->duration / SECOND;
    int64_t change = (int64_t)(motion->to - motion->from) * motion->duration / SECOND;
    return times(steady, u) + times(change, done);
}

int64_t motion_distance(const struct motion *motion, uint64_t now) {
    uint64_t elapsed = now > motion->start ? now - motion->start : 0;
    if (elapsed < (uint64_t)motion->duration) {
        return change_distance(motion, passed(motion, now));
    }
    int64_t steady = (int64_t)(elapsed - (uint64_t)motion->duration) * motion->to / SECOND;
    return change_distance(motion, ONE) + steady;
}

bool motion_is_over(const struct motion *motion, uint64_t now) {
    return now >= motion->start + (uint64_t)motion->duration;
}

/* The mean deceleration of a stop from a level. */
static int64_t deceleration_of(const struct locomotive *locomotive, int level) {
    int at = level == 0 ? 1 : level;
    int64_t speed = locomotive->speeds[at];
    return speed * speed / (2 * (int64_t)locomotive->stops[at]);
}

/* Between the levels' by their speeds. */
static int64_t deceleration_at(const struct locomotive *locomotive, int32_t speed) {
    for (int level = 1; level <= TOP_LEVEL; level++) {
        int64_t high = locomotive->speeds[level];
        int64_t low = locomotive->speeds[level - 1];
        if (high >= speed && high > low) {
            int64_t above = speed > low ? speed - low : 0;
            int64_t slow = deceleration_of(locomotive, level - 1);
            return slow + (deceleration_of(locomotive, level) - slow) * above / (high - low);
        }
    }
    return deceleration_of(locomotive, TOP_LEVEL);
}

int32_t stopping_distance(const struct locomotive *locomotive, int level, int32_t speed) {
    int64_t rate = level > 0 ? deceleration_of(locomotive, level)
                             : deceleration_at(locomotive, speed);
    return (int32_t)((int64_t)speed * speed / (2 * rate));
}

static struct motion stop(const struct locomotive *locomotive, int level, int32_t speed,
                          uint64_t now) {
    struct motion motion = {.start = now, .from = speed, .to = 0, .early = STOP_EARLY};
    /* The mean speed of a stop is 0.4 of its first. */
    int64_t distance = stopping_distance(locomotive, level, speed);
    motion.duration = speed > 0 ? (int32_t)(distance * SECOND * 5 / (2 * (int64_t)speed)) : 0;
    return motion;
}

static int32_t target_speed(const struct locomotive *locomotive, const struct change *change,
                            int32_t speed, bool was_over) {
    int32_t below = level_speed(locomotive, change->level, change->pace);
    bool from_above = (change->old_level > change->level && was_over) || speed > below;
    int64_t above = (int64_t)locomotive->speeds_from_above[change->level] * change->pace >> 16;
    return from_above ? (int32_t)above : below;
}

struct motion motion_changed(const struct locomotive *locomotive, const struct motion *before,
                             const struct change *change) {
    int32_t speed = motion_speed(before, change->now);
    bool was_over = motion_is_over(before, change->now);
    if (change->level == 0) {
        if (before->to == 0) {
            return *before;
        }
        return stop(locomotive, was_over ? change->old_level : 0, speed, change->now);
    }
    int32_t target = target_speed(locomotive, change, speed, was_over);
    struct motion motion = {.start = change->now, .from = speed, .to = target};
    int64_t rate = target >= speed ? locomotive->accelerations[change->level]
                                   : deceleration_at(locomotive, speed) * SLOWING_PERCENT / 100;
    int64_t difference = target >= speed ? target - speed : speed - target;
    motion.duration = (int32_t)(difference * SECOND / rate);
    return motion;
}
