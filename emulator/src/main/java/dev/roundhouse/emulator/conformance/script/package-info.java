/**
 * Systems of scripts: programs that are plain rows of system calls, written down as data and run as
 * machine code in a whole machine, on an engine library or on a processor that knows just their
 * instructions. Both give the same {@link dev.roundhouse.emulator.conformance.script.Observation}.
 *
 * <pre>{@code
 * ScriptedSystem system =
 *     ScriptedSystem.of(
 *         Script.of("user_entry").create(1, "server").send(TaskRef.child(0), "ping", 8),
 *         Script.of("server").receive(4).reply(TaskRef.latestSender(), "pong"));
 * Observation seen = ScriptRunner.interpreting(AbiProfile.trainsOs()).run(system);
 * seen.task(1).step(1).received(); // "pong...."
 * }</pre>
 */
@NullMarked
package dev.roundhouse.emulator.conformance.script;

import org.jspecify.annotations.NullMarked;
