package dev.weir.proxy.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A secret as settings have it: itself, or {@code file:} and the path of a file that holds it, so
 * that the settings may be read by whoever may not know it.
 */
final class SecretText {

  private static final String FILE = "file:";

  /** Longer than any secret. */
  private static final int LARGEST_BYTES = 4096;

  private SecretText() {}

  /** What is wrong with the file, in words that go on after the name of a key. */
  static final class Unreadable extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    Unreadable(String why) {
      super(why);
    }
  }

  /**
   * The secret, without the end of line that editors leave behind it.
   *
   * @throws Unreadable if it is not in the file that is named
   */
  static String of(String text) {
    if (!text.startsWith(FILE)) {
      return text;
    }
    String name = text.substring(FILE.length());
    String secret = read(name).replaceFirst("\\r?\\n\\z", "");
    if (secret.isEmpty()) {
      throw unreadable(name, "is empty");
    }
    return secret;
  }

  private static String read(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
      if (bytes.length > LARGEST_BYTES) {
        throw unreadable(name, "is longer than " + SizeText.print(LARGEST_BYTES));
      }
      return new String(bytes, ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw unreadable(name, "does not exist");
    } catch (AccessDeniedException e) {
      throw unreadable(name, "may not be read by this user");
    } catch (InvalidPathException | IOException e) {
      throw unreadable(name, "cannot be read");
    }
  }

  private static Unreadable unreadable(String name, String why) {
    return new Unreadable("is in a file that " + why + ": " + name.replaceAll("\\p{Cntrl}", "?"));
  }
}
