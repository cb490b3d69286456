package dev.roundhouse.cli.stubs;

import dev.roundhouse.emulator.stubs.StubCheck;
import dev.roundhouse.kernel.abi.ArgumentShape;
import dev.roundhouse.kernel.abi.CallAbi;
import dev.roundhouse.kernel.abi.CallAbi.Returns;
import dev.roundhouse.kernel.abi.CallShape;
import dev.roundhouse.kernel.abi.StubShape.Memory;
import dev.roundhouse.kernel.abi.StubShape.Parameter;
import dev.roundhouse.kernel.abi.StubShape.ResultShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Stubs in GNU C: inline assembly where the kernel goes on behind the svc, else functions in
 * assembly that are nothing but the svc.
 */
final class CStubs {
  private static final String MARK = "0x726f756e64687573";

  private final CallAbi abi;
  private final boolean isInline;

  CStubs(CallAbi abi) {
    this.abi = abi;
    isInline = abi.entry().returns() == Returns.BEHIND_SVC;
  }

  /** The files by name: a header, its assembly, and callers for {@code stubs check}. */
  Map<String, String> files(String name) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + ".h", header());
    if (!isInline) {
      files.put(name + ".S", assembly());
    }
    files.put(name + "_check.c", callers(name));
    return files;
  }

  private String header() {
    StringBuilder text = new StringBuilder("/* " + StubFiles.MADE + " */\n#pragma once\n");
    text.append("\n#include <stddef.h>\n#include <stdint.h>\n");
    if (!isInline) {
      text.append("\n/* The kernel goes on at x30: each call is a function of its own. */\n");
    }
    abi.calls()
        .forEach((number, call) -> {
          text.append("\n/** ").append(StubFiles.about(abi, number, call)).append(" */\n");
          text.append(isInline ? "static inline " : "");
          text.append(prototype(call, function(call), false));
          text.append(isInline ? " {\n" + body(number, call) + "}\n" : ";\n");
        });
    return text.toString();
  }

  private String function(CallShape call) {
    return abi.entry().prefix() + call.name();
  }

  private static String prototype(CallShape call, String name, boolean isCaller) {
    List<String> parameters = new ArrayList<>();
    if (isCaller) {
      parameters.add("uint64_t *restrict cell");
    }
    call.stub().parameters().forEach(parameter -> parameters.add(parameter(call, parameter)));
    String type = isCaller ? "uint64_t " : StubFiles.result(call).map(CStubs::type).orElse("void ");
    String noReturn = call.result() == CallShape.Result.NONE ? "__attribute__((noreturn)) " : "";
    return noReturn
        + type
        + name
        + "("
        + (parameters.isEmpty() ? "void" : String.join(", ", parameters))
        + ")";
  }

  private static String type(ResultShape result) {
    return switch (result.kind()) {
      case INT, TID -> "int32_t ";
      default -> "uint64_t ";
    };
  }

  private static String parameter(CallShape call, Parameter parameter) {
    if (parameter.isPointer()) {
      return type(call.stub().result(parameter.name()).orElseThrow()) + "*" + parameter.name();
    }
    return StubRegisters.argument(call, parameter.name()).map(CStubs::type).orElse("size_t ")
        + parameter.name();
  }

  private static String type(ArgumentShape argument) {
    return switch (argument.kind()) {
      case INT, TID, PRIORITY -> "int32_t ";
      case LONG, ANY -> "uint64_t ";
      case IN, IN_ANY -> "const void *";
      case TEXT -> "const char *";
      case OUT, OUT_ANY -> "void *";
      case OUT_INT -> "int32_t *";
      case OUT_POINTER -> "void **";
    };
  }

  private String body(long number, CallShape call) {
    StubRegisters registers = StubRegisters.of(call);
    StringBuilder text = new StringBuilder();
    List<String> outputs = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    registers
        .inputs()
        .forEach((register, name) -> text.append(variable(register, " = " + value(call, name))));
    registers
        .inputs()
        .keySet()
        .forEach(register -> {
          boolean isChanged =
              registers.outputs().containsKey(register) || registers.clobbers().contains(register);
          (isChanged ? outputs : inputs).add((isChanged ? "\"+r\"(x" : "\"r\"(x") + register + ")");
        });
    registers.outputs().keySet().stream()
        .filter(register -> !registers.inputs().containsKey(register))
        .forEach(register -> {
          text.append(variable(register, ""));
          outputs.add("\"=r\"(x" + register + ")");
        });
    int immediate = abi.entry().immediate().orElse(0);
    if (abi.entry().numberRegister() == CallAbi.IMMEDIATE) {
      immediate = (int) number;
    } else {
      int register = abi.entry().numberRegister();
      text.append(variable(register, " = (uint64_t)" + number));
      boolean isChanged = registers.clobbers().contains(register);
      (isChanged ? outputs : inputs).add((isChanged ? "\"+r\"(x" : "\"r\"(x") + register + ")");
    }
    text.append(
        "    __asm__ volatile(\"svc #%d\"\n        : %s\n        : %s\n        : %s);\n"
            .formatted(
                immediate,
                String.join(", ", outputs),
                String.join(", ", inputs),
                String.join(", ", clobbers(call, registers))));
    return text + after(call, registers);
  }

  private List<String> clobbers(CallShape call, StubRegisters registers) {
    List<String> clobbers = new ArrayList<>();
    registers.clobbers().stream()
        .filter(register -> !registers.inputs().containsKey(register))
        .filter(register -> register != abi.entry().numberRegister())
        .forEach(register -> clobbers.add("\"x" + register + "\""));
    if (call.stub().clobbers().areFlags()) {
      clobbers.add("\"cc\"");
    }
    if (call.stub().memory() != Memory.NONE) {
      clobbers.add("\"memory\"");
    }
    return clobbers;
  }

  private static String variable(int register, String value) {
    return "    register uint64_t x%d __asm__(\"x%d\")%s;\n".formatted(register, register, value);
  }

  private static String value(CallShape call, String name) {
    if (StubRegisters.isPointer(call, name)) {
      return "(uint64_t)*" + name;
    }
    return StubRegisters.argument(call, name)
        .filter(argument -> argument.kind().isRead() || argument.kind().isWritten())
        .map(_ -> "(uint64_t)(uintptr_t)" + name)
        .orElse("(uint64_t)" + name);
  }

  private static String after(CallShape call, StubRegisters registers) {
    StringBuilder text = new StringBuilder();
    registers
        .outputs()
        .forEach((register, result) -> {
          String value = "(" + type(result).strip() + ")x" + register + ";\n";
          if (StubRegisters.isPointer(call, result.name())) {
            text.append("    *").append(result.name()).append(" = ").append(value);
          }
        });
    StubFiles.result(call)
        .ifPresent(result ->
            text.append("    return (")
                .append(type(result).strip())
                .append(")x")
                .append(result.register())
                .append(";\n"));
    return call.result() == CallShape.Result.NONE
        ? "    __builtin_unreachable();\n"
        : text.toString();
  }

  private String assembly() {
    StringBuilder text = new StringBuilder("/* " + StubFiles.MADE + " */\n");
    abi.calls()
        .forEach((number, call) -> {
          String name = function(call);
          text.append("\n    .section .text.%s, \"ax\", %%progbits\n".formatted(name))
              .append(
                  "    .balign 4\n    .global %s\n    .type %s, %%function\n".formatted(name, name))
              .append(
                  "%s:\n    svc #%d\n    ret\n    .size %s, . - %s\n"
                      .formatted(name, number, name, name));
        });
    return text + "\n    .section .note.GNU-stack, \"\", %progbits\n";
  }

  /** Not for programs: all stubs as functions, and callers that have them inlined. */
  private String callers(String name) {
    StringBuilder text =
        new StringBuilder("/* " + StubFiles.MADE + " For roundhouse stubs check alone. */\n");
    text.append("#include \"").append(name).append(".h\"\n\n");
    String all =
        abi.calls().values().stream()
            .map(call -> "(void (*)(void))" + function(call))
            .collect(Collectors.joining(",\n    "));
    text.append("void (*const roundhouse_stubs[])(void) = {\n    ").append(all).append("};\n");
    abi.calls().values().stream()
        .filter(StubCheck::isCalledTwice)
        .forEach(call -> {
          String caller = prototype(call, function(call) + StubCheck.CALLER_SUFFIX, true);
          String arguments =
              call.stub().parameters().stream()
                  .map(Parameter::name)
                  .collect(Collectors.joining(", "));
          String made = "    (void)" + function(call) + "(" + arguments + ");\n";
          text.append("\n").append(caller).append(";\n").append(caller).append(" {\n    *cell = ");
          text.append(MARK).append(";\n").append(made).append("    uint64_t seen = *cell;\n");
          text.append(made).append("    return seen;\n}\n");
        });
    return text.toString();
  }
}
