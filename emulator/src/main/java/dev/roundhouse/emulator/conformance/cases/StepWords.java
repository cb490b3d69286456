package dev.roundhouse.emulator.conformance.cases;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a step, taken one after the other. A number is decimal, or hexadecimal behind {@code
 * 0x}, with {@code M} for mebibytes behind it, or a name of the file {@code names}; {@code 'text'}
 * is bytes as in Java; {@code @ADDRESS:LENGTH} is a pointer to anywhere.
 */
final class StepWords {
  private static final Pattern WORD = Pattern.compile("'(?:[^'\\\\]++|\\\\.)*+'|\\S+");
  private static final String POINTER = "@";
  private static final String CHILD = "child";
  private static final String QUOTE = "'";
  private static final String MEBIBYTES = "M";
  private static final int MEBIBYTE_SHIFT = 20;
  private static final Map<String, Long> NAMES =
      CaseText.lines("names").stream()
          .map(line -> line.split(" = ", 2))
          .collect(Collectors.toUnmodifiableMap(name -> name[0], name -> Long.decode(name[1])));

  private final Deque<String> words = new ArrayDeque<>();

  private StepWords(String text) {
    WORD.matcher(text).results().map(MatchResult::group).forEach(words::add);
  }

  /** The words of each of several steps. */
  static List<StepWords> ofEach(String steps) {
    return steps.isEmpty()
        ? List.of()
        : Stream.of(CaseText.writtenOut(steps, CaseReader.SEPARATOR).split(CaseReader.SEPARATOR))
            .map(StepWords::new)
            .toList();
  }

  boolean hasNext() {
    return !words.isEmpty();
  }

  String next() {
    return words.remove();
  }

  long number() {
    return number(next());
  }

  int integer() {
    return Math.toIntExact(number());
  }

  private static long number(String word) {
    Long named = NAMES.get(word);
    if (named != null) {
      return named;
    }
    return word.endsWith(MEBIBYTES)
        ? Long.decode(word.substring(0, word.length() - 1)) << MEBIBYTE_SHIFT
        : Long.decode(word);
  }

  /** The bytes that a word in quotes stands for. */
  static String text(String word) {
    if (!word.startsWith(QUOTE) || !word.endsWith(QUOTE)) {
      throw new IllegalArgumentException("no text in quotes: " + word);
    }
    return word.substring(1, word.length() - 1).translateEscapes();
  }

  /** A tid; {@code sender}, {@code parent}, {@code self}, or {@code child0} and following. */
  TaskRef task() {
    return switch (next()) {
      case "sender" -> new TaskRef.LatestSender();
      case "parent" -> new TaskRef.Parent();
      case "self" -> new TaskRef.Self();
      case String child when child.startsWith(CHILD) ->
          new TaskRef.Child(Integer.parseInt(child.substring(CHILD.length())));
      case String tid -> new TaskRef.Literal(Math.toIntExact(number(tid)));
    };
  }

  /** Text, or a pointer. */
  Message message() {
    String word = next();
    if (word.startsWith(POINTER)) {
      return Message.at(address(word), length(word));
    }
    return Message.text(text(word));
  }

  /** A length of own bytes, or a pointer. */
  Buffer buffer() {
    String word = next();
    return word.startsWith(POINTER)
        ? Buffer.at(address(word), length(word))
        : Buffer.of(Math.toIntExact(number(word)));
  }

  /** A buffer if there is one more word; else so many own bytes. */
  Buffer bufferOr(int own) {
    return hasNext() ? buffer() : Buffer.of(own);
  }

  private static long address(String pointer) {
    return number(pointer.substring(POINTER.length(), pointer.indexOf(':')));
  }

  private static long length(String pointer) {
    return number(pointer.substring(pointer.indexOf(':') + 1));
  }

  /** A program and {@code KEY=VALUE}s behind it, or a message that has any argument block. */
  Message arguments() {
    if (words.element().startsWith(QUOTE) || words.element().startsWith(POINTER)) {
      return message();
    }
    String program = next();
    List<String> pairs = new ArrayList<>();
    while (hasNext()) {
      Collections.addAll(pairs, next().split("=", 2));
    }
    return Script.arguments(program, pairs.toArray(String[]::new));
  }
}
