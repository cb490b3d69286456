package dev.roundhouse.emulator.debuginfo.names;

import dev.roundhouse.emulator.debuginfo.names.Mangled.Malformed;

/** The names that C++ itself has: Itanium C++ ABI, 5.1.3 and 5.1.5. */
final class CppTypes {
  private CppTypes() {}

  /** A type inside of another. */
  interface Inner {
    String read() throws Malformed;
  }

  /** A type that the language has; empty if another comes next. */
  static String builtin(Mangled in) {
    String two =
        in.takes("Dn")
            ? "decltype(nullptr)"
            : in.takes("Da")
                ? "auto"
                : in.takes("Di") ? "char32_t" : in.takes("Ds") ? "char16_t" : "";
    if (!two.isEmpty()) {
      return two;
    }
    String one =
        switch (in.peek()) {
          case 'v' -> "void";
          case 'w' -> "wchar_t";
          case 'b' -> "bool";
          case 'c' -> "char";
          case 'a' -> "signed char";
          case 'h' -> "unsigned char";
          case 's' -> "short";
          case 't' -> "unsigned short";
          case 'i' -> "int";
          case 'j' -> "unsigned int";
          case 'l' -> "long";
          case 'm' -> "unsigned long";
          case 'x' -> "long long";
          case 'y' -> "unsigned long long";
          case 'n' -> "__int128";
          case 'o' -> "unsigned __int128";
          case 'f' -> "float";
          case 'd' -> "double";
          case 'e' -> "long double";
          case 'z' -> "...";
          default -> "";
        };
    in.at += one.isEmpty() ? 0 : 1;
    return one;
  }

  /** A type with a qualifier or sign. */
  static String qualified(char sign, Inner inner) throws Malformed {
    String type = inner.read();
    return switch (sign) {
      case 'P' -> type + "*";
      case 'R' -> type + "&";
      case 'O' -> type + "&&";
      case 'K' -> type + " const";
      case 'V' -> type + " volatile";
      default -> type + " restrict";
    };
  }

  /** An operator by its two letters. */
  static String operator(String code) throws Malformed {
    return switch (code) {
      case "ps", "pl" -> "+";
      case "ng", "mi" -> "-";
      case "ad", "an" -> "&";
      case "de", "ml" -> "*";
      case "co" -> "~";
      case "dv" -> "/";
      case "rm" -> "%";
      case "or" -> "|";
      case "eo" -> "^";
      case "ls" -> "<<";
      case "rs" -> ">>";
      case "nt" -> "!";
      case "aa" -> "&&";
      case "oo" -> "||";
      case "pp" -> "++";
      case "mm" -> "--";
      case "cm" -> ",";
      default -> rarer(code);
    };
  }

  private static String rarer(String code) throws Malformed {
    return switch (code) {
      case "aS" -> "=";
      case "pL" -> "+=";
      case "mI" -> "-=";
      case "mL" -> "*=";
      case "dV" -> "/=";
      case "nw" -> " new";
      case "na" -> " new[]";
      case "dl" -> " delete";
      case "da" -> " delete[]";
      case "eq" -> "==";
      case "ne" -> "!=";
      case "lt" -> "<";
      case "gt" -> ">";
      case "le" -> "<=";
      case "ge" -> ">=";
      case "ss" -> "<=>";
      case "pt" -> "->";
      case "cl" -> "()";
      case "ix" -> "[]";
      default -> throw new Malformed();
    };
  }
}
