package dev.weir.proxy.transport.contract.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run by the build: from the compiler's descriptors to what {@link Published} reads. */
final class Publish {

  private Publish() {}

  /**
   * @param arguments the file of the descriptors, and the directory to write to
   */
  public static void main(String[] arguments) throws IOException {
    OpenApi api = OpenApi.of(Contract.read(Path.of(arguments[0])));
    Path directory = Path.of(arguments[1]);
    Files.write(directory.resolve(Published.DOCUMENT), api.json());
    Files.write(directory.resolve(Published.PAGE), DocsPage.of(api));
  }
}
