package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import java.util.List;

/** The argument block of create. */
final class ArgumentCases {
  private ArgumentCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        firstProgram(),
        copied(),
        moreKeys(),
        emptyValue(),
        oddLength(),
        cutByTheReader(),
        lastProgramWins(),
        programIsCaseSensitive(),
        programAmongOthers(),
        keyWithoutValue(),
        notTerminated(),
        emptyProgram(),
        longBlock(),
        eachItsOwn());
  }

  private static ConformanceCase child(String name, String says, Message block, String seen) {
    return caseOf(name, says, Sources.START_OF_TASK)
        .programs(entry().create(1, block), script("child").readArguments(64))
        .both(order("1 1 3").task(1, "3").task(3, seen));
  }

  private static ConformanceCase firstProgram() {
    return caseOf(
            "args/of-the-first-program",
            "The kernel gives its first program PROGRAM and its name, 19 bytes.",
            Sources.MAIN)
        .programs(entry().readArguments(24))
        .both(order("1").task(1, "19 'PROGRAM\\0user_entry\\0.....'"));
  }

  private static ConformanceCase copied() {
    return child(
        "args/are-copied-to-the-new-stack",
        "A task finds a copy of its argument block, x0 is its address and x1 its length.",
        Script.arguments("child"),
        "14 'PROGRAM\\0child\\0" + ".".repeat(50) + "'");
  }

  private static ConformanceCase moreKeys() {
    return child(
        "args/more-keys-are-passed-on",
        "Keys that the loader does not know reach the program.",
        Script.arguments("child", "SPEED", "14"),
        "23 'PROGRAM\\0child\\0SPEED\\014\\0" + ".".repeat(41) + "'");
  }

  private static ConformanceCase emptyValue() {
    return child(
        "args/a-value-may-be-empty",
        "A value without characters is one.",
        Script.arguments("child", "X", ""),
        "17 'PROGRAM\\0child\\0X\\0\\0" + ".".repeat(47) + "'");
  }

  private static ConformanceCase oddLength() {
    return child(
        "args/the-length-is-not-rounded",
        "x1 is the length that was given, though the stack stays aligned to 16 bytes.",
        Script.arguments("child", "AB", "C"),
        "19 'PROGRAM\\0child\\0AB\\0C\\0" + ".".repeat(45) + "'");
  }

  private static ConformanceCase cutByTheReader() {
    return caseOf(
            "args/can-be-read-in-part",
            "A program can read the first bytes of its block.",
            Sources.START_OF_TASK)
        .programs(
            entry().create(1, Script.arguments("child", "KEY", "VALUE")),
            script("child").readArguments(7))
        .both(order("1 1 3").task(1, "3").task(3, "24 'PROGRAM'"));
  }

  private static ConformanceCase lastProgramWins() {
    return caseOf(
            "args/the-last-program-key-wins",
            "Of several PROGRAM keys the last one names the program.",
            Sources.ARGUMENTS)
        .programs(
            entry().create(1, Script.arguments("nobody", "PROGRAM", "child")),
            script("child").myTid())
        .both(order("1 1 3 3").task(1, "3").task(3, "3"));
  }

  private static ConformanceCase programIsCaseSensitive() {
    return cannotLoad(
        "args/keys-are-case-sensitive",
        "A key program is not the key PROGRAM.",
        Message.text("program\0child\0"),
        "has no PROGRAM");
  }

  private static ConformanceCase programAmongOthers() {
    return caseOf(
            "args/program-may-be-any-key", "PROGRAM need not be the first key.", Sources.ARGUMENTS)
        .programs(
            entry().create(1, Message.text("A\0B\0PROGRAM\0child\0C\0D\0")),
            script("child").myTid())
        .both(order("1 1 3 3").task(1, "3").task(3, "3"));
  }

  private static ConformanceCase keyWithoutValue() {
    return caseOf(
            "args/a-program-key-without-value",
            "The value of a last key without one is read behind the block: here there is none.",
            Sources.ARGUMENTS)
        .programs(entry().create(1, Message.text("PROGRAM\0")), script("child"))
        .both(
            order("1 1")
                .task(1, "3")
                .task(3, "", "could-run")
                .reports("3 ARGUMENTS_NOT_TERMINATED")
                .ends(EndKind.CANNOT_LOAD, "has no PROGRAM"));
  }

  private static ConformanceCase notTerminated() {
    return caseOf(
            "args/without-the-last-nul",
            "The loader reads a last value without NUL on behind the block; where zeros follow, the"
                + " program is found.",
            Sources.ARGUMENTS)
        .programs(
            entry().create(1, Message.text("PROGRAM\0child")), script("child").readArguments(16))
        .both(
            order("1 1 3")
                .task(1, "3")
                .task(3, "13 'PROGRAM\\0child...'")
                .reports("3 ARGUMENTS_NOT_TERMINATED"));
  }

  private static ConformanceCase emptyProgram() {
    return cannotLoad(
        "args/an-empty-program-name",
        "A program without name is not known.",
        Message.text("PROGRAM\0\0"),
        "has no PROGRAM");
  }

  private static ConformanceCase cannotLoad(String name, String says, Message block, String text) {
    return caseOf(name, says, Sources.ARGUMENTS, Sources.LOAD)
        .programs(entry().create(1, block), script("child"))
        .both(order("1 1").task(1, "3").task(3, "", "could-run").ends(EndKind.CANNOT_LOAD, text));
  }

  private static ConformanceCase longBlock() {
    String value = "0123456789".repeat(1_000);
    return caseOf("args/of-10-kilobytes", "A long block is copied whole.", Sources.START_OF_TASK)
        .programs(
            entry().create(1, Script.arguments("child", "LONG", value)),
            script("child").readArguments(10_100))
        .both(
            order("1 1 3")
                .task(1, "3")
                .task(
                    3, "10020 'PROGRAM\\0child\\0LONG\\0" + value + "\\0" + ".".repeat(80) + "'"));
  }

  private static ConformanceCase eachItsOwn() {
    return caseOf(
            "args/each-task-has-its-own",
            "Two tasks of one program have their own blocks.",
            Sources.START_OF_TASK)
        .programs(
            entry()
                .create(1, Script.arguments("child", "N", "1"))
                .create(1, Script.arguments("child", "N", "2")),
            script("child").readArguments(18))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "18 'PROGRAM\\0child\\0N\\01\\0'")
                .task(4, "18 'PROGRAM\\0child\\0N\\02\\0'"));
  }
}
