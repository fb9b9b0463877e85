package dev.weir.benchmarks.city;

import dev.weir.benchmarks.city.Network.Restriction;
import java.util.List;
import org.openstreetmap.osmosis.osmbinary.Osmformat;
import org.openstreetmap.osmosis.osmbinary.Osmformat.Relation.MemberType;

/** Turn restrictions on their way into a file. */
final class RelationBlock {

  private final Words words = new Words();

  private RelationBlock() {}

  /**
   * @param first number of the first one
   */
  static Osmformat.PrimitiveBlock of(List<Restriction> restrictions, int first) {
    RelationBlock block = new RelationBlock();
    Osmformat.PrimitiveGroup.Builder group = Osmformat.PrimitiveGroup.newBuilder();
    for (int i = 0; i < restrictions.size(); i++) {
      group.addRelations(block.relation(NodeBlock.id(first + i), restrictions.get(i)));
    }
    return block.words.block().addPrimitivegroup(group).build();
  }

  private Osmformat.Relation relation(long id, Restriction restriction) {
    long from = NodeBlock.id(restriction.from());
    long via = NodeBlock.id(restriction.via());
    long onward = NodeBlock.id(restriction.to());
    return Osmformat.Relation.newBuilder()
        .setId(id)
        .addKeys(words.of("type"))
        .addVals(words.of("restriction"))
        .addKeys(words.of("restriction"))
        .addVals(words.of(restriction.type()))
        .addKeys(words.of("source"))
        .addVals(words.of("synthetic"))
        .addRolesSid(words.of("from"))
        .addMemids(from)
        .addTypes(MemberType.WAY)
        .addRolesSid(words.of("via"))
        .addMemids(via - from)
        .addTypes(MemberType.NODE)
        .addRolesSid(words.of("to"))
        .addMemids(onward - via)
        .addTypes(MemberType.WAY)
        .build();
  }
}
