package dev.roundhouse.architecture;

import java.io.FileInputStream;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Uses everything that is banned, so that each ban is seen to work. Never run. */
@SuppressWarnings({"unused", "FutureReturnValueIgnored", "JavaTimeDefaultTimeZone", "resource"})
final class Offender {
  private Offender() {}

  static List<Object> values(Collection<String> collection, List<String> list) {
    return List.of(
        System.nanoTime(),
        Instant.now(),
        LocalDateTime.now(),
        Thread.currentThread(),
        Executors.newCachedThreadPool(),
        new CompletableFuture<String>(),
        new Random(),
        ThreadLocalRandom.current(),
        UUID.randomUUID(),
        Math.random(),
        collection.parallelStream(),
        list.parallelStream(),
        System.identityHashCode(list),
        new HashMap<String, String>(),
        new HashSet<String>(),
        new IdentityHashMap<String, String>(),
        Map.of("a", "b"),
        Set.of("a"),
        Stream.of("a").collect(Collectors.toSet()),
        System.getenv());
  }

  static void effects(Throwable thrown) {
    LockSupport.parkNanos(1);
    System.out.println("a");
    thrown.printStackTrace();
    Runtime.getRuntime().halt(0);
    System.exit(0);
  }

  static List<Object> files(Path path) throws IOException {
    return List.of(
        Files.readAllBytes(path),
        new FileInputStream(path.toFile()),
        FileChannel.open(path),
        AsynchronousFileChannel.open(path),
        new FileReader(path.toFile(), StandardCharsets.UTF_8),
        new RandomAccessFile(path.toFile(), "r"),
        new Scanner(path, StandardCharsets.UTF_8),
        new ZipFile(path.toFile()));
  }
}
