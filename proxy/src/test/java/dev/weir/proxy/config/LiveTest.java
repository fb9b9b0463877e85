package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be swapped while the server runs, and that it is. */
final class LiveTest {

  @Test
  void whatIsMadeOfAValueIsSwappedWithIt() {
    Live<String> text = new Live<>("one");
    Live<Integer> length = text.map(String::length);
    Live<String> shown = length.map(n -> n + " letters");

    text.set("three");

    assertEquals("three", text.get());
    assertEquals(5, length.get());
    assertEquals("5 letters", shown.get());
  }

  @Test
  void whatStaysTheSameIsNotMadeAnew() {
    Live<String> text = new Live<>("one");
    Live<Object> made = text.map(String::length).map(_ -> new Object());
    Object before = made.get();
    List<String> heard = new ArrayList<>();
    text.onChange(heard::add);

    text.set("two");
    text.set("two");

    assertSame(before, made.get());
    assertEquals(List.of("two"), heard);
  }

  @Test
  void tellsWhatCanBeSwappedFromWhatNeedsARestart() {
    Settings now = read("");
    Settings next =
        read(
            "deadline: {standard: 1s}\nlog: {access: true}\nhttp: {port: 1}\ndrain-timeout: 1s\n"
                + "gate: {permits: 3, max-queue: 7}");

    assertEquals(
        new LiveKeys.Change(
            List.of(
                "gate.permits",
                "gate.max-queue",
                "deadline.standard",
                "log.access",
                "drain-timeout"),
            List.of("http.port")),
        LiveKeys.between(now, next));
    assertEquals(new LiveKeys.Change(List.of(), List.of()), LiveKeys.between(now, read("")));
  }

  @Test
  void otherKeysOfATenantAreAChangeAndTheSameKeysAreNone() {
    String tenants = "callers: {tenants: [{name: a, keys: [%s]}]}";
    Settings now = read(tenants.formatted("first-key"));

    assertEquals(List.of(), LiveKeys.between(now, read(tenants.formatted("first-key"))).live());
    assertEquals(
        List.of("callers.tenants"),
        LiveKeys.between(now, read(tenants.formatted("other-key"))).live());
  }

  private static Settings read(String yaml) {
    Overrides map = new Overrides(Path.of("map"), null, null, null, null, null);
    return assertInstanceOf(Reading.Accepted.class, SettingsReader.parse(yaml, map, Places.HERE))
        .settings();
  }
}
