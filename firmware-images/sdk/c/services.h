/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages and calls of the name server and the clock server. The type names
 * are the protocol (pie-rust/src/api/name_server.rs and clock.rs, 9d49562).
 */
#ifndef SERVICES_H
#define SERVICES_H

#include "msgbox.h"

/* ---- Name server: task 2 ------------------------------------------------ */

enum { NAME_LIMIT = 64 };

typedef struct {
    attached_array name;
} NsSetReq;

typedef struct {
    attached_array name;
} NsGetReq;

/* Rust's Option<i32>: present is 0 or 1. */
typedef struct {
    uint32_t present;
    int32_t tid;
} NsResp;

/* Registers the caller. False when the name is taken or the server is full. */
bool name_register(const char *name);

/* The tid registered under the name, or -1. */
int name_lookup(const char *name);

/* As name_lookup, but a missing name ends the task with one line. */
int name_require(const char *name);

/* ---- Clock server: registered as "clock_server" -------------------------- */

enum { CLOCK_TICK_MICROSECONDS = 10000 };

typedef struct {
    uint64_t ticks;
} ClockWaitReq;

typedef struct {
} ClockWaitResp;

typedef struct {
} ClockCurTickReq;

typedef struct {
    uint64_t cur_tick;
} ClockCurTickResp;

/* From the notifier: so many ticks have passed since its last message. */
typedef struct {
    uint64_t ticks;
} ClockNotifier;

/* Ours: stops the clock, so that a system with a clock can come to its end.
 * Waiting tasks are woken; the server and its notifier exit. */
typedef struct {
} ClockStopReq;

typedef struct {
} ClockStopResp;

/* Waits until `ticks` more ticks have passed. */
void clock_wait(int clock_tid, uint64_t ticks);

/* Ticks since the clock server's start. */
uint64_t clock_now(int clock_tid);

/* The tid registered under the name, once somebody is; looks every tick. */
int name_await(int clock_tid, const char *name);

void clock_stop(int clock_tid);

#endif
