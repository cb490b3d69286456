package dev.roundhouse.cli.start;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lifts a library's old classes to a version that the JVM's AOT cache takes ({@code
 * build/train-start}): it leaves out those before version 50, whose verification needs no stack
 * maps (JEP 483; Java Virtual Machine Specification, 4.10.2). The code stays what it is.
 */
public final class LiftedJar {
  private static final int OLDEST_CACHED = ClassFile.JAVA_6_VERSION;
  private static final int LIFTED = ClassFile.JAVA_8_VERSION;
  private static final String CLASS = ".class";

  private final SequencedMap<String, byte[]> files = new TreeMap<>();
  private final ClassFile classes =
      ClassFile.of(
          StackMapsOption.GENERATE_STACK_MAPS,
          ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(this::own)
                  .orElse(ClassHierarchyResolver.defaultResolver())));

  private LiftedJar(JarFile jar) throws IOException {
    for (JarEntry entry : jar.stream().toList()) {
      try (InputStream content = jar.getInputStream(entry)) {
        files.put(entry.getName(), content.readAllBytes());
      }
    }
  }

  /**
   * Lifts the classes of jars in place; a jar without old classes is left alone.
   *
   * @param args paths of jars
   * @throws IOException if one cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    for (String path : args) {
      lift(Path.of(path));
    }
  }

  private static void lift(Path path) throws IOException {
    LiftedJar lifted;
    try (JarFile jar = new JarFile(path.toFile())) {
      lifted = new LiftedJar(jar);
    }
    if (lifted.liftAll()) {
      Path next = path.resolveSibling(path.getFileName() + ".next");
      lifted.write(next);
      Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private boolean liftAll() {
    List<String> old = new ArrayList<>();
    files.forEach((name, bytes) -> {
      if (name.endsWith(CLASS) && classes.parse(bytes).majorVersion() < OLDEST_CACHED) {
        old.add(name);
      }
    });
    old.forEach(name -> files.computeIfPresent(name, (_, bytes) -> lifted(classes.parse(bytes))));
    return !old.isEmpty();
  }

  private byte[] lifted(ClassModel old) {
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(LIFTED, 0);
          } else {
            builder.with(element);
          }
        };
    // Code that is handed on element by element gets stack maps.
    return classes.transformClass(
        old,
        version.andThen(
            ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element))));
  }

  private @Nullable InputStream own(ClassDesc type) {
    String descriptor = type.descriptorString();
    byte[] bytes = files.get(descriptor.substring(1, descriptor.length() - 1) + CLASS);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private void write(Path path) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path))) {
      for (var file : files.entrySet()) {
        JarEntry entry = new JarEntry(file.getKey());
        entry.setTime(0); // the same bytes from each build
        jar.putNextEntry(entry);
        jar.write(file.getValue());
        jar.closeEntry();
      }
    }
  }
}
