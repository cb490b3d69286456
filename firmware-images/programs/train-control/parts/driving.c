/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An order is done leg by leg: the route finder gives the leg up to the goal or
 * to the next change of direction, the track server says how much of it the
 * train may use, and the train is stopped so that it comes to stand where the
 * leg ends: the moment for the command is computed from the model and given to
 * the Märklin server beforehand.
 */
#include "driver.h"

enum {
    HORIZON = 200000,       /* microseconds: how early a stop is given to the Märklin server */
    STEP = 2000,
    LEAST_MOVE = 200 * MILLIMETRE, /* towards track that another train holds */
    SHORT_OF_SENSOR = 10 * MILLIMETRE, /* what is past it is not mended, what is before is */
    SHORT_STOP = 25 * MILLIMETRE,
    CREEP = 60 * MILLIMETRE,
    LOOK_AHEAD = 350 * MILLIMETRE,
    PATIENCE = 1000000,     /* behind a train that waits for this one, or for nothing */
    LONG_PATIENCE = 8000000,
    LAST_PATIENCE = 60000000, /* the other one may have had an accident */
};

static struct msgbox message;
static struct msgbox reply;

/* ---- Planning ------------------------------------------------------------- */

enum plan_kind { DIRECT, AROUND, OUT_OF_THE_WAY, OUT_OF_THE_WAY_LATER };

/* Asks for a leg; the present one is kept when there is none. */
static enum route_result plan(enum plan_kind kind) {
    RouteReq *request = MSGBOX_BEGIN(&message, RouteReq);
    request->from = driver.now.place;
    request->train = driver.number;
    request->backward = driver.now.backward;
    request->stuck = driver.now.stuck;
    bool aside = kind == OUT_OF_THE_WAY || kind == OUT_OF_THE_WAY_LATER;
    request->goal = aside ? TRACK_NONE : driver.order.node;
    request->past = driver.order.past;
    memcpy(request->positions, driver.now.positions, sizeof request->positions);
    request->avoid = driver.now.avoid;
    if (kind == DIRECT || kind == OUT_OF_THE_WAY_LATER) {
        request->costly = driver.now.others;
        track_set_join(&request->costly, &driver.now.wanted);
    } else {
        request->blocked = driver.now.others;
        request->costly = driver.now.wanted;
    }
    const RouteResp *found = ASK(driver.finder, &message, &reply, RouteResp);
    if (found->result == ROUTE_FOUND) {
        driver.leg = *found;
    }
    return found->result;
}

static void begin_leg(void) {
    if (driver.leg.reverse_first) {
        send_reverse();
    }
    send_route(&driver.leg);
    driver.crept = false;
    enter(DRIVE);
}

void plan_order(void) {
    driver.around = false;
    enum route_result result = plan(DIRECT);
    if (result == ROUTE_NO_ROOM) {
        give_up("the track ends too near to it");
    } else if (result == ROUTE_NONE) {
        give_up("there is no way");
    } else {
        begin_leg();
    }
}

/* Leaves the track that another train needs, if there is where to go; if that train is in the way
 * itself, it will have to make way first. */
void make_way(void) {
    uint32_t other = driver.now.make_way_for;
    send_made_way();
    if (plan(OUT_OF_THE_WAY) != ROUTE_FOUND && plan(OUT_OF_THE_WAY_LATER) != ROUTE_FOUND) {
        return;
    }
    driver.making_way = true;
    log_line(driver.terminal, "train %d makes way for train %d, to %s", driver.number, (int)other,
             name_of(driver.leg.goal));
    begin_leg();
}

/* ---- Driving -------------------------------------------------------------- */

static void out_of_the_way(enum state next) {
    driver.making_way = false;
    send_route(NULL);
    enter(driver.has_order ? next : IDLE);
    if (!driver.has_order) {
        answer_waiter();
    }
}

static void leg_done(int64_t remaining) {
    if (driver.leg.reverse_after) {
        send_reverse();
        look(TRAIN_DRIVING, 0);
        if (driver.making_way) {
            out_of_the_way(PLAN);
        } else {
            plan_order();
        }
    } else if (driver.making_way) {
        out_of_the_way(PAUSED);
    } else {
        int past = (int)(-remaining / MILLIMETRE);
        log_line(driver.terminal, "train %d stands at %s%s%d mm: %d mm off, as estimated",
                 driver.number, name_of(driver.order.node), driver.order.past < 0 ? "" : "+",
                 driver.order.past / MILLIMETRE, past);
        end_order();
    }
}

