/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A contact is known to have closed between two reads of its module. Whatever
 * the estimate says inside that time is right; outside, it is moved just as far
 * as the reads prove it wrong, and so is the idea of the train's pace. Sensors
 * that are polled every 75 ms thus cost no accuracy where the model is good.
 */
#include "world.h"

enum {
    REACH = 500 * MILLIMETRE,    /* how far from a train's estimate a hit may be its own at most */
    NEAR = 80 * MILLIMETRE,      /* the same for a train that has just been seen ... */
    DRIFT = 5,                   /* ... and a fifth of the distance since then */
    DEEPEST = 6,                 /* turnouts looked through that may not be where they should */
    PACE_STEPS = 4,              /* a proven error of pace is corrected by a quarter, */
    LARGE_CHANGE = PACE_AS_MEASURED * 3 / 100, /* or at once when it is as large as that */
    SURE_TRAVEL = 200 * MILLIMETRE,
    LEAST_PACE = PACE_AS_MEASURED * 6 / 10,
    MOST_PACE = PACE_AS_MEASURED * 14 / 10,
    WRONG_WAY_COST = 150 * MILLIMETRE,
    STUCK_AFTER = 2,
};

struct search {
    int node;
    int64_t limit;
    int64_t found;       /* distance ahead of the place, or -1 */
    int wrong_turnouts;  /* on the way found, not as they should be */
    int16_t edges[DEEPEST * 4];
    int count;
};

/* Looks for a node on all ways ahead, those as turnouts are first. */
static bool look(struct search *search, int edge, int64_t covered, int depth) {
    const struct track_edge *along = &world.track->edges[edge];
    int64_t end = covered + along->length;
    if (end > search->limit || search->count == DEEPEST * 4) {
        return false;
    }
    if (along->to == search->node) {
        search->found = end;
        return true;
    }
    int usual = track_next(world.track, along->to, world.assumed);
    const struct track_node *node = &world.track->nodes[along->to];
    for (int i = 0; i < 2; i++) {
        int next = i == 0 ? usual : node->leaving[node->leaving[0] == usual ? 1 : 0];
        if (next == TRACK_NONE || (i == 1 && (node->kind != TRACK_BRANCH || depth == DEEPEST))) {
            continue;
        }
        search->edges[search->count++] = (int16_t)next;
        search->wrong_turnouts += i;
        if (look(search, next, end, depth + 1)) {
            return true;
        }
        search->wrong_turnouts -= i;
        search->count--;
    }
    return false;
}

static bool find_ahead(const struct train *train, int node, struct search *search) {
    *search = (struct search){.node = node, .limit = REACH + train->place.along, .found = -1};
    if (train->silent) {
        search->limit += REACH;
    }
    if (!look(search, train->place.edge, 0, 0)) {
        return false;
    }
    search->found -= train->place.along;
    return true;
}

/* Looks for a node on the other legs of turnouts that the train is thought to have passed since a
 * sensor saw it: one of them may not have moved. `back` becomes how far behind its place the ways
 * part, and the distance is counted from there. */
static bool find_aside(const struct train *train, int node, struct search *search, int64_t *back) {
    int edge = train->place.edge;
    *back = train->place.along;
    for (int i = train->trail_count; *back <= train->hit_travel + NEAR; i--) {
        const struct track_node *from = &world.track->nodes[world.track->edges[edge].from];
        if (from->kind == TRACK_BRANCH) {
            int other = from->leaving[from->leaving[0] == edge ? 1 : 0];
            *search = (struct search){.node = node, .limit = REACH + *back, .found = -1};
            search->edges[search->count++] = (int16_t)other;
            search->wrong_turnouts = 1;
            if (look(search, other, 0, 1)) {
                return true;
            }
        }
        if (i == 0) {
            return false;
        }
        edge = train->trail[i - 1];
        *back += world.track->edges[edge].length;
    }
    return false;
}

/* How far behind the train's place a node lies on its trail, as a distance below zero. */
static bool find_behind(const struct train *train, int node, int64_t *distance) {
    int64_t back = train->place.along;
    int edge = train->place.edge;
    for (int i = train->trail_count;; i--) {
        if (world.track->edges[edge].from == node) {
            *distance = -back;
            return true;
        }
        if (i == 0 || back > REACH) {
            return false;
        }
        edge = train->trail[i - 1];
        back += world.track->edges[edge].length;
    }
}

struct match {
    int64_t shift; /* what the reads prove */
    int64_t middle;
    int64_t cost;
    int64_t back; /* to where the way begins, if that is not the train's place */
    struct search way; /* of no edges when the node is behind */
};

static int64_t magnitude(int64_t value) {
    return value < 0 ? -value : value;
}

/* Compares a hit with a train's estimate: what the estimate lacks at both ends of the hit's time.
 * False when that is too much. */
static bool compare(const struct train *train, const struct hit *hit, struct match *match,
                    int64_t distance, uint64_t now) {
    int64_t least = distance + train_travelled(train, hit->before, now);
    int64_t most = distance + train_travelled(train, hit->after, now);
    int64_t allowed = NEAR + train->hit_travel / DRIFT;
    allowed = train->silent ? 2 * REACH : allowed < REACH ? allowed : REACH;
    match->middle = (least + most) / 2;
    match->shift = least > 0 ? least : most < 0 ? most : 0;
    match->cost = magnitude(match->shift) + match->way.wrong_turnouts * WRONG_WAY_COST;
    return magnitude(match->shift) <= allowed;
}

