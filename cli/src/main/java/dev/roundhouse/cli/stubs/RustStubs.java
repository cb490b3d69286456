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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Stubs in Rust: inline assembly where the kernel goes on behind the svc, else functions in
 * assembly that are nothing but the svc.
 */
final class RustStubs {
  private static final String MARK = "0x726f_756e_6468_7573";

  private final CallAbi abi;
  private final boolean isInline;

  RustStubs(CallAbi abi) {
    this.abi = abi;
    isInline = abi.entry().returns() == Returns.BEHIND_SVC;
  }

  /** The files by name: a module, and functions for {@code stubs check}. */
  Map<String, String> files(String name) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + ".rs", module());
    files.put(name + "_check.rs", callers(name));
    return files;
  }

  private String function(CallShape call) {
    return abi.entry().prefix() + call.name();
  }

  private String module() {
    StringBuilder text = new StringBuilder("//! System calls of " + abi.name() + ".\n");
    text.append("//! ").append(StubFiles.MADE).append("\n");
    if (!isInline) {
      text.append("//! The kernel goes on at x30: each call is a function of its own.\n\n");
      text.append("core::arch::global_asm!(\n");
      abi.calls().forEach((number, call) -> text.append(assembly(number, function(call))));
      text.append("    \".text\",\n);\n\nunsafe extern \"C\" {\n");
    }
    abi.calls()
        .forEach((number, call) -> {
          String indent = isInline ? "" : "    ";
          text.append(isInline ? "\n" : "");
          text.append(indent + "/// ").append(StubFiles.about(abi, number, call)).append("\n");
          if (isInline) {
            text.append(
                "///\n/// # Safety\n///\n/// The kernel reads and writes what the arguments lead to.\n");
            text.append("#[inline(always)]\npub unsafe ").append(signature(call, function(call)));
            text.append(" {\n").append(body(number, call)).append("}\n");
          } else {
            text.append("    pub ").append(signature(call, function(call))).append(";\n");
          }
        });
    return text + (isInline ? "" : "}\n");
  }

  private static String assembly(long number, String name) {
    return """
        ".section .text.%1$s, \\"ax\\", %%progbits",
        ".balign 4",
        ".global %1$s",
        ".type %1$s, %%function",
        "%1$s:",
        "svc #%2$d",
        "ret",
        ".size %1$s, . - %1$s",
    """
        .formatted(name, number);
  }

  private static String signature(CallShape call, String name) {
    String parameters =
        call.stub().parameters().stream()
            .map(parameter -> parameter(call, parameter))
            .collect(Collectors.joining(", "));
    String type =
        call.result() == CallShape.Result.NONE
            ? " -> !"
            : StubFiles.result(call).map(result -> " -> " + type(result)).orElse("");
    return "fn " + name + "(" + parameters + ")" + type;
  }

  private static String type(ResultShape result) {
    return switch (result.kind()) {
      case INT, TID -> "i32";
      default -> "u64";
    };
  }

  private static String parameter(CallShape call, Parameter parameter) {
    String type =
        parameter.isPointer()
            ? "*mut " + type(call.stub().result(parameter.name()).orElseThrow())
            : StubRegisters.argument(call, parameter.name()).map(RustStubs::type).orElse("usize");
    return parameter.name() + ": " + type;
  }

  private static String type(ArgumentShape argument) {
    return switch (argument.kind()) {
      case INT, TID, PRIORITY -> "i32";
      case LONG, ANY -> "u64";
      case IN, IN_ANY, TEXT -> "*const u8";
      case OUT, OUT_ANY -> "*mut u8";
      case OUT_INT -> "*mut i32";
      case OUT_POINTER -> "*mut *mut u8";
    };
  }

  private String body(long number, CallShape call) {
    StubRegisters registers = StubRegisters.of(call);
    List<String> lines = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    StubRegisters changed =
        call.result() == CallShape.Result.NONE
            ? new StubRegisters(registers.inputs(), new TreeMap<>(), new TreeSet<>())
            : registers;
    boolean isImmediate = abi.entry().numberRegister() == CallAbi.IMMEDIATE;
    lines.add("\"svc #%d\"".formatted(isImmediate ? number : abi.entry().immediate().orElse(0)));
    registers
        .outputs()
        .forEach((register, result) -> text.append("    let x%d: u64;\n".formatted(register)));
    registers
        .inputs()
        .forEach((register, name) -> lines.add(input(register, value(call, name), changed)));
    registers.outputs().keySet().stream()
        .filter(register -> !registers.inputs().containsKey(register))
        .forEach(register -> lines.add("lateout(\"x%d\") x%d".formatted(register, register)));
    if (!isImmediate) {
      lines.add(input(abi.entry().numberRegister(), "0x%xu64".formatted(number), changed));
    }
    boolean goesOn = call.result() != CallShape.Result.NONE;
    registers.clobbers().stream()
        .filter(_ -> goesOn)
        .filter(register -> !registers.inputs().containsKey(register))
        .filter(register -> register != abi.entry().numberRegister())
        .forEach(register -> lines.add("lateout(\"x%d\") _".formatted(register)));
    lines.add("options(" + String.join(", ", options(call)) + ")");
    String made =
        lines.stream().map(line -> "            " + line + ",\n").collect(Collectors.joining());
    text.append("    unsafe {\n        core::arch::asm!(\n").append(made).append("        )");
    return text + after(call, registers) + "    }\n" + returned(call);
  }

  private static String input(int register, String value, StubRegisters registers) {
    String out =
        registers.outputs().containsKey(register)
            ? "x" + register
            : registers.clobbers().contains(register) ? "_" : "";
    return out.isEmpty()
        ? "in(\"x%d\") %s".formatted(register, value)
        : "inlateout(\"x%d\") %s => %s".formatted(register, value, out);
  }

  private static List<String> options(CallShape call) {
    List<String> options = new ArrayList<>(List.of("nostack"));
    if (call.stub().memory() == Memory.NONE) {
      options.add("nomem");
    } else if (call.stub().memory() == Memory.READ) {
      options.add("readonly");
    }
    if (!call.stub().clobbers().areFlags()) {
      options.add("preserves_flags");
    }
    if (call.result() == CallShape.Result.NONE) {
      options.add("noreturn");
    }
    return options;
  }

  private static String value(CallShape call, String name) {
    if (StubRegisters.isPointer(call, name)) {
      return "*" + name + " as u64";
    }
    return name + " as u64";
  }

  private static String after(CallShape call, StubRegisters registers) {
    if (call.result() == CallShape.Result.NONE) {
      return "\n";
    }
    StringBuilder text = new StringBuilder(";\n");
    registers
        .outputs()
        .forEach((register, result) -> {
          if (StubRegisters.isPointer(call, result.name())) {
            text.append(
                "        *%s = x%d as %s;\n".formatted(result.name(), register, type(result)));
          }
        });
    return text.toString();
  }

  private static String returned(CallShape call) {
    return StubFiles.result(call)
        .map(result -> "    x%d as %s\n".formatted(result.register(), type(result)))
        .orElse("");
  }

  /** Not for programs: all stubs as functions of C, and callers that have them inlined. */
  private String callers(String name) {
    StringBuilder text = new StringBuilder("//! For roundhouse stubs check alone.\n");
    text.append("//! ").append(StubFiles.MADE).append("\n\nuse super::").append(name).append(";\n");
    abi.calls()
        .values()
        .forEach(call -> {
          String arguments =
              call.stub().parameters().stream()
                  .map(Parameter::name)
                  .collect(Collectors.joining(", "));
          String made = "unsafe { " + name + "::" + function(call) + "(" + arguments + ") }";
          if (isInline) {
            text.append("\n#[unsafe(no_mangle)]\nunsafe extern \"C\" ");
            text.append(signature(call, function(call)))
                .append(" {\n    ")
                .append(made)
                .append("\n}\n");
          }
          if (StubCheck.isCalledTwice(call)) {
            String signature = signature(call, function(call) + StubCheck.CALLER_SUFFIX);
            int end = signature.lastIndexOf(')');
            String head = signature.substring(0, end).replaceFirst("\\(", "(cell: *mut u64, ");
            text.append("\n#[unsafe(no_mangle)]\nunsafe extern \"C\" ").append(head);
            text.append(") -> u64 {\n    unsafe { *cell = ")
                .append(MARK)
                .append(" };\n    let _ = ")
                .append(made);
            text.append(";\n    let seen = unsafe { *cell };\n    let _ = ").append(made);
            text.append(";\n    seen\n}\n");
          }
        });
    return text.toString();
  }
}
