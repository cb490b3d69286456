/* SPDX-License-Identifier: Apache-2.0 */
#include "motion.h"

#include "locomotive_tables.h"

enum { FRACTION_BITS = 20, SECOND = 1000000 };

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

struct motion motion_steady(int32_t speed, uint64_t now) {
    return (struct motion){.start = now, .settled = now, .from = speed, .to = speed};
}

struct motion motion_standing(uint64_t now) {
    return motion_steady(0, now);
}

static int64_t times(int64_t a, int64_t b) {
    return a * b >> FRACTION_BITS;
}

static int64_t part(int64_t of, int64_t whole) {
    return (of << FRACTION_BITS) / whole;
}

/* A ramp's shorter and longer time, and how much of the shorter has passed or is left. */
struct span {
    int64_t passed;
    int64_t shorter;
    int64_t longer;
};

static struct span span_of(const struct ramp *ramp, uint64_t now) {
    int64_t passed = now > ramp->start ? (int64_t)(now - ramp->start) : 0;
    bool lags = ramp->lag > ramp->duration;
    int64_t shorter = lags ? ramp->duration : ramp->lag;
    return (struct span){passed, shorter > 0 ? shorter : 1, lags ? ramp->lag : ramp->duration};
}

static bool is_over(const struct ramp *ramp, uint64_t now) {
    return now >= ramp->start + (uint64_t)ramp->duration + (uint64_t)ramp->lag;
}

static int64_t ramp_speed(const struct ramp *ramp, uint64_t now) {
    if (is_over(ramp, now)) {
        return ramp->difference;
    }
    struct span it = span_of(ramp, now);
    int64_t whole = it.shorter + it.longer;
    if (it.passed < it.shorter || it.passed > it.longer) {
        bool early = it.passed < it.shorter;
        int64_t u = part(early ? it.passed : whole - it.passed, it.shorter);
        int64_t bent = times(ramp->difference, times(times(u, u), part(it.shorter, it.longer)) / 2);
        return early ? bent : ramp->difference - bent;
    }
    return times(ramp->difference, part(it.passed - it.shorter / 2, it.longer));
}

static int64_t ramp_distance(const struct ramp *ramp, uint64_t now) {
    struct span it = span_of(ramp, now);
    int64_t whole = it.shorter + it.longer;
    int64_t straight = (int64_t)ramp->difference * (it.passed - whole / 2) / SECOND;
    if (it.passed >= whole) {
        return straight;
    }
    int64_t ratio = part(it.shorter, it.longer);
    if (it.passed < it.shorter || it.passed > it.longer) {
        bool early = it.passed < it.shorter;
        int64_t u = part(early ? it.passed : whole - it.passed, it.shorter);
        int64_t bent = times((int64_t)ramp->difference * it.shorter / SECOND,
                             times(times(times(u, u), u), ratio) / 6);
        return early ? bent : straight + bent;
    }
    int64_t u = part(it.passed - it.shorter / 2, it.longer);
    return times((int64_t)ramp->difference * it.longer / SECOND,
                 times(u, u) / 2 + times(ratio, ratio) / 24);
}

int32_t motion_speed(const struct motion *motion, uint64_t now) {
    int64_t speed = motion->from;
    for (int i = 0; i < motion->ramp_count; i++) {
        speed += ramp_speed(&motion->ramps[i], now);
    }
    return now >= motion->settled ? motion->to : speed > 0 ? (int32_t)speed : 0;
}

int64_t motion_distance(const struct motion *motion, uint64_t now) {
    uint64_t then = now > motion->start ? now : motion->start;
    int64_t distance = (int64_t)motion->from * (int64_t)(then - motion->start) / SECOND;
    for (int i = 0; i < motion->ramp_count; i++) {
        distance += ramp_distance(&motion->ramps[i], then) -
                    ramp_distance(&motion->ramps[i], motion->start);
    }
    return distance;
}

