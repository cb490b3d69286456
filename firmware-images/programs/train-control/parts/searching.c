/* SPDX-License-Identifier: Apache-2.0 */
#include "driver.h"

enum { SEARCH_SPEED = 100 * MILLIMETRE, SEARCH_TIME = 20000000, MOST_SEARCHES = 2 };

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
static void not_found(void) {
    if (driver.has_order) {
        give_up("it was not found");
    } else {
        log_line(driver.terminal, "train %d was not found", driver.number);
        end_order();
    }
}

/* What lies behind a train that was known before is the way on which it came; ahead it may be on
 * another way than it thinks, and come upon anything. */
void begin_search(void) {
    driver.searches = 0;
    driver.turn_before = driver.now.known ? 1 : 2;
    enter(SEARCH);
}

/* Runs slowly until a sensor sees it, and once more the other way if none does. */
void search(void) {
    look(TRAIN_SEARCHING, 0);
    if (driver.now.known && driver.now.motion.to > 0 && !driver.now.lost) {
        found();
    } else if (driver.now.motion.to == 0) {
        if (!is_at_rest() || send_search(1) == 0) {
            return;
        }
        if (driver.searches++ == MOST_SEARCHES) {
            send_search(0);
            not_found();
            return;
        }
        if (driver.searches >= driver.turn_before) {
            send_reverse();
        }
        driver.since = driver.now.now;
        send_speed(search_level(), 0);
    } else if (driver.now.now - driver.since > SEARCH_TIME) {
        send_speed(0, 0);
    }
}
