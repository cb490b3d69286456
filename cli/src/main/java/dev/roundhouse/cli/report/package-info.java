/** The outcome of test cases, and the files in which other programs read it: JUnit, TAP, JSON. */
@NullMarked
package dev.roundhouse.cli.report;

import org.jspecify.annotations.NullMarked;
