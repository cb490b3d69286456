/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one task that knows where everything is: trains by dead reckoning that
 * sensors correct, turnouts as the box was told, and who has reserved what.
 * It answers at once, always; only its courier waits, for the next turnout to
 * throw.
 */
#include "board.h"
#include "world.h"

static struct msgbox message;
static struct msgbox reply;
static int courier;  /* its tid while it waits for an order, else 0 */
static int terminal;

static void settle_all(uint64_t now) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        struct train *train = &world.trains[i];
        if (train->number != NO_TRAIN) {
            train_update(train, now);
            hold_what_is_needed(train);
        }
    }
}

/* ---- Turnouts ------------------------------------------------------------ */

/* A three-way turnout's two are never both curved: the other one is put straight first. */
static int first_to_throw(int turnout) {
    int partner = world.track->turnouts[turnout].partner;
    if (world.wanted[turnout] == CURVED && partner != TRACK_NONE &&
        world.positions[partner] != STRAIGHT) {
        world.wanted[partner] = STRAIGHT;
        return partner;
    }
    return turnout;
}

static bool is_to_throw(int turnout, bool urgent_only) {
    return world.wanted[turnout] != world.positions[turnout] && !is_below_train(turnout) &&
           (world.urgent[turnout] || !urgent_only);
}

static void order_turnout(void) {
    for (int pass = 0; pass < 2 && courier != 0; pass++) {
        for (int i = 0; i < world.track->turnout_count; i++) {
            if (is_to_throw(i, pass == 0)) {
                int turnout = first_to_throw(i);
                TrackCourierResp *order = MSGBOX_BEGIN(&reply, TrackCourierResp);
                order->turnout = turnout;
                order->position = world.wanted[turnout];
                order->solenoid_time = world.urgent[i] ? LONG_SOLENOID_TIME : SOLENOID_TIME;
                world.positions[turnout] = UNKNOWN_POSITION;
                int tid = courier;
                courier = 0;
                msgbox_reply(tid, &reply);
                return;
            }
        }
    }
}

static void courier_is_back(int tid, const TrackCourierReq *done) {
    courier = tid;
    if (done->turnout != TRACK_NONE) {
        world.positions[done->turnout] = (uint8_t)done->position;
        if (!is_stuck(done->turnout)) {
            world.assumed[done->turnout] = (uint8_t)done->position;
        }
        world.urgent[done->turnout] = 0;
    }
}

static uint32_t throw_by_hand(const TrackTurnoutReq *request) {
    struct track_set group = {0};
    track_set_add(&group, TRACK_GROUPS_FROM + world.track->turnouts[request->turnout].group);
    if (is_below_train((int)request->turnout) || holder_of(&group, NULL) != NULL) {
        return 0;
    }
    if (is_stuck((int)request->turnout)) {
        world.failures[request->turnout] = 1;
    }
    world.wanted[request->turnout] = (uint8_t)request->position;
    world.positions[request->turnout] = UNKNOWN_POSITION;
    world.urgent[request->turnout] = 1;
    return 1;
}

/* ---- Trains -------------------------------------------------------------- */

static uint32_t join(uint32_t number) {
    const struct locomotive *locomotive = locomotive_numbered((int)number);
    for (int i = 0; i < MOST_TRAINS && locomotive != NULL; i++) {
        struct train *train = &world.trains[i];
        if (train->number == NO_TRAIN) {
            *train = (struct train){.number = (int)number,
                                    .locomotive = locomotive,
                                    .pace = locomotive->cold_pace,
                                    .last_sensor = TRACK_NONE,
                                    .goal = TRACK_NONE,
                                    .blocker = TRACK_NONE,
                                    .make_way_for = TRACK_NONE};
            return 1;
        }
    }
    return 0;
}

static uint32_t place_train(struct train *train, const TrackPlaceReq *request, uint64_t now) {
    int edge = track_next(world.track, request->node, world.assumed);
    if (edge == TRACK_NONE) {
        return 0;
    }
    struct place place = {edge, request->past};
    if (!place_settle(world.track, &place, world.assumed)) {
        return 0;
    }
    train_put(train, place, now);
    return 1;
}

static uint32_t search(struct train *train, uint32_t searching) {
    for (int i = 0; i < MOST_TRAINS; i++) {
        if (searching != 0 && &world.trains[i] != train && world.trains[i].searching) {
            return 0;
        }
    }
    train->searching = searching != 0;
    train->known = train->known && !train->searching;
    return 1;
}

static void take_route(struct train *train, const TrackRouteReq *request) {
    train->route_count = 0;
    train->route_at = 0;
    train->route_behind = 0;
    train->reserved = 0;
    train->off_route = false;
    train->goal = request->goal;
    train->blocker = TRACK_NONE;
    for (uint32_t i = 0; i < request->count && i < ROUTE_MOST_EDGES; i++) {
        train->route[i] = request->edges[i];
    }
    train->route_count = (int)(request->count < ROUTE_MOST_EDGES ? request->count : 0);
    train->off_route = train->route_count > 0 && train->route[0] != train->place.edge;
    /* What it stands on is its own. */
    train->reserved = train->route_count > 0 ? 1 : 0;
}

