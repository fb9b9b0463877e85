package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as the annotations of the contract write them. */
final class PathTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/roads                       | /v1/roads                 | ",
        "/v1/roads:nearest               | /v1/roads:nearest         | ",
        "/v1/profiles/{profile}/route    | /v1/profiles/car/route    | profile=car",
        "/v1/profiles/{profile}/route    | /v1/profiles/c%C3%A4r%2Fx/route | profile=cär/x",
        "/v1/profiles/{profile}/route    | /v1/profiles/a+b/route    | profile=a+b",
        "/v1/{name=shelves/*}            | /v1/shelves/7             | name=shelves/7",
        "/v1/{name=shelves/*/books/*}:go | /v1/shelves/7/books/x:go  | name=shelves/7/books/x",
        "/v1/{name=files/**}             | /v1/files/a/b/c           | name=files/a/b/c",
        "/v1/{a}/{b}                     | /v1/1/2                   | a=1 b=2",
        "/v1/*/x                         | /v1/anything/x            | ",
      })
  void aPathThatFitsTellsItsFields(String template, String path, @Nullable String fields) {
    List<PathTemplate.Capture> captures = PathTemplate.parse(template).match(path);

    assertEquals(
        fields == null ? "" : fields,
        captures == null
            ? "no match"
            : captures.stream()
                .map(capture -> capture.field() + "=" + capture.value())
                .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/roads, /v1/roads/",
    "/v1/roads, /v1/road",
    "/v1/roads, /v1/roads/x",
    "/v1/roads, /v1",
    "/v1/roads, /",
    "/v1/roads, ''",
    "/v1/roads:nearest, /v1/roads",
    "/v1/roads:nearest, /v1/roads:nearer",
    "/v1/roads:nearest, /v1/roads:nearestx",
    "/v1/{profile}/route, /v1//route",
    "/v1/{profile}/route, /v1/a/b/route",
    "/v1/{name=shelves/*}, /v1/shelf/7",
    "/v1/{profile}, /v1/%zz",
  })
  void aPathThatDoesNotFitIsAnother(String template, String path) {
    assertNull(PathTemplate.parse(template).match(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1/x", "/v1/{x", "/v1/{x}y", "/v1//x", "/v1/{x=**}/y", "/"})
  void aTemplateThatIsNoneIsRefused(String template) {
    assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(template));
  }

  @Test
  void itsFieldsAreKnown() {
    assertEquals(List.of("a", "b.c"), PathTemplate.parse("/x/{a}/{b.c=y/*}").fields());
  }
}
