package dev.weir.benchmarks.city;

import com.carrotsearch.hppc.IntArrayList;

/**
 * A street that is being laid from node to node. At water it ends, and goes on on the other side;
 * or it gets a bridge. Not thread-safe.
 */
final class Street {

  /** No such node, or way. */
  static final int NONE = -1;

  private final Network network;
  private final Layout layout;
  private final Kind kind;
  private final Form form;
  private final int name;
  private final boolean bridges;
  private final IntArrayList run = new IntArrayList();
  private double lastU;
  private double lastV;
  private boolean begun;
  private int firstWay = NONE;
  private int lastWay = NONE;

  Street(Network network, Layout layout, Kind kind, Form form, int name, boolean bridges) {
    this.network = network;
    this.layout = layout;
    this.kind = kind;
    this.form = form;
    this.name = name;
    this.bridges = bridges;
  }

  /** Goes on to a node, or ends before it if it is {@link #NONE}. */
  void to(int node, double u, double v) {
    if (node == NONE) {
      cut();
      return;
    }
    if (!run.isEmpty() && layout.water(lastU, lastV, u, v)) {
      int bank = run.get(run.size() - 1);
      cut();
      if (bridges) {
        run.add(bank, node);
        write(form.acrossWater());
      }
    }
    run.add(node);
    lastU = u;
    lastV = v;
  }

  /** Ends here; the next node begins another way. */
  void cut() {
    write(form);
  }

  private void write(Form as) {
    lastWay = NONE;
    if (run.size() > 1) {
      lastWay = network.addWay(kind, as, name, run);
    }
    if (!run.isEmpty() && !begun) {
      begun = true;
      firstWay = lastWay;
    }
    run.clear();
  }

  /** The way on land that begins with the first node, if any; to be asked after {@link #cut}. */
  int firstWay() {
    return firstWay;
  }

  /** The way on land that ends with the last node, if any; to be asked after {@link #cut}. */
  int lastWay() {
    return lastWay;
  }
}
