package dev.roundhouse.emulator.stubs;

import dev.roundhouse.emulator.cpu.Engine;
import dev.roundhouse.emulator.stubs.StubFile.Stub;
import dev.roundhouse.emulator.stubs.StubTrial.Call;
import dev.roundhouse.emulator.stubs.StubTrial.Difference;
import dev.roundhouse.emulator.stubs.StubTrial.Form;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Executes all functions of a file that make an ABI's calls. */
public final class StubCheck {
  /** What stands behind a stub's name in that of its caller (docs/stubs.md). */
  public static final String CALLER_SUFFIX = "_inlined";

  /** Parameters of a caller are in x0 to x7, the first of them its own. */
  public static final int MOST_OF_CALLER = 7;

  private static final String INLINED =
      "the svc is inlined, and this kernel goes on at x30: what is behind it is never executed";

  private final Engine engine;
  private final CallAbi abi;
  private final StubFile file;

  /**
   * What is found of one function.
   *
   * @param call the call's name
   * @param function the function's
   * @param difference from the ABI, if there is one
   * @param place of the instruction that makes it, or that it is seen at; empty without
   */
  public record Verdict(String call, String function, Optional<String> difference, String place) {}

  private StubCheck(Engine engine, CallAbi abi, StubFile file) {
    this.engine = engine;
    this.abi = abi;
    this.file = file;
  }

  /** Checks a file; a verdict for each function, by the numbers of calls. */
  public static List<Verdict> of(Engine engine, CallAbi abi, StubFile file) {
    StubCheck check = new StubCheck(engine, abi, file);
    List<Verdict> verdicts = new ArrayList<>();
    try (StubCpu cpu = new StubCpu(engine, file)) {
      for (Map.Entry<Long, CallShape> entry : abi.calls().entrySet()) {
        Call call = new Call(abi, entry.getKey(), entry.getValue());
        verdicts.addAll(check.verdicts(cpu, call, Form.STUB));
        if (isCalledTwice(entry.getValue())) {
          verdicts.addAll(check.verdicts(cpu, call, Form.CALLER));
        }
      }
    }
    if (abi.entry().returns() == CallAbi.Returns.X30 && !verdicts.isEmpty()) {
      file.inlinedCalls().stream()
          .filter(place -> verdicts.stream().noneMatch(seen -> place.isIn(seen.function())))
          .map(place -> new Verdict("", place.function(), Optional.of(INLINED), place.text()))
          .forEach(verdicts::add);
    }
    return verdicts;
  }

  /** Whether a call can have a caller that makes it twice. */
  public static boolean isCalledTwice(CallShape call) {
    return call.result() != CallShape.Result.NONE
        && call.stub().parameters().size() <= MOST_OF_CALLER;
  }

  private List<Verdict> verdicts(StubCpu cpu, Call call, Form form) {
    String suffix = form == Form.CALLER ? CALLER_SUFFIX : "";
    return file.functions(abi.entry(), call.shape().name(), suffix).stream()
        .map(stub -> verdict(cpu, call, form, stub))
        .toList();
  }

  private Verdict verdict(StubCpu cpu, Call call, Form form, Stub stub) {
    for (RegisterState state : RegisterState.all()) {
      Optional<Difference> seen =
          new StubTrial(cpu, new StubTrial.Run(call, form, state)).run(stub);
      if (seen.isPresent()) {
        Difference difference = seen.get();
        long pc =
            difference
                .looked()
                .flatMap(looked -> cause(new StubTrial.Run(call, form, state), stub, looked))
                .orElse(difference.pc());
        return new Verdict(
            call.shape().name(), stub.name(), Optional.of(difference.what()), file.place(pc));
      }
    }
    return new Verdict(call.shape().name(), stub.name(), Optional.empty(), "");
  }

  /** The last instruction of the function that changed what is wrong in the end. */
  private Optional<Long> cause(StubTrial.Run run, Stub stub, ToLongFunction<StubCpu> looked) {
    List<Step> steps = new ArrayList<>();
    try (StubCpu cpu = new StubCpu(engine, file)) {
      cpu.watch(stub, pc -> steps.add(new Step(pc, looked.applyAsLong(cpu))));
      var _ = new StubTrial(cpu, run).run(stub);
      steps.add(new Step(0, looked.applyAsLong(cpu)));
    }
    for (int i = steps.size() - 1; i > 0; i--) {
      if (steps.get(i).value != steps.get(i - 1).value) {
        return Optional.of(steps.get(i - 1).pc);
      }
    }
    return Optional.empty();
  }

  /** An instruction, and what is looked at before it is executed. */
  private record Step(long pc, long value) {}
}
