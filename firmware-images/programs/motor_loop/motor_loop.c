/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A speed loop: every 10 ms the encoder says how far the motor turned, and a PI controller sets the
 * duty of the PWM. Half of the time forwards, then backwards at half the speed.
 *
 *   roundhouse run motor_loop.elf clock_server.elf clock_notifier.elf --plant motor
 *
 * The wiring is that of TrainsOS's robot (motor_server.rs and encoder_collector.rs, 9d49562): PWM
 * at pin 18, direction at 14 and 15, encoder at 23 and 24. The kernel counts the encoder's edges in
 * its GPIO interrupts, so that none is missed however long the program waits.
 *
 * The kernel does not save FP registers: everything is whole numbers. Gains are in 1/16 of a duty
 * step per edge.
 */
#include "board.h"
#include "services.h"

enum { PWM_PIN = 18, FORWARD_PIN = 14, BACKWARD_PIN = 15, ENCODER_A = 23, ENCODER_B = 24 };
enum { DUTY_RANGE = 1024, GAIN_SHIFT = 4, PROPORTIONAL = 96, INTEGRAL = 12, REPORT_EVERY = 10 };

struct controller {
    int64_t integral; /* of the error, in edges */
    int64_t duty;     /* -DUTY_RANGE to DUTY_RANGE */
};

static void start_pwm(void) {
    pwm_clock()->ctl = CLOCK_PASSWORD;
    while (pwm_clock()->ctl & CLOCK_BUSY) {
    }
    pwm_clock()->div = CLOCK_PASSWORD | 1 << CLOCK_DIVIDER_SHIFT;
    pwm_clock()->ctl = CLOCK_PASSWORD | CLOCK_OSCILLATOR;
    pwm_clock()->ctl = CLOCK_PASSWORD | CLOCK_OSCILLATOR | CLOCK_ENABLE;
    pwm0()->rng1 = DUTY_RANGE;
    pwm0()->dat1 = 0;
    pwm0()->ctl = PWM_ENABLE_1;
    gpio_select(PWM_PIN, GPIO_ALT5);
    gpio_select(FORWARD_PIN, GPIO_OUTPUT);
    gpio_select(BACKWARD_PIN, GPIO_OUTPUT);
}

static void drive(int64_t duty) {
    gpio_write(FORWARD_PIN, duty > 0);
    gpio_write(BACKWARD_PIN, duty < 0);
    pwm0()->dat1 = (uint32_t)(duty < 0 ? -duty : duty);
}

/* Where the output is at its limit the integral stays: it would wind up. */
static void control(struct controller *loop, int64_t target, int64_t measured) {
    int64_t error = target - measured;
    int64_t duty =
        (PROPORTIONAL * error + INTEGRAL * (loop->integral + error)) / (1 << GAIN_SHIFT);
    if (duty >= -DUTY_RANGE && duty <= DUTY_RANGE) {
        loop->integral += error;
        loop->duty = duty;
    } else {
        loop->duty = duty < 0 ? -DUTY_RANGE : DUTY_RANGE;
    }
    drive(loop->duty);
}

void program_main(const struct arguments *args) {
    int64_t target = (int64_t)argument_number(args, "TARGET", 60, 0, 1000);
    uint64_t ticks = argument_number(args, "TICKS", 120, 2, 100000);
    int clock = create_program(0, "clock_server");
    if (clock < 0) {
        fail("motor_loop: cannot create clock_server\r\n");
    }
    int encoder = ke_quadrature_encoder_init(ENCODER_A, ENCODER_B);
    start_pwm();
    struct controller loop = {0, 0};
    for (uint64_t tick = 1; tick <= ticks; tick++) {
        if (tick == ticks / 2 + 1) {
            target = -target / 2;
            print("motor_loop: now %ld edges a tick\r\n", target);
        }
        clock_wait(clock, 1);
        struct keQuadEncoderStat seen;
        ke_quadrature_encoder_get(encoder, &seen);
        int64_t measured = (int64_t)seen.forward_cnt - (int64_t)seen.backward_cnt;
        control(&loop, target, measured);
        if (tick % REPORT_EVERY == 0) {
            print("tick %3lu: %4ld edges, duty %5ld, %lu edges missed\r\n", tick, measured,
                  loop.duty, seen.invalid_1_cnt + seen.invalid_2_cnt);
        }
    }
    drive(0);
    clock_stop(clock);
}
