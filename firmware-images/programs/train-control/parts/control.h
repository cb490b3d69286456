/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages between the tasks of the train control. Every request is
 * answered; who answers late says so. Times are microseconds since the
 * machine's start, distances micrometres.
 *
 *   console, display --> train_N --> track_server <-- sensor_poller
 *                           |            ^  |              |
 *                     route_finder       |  +-- answers    v
 *                           |      turnout_courier --> marklin_server --> the box
 *                           +------------------------------^
 *
 * Arrows are sends: no circle of them, so no deadlock.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include "motion.h"
#include "services.h"
#include "track.h"

enum {
    MARKLIN_PRIORITY = 1,
    POLLER_PRIORITY = 2,
    TERMINAL_PRIORITY = 2,
    TRACK_PRIORITY = 3,
    TRAIN_PRIORITY = 4,
    COURIER_PRIORITY = 4,
    ROUTE_PRIORITY = 6,
    CONSOLE_PRIORITY = 5,
    DISPLAY_PRIORITY = 8,
};

enum { MOST_TRAINS = 8, NO_TRAIN = 0, SENSOR_MODULES = 5 };

/* Answer to requests whose success says it all. */
typedef struct {
    uint32_t ok;
} DoneResp;

/* ---- marklin_server ------------------------------------------------------ */

/* Speed 0 to 14, with light. Sent so that the box has it at `not_before`, or as soon as it can;
 * refused while the box is away. */
typedef struct {
    uint64_t not_before;
    uint32_t train;
    uint32_t level;
} MarklinSpeedReq;

typedef struct {
    uint32_t train;
} MarklinReverseReq;

/* Answered when the turnout's solenoid has been on for so long. */
typedef struct {
    uint32_t turnout;
    uint32_t position;
    uint32_t solenoid_time;
} MarklinTurnoutReq;

/* Microseconds: enough for a turnout as it should be, and for a slow one, should a train go over it
 * next: nothing tells that it has not moved. More than 500 ms would overheat it. */
enum { SOLENOID_TIME = 150000, LONG_SOLENOID_TIME = 420000 };

typedef struct {
    uint32_t on;
} MarklinPowerReq;

/* Answered when all that was asked before has been sent. */
typedef struct {
} MarklinDrainReq;

/* When the box had the command's last byte. `line_changes` goes up when the box is lost and when it
 * is back: odd while it is away. */
typedef struct {
    uint64_t at;
    uint32_t done; /* 0: the box is away */
    uint32_t line_changes;
} MarklinDoneResp;

typedef struct {
} MarklinSensorsReq;

typedef struct {
    uint64_t read_at[SENSOR_MODULES];
    uint8_t bytes[2 * SENSOR_MODULES];
    uint8_t complete; /* 0 when the box did not answer */
    uint32_t line_changes;
} MarklinSensorsResp;

/* From can_poller: frames have come. */
typedef struct {
} CanFramesReq;

/* ---- terminal_server ----------------------------------------------------- */

/* Bytes for the terminal; ok is 0 while there is no room for them. */
typedef struct {
    attached_array bytes;
} TerminalWriteReq;

/* A line for the log. */
typedef struct {
    attached_array text;
} TerminalLogReq;

/* Waits until all that was written has been sent. */
typedef struct {
} TerminalDrainReq;

/* Answered when something was typed. */
typedef struct {
} TerminalReadReq;

enum { TERMINAL_READ_MOST = 32 };

typedef struct {
    uint32_t count;
    char bytes[TERMINAL_READ_MOST];
} TerminalReadResp;

/* ---- ticker -------------------------------------------------------------- */

/* A ticker asks its parent how long to wait before it asks again: clock ticks, 0 to exit. */
typedef struct {
} TickerReq;

typedef struct {
    uint64_t ticks;
} TickerResp;

/* ---- track_server -------------------------------------------------------- */

/* A contact that closed between two reads of its module. */
struct hit {
    uint64_t after;
    uint64_t before;
    uint32_t sensor;
};

enum { MOST_HITS = 24 };

typedef struct {
    uint32_t count;
    struct hit hits[MOST_HITS];
} TrackHitsReq;

/* A train's task makes itself known; ok is 0 when there are too many. */
typedef struct {
    uint32_t train;
} TrackJoinReq;

/* The train stands with its pick-up so far past a node, heading on in its direction. */
typedef struct {
    uint32_t train;
    int32_t node;
    int32_t past;
} TrackPlaceReq;

/* The next contact that closes unexpectedly is this train; ok is 0 while another one searches. */
typedef struct {
    uint32_t train;
    uint32_t searching;
} TrackSearchReq;

/* What the box has been told. */
typedef struct {
    uint64_t at;
    uint32_t train;
    uint32_t level;
} TrackSpeedReq;

typedef struct {
    uint64_t at;
    uint32_t train;
} TrackReverseReq;

/* The box is away, or back with all trains stopped. What is known already is no news. */
typedef struct {
    uint32_t line_changes;
} TrackLineReq;

/* What a train's task is about, for others to see. */
enum train_status { TRAIN_IDLE, TRAIN_DRIVING, TRAIN_WAITING, TRAIN_SEARCHING, TRAIN_LOST };

enum { ROUTE_MOST_EDGES = 56 };

/* The way that a train wants to go, edge by edge from the one it stands on. None: it gives up all
 * that it holds ahead. */
typedef struct {
    uint32_t train;
    int32_t goal; /* node, for display */
    uint32_t count;
    int16_t edges[ROUTE_MOST_EDGES];
} TrackRouteReq;

/* Asks for so much track ahead; answers where the train is and how far it may go. A train that
 * waits holds nothing ahead meanwhile. */
