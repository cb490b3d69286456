package dev.roundhouse.cli.options;

import dev.roundhouse.cli.console.Messages;
import dev.roundhouse.emulator.lines.StandardEnd;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command gets of the process that it runs in.
 *
 * @param standard its input and output, for guests
 * @param out its output, for text that the user asked for
 * @param messages what commands say themselves
 * @param environment its environment variables
 */
public record CommandContext(
    StandardEnd.Streams standard,
    PrintStream out,
    Messages messages,
    Map<String, String> environment) {}
