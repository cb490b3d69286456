package dev.roundhouse.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;

/**
 * A call, or use of a field, that some of our packages must do without.
 *
 * @param owner full name of the class that declares it
 * @param members its methods, constructors ({@code <init>}) or fields; none stands for all
 * @param instead what to write instead
 * @param free packages (a prefix) or classes that may use it
 * @param banned packages (a prefix) that may not; none stands for all others of ours
 */
record BannedCall(
    String owner, List<String> members, String instead, List<String> free, List<String> banned) {

  static BannedCall everywhere(String owner, List<String> members, String instead) {
    return new BannedCall(owner, members, instead, List.of(), List.of());
  }

  BannedCall exceptIn(String... places) {
    return new BannedCall(owner, members, instead, List.of(places), banned);
  }

  BannedCall onlyBannedIn(String... places) {
    return new BannedCall(owner, members, instead, free, List.of(places));
  }

  /** The rule over those classes of ours that may not use it; it fails when there are none. */
  ArchRule rule() {
    return classes()
        .that(DescribedPredicate.describe("may not use " + this, this::concerns))
        .should(notUseIt());
  }

  private boolean concerns(JavaClass ours) {
    String name = ours.getFullName();
    return free.stream().noneMatch(name::startsWith)
        && (banned.isEmpty() || banned.stream().anyMatch(name::startsWith));
  }

  private ArchCondition<JavaClass> notUseIt() {
    return new ArchCondition<>("write instead: " + instead) {
      @Override
      public void check(JavaClass ours, ConditionEvents events) {
        ours.getAccessesFromSelf().stream()
            .filter(access -> isBanned(access.getTarget()))
            .forEach(access ->
                events.add(
                    violated(ours, access.getDescription() + "; write instead: " + instead)));
      }
    };
  }

  private boolean isBanned(AccessTarget target) {
    return target.getOwner().getFullName().equals(owner)
        && (members.isEmpty() || members.contains(target.getName()));
  }

  @Override
  public String toString() {
    return owner + (members.isEmpty() ? "" : " " + members);
  }
}
