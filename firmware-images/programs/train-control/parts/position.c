/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

struct world world;

/* Two sensors in a row that see nothing, and so far past the second one: the train is not there. */
enum { MOST_MISSED = 2, LOST_AFTER = 250 * MILLIMETRE };

enum { WARM_STEP = PACE_AS_MEASURED / 256 };

struct train *train_numbered(uint32_t number) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        if (number != NO_TRAIN && world.trains[i].number == (int)number) {
            return &world.trains[i];
        }
    }
    return NULL;
}

int32_t train_overhang(const struct train *train) {
    const struct locomotive *it = train->locomotive;
    return train->backward ? it->length - it->front - it->reverse_offset : it->front;
}

int32_t train_tail(const struct train *train) {
    return train->locomotive->length - train_overhang(train);
}

static int32_t length_of(int edge) {
    return world.track->edges[edge].length;
}

static void push_trail(struct train *train, int edge) {
    if (train->trail_count == TRAIL_MOST) {
        for (int i = 1; i < TRAIL_MOST; i++) {
            train->trail[i - 1] = train->trail[i];
        }
        train->trail_count--;
    }
    train->trail[train->trail_count++] = (int16_t)edge;
}

static void follow_route(struct train *train, int edge) {
    if (train->route_count == 0) {
        return;
    }
    if (train->route_at + 1 < train->route_count &&
        train->route[train->route_at + 1] == (int16_t)edge) {
        train->route_behind += length_of(train->route[train->route_at]);
        train->route_at++;
    } else {
        train->off_route = true;
    }
}

static bool enter_next(struct train *train) {
    int node = world.track->edges[train->place.edge].to;
    int next = track_next(world.track, node, world.assumed);
    if (next == TRACK_NONE) {
        train->place.along = length_of(train->place.edge);
        return false;
    }
    push_trail(train, train->place.edge);
    train->place.along -= length_of(train->place.edge);
    train->place.edge = next;
    if (world.track->nodes[node].kind == TRACK_SENSOR) {
        train->missed++;
        train->since_missed = 0;
    }
    follow_route(train, next);
    return true;
}

static bool enter_last(struct train *train) {
    if (train->trail_count == 0) {
        train->place.along = 0;
        return false;
    }
    int last = train->trail[--train->trail_count];
    if (world.track->nodes[world.track->edges[train->place.edge].from].kind == TRACK_SENSOR &&
        train->missed > 0) {
        train->missed--;
    }
    train->place.edge = last;
    train->place.along += length_of(last);
    if (train->route_count > 0 && train->route_at > 0 &&
        train->route[train->route_at - 1] == (int16_t)last) {
        train->route_at--;
        train->route_behind -= length_of(last);
    }
    return true;
}

void train_shift(struct train *train, int64_t distance) {
    train->place.along += (int32_t)distance;
    while (train->place.along >= length_of(train->place.edge) && enter_next(train)) {
    }
    while (train->place.along < 0 && enter_last(train)) {
    }
}

void train_set_pace(struct train *train, int32_t pace, uint64_t now) {
    train->pace = pace;
    if (train->motion.to > 0 && motion_is_over(&train->motion, now)) {
        int32_t speed = level_speed(train->locomotive, train->level, pace);
        train->previous = train->motion;
        train->motion = motion_steady(speed, now);
        train->counted = 0;
    }
}

/* A locomotive that was cold becomes faster, in steps that are small against other errors. */
static void warm_up(struct train *train, uint64_t ran, uint64_t now) {
    const struct locomotive *it = train->locomotive;
    if (train->run_time >= it->warm_up || train->motion.to == 0) {
        return;
    }
    int64_t all = PACE_AS_MEASURED - it->cold_pace;
    int64_t before = all * (int64_t)train->run_time / it->warm_up / WARM_STEP;
    train->run_time += ran;
    if (train->run_time > it->warm_up) {
        train->run_time = it->warm_up;
    }
    int64_t after = all * (int64_t)train->run_time / it->warm_up / WARM_STEP;
    if (after > before) {
        train_set_pace(train, train->pace + (int32_t)(after - before) * WARM_STEP, now);
    }
}

void train_update(struct train *train, uint64_t now) {
    int64_t covered = motion_distance(&train->motion, now);
    int64_t step = covered - train->counted;
    uint64_t passed = now - train->seen_at;
    train->counted = covered;
    train->seen_at = now;
    warm_up(train, passed, now);
    if (!train->known || step <= 0) {
        return;
    }
    train->since_missed += step;
    train->hit_travel += step;
    train_shift(train, step);
    train->silent = train->missed > 1 || (train->missed == 1 && train->since_missed > LOST_AFTER);
    if (train->missed >= MOST_MISSED && train->since_missed > LOST_AFTER) {
        train->lost = true;
    }
}

