package dev.roundhouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Texts for people use the manuals' names: no string of several words, and so no warning of any
 * device, has the name of one of our classes in it.
 */
class MessagesTest {
  /** A name that is no word of English and no register's, such as {@code Pl011Line}. */
  private static final Pattern COMPOUND = Pattern.compile("[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+");

  /** Or one with a member, such as {@code Watchdog.LENGTH}. */
  private static final Pattern WITH_MEMBER = Pattern.compile("([A-Z][A-Za-z0-9]*)\\.[A-Z]\\w*");

  private static final Set<String> NAMES = names();

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    OurClasses.ALL.forEach(ours -> names.add(ours.getSimpleName()));
    return names;
  }

  @Test
  void noTextHasTheNameOfAClass() {
    List<String> found = new ArrayList<>();
    OurClasses.ALL.forEach(ours -> found.addAll(inTextsOf(ours)));
    assertThat(found).isEmpty();
  }

  @Test
  void theRuleSeesAnOffender() {
    assertThat(namesIn("wait for Pl011Line.FR.TXFF = 0")).contains("Pl011Line");
    assertThat(namesIn("the Watchdog.LENGTH is")).containsExactly("Watchdog");
    assertThat(namesIn("AwaitEvent")).isEmpty();
    assertThat(namesIn("wait for FR.TXFF = 0, the Bus and its Register")).isEmpty();
  }

  private static List<String> inTextsOf(JavaClass ours) {
    List<String> found = new ArrayList<>();
    for (PoolEntry entry : ClassFile.of().parse(bytes(ours)).constantPool()) {
      if (entry instanceof StringEntry text) {
        namesIn(text.stringValue())
            .forEach(name -> found.add(ours.getName() + ": " + name + ": " + text.stringValue()));
      }
    }
    return found;
  }

  private static Set<String> namesIn(String text) {
    Set<String> found = new TreeSet<>();
    if (!text.contains(" ")) {
      return found;
    }
    for (Matcher name = COMPOUND.matcher(text); name.find(); ) {
      addIfOurs(name.group(), found);
    }
    for (Matcher name = WITH_MEMBER.matcher(text); name.find(); ) {
      addIfOurs(name.group(1), found);
    }
    return found;
  }

  private static void addIfOurs(String name, Set<String> found) {
    if (NAMES.contains(name)) {
      found.add(name);
    }
  }

  private static byte[] bytes(JavaClass ours) {
    try (InputStream in = ours.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
