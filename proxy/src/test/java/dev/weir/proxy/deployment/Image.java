package dev.weir.proxy.deployment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * The container image as the build describes it.
 *
 * @param user by numbers, with its group
 */
record Image(String version, String user, List<String> entrypoint, List<String> ports) {

  private static final Path BUILD = Path.of("pom.xml");
  private static final String CONTAINER = "//profile[id='image']//plugin/configuration/container/";

  static Image described() {
    try {
      Document build =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(BUILD.toFile());
      XPath path = XPathFactory.newInstance().newXPath();
      return new Image(
          path.evaluate("/project/parent/version", build),
          path.evaluate(CONTAINER + "user", build),
          texts(path, "entrypoint/arg", build),
          texts(path, "ports/port", build));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(XPath path, String of, Document build) throws Exception {
    NodeList nodes = (NodeList) path.evaluate(CONTAINER + of, build, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
