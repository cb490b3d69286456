/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who holds what. A train holds the track below it, with a margin, and what it
 * has reserved of its route ahead; also each turnout that it stands on or near,
 * so that none is thrown below a train. What is not needed any more is given
 * back as soon as the train has left it, unless sensors stay silent.
 */
#include "world.h"

enum {
    MARGIN = 50 * MILLIMETRE,  /* around a train */
    FOULING = 100 * MILLIMETRE, /* so near a turnout a train is in the way of others on it */
    CLEARANCE = 30 * MILLIMETRE, /* to the end of what is granted */
    TOUCH = 10 * MILLIMETRE,    /* so near a train is on a turnout */
    THROW_TENTHS = 4,           /* of a second, in which a moving train may come onto it */
    HAND_TENTHS = 5,            /* of a second, until a train driven by hand has been told to stop */
    HAND_AHEAD = 400 * MILLIMETRE, /* that it keeps free of others on top of that */
};

/* On a turnout's single leg a train is in nobody's way who is not on that leg too. */
static void hold_edge(struct track_set *set, int edge, int32_t from, int32_t to) {
    const struct track_edge *along = &world.track->edges[edge];
    track_set_add_edge(world.track, set, edge);
    if (from < FOULING && world.track->nodes[along->from].kind == TRACK_BRANCH) {
        track_set_add_node(world.track, set, along->from);
    }
    if (to > along->length - FOULING && world.track->nodes[along->to].kind == TRACK_MERGE) {
        track_set_add_node(world.track, set, along->to);
    }
}

static void hold_behind(const struct train *train, struct track_set *set) {
    int32_t need = train_tail(train) + MARGIN;
    int32_t from = train->place.along - need;
    hold_edge(set, train->place.edge, from, train->place.along);
    for (int i = train->trail_count - 1; i >= 0 && from < 0; i--) {
        int32_t length = world.track->edges[train->trail[i]].length;
        from += length;
        hold_edge(set, train->trail[i], from, length);
    }
}

/* The distance in which the train will stand at the earliest. */
static int32_t distance_to_stop(const struct train *train) {
    return (int32_t)motion_stopping(train->locomotive, &train->motion, train->level, train->seen_at);
}

static bool is_driven_by_hand(const struct train *train) {
    return train->route_count == 0 && train->motion.to > 0;
}

static int32_t until_told(const struct train *train) {
    return motion_speed(&train->motion, train->seen_at) / 10 * HAND_TENTHS;
}

/* `more`: behind where the train can stop. */
static void hold_ahead(const struct train *train, int32_t more, struct track_set *set) {
    int32_t from = train->place.along;
    int32_t to = from + train_overhang(train) + MARGIN + distance_to_stop(train) + more;
    int edge = train->place.edge;
    while (edge != TRACK_NONE) {
        int32_t length = world.track->edges[edge].length;
        hold_edge(set, edge, from, to);
        if (to <= length) {
            return;
        }
        from = 0;
        to -= length;
        edge = track_next(world.track, world.track->edges[edge].to, world.assumed);
    }
}

static void hold_reserved(const struct train *train, struct track_set *set) {
    for (int i = train->route_at; i < train->reserved; i++) {
        track_set_add_edge(world.track, set, train->route[i]);
        if (i > train->route_at) {
            track_set_add_node(world.track, set, world.track->edges[train->route[i]].from);
        }
    }
}

void hold_what_is_needed(struct train *train) {
    struct track_set needed = {0};
    if (train->known && train->number != NO_TRAIN) {
        hold_behind(train, &needed);
        hold_ahead(train, is_driven_by_hand(train) ? until_told(train) + HAND_AHEAD : 0, &needed);
        hold_reserved(train, &needed);
        if (train->silent || train->lost) {
            track_set_join(&needed, &train->held);
        }
    } else if (train->lost) {
        needed = train->held; /* it must be somewhere there */
    }
    train->held = needed;
}

int threatened_by_hand(const struct train *train) {
    struct track_set ahead = {0};
    if (!train->known || !is_driven_by_hand(train)) {
        return TRACK_NONE;
    }
    hold_ahead(train, until_told(train), &ahead);
    const struct train *holder = holder_of(&ahead, train);
    return holder == NULL ? TRACK_NONE : slot_of(holder);
}

struct train *holder_of(const struct track_set *set, const struct train *except) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        struct train *train = &world.trains[i];
        if (train != except && train->number != NO_TRAIN && track_sets_meet(set, &train->held)) {
            return train;
        }
    }
    return NULL;
}

struct track_set held_by_others(const struct train *train) {
    struct track_set set = {0};
    for (int i = 0; i < MOST_TRAINS; i++) {
        if (&world.trains[i] != train && world.trains[i].number != NO_TRAIN) {
            track_set_join(&set, &world.trains[i].held);
        }
    }
    return set;
}

struct track_set route_set(const struct train *train) {
    struct track_set set = {0};
    for (int i = train->route_at; i < train->route_count; i++) {
        track_set_add_edge(world.track, &set, train->route[i]);
        if (i > train->route_at) {
            track_set_add_node(world.track, &set, world.track->edges[train->route[i]].from);
        }
    }
    return set;
}

