/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The track as a graph, and sets of what can be reserved of it. Distances are
 * micrometres, directions are part of the graph: every node and edge has its
 * reverse.
 */
#ifndef TRACK_H
#define TRACK_H

#include "trainsos.h"

enum { TRACK_NONE = -1, TRACK_SENSORS = 80, TRACK_MOST_EDGES = 160, TRACK_MOST_TURNOUTS = 24 };

enum { MILLIMETRE = 1000 };

enum track_kind { TRACK_SENSOR, TRACK_BRANCH, TRACK_MERGE, TRACK_ENTER, TRACK_EXIT };

enum turnout_position { STRAIGHT, CURVED, UNKNOWN_POSITION };

struct track_node {
    char name[6];
    uint8_t kind;
    uint8_t number;    /* of a sensor: 16 * (module - 1) + contact - 1; else the turnout's index */
    int16_t reverse;   /* the same place in the other direction */
    int16_t leaving[2]; /* edges: ahead or straight, curved; TRACK_NONE where there is none */
};

struct track_edge {
    int16_t from;
    int16_t to;
    int16_t reverse;
    uint8_t section; /* the piece of track, which an edge shares with its reverse */
    int32_t length;
};

struct track_turnout {
    uint16_t number;
    uint8_t group;   /* a three-way turnout's two are one group */
    uint8_t initial; /* its position at the start */
    int8_t partner;  /* index of the other one of a three-way turnout; TRACK_NONE */
};

struct track {
    const char *name;
    const struct track_node *nodes;
    const struct track_edge *edges;
    const struct track_turnout *turnouts;
    int node_count;
    int edge_count;
    int turnout_count;
};

/* The University of Waterloo's Track A ("a") to D ("d"); NULL for other names. */
const struct track *track_named(const char *name);

/* Index of a node, or TRACK_NONE. Names are compared without regard to case. */
int track_node_named(const struct track *track, const char *name);

/* Index of a sensor's node by the sensor's number, or TRACK_NONE. */
int track_sensor_node(const struct track *track, int number);

/* Index of a turnout by its number on the box, or TRACK_NONE. */
int track_turnout_numbered(const struct track *track, int number);

/* A point on the track: so far behind the start of an edge. */
struct place {
    int32_t edge;
    int32_t along;
};

/* The edge on from a node as turnouts are, or TRACK_NONE at the track's end. */
int track_next(const struct track *track, int node, const uint8_t *positions);

/* Moves a place to an edge on which it lies, ahead as turnouts are. False when the track ends. */
bool place_settle(const struct track *track, struct place *place, const uint8_t *positions);

/* What can be reserved: sections, and groups of turnouts behind them. */
enum { TRACK_SET_WORDS = 2, TRACK_GROUPS_FROM = 80 };

struct track_set {
    uint64_t words[TRACK_SET_WORDS];
};

static inline void track_set_add(struct track_set *set, unsigned member) {
    set->words[member / 64] |= (uint64_t)1 << (member % 64);
}

static inline bool track_set_has(const struct track_set *set, unsigned member) {
    return (set->words[member / 64] >> (member % 64) & 1) != 0;
}

static inline bool track_sets_meet(const struct track_set *a, const struct track_set *b) {
    return ((a->words[0] & b->words[0]) | (a->words[1] & b->words[1])) != 0;
}

static inline void track_set_join(struct track_set *set, const struct track_set *other) {
    set->words[0] |= other->words[0];
    set->words[1] |= other->words[1];
}

/* Adds the group of a node that belongs to a turnout. */
void track_set_add_node(const struct track *track, struct track_set *set, int node);

/* Adds the section of an edge. */
void track_set_add_edge(const struct track *track, struct track_set *set, int edge);

#endif
