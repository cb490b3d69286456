/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds ways over the track: Dijkstra over its nodes, each in one direction. A
 * train that stands may change direction at once. On the way it may do so
 * behind a merge, once its tail has cleared the turnout, and take the other
 * leg. Only the first leg is answered: what comes after a change of direction
 * is asked for again, from where the train then stands.
 */
#include "control.h"

enum {
    MOST_NODES = 160,
    SPACE = 40 * MILLIMETRE,          /* behind or before a train, on top of its measures */
    CLEAR_OF_TURNOUT = 110 * MILLIMETRE, /* behind a train that has passed a turnout */
    NOSE = 10 * MILLIMETRE,           /* a branch so far before a train is not below it */
    COST_OF_REVERSE = 700 * MILLIMETRE,
    COST_OF_COSTLY = 1500 * MILLIMETRE,
    HERE = 8 * MILLIMETRE,            /* as near as this is there already */
};

static const int64_t NEVER = INT64_MAX / 4;

enum arrival { BY_EDGE, BY_REVERSE, BY_START, BY_REVERSED_START };

struct label {
    int64_t cost;
    int16_t edge;  /* that leads here; for a start, the edge that the train is on */
    int16_t before; /* node */
    uint8_t arrival;
    bool done;
};

struct finder {
    const struct track *track;
    struct label labels[MOST_NODES];
    const RouteReq *request;
    struct place start[2]; /* as it stands, and turned round */
    int32_t overhang;      /* the longer one, whichever end goes first */
    int32_t tail;
    int32_t reverse_offset;
};

static struct finder finder;
static struct msgbox message;
static struct msgbox reply;

static int32_t length_of(int edge) {
    return finder.track->edges[edge].length;
}

static const struct track_node *node_at(int index) {
    return &finder.track->nodes[index];
}

static struct place reversed(struct place place) {
    struct place back = {finder.track->edges[place.edge].reverse,
                         length_of(place.edge) - place.along};
    return back;
}

static bool is_open(int edge, const struct track_set *closed) {
    struct track_set needed = {0};
    track_set_add_edge(finder.track, &needed, edge);
    track_set_add_node(finder.track, &needed, finder.track->edges[edge].from);
    return !track_sets_meet(&needed, closed);
}

/* Whether the train's nose hangs over the branch, which must then stay as it is. */
static bool is_fixed(int node) {
    for (int i = 0; i < 2; i++) {
        int64_t ahead = -(int64_t)finder.start[i].along;
        int edge = finder.start[i].edge;
        while (edge != TRACK_NONE && ahead < finder.overhang + NOSE) {
            ahead += length_of(edge);
            int to = finder.track->edges[edge].to;
            if (to == node && ahead < finder.overhang + NOSE) {
                return true;
            }
            edge = track_next(finder.track, to, finder.request->positions);
        }
    }
    return false;
}

/* A turnout that does not move; against its points trains can go only where it lies. */
static bool is_stuck(const struct track_node *node) {
    return (finder.request->stuck >> node->number & 1) != 0;
}

/* Appends the way on from a node, as turnouts are, for so long. False when the track ends, is
 * blocked, or there are too many edges. */
static bool extend(RouteResp *leg, int node, int64_t distance) {
    while (distance > 0) {
        int edge = track_next(finder.track, node, finder.request->positions);
        if (edge == TRACK_NONE || !is_open(edge, &finder.request->blocked)) {
            return false;
        }
        if (leg != NULL) {
            if (leg->count == ROUTE_MOST_EDGES) {
                return false;
            }
            leg->edges[leg->count++] = (int16_t)edge;
        }
        distance -= length_of(edge);
        node = finder.track->edges[edge].to;
    }
    return true;
}

/* How far behind a merge the train stops to change direction. */
static int64_t overshoot(void) {
    return finder.tail + CLEAR_OF_TURNOUT;
}

static void improve(int node, const struct label *offer) {
    struct label *label = &finder.labels[node];
    if (!label->done && offer->cost < label->cost) {
        *label = *offer;
    }
}

static void relax_edges(int node) {
    const struct track_node *at = node_at(node);
    const struct label *here = &finder.labels[node];
    bool fixed = at->kind == TRACK_BRANCH && (is_fixed(node) || is_stuck(at));
    for (int leg = 0; leg < 2; leg++) {
        int edge = at->leaving[leg];
        if (edge == TRACK_NONE || !is_open(edge, &finder.request->blocked) ||
            (fixed && edge != track_next(finder.track, node, finder.request->positions))) {
            continue;
        }
        int64_t cost = here->cost + length_of(edge);
        cost += is_open(edge, &finder.request->costly) ? 0 : COST_OF_COSTLY;
        struct label offer = {cost, (int16_t)edge, (int16_t)node, BY_EDGE, false};
        improve(finder.track->edges[edge].to, &offer);
    }
}

