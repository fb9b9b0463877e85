package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** What the server has learned is on disk as a whole, of now or of before. */
final class AFullDiskLosesNothing implements Hypothesis {

  @Override
  public Story story() {
    return new Story(
        "A server has saved what it learned of costs.",
        "The disk is full when the next one wants to save.",
        "It serves as ever and ends as ever, and what was saved before is still there as it was.",
        "The next one knows it, and saves again.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Path file = trial.arena().graph().resolve("costs");
    Victim first = trial.pacedServer("");
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
