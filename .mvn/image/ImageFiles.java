import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes what the container image holds beside the application: a Java with the modules that are
 * needed, the few libraries of Debian that it is linked to, and Weir's own files. Needs a Debian
 * with dpkg and its package lists; packages are of the architecture of this machine.
 *
 * <p>Usage: java ImageFiles.java SOURCES TARGET CLASSPATH
 */
final class ImageFiles {

  /** Nobody depends on it, but who looks into a running server does: {@code jcmd 1 …}. */
  private static final String MODULES_FOR_OPERATORS = "jdk.jcmd";

  private static final List<String> PACKAGES = List.of("libc6", "libgcc-s1", "zlib1g");

  /** Of these packages; what looks up names and unwinds stacks is opened at run time. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "libc.so.6",
          "libdl.so.2",
          "libgcc_s.so.1",
          "libm.so.6",
          "libnss_dns.so.2",
          "libnss_files.so.2",
          "libpthread.so.0",
          "libresolv.so.2",
          "librt.so.1",
          "libz.so.1");

  private static final String LOADER = "ld-linux-";

  private final Path sources;
  private final Path target;

  private ImageFiles(Path sources, Path target) {
    this.sources = sources;
    this.target = target;
  }

  public static void main(String[] args) throws Exception {
    ImageFiles files = new ImageFiles(Path.of(args[0]), Path.of(args[1]));
    delete(files.target);
    files.java(args[2]);
    files.system();
    files.weir();
  }

  private void java(String classpath) throws IOException {
    Path home = Files.createDirectories(target.resolve("java/opt")).resolve("java");
    run(
        "jlink",
        "--add-modules",
        modules(classpath) + "," + MODULES_FOR_OPERATORS,
        "--no-header-files",
        "--no-man-pages",
        "--output",
        home.toString());
  }

  /** The modules that classes on the class path refer to. */
  private static String modules(String classpath) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("--multi-release", "25", "--ignore-missing-deps", "--print-module-deps"));
    Stream.of(classpath.split(File.pathSeparator, -1)).sorted().forEach(command::add);
    List<String> lines = run("jdeps", command.toArray(String[]::new)).lines().toList();
    return lines.getLast().strip();
  }

  private static String run(String tool, String... arguments) throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int exit = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
    if (exit != 0) {
      throw new IOException(tool + " failed: " + out);
    }
    return out.toString();
  }

  private void system() throws IOException, InterruptedException {
    Path system = Files.createDirectories(target.resolve("system"));
    Path packages = Files.createDirectories(target.resolve("packages"));
    Path unpacked = Files.createDirectories(target.resolve("unpacked"));
    List<String> fetch = new ArrayList<>(List.of("apt-get", "-q", "download"));
    fetch.addAll(PACKAGES);
    execute(packages, fetch);
    for (Path each : all(packages)) {
      execute(packages, List.of("dpkg-deb", "-x", each.toString(), unpacked.toString()));
    }
    for (Path each : all(unpacked)) {
      if (belongs(each.getFileName().toString())) {
        copy(followed(unpacked, each), system.resolve(unpacked.relativize(each)));
      }
    }
    for (String directory : List.of("tmp", "var/lib/weir")) {
      Files.createDirectories(system.resolve(directory));
    }
    Path etc = Files.createDirectories(system.resolve("etc"));
    Files.writeString(etc.resolve("passwd"), "weir:x:10001:10001::/var/lib/weir:/none\n");
    Files.writeString(etc.resolve("group"), "weir:x:10001:\n");
    Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
  }

  private static boolean belongs(String name) {
    return LIBRARIES.contains(name) || name.startsWith(LOADER) || name.equals("copyright");
  }

  /** Links of a package may be absolute: they mean its own files, not this machine's. */
  private static Path followed(Path root, Path file) throws IOException {
    if (!Files.isSymbolicLink(file)) {
      return file;
    }
    Path link = Files.readSymbolicLink(file);
    return followed(
        root,
        link.isAbsolute() ? root.resolve(link.toString().substring(1)) : file.resolveSibling(link));
  }

  private void weir() throws IOException {
    Path weir = target.resolve("weir/opt/weir");
    copy(sources.resolve("config/java.flags"), weir.resolve("java.flags"));
    copy(sources.resolve("config/image/image.flags"), weir.resolve("image.flags"));
    copy(sources.resolve("LICENSE"), weir.resolve("LICENSE"));
    copy(sources.resolve("NOTICE"), weir.resolve("NOTICE"));
    String map = "monaco-latest.osm.pbf";
    copy(target.resolveSibling("map").resolve(map), weir.resolve("maps").resolve(map));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Files and links below a directory, in an order that is always the same. */
  private static List<Path> all(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private static void execute(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
