package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Pinning;
import dev.weir.benchmarks.load.Rig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Weir and what one would put in its place, under the same riders. */
@Command(
    name = "bench rivals",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares Weir with the stock server, alone and behind HAProxy and nginx, in interleaved"
          + " pairs.",
      "What is offered is --load times Weir's peak, or --rate, to all alike.",
      "--protocol is what riders speak to Weir; the others speak HTTP/1.1."
    })
public final class Rivals implements Callable<Integer> {
  private static final int MOST_PAIRS = 1_000;

  @Option(names = "--pairs", defaultValue = "5", description = "Pairs (${DEFAULT-VALUE}).")
  private int pairs;

  @Mixin private Given given = new Given();

  @Option(
      names = "--rivals",
      split = ",",
      defaultValue = "stock,haproxy,haproxy-short,nginx",
      description = "Whom to compare Weir with (${DEFAULT-VALUE}).")
  private List<String> wanted = List.of();

  @Option(
      names = "--weir-policies",
      split = ",",
      description = "More of Weir, each with another gate.limit or gate.order.")
  private List<String> policies = new ArrayList<>();

  @Mixin private Started started = new Started();

  @Option(names = "--out", description = "Directory for the report and all values.")
  private @Nullable Path out;

  private final Terminal terminal = Terminal.standard();

  Rivals() {}

  /** Runs it and ends this process. */
  public static void main(String[] arguments) {
    System.exit(Commands.execute(new Rivals(), Commands.ERR, arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    given.check();
    given.shape(1);
    if (pairs < 1 || pairs > MOST_PAIRS) {
      throw new IllegalArgumentException("--pairs must be from 1 to " + MOST_PAIRS);
    }
    List<String> settings = policies.stream().map(Settings::policy).toList();
    unknown(wanted);
    Pinning pinning = new Pinning();
    if (!pinning.works()) {
      terminal.say("NOT PINNED: servers and generator share processors, the figures mean little");
    }
    List<Rival> rivals = rivals(pinning.server(), settings);
    try {
      for (Rival rival : rivals) {
        terminal.say("starting %s, its output goes to %s", rival.name(), logs(rival));
        rival.start();
      }
      return compare(rivals, pinning.works());
    } finally {
      rivals.forEach(Rival::close);
    }
  }

  private static String logs(Rival rival) {
    return String.join(" and ", rival.parts().stream().map(part -> part.log().toString()).toList());
  }

  private static void unknown(List<String> names) {
    for (String name : names) {
      boolean front = Front.ALL.stream().anyMatch(f -> f.name().equals(name));
      if (!front && !name.equals(Contender.STOCK)) {
        throw new IllegalArgumentException(
            "--rivals: '" + name + "' is none of stock, haproxy, haproxy-short, nginx");
      }
    }
  }

  private List<Rival> rivals(List<String> pin, List<String> settings) throws IOException {
    Contender.Ground ground = started.common();
    List<Rival> rivals = new ArrayList<>();
    rivals.add(weir(ground, Contender.WEIR, "", pin));
    for (int i = 0; i < settings.size(); i++) {
      rivals.add(weir(ground, "weir-" + policies.get(i), settings.get(i), pin));
    }
    for (String name : wanted) {
      if (name.equals(Contender.STOCK)) {
        Contender stock = Contender.stock(ground, Contender.STOCK, started.stockJar());
        rivals.add(new Rival(name, List.of(stock), pin, Protocol.HTTP1, 1));
      }
      for (Front front : Front.ALL) {
        Path program = front.program();
        if (front.name().equals(name) && program == null) {
          terminal.say("%s is left out: it is not installed", name);
        } else if (front.name().equals(name) && program != null) {
          Contender behind = Contender.stock(ground, "stock-of-" + name, started.stockJar());
          Contender before =
              front.before(behind.port(), program, ground.workDirectory(), given.riders);
          rivals.add(new Rival(name, List.of(behind, before), pin, Protocol.HTTP1, 1));
        }
      }
    }
    return rivals;
  }

  private Rival weir(Contender.Ground ground, String name, String settings, List<String> pin)
      throws IOException {
    Contender weir =
        Contender.weir(ground, name, started.weirJar(), List.of(), Settings.of(given) + settings);
    return new Rival(name, List.of(weir), pin, given.protocol, given.perConnection);
  }

  private int compare(List<Rival> rivals, boolean pinned) throws IOException, InterruptedException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Rig rig = new Rig(Url.sources(loopback))) {
      Rehearsal rehearsal = new Rehearsal(rig, given.deadline, terminal);
      List<Host> hosts = rivals.stream().map(Rival::host).toList();
      List<Question> questions = rehearsal.questions(hosts, given.mixOf(Settings.KEYS), given.seed);
      Tournament tournament = new Tournament(rig, given, rehearsal, terminal, rivals, questions);
      tournament.prepare();
      double most = given.rate;
      if (given.needsPeak()) {
        double peak = Climb.peak(tournament.climb());
        terminal.say("peak of weir: %.0f good answers/s", peak);
        most = given.load * peak;
      }
      Shape shape = given.shape(most);
      double load = given.needsPeak() ? given.load : 0;
      try {
        tournament.run(shape, pairs, load);
      } catch (LoadException e) {
        if (!tournament.stages().isEmpty()) {
          publish(tournament.stages(), pinned);
        }
        throw e;
      }
      return publish(tournament.stages(), pinned);
    }
  }

  private String protocols() {
    Door toWeir = new Door(given.protocol, new InetSocketAddress(0), given.perConnection);
    return given.protocol.shares() ? toWeir.title() + ", to Weir alone" : toWeir.title();
  }

  private int publish(List<Trial.Played> played, boolean pinned) throws IOException {
    List<Outcome> stages = played.stream().map(Trial.Played::outcome).toList();
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.putAll(
        Output.conditions(
            given,
            List.of(
                "Map", started.mapName(),
                "Protocol", protocols(),
                "Processors", pinned ? "servers on one, the generator on another" : "not pinned",
                "Pairs", Integer.toString(pairs))));
    List<Ratios.Ratio> ratios = Ratios.of(stages, Contender.WEIR);
    RivalsPage page = new RivalsPage(conditions, stages, ratios);
    page.lines().forEach(line -> terminal.say("%s", line));
    Path directory = Output.directory(out, "rivals");
    Output.json(
        directory.resolve("result.json"),
        Map.of("conditions", conditions, "ratios", ratios, "stages", stages));
    Files.writeString(directory.resolve("report.html"), page.html());
    Path histograms = Files.createDirectories(directory.resolve("histograms"));
    for (Trial.Played one : played) {
      Outcome.Label label = one.outcome().label();
      Output.histograms(
          histograms, label.server() + "-" + label.pair() + "-", one.book().histograms());
    }
    terminal.say("report and all values: %s", directory);
    boolean claimed = stages.stream().allMatch(o -> o.claim().holds());
    return claimed ? Commands.DONE : Commands.NOT_CLAIMED;
  }
}
