/* SPDX-License-Identifier: Apache-2.0 */
#include "driver.h"

enum {
    SEARCH_SPEED = 100 * MILLIMETRE,
    SEARCH_TIME = 20000000,
    MOST_SEARCHES = 2,
    PAST_SENSOR = 150 * MILLIMETRE, /* how far behind its last one a train is searched for */
};

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

/* Without an order it was only asked to make way. */
static void not_found(const char *why) {
    send_search(0);
    if (driver.has_order) {
        give_up(why);
    } else {
        log_line(driver.terminal, "train %d: %s", driver.number, why);
        end_order();
    }
}

static bool is_alone(void) {
    static const struct track_set NONE;
    return memcmp(&driver.now.others, &NONE, sizeof NONE) == 0;
}

/* What lies behind a train that was known before is the way on which it came, and its own as far as
 * its last sensor; ahead it may be on another way than it thinks. One of which nothing is known may
 * come upon anything. */
void begin_search(void) {
    driver.searches = 0;
    driver.search_room = driver.now.known ? driver.now.hit_travel + PAST_SENSOR : 0;
    if (driver.now.known || (is_alone() && !driver.now.lost)) {
        enter(SEARCH);
    } else {
        not_found(driver.now.lost ? "it is lost: say where it stands, with at"
                                  : "nobody knows where it stands: say so, with at");
    }
}

/* Whether it was known before, and has gone back on its way as far as it may. */
static bool is_too_far(void) {
    return driver.search_room > 0 &&
           motion_distance(&driver.now.motion, driver.now.now) > driver.search_room;
}

/* Runs slowly until a sensor sees it: back on its way, or if nothing is known ahead and back. */
void search(void) {
    look(TRAIN_SEARCHING, 0);
    if (driver.now.known && driver.now.motion.to > 0 && !driver.now.lost) {
        found();
    } else if (driver.now.motion.to == 0) {
        if (!is_at_rest() || send_search(1) == 0) {
            return;
        }
        bool back = driver.search_room > 0;
        if (driver.searches++ == (back ? 1 : MOST_SEARCHES)) {
            not_found("it is lost: no sensor sees it");
            return;
        }
        if (back || driver.searches > 1) {
            send_reverse();
        }
        driver.since = driver.now.now;
        send_speed(search_level(), 0);
    } else if (is_too_far() || driver.now.now - driver.since > SEARCH_TIME) {
        send_speed(0, 0);
    }
}
