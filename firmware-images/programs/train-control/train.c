/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drives one train. An order to go somewhere is done leg by leg: the route
 * finder gives the leg up to the goal or to the next change of direction, the
 * track server says how much of it the train may use, and the train is stopped
 * so that it comes to stand where the leg ends: the moment for the command is
 * computed from the model and given to the Märklin server beforehand.
 */
#include "board.h"
#include "control.h"

enum {
    ACTIVE_TICKS = 5,
    IDLE_TICKS = 20,
    HORIZON = 200000,       /* microseconds: how early a stop is given to the Märklin server */
    STEP = 2000,
    REST = 150000,          /* a train stands for so long before anything else happens */
    CLOSE = 12 * MILLIMETRE, /* it is there */
    LEAST_MOVE = 200 * MILLIMETRE, /* towards track that another train holds */
    LOOK_AHEAD = 350 * MILLIMETRE,
    SLOWEST = 30 * MILLIMETRE, /* below it a train may stall on a turnout */
    FASTEST = 360 * MILLIMETRE,
    SEARCH_SPEED = 100 * MILLIMETRE,
    SEARCH_TIME = 20000000,
    PATIENCE = 1000000,     /* behind a train that waits for this one, or for nothing */
    LONG_PATIENCE = 8000000,
    PAUSE = 3000000,        /* after making way */
    DEAD_ZONE = 20 * MILLIMETRE, /* around a turnout */
};

enum state { IDLE, PLAN, DRIVE, SEARCH, FOUND, HAND, TURN_BY_HAND, PAUSED };

struct driver {
    int number;
    const struct track *track;
    const struct locomotive *locomotive;
    int box;
    int server;
    int finder;
    int terminal;
    enum state state;
    bool has_order;
    struct { int node; int past; } order;
    RouteResp leg;
    bool making_way;     /* the leg leads out of another train's way */
    bool around;         /* the leg was planned around other trains */
    bool stop_again;     /* repeat the stop, for this locomotive loses commands */
    int searches;
    int hand_level;
    uint64_t since;      /* when the state began, or the waiting */
    uint64_t standing_at;
    int waiter;
    bool failed;
    TrackTrainResp now;
};

static struct driver driver;
static struct msgbox message;
static struct msgbox reply;
static struct msgbox incoming;

/* ---- Asking the servers --------------------------------------------------- */

static void look(enum train_status status, int64_t ahead) {
    TrackTrainReq *request = MSGBOX_BEGIN(&message, TrackTrainReq);
    request->train = (uint32_t)driver.number;
    request->status = status;
    request->ahead = (int32_t)ahead;
    driver.now = *ASK(driver.server, &message, &reply, TrackTrainResp);
}

static void send_speed(int level, uint64_t not_before) {
    MarklinSpeedReq *speed = MSGBOX_BEGIN(&message, MarklinSpeedReq);
    speed->train = (uint32_t)driver.number;
    speed->level = (uint32_t)level;
    speed->not_before = not_before;
    uint64_t at = ASK(driver.box, &message, &reply, MarklinDoneResp)->at;
    TrackSpeedReq *told = MSGBOX_BEGIN(&message, TrackSpeedReq);
    told->train = (uint32_t)driver.number;
    told->level = (uint32_t)level;
    told->at = at;
    ASK(driver.server, &message, &reply, DoneResp);
    driver.stop_again = level == 0 && driver.locomotive->loses_commands;
}

static void send_reverse(void) {
    MarklinReverseReq *reverse = MSGBOX_BEGIN(&message, MarklinReverseReq);
    reverse->train = (uint32_t)driver.number;
    uint64_t at = ASK(driver.box, &message, &reply, MarklinDoneResp)->at;
    TrackReverseReq *told = MSGBOX_BEGIN(&message, TrackReverseReq);
    told->train = (uint32_t)driver.number;
    told->at = at;
    ASK(driver.server, &message, &reply, DoneResp);
}

static void send_route(const RouteResp *leg) {
    TrackRouteReq *route = MSGBOX_BEGIN(&message, TrackRouteReq);
    route->train = (uint32_t)driver.number;
    route->goal = TRACK_NONE;
    if (leg != NULL) {
        route->goal = driver.making_way ? leg->goal : driver.order.node;
        route->count = leg->count;
        memcpy(route->edges, leg->edges, sizeof leg->edges);
    }
    ASK(driver.server, &message, &reply, DoneResp);
}

