/**
 * Systems of scripts: programs that are plain rows of system calls, written down as data, and two
 * ways to run them: on the kernel model alone, and as machine code on the engine. Both give the
 * same {@link dev.roundhouse.emulator.script.Observation}.
 *
 * <pre>{@code
 * ScriptedSystem system =
 *     ScriptedSystem.of(
 *         Script.of("user_entry").create(1, "server").send(TaskRef.child(0), "ping", 8),
 *         Script.of("server").receive(4).reply(TaskRef.latestSender(), "pong"));
 * Observation seen = new ModelRunner(AbiProfile.trainsOs()).run(system);
 * seen.task(1).step(1).received(); // "pong...."
 * }</pre>
 */
@NullMarked
package dev.roundhouse.emulator.script;

import org.jspecify.annotations.NullMarked;
