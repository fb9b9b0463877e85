package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Plan;
import dev.weir.chaos.server.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The graph and what the server has learned are on disk as a whole, of now or of before. */
final class AFullDiskLosesNothing implements Hypothesis {

  /** Less than the graph of any map. */
  private static final int LITTLE_BYTES = 50_000;

  @Override
  public Story story() {
    return new Story(
        "A server has imported the map, and saved what it learned of costs.",
        "The disk is full before that, in the middle of the graph, and after it, when the next one"
            + " wants to save.",
        "Whoever cannot write the graph says so in a line, and leaves no half of one. Whoever"
            + " cannot save serves as ever and ends as ever, and what was saved before is still"
            + " there as it was.",
        "With room the map is imported. The next one knows what was saved, and saves again.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Path graph = trial.arena().directory().resolve("full-disk");
    Plan plan = trial.plan(graph, Trial.config(2));
    importInVain(trial, plan);
    Path file = graph.resolve("costs");
    Victim first = trial.keep(Victim.start(plan));
    trial.watch(first);
    trial.pace(first);
    serve(trial, first);
    trial.check(first.stop() == 0, "the first one ends as it should");
    byte[] saved = Files.readAllBytes(file);

    Victim second = trial.keep(first.again());
    trial.fault(second, "disk-full", "");
    serve(trial, second);
    trial.check(second.stop() == 0, "on a full disk the next one ends as it should");
    trial.timeline().end("disk-full");
    trial.check(
        Arrays.equals(saved, Files.readAllBytes(file)), "what was saved is there as it was");

    Victim third = trial.keep(second.again());
    trial.check(
        third.lastWords().contains("know the costs of requests from before"),
        "the third one knows it");
    serve(trial, third);
    trial.check(third.stop() == 0, "the third one ends as it should");
    trial.check(!Arrays.equals(saved, Files.readAllBytes(file)), "and has saved more");
  }

  private static void importInVain(Trial trial, Plan plan) throws Exception {
    trial.timeline().begin("disk-full");
    Victim victim = trial.keep(Victim.startInVain(plan.withRoomFor(LITTLE_BYTES)));
    trial.timeline().end("disk-full");
    String said = victim.lastWords();
    trial.check(victim.exitCode() == 1, "one that cannot write the graph ends with a failure");
    trial.check(
        said.contains("cannot be written to " + plan.graphDir()) && !said.contains("\tat "),
        "it says what it cannot write: %s",
        said);
    try (Stream<Path> left = Files.list(plan.graphDir())) {
      List<String> names = left.map(path -> path.getFileName().toString()).toList();
      trial.check(names.equals(List.of("lock")), "it leaves no graph: %s", names);
    }
  }

  private static void serve(Trial trial, Victim victim) throws Exception {
    try (Traffic traffic =
        Traffic.http(
            victim.address(),
            trial.questions(victim),
            Manner.calm(Duration.ofSeconds(1)),
            trial.timeline(),
            trial.arena().seed())) {
      traffic.keep(2);
      double good = trial.goodWithin(Duration.ofSeconds(2));
      trial.check(good > 1, "it serves: %.0f good answers in a second", good);
    }
  }
}
