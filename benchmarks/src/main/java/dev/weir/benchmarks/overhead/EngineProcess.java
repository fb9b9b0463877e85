package dev.weir.benchmarks.overhead;

import dev.weir.benchmarks.load.LoadException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link EngineAlone} as a child of this process, which ends with it. Used by one thread, which
 * waits.
 */
final class EngineProcess implements AutoCloseable {
  static final String READY = "ready ";

  private final Process process;
  private final BufferedReader in;
  private final OutputStream out;
  private final List<String> questions = new ArrayList<>();
  private int port;

  private EngineProcess(Process process) {
    this.process = process;
    this.in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    this.out = process.getOutputStream();
  }

  /**
   * Starts it and waits until it has drawn its questions.
   *
   * @param java the command as far as its flags
   * @param warmUp at most so long, before it draws
   * @param log that takes what it says beside that
   * @throws LoadException if it does not get that far
   */
  static EngineProcess start(
      List<String> java,
      Path map,
      Path directory,
      int questions,
      long seed,
      Duration warmUp,
      Path log)
      throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EngineAlone.class.getName());
    command.addAll(
        List.of(
            map.toString(),
            directory.toString(),
            String.valueOf(questions),
            String.valueOf(seed),
            String.valueOf(warmUp.toMillis())));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    EngineProcess engine = new EngineProcess(builder.start());
    String line = engine.in.readLine();
    while (line != null && !line.startsWith(READY)) {
      engine.questions.add(line);
      line = engine.in.readLine();
    }
    if (line == null || engine.questions.isEmpty()) {
      engine.close();
      throw new LoadException("the engine alone gave up, see " + log);
    }
    engine.port = Integer.parseInt(line.substring(READY.length()));
    return engine;
  }

  /** Where its {@link BareServer} listens. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** As {@link Way#request(String)} reads them. */
  List<String> questions() {
    return List.copyOf(questions);
  }

  long pid() {
    return process.pid();
  }

  /**
   * Lets it answer for that time.
   *
   * @return how many answers
   */
  long run(Duration time) throws IOException {
    out.write((time.toMillis() + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String answers = in.readLine();
    if (answers == null) {
      throw new LoadException("the engine alone has ended");
    }
    return Long.parseLong(answers);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
