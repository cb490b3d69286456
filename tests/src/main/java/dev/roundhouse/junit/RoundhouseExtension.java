package dev.roundhouse.junit;

import dev.roundhouse.devices.train.event.Position;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test a machine of its own, and tells of it when the test fails. Either by {@link
 * RoundhouseTest}, or registered by a test class that makes its setup itself:
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final RoundhouseExtension MACHINES =
 *       RoundhouseExtension.with(setup -&gt; setup.program("user_entry", elf).track("A"));
 * </pre>
 */
public final class RoundhouseExtension
    implements ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RoundhouseExtension.class);
  private static final Set<Class<?>> TYPES =
      Set.of(Machine.class, TrackView.class, Uart.class, VirtualClock.class, TimelineView.class);

  private static final Pattern INVOCATION = Pattern.compile("invocation:#(\\d+)]$");

  private final UnaryOperator<MachineSetup> more;

  /** What {@link RoundhouseTest} and {@link Track} say. */
  public RoundhouseExtension() {
    this(setup -> setup);
  }

  private RoundhouseExtension(UnaryOperator<MachineSetup> more) {
    this.more = more;
  }

  /** A setup that code completes; called anew for each test. */
  public static RoundhouseExtension with(UnaryOperator<MachineSetup> setup) {
    return new RoundhouseExtension(setup);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType())
        && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Machine machine = machine(context);
    Parameter wanted = parameter.getParameter();
    Class<?> type = wanted.getType();
    if (type == TrackView.class) {
      return machine.track();
    }
    if (type == Uart.class) {
      return machine.console();
    }
    if (type == VirtualClock.class) {
      return machine.clock();
    }
    return type == TimelineView.class ? machine.timeline() : machine;
  }

  private Machine machine(ExtensionContext context) {
    return store(context)
        .getOrComputeIfAbsent(
            Machine.class, _ -> more.apply(declared(context)).machine(), Machine.class);
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  private static MachineSetup declared(ExtensionContext context) {
    MachineSetup setup = Machine.setup();
    find(context, RoundhouseTest.class).ifPresent(test -> apply(test, setup));
    find(context, Track.class).ifPresent(track -> apply(track, setup));
    return setup;
  }

  /** What the test method says, or its class, or a class around that. */
  private static <A extends Annotation> Optional<A> find(
      ExtensionContext context, Class<A> annotation) {
    Optional<A> found = AnnotationSupport.findAnnotation(context.getTestMethod(), annotation);
    Optional<ExtensionContext> at = Optional.of(context);
    while (found.isEmpty() && at.isPresent()) {
      found = AnnotationSupport.findAnnotation(at.get().getTestClass(), annotation);
      at = at.get().getParent();
    }
    return found;
  }

  private static void apply(RoundhouseTest test, MachineSetup setup) {
    if (!test.image().isEmpty()) {
      setup.image(test.image());
    }
    if (!test.kernel().isEmpty()) {
      setup.kernel(Path.of(test.kernel()));
    }
    if (!test.abi().isEmpty()) {
      setup.abi(test.abi());
    }
    for (String file : test.programs()) {
      setup.program(Path.of(file));
    }
    for (String argument : test.args()) {
      String[] parts = halves(argument, "args", "KEY=VALUE");
      setup.arg(parts[0], parts[1]);
    }
    setup.console(test.console()).profile(test.profile());
    for (String guard : test.guard()) {
      setup.guard(guard);
    }
    if (test.strict()) {
      setup.strict();
    }
  }

  private static void apply(Track track, MachineSetup setup) {
    setup.track(track.value()).trackUart(track.uart()).seed(track.seed());
    if (!track.faults().isEmpty()) {
      setup.faults(Path.of(track.faults()));
    }
    for (String train : track.trains()) {
      String[] parts = halves(train.replaceFirst("@", "="), "trains", "24@C13");
      setup.train(number(parts[0], train), parts[1]);
    }
    for (String turnout : track.turnouts()) {
      String[] parts = halves(turnout, "turnouts", "9=C");
      setup.turnout(number(parts[0], turnout), position(parts[1], turnout));
    }
  }

  private static String[] halves(String text, String attribute, String example) {
    int at = text.indexOf('=');
    if (at < 1) {
      throw new SetupException(attribute + ": \"" + text + "\" is not of the form " + example);
    }
    return new String[] {text.substring(0, at), text.substring(at + 1)};
  }

  private static int number(String text, String whole) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new SetupException("\"" + whole + "\" does not begin with a number", e);
    }
  }

  private static Position position(String text, String whole) {
    return switch (text) {
      case "S" -> Position.STRAIGHT;
      case "C" -> Position.CURVED;
      default ->
          throw new SetupException("\"" + whole + "\": a turnout is S, straight, or C, curved");
    };
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw told(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw told(context, failure);
  }

  /** Adds to the failure what the machine did. */
  private static Throwable told(ExtensionContext context, Throwable failure) {
    Machine machine = store(context).get(Machine.class, Machine.class);
    if (machine != null && machine.isUsed()) {
      String test = testName(context);
      String report = new FailureReport(machine, test, folder(context)).text();
      context.publishReportEntry("roundhouse", report);
      failure.addSuppressed(new MachineStory(report));
    }
    return failure;
  }

  /** Such as {@code Outer.Inner.method-2}, where 2 is the invocation of a repeated test. */
  private static String testName(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    String name = type.getName().substring(type.getPackageName().length()).replace('$', '.');
    Matcher invocation = INVOCATION.matcher(context.getUniqueId());
    return name.substring(name.startsWith(".") ? 1 : 0)
        + "."
        + context.getRequiredTestMethod().getName()
        + (invocation.find() ? "-" + invocation.group(1) : "");
  }

  private static Path folder(ExtensionContext context) {
    return Path.of(
        context.getConfigurationParameter("roundhouse.recordings").orElse("target/roundhouse"));
  }
}
