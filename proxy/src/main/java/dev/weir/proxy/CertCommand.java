package dev.weir.proxy;

import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.development.NotMade;
import dev.weir.proxy.development.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir cert}: makes certificates for development, and says how to use them. */
@Command(name = "cert", description = "Make a certificate for development.")
final class CertCommand implements Callable<Integer> {

  @Option(names = "--out", paramLabel = "DIR", description = "Where to; nothing is overwritten.")
  private @Nullable Path out;

  @Option(names = "--host", split = ",", paramLabel = "NAME", description = "Further hosts.")
  private @Nullable List<String> hosts;

  @Option(names = "--client", paramLabel = "NAME", description = "One for a client, too.")
  private @Nullable String client;

  @Override
  public Integer call() throws InterruptedException {
    Path dir = out == null ? Path.of(System.getProperty("weir.state-dir", ".weir"), "tls") : out;
    DevelopmentCertificates all = new DevelopmentCertificates(dir.toAbsolutePath().normalize());
    boolean server = client == null || hosts != null || !all.hasServer();
    try {
      all.make(server ? (hosts == null ? List.of() : hosts) : null, client);
    } catch (NotMade e) {
      Complaint.print(Complaint.of(e));
      return Complaint.FAILED;
    }
    lines(all, client).forEach(System.out::println);
    return 0;
  }

  private static List<String> lines(DevelopmentCertificates all, @Nullable String client) {
    String tls = tls(all, client);
    String curl = "curl --cacert '" + all.authority().certificate() + "'";
    if (client != null) {
      Pair own = all.client(client);
      curl += " --cert '" + own.certificate() + "' --key '" + own.key() + "'";
    }
    return List.of(
        "Put into the configuration" + subject(client) + ":",
        "",
        "http: {tls: " + tls + "}",
        "grpc: {tls: " + tls + "}",
        "",
        "Then ask:   " + curl + " https://localhost:8989/info");
  }

  private static String tls(DevelopmentCertificates all, @Nullable String client) {
    String pair =
        "certificate: "
            + quoted(all.server().certificate())
            + ", key: "
            + quoted(all.server().key());
    return client == null
        ? "{" + pair + "}"
        : "{"
            + pair
            + ", client-ca: "
            + quoted(all.authority().certificate())
            + ", client-auth: required}";
  }

  private static String subject(@Nullable String client) {
    return client == null
        ? ""
        : ", and the subject " + client + " where a tenant is to be known by its certificate";
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
