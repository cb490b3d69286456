package dev.roundhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roundhouse.emulator.file.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stubs that are made from profiles, compiled without a warning and executed. */
class StubsGenerateTest {
  private static final Path GCC = Path.of("/usr/bin/aarch64-linux-gnu-gcc");
  private static final Path SDK = Path.of("..", "firmware-images", "sdk", "c", "syscalls.S");

  /** Of Rust's core only what stubs need, as none is installed for this target. */
  private static final String CORE =
      """
      #![feature(no_core, lang_items, rustc_attrs, decl_macro, auto_traits)]
      #![no_core]
      #![allow(internal_features)]
      extern crate self as core;
      #[lang = "pointee_sized"] pub trait PointeeSized {}
      #[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
      #[lang = "sized"] pub trait Sized: MetaSized {}
      #[lang = "copy"] pub trait Copy {}
      #[lang = "freeze"] unsafe auto trait Freeze {}
      impl Copy for u64 {}
      impl Copy for usize {}
      impl Copy for i32 {}
      impl<T> Copy for *mut T {}
      impl<T> Copy for *const T {}
      pub mod arch {
          #[rustc_builtin_macro]
          pub macro asm("assembly template", $(operands,)* $(options($(option),*))?) {}
          #[rustc_builtin_macro]
          pub macro global_asm("assembly template", $(operands,)* $(options($(option),*))?) {}
      }
      """;

  @TempDir private Path folder;

  private static int exitCode(List<String> line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("RUSTC_BOOTSTRAP", "1");
    return builder.start().waitFor();
  }

  private String linked(String name, String... words) throws Exception {
    String file = folder.resolve(name).toString();
    List<String> line = new ArrayList<>(List.of(GCC.toString(), "-O2", "-Wall", "-Wextra"));
    line.addAll(List.of("-Wpedantic", "-Werror", "-nostdlib", "-static", "-ffreestanding"));
    line.addAll(List.of("-fno-stack-protector", "-Wl,-e,0", "-Wl,--build-id=none", "-o", file));
    line.addAll(Arrays.asList(words));
    assertThat(exitCode(line)).isZero();
    return file;
  }

  private int rust(String name, String source) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".rs"), source);
    return exitCode(
        List.of(
            "rustc",
            "--edition=2024",
            "--target=aarch64-unknown-none",
            "--crate-type=lib",
            "-Copt-level=2",
            "-Cpanic=abort",
            "-Dwarnings",
            "--emit=obj",
            "-o",
            folder.resolve(name + ".o").toString(),
            file.toString()));
  }

  private boolean isRustThere() throws Exception {
    return Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "rustc")))
        && rust("empty", CORE) == 0;
  }

  private void make(String abi, String language) {
    Invocation made =
        Invocation.of(
            "stubs", "generate", "--abi", abi, "--language", language, "-o", folder.toString());
    assertThat(made.err()).isEmpty();
    assertThat(made.exitCode()).isZero();
  }

  private String madeInC(String abi) throws Exception {
    make(abi, "c");
    List<String> sources = new ArrayList<>(List.of(folder.resolve(abi + "_check.c").toString()));
    Path assembly = folder.resolve(abi + ".S");
    if (Files.exists(assembly)) {
      sources.add(assembly.toString());
    }
    return linked(abi + ".elf", sources.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"sel4, 16", "trainsos, 28", "mini, 9"})
  void stubsMadeInCAndRustAreEqual(String abi, int stubs) throws Exception {
    assumeTrue(Files.isExecutable(GCC), "gcc-aarch64-linux-gnu is not installed");
    List<String> line = new ArrayList<>(List.of("stubs", "check", "--abi", abi, madeInC(abi)));
    if (isRustThere()) {
      make(abi, "rust");
      String crate = CORE + "pub mod %s;\nmod %s_check;\n".formatted(abi, abi);
      assertThat(rust("crate", crate)).isZero();
      line.add(linked("rust.elf", folder.resolve("crate.o").toString()));
    }
    Invocation check = Invocation.of(line.toArray(String[]::new));
    assertThat(check.out()).contains(stubs + " stubs are as " + abi + " says, 0 different\n");
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void theStubsOfTheSdkDoWhatThoseThatAreMadeDo() throws Exception {
    assumeTrue(Files.isExecutable(GCC), "gcc-aarch64-linux-gnu is not installed");
    String sdk = linked("sdk.elf", SDK.toString());
    Invocation check =
        Invocation.of("stubs", "check", "--abi", "trainsos", sdk, madeInC("trainsos"));
    assertThat(check.out()).contains("15 stubs are", "28 stubs are").doesNotContain("only ");
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void theSdksStubsAreByteForByteWhatIsMade() throws Exception {
    assumeTrue(Files.isExecutable(GCC), "gcc-aarch64-linux-gnu is not installed");
    make("trainsos", "c");
    String made = linked("made.elf", "-s", folder.resolve("trainsos.S").toString());
    String sdk = linked("sdk.elf", "-s", SDK.toString());
    assertThat(Files.readAllBytes(Path.of(made))).isEqualTo(Files.readAllBytes(Path.of(sdk)));
  }

  @Test
  void whatCannotBeMadeIsSaidInOneLine() throws IOException {
    Path own = folder.resolve("own.json");
    String calls = "\"calls\": [{\"number\": 1, \"name\": \"yield\", \"clobbers\": \"x29\"}]}";
    Files.writeString(own, "{\"name\": \"k\", " + calls);
    assertWrong("\"yield\" can be no name in C and Rust", own.toString(), "c", "out");
    Files.writeString(own, "{\"name\": \"k\", \"prefix\": \"k_\", " + calls);
    assertWrong("yield uses x29, which no inline assembly can have", own.toString(), "c", "out");
    assertWrong("needs --language c or rust", "sel4", "ada", "out");
    make("sel4", "c");
    assertWrong("sel4.h is there already", "sel4", "c", "");
  }

  private void assertWrong(String told, String abi, String language, String to) {
    String out = folder.resolve(to).toString();
    Invocation made =
        Invocation.of("stubs", "generate", "--abi", abi, "--language", language, "-o", out);
    assertThat(made.err()).contains(told).hasLineCount(1);
    assertThat(made.exitCode()).isEqualTo(ExitCode.USAGE.code());
  }
}
