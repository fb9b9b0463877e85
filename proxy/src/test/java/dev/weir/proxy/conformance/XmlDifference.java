package dev.weir.proxy.conformance;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Where two XML texts differ, white space between elements aside. */
final class XmlDifference {

  private XmlDifference() {}

  static List<String> between(String expected, String actual) {
    List<String> found = new ArrayList<>();
    try {
      compare("", root(expected), root(actual), found);
    } catch (SAXException e) {
      found.add("not XML: " + e.getMessage() + " in '" + Comparison.cut(actual) + "'");
    }
    return found;
  }

  private static Element root(String xml) throws SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void compare(String parent, Element left, Element right, List<String> found) {
    String path = parent + "/" + left.getTagName();
    if (!left.getTagName().equals(right.getTagName())) {
      found.add(path + " -> " + right.getTagName());
      return;
    }
    if (!attributes(left).equals(attributes(right))) {
      found.add(path + ": attributes " + attributes(left) + " -> " + attributes(right));
    }
    if (!sameText(text(left), text(right))) {
      found.add(path + ": '" + text(left) + "' -> '" + text(right) + "'");
    }
    List<Element> lefts = children(left);
    List<Element> rights = children(right);
    if (lefts.size() != rights.size()) {
      found.add(path + ": " + lefts.size() + " -> " + rights.size() + " children");
    }
    for (int i = 0; i < Math.min(lefts.size(), rights.size()); i++) {
      compare(path + "[" + i + "]", lefts.get(i), rights.get(i), found);
    }
  }

  /**
   * Times near now are the moment of the answer; requests that give a time are compared exactly.
   */
  private static boolean sameText(String left, String right) {
    return left.equals(right) || (isNow(left) && isNow(right));
  }

  private static boolean isNow(String text) {
    try {
      Duration age = Duration.between(Instant.parse(text), Instant.now()).abs();
      return age.compareTo(Duration.ofHours(2)) < 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String text(Element element) {
    StringBuilder own = new StringBuilder();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n.getNodeType() == Node.TEXT_NODE || n.getNodeType() == Node.CDATA_SECTION_NODE) {
        own.append(n.getNodeValue().strip());
      }
    }
    return own.toString();
  }

  private static List<Element> children(Element element) {
    List<Element> all = new ArrayList<>();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        all.add(child);
      }
    }
    return all;
  }

  private static Map<String, String> attributes(Element element) {
    Map<String, String> all = new TreeMap<>();
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      all.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    return all;
  }
}
