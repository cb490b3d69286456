package dev.roundhouse.cli.stubs;

import dev.roundhouse.kernel.abi.ArgumentShape;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallShape;
import dev.roundhouse.kernel.abi.SavedRegisters;
import dev.roundhouse.kernel.abi.StubShape.Parameter;
import dev.roundhouse.kernel.abi.StubShape.ResultShape;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the registers hold at the svc of a call, and behind it.
 *
 * @param inputs names of parameters, by register; the call's number is none
 * @param outputs results by register
 * @param clobbers registers that are changed and are no results
 */
record StubRegisters(
    SortedMap<Integer, String> inputs,
    SortedMap<Integer, ResultShape> outputs,
    SortedSet<Integer> clobbers) {
  /** Those of a call. */
  static StubRegisters of(CallShape call) {
    SortedMap<Integer, String> inputs = new TreeMap<>();
    for (ArgumentShape argument : call.arguments()) {
      inputs.put(argument.register(), argument.name());
      if (argument.kind().hasLength()) {
        inputs.put(argument.lengthRegister(), argument.lengthName());
      }
    }
    SortedMap<Integer, ResultShape> outputs = new TreeMap<>();
    call.stub().results().forEach(result -> outputs.put(result.register(), result));
    SortedSet<Integer> clobbers = new TreeSet<>();
    for (int register = 0; register <= SavedRegisters.LR; register++) {
      if (call.stub().clobbers().has(register) && !outputs.containsKey(register)) {
        clobbers.add(register);
      }
    }
    return new StubRegisters(inputs, outputs, clobbers);
  }

  /** Names that mean something else in C or Rust, of those that profiles may have. */
  private static final List<String> WORDS =
      List.of(
          "as",
          "async",
          "await",
          "box",
          "break",
          "case",
          "char",
          "const",
          "continue",
          "crate",
          "default",
          "do",
          "double",
          "dyn",
          "else",
          "enum",
          "extern",
          "float",
          "fn",
          "for",
          "gen",
          "goto",
          "if",
          "impl",
          "in",
          "inline",
          "int",
          "let",
          "long",
          "loop",
          "match",
          "mod",
          "move",
          "mut",
          "pub",
          "ref",
          "register",
          "restrict",
          "return",
          "self",
          "short",
          "signed",
          "sizeof",
          "static",
          "struct",
          "super",
          "switch",
          "trait",
          "true",
          "try",
          "type",
          "typedef",
          "union",
          "unsafe",
          "unsigned",
          "use",
          "void",
          "volatile",
          "where",
          "while",
          "yield",
          "cell",
          "seen");

  /** Registers that no compiler lets inline assembly have: its own, x29 and x30. */
  private static final List<Integer> COMPILERS_OWN = List.of(19, 29, 30);

  /** Why there can be no function that makes a call, if there can be none. */
  static Optional<String> objection(CallAbi abi, CallShape call) {
    StubRegisters registers = of(call);
    Optional<String> unnamed =
        Stream.concat(
                Stream.of(abi.entry().prefix() + call.name()),
                call.stub().parameters().stream().map(Parameter::name))
            .filter(name -> !name.matches("[A-Za-z_]\\w*") || WORDS.contains(name))
            .findFirst();
    if (unnamed.isPresent()) {
      return unnamed.map(name ->
          "\"%s\" can be no name in C and Rust; change it, or the \"prefix\"".formatted(name));
    }
    if (abi.entry().returns() == CallAbi.Returns.BEHIND_SVC) {
      return COMPILERS_OWN.stream()
          .filter(register ->
              registers.inputs.containsKey(register)
                  || registers.outputs.containsKey(register)
                  || registers.clobbers.contains(register)
                  || register == abi.entry().numberRegister())
          .map(register ->
              "%s uses x%d, which no inline assembly can have".formatted(call.name(), register))
          .findFirst();
    }
    return objectionToLeaf(abi, call, registers);
  }

  /** A function that is nothing but the svc. */
  private static Optional<String> objectionToLeaf(
      CallAbi abi, CallShape call, StubRegisters registers) {
    int register = 0;
    for (Parameter parameter : call.stub().parameters()) {
      boolean isThere = parameter.name().equals(registers.inputs.get(register));
      if (parameter.isPointer() || !isThere) {
        return Optional.of(
            "%s goes on at x30, so nothing can be done behind the svc: the arguments of %s must be in"
                    .formatted(abi.name(), call.name())
                + " x0, x1, ... in the order of its stub, and its result in x0");
      }
      register++;
    }
    return abi.entry().numberRegister() == CallAbi.IMMEDIATE
        ? Optional.empty()
        : Optional.of(abi.name() + " has numbers in a register and goes on at x30");
  }

  /** The argument with a name, or whose length has it. */
  static Optional<ArgumentShape> argument(CallShape call, String name) {
    return call.arguments().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** Whether a name is that of a parameter that leads to its value. */
  static boolean isPointer(CallShape call, String name) {
    return call.stub().parameters().stream()
        .anyMatch(parameter -> parameter.isPointer() && parameter.name().equals(name));
  }
}
