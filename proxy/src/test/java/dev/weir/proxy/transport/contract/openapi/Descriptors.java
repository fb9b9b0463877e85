package dev.weir.proxy.transport.contract.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What the compiler of the contract left in the build. */
final class Descriptors {

  static final Contract CONTRACT = read();

  private Descriptors() {}

  private static Contract read() {
    try {
      return Contract.read(Path.of("target/descriptors/weir.binpb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
