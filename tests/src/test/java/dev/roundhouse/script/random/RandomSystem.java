package dev.roundhouse.script.random;

import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem.SerialInput;
import dev.roundhouse.emulator.conformance.script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes systems by chance: the same one for the same seed. Most are small, some have up to 64
 * tasks; programs create only programs that come behind them, so none grows without end.
 */
public final class RandomSystem {
  private static final int MOST_TASKS = 64;
  private static final int MOST_PROGRAMS = 6;
  private static final int MOST_STEPS = 18;
  private static final long LIMIT_NANOS = 10_000_000_000L;
  private static final int UARTS_IN_USE = 2;
  private static final int[] UARTS = {0, 3};
  private static final int MOST_INPUTS = 4;
  private static final int LATEST_INPUT_NANOS = 2_000_000;

  private final SplittableRandom random;
  private final RandomStep steps;
  private final List<String> names = new ArrayList<>();

  private RandomSystem(long seed) {
    random = new SplittableRandom(seed);
    steps = new RandomStep(random);
  }

  /** The system of a seed. */
  public static ScriptedSystem of(long seed) {
    return new RandomSystem(seed).make();
  }

  private ScriptedSystem make() {
    int programs = 1 + random.nextInt(MOST_PROGRAMS);
    names.add("user_entry");
    for (int program = 1; program < programs; program++) {
      names.add("p" + program);
    }
    // From the last one on: a program knows how many tasks those behind it make.
    List<Script> scripts = new ArrayList<>();
    int[] tasks = new int[programs];
    for (int program = programs - 1; program >= 0; program--) {
      scripts.addFirst(script(program, tasks));
    }
    if (random.nextInt(4) == 0) {
      scripts.add(new Script("name_server", plainSteps()));
    }
    List<SerialInput> inputs = new ArrayList<>();
    for (int count = random.nextInt(MOST_INPUTS) - 1; count > 0; count--) {
      inputs.add(
          new SerialInput(
              UARTS[random.nextInt(UARTS_IN_USE)], random.nextInt(LATEST_INPUT_NANOS), "in"));
    }
    return new ScriptedSystem(scripts, List.of(), inputs, LIMIT_NANOS);
  }

  /**
   * A program.
   *
   * @param tasks how many tasks each program makes, itself included: known for those behind it
   */
  private Script script(int program, int[] tasks) {
    List<Step> made = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_STEPS);
    tasks[program] = 1;
    for (int step = 0; step < count; step++) {
      int child = program + 1 + random.nextInt(MOST_PROGRAMS);
      boolean creates = random.nextInt(3) == 0 || (program == 0 && random.nextBoolean());
      if (creates && child < names.size() && tasks[program] + tasks[child] < MOST_TASKS) {
        tasks[program] += tasks[child];
        made.add(create(child));
      } else {
        made.addAll(steps.next());
      }
    }
    return new Script(names.get(program), made);
  }

  private Step create(int child) {
    int priority = random.nextInt(40) == 0 ? random.nextInt(60) - 30 : random.nextInt(4);
    Message arguments =
        random.nextInt(8) == 0
            ? Script.arguments("nobody", "PROGRAM", names.get(child))
            : Script.arguments(names.get(child));
    return new Step.Create(priority, arguments);
  }

  private List<Step> plainSteps() {
    List<Step> made = new ArrayList<>();
    for (int count = random.nextInt(MOST_STEPS); count > 0; count--) {
      made.addAll(steps.next());
    }
    return made;
  }
}
