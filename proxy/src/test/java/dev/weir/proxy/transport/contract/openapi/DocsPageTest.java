package dev.weir.proxy.transport.contract.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The page made of the document. */
final class DocsPageTest {

  private static final OpenApi API = OpenApi.of(Descriptors.CONTRACT);
  private static final String PAGE = new String(DocsPage.of(API), UTF_8);

  private static List<String> all(String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(PAGE)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void isWellFormed() throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(PAGE.getBytes(UTF_8)));

    assertEquals("html", document.getDocumentElement().getTagName());
  }

  @Test
  void showsEveryOperationWithItsParametersAndMessages() {
    Set<String> ids = new HashSet<>(all(" id=\"([^\"]+)\""));
    Set<String> code = new HashSet<>(all("<code>([^<]+)</code>"));

    API.root()
        .get("paths")
        .forEachEntry(
            (path, verbs) -> {
              assertTrue(code.contains(path), path);
              verbs.forEach(
                  operation -> {
                    assertTrue(ids.contains(operation.get("operationId").textValue()));
                    operation
                        .get("parameters")
                        .findValuesAsText("name")
                        .forEach(name -> assertTrue(code.contains(name), name));
                  });
            });
    API.root()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> assertTrue(ids.contains("schema-" + name), name));
    API.root()
        .at("/components/schemas/ErrorReason/enum")
        .forEach(reason -> assertTrue(code.contains(reason.textValue())));
  }

  @Test
  void linksLeadToItsOwnPartsOrToTheDocument() {
    Set<String> ids = new HashSet<>(all(" id=\"([^\"]+)\""));

    for (String target : all("href=\"([^\"]+)\"")) {
      assertTrue(target.equals("/openapi.json") || ids.contains(target.substring(1)), () -> target);
    }
  }

  @Test
  void loadsNothingAndRunsNothing() throws Exception {
    assertFalse(PAGE.contains("<script"));
    assertFalse(PAGE.contains(" src="));
    assertFalse(PAGE.contains(" style="));
    String style = all("<style>(.*)</style>").getFirst();
    assertFalse(style.contains("url(") || style.contains("@import"));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
    assertEquals(
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(hash)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        DocsPage.CONTENT_SECURITY_POLICY);
  }

  @Test
  void whatIsNotMarkupIsEscaped() {
    assertEquals(
        "&lt;a title=&quot;x&quot;&gt; &amp; <code>&lt;b&gt;</code>",
        new Html().text("<a title=\"x\"> & ").code("<b>").toString());
    assertEquals(
        "<p>One <code>a&lt;b</code>.</p><ul><li>x</li><li>y</li></ul>",
        new Html().prose("One `a<b`.\n\n- x\n- y").toString());
  }
}
