/**
 * Random systems of scripts: made from a seed, run, checked against the oracles and the reference,
 * and made small when they fail.
 */
@NullMarked
package dev.roundhouse.script.random;

import org.jspecify.annotations.NullMarked;