typedef struct {
    uint32_t train;
    uint32_t status;
    int32_t ahead;
} TrackTrainReq;

typedef struct {
    struct motion motion;
    uint64_t now;
    struct place place;
    int64_t on_route;        /* from the start of the route's first edge */
    int64_t granted;         /* the same for the end of what it may use */
    int64_t hit_travel;      /* distance since the last sensor */
    struct track_set others; /* held by other trains */
    struct track_set wanted; /* on other trains' routes */
    struct track_set avoid;  /* of the train to make way for: its route */
    uint32_t level;
    int32_t pace;
    uint32_t known;
    uint32_t lost;
    uint32_t backward;
    uint32_t off_route;
    uint32_t all_granted;
    uint32_t blocker;        /* the train whose track it needs, or NO_TRAIN */
    uint32_t blocker_status;
    uint32_t blocker_waits_for_it;
    uint32_t make_way_for;   /* a train that needs the track that this one stands on */
    uint32_t line_changes;
    uint32_t stuck;          /* turnouts that do not move, as bits */
    int16_t last_sensor;     /* node, or TRACK_NONE */
    uint8_t positions[TRACK_MOST_TURNOUTS];
} TrackTrainResp;

/* Asks the other train to leave the track that this one needs. */
typedef struct {
    uint32_t train;
    uint32_t other;
} TrackMakeWayReq;

/* The train has done so, or cannot. */
typedef struct {
    uint32_t train;
} TrackMadeWayReq;

/* Throws a turnout by hand; ok is 0 when a train holds it. */
typedef struct {
    uint32_t turnout; /* index */
    uint32_t position;
} TrackTurnoutReq;

/* From the courier: the last order is done (turnout TRACK_NONE: none was given). */
typedef struct {
    int32_t turnout;
    uint32_t position;
} TrackCourierReq;

typedef struct {
    int32_t turnout; /* index */
    uint32_t position;
    uint32_t solenoid_time;
} TrackCourierResp;

typedef struct {
} TrackSnapshotReq;

enum { RECENT_HITS = 12 };

struct recent_hit {
    uint64_t at;
    int16_t node;
    int16_t train; /* or NO_TRAIN */
};

struct train_row {
    uint64_t expected;     /* when the next sensor is expected, or 0 */
    struct place place;
    int32_t speed;
    int32_t error_distance; /* at the last sensor, actual against predicted */
    int32_t error_time;
    int16_t next_sensor;
    int16_t goal;
    uint16_t train;
    uint8_t level;
    uint8_t status;
    uint8_t known;
    uint8_t blocker;
    uint16_t sensors; /* that saw it */
    int32_t worst_distance; /* of the errors at all of them */
    int32_t mean_distance;
    int32_t mean_time;
};

typedef struct {
    uint64_t now;
    uint32_t trains;
    uint32_t recent;
    uint32_t strays; /* contacts that no train explains */
    struct recent_hit hits[RECENT_HITS]; /* latest first */
    struct train_row rows[MOST_TRAINS];
    uint8_t positions[TRACK_MOST_TURNOUTS];
} TrackSnapshotResp;

/* ---- train_N ------------------------------------------------------------- */

/* Go and stand with the pick-up so far past a node, in either direction. */
typedef struct {
    int32_t node;
    int32_t past;
} TrainGoReq;

typedef struct {
    uint32_t level;
} TrainSpeedReq;

typedef struct {
} TrainReverseReq;

typedef struct {
} TrainStopReq;

typedef struct {
    int32_t node;
} TrainPlaceReq;

/* Answered when the train has done its order. */
typedef struct {
} TrainWaitReq;

typedef struct {
    uint32_t ok;     /* 0: the order could not be done */
} TrainWaitResp;

/* ---- route_finder -------------------------------------------------------- */

typedef struct {
    struct place from;
    struct track_set blocked; /* must not be used */
    struct track_set costly;  /* had better not be used */
    struct track_set avoid;   /* where the train must not stand in the end; without a goal */
    int32_t goal;             /* node; TRACK_NONE: any sensor where it is out of the way */
    int32_t past;
    int32_t train;
    uint32_t backward;
    uint32_t stuck;           /* turnouts that stay as they are, as bits */
    uint8_t positions[TRACK_MOST_TURNOUTS];
} RouteReq;

enum route_result { ROUTE_FOUND, ROUTE_NONE, ROUTE_NO_ROOM };

/* The first leg of the way: up to the goal or to where the train must change direction. */
typedef struct {
    uint32_t result;
    uint32_t reverse_first; /* change direction before the leg */
    uint32_t reverse_after;
    uint32_t count;
    int32_t goal;
    int64_t stop; /* from the start of the first edge */
    int64_t cost;
    int16_t edges[ROUTE_MOST_EDGES];
} RouteResp;

/* ---- Calls --------------------------------------------------------------- */

/* Sends and waits for an answer of the type; a wrong one ends the task with one line. */
#define ASK(tid, message, reply, type) \
    ((const type *)ask((tid), (message), (reply), &(struct answer_type){#type, sizeof(type)}))

struct answer_type {
    const char *name;
    size_t size;
};

const void *ask(int tid, const struct msgbox *message, struct msgbox *reply,
                const struct answer_type *type);

/* Answers with DoneResp. */
void answer_done(int tid, uint32_t ok);

/* Writes a line into the log, with the time in front; drops it when the terminal is behind. */
void log_line(int terminal, const char *text, ...) __attribute__((format(printf, 2, 3)));

/* The track that the argument TRACK names; another name ends the task with one line. */
const struct track *track_argument(const struct arguments *args);

/* Creates a program that needs the arguments TRACK and SCREEN of its parent. */
int create_part(int priority, const char *program, const struct arguments *args);

#endif
