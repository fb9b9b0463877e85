package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.proxy.flood.Eventually;
import dev.weir.routing.MapTile;
import dev.weir.routing.Rendered;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is kept of the playground's map, and what becomes of it in the end. */
final class TilesTest {

  private final FakeEngine engine = new FakeEngine();
  private final Tiles tiles = new Tiles(engine, new TestServer.FakeLoad());

  private Page draw(int x) throws Exception {
    CompletableFuture<Page> drawn = tiles.draw(new MapTile(18, x, 0));
    assertNotNull(drawn);
    return drawn.get();
  }

  @Test
  void whatWasNotAskedForForLongestGoesWhenThereIsTooMuch() throws Exception {
    byte[] dense = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(dense); // which no compression makes any smaller
    engine.drawing = _ -> new Rendered(Rendered.Media.JSON, dense, 0);
    draw(0);
    draw(1);
    for (int x = 2; x < 9; x++) {
      assertNotNull(tiles.kept(new MapTile(18, 0, 0)));
      draw(x);
    }
    assertNotNull(tiles.kept(new MapTile(18, 0, 0)));
    assertNull(tiles.kept(new MapTile(18, 1, 0)));
    tiles.close();
  }

  @Test
  void ofSmallOnesNoMoreThanSomeThousandsAreKept() throws Exception {
    for (int x = 0; x < 5_000; x++) {
      draw(x);
    }
    int kept = 0;
    for (int x = 0; x < 5_000; x++) {
      kept += tiles.kept(new MapTile(18, x, 0)) == null ? 0 : 1;
    }
    assertEquals(4_096, kept);
    tiles.close();
  }

  @Test
  void theEndInterruptsWhatIsBeingDrawnAndLeavesNoThread() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    engine.drawing =
        _ -> {
          inside.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens it");
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
        };
    CompletableFuture<Page> drawn = tiles.draw(new MapTile(1, 0, 0));
    inside.await();
    tiles.close();
    assertNotNull(drawn);
    Eventually.holds("it ends", () -> !tiles.draws());
    assertNull(tiles.draw(new MapTile(1, 0, 0)), "none is drawn any more");
  }
}
