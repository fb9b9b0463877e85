package dev.weir.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The forms that the values of weir.yaml have. */
final class Forms {

  /** What is shown instead of a secret. */
  static final String MASK = "***";

  private Forms() {}

  static Form<Integer> whole(int least, int most) {
    return new Form.Scalar<>(
        "whole number",
        "",
        least + " to " + most,
        false,
        false,
        Integer::valueOf,
        String::valueOf,
        value -> value >= least && value <= most);
  }

  static Form<Long> wideWhole(long least, long most) {
    return new Form.Scalar<>(
        "whole number",
        "",
        least + " to " + most,
        false,
        false,
        Long::valueOf,
        String::valueOf,
        value -> value >= least && value <= most);
  }

  /** Any whole number of 64 bits. */
  static Form<Long> seed() {
    return new Form.Scalar<>(
        "whole number", "", "", false, false, Long::valueOf, String::valueOf, value -> true);
  }

  /** Above zero, at most the whole. */
  static Form<Double> part() {
    return decimal(0.001, 1);
  }

  static Form<Double> decimal(double least, double most) {
    return new Form.Scalar<>(
        "number",
        ", such as 0.5",
        least + " to " + most,
        false,
        false,
        Double::valueOf,
        String::valueOf,
        value -> value >= least && value <= most);
  }

  static Form<Boolean> flag() {
    return new Form.Scalar<>(
        "flag", ": true or false", "", false, false, Forms::bool, String::valueOf, value -> true);
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static Form<Duration> duration(String least, String most) {
    Duration shortest = DurationText.parse(least);
    Duration longest = DurationText.parse(most);
    return new Form.Scalar<>(
        "duration",
        ", such as 300ms, 10s or 2m",
        least + " to " + most,
        false,
        false,
        DurationText::parse,
        DurationText::print,
        value -> value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0);
  }

  static Form<Integer> size(String least, String most) {
    Form.Scalar<Long> wide = wideSize(least, most);
    return new Form.Scalar<>(
        wide.type(),
        wide.example(),
        wide.range(),
        false,
        false,
        text -> Math.toIntExact(Math.min(SizeText.parse(text), Integer.MAX_VALUE)),
        value -> SizeText.print(value),
        value -> wide.allows((long) value));
  }

  static Form.Scalar<Long> wideSize(String least, String most) {
    long smallest = SizeText.parse(least);
    long largest = SizeText.parse(most);
    return new Form.Scalar<>(
        "size",
        ", such as 16KiB or 1MiB",
        least + " to " + most,
        false,
        false,
        SizeText::parse,
        SizeText::print,
        value -> value >= smallest && value <= largest);
  }

  static Form<Path> path() {
    return new Form.Scalar<>("path", "", "", true, false, Path::of, Path::toString, value -> true);
  }

  static Form<String> text(String type, String range, Predicate<String> allowed) {
    return new Form.Scalar<>(type, "", range, true, false, text -> text, text -> text, allowed);
  }

  static Form<String> oneOf(String... words) {
    List<String> known = List.of(words);
    String range =
        known.stream().map(w -> w.isEmpty() ? "empty" : w).collect(Collectors.joining(", "));
    return new Form.Scalar<>(
        "word", "", "one of " + range, true, false, text -> text, text -> text, known::contains);
  }

  static <E extends Enum<E>> Form<E> choice(Class<E> type) {
    List<E> values = List.of(type.getEnumConstants());
    String words = values.stream().map(Forms::word).collect(Collectors.joining(" or "));
    return new Form.Scalar<>(
        "word",
        ": " + words,
        words,
        false,
        false,
        text ->
            values.stream()
                .filter(v -> word(v).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text)),
        Forms::word,
        value -> true);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Graphic ASCII only, as it travels in a header. The mask of a printed one is no secret. */
  static Form<String> secret() {
    return new Form.Scalar<>(
        "secret",
        "",
        "the secret itself in visible ASCII without spaces, or file: and the path of a file with"
            + " it",
        true,
        true,
        SecretText::of,
        text -> text,
        text -> !text.equals(MASK) && text.chars().allMatch(c -> c > ' ' && c < 0x7f));
  }

  /** Kept as a digest, so never printed. */
  static Form<ApiKey> apiKey() {
    return new Form.Scalar<>(
        "secret",
        " of "
            + ApiKey.SHORTEST
            + " to "
            + ApiKey.LONGEST
            + " visible characters without spaces, its digest as sha256: and 64 hexadecimal"
            + " digits, or file: and the path of a file with either",
        "",
        true,
        true,
        Forms::apiKey,
        ApiKey::toString,
        value -> true);
  }

  private static ApiKey apiKey(String text) {
    ApiKey key = ApiKey.written(SecretText.of(text));
    if (key == null) {
      throw new IllegalArgumentException("no key");
    }
    return key;
  }

  static <T> Form<List<T>> list(String of, Form<T> item) {
    return new Form.ListOf<>("list of " + of, item);
  }

  static Form<List<String>> words(String of, String... known) {
    return list(of, known.length == 0 ? name() : oneOf(known));
  }

  private static Form<String> name() {
    return text(
        "name",
        "not empty and without spaces",
        text -> !text.isEmpty() && text.chars().noneMatch(c -> c <= ' '));
  }

  /** Of a certificate. */
  static Form<String> subject() {
    return label("name in a certificate", 1);
  }

  /** Of a token. */
  static Form<String> claim() {
    return label("value in a token", 1);
  }

  /** What a token says, or empty. */
  static Form<String> claimOrNothing() {
    return label("text", 0);
  }

  private static Form<String> label(String type, int shortest) {
    return text(
        type,
        shortest + " to 512 characters, no control characters",
        text ->
            text.length() >= shortest
                && text.length() <= 512
                && text.chars().noneMatch(Character::isISOControl));
  }

  static Form<String> host() {
    return text(
        "host name or address",
        "not empty and without spaces",
        text -> !text.isEmpty() && Arrays.equals(text.strip().split("\\s"), new String[] {text}));
  }
}
