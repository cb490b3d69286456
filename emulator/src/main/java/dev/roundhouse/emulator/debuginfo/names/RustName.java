package dev.roundhouse.emulator.debuginfo.names;

import dev.roundhouse.emulator.debuginfo.names.Mangled.Malformed;
import java.util.Optional;

/** Names of rustc's mangling of version 0 (Rust RFC 2603; the rustc book, symbol mangling). */
final class RustName {
  private static final int START = 2;

  private final Mangled in;

  /** In a type generic arguments follow its name at once, elsewhere behind a double colon. */
  private int typeDepth;

  private RustName(String symbol) {
    in = new Mangled(symbol, START);
  }

  static Optional<String> of(String symbol) {
    RustName name = new RustName(symbol);
    try {
      name.path();
      return Optional.of(name.in.out.toString());
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private interface Part {
    void read() throws Malformed;
  }

  private void path() throws Malformed {
    in.enter();
    switch (in.next()) {
      case 'C' -> in.say(identifier().name);
      case 'N' -> nested();
      case 'M' -> {
        implementation();
        in.say("<");
        type();
        in.say(">");
      }
      case 'X' -> {
        implementation();
        qualified();
      }
      case 'Y' -> qualified();
      case 'I' -> {
        path();
        in.say(typeDepth > 0 ? "<" : "::<");
        list(this::argument);
        in.say(">");
      }
      case 'B' -> again(this::path);
      default -> check(false);
    }
    in.leave();
  }

  private void qualified() throws Malformed {
    in.say("<");
    type();
    in.say(" as ");
    path();
    in.say(">");
  }

  /** Where an impl stands, which is not shown. */
  private void implementation() throws Malformed {
    int shown = in.out.length();
    disambiguator();
    path();
    in.out.setLength(shown);
  }

  private void nested() throws Malformed {
    char namespace = in.next();
    path();
    Identifier name = identifier();
    if (Character.isUpperCase(namespace)) {
      String kind = namespace == 'C' ? "closure" : namespace == 'S' ? "shim" : "" + namespace;
      String own = name.name.isEmpty() ? "" : ":" + name.name;
      in.say("::{" + kind + own + "#" + name.number + "}");
    } else {
      in.say(name.name.isEmpty() ? "" : "::" + name.name);
    }
  }

  private record Identifier(String name, long number) {}

  private Identifier identifier() throws Malformed {
    long number = disambiguator();
    boolean isPunycode = in.takes('u');
    int length = in.number();
    boolean _ = in.takes('_');
    String name = in.take(length);
    return new Identifier(isPunycode ? "{" + name + "}" : name, number);
  }

  private long disambiguator() throws Malformed {
    return in.takes('s') ? base62() + 1 : 0;
  }

  private long base62() throws Malformed {
    if (in.takes('_')) {
      return 0;
    }
    long value = 0;
    for (char digit = in.next(); digit != '_'; digit = in.next()) {
      int one = Character.digit(Character.toLowerCase(digit), Character.MAX_RADIX);
      check(one >= 0);
      value = value * 62 + (Character.isUpperCase(digit) ? one + 26 : one);
    }
    return value + 1;
  }

  /** Reads once more what was read at an earlier place. */
  private void again(Part part) throws Malformed {
    int here = in.at - 1;
    long place = base62();
    check(place >= 0 && place < here - START);
    int back = in.at;
    in.at = START + (int) place;
    in.enter();
    part.read();
    in.leave();
    in.at = back;
  }

  private void list(Part part) throws Malformed {
    for (boolean isFirst = true; !in.takes('E'); isFirst = false) {
      in.say(isFirst ? "" : ", ");
      part.read();
    }
  }

  private void argument() throws Malformed {
    if (in.takes('L')) {
      long _ = base62();
      in.say("'_");
    } else if (in.takes('K')) {
      constant();
    } else {
      type();
    }
  }

  private void type() throws Malformed {
    typeDepth++;
    typeItself();
    typeDepth--;
  }

  private void typeItself() throws Malformed {
    String basic = basicType(in.peek());
    if (!basic.isEmpty()) {
      char _ = in.next();
      in.say(basic);
      return;
    }
    in.enter();
    switch (in.next()) {
      case 'A' -> {
        in.say("[");
        type();
        in.say("; ");
        constant();
        in.say("]");
      }
      case 'S' -> {
        in.say("[");
        type();
        in.say("]");
      }
      case 'T' -> {
        in.say("(");
        list(this::type);
        in.say(")");
      }
      case 'R' -> reference("&");
      case 'Q' -> reference("&mut ");
      case 'P' -> reference("*const ");
      case 'O' -> reference("*mut ");
      case 'F' -> function();
      case 'D' -> dynamic();
      case 'B' -> again(this::type);
      default -> {
        in.at--;
        path();
      }
    }
    in.leave();
  }

  private void reference(String sign) throws Malformed {
    in.say(sign);
    if (in.takes('L')) {
      long _ = base62();
    }
    type();
  }

  private void function() throws Malformed {
    binder();
    in.say(in.takes('U') ? "unsafe fn(" : "fn(");
    if (in.takes('K') && !in.takes('C')) {
      Identifier _ = identifier();
    }
    list(this::type);
    in.say(")");
    if (!in.takes('u')) {
      in.say(" -> ");
      type();
    }
  }

  private void binder() throws Malformed {
    if (in.takes('G')) {
      long _ = base62();
    }
  }

  private void dynamic() throws Malformed {
    in.say("dyn ");
    binder();
    for (boolean isFirst = true; !in.takes('E'); isFirst = false) {
      in.say(isFirst ? "" : " + ");
      path();
      while (in.takes('p')) {
        in.say("<" + identifier().name + " = ");
        type();
        in.say(">");
      }
    }
    check(in.takes('L'));
    long _ = base62();
  }

  private void constant() throws Malformed {
    if (in.takes('p')) {
      in.say("_");
    } else if (in.takes('B')) {
      again(this::constant);
    } else {
      char kind = in.next();
      check(!basicType(kind).isEmpty());
      String sign = in.takes('n') ? "-" : "";
      StringBuilder digits = new StringBuilder();
      for (char digit = in.next(); digit != '_'; digit = in.next()) {
        digits.append(digit);
      }
      in.say(sign + value(kind, digits.isEmpty() ? "0" : digits.toString()));
    }
  }

  private static String value(char kind, String hex) throws Malformed {
    try {
      long value = Long.parseUnsignedLong(hex, 16);
      return kind == 'b' ? value == 0 ? "false" : "true" : Long.toUnsignedString(value);
    } catch (NumberFormatException e) {
      throw new Malformed();
    }
  }

  private static String basicType(char code) {
    return switch (code) {
      case 'a' -> "i8";
      case 'b' -> "bool";
      case 'c' -> "char";
      case 'd' -> "f64";
      case 'e' -> "str";
      case 'f' -> "f32";
      case 'h' -> "u8";
      case 'i' -> "isize";
      case 'j' -> "usize";
      case 'l' -> "i32";
      case 'm' -> "u32";
      case 'n' -> "i128";
      case 'o' -> "u128";
      case 's' -> "i16";
      case 't' -> "u16";
      case 'u' -> "()";
      case 'v' -> "...";
      case 'x' -> "i64";
      case 'y' -> "u64";
      case 'z' -> "!";
      case 'p' -> "_";
      default -> "";
    };
  }

  private static void check(boolean holds) throws Malformed {
    if (!holds) {
      throw new Malformed();
    }
  }
}
