package dev.roundhouse.emulator.compare;

import dev.roundhouse.devices.serial.SerialPeer;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.OutputPort;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.machine.MachineConfig;
import dev.roundhouse.emulator.machine.RunLimits;
import java.util.Map;
import java.util.Optional;

/**
 * What is the same for both runs of a comparison. Output is dropped: what tasks write is in their
 * steps, or in what they do to the devices, which is not compared.
 *
 * @param limits of each run
 * @param mostSteps of each run
 * @param console the UART that gets the input
 * @param input a character for each byte; then it ends
 */
public record Surroundings(RunLimits limits, int mostSteps, int console, String input) {
  Map<Integer, UartAttachment> lines() {
    int[] next = {0};
    InputSource source =
        new InputSource.Waiting(
            _ -> next[0] < input.length() ? input.charAt(next[0]++) : SerialPeer.ENDED);
    return Map.of(console, new UartAttachment(source, OutputPort.none()));
  }

  MachineConfig.Course course() {
    return new MachineConfig.Course(limits, MachineConfig.Pacing.UNPACED, Optional.empty());
  }
}
