package dev.roundhouse.emulator.debuginfo.names;

import dev.roundhouse.emulator.debuginfo.names.Mangled.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names of C++ (Itanium C++ ABI, 5.1), without the parameters of functions. Expressions in template
 * arguments are not read: such a name stays as it is.
 */
final class CppName {
  private static final int START = 2;
  private static final int LONGEST = 2000;

  private final Mangled in;

  /** What may be referred to again. */
  private final List<String> known = new ArrayList<>();

  private List<String> arguments = List.of();

  private CppName(String symbol) {
    in = new Mangled(symbol, START);
  }

  static Optional<String> of(String symbol) {
    try {
      return Optional.of(new CppName(symbol).encoding());
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private String encoding() throws Malformed {
    if (in.takes("TV")) {
      return "vtable for " + type();
    }
    if (in.takes("TI")) {
      return "typeinfo for " + type();
    }
    if (in.takes("GV")) {
      return "guard variable for " + name();
    }
    if (in.takes("Th") || in.takes("Tv")) {
      while (in.next() != '_') {
        // The offsets of a thunk are not shown.
      }
      return "thunk to " + encoding();
    }
    return name();
  }

  private String name() throws Malformed {
    in.enter();
    String name;
    if (in.takes('N')) {
      name = nested();
    } else if (in.takes('Z')) {
      name = local();
    } else {
      boolean isSubstitution = in.peek() == 'S';
      name = isSubstitution ? substitution() : unqualified("");
      if (in.peek() == 'I') {
        if (!isSubstitution) {
          known.add(name);
        }
        name += templateArguments();
      }
    }
    in.leave();
    return limited(name);
  }

  private static String limited(String name) throws Malformed {
    check(name.length() <= LONGEST);
    return name;
  }

  private String local() throws Malformed {
    String around = encoding();
    while (!in.takes('E')) {
      String _ = type();
    }
    if (in.takes('s')) {
      return around;
    }
    String inside = name();
    if (in.takes('_')) {
      int _ = in.number();
    }
    return around + "::" + inside;
  }

  private String nested() throws Malformed {
    while ("rVK".indexOf(in.peek()) >= 0) {
      char _ = in.next();
    }
    boolean _ = in.takes('R') || in.takes('O');
    String present = "";
    boolean isKnown = true;
    while (!in.takes('E')) {
      if (!isKnown) {
        known.add(limited(present));
      }
      isKnown = false;
      switch (in.peek()) {
        case 'S' -> {
          check(present.isEmpty());
          present = substitution();
          isKnown = true;
        }
        case 'T' -> {
          check(present.isEmpty());
          present = parameter();
        }
        case 'I' -> present += templateArguments();
        default -> present += (present.isEmpty() ? "" : "::") + unqualified(present);
      }
    }
    check(!present.isEmpty());
    return present;
  }

  /**
   * A name alone.
   *
   * @param around the class that it is in, for constructors
   */
  private String unqualified(String around) throws Malformed {
    boolean _ = in.takes('L');
    String name;
    char first = in.peek();
    if (Character.isDigit(first)) {
      name = in.take(in.number());
      name = name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
    } else if (first == 'C' || (first == 'D' && !around.isEmpty())) {
      char _ = in.next();
      boolean isKind = Character.isDigit(in.next());
      check(isKind);
      name = (first == 'D' ? "~" : "") + lastOf(around);
    } else if (in.takes("Ul")) {
      while (!in.takes('E')) {
        String _ = type();
      }
      name = "{lambda" + number() + "}";
    } else if (in.takes("Ut")) {
      name = "{unnamed type" + number() + "}";
    } else {
      name = "operator" + CppTypes.operator(in.take(2));
    }
    while (in.takes('B')) {
      name += "[abi:" + in.take(in.number()) + "]";
    }
    return name;
  }

  private String number() throws Malformed {
    int which = in.peek() == '_' ? 1 : in.number() + 2;
    check(in.takes('_'));
    return "#" + which;
  }

  /** The name of the class itself, without what is around it and its template arguments. */
  private static String lastOf(String name) {
    int depth = 0;
    int end = name.length();
    for (int i = name.length() - 1; i >= 0; i--) {
      char c = name.charAt(i);
      depth += c == '>' ? 1 : 0;
      depth -= c == '<' ? 1 : 0;
      if (depth == 0 && c == '<') {
        end = i;
      } else if (depth == 0 && c == ':') {
        return name.substring(i + 1, end);
      }
    }
    return name.substring(0, end);
  }

  private String templateArguments() throws Malformed {
    check(in.takes('I'));
    List<String> read = new ArrayList<>();
    while (!in.takes('E')) {
      argument(read);
    }
    arguments = List.copyOf(read);
    return limited("<" + String.join(", ", read) + ">");
  }

  private void argument(List<String> read) throws Malformed {
    in.enter();
    if (in.takes('J')) {
      while (!in.takes('E')) {
        argument(read);
      }
    } else if (in.takes('L')) {
      read.add(literal());
    } else {
      read.add(type());
    }
    in.leave();
  }

  private String literal() throws Malformed {
    if (in.takes("_Z")) {
      String name = encoding();
      check(in.takes('E'));
      return name;
    }
    String type = type();
    StringBuilder value = new StringBuilder();
    for (char digit = in.next(); digit != 'E'; digit = in.next()) {
      value.append(digit == 'n' ? '-' : digit);
    }
    return type.equals("bool") ? value.toString().equals("0") ? "false" : "true" : value.toString();
  }

  private String parameter() throws Malformed {
    check(in.takes('T'));
    int which = in.peek() == '_' ? 0 : in.number() + 1;
    check(in.takes('_') && which < arguments.size());
    return arguments.get(which);
  }

  private String substitution() throws Malformed {
    check(in.takes('S'));
    char code = in.next();
    switch (code) {
      case 't' -> {
        String name = "std::" + unqualified("");
        known.add(name);
        return name;
      }
      case 'a' -> {
        return "std::allocator";
      }
      case 'b' -> {
        return "std::basic_string";
      }
      case 's' -> {
        return "std::string";
      }
      case 'i' -> {
        return "std::istream";
      }
      case 'o' -> {
        return "std::ostream";
      }
      default -> {}
    }
    int which = 0;
    for (char digit = code; digit != '_'; digit = in.next()) {
      int value = Character.digit(digit, Character.MAX_RADIX);
      check(value >= 0 && which < LONGEST);
      which = Math.max(which - 1, 0) * Character.MAX_RADIX + value + 1;
    }
    check(which < known.size());
    return known.get(which);
  }

  private String type() throws Malformed {
    in.enter();
    String type = CppTypes.builtin(in);
    if (type.isEmpty()) {
      type = compound();
    }
    in.leave();
    return limited(type);
  }

  private String function() throws Malformed {
    char _ = in.next();
    String result = type();
    List<String> parameters = new ArrayList<>();
    while (!in.takes('E')) {
      parameters.add(type());
    }
    return result + " (" + String.join(", ", parameters) + ")";
  }

  private String compound() throws Malformed {
    String type;
    switch (in.peek()) {
      case 'S' -> {
        type = substitution();
        if (in.peek() != 'I') {
          return type;
        }
        type += templateArguments();
      }
      case 'T' -> {
        type = parameter();
        if (in.peek() == 'I') {
          known.add(type);
          type += templateArguments();
        }
      }
      case 'P', 'R', 'O', 'K', 'V', 'r' -> type = CppTypes.qualified(in.next(), this::type);
      case 'F' -> type = function();
      case 'A' -> {
        char _ = in.next();
        int count = in.number();
        check(in.takes('_'));
        type = type() + "[" + count + "]";
      }
      case 'M' -> {
        char _ = in.next();
        String owner = type();
        type = type() + " " + owner + "::*";
      }
      default -> type = in.takes("Dp") ? type() : name();
    }
    known.add(type);
    return type;
  }

  private static void check(boolean holds) throws Malformed {
    if (!holds) {
      throw new Malformed();
    }
  }
}
