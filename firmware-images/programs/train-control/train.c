/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drives one train: takes its orders, and does what its state asks for at each
 * tick.
 */
#include "driver.h"

enum {
    ACTIVE_TICKS = 5,
    IDLE_TICKS = 20,
    PAUSE = 3000000,        /* after making way */
};

static struct msgbox message;
static struct msgbox reply;
static struct msgbox incoming;

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
        if (driver.now.lost) {
            begin_search();
        } else {
            make_way();
        }
    } else if (driver.state == PAUSED && driver.now.now - driver.since > PAUSE) {
        enter(PLAN);
    }
}

static void plan_when_at_rest(void) {
    look(TRAIN_DRIVING, 0);
    if (!driver.now.known || driver.now.lost) {
        begin_search();
    } else if (driver.now.motion.to > 0) {
        send_speed(0, 0);
    } else if (is_at_rest() && driver.has_order) {
        plan_order();
    } else if (is_at_rest()) {
        end_order();
    }
}

/* A person drives where he likes; but not into track that another train holds, and the first
 * sensor that closes tells where a train is whose place was unknown. */
static void drive_by_hand(void) {
    bool was_known = driver.now.known != 0;
    look(TRAIN_DRIVING, 0);
    if (driver.now.known && !was_known) {
        log_line(driver.terminal, "train %d is at %s", driver.number,
                 name_of(driver.now.last_sensor));
    }
    if (driver.now.motion.to > 0 && driver.now.blocker != NO_TRAIN) {
        log_line(driver.terminal, "train %d is stopped: train %d holds the track ahead",
                 driver.number, (int)driver.now.blocker);
        send_speed(0, 0);
    } else if (driver.now.motion.to == 0 && is_at_rest()) {
        send_search(0);
        enter(IDLE);
        answer_waiter();
    }
}

static bool is_box_away(void) {
    return driver.line_changes % 2 != 0;
}

/* Whoever lost the box has lost the trains: orders are not gone on with by themselves. */
static void give_up_with_box(void) {
    driver.box_is_away = false;
    if (driver.state == IDLE) {
        return;
    }
    send_search(0);
    if (driver.has_order) {
        give_up("the box takes no bytes");
    } else {
        end_order();
    }
}

static void step(void) {
    if (driver.box_is_away || is_box_away()) {
        give_up_with_box();
    }
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
        drive_by_hand();
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
    driver.moved_at = driver.since;
}

/* Orders of a person at the console end the driver's own. */
static void set_by_hand(int level) {
    if (driver.has_order || driver.making_way) {
        end_order();
    }
    look(TRAIN_DRIVING, 0);
    if (is_box_away()) {
        log_line(driver.terminal, "train %d is not told: the box takes no bytes", driver.number);
        enter(IDLE);
        return;
    }
    driver.hand_level = level;
    bool is_blind = level > 0 && (!driver.now.known || driver.now.lost);
    if (is_blind) {
        driver.now.known = 0;
        log_line(driver.terminal, "train %d: its place is unknown until a sensor sees it",
                 driver.number);
    }
    send_search(is_blind);
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
