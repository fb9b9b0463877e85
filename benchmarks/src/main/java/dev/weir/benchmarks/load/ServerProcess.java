package dev.weir.benchmarks.load;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server started as a child process, on loopback, until closed. Used by one thread. */
public final class ServerProcess implements AutoCloseable {
  private static final int PROBE_TIMEOUT_MILLIS = 2_000;
  private static final long PROBE_EVERY_MILLIS = 200;

  private final String name;
  private final int port;
  private final Process process;
  private final Thread killer;

  private ServerProcess(String name, int port, Process process) {
    this.name = name;
    this.port = port;
    this.process = process;
    this.killer = new Thread(process::destroyForcibly, "kill " + name);
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /**
   * Starts the command and waits until {@code GET /health} answers 200.
   *
   * @param log that takes what the server prints
   * @throws IOException if it does not start, ends, or is not ready in time
   */
  public static ServerProcess start(
      String name, List<String> command, int port, Path log, Duration patience)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ServerProcess server = new ServerProcess(name, port, process);
    long startNanos = System.nanoTime();
    while (!server.healthy()) {
      boolean late = System.nanoTime() - startNanos > patience.toNanos();
      if (late || !process.isAlive()) {
        server.close();
        throw new IOException(name + (late ? " is not ready in time" : " ended") + ", see " + log);
      }
      Thread.sleep(PROBE_EVERY_MILLIS);
    }
    return server;
  }

  public String name() {
    return name;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Number of the process. */
  public long pid() {
    return process.pid();
  }

  /** Processor time used since the start; zero when it has ended. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Body of {@code GET path}. */
  String get(String path) throws IOException {
    return get(address(), path);
  }

  /** Body of {@code GET path} of any server. */
  public static String get(InetSocketAddress server, String path) throws IOException {
    String base = "http://" + server.getHostString() + ":" + server.getPort();
    HttpURLConnection http = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    http.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
    http.setReadTimeout(PROBE_TIMEOUT_MILLIS);
    try (var body = http.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      http.disconnect();
    }
  }

  private boolean healthy() {
    try {
      get("/health");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // the hook is running: this process is ending, and so is the server
    }
  }
}