static void relax_reverse(int node) {
    if (node_at(node)->kind != TRACK_MERGE ||
        !extend(NULL, node, overshoot() + finder.overhang + SPACE)) {
        return;
    }
    int64_t cost = finder.labels[node].cost + 2 * overshoot() + COST_OF_REVERSE;
    struct label offer = {cost, TRACK_NONE, (int16_t)node, BY_REVERSE, false};
    improve(node_at(node)->reverse, &offer);
}

static int nearest(void) {
    int best = TRACK_NONE;
    for (int i = 0; i < finder.track->node_count; i++) {
        const struct label *label = &finder.labels[i];
        if (!label->done && label->cost < NEVER &&
            (best == TRACK_NONE || label->cost < finder.labels[best].cost)) {
            best = i;
        }
    }
    return best;
}

static void search(void) {
    for (int i = 0; i < finder.track->node_count; i++) {
        finder.labels[i] = (struct label){NEVER, TRACK_NONE, TRACK_NONE, BY_START, false};
    }
    for (int i = 0; i < 2; i++) {
        int edge = finder.start[i].edge;
        int64_t cost = length_of(edge) - finder.start[i].along;
        struct label offer = {cost + i * COST_OF_REVERSE, (int16_t)edge, TRACK_NONE,
                              i == 0 ? BY_START : BY_REVERSED_START, false};
        improve(finder.track->edges[edge].to, &offer);
    }
    for (int node = nearest(); node != TRACK_NONE; node = nearest()) {
        finder.labels[node].done = true;
        relax_edges(node);
        relax_reverse(node);
    }
}

/* Where the way to a place begins that lies on one of the edges on which the train stands. */
static int start_on(const struct place *goal) {
    for (int i = 0; i < 2; i++) {
        if (finder.start[i].edge == goal->edge && finder.start[i].along <= goal->along + HERE) {
            return i;
        }
    }
    return TRACK_NONE;
}

static bool has_room(const struct place *goal) {
    int64_t beyond = goal->along + finder.overhang + SPACE - length_of(goal->edge);
    return beyond <= 0 || extend(NULL, finder.track->edges[goal->edge].to, beyond);
}

/* The cost of the best way to a place. */
static int64_t cost_of(const struct place *goal) {
    int start = start_on(goal);
    if (!has_room(goal)) {
        return NEVER;
    }
    if (start != TRACK_NONE) {
        int64_t cost = goal->along - finder.start[start].along + start * COST_OF_REVERSE;
        return cost < 0 ? 0 : cost;
    }
    int from = finder.track->edges[goal->edge].from;
    if (finder.labels[from].cost == NEVER || !is_open(goal->edge, &finder.request->blocked) ||
        (node_at(from)->kind == TRACK_BRANCH && (is_fixed(from) || is_stuck(node_at(from))) &&
         goal->edge != track_next(finder.track, from, finder.request->positions))) {
        return NEVER;
    }
    return finder.labels[from].cost + goal->along;
}

/* Turns edges round that were gathered from their end. */
static void turn(RouteResp *leg) {
    for (uint32_t i = 0; i < leg->count / 2; i++) {
        int16_t edge = leg->edges[i];
        leg->edges[i] = leg->edges[leg->count - 1 - i];
        leg->edges[leg->count - 1 - i] = edge;
    }
}

/* Gathers the first leg of the way to `node`; answers the node where it ends. */
static int gather(RouteResp *leg, int node) {
    int end = node;
    for (;;) {
        const struct label *label = &finder.labels[node];
        if (label->arrival == BY_REVERSE) {
            leg->count = 0;
            leg->reverse_after = 1;
            end = label->before;
        } else if (leg->count == ROUTE_MOST_EDGES) {
            return TRACK_NONE;
        } else {
            leg->edges[leg->count++] = label->edge;
        }
        if (label->arrival == BY_START || label->arrival == BY_REVERSED_START) {
            leg->reverse_first = label->arrival == BY_REVERSED_START;
            turn(leg);
            return end;
        }
        node = label->before;
    }
}

static int64_t length_of_leg(const RouteResp *leg) {
    int64_t length = 0;
    for (uint32_t i = 0; i < leg->count; i++) {
        length += length_of(leg->edges[i]);
    }
    return length;
}

/* Fills in the first leg of the way to a place that can be reached. */
static bool build(RouteResp *leg, const struct place *goal) {
    int start = start_on(goal);
    int end = finder.track->edges[goal->edge].to;
    if (start != TRACK_NONE) {
        leg->reverse_first = (uint32_t)start;
        leg->edges[leg->count++] = (int16_t)goal->edge;
        leg->stop = goal->along;
    } else {
        int node = gather(leg, finder.track->edges[goal->edge].from);
        if (node == TRACK_NONE || leg->count == ROUTE_MOST_EDGES) {
            return false;
        }
        leg->stop = length_of_leg(leg);
        if (leg->reverse_after) {
            leg->stop += overshoot();
            end = node;
        } else {
            leg->edges[leg->count++] = (int16_t)goal->edge;
            leg->stop += goal->along;
        }
    }
    return extend(leg, end, leg->stop + finder.overhang + SPACE - length_of_leg(leg));
}

