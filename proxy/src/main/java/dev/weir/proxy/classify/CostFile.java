package dev.weir.proxy.classify;

import dev.weir.proxy.classify.LearnedCosts.Restored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32;

/**
 * The file that costs survive a restart in: a header, what the numbers mean, of each table the
 * words that are not zero, and a checksum over all that.
 */
final class CostFile {

  /** "weir" and the version of the format, of which cells and priors are a part. */
  private static final long HEADER = 0x77656972_00000001L;

  private static final int CHECKSUM_BYTES = Long.BYTES;
  private static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES;
  private static final int MOST_OTHER_BYTES = 100_000;

  private CostFile() {}

  static void write(Path file, String meaning, List<AtomicLongArray> tables) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(HEADER);
    out.writeUTF(meaning);
    for (AtomicLongArray table : tables) {
      for (int i = 0; i < table.length(); i++) {
        long word = table.get(i);
        if (word != 0) {
          out.writeInt(i);
          out.writeLong(word);
        }
      }
      out.writeInt(-1);
    }
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.write(unfinished, bytes.toByteArray());
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Fills the tables, or leaves them alone. */
  static Restored read(Path file, String meaning, List<AtomicLongArray> tables) {
    try {
      if (Files.size(file) > mostBytes(tables)) {
        return Restored.DAMAGED;
      }
      byte[] bytes = Files.readAllBytes(file);
      int length = bytes.length - CHECKSUM_BYTES;
      if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
        return Restored.DAMAGED;
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
      if (in.readLong() != HEADER || !in.readUTF().equals(meaning)) {
        return Restored.FOREIGN;
      }
      for (AtomicLongArray table : tables) {
        for (int i = in.readInt(); i >= 0; i = in.readInt()) {
          table.set(i, in.readLong());
        }
      }
      return Restored.ALL;
    } catch (NoSuchFileException e) {
      return Restored.NOTHING;
    } catch (IOException | IndexOutOfBoundsException e) {
      return Restored.DAMAGED;
    }
  }

  private static long mostBytes(List<AtomicLongArray> tables) {
    long bytes = MOST_OTHER_BYTES;
    for (AtomicLongArray table : tables) {
      bytes += (long) table.length() * ENTRY_BYTES;
    }
    return bytes;
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }
}