static void describe_blocker(const struct train *train, TrackTrainResp *response) {
    if (train->blocker == TRACK_NONE) {
        return;
    }
    const struct train *blocker = &world.trains[train->blocker];
    response->blocker = (uint32_t)blocker->number;
    response->blocker_status = blocker->status;
    response->blocker_waits_for_it = blocker->blocker == slot_of(train);
}

static void answer_train(int tid, struct train *train, uint64_t now) {
    TrackTrainResp *response = MSGBOX_BEGIN(&reply, TrackTrainResp);
    response->motion = train->motion;
    response->now = now;
    response->place = train->place;
    response->on_route = train->route_behind + train->place.along;
    response->granted = granted_until(train);
    response->hit_travel = train->hit_travel;
    response->others = held_by_others(train);
    response->wanted = wanted_by_others(train);
    response->level = train->level;
    response->pace = train->pace;
    response->known = train->known;
    response->lost = train->lost;
    response->backward = train->backward;
    response->off_route = train->off_route;
    response->last_sensor = (int16_t)train->last_sensor;
    response->line_changes = world.line_changes;
    for (int i = 0; i < world.track->turnout_count; i++) {
        response->stuck |= (uint32_t)is_stuck(i) << i;
    }
    response->all_granted = train->route_count > 0 && train->reserved == train->route_count;
    describe_blocker(train, response);
    if (train->make_way_for != TRACK_NONE) {
        const struct train *other = &world.trains[train->make_way_for];
        response->make_way_for = (uint32_t)other->number;
        response->avoid = route_set(other);
        track_set_join(&response->avoid, &other->held);
    }
    memcpy(response->positions, world.assumed, sizeof world.assumed);
    msgbox_reply(tid, &reply);
}

static void serve_train(int tid, const TrackTrainReq *request, struct train *train, uint64_t now) {
    train->status = (uint8_t)request->status;
    if (train->status == TRAIN_DRIVING && train->route_count > 0) {
        reserve_ahead(train, request->ahead);
    } else if (train->status == TRAIN_WAITING) {
        train->reserved = train->route_count > 0 ? train->route_at + 1 : 0;
        hold_what_is_needed(train);
    } else {
        train->blocker = threatened_by_hand(train);
    }
    answer_train(tid, train, now);
}

/* ---- The box's line ------------------------------------------------------- */

static void line_changed(uint32_t changes) {
    if (changes <= world.line_changes) {
        return;
    }
    world.line_changes = changes;
    uint64_t now = microseconds_long();
    for (int i = 0; i < MOST_TRAINS; i++) {
        struct train *train = &world.trains[i];
        if (train->number != NO_TRAIN && changes % 2 != 0) {
            train_lost_control(train);
        } else if (train->number != NO_TRAIN) {
            train_stopped(train, now);
        }
    }
}

/* ---- Sensors ------------------------------------------------------------- */

static void say_wrong_turnout(int turnout) {
    if (terminal >= 0) {
        int number = world.track->turnouts[turnout].number;
        const char *lies = world.assumed[turnout] == CURVED ? "curved" : "straight";
        const char *text = is_stuck(turnout)
                               ? "turnout %d stays %s: ways keep to that until it is thrown by hand"
                               : "turnout %d has not moved: it is %s";
        log_line(terminal, text, number, lies);
    }
}

static void take_hits(const TrackHitsReq *request, uint64_t now) {
    for (uint32_t i = 0; i < request->count && i < MOST_HITS; i++) {
        int before = world.strays;
        attribute_hit(&request->hits[i], now);
        if (world.strays > before && terminal >= 0) {
            int node = track_sensor_node(world.track, (int)request->hits[i].sensor);
            log_line(terminal, "%s closed: no train is near",
                     node == TRACK_NONE ? "?" : world.track->nodes[node].name);
        }
        if (world.wrong_turnout != TRACK_NONE) {
            say_wrong_turnout(world.wrong_turnout);
        }
    }
}

static void describe_row(const struct train *train, struct train_row *row, uint64_t now) {
    int64_t distance;
    row->train = (uint16_t)train->number;
    row->place = train->place;
    row->speed = motion_speed(&train->motion, now);
    row->level = train->level;
    row->status = train->lost ? TRAIN_LOST : train->status;
    row->known = train->known;
    row->goal = (int16_t)train->goal;
    row->error_distance = train->error_distance;
    row->error_time = train->error_time;
    row->worst_distance = train->worst_distance;
    row->sensors = (uint16_t)train->sensors;
    int predictions = train->sensors > 0 ? train->sensors : 1;
    row->mean_distance = (int32_t)(train->sum_distance / predictions);
    row->mean_time = (int32_t)(train->sum_time / predictions);
    row->blocker =
        train->blocker == TRACK_NONE ? NO_TRAIN : (uint8_t)world.trains[train->blocker].number;
    row->next_sensor = TRACK_NONE;
    if (train->known) {
        row->next_sensor = (int16_t)next_sensor(train, &distance);
        row->expected =
            row->speed > 0 ? now + (uint64_t)distance * 1000000 / (uint64_t)row->speed : 0;
    }
}

