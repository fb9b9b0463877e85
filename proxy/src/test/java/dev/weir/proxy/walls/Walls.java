package dev.weir.proxy.walls;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules, for the packages below a root: the real one, or one with planted violations. */
final class Walls {

  /** Everybody may see these. */
  private static final List<String> COMMON =
      List.of("java..", "javax..", "org.jspecify..", "dev.weir.routing");

  private static final Set<String> CLOCK_AND_SLEEP =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.time.Instant.now",
          "java.time.InstantSource.system",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system");

  private static final Set<String> RANDOMNESS =
      Set.of(
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.concurrent.ThreadLocalRandom.current");

  /** Types that are random where they are made without a seed. */
  private static final Set<String> DICE =
      Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom");

  /** Made of the contract's messages, not written. */
  private static final String CONTRACT = "dev.weir.v1";

  private final String root;

  Walls(String root) {
    this.root = root;
  }

  /** Wall 1. */
  ArchRule pathSeesNoThirdParty() {
    List<String> seen = new ArrayList<>(COMMON);
    seen.add(root + ".path");
    return onlySees(root + ".path..", seen);
  }

  /** Settings stand at the bottom: even the path does not know them, nor they the path. */
  ArchRule configSeesOnlyItself() {
    List<String> seen = new ArrayList<>(COMMON);
    seen.addAll(List.of(root + ".config", "org.yaml.snakeyaml.."));
    return onlySees(root + ".config..", seen);
  }

  /** Wall 2, for one step: of our own code it sees path, settings and the engine's port. */
  ArchRule stepSeesNoOther(String step) {
    String own = root + "." + step + "..";
    return noClasses()
        .that(resideInAPackage(own))
        .should()
        .dependOnClassesThat(
            ours()
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            own,
                            root + ".path",
                            root + ".config",
                            root + ".transport",
                            root + ".transport.contract..",
                            root + ".transport.tls",
                            CONTRACT,
                            "dev.weir.routing"))))
        .because("steps see path and settings, never each other")
        .allowEmptyShould(true);
  }

  /** Whoever calls has the contract, and none of the server's code. */
  ArchRule clientSeesNoServer() {
    String own = root + ".client..";
    return noClasses()
        .that(resideInAPackage(own))
        .should()
        .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAnyPackage(own, CONTRACT))))
        .because("clients are made from the contract alone");
  }

  /** Wall 2, for all. */
  ArchRule noCycles() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
  }

  /** Wall 3. */
  ArchRule clockIsWired() {
    return noClasses()
        .that(belowRoot())
        .should()
        .accessTargetWhere(calls("look at the clock or sleep", CLOCK_AND_SLEEP))
        .because("time comes from the Ticker that Wiring hands out");
  }

  /** Wall 3. */
  ArchRule randomnessIsWired() {
    return noClasses()
        .that(belowRoot())
        .should()
        .accessTargetWhere(calls("throw dice", RANDOMNESS).or(UNSEEDED))
        .because("randomness comes with a seed, or from Wiring");
  }

  /**
   * Wall 4.
   *
   * @param homes the only packages that see the library
   */
  ArchRule libraryStaysIn(String library, String... homes) {
    return noClasses()
        .that(DescribedPredicate.not(resideInAnyPackage(homes)))
        .should()
        .dependOnClassesThat(resideInAPackage(library + ".."))
        .because("each library has one home")
        .allowEmptyShould(true);
  }

  /** Wall 5. */
  static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("reside in a @NullMarked package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                events.add(
                    new SimpleConditionEvent(
                        type,
                        type.getPackage().isAnnotatedWith(NullMarked.class),
                        type.getName() + " is in a package that is not @NullMarked"));
              }
            });
  }

  /** Wall 5. */
  static ArchRule namesSayWhatThingsAre(String suffix) {
    return noClasses().should().haveSimpleNameEndingWith(suffix);
  }

  private static ArchRule onlySees(String packages, List<String> seen) {
    return classes()
        .that(resideInAPackage(packages))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(seen.toArray(String[]::new)))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> ours() {
    return resideInAPackage("dev.weir..");
  }

  /** Not the root itself: Main, Wiring and Server live there. */
  private DescribedPredicate<JavaClass> belowRoot() {
    return resideInAPackage(root + ".*..").as("reside below " + root);
  }

  private static DescribedPredicate<JavaAccess<?>> calls(String deed, Set<String> methods) {
    return DescribedPredicate.describe(
        deed,
        access ->
            methods.contains(
                access.getTargetOwner().getName() + "." + access.getTarget().getName()));
  }

  private static final DescribedPredicate<JavaAccess<?>> UNSEEDED =
      DescribedPredicate.describe(
          "use dice without a seed",
          access ->
              DICE.contains(access.getTargetOwner().getName())
                  && access.getTarget() instanceof CodeUnitAccessTarget made
                  && made.getName().equals("<init>")
                  && made.getRawParameterTypes().isEmpty());
}
