package dev.weir.proxy.quota;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tenants have spent on one day, as it survives a restart: in a file of lines, the day first,
 * then a line per tenant, and their number last, so that a part of it is not taken for all.
 *
 * @param day since 1970, of UTC
 * @param nanos of one processor, by tenant
 */
public record Spending(long day, Map<String, Long> nanos) {

  private static final String HEADER = "weir quotas 1, day ";
  private static final String END = "tenants ";

  /** Beyond this it is none of ours. */
  private static final long MOST_BYTES = 16 << 20;

  public Spending {
    nanos = Map.copyOf(nanos);
  }

  /** Nothing, on no day. */
  static final Spending NOTHING = new Spending(Long.MIN_VALUE, Map.of());

  /** Replaces the file, all or nothing. */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append(day).append('\n');
    int lines = 0;
    for (Map.Entry<String, Long> each : nanos.entrySet()) {
      if (each.getKey().chars().noneMatch(Character::isISOControl)) {
        text.append(each.getValue()).append(' ').append(each.getKey()).append('\n');
        lines++;
      }
    }
    text.append(END).append(lines).append('\n');
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @return nothing if there is no file; {@code null} if it is damaged
   */
  public static @Nullable Spending read(Path file) throws IOException {
    try {
      return Files.size(file) > MOST_BYTES ? null : parse(Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      return NOTHING;
    } catch (MalformedInputException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Spending parse(List<String> lines) {
    int tenants = lines.size() - 2;
    if (tenants < 0
        || !lines.getFirst().startsWith(HEADER)
        || !lines.getLast().equals(END + tenants)) {
      return null;
    }
    Map<String, Long> nanos = new HashMap<>();
    for (String line : lines.subList(1, tenants + 1)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        return null;
      }
      nanos.put(line.substring(space + 1), Math.max(0, Long.parseLong(line.substring(0, space))));
    }
    return new Spending(Long.parseLong(lines.getFirst().substring(HEADER.length())), nanos);
  }
}
