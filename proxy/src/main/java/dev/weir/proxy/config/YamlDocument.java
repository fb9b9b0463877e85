package dev.weir.proxy.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;

/**
 * Turns YAML into a {@link Tree}. Reads events rather than nodes: an alias is seen where it stands
 * and is never expanded, so a small file cannot become a large tree. Anchors, aliases, tags and
 * second documents are mistakes. Not thread-safe.
 */
final class YamlDocument {

  /** No setting is nested deeper than half of this. */
  private static final int DEEPEST = 10;

  private final Iterator<Event> events;
  private final Problems problems;

  private YamlDocument(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  /**
   * The document, which is an empty branch for an empty text, or {@code null} if it has no form.
   */
  static @Nullable Tree parse(String text, Problems problems) {
    try {
      Iterator<Event> events =
          new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
      return new YamlDocument(events, problems).document();
    } catch (Formless e) {
      problems.add(e.line, e.key, e.complaint);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(line, "", "this is not YAML: " + Problems.show(e.getProblem()));
    } catch (YAMLException e) {
      problems.add(0, "", "this is not YAML: it contains a character that YAML does not allow");
    }
    return null;
  }

  private Tree document() throws Formless {
    events.next(); // the start of the stream
    Event first = events.next();
    if (!(first instanceof DocumentStartEvent)) {
      return new Tree.Branch(List.of(), 0);
    }
    Tree tree = value(events.next(), "", 0);
    events.next(); // the end of the document
    Event after = events.next();
    if (!(after instanceof StreamEndEvent)) {
      throw new Formless(line(after), "", "a second document begins here; one is enough");
    }
    return tree;
  }

  private Tree value(Event event, String key, int depth) throws Formless {
    if (depth > DEEPEST) {
      throw new Formless(line(event), key, "is nested too deep");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw new Formless(line(event), key, "uses an anchor or alias, which is not supported");
    }
    return switch (event) {
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag(), event, key);
        yield new Tree.Leaf(scalar.getValue(), !scalar.isPlain(), line(event));
      }
      case MappingStartEvent mapping -> {
        refuseTag(mapping.getTag(), event, key);
        yield branch(event, key, depth);
      }
      case SequenceStartEvent sequence -> {
        refuseTag(sequence.getTag(), event, key);
        yield items(event, key, depth);
      }
      default -> throw new Formless(line(event), key, "has no value");
    };
  }

  private Tree branch(Event start, String key, int depth) throws Formless {
    List<Tree.Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      if (!(event instanceof ScalarEvent name)) {
        throw new Formless(line(event), key, "has a key that is not a word");
      }
      refuseTag(name.getTag(), event, key);
      String full = (key.isEmpty() ? "" : key + ".") + Problems.show(name.getValue());
      Tree value = value(events.next(), full, depth + 1);
      if (names.add(name.getValue())) {
        entries.add(new Tree.Entry(name.getValue(), value, line(event)));
      } else {
        problems.add(line(event), full, "is given twice");
      }
    }
    return new Tree.Branch(List.copyOf(entries), line(start));
  }

  private Tree items(Event start, String key, int depth) throws Formless {
    List<Tree> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event, key + "[" + items.size() + "]", depth + 1));
    }
    return new Tree.Items(List.copyOf(items), line(start));
  }

  private static void refuseTag(@Nullable String tag, Event event, String key) throws Formless {
    if (tag != null) {
      throw new Formless(line(event), key, "has a tag, which is not supported");
    }
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  /** The document cannot be understood from here on. */
  private static final class Formless extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;
    private final String key;
    private final String complaint;

    Formless(int line, String key, String complaint) {
      super(complaint, null, false, false);
      this.line = line;
      this.key = key;
      this.complaint = complaint;
    }
  }
}
