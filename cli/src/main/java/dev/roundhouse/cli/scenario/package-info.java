/** Scenario files: tests of programs in YAML, for people without Java. */
@NullMarked
package dev.roundhouse.cli.scenario;

import org.jspecify.annotations.NullMarked;
