/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"
#include "driver.h"

enum {
    REST = 150000,          /* a train stands for so long before anything else happens */
    SLOWEST = 30 * MILLIMETRE, /* below it a train may stall on a turnout */
    FASTEST = 360 * MILLIMETRE,
    DEAD_ZONE = 20 * MILLIMETRE, /* around a turnout */
};

struct driver driver;
static struct msgbox message;
static struct msgbox reply;

/* ---- Asking the servers --------------------------------------------------- */

/* Odd numbers are losses of the box. */
static void learn_of_line(uint32_t changes) {
    if (changes > driver.line_changes) {
        bool was_lost = changes - driver.line_changes > 1 || changes % 2 != 0;
        driver.box_is_away = driver.box_is_away || was_lost;
        driver.line_changes = changes;
    }
}

void look(enum train_status status, int64_t ahead) {
    TrackTrainReq *request = MSGBOX_BEGIN(&message, TrackTrainReq);
    request->train = (uint32_t)driver.number;
    request->status = status;
    request->ahead = (int32_t)ahead;
    driver.now = *ASK(driver.server, &message, &reply, TrackTrainResp);
    learn_of_line(driver.now.line_changes);
}

/* A command that the box has taken; its last byte came at `at`. False while the box is away. The
 * track server must know of a change of the line before it hears of the command. */
static bool send_command(uint64_t *at) {
    const MarklinDoneResp done = *ASK(driver.box, &message, &reply, MarklinDoneResp);
    *at = done.at;
    if (done.line_changes > driver.now.line_changes) {
        TrackLineReq *line = MSGBOX_BEGIN(&message, TrackLineReq);
        line->line_changes = done.line_changes;
        ASK(driver.server, &message, &reply, DoneResp);
        driver.now.line_changes = done.line_changes;
    }
    learn_of_line(done.line_changes);
    driver.box_is_away = driver.box_is_away || done.done == 0;
    return done.done != 0;
}

void send_speed(int level, uint64_t not_before) {
    uint64_t at;
    MarklinSpeedReq *speed = MSGBOX_BEGIN(&message, MarklinSpeedReq);
    speed->train = (uint32_t)driver.number;
    speed->level = (uint32_t)level;
    speed->not_before = not_before;
    if (send_command(&at)) {
        TrackSpeedReq *told = MSGBOX_BEGIN(&message, TrackSpeedReq);
        told->train = (uint32_t)driver.number;
        told->level = (uint32_t)level;
        told->at = at;
        ASK(driver.server, &message, &reply, DoneResp);
        driver.stop_again = level == 0;
    }
}

void send_reverse(void) {
    uint64_t at;
    MarklinReverseReq *reverse = MSGBOX_BEGIN(&message, MarklinReverseReq);
    reverse->train = (uint32_t)driver.number;
    if (send_command(&at)) {
        TrackReverseReq *told = MSGBOX_BEGIN(&message, TrackReverseReq);
        told->train = (uint32_t)driver.number;
        told->at = at;
        ASK(driver.server, &message, &reply, DoneResp);
    }
}

void repeat_stop(void) {
    uint64_t at;
    MarklinSpeedReq *speed = MSGBOX_BEGIN(&message, MarklinSpeedReq);
    speed->train = (uint32_t)driver.number;
    send_command(&at);
    driver.stop_again = false;
}

void send_route(const RouteResp *leg) {
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

uint32_t send_search(uint32_t searching) {
    TrackSearchReq *search = MSGBOX_BEGIN(&message, TrackSearchReq);
    search->train = (uint32_t)driver.number;
    search->searching = searching;
    return ASK(driver.server, &message, &reply, DoneResp)->ok;
}

void send_make_way(uint32_t who, uint32_t other) {
    TrackMakeWayReq *way = MSGBOX_BEGIN(&message, TrackMakeWayReq);
    way->train = who;
    way->other = other;
    ASK(driver.server, &message, &reply, DoneResp);
}

void send_made_way(void) {
    TrackMadeWayReq *made = MSGBOX_BEGIN(&message, TrackMadeWayReq);
    made->train = (uint32_t)driver.number;
    ASK(driver.server, &message, &reply, DoneResp);
}

/* ---- State ---------------------------------------------------------------- */

void enter(enum state state) {
    driver.state = state;
    driver.since = microseconds_long();
}

const char *name_of(int node) {
    return driver.track->nodes[node].name;
}

void answer_waiter(void) {
    if (driver.waiter == 0) {
        return;
    }
    TrainWaitResp *response = MSGBOX_BEGIN(&reply, TrainWaitResp);
    response->ok = !driver.failed;
    msgbox_reply(driver.waiter, &reply);
    driver.waiter = 0;
}

void end_order(void) {
    driver.has_order = false;
    driver.making_way = false;
    driver.around = false;
    send_route(NULL);
    enter(IDLE);
    answer_waiter();
}

void give_up(const char *why) {
    log_line(driver.terminal, "train %d does not get to %s: %s", driver.number,
             name_of(driver.order.node), why);
    driver.failed = true;
    end_order();
}

bool is_at_rest(void) {
    const struct motion *motion = &driver.now.motion;
    return motion->to == 0 &&
           driver.now.now >= motion->settled + REST;
}

/* ---- Levels --------------------------------------------------------------- */

int64_t starting_distance(int level) {
    int64_t speed = level_speed(driver.locomotive, level, driver.now.pace);
    return speed * speed / (2 * (int64_t)driver.locomotive->accelerations[level]);
}

int64_t stop_of_level(int level) {
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

int level_for(int64_t distance) {
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
