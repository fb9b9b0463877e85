package dev.weir.proxy.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/**
 * A file that a setting names.
 *
 * @param setting its key, for errors
 */
record TlsFile(String setting, Path path) {

  /** A hundred times as much as is usual. */
  private static final int LARGEST_BYTES = 1 << 20;

  /** Reads all of it; blocks. */
  byte[] read() throws Unusable {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
      if (bytes.length > LARGEST_BYTES) {
        throw unusable("is longer than 1MiB");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw unusable("does not exist", e);
    } catch (AccessDeniedException e) {
      throw unusable("may not be read by this user", e);
    } catch (IOException e) {
      throw unusable("cannot be read", e);
    }
  }

  /** A key that everybody on the machine can read is nobody's. */
  void requireSecret() throws Unusable {
    try {
      if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
        throw unusable("may be read by everybody: chmod o-r it");
      }
    } catch (UnsupportedOperationException e) {
      // a file system without such permissions
    } catch (IOException e) {
      throw unusable("cannot be read", e);
    }
  }

  Unusable unusable(String why) {
    return new Unusable(setting + ": " + path + " " + why);
  }

  Unusable unusable(String why, Throwable cause) {
    return new Unusable(setting + ": " + path + " " + why, cause);
  }
}
