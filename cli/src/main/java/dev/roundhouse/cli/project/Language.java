package dev.roundhouse.cli.project;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/** The languages that there is an SDK for, and what a build needs of the host. */
public enum Language {
  /** C, by Debian's cross compiler. */
  C("c"),
  /** Rust, by Debian's compiler; core is built from source. */
  RUST("rust");

  private final String word;

  Language(String word) {
    this.word = word;
  }

  private Set<Tool> tools() {
    return switch (this) {
      case C -> EnumSet.of(Tool.MAKE, Tool.CROSS_COMPILER);
      case RUST -> EnumSet.allOf(Tool.class);
    };
  }

  /** What a build needs, and the Debian package that has it. */
  private enum Tool {
    MAKE("make", "make"),
    CROSS_COMPILER("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
    RUSTC("/usr/bin/rustc", "rustc-web"),
    CARGO("/usr/bin/cargo", "cargo-web"),
    RUST_SOURCE("/usr/lib/rustlib/src/rust/library", "rust-web-src");

    private final String file;
    private final String debianPackage;

    Tool(String file, String debianPackage) {
      this.file = file;
      this.debianPackage = debianPackage;
    }

    private boolean isOn(String searchPath) {
      if (Path.of(file).isAbsolute()) {
        return Files.exists(Path.of(file));
      }
      StringTokenizer folders = new StringTokenizer(searchPath, File.pathSeparator);
      while (folders.hasMoreTokens()) {
        if (Files.isExecutable(Path.of(folders.nextToken(), file))) {
          return true;
        }
      }
      return false;
    }
  }

  /** The language of a word on the command line. */
  public static Optional<Language> of(String word) {
    for (Language language : values()) {
      if (language.word.equals(word)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /** The word for it on the command line; also its folder of templates. */
  public String word() {
    return word;
  }

  /**
   * The Debian packages that a build needs and this host seems not to have.
   *
   * @param searchPath the folders of commands, like the environment variable PATH
   */
  public List<String> missingPackages(String searchPath) {
    List<String> missing = new ArrayList<>();
    for (Tool tool : tools()) {
      if (!tool.isOn(searchPath)) {
        missing.add(tool.debianPackage);
      }
    }
    return missing;
  }
}
