/** PWM, and its pins. */
@NullMarked
package dev.roundhouse.devices.pwm;

import org.jspecify.annotations.NullMarked;
