package dev.weir.routing.graphhopper;

import dev.weir.routing.EngineStartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An OpenStreetMap extract that is there and can be read. Whether it is a map, the import tells.
 */
record MapFile(Path path, long bytes) {

  /** A file is told from others by this many samples, so that a planet does not take minutes. */
  private static final int SAMPLES = 16;

  private static final int SAMPLE_BYTES = 1 << 20;

  static MapFile of(Path path) throws EngineStartException {
    if (!Files.exists(path)) {
      throw new EngineStartException("The map " + path + " does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw new EngineStartException("The map " + path + " is not a file");
    }
    if (!Files.isReadable(path)) {
      throw new EngineStartException("The map " + path + " may not be read by this user");
    }
    try {
      long bytes = Files.size(path);
      if (bytes == 0) {
        throw new EngineStartException("The map " + path + " is empty");
      }
      return new MapFile(path, bytes);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Name, size and a hash of samples, for the eyes of an operator too. */
  String identity() throws EngineStartException {
    return "%s, %d bytes, %s".formatted(path.getFileName(), bytes, hash());
  }

  private String hash() throws EngineStartException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer sample = ByteBuffer.allocate(SAMPLE_BYTES);
      for (long at : sampleStarts()) {
        sample.clear();
        int read = 0;
        while (sample.hasRemaining() && read >= 0) {
          read = channel.read(sample, at + sample.position());
        }
        digest.update(sample.flip());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException e) {
      throw unreadable(path, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Without gaps in a small file; spread from the first to the last byte in a large one. */
  private long[] sampleStarts() {
    long[] starts = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long lastStart = Math.max(0, bytes - SAMPLE_BYTES);
      starts[i] = Math.min((long) i * SAMPLE_BYTES, lastStart);
      if (lastStart > (long) (SAMPLES - 1) * SAMPLE_BYTES) {
        starts[i] =
            lastStart / (SAMPLES - 1) * i + (i == SAMPLES - 1 ? lastStart % (SAMPLES - 1) : 0);
      }
    }
    return starts;
  }

  private static EngineStartException unreadable(Path path, IOException e) {
    return new EngineStartException("The map " + path + " cannot be read: " + e.getMessage(), e);
  }
}