static void add_way_on(struct track_set *set, int node, int64_t distance) {
    while (distance > 0) {
        int edge = track_next(finder.track, node, finder.request->positions);
        if (edge == TRACK_NONE) {
            return;
        }
        track_set_add_edge(finder.track, set, edge);
        track_set_add_node(finder.track, set, node);
        distance -= length_of(edge);
        node = finder.track->edges[edge].to;
    }
}

/* Adds the way on which a train came to a place that it has just reached with its pick-up; false
 * when it came from so near that it may still stand where it does now. */
static bool add_way_back(struct track_set *set, const struct place *goal) {
    int64_t behind = finder.tail + 2 * SPACE - goal->along;
    int node = finder.track->edges[goal->edge].from;
    while (behind > 0) {
        const struct label *label = &finder.labels[node];
        track_set_add_node(finder.track, set, node);
        if (label->arrival == BY_START || label->arrival == BY_REVERSED_START) {
            return false;
        }
        if (label->arrival == BY_REVERSE) {
            add_way_on(set, label->before, behind);
            return true;
        }
        track_set_add_edge(finder.track, set, label->edge);
        behind -= length_of(label->edge);
        node = label->before;
    }
    return true;
}

/* Whether a train that has come to a place stands on anything of a set. */
static bool stands_in(const struct place *goal, const struct track_set *set) {
    struct track_set stands = {0};
    int64_t beyond = goal->along + finder.overhang + SPACE - length_of(goal->edge);
    track_set_add_edge(finder.track, &stands, goal->edge);
    add_way_on(&stands, finder.track->edges[goal->edge].to, beyond);
    return start_on(goal) != TRACK_NONE || !add_way_back(&stands, goal) ||
           track_sets_meet(&stands, set);
}

/* The nearest sensor where the train is out of the way. */
static bool find_refuge(struct place *best) {
    int64_t least = NEVER;
    for (int i = 0; i < finder.track->node_count; i++) {
        struct place place = {node_at(i)->leaving[0], 0};
        if (node_at(i)->kind != TRACK_SENSOR) {
            continue;
        }
        int64_t cost = cost_of(&place);
        if (cost < least && !stands_in(&place, &finder.request->avoid)) {
            least = cost;
            *best = place;
        }
    }
    return least < NEVER;
}

/* The goal as a place: so far past the node, or before it. */
static bool goal_place(struct place *goal) {
    int node = finder.request->goal;
    int32_t past = finder.request->past;
    *goal = (struct place){node_at(past < 0 ? node_at(node)->reverse : node)->leaving[0],
                           past < 0 ? -past : past};
    if (goal->edge == TRACK_NONE ||
        !place_settle(finder.track, goal, finder.request->positions)) {
        return false;
    }
    *goal = past < 0 ? reversed(*goal) : *goal;
    return true;
}

static bool choose(struct place *goal) {
    if (finder.request->goal == TRACK_NONE) {
        return find_refuge(goal);
    }
    if (!goal_place(goal)) {
        return false;
    }
    struct place other = reversed(*goal);
    if (cost_of(&other) < cost_of(goal)) {
        *goal = other;
    }
    return cost_of(goal) < NEVER;
}

/* Whether the goal is so near the track's end that no train can stand there. */
static bool is_no_room(void) {
    struct place goal;
    if (finder.request->goal == TRACK_NONE) {
        return false;
    }
    if (!goal_place(&goal)) {
        return true;
    }
    struct place other = reversed(goal);
    return !has_room(&goal) && !has_room(&other);
}

static void find(RouteResp *response) {
    const struct locomotive *it = locomotive_numbered(finder.request->train);
    int32_t rear = it->length - it->front - it->reverse_offset;
    finder.overhang = rear > it->front ? rear : it->front;
    finder.tail = it->length - (rear < it->front ? rear : it->front);
    finder.start[0] = finder.request->from;
    finder.start[1] = reversed(finder.request->from);
    finder.start[1].along += it->reverse_offset;
    struct place goal;
    response->result = ROUTE_NONE;
    response->goal = TRACK_NONE;
    if (!place_settle(finder.track, &finder.start[1], finder.request->positions)) {
        return;
    }
    search();
    if (!choose(&goal)) {
        response->result = is_no_room() ? ROUTE_NO_ROOM : ROUTE_NONE;
        return;
    }
    response->cost = cost_of(&goal);
    response->goal = finder.track->edges[goal.edge].from;
    response->result = build(response, &goal) ? ROUTE_FOUND : ROUTE_NONE;
}

void program_main(const struct arguments *args) {
    finder.track = track_argument(args);
    if (!name_register("route_finder")) {
        fail("route_finder: the name is taken\r\n");
    }
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        RouteResp *response = MSGBOX_BEGIN(&reply, RouteResp);
        response->result = ROUTE_NONE;
        finder.request = MSGBOX_READ(&message, RouteReq);
        if (finder.request != NULL && locomotive_numbered(finder.request->train) != NULL &&
            finder.request->goal < finder.track->node_count) {
            find(response);
        }
        msgbox_reply(sender, &reply);
    }
}
