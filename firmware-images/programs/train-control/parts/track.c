/* SPDX-License-Identifier: Apache-2.0 */
#include "track.h"

#include "track_tables.h"

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

const struct track *track_named(const char *name) {
    static const struct track *const all[] = {&TRACK_A, &TRACK_B, &TRACK_C, &TRACK_D};
    int index = name[0] == '\0' || name[1] != '\0' ? -1 : upper(name[0]) - 'A';
    return index >= 0 && index < (int)(sizeof all / sizeof *all) ? all[index] : NULL;
}

static bool same_name(const char *a, const char *b) {
    size_t i = 0;
    while (a[i] != '\0' && upper(a[i]) == upper(b[i])) {
        i++;
    }
    return upper(a[i]) == upper(b[i]);
}

int track_node_named(const struct track *track, const char *name) {
    for (int i = 0; i < track->node_count; i++) {
        if (same_name(track->nodes[i].name, name)) {
            return i;
        }
    }
    return TRACK_NONE;
}

int track_sensor_node(const struct track *track, int number) {
    for (int i = 0; i < track->node_count; i++) {
        if (track->nodes[i].kind == TRACK_SENSOR && track->nodes[i].number == number) {
            return i;
        }
    }
    return TRACK_NONE;
}

int track_turnout_numbered(const struct track *track, int number) {
    for (int i = 0; i < track->turnout_count; i++) {
        if (track->turnouts[i].number == number) {
            return i;
        }
    }
    return TRACK_NONE;
}

int track_next(const struct track *track, int node, const uint8_t *positions) {
    const struct track_node *at = &track->nodes[node];
    bool curved = at->kind == TRACK_BRANCH && positions[at->number] == CURVED;
    return at->leaving[curved ? 1 : 0];
}

bool place_settle(const struct track *track, struct place *place, const uint8_t *positions) {
    while (place->along >= track->edges[place->edge].length) {
        int next = track_next(track, track->edges[place->edge].to, positions);
        if (next == TRACK_NONE) {
            return false;
        }
        place->along -= track->edges[place->edge].length;
        place->edge = next;
    }
    return true;
}

void track_set_add_node(const struct track *track, struct track_set *set, int node) {
    const struct track_node *at = &track->nodes[node];
    if (at->kind == TRACK_BRANCH || at->kind == TRACK_MERGE) {
        track_set_add(set, TRACK_GROUPS_FROM + track->turnouts[at->number].group);
    }
}

void track_set_add_edge(const struct track *track, struct track_set *set, int edge) {
    track_set_add(set, track->edges[edge].section);
}