/* It cannot go on. Goes round whoever is in the way, asks it to make way, or makes way itself. */
static void wait_or_resolve(void) {
    uint64_t waited = driver.now.now - driver.since;
    bool other_idle = driver.now.blocker_status == TRAIN_IDLE;
    bool mutual = driver.now.blocker_waits_for_it != 0;
    bool yields = other_idle || waited > LONG_PATIENCE ||
                  (mutual && !driver.making_way && driver.number > (int)driver.now.blocker);
    uint32_t blocker = driver.now.blocker;
    look(TRAIN_WAITING, 0);
    if (driver.now.make_way_for != NO_TRAIN) {
        make_way();
        return;
    }
    if (driver.has_order && driver.now.now - driver.moved_at > LAST_PATIENCE) {
        give_up("another train stays in the way");
        return;
    }
    if (blocker == NO_TRAIN || waited < PATIENCE || !yields) {
        return;
    }
    if (driver.has_order && !driver.making_way && plan(AROUND) == ROUTE_FOUND) {
        driver.around = true;
        begin_leg();
    } else if (other_idle) {
        send_make_way((uint32_t)driver.number, blocker);
        driver.since = driver.now.now;
    } else {
        send_make_way(blocker, (uint32_t)driver.number);
        driver.since = driver.now.now;
    }
}

/* How far the train may go on its leg from where it is. */
static int64_t room_ahead(int64_t remaining) {
    int64_t granted = driver.now.granted - driver.now.on_route;
    return driver.now.all_granted && granted >= remaining ? remaining
           : granted < remaining                          ? granted
                                                          : remaining;
}

static void start_or_wait(int64_t remaining) {
    int64_t room = room_ahead(remaining);
    if (room < remaining && room < LEAST_MOVE) {
        wait_or_resolve();
        return;
    }
    driver.since = driver.now.now;
    driver.moved_at = driver.now.now;
    send_speed(level_for(room), 0);
}

/* Whether a stop at a moment would end at a point of the leg or beyond. */
static bool is_time_to_stop(uint64_t at, int64_t stop) {
    const struct motion *motion = &driver.now.motion;
    int64_t base = driver.now.on_route - motion_distance(motion, driver.now.now);
    int64_t way = motion_stopping(driver.locomotive, motion, (int)driver.now.level, at);
    return base + motion_distance(motion, at) + way >= stop;
}

/* When the train must be told to stop to come to stand at a point of the leg; 0 if not soon. */
static uint64_t when_to_stop(int64_t stop) {
    uint64_t at = driver.now.now;
    if (!is_time_to_stop(at + HORIZON, stop)) {
        return 0;
    }
    while (!is_time_to_stop(at, stop)) {
        at += STEP;
    }
    return at;
}

/* Whether the leg ends with the pick-up at a sensor, which tells that the train is there. */
static bool is_to_sensor(void) {
    return !driver.leg.reverse_after && !driver.making_way && driver.order.past == 0;
}

static bool has_seen_goal(void) {
    int last = driver.now.last_sensor;
    return last == driver.order.node ||
           (last != TRACK_NONE && driver.track->nodes[last].reverse == driver.order.node);
}

/* The fastest from which a train that has come to a sensor stands just past it. */
static int creep_level(void) {
    int level = 1;
    while (level < TOP_LEVEL && stop_of_level(level + 1) <= SHORT_STOP) {
        level++;
    }
    return level;
}

static void run(int64_t remaining) {
    int64_t room = room_ahead(remaining);
    int64_t before = is_to_sensor() && room == remaining ? SHORT_OF_SENSOR : 0;
    uint64_t at = when_to_stop(driver.now.on_route + room - before);
    if (driver.crept) {
        at = has_seen_goal() || remaining < -CREEP ? driver.now.now : 0;
    }
    if (at != 0) {
        send_speed(0, at);
    }
}

/* It stands at its goal as estimated. Where the goal's contact has not closed it goes on a little;
 * if it still does not, the train may be anywhere, or the contact is dead. */
static void arrive(int64_t remaining) {
    if (!is_to_sensor() || has_seen_goal()) {
        leg_done(remaining);
    } else if (driver.crept) {
        give_up("its contact has not closed there");
    } else {
        driver.crept = true;
        send_speed(creep_level(), 0);
    }
}

/* As much track as the train needs to go on as fast as it may. */
static int64_t track_needed(void) {
    int32_t speed = motion_speed(&driver.now.motion, driver.now.now);
    if (driver.now.motion.to == 0) {
        return stop_of_level(9) + starting_distance(9) + LOOK_AHEAD;
    }
    return stopping_distance(driver.locomotive, (int)driver.now.level, driver.now.motion.to) + speed * 8 / 10 +
           LOOK_AHEAD;
}

static void lose(void) {
    log_line(driver.terminal, "train %d is not where it should be: it is searched for",
             driver.number);
    send_speed(0, 0);
    send_route(NULL);
    begin_search();
}

void drive(void) {
    look(TRAIN_DRIVING, track_needed());
    if (driver.box_is_away) {
        return;
    }
    if (driver.now.lost) {
        lose();
        return;
    }
    int64_t remaining = driver.leg.stop - driver.now.on_route;
    if (driver.now.off_route) {
        if (driver.now.motion.to > 0) {
            send_speed(0, 0);
        } else if (is_at_rest()) {
            enter(PLAN);
        }
    } else if (driver.now.motion.to > 0) {
        run(remaining);
    } else if (driver.stop_again) {
        repeat_stop();
    } else if (is_at_rest()) {
        if (remaining <= CLOSE + (is_to_sensor() ? SHORT_OF_SENSOR : 0) || driver.crept) {
            arrive(remaining);
        } else {
            start_or_wait(remaining);
        }
    }
}