int64_t train_travelled(const struct train *train, uint64_t then, uint64_t now) {
    uint64_t start = train->motion.start;
    int64_t earlier = 0;
    if (then < start) {
        earlier = motion_distance(&train->previous, start) - motion_distance(&train->previous, then);
    }
    return earlier + motion_distance(&train->motion, now) - motion_distance(&train->motion, then);
}

/* Fills the trail with the edges on which the train stands, the way back as turnouts are. */
static void lay_trail(struct train *train) {
    int16_t back[TRAIL_MOST];
    int count = 0;
    int32_t covered = train->place.along;
    int node = world.track->nodes[world.track->edges[train->place.edge].from].reverse;
    while (covered < train->locomotive->length && count < TRAIL_MOST) {
        int edge = track_next(world.track, node, world.assumed);
        if (edge == TRACK_NONE) {
            break;
        }
        back[count++] = world.track->edges[edge].reverse;
        covered += length_of(edge);
        node = world.track->edges[edge].to;
    }
    train->trail_count = 0;
    while (count > 0) {
        push_trail(train, back[--count]);
    }
}

static void forget_route(struct train *train) {
    train->route_count = 0;
    train->route_at = 0;
    train->route_behind = 0;
    train->reserved = 0;
    train->off_route = false;
}

void train_put(struct train *train, struct place place, uint64_t now) {
    train->place = place;
    train->motion = motion_standing(now);
    train->previous = train->motion;
    train->counted = 0;
    train->level = 0;
    train->known = true;
    train->lost = false;
    train->silent = false;
    train->searching = false;
    train->missed = 0;
    train->hit_travel = 0;
    train->last_sensor = world.track->edges[place.edge].from;
    forget_route(train);
    lay_trail(train);
}

void train_commanded(struct train *train, int level, uint64_t at, uint64_t now) {
    train_update(train, now);
    int64_t too_far = train->counted - motion_distance(&train->motion, at);
    if (train->known) {
        train_shift(train, -too_far);
    }
    struct change change = {train->level, level, train->pace, at};
    struct motion next = motion_changed(train->locomotive, &train->motion, &change);
    if (next.start == at) {
        train->previous = train->motion;
    }
    train->motion = next;
    train->counted = motion_distance(&train->motion, at);
    train->level = (uint8_t)level;
    train_update(train, now);
}

void train_lost_control(struct train *train) {
    train->lost = train->lost || train->motion.to > 0;
}

void train_stopped(struct train *train, uint64_t now) {
    train_update(train, now);
    if (train->motion.to > 0) {
        train->motion = motion_standing(now);
        train->previous = train->motion;
        train->counted = 0;
        train->lost = true;
    }
    train->level = 0;
}

/* A train that turns round goes back over the turnouts that it stands on, by the legs by which it
 * came; they are thrown accordingly when it has left them. */
static void believe_legs(const struct train *train, int32_t nose) {
    int32_t covered = train->place.along;
    int edge = train->place.edge;
    for (int i = train->trail_count - 1; i >= 0 && covered < nose; i--) {
        const struct track_node *merge = &world.track->nodes[world.track->edges[edge].from];
        edge = train->trail[i];
        covered += length_of(edge);
        if (merge->kind == TRACK_MERGE) {
            int back = world.track->edges[edge].reverse;
            uint8_t position =
                world.track->nodes[merge->reverse].leaving[1] == back ? CURVED : STRAIGHT;
            if (world.positions[merge->number] != position) {
                world.assumed[merge->number] = position;
                world.wanted[merge->number] = position;
                world.positions[merge->number] = UNKNOWN_POSITION;
            }
        }
    }
}

/* The edges below the train are now behind its pick-up from the other side. */
void train_reversed(struct train *train, uint64_t now) {
    train_update(train, now);
    int32_t ahead = train_overhang(train);
    train->backward = !train->backward;
    train->motion = motion_standing(now);
    train->previous = train->motion;
    train->counted = 0;
    train->level = 0;
    if (!train->known) {
        return;
    }
    train_shift(train, -train->locomotive->reverse_offset);
    struct place pick_up = train->place;
    believe_legs(train, train_overhang(train));
    int16_t edges[TRAIL_MOST];
    int count = 0;
    struct place nose = pick_up;
    nose.along += ahead + train->locomotive->reverse_offset;
    while (nose.along >= length_of(nose.edge) && count < TRAIL_MOST) {
        int next = track_next(world.track, world.track->edges[nose.edge].to, world.assumed);
        if (next == TRACK_NONE) {
            break;
        }
        nose.along -= length_of(nose.edge);
        nose.edge = next;
        edges[count++] = world.track->edges[next].reverse;
    }
    train->place.edge = world.track->edges[pick_up.edge].reverse;
    train->place.along = length_of(pick_up.edge) - pick_up.along;
    train->trail_count = 0;
    while (count > 0) {
        push_trail(train, edges[--count]);
    }
    train->missed = 0;
    train->silent = false;
    forget_route(train);
}
