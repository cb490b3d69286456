package dev.roundhouse.cli.scenario;

import dev.roundhouse.emulator.guard.Guard;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.setup.TrackRequest;
import dev.roundhouse.kernel.abi.AbiProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A test of programs, read from a file.
 *
 * @param file where it was read from
 * @param name for people
 * @param deadline the virtual time that all of it may take, if the file says so
 * @param failOn what makes it fail at once
 */
record Scenario(
    Path file,
    String name,
    Start start,
    Optional<Duration> deadline,
    Set<FailOn> failOn,
    List<Step> steps) {
  /** Copies the collections. */
  Scenario {
    failOn = Set.copyOf(failOn);
    steps = List.copyOf(steps);
  }

  /** What runs, the UART that is typed at, and a track if there is one. */
  record Start(Started guest, int console, Optional<TrackSetup> track) {}

  /** What runs. */
  sealed interface Started {
    /**
     * Programs on the kernel model.
     *
     * @param system a bundled system, or files
     * @param programs files; without a system the first is the entry
     * @param profile the kernel
     * @param args of the entry, each {@code KEY=VALUE} cut in two
     * @param guards what is watched of their writes
     */
    record Programs(
        Optional<String> system,
        List<Path> programs,
        AbiProfile profile,
        List<Argument> args,
        Set<Guard> guards)
        implements Started {
      /** Copies the lists. */
      public Programs {
        programs = List.copyOf(programs);
        args = List.copyOf(args);
        guards = Collections.unmodifiableSet(new TreeSet<>(guards));
      }
    }

    /**
     * A kernel that is booted.
     *
     * @param name the kernel's file as the scenario has it
     * @param beside the same relative to the scenario
     * @param abi its ABI profile: one that ships, or a file
     */
    record Kernel(
        Path name, Path beside, long ramBytes, Guest.OnReboot onReboot, Optional<String> abi)
        implements Started {}
  }

  /** An argument of the entry. */
  record Argument(String key, String value) {}

  /** A simulated track at a UART. */
  record TrackSetup(int uart, String layout, TrackRequest request) {}

  /** What ends a scenario badly beside its own expectations. */
  enum FailOn {
    /** A task takes a fault or passes a bad pointer. */
    FAULT,
    /** Tasks wait for one another. */
    DEADLOCK,
    /** A task breaks a rule of the kernel. */
    VIOLATION,
    /** A device or the train set warns. */
    WARNING
  }

  /** One step; each knows where it stands in the file. */
  sealed interface Step {
    /** Where it stands. */
    Yaml.Place place();

    /** Lets virtual time pass. */
    record WaitFor(Yaml.Place place, Duration time) implements Step {}

    /** Types text, a byte for each character. */
    record Type(Yaml.Place place, int uart, String text) implements Step {}

    /** Ends the input of a UART. */
    record EndInput(Yaml.Place place, int uart) implements Step {}

    /**
     * Waits for something.
     *
     * @param within the virtual time that it may take; else up to the deadline
     */
    record Expect(Yaml.Place place, Expected what, Optional<Duration> within) implements Step {}
  }

  /** What is waited for. */
  sealed interface Expected {
    /** A UART prints what a pattern finds, behind what was found before. */
    record Printed(int uart, Pattern pattern, String text) implements Expected {}

    /** A row of the screen at a UART has a text. */
    record Shown(int uart, String text) implements Expected {}

    /** A task is in a state. */
    record InState(String program, String state) implements Expected {}

    /** A train's pick-up reaches a sensor. */
    record At(int train, String sensor) implements Expected {}

    /** A train comes to rest near a sensor. */
    record StopsAt(int train, String sensor, int millimetres) implements Expected {}

    /** The run ends so: a word of {@code run --json}. */
    record End(String word) implements Expected {}
  }
}