static bool match_train(const struct train *train, const struct hit *hit, struct match *match,
                        uint64_t now) {
    int node = track_sensor_node(world.track, (int)hit->sensor);
    int64_t distance;
    *match = (struct match){0};
    if (find_behind(train, node, &distance)) {
        if (compare(train, hit, match, distance, now)) {
            return true;
        }
    } else if (find_ahead(train, node, &match->way) &&
               compare(train, hit, match, match->way.found, now)) {
        return true;
    }
    return find_aside(train, node, &match->way, &match->back) &&
           compare(train, hit, match, match->way.found - match->back, now);
}

bool is_stuck(int turnout) {
    return world.failures[turnout] >= STUCK_AFTER;
}

/* The turnouts on the way are where the train has shown them to be. */
static void believe(const struct match *match) {
    for (int i = 0; i < match->way.count; i++) {
        int edge = match->way.edges[i];
        const struct track_node *from = &world.track->nodes[world.track->edges[edge].from];
        if (from->kind == TRACK_BRANCH) {
            uint8_t position = from->leaving[1] == edge ? CURVED : STRAIGHT;
            if (world.assumed[from->number] != position) {
                world.assumed[from->number] = position;
                world.positions[from->number] = position;
                world.wanted[from->number] = position;
                world.failures[from->number]++;
                world.wrong_turnout = from->number;
            }
        }
    }
}

/* Steady running that came earlier or later than any reads allow shows another pace. */
static void learn_pace(struct train *train, const struct match *match, uint64_t now) {
    bool steady = train->motion.to > 0 && motion_is_over(&train->motion, train->hit_at) &&
                  motion_is_over(&train->motion, now);
    if (!steady || train->hit_travel < SURE_TRAVEL) {
        return;
    }
    int64_t change = match->shift * PACE_AS_MEASURED / train->hit_travel;
    change = magnitude(change) > LARGE_CHANGE ? change : change / PACE_STEPS;
    int64_t pace = train->pace + change;
    if (pace < LEAST_PACE || pace > MOST_PACE) {
        return;
    }
    train_set_pace(train, (int32_t)pace, now);
}

/* The error of a prediction is counted to the middle of the hit's time. */
static void take_hit(struct train *train, const struct hit *hit, const struct match *match,
                     uint64_t now) {
    int32_t speed = motion_speed(&train->motion, now);
    train->error_distance = (int32_t)match->middle;
    train->error_time = speed > 0 ? (int32_t)(-match->middle * 1000000 / speed) : 0;
    train->sum_distance += magnitude(match->middle);
    train->sum_time += magnitude(train->error_time);
    if (magnitude(match->middle) > train->worst_distance) {
        train->worst_distance = (int32_t)magnitude(match->middle);
    }
    learn_pace(train, match, now);
    if (match->back > 0) {
        train_shift(train, -match->back - 1);
        believe(match);
        train_shift(train, match->back + 1);
    } else if (match->way.wrong_turnouts > 0) {
        believe(match);
    }
    train_shift(train, match->shift);
    train->missed = 0;
    train->silent = false;
    train->lost = false;
    train->hit_travel = 0;
    train->hit_at = now;
    train->sensors++;
    train->last_sensor = track_sensor_node(world.track, (int)hit->sensor);
}

/* Nobody was expected there: it is the train that is being searched for. */
static int take_search(const struct hit *hit, uint64_t now) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        struct train *train = &world.trains[i];
        if (train->number != NO_TRAIN && train->searching) {
            int node = track_sensor_node(world.track, (int)hit->sensor);
            struct motion motion = train->motion;
            uint8_t level = train->level;
            struct place place = {world.track->nodes[node].leaving[0], 0};
            train_put(train, place, now);
            train->motion = motion;
            train->previous = motion;
            train->level = level;
            train->counted = motion_distance(&motion, (hit->after + hit->before) / 2);
            train_update(train, now);
            train->hit_at = now;
            train->sensors++;
            return i;
        }
    }
    return TRACK_NONE;
}

static void remember(int node, int slot, uint64_t at) {
    for (int i = RECENT_HITS - 1; i > 0; i--) {
        world.recent[i] = world.recent[i - 1];
    }
    int number = slot == TRACK_NONE ? NO_TRAIN : world.trains[slot].number;
    world.recent[0] = (struct recent_hit){at, (int16_t)node, (int16_t)number};
    world.recent_count += world.recent_count < RECENT_HITS;
    world.strays += slot == TRACK_NONE;
}

int attribute_hit(const struct hit *hit, uint64_t now) {
    world.wrong_turnout = TRACK_NONE;
    int best = TRACK_NONE;
    struct match best_match = {0};
    int node = track_sensor_node(world.track, (int)hit->sensor);
    if (node == TRACK_NONE) {
        return TRACK_NONE;
    }
    for (int i = 0; i < MOST_TRAINS; i++) {
        struct match match = {0};
        struct train *train = &world.trains[i];
        if (train->number != NO_TRAIN && train->known &&
            match_train(train, hit, &match, now) &&
            (best == TRACK_NONE || match.cost < best_match.cost)) {
            best = i;
            best_match = match;
        }
    }
    if (best == TRACK_NONE) {
        best = take_search(hit, now);
    } else {
        take_hit(&world.trains[best], hit, &best_match, now);
    }
    remember(node, best, hit->before);
    return best;
}

int next_sensor(const struct train *train, int64_t *distance) {
    int edge = train->place.edge;
    *distance = -train->place.along;
    for (int i = 0; i < TRACK_MOST_EDGES && edge != TRACK_NONE; i++) {
        *distance += world.track->edges[edge].length;
        int node = world.track->edges[edge].to;
        if (world.track->nodes[node].kind == TRACK_SENSOR) {
            return node;
        }
        edge = track_next(world.track, node, world.assumed);
    }
    return TRACK_NONE;
}
