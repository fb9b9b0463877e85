package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Riders;
import dev.weir.chaos.load.Riders.Ending;
import dev.weir.chaos.server.Victim;
import dev.weir.v1.RideEndReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A ride has its route: it goes on by that while there is no other, until somebody ends it. */
final class ARideEndsWithAReasonAndNotForAFaultOfTheEngine implements Hypothesis {

  private static final int RIDES = 30;
  private static final int TOO_MANY = 5;
  private static final Duration SOON = Duration.ofSeconds(5);

  @Override
  public Story story() {
    return new Story(
        "Thirty rides are followed, as many as may be, and no more are.",
        "The engine fails, hangs and is slow; then riders fall silent; then the server is told to"
            + " stop; and the next one is killed.",
        "No ride ends as long as it is only the engine; whoever is silent, or is there when the"
            + " server stops, is told so; when it is killed all hear that; nobody hangs.",
        "No ride is counted that is not there, and the next server follows rides as before.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer(
            "breaker: {open-for: 1s}\ngrpc: {max-rides: " + RIDES + ", ride-silence: 10s}\n");
    List<Question> calls = trial.calls(victim);
    Riders first = followed(trial, victim, calls);
    int refused = first.ended(Ending.REFUSED);
    first.start(TOO_MANY);
    trial.checkSoon(
        SOON, "no more are let in", () -> first.ended(Ending.REFUSED) == refused + TOO_MANY);
    engineFails(trial, victim, first);

    trial.timeline().begin("silence");
    first.fallSilent();
    trial.checkSoon(
        Duration.ofSeconds(15),
        "all silent rides have ended as such",
        () -> first.endedFor(RideEndReason.RIDE_END_REASON_SILENT) == RIDES);
    trial.timeline().end("silence");
    trial.checkSoon(SOON, "no ride is counted", () -> rides(victim) == 0);

    Riders second = followed(trial, victim, calls);
    trial.timeline().begin("drain");
    trial.check(victim.stop() == 0, "the server ends as it should");
    trial.timeline().end("drain");
    trial.checkSoon(SOON, "nobody hangs", () -> second.open() == 0);
    int told = second.endedFor(RideEndReason.RIDE_END_REASON_DRAINING);
    trial.check(told == RIDES, "%d were told that the server stops", told);

    Victim next = trial.keep(victim.again());
    trial.watch(next);
    trial.pace(next);
    Riders third = followed(trial, next, calls);
    trial.timeline().begin("no server");
    next.kill();
    trial.checkSoon(SOON, "nobody hangs", () -> third.open() == 0);
    trial.timeline().end("no server");
    trial.check(third.ended(Ending.CUT) == RIDES, "%d were cut off", third.ended(Ending.CUT));
    int wrong = 0;
    for (Riders each : List.of(first, second, third)) {
      wrong += each.ended(Ending.TWICE) + each.ended(Ending.WITHOUT_A_WORD);
    }
    trial.check(wrong == 0, "no ride ended without a word, or twice");
  }

  private static Riders followed(Trial trial, Victim victim, List<Question> calls)
      throws Exception {
    Riders riders = trial.keep(new Riders(victim.grpcAddress(), calls));
    riders.keep(RIDES);
    trial.checkSoon(
        Duration.ofSeconds(10), "all rides are followed", () -> riders.followed() == RIDES);
    riders.keep(0);
    trial.check(rides(victim) == RIDES, "and counted");
    return riders;
  }

  private static void engineFails(Trial trial, Victim victim, Riders riders) throws Exception {
    int refused = riders.ended();
    long routesBefore = riders.furtherRoutes();
    trial.fault(victim, "engine-errors", "part=1");
    trial.pass(Duration.ofSeconds(2));
    trial.heal(victim, "engine-errors");
    trial.fault(victim, "engine-hang", "next=1&for=2");
    trial.pass(Duration.ofSeconds(2));
    trial.timeline().end("engine-hang");
    trial.fault(victim, "engine-latency", "millis=300");
    trial.pass(Duration.ofSeconds(2));
    trial.pace(victim);
    trial.timeline().end("engine-latency");
    int ended = riders.ended() - refused;
    trial.check(ended == 0, "%d rides ended because the engine was unwell", ended);
    trial.check(rides(victim) == RIDES, "all are counted");
    trial.checkSoon(
        Duration.ofSeconds(20),
        "riders who leave their way get other routes",
        () -> riders.furtherRoutes() >= routesBefore + RIDES / 2);
  }

  private static double rides(Victim victim) throws IOException {
    return victim.admin().metrics().sum("weir_rides");
  }
}
