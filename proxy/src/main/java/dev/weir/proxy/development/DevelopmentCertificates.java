package dev.weir.proxy.development;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directory with an authority of its own, and certificates that it has signed: for development,
 * and for tests. Keys are on the curve P-256. Used by one thread.
 */
public final class DevelopmentCertificates {

  private static final int AUTHORITY_DAYS = 3_650;

  /** The longest that browsers accept. */
  private static final int CERTIFICATE_DAYS = 397;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1");

  private final Path dir;
  private final Pair authority;
  private final Pair server;

  public DevelopmentCertificates(Path dir) {
    this.dir = dir;
    this.authority = Pair.in(dir, "ca");
    this.server = Pair.in(dir, "server");
  }

  public Pair authority() {
    return authority;
  }

  public Pair server() {
    return server;
  }

  /**
   * @param name of the client
   */
  public Pair client(String name) {
    return Pair.in(dir, name);
  }

  public boolean hasServer() {
    return server.exists();
  }

  /**
   * Makes what is asked for, and the authority if there is none yet; overwrites nothing. Blocks for
   * a second or two.
   *
   * @param hosts names and addresses of a server, beside those of this machine; {@code null} for no
   *     certificate of a server
   * @param client name; {@code null} for no certificate of a client
   */
  public void make(@Nullable List<String> hosts, @Nullable String client)
      throws NotMade, InterruptedException {
    Set<String> alternatives = hosts == null ? Set.of() : alternatives(hosts);
    check(hosts != null, client);
    try {
      Files.createDirectories(dir);
      try (KeyStoreFile keys = new KeyStoreFile()) {
        provideAuthority(keys);
        if (hosts != null) {
          keys.make(
              "server", "localhost", CERTIFICATE_DAYS, "serverAuth", List.copyOf(alternatives));
          keys.export("server", server);
        }
        if (client != null) {
          keys.make("client", client, CERTIFICATE_DAYS, "clientAuth", List.of());
          keys.export("client", client(client));
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new NotMade("cannot make certificates in " + dir + ": " + e.getMessage(), e);
    }
  }

  private void check(boolean wantsServer, @Nullable String client) throws NotMade {
    if (wantsServer) {
      server.requireAbsent();
    }
    if (client == null) {
      return;
    }
    if (!NAME.matcher(client).matches() || Set.of("ca", "server").contains(client)) {
      throw new NotMade(
          "the name of a client is of letters, digits, dots and dashes, and neither ca nor server");
    }
    client(client).requireAbsent();
  }

  private static Set<String> alternatives(List<String> hosts) throws NotMade {
    List<String> all = new ArrayList<>(THIS_MACHINE);
    all.addAll(hosts);
    Set<String> alternatives = new LinkedHashSet<>();
    for (String host : all) {
      if (isAddress(host)) {
        alternatives.add("ip:" + host);
      } else if (NAME.matcher(host).matches()) {
        alternatives.add("dns:" + host);
      } else {
        throw new NotMade("'" + host + "' is neither the name of a host nor an address");
      }
    }
    return alternatives;
  }

  private static boolean isAddress(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void provideAuthority(KeyStoreFile keys)
      throws IOException, GeneralSecurityException, InterruptedException, NotMade {
    if (authority.exists()) {
      keys.put(authority.readKey(), authority.readCertificate());
    } else {
      keys.makeAuthority("Weir development CA", AUTHORITY_DAYS);
      keys.exportAuthority(authority);
    }
  }
}
