/**
 * Systems of scripts: programs that are plain rows of system calls, written down as data and run as
 * machine code in a whole machine, on an engine library or on a processor that knows just their
 * instructions. Both give the same {@link dev.roundhouse.emulator.conformance.script.Observation}.
 * Steps are written as text ({@code cases.StepReader}):
 *
 * <pre>{@code
 * ScriptedSystem system =
 *     ScriptedSystem.of(
 *         script("user_entry", "create 1 server; send child0 'ping' 8"),
 *         script("server", "recv 4; reply sender 'pong'"));
 * Observation seen = ScriptRunner.interpreting(AbiProfile.trainsOs()).run(system);
 * seen.task(1).step(1).received(); // "pong...."
 * }</pre>
 */
@NullMarked
package dev.roundhouse.emulator.conformance.script;

import org.jspecify.annotations.NullMarked;