static uint32_t send_search(uint32_t searching) {
    TrackSearchReq *search = MSGBOX_BEGIN(&message, TrackSearchReq);
    search->train = (uint32_t)driver.number;
    search->searching = searching;
    return ASK(driver.server, &message, &reply, DoneResp)->ok;
}

static void send_make_way(uint32_t who, uint32_t other) {
    TrackMakeWayReq *way = MSGBOX_BEGIN(&message, TrackMakeWayReq);
    way->train = who;
    way->other = other;
    ASK(driver.server, &message, &reply, DoneResp);
}

static void send_made_way(void) {
    TrackMadeWayReq *made = MSGBOX_BEGIN(&message, TrackMadeWayReq);
    made->train = (uint32_t)driver.number;
    ASK(driver.server, &message, &reply, DoneResp);
}

/* ---- State ---------------------------------------------------------------- */

static void enter(enum state state) {
    driver.state = state;
    driver.since = microseconds_long();
}

static const char *name_of(int node) {
    return driver.track->nodes[node].name;
}

static void answer_waiter(void) {
    if (driver.waiter == 0) {
        return;
    }
    TrainWaitResp *response = MSGBOX_BEGIN(&reply, TrainWaitResp);
    response->ok = !driver.failed;
    msgbox_reply(driver.waiter, &reply);
    driver.waiter = 0;
}

static void end_order(void) {
    driver.has_order = false;
    driver.making_way = false;
    driver.around = false;
    send_route(NULL);
    enter(IDLE);
    answer_waiter();
}

static void give_up(const char *why) {
    log_line(driver.terminal, "train %d does not get to %s: %s", driver.number,
             name_of(driver.order.node), why);
    driver.failed = true;
    end_order();
}

/* Whether it has come to stand, and been standing for a moment. */
static bool is_at_rest(void) {
    const struct motion *motion = &driver.now.motion;
    return motion->to == 0 &&
           driver.now.now >= motion->start + (uint64_t)motion->duration + REST;
}

/* ---- Levels --------------------------------------------------------------- */

static int64_t starting_distance(int level) {
    int64_t speed = level_speed(driver.locomotive, level, driver.now.pace);
    return speed * speed / (2 * (int64_t)driver.locomotive->accelerations[level]);
}

static int64_t stop_of_level(int level) {
    int32_t speed = level_speed(driver.locomotive, level, driver.now.pace);
    return stopping_distance(driver.locomotive, level, speed);
}

/* Whether a command given at this point of the leg comes on a turnout's stretch without current. */
static bool is_dead_zone(int64_t at) {
    int64_t node_at = 0;
    for (uint32_t i = 0; i < driver.leg.count; i++) {
        const struct track_edge *edge = &driver.track->edges[driver.leg.edges[i]];
        node_at += edge->length;
        uint8_t kind = driver.track->nodes[edge->to].kind;
        if ((kind == TRACK_BRANCH || kind == TRACK_MERGE) && at > node_at - DEAD_ZONE / 2 &&
            at < node_at + DEAD_ZONE) {
            return true;
        }
    }
    return false;
}

static int slowest_level(void) {
    int level = 1;
    while (level < TOP_LEVEL && driver.locomotive->speeds[level] < SLOWEST) {
        level++;
    }
    return level;
}

/* The fastest level from which the train can stop within the distance, or the slowest of use. */
static int level_for(int64_t distance) {
    int slowest = slowest_level();
    int fallback = slowest;
    for (int level = TOP_LEVEL; level > slowest; level--) {
        int64_t need = starting_distance(level) + stop_of_level(level) + 2 * CLOSE;
        if (driver.locomotive->speeds[level] <= FASTEST && need <= distance) {
            if (!is_dead_zone(driver.now.on_route + distance - stop_of_level(level))) {
                return level;
            }
            fallback = fallback == slowest ? level : fallback;
        }
    }
    return fallback;
}

/* ---- Planning ------------------------------------------------------------- */

enum plan_kind { DIRECT, AROUND, OUT_OF_THE_WAY, OUT_OF_THE_WAY_LATER };

/* Asks for a leg; the present one is kept when there is none. */
static enum route_result plan(enum plan_kind kind) {
    RouteReq *request = MSGBOX_BEGIN(&message, RouteReq);
    request->from = driver.now.place;
    request->train = driver.number;
    request->backward = driver.now.backward;
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
    enter(DRIVE);
}

