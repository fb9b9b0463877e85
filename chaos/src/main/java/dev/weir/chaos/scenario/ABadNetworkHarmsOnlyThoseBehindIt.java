package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.FaultProxy;
import dev.weir.chaos.fault.FaultProxy.Weather;
import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Timeline;
import dev.weir.chaos.server.Victim;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Some callers come by a network that is late, slow, torn or dead; others do not. */
final class ABadNetworkHarmsOnlyThoseBehindIt implements Hypothesis {

  private static final Map<String, Weather> WEATHERS =
      Map.of(
          "late", new Weather(150, 100, 0, 0, false),
          "slow", new Weather(0, 0, 2_000, 0, false),
          "torn", new Weather(0, 0, 0, 1_500, false),
          "dead", new Weather(0, 0, 0, 0, true));

  @Override
  public Story story() {
    return new Story(
        "Callers ask three tenths of what the server can do, and as many come by another network.",
        "That network is late, slow, resets connections within answers, or swallows everything,"
            + " two seconds each.",
        "Those who do not come by it get at least four fifths of their answers.",
        "When it is fine again its callers get as much of theirs.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    List<Question> questions = trial.questions(victim);
    Manner manner = Manner.calm(Duration.ofSeconds(1));
    Traffic near = trial.traffic(victim, questions, manner);
    double peak = trial.peak(near);
    FaultProxy proxy = trial.keep(new FaultProxy(victim.address(), trial.arena().seed()));
    Timeline behind = new Timeline();
    Traffic far =
        trial.keep(Traffic.http(proxy.address(), questions, manner, behind, trial.arena().seed()));
    far.offer(0.3 * peak);
    double steady = trial.steady(near, 0.3 * peak, Duration.ofSeconds(2));
    for (Map.Entry<String, Weather> weather : WEATHERS.entrySet()) {
      trial.timeline().begin(weather.getKey());
      proxy.weather(weather.getValue());
      double meanwhile = trial.goodWithin(Duration.ofSeconds(2));
      trial.timeline().end(weather.getKey());
      trial.checkLeft("beside a network that is " + weather.getKey(), meanwhile, 0.8, steady);
    }
    proxy.weather(Weather.FINE);
    trial.pass(Duration.ofSeconds(5));
    long fromMillis = behind.nowMillis();
    trial.pass(Duration.ofSeconds(2));
    double recovered = behind.perSecond(Fate.GOOD, fromMillis, behind.nowMillis());
    trial.checkLeft("through the network, now fine,", recovered, 0.8, 0.3 * peak);
    trial.check(
        behind.count(Fate.WRONG) == 0 && trial.timeline().count(Fate.WRONG) == 0,
        "no answer was wrong");
  }
}
