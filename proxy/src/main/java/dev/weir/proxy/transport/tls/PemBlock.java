package dev.weir.proxy.transport.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between a line that begins and a line that ends it (RFC 7468).
 *
 * @param label in those lines
 * @param base64 not yet decoded
 */
record PemBlock(String label, String base64) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END \\1-----");

  /** All of a file, in their order; text around them is passed over. */
  static List<PemBlock> in(byte[] file) {
    Matcher matcher = BLOCK.matcher(new String(file, ISO_8859_1));
    List<PemBlock> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(new PemBlock(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /**
   * @throws IllegalArgumentException if it is not in base64
   */
  byte[] bytes() {
    return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
  }

  /** Without what it holds, which may be a secret. */
  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