static void plan_order(void) {
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
static void make_way(void) {
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
    send_speed(level_for(room), 0);
}

/* Whether a stop at a moment would end at a point of the leg or beyond. */
static bool is_time_to_stop(uint64_t at, int64_t stop) {
    const struct motion *motion = &driver.now.motion;
    int64_t base = driver.now.on_route - motion_distance(motion, driver.now.now);
    int level = motion_is_over(motion, at) ? (int)driver.now.level : 0;
    int32_t way = stopping_distance(driver.locomotive, level, motion_speed(motion, at));
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

static void run(int64_t remaining) {
    uint64_t at = when_to_stop(driver.now.on_route + room_ahead(remaining));
    if (at != 0) {
        send_speed(0, at);
    }
}

static void repeat_stop(void) {
    MarklinSpeedReq *speed = MSGBOX_BEGIN(&message, MarklinSpeedReq);
    speed->train = (uint32_t)driver.number;
    ASK(driver.box, &message, &reply, MarklinDoneResp);
    driver.stop_again = false;
}

/* As much track as the train needs to go on as fast as it may. */
static int64_t track_needed(void) {
    int32_t speed = motion_speed(&driver.now.motion, driver.now.now);
    if (driver.now.motion.to == 0) {
        return stop_of_level(9) + starting_distance(9) + LOOK_AHEAD;
    }
    return stopping_distance(driver.locomotive, 0, driver.now.motion.to) + speed * 8 / 10 +
           LOOK_AHEAD;
}

static void lose(void) {
    log_line(driver.terminal, "train %d is not where it should be: it is searched for",
             driver.number);
    send_speed(0, 0);
    send_route(NULL);
    driver.searches = 0;
    enter(SEARCH);
}

static void drive(void) {
    look(TRAIN_DRIVING, track_needed());
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
        if (remaining <= CLOSE) {
            leg_done(remaining);
        } else {
            start_or_wait(remaining);
        }
    }
}

/* ---- Searching ------------------------------------------------------------ */

static int search_level(void) {
    int level = 1;
    while (level < TOP_LEVEL && driver.locomotive->speeds[level] < SEARCH_SPEED) {
        level++;
    }
    return level;
}

static void found(void) {
    log_line(driver.terminal, "train %d is at %s", driver.number, name_of(driver.now.last_sensor));
    send_speed(0, 0);
    enter(FOUND);
}

/* Runs slowly until a sensor sees it; then once more the other way. */
static void search(void) {
    look(TRAIN_SEARCHING, 0);
    if (driver.now.known && driver.now.motion.to > 0 && !driver.now.lost) {
        found();
    } else if (driver.now.motion.to == 0) {
        if (!is_at_rest() || send_search(1) == 0) {
            return;
        }
        if (driver.searches++ == 2) {
            send_search(0);
            give_up("it was not found");
            return;
        }
        if (driver.searches == 2) {
            send_reverse();
        }
        driver.since = driver.now.now;
        send_speed(search_level(), 0);
    } else if (driver.now.now - driver.since > SEARCH_TIME) {
        send_speed(0, 0);
    }
}

/* ---- By hand --------------------------------------------------------------- */

static void turn_by_hand(void) {
    look(TRAIN_DRIVING, 0);
    if (driver.now.motion.to > 0) {
        send_speed(0, 0);
    } else if (is_at_rest()) {
        send_reverse();
        if (driver.hand_level > 0) {
            send_speed(driver.hand_level, 0);
        }
        enter(driver.hand_level > 0 ? HAND : IDLE);
        answer_waiter();
    }
}

static void rest(void) {
    look(driver.state == IDLE ? TRAIN_IDLE : TRAIN_WAITING, 0);
    if (driver.now.make_way_for != NO_TRAIN && driver.now.known && is_at_rest()) {
        make_way();
    } else if (driver.state == PAUSED && driver.now.now - driver.since > PAUSE) {
        enter(PLAN);
    }
}

static void plan_when_at_rest(void) {
    look(TRAIN_DRIVING, 0);
    if (!driver.now.known || driver.now.lost) {
        driver.searches = 0;
        enter(SEARCH);
    } else if (driver.now.motion.to > 0) {
        send_speed(0, 0);
    } else if (is_at_rest()) {
        plan_order();
    }
}

static void step(void) {
    switch (driver.state) {
    case IDLE:
    case PAUSED:
        rest();
        break;
    case PLAN:
    case FOUND:
        plan_when_at_rest();
        break;
    case DRIVE:
        drive();
        break;
    case SEARCH:
        search();
        break;
    case HAND:
        look(TRAIN_DRIVING, 0);
        if (driver.now.motion.to == 0 && is_at_rest()) {
            enter(IDLE);
            answer_waiter();
        }
        break;
    case TURN_BY_HAND:
        turn_by_hand();
        break;
    }
}

/* ---- Orders ---------------------------------------------------------------- */

static void go(const TrainGoReq *request) {
    driver.order.node = request->node;
    driver.order.past = request->past;
    driver.has_order = true;
    driver.making_way = false;
    driver.failed = false;
    enter(PLAN);
}

/* Orders of a person at the console end the driver's own. */
static void set_by_hand(int level) {
    if (driver.has_order || driver.making_way) {
        end_order();
    }
    look(TRAIN_DRIVING, 0);
    driver.hand_level = level;
    send_search(0);
    send_speed(level, 0);
    enter(HAND);
}

static void place(const TrainPlaceReq *request, int sender) {
    TrackPlaceReq *told = MSGBOX_BEGIN(&message, TrackPlaceReq);
    told->train = (uint32_t)driver.number;
    told->node = request->node;
    told->past = MILLIMETRE;
    answer_done(sender, ASK(driver.server, &message, &reply, DoneResp)->ok);
}

static void serve_order(int sender) {
    const TrainGoReq *goal = MSGBOX_READ(&incoming, TrainGoReq);
    const TrainSpeedReq *speed = MSGBOX_READ(&incoming, TrainSpeedReq);
    const TrainPlaceReq *position = MSGBOX_READ(&incoming, TrainPlaceReq);
    if (goal != NULL) {
        go(goal);
        answer_done(sender, 1);
    } else if (speed != NULL) {
        answer_done(sender, 1);
        set_by_hand((int)speed->level);
    } else if (position != NULL) {
        place(position, sender);
    } else if (MSGBOX_READ(&incoming, TrainReverseReq) != NULL) {
        answer_done(sender, 1);
        if (driver.state != HAND) {
            driver.hand_level = 0;
        }
        if (driver.has_order || driver.making_way) {
            end_order();
        }
        enter(TURN_BY_HAND);
    } else if (MSGBOX_READ(&incoming, TrainStopReq) != NULL) {
        answer_done(sender, 1);
        set_by_hand(0);
    } else {
        answer_done(sender, 0);
    }
}

static void serve(int sender) {
    if (MSGBOX_READ(&incoming, TickerReq) != NULL) {
        step();
        TickerResp *response = MSGBOX_BEGIN(&reply, TickerResp);
        response->ticks = driver.state == IDLE ? IDLE_TICKS : ACTIVE_TICKS;
        msgbox_reply(sender, &reply);
    } else if (MSGBOX_READ(&incoming, TrainWaitReq) != NULL) {
        driver.waiter = sender;
        if (driver.state == IDLE) {
            answer_waiter();
        }
    } else {
        serve_order(sender);
    }
}

void program_main(const struct arguments *args) {
    char name[16];
    driver.number = (int)argument_number(args, "TRAIN", 0, 1, 80);
    driver.track = track_argument(args);
    driver.locomotive = locomotive_numbered(driver.number);
    driver.box = name_require("marklin_server");
    driver.server = name_require("track_server");
    driver.finder = name_require("route_finder");
    driver.terminal = name_require("terminal_server");
    TrackJoinReq *join = MSGBOX_BEGIN(&message, TrackJoinReq);
    join->train = (uint32_t)driver.number;
    if (ASK(driver.server, &message, &reply, DoneResp)->ok == 0) {
        fail("train %d: not measured, or one train too many\r\n", driver.number);
    }
    format(name, sizeof name, "train_%d", driver.number);
    if (!name_register(name)) {
        fail("%s: the name is taken\r\n", name);
    }
    create_program(TRAIN_PRIORITY, "ticker");
    for (;;) {
        int sender;
        msgbox_recv(&sender, &incoming);
        serve(sender);
    }
}
