package dev.weir.chaos.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real server, started with {@code --chaos} as a child process with this process's class path.
 * Thread-safe. It ends with this process at the latest.
 */
public final class Victim implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Weir is ready on http://[^ ]*:(\\d+)");
  private static final Pattern GRPC = Pattern.compile("by gRPC on [^ ]*:(\\d+)");
  private static final Pattern HEALTH = Pattern.compile("http://[^ ]*:(\\d+)/health/ready");
  private static final int LINES_KEPT = 40;
  private static final long START_SECONDS = 300;
  private static final long STOP_SECONDS = 60;

  private final Plan plan;
  private final Process process;
  private final Thread killer;
  private final Thread listener;
  private final AtomicLong lines = new AtomicLong();
  private final ArrayDeque<String> said = new ArrayDeque<>();
  private final CompletableFuture<Integer> httpPort = new CompletableFuture<>();
  private final CompletableFuture<Integer> grpcPort = new CompletableFuture<>();
  private final CompletableFuture<Integer> adminPort = new CompletableFuture<>();

  private Victim(Plan plan, Process process) {
    this.plan = plan;
    this.process = process;
    this.killer = new Thread(process::destroyForcibly, "kill-victim");
    Runtime.getRuntime().addShutdownHook(killer);
    this.listener = Thread.ofPlatform().name("listen-to-victim").daemon().start(this::listen);
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @throws IOException with what it said last, if it does not become ready
   */
  public static Victim start(Plan plan) throws IOException, InterruptedException {
    Victim victim = begin(plan);
    victim.awaitReady();
    return victim;
  }

  /**
   * Starts one that cannot become ready, and waits until it gives up.
   *
   * @throws IOException if it does not
   */
  public static Victim startInVain(Plan plan) throws IOException, InterruptedException {
    Victim victim = begin(plan);
    if (!victim.process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      victim.close();
      throw new IOException("the server does not give up: " + victim.lastWords());
    }
    victim.listener.join();
    return victim;
  }

  /** What it ended with. */
  public int exitCode() {
    return process.exitValue();
  }

  private static Victim begin(Plan plan) throws IOException {
    Files.createDirectories(plan.graphDir());
    Path config =
        Files.createTempFile(plan.graphDir().toAbsolutePath().getParent(), "weir", ".yaml");
    Files.writeString(config, plan.config());
    config.toFile().deleteOnExit();
    List<String> command = new ArrayList<>(plan.starter());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(plan.jvmFlags());
    command.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.weir.proxy.Main",
            "serve",
            "--chaos",
            "--config=" + config,
            "--map=" + plan.map(),
            "--graph-dir=" + plan.graphDir(),
            "--http-port=" + plan.port(),
            "--grpc-port=0",
            "--admin-port=0"));
    return new Victim(plan, new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      hear(e.toString());
    }
    IOException ended = new IOException("the server ended: " + lastWords());
    httpPort.completeExceptionally(ended);
    grpcPort.completeExceptionally(ended);
    adminPort.completeExceptionally(ended);
  }

  private void hear(String line) {
    lines.incrementAndGet();
    synchronized (said) {
      said.addLast(line);
      if (said.size() > LINES_KEPT) {
        said.removeFirst();
      }
    }
    complete(READY.matcher(line), httpPort);
    complete(GRPC.matcher(line), grpcPort);
    complete(HEALTH.matcher(line), adminPort);
  }

  private static void complete(Matcher matcher, CompletableFuture<Integer> port) {
    if (matcher.find()) {
      port.complete(Integer.valueOf(matcher.group(1)));
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    try {
      httpPort.get(START_SECONDS, TimeUnit.SECONDS);
      grpcPort.get(START_SECONDS, TimeUnit.SECONDS);
      adminPort.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IOException("the server does not start: " + lastWords(), e);
    }
  }

  /** How many lines it has printed. */
  public long linesSaid() {
    return lines.get();
  }

  /** The last lines it printed. */
  public String lastWords() {
    synchronized (said) {
      return String.join(" | ", said);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort.getNow(0));
  }

  /** Where it is asked by gRPC. */
  public InetSocketAddress grpcAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), grpcPort.getNow(0));
  }

  public Admin admin() {
    return new Admin(adminPort.getNow(0));
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Ends it as a crash would: {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Ends it as an operator would: SIGTERM.
   *
   * @return its exit code
   * @throws IOException if it does not end
   */
  public int stop() throws IOException, InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the server does not stop: " + lastWords());
    }
    return process.exitValue();
  }

  /** Another one like this, on the same port. */
  public Victim again() throws IOException, InterruptedException {
    return start(plan.at(address().getPort()));
  }

  /** Holds all of its threads, whatever they do, until {@link #thaw}. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** A tool that does something to a process as long as it runs. */
  public record Tool(Process process) implements AutoCloseable {

    @Override
    public void close() {
      process.destroy();
    }
  }

  /**
   * Gives it so many percent of one processor for a time, from some milliseconds later on.
   *
   * @return the tool that does it; ends at once with another code than 0 where that is not
   *     permitted
   */
  public Tool throttle(int percent, Duration time) throws IOException {
    Path script = Path.of(System.getProperty("weir.chaos-scripts"), "cpu-quota.sh");
    List<String> command =
        List.of(
            "sh",
            script.toString(),
            Long.toString(process.pid()),
            Integer.toString(percent),
            Long.toString(time.toSeconds()));
    return new Tool(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private void signal(String name) throws IOException, InterruptedException {
    run(List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  /** Collects its garbage. */
  public void collect() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    run(List.of(jcmd.toString(), Long.toString(process.pid()), "GC.run"));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!tool.waitFor(STOP_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      tool.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /** What the system says of it at this moment. */
  public Footprint footprint() throws IOException {
    return Footprint.of(process.pid());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // the hook is running: this process is ending, and so is the server
    }
  }
}