struct track_set wanted_by_others(const struct train *train) {
    struct track_set set = {0};
    for (int i = 0; i < MOST_TRAINS; i++) {
        if (&world.trains[i] != train && world.trains[i].number != NO_TRAIN) {
            struct track_set wanted = route_set(&world.trains[i]);
            track_set_join(&set, &wanted);
        }
    }
    return set;
}

/* The position in which a turnout leads from its single leg to an edge. */
static uint8_t position_for(const struct track_node *branch, int edge) {
    return branch->leaving[1] == edge ? CURVED : STRAIGHT;
}

/* Whether the turnout before an edge of the route lies as the route goes, from its single leg or to
 * it; asks for it if not. */
static bool is_set_for(const struct train *train, int index) {
    const struct track_node *node =
        &world.track->nodes[world.track->edges[train->route[index]].from];
    uint8_t needed;
    if (node->kind == TRACK_BRANCH) {
        needed = position_for(node, train->route[index]);
    } else if (node->kind == TRACK_MERGE) {
        needed = position_for(&world.track->nodes[node->reverse],
                              world.track->edges[train->route[index - 1]].reverse);
    } else {
        return true;
    }
    if (is_stuck(node->number)) {
        return node->kind == TRACK_MERGE || world.assumed[node->number] == needed;
    }
    world.wanted[node->number] = needed;
    world.urgent[node->number] = world.positions[node->number] != needed;
    return world.positions[node->number] == needed;
}

/* Takes the next edge of the route, unless another train holds it. */
static bool reserve_next(struct train *train) {
    struct track_set set = {0};
    int edge = train->route[train->reserved];
    track_set_add_edge(world.track, &set, edge);
    if (train->reserved > 0) {
        track_set_add_node(world.track, &set, world.track->edges[edge].from);
    }
    struct train *holder = holder_of(&set, train);
    train->blocker = holder == NULL ? TRACK_NONE : slot_of(holder);
    if (holder != NULL) {
        return false;
    }
    train->reserved++;
    track_set_join(&train->held, &set);
    return true;
}

static bool others_search(const struct train *train) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        if (&world.trains[i] != train && world.trains[i].searching) {
            return true;
        }
    }
    return false;
}

void reserve_ahead(struct train *train, int64_t distance) {
    int64_t reach = -train->place.along - distance - train_overhang(train);
    train->blocker = TRACK_NONE;
    if (train->off_route || others_search(train)) {
        return;
    }
    if (train->reserved <= train->route_at) {
        train->reserved = train->route_at;
    }
    for (int i = train->route_at; i < train->route_count && reach < 0; i++) {
        if (i >= train->reserved && !reserve_next(train)) {
            break;
        }
        if (i > train->route_at) {
            is_set_for(train, i);
        }
        reach += world.track->edges[train->route[i]].length;
    }
}

int64_t granted_until(const struct train *train) {
    int64_t until = train->route_behind;
    int i = train->route_at;
    for (; i < train->reserved; i++) {
        if (i > train->route_at && !is_set_for(train, i)) {
            break;
        }
        until += world.track->edges[train->route[i]].length;
    }
    if (i == train->route_count) {
        return until;
    }
    int end = i > 0 ? world.track->edges[train->route[i - 1]].to : TRACK_NONE;
    bool merge = end != TRACK_NONE && world.track->nodes[end].kind == TRACK_MERGE;
    return until - train_overhang(train) - (merge ? FOULING + MARGIN + CLEARANCE : CLEARANCE);
}

/* Whether one of the nodes between the ends of a train belongs to the turnout. */
static bool stands_on(const struct train *train, int turnout) {
    int32_t from = train->place.along - train_tail(train) - TOUCH;
    for (int i = train->trail_count, edge = train->place.edge; from < 0 && i >= 0; i--) {
        const struct track_node *node = &world.track->nodes[world.track->edges[edge].from];
        bool is_turnout = node->kind == TRACK_BRANCH || node->kind == TRACK_MERGE;
        if (is_turnout && node->number == turnout) {
            return true;
        }
        edge = i > 0 ? train->trail[i - 1] : edge;
        from += world.track->edges[edge].length;
    }
    int32_t to = train->place.along + train_overhang(train) + TOUCH;
    to += motion_speed(&train->motion, train->seen_at) / 10 * THROW_TENTHS;
    for (int edge = train->place.edge; edge != TRACK_NONE;) {
        to -= world.track->edges[edge].length;
        const struct track_node *node = &world.track->nodes[world.track->edges[edge].to];
        if (to <= 0) {
            return false;
        }
        if ((node->kind == TRACK_BRANCH || node->kind == TRACK_MERGE) &&
            node->number == turnout) {
            return true;
        }
        edge = track_next(world.track, world.track->edges[edge].to, world.assumed);
    }
    return false;
}

bool is_below_train(int turnout) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        const struct train *train = &world.trains[i];
        if (train->number != NO_TRAIN && train->known && stands_on(train, turnout)) {
            return true;
        }
    }
    return false;
}