static void answer_snapshot(int tid, uint64_t now) {
    TrackSnapshotResp *response = MSGBOX_BEGIN(&reply, TrackSnapshotResp);
    response->now = now;
    response->recent = (uint32_t)world.recent_count;
    response->strays = (uint32_t)world.strays;
    memcpy(response->hits, world.recent, sizeof world.recent);
    for (int i = 0; i < MOST_TRAINS; i++) {
        if (world.trains[i].number != NO_TRAIN) {
            describe_row(&world.trains[i], &response->rows[response->trains++], now);
        }
    }
    memcpy(response->positions, world.positions, sizeof world.positions);
    msgbox_reply(tid, &reply);
}

/* ---- Requests ------------------------------------------------------------ */

/* Requests about a train that is known here; false when the message is none of them. */
static bool serve_orders(int sender, uint64_t now) {
    const TrackPlaceReq *place = MSGBOX_READ(&message, TrackPlaceReq);
    const TrackSearchReq *searching = MSGBOX_READ(&message, TrackSearchReq);
    const TrackSpeedReq *speed = MSGBOX_READ(&message, TrackSpeedReq);
    const TrackReverseReq *reverse = MSGBOX_READ(&message, TrackReverseReq);
    const TrackRouteReq *route = MSGBOX_READ(&message, TrackRouteReq);
    const TrackMakeWayReq *way = MSGBOX_READ(&message, TrackMakeWayReq);
    const TrackMadeWayReq *made = MSGBOX_READ(&message, TrackMadeWayReq);
    uint32_t number = place != NULL       ? place->train
                      : searching != NULL ? searching->train
                      : speed != NULL     ? speed->train
                      : reverse != NULL   ? reverse->train
                      : route != NULL     ? route->train
                      : way != NULL       ? way->train
                      : made != NULL      ? made->train
                                          : NO_TRAIN;
    struct train *train = train_numbered(number);
    if (train == NULL) {
        return false;
    }
    uint32_t ok = 1;
    if (place != NULL) {
        ok = place_train(train, place, now);
    } else if (searching != NULL) {
        ok = search(train, searching->searching);
    } else if (speed != NULL) {
        train_commanded(train, (int)speed->level, speed->at, now);
    } else if (reverse != NULL) {
        train_reversed(train, now);
    } else if (route != NULL) {
        take_route(train, route);
    } else if (made != NULL) {
        train->make_way_for = TRACK_NONE;
    } else {
        struct train *other = train_numbered(way->other);
        if (other != NULL) {
            other->make_way_for = slot_of(train);
        }
    }
    hold_what_is_needed(train);
    answer_done(sender, ok);
    return true;
}

static void serve(int sender, uint64_t now) {
    const TrackHitsReq *hits = MSGBOX_READ(&message, TrackHitsReq);
    const TrackTrainReq *request = MSGBOX_READ(&message, TrackTrainReq);
    const TrackCourierReq *done = MSGBOX_READ(&message, TrackCourierReq);
    const TrackTurnoutReq *turnout = MSGBOX_READ(&message, TrackTurnoutReq);
    const TrackJoinReq *joining = MSGBOX_READ(&message, TrackJoinReq);
    const TrackLineReq *line = MSGBOX_READ(&message, TrackLineReq);
    if (hits != NULL) {
        take_hits(hits, now);
        answer_done(sender, 1);
    } else if (request != NULL && train_numbered(request->train) != NULL) {
        serve_train(sender, request, train_numbered(request->train), now);
    } else if (done != NULL) {
        courier_is_back(sender, done);
    } else if (turnout != NULL && turnout->turnout < (uint32_t)world.track->turnout_count) {
        answer_done(sender, throw_by_hand(turnout));
    } else if (line != NULL) {
        line_changed(line->line_changes);
        answer_done(sender, 1);
    } else if (joining != NULL) {
        answer_done(sender, join(joining->train));
    } else if (MSGBOX_READ(&message, TrackSnapshotReq) != NULL) {
        answer_snapshot(sender, now);
    } else if (!serve_orders(sender, now)) {
        answer_done(sender, 0);
    }
}

void program_main(const struct arguments *args) {
    world.track = track_argument(args);
    if (!name_register("track_server")) {
        fail("track_server: the name is taken\r\n");
    }
    terminal = name_lookup("terminal_server");
    for (int i = 0; i < world.track->turnout_count; i++) {
        world.positions[i] = UNKNOWN_POSITION;
        world.assumed[i] = world.track->turnouts[i].initial;
        world.wanted[i] = world.track->turnouts[i].initial;
    }
    create_part(COURIER_PRIORITY, "turnout_courier", args);
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        uint64_t now = microseconds_long();
        settle_all(now);
        serve(sender, now);
        order_turnout();
    }
}
