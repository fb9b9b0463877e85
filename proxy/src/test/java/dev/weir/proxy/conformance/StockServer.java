package dev.weir.proxy.conformance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GraphHopper's own server in a process of its own, with the map and profiles of {@link Town}. */
final class StockServer implements Subject {

  private static final Pattern STARTED =
      Pattern.compile("Started application@.*\\{localhost:(\\d+)}");

  private final Process process;
  private final int port;

  private StockServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Returns when requests are answered.
   *
   * @param directory for configuration, graph and classes; need not exist
   */
  static StockServer start(Path directory) throws Exception {
    Files.createDirectories(directory);
    Path config = directory.resolve("config.yml");
    Files.writeString(config, Town.stockConfig(directory.resolve("graph")));
    String name = StockMain.class.getName();
    Path classes = copyOfMain(directory.resolve("classes"), name.replace('.', '/') + ".class");
    Path jar = Path.of(Objects.requireNonNull(System.getProperty("weir.test.stock")));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar + File.pathSeparator + classes,
                name,
                "server",
                config.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("stock-log").start(() -> follow(process, port));
    try {
      return new StockServer(process, port.get(110, TimeUnit.SECONDS));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Only that class: the rest of the tests' class path must not reach the stock server. */
  private static Path copyOfMain(Path directory, String file) throws IOException {
    Path target = directory.resolve(file);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    try (InputStream in =
        Objects.requireNonNull(StockServer.class.getResourceAsStream("/" + file))) {
      Files.write(target, in.readAllBytes());
    }
    return directory;
  }

  /** Reads the log to its end, so that the process never waits for us. */
  private static void follow(Process process, CompletableFuture<Integer> port) {
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader log = process.inputReader()) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          port.complete(Integer.parseInt(started.group(1)));
        }
        last.add(line);
        if (last.size() > 40) {
          last.remove();
        }
      }
    } catch (IOException e) {
      last.add(e.toString());
    }
    port.completeExceptionally(
        new IllegalStateException("stock server ended:\n" + String.join("\n", last)));
  }
}