bool motion_is_over(const struct motion *motion, uint64_t now) {
    return now >= motion->settled;
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

/* How late a level's train follows its decoder, and how long a stop's decoder takes: together they
 * cover the measured distance. */
static int64_t stop_time(const struct locomotive *locomotive, int level) {
    return (int64_t)locomotive->stops[level] * SECOND / locomotive->speeds[level];
}

static int64_t lag_of(const struct locomotive *locomotive, int level) {
    int64_t most = stop_time(locomotive, level) * 3 / 2;
    return most < locomotive->lag ? most : locomotive->lag;
}

static int64_t stop_duration(const struct locomotive *locomotive, int level, int32_t speed) {
    int64_t duration = 2 * stop_time(locomotive, level) - lag_of(locomotive, level);
    return duration * speed / locomotive->speeds[level];
}

int32_t stopping_distance(const struct locomotive *locomotive, int level, int32_t speed) {
    int of = level == 0 ? 1 : level;
    int64_t whole = stop_duration(locomotive, of, speed) + lag_of(locomotive, of);
    return (int32_t)(speed * whole / 2 / SECOND);
}

/* Counted from `now`: what is over is in the steady speed, and decoders change no more. */
static struct motion held(const struct motion *before, uint64_t now) {
    struct motion motion = motion_steady(before->from, now);
    for (int i = 0; i < before->ramp_count; i++) {
        struct ramp ramp = before->ramps[i];
        int64_t passed = now > ramp.start ? (int64_t)(now - ramp.start) : 0;
        if (passed < ramp.duration) {
            ramp.difference = (int32_t)(ramp.difference * passed / ramp.duration);
            ramp.duration = (int32_t)passed;
        }
        motion.to += ramp.difference;
        bool full = motion.ramp_count == MOST_RAMPS - 1;
        if (is_over(&ramp, now) || ramp.difference == 0 || full) {
            motion.from += ramp.difference;
        } else {
            motion.ramps[motion.ramp_count++] = ramp;
            uint64_t end = ramp.start + (uint64_t)ramp.duration + (uint64_t)ramp.lag;
            motion.settled = end > motion.settled ? end : motion.settled;
        }
    }
    return motion;
}

static int64_t longest_lag(const struct motion *motion) {
    int64_t longest = 0;
    for (int i = 0; i < motion->ramp_count; i++) {
        longest = motion->ramps[i].lag > longest ? motion->ramps[i].lag : longest;
    }
    return longest;
}

/* A train that slows down never follows faster than it still gains speed. */
static void add(struct motion *motion, struct ramp ramp) {
    int64_t longest = longest_lag(motion);
    if (ramp.difference < 0 && ramp.lag < longest) {
        ramp.lag = (int32_t)longest;
    }
    uint64_t end = ramp.start + (uint64_t)ramp.duration + (uint64_t)ramp.lag;
    motion->settled = end > motion->settled ? end : motion->settled;
    motion->to += ramp.difference;
    motion->ramps[motion->ramp_count++] = ramp;
}

static struct motion stopped(const struct locomotive *locomotive, const struct motion *before,
                             int level, uint64_t now) {
    struct motion motion = held(before, now);
    int of = level == 0 ? 1 : level;
    struct ramp ramp = {now, -motion.to, (int32_t)stop_duration(locomotive, of, motion.to),
                        (int32_t)lag_of(locomotive, of)};
    if (ramp.difference != 0) {
        add(&motion, ramp);
    }
    return motion;
}

int64_t motion_stopping(const struct locomotive *locomotive, const struct motion *motion, int level,
                        uint64_t at) {
    if (motion->to == 0) {
        return motion_distance(motion, motion->settled) - motion_distance(motion, at);
    }
    struct motion stop = stopped(locomotive, motion, level, at);
    return motion_distance(&stop, stop.settled);
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
    bool was_over = motion_is_over(before, change->now);
    if (change->level == 0) {
        return before->to == 0 ? *before
                               : stopped(locomotive, before, change->old_level, change->now);
    }
    struct motion motion = held(before, change->now);
    int32_t speed = motion.to;
    int32_t target = target_speed(locomotive, change, speed, was_over);
    if (target == before->to) {
        return *before;
    }
    int64_t rate = target >= speed ? locomotive->accelerations[change->level]
                                   : deceleration_at(locomotive, speed) * SLOWING_PERCENT / 100;
    int64_t difference = target >= speed ? target - speed : speed - target;
    int64_t all = difference * SECOND / rate;
    int64_t most = all * 3 / 4;
    int64_t lag = lag_of(locomotive, change->level);
    lag = lag < most ? lag : most;
    bool stood = was_over && before->to == 0;
    uint64_t start = change->now + (stood ? (uint64_t)locomotive->start_delay : 0);
    if (difference != 0) {
        add(&motion, (struct ramp){start, target - speed, (int32_t)(all - lag), (int32_t)lag});
    }
    return motion;
}
