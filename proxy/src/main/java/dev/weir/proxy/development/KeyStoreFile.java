package dev.weir.proxy.development;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and certificates for the time in which they are made, in a directory of its own that nobody
 * else can read. Used by one thread.
 */
final class KeyStoreFile implements AutoCloseable {

  /** Java wants one; what keeps the keys is the mode of the directory, and that it goes away. */
  private static final String PASSWORD = "for-a-moment";

  private static final String AUTHORITY = "ca";

  private final Path dir;
  private final Path file;

  KeyStoreFile() throws IOException {
    dir = Files.createTempDirectory("weir-cert");
    file = dir.resolve("keys.p12");
  }

  /** Puts an authority in that was made before. */
  void put(PrivateKey key, Certificate certificate) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(AUTHORITY, key, PASSWORD.toCharArray(), new Certificate[] {certificate});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  /** Makes an authority that signs what is made afterwards. */
  void makeAuthority(String name, int days) throws IOException, InterruptedException, NotMade {
    make(
        AUTHORITY,
        name,
        days,
        List.of(
            "-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign,cRLSign"));
  }

  /**
   * Makes a certificate that the authority signs.
   *
   * @param usage {@code serverAuth} or {@code clientAuth}
   * @param alternatives names such as {@code dns:localhost}; may be empty
   */
  void make(String alias, String name, int days, String usage, List<String> alternatives)
      throws IOException, InterruptedException, NotMade {
    List<String> more = new ArrayList<>(List.of("-signer", AUTHORITY));
    more.addAll(List.of("-ext", "ku:critical=digitalSignature", "-ext", "eku=" + usage));
    if (!alternatives.isEmpty()) {
      more.addAll(List.of("-ext", "san=" + String.join(",", alternatives)));
    }
    make(alias, name, days, more);
  }

  private void make(String alias, String name, int days, List<String> more)
      throws IOException, InterruptedException, NotMade {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-sigalg", "SHA256withECDSA", "-validity", String.valueOf(days)));
    command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(more);
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException, NotMade {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said;
    try (InputStream out = process.getInputStream()) {
      said = new String(out.readAllBytes(), Charset.defaultCharset());
    }
    if (process.waitFor() != 0) {
      throw new NotMade(
          "keytool failed: " + said.lines().findFirst().orElse("it does not say why"));
    }
  }

  /** Writes what was made under that alias. */
  void export(String alias, Pair to) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    PrivateKey key = (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
    to.write(store.getCertificate(alias), key);
  }

  void exportAuthority(Pair to) throws IOException, GeneralSecurityException {
    export(AUTHORITY, to);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(dir);
  }
}
