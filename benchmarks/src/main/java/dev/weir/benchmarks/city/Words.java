package dev.weir.benchmarks.city;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openstreetmap.osmosis.osmbinary.Osmformat;

/** The texts of a block, each of them once; the first is empty, as the format wants it. */
final class Words {

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  Words() {
    of("");
  }

  /** The number that stands for a text. */
  int of(String word) {
    return numbers.computeIfAbsent(word, _ -> numbers.size());
  }

  Osmformat.PrimitiveBlock.Builder block() {
    Osmformat.StringTable.Builder table = Osmformat.StringTable.newBuilder();
    numbers.keySet().forEach(word -> table.addS(ByteString.copyFromUtf8(word)));
    return Osmformat.PrimitiveBlock.newBuilder().setStringtable(table);
  }
}
