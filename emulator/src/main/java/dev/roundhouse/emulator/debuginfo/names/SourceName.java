package dev.roundhouse.emulator.debuginfo.names;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name that a symbol has in the source, if the symbol is one of Rust's or C++'s. */
public final class SourceName {
  private static final Pattern LEGACY_HASH = Pattern.compile("17h[0-9a-f]{16}E");
  private static final Pattern ESCAPE = Pattern.compile("\\$([A-Z]{1,2}|u[0-9a-f]{1,6})\\$");

  private SourceName() {}

  /** The name in the source; the symbol itself if it is none that a compiler made. */
  public static String of(String symbol) {
    // What compilers and linkers add for a part or a copy of a function: .cold, .llvm.123, .isra.0.
    int dot = symbol.indexOf('.', 1);
    boolean isLegacy = symbol.startsWith("_ZN") && LEGACY_HASH.matcher(symbol).find();
    if (isLegacy) {
      return legacyRust(symbol).orElse(symbol);
    }
    String base = dot < 0 ? symbol : symbol.substring(0, dot);
    Optional<String> name = Optional.empty();
    if (base.startsWith("_R")) {
      name = RustName.of(base);
    } else if (base.startsWith("_Z")) {
      name = CppName.of(base);
    }
    return name.orElse(symbol);
  }

  /**
   * Names of rustc before version 0 of its mangling: those of C++'s nested names, with escapes and
   * a hash at the end (rustc, compiler/rustc_symbol_mangling/src/legacy.rs).
   */
  private static Optional<String> legacyRust(String symbol) {
    StringBuilder name = new StringBuilder();
    int at = 3;
    while (at < symbol.length() && symbol.charAt(at) != 'E') {
      int digits = at;
      while (digits < symbol.length() && Character.isDigit(symbol.charAt(digits))) {
        digits++;
      }
      if (digits == at || digits - at > 4) {
        return Optional.empty();
      }
      int end = digits + Integer.parseInt(symbol, at, digits, 10);
      if (end >= symbol.length()) {
        return Optional.empty();
      }
      String part = symbol.substring(digits, end);
      boolean isHash =
          symbol.charAt(end) == 'E' && LEGACY_HASH.matcher(symbol).region(at, end + 1).matches();
      if (!isHash) {
        name.append(name.isEmpty() ? "" : "::").append(unescaped(part));
      }
      at = end;
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
  }

  private static String unescaped(String part) {
    String plain = part.startsWith("_$") ? part.substring(1) : part;
    return ESCAPE.matcher(plain.replace("..", "::")).replaceAll(SourceName::escaped);
  }

  private static String escaped(java.util.regex.MatchResult escape) {
    String code = escape.group(1);
    String text =
        switch (code) {
          case "SP" -> "@";
          case "BP" -> "*";
          case "RF" -> "&";
          case "LT" -> "<";
          case "GT" -> ">";
          case "LP" -> "(";
          case "RP" -> ")";
          case "C" -> ",";
          default -> {
            int character = code.startsWith("u") ? Integer.parseInt(code, 1, code.length(), 16) : 0;
            yield Character.isValidCodePoint(character) && character > 0
                ? Character.toString(character)
                : escape.group();
          }
        };
    return Matcher.quoteReplacement(text);
  }
}
