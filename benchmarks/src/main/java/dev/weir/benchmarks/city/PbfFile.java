package dev.weir.benchmarks.city;

import com.google.protobuf.MessageLite;
import dev.weir.benchmarks.city.Network.Restriction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.openstreetmap.osmosis.osmbinary.Osmformat;
import org.openstreetmap.osmosis.osmbinary.file.BlockOutputStream;
import org.openstreetmap.osmosis.osmbinary.file.FileBlock;

/**
 * Writes a city as OpenStreetMap's PBF: nodes, then ways, then relations, each by ascending number.
 * Holds no more than one block at a time.
 */
final class PbfFile {

  /** What writers of this format usually put into a block. */
  static final int BLOCK_ENTITIES = 8_000;

  /** Always the same, so that the same city is the same file. */
  private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

  private static final long NANO_DEGREES = 100;

  private final City city;

  private PbfFile(City city) {
    this.city = city;
  }

  /**
   * Writes it beside the file first, and moves it there when it is whole. A file that is there
   * already is replaced.
   */
  static void write(City city, Path file) throws IOException {
    Path unfinished =
        file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        new PbfFile(city).write(new BufferedOutputStream(out));
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void write(OutputStream out) throws IOException {
    BlockOutputStream blocks = new BlockOutputStream(out);
    blocks.write(block("OSMHeader", header()));
    nodes(blocks);
    ways(blocks);
    relations(blocks);
    blocks.flush();
  }

  private void nodes(BlockOutputStream blocks) throws IOException {
    BitSet nodes = city.kept().nodeBits();
    for (int from = nodes.nextSetBit(0); from >= 0; ) {
      NodeBlock block = new NodeBlock(city);
      for (int i = 0; i < BLOCK_ENTITIES && from >= 0; i++) {
        block.add(from);
        from = nodes.nextSetBit(from + 1);
      }
      blocks.write(block("OSMData", block.build()));
    }
  }

  private void ways(BlockOutputStream blocks) throws IOException {
    BitSet ways = city.kept().ways();
    for (int from = ways.nextSetBit(0); from >= 0; ) {
      WayBlock block = new WayBlock(city.network());
      for (int i = 0; i < BLOCK_ENTITIES && from >= 0; i++) {
        block.add(from);
        from = ways.nextSetBit(from + 1);
      }
      blocks.write(block("OSMData", block.build()));
    }
  }

  private void relations(BlockOutputStream blocks) throws IOException {
    List<Restriction> restrictions = city.restrictions();
    for (int from = 0; from < restrictions.size(); from += BLOCK_ENTITIES) {
      int end = Math.min(from + BLOCK_ENTITIES, restrictions.size());
      blocks.write(block("OSMData", RelationBlock.of(restrictions.subList(from, end), from)));
    }
  }

  private static FileBlock block(String type, MessageLite content) {
    return FileBlock.newInstance(type, content.toByteString(), null);
  }

  private Osmformat.HeaderBlock header() {
    return Osmformat.HeaderBlock.newBuilder()
        .setBbox(box())
        .addRequiredFeatures("OsmSchema-V0.6")
        .addRequiredFeatures("DenseNodes")
        .addOptionalFeatures("Sort.Type_then_ID")
        .setWritingprogram("weir map synthesize: a synthetic city, no real place")
        .setSource("synthetic, seed " + city.seed())
        .setOsmosisReplicationTimestamp(DATE.getEpochSecond())
        .build();
  }

  private Osmformat.HeaderBBox box() {
    BitSet nodes = city.kept().nodeBits();
    int left = Integer.MAX_VALUE;
    int right = Integer.MIN_VALUE;
    int bottom = Integer.MAX_VALUE;
    int top = Integer.MIN_VALUE;
    for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
      left = Math.min(left, city.network().longitude(node));
      right = Math.max(right, city.network().longitude(node));
      bottom = Math.min(bottom, city.network().latitude(node));
      top = Math.max(top, city.network().latitude(node));
    }
    return Osmformat.HeaderBBox.newBuilder()
        .setLeft(NANO_DEGREES * left)
        .setRight(NANO_DEGREES * right)
        .setBottom(NANO_DEGREES * bottom)
        .setTop(NANO_DEGREES * top)
        .build();
  }
}
