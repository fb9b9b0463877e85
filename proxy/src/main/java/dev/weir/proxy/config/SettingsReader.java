package dev.weir.proxy.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads weir.yaml and reports all that is wrong with it at once. Thread-safe; keeps nothing. */
public final class SettingsReader {

  /** The documented file with every key is about a tenth of this. */
  private static final int LARGEST_BYTES = 256 << 10;

  private SettingsReader() {}

  /**
   * @param file {@code null} for defaults
   */
  public static Reading read(@Nullable Path file, Overrides overrides, Places places) {
    if (file == null) {
      return parse("", overrides, places);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
      if (bytes.length > LARGEST_BYTES) {
        return unreadable("is longer than " + SizeText.print(LARGEST_BYTES));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(text, overrides, places);
    } catch (CharacterCodingException e) {
      return unreadable("is not text in UTF-8");
    } catch (NoSuchFileException e) {
      return unreadable("does not exist");
    } catch (AccessDeniedException e) {
      return unreadable("may not be read by this user");
    } catch (IOException e) {
      return unreadable("cannot be read");
    }
  }

  private static Reading unreadable(String why) {
    return new Reading.Rejected(List.of(new ConfigError(0, "", "the file " + why)));
  }

  static Reading parse(String text, Overrides overrides, Places places) {
    Problems problems = new Problems();
    Tree document = YamlDocument.parse(text, problems);
    if (document == null) {
      return new Reading.Rejected(problems.all());
    }
    Map<String, Tree> instead = overrides.trees();
    places.addTo(instead, document);
    Settings settings = SettingsKeys.SCHEMA.read(document, "", instead, problems);
    return settings != null && problems.none()
        ? new Reading.Accepted(settings)
        : new Reading.Rejected(problems.all());
  }
}
