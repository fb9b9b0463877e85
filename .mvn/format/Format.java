import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.spi.ToolProvider;

/**
 * Runs google-java-format over the Java files of every module and this one: {@code check} prints
 * the files that are not formatted and exits with 1, {@code repair} rewrites them. It is a process
 * of its own (see the root pom), because Maven itself may run on an older Java.
 */
void main(String[] args) throws IOException {
  boolean repair = args[0].equals("repair");
  List<String> command = new ArrayList<>();
  command.addAll(repair ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
  command.addAll(sources(Path.of(args[1])));
  ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
  int status = formatter.run(System.out, System.err, command.toArray(String[]::new));
  if (status != 0 && !repair) {
    System.err.println(
        "Not formatted: see above. ./mvnw -N -q -Pformat process-sources repairs it.");
  }
  System.exit(status);
}

List<String> sources(Path root) throws IOException {
  PathMatcher ours = FileSystems.getDefault().getPathMatcher("glob:{*/src,.mvn}/**.java");
  try (Stream<Path> files =
      Files.find(root, 32, (file, _) -> ours.matches(root.relativize(file)))) {
    return files.map(Path::toString).sorted().toList();
  }
}
