/* SPDX-License-Identifier: Apache-2.0 */
/* The messages of msg_demo and msg_peer; programs/rust/src/trains.rs has them in Rust. */
#ifndef TRAINS_H
#define TRAINS_H

#include "msgbox.h"

/* Where a train was seen. */
typedef struct {
    uint32_t train;
    uint32_t speed;
    attached_array name;    /* char */
    attached_array sensors; /* uint16_t */
    attached_array ticks;   /* uint64_t */
} TrainReport;

/* What the peer made of it. */
typedef struct {
    uint32_t train;
    uint32_t sensor_sum;
    uint64_t last_tick;
    attached_array shout; /* char */
} TrainSummary;

/* No more reports. */
typedef struct {
} TrainsDone;

#endif
