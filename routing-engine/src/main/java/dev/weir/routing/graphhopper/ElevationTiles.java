package dev.weir.routing.graphhopper;

import com.graphhopper.reader.dem.CGIARProvider;
import com.graphhopper.reader.dem.ElevationProvider;
import com.graphhopper.reader.dem.GMTEDProvider;
import com.graphhopper.reader.dem.HGTProvider;
import com.graphhopper.reader.dem.MultiSourceElevationProvider;
import com.graphhopper.reader.dem.SRTMGL1Provider;
import com.graphhopper.reader.dem.SRTMProvider;
import com.graphhopper.reader.dem.SkadiProvider;
import com.graphhopper.reader.dem.TileBasedElevationProvider;
import com.graphhopper.storage.DAType;
import com.graphhopper.util.Downloader;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineStartException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Elevation from tiles that were fetched before; never asks the network for one. */
final class ElevationTiles {

  private ElevationTiles() {}

  static ElevationProvider of(Elevation settings, Consumer<String> progress)
      throws EngineStartException {
    String name = settings.provider();
    if (name == null) {
      return ElevationProvider.NOOP;
    }
    if (settings.tiles() == null || !Files.isDirectory(settings.tiles())) {
      throw new EngineStartException(
          "Elevation from '%s' needs a directory of tiles, and %s is none"
              .formatted(name, settings.tiles()));
    }
    String tiles = settings.tiles().toString();
    return switch (name) {
      case "hgt" -> new HGTProvider(tiles);
      case "srtm" -> offline(new SRTMProvider(tiles), progress);
      case "srtmgl1" -> offline(new SRTMGL1Provider(tiles), progress);
      case "skadi" -> offline(new SkadiProvider(tiles), progress);
      case "cgiar" -> offline(new CGIARProvider(tiles), progress);
      case "gmted" -> offline(new GMTEDProvider(tiles), progress);
      case "multi" ->
          new MultiSourceElevationProvider(
              offline(new CGIARProvider(tiles), progress),
              offline(new GMTEDProvider(tiles), progress));
      default ->
          throw new EngineStartException(
              "There is no elevation provider '%s'; choose one of hgt, srtm, srtmgl1, skadi, cgiar,"
                      .formatted(name)
                  + " gmted, multi");
    };
  }

  private static TileBasedElevationProvider offline(
      TileBasedElevationProvider provider, Consumer<String> progress) {
    // In memory: the directory of the tiles may be read-only.
    return provider.setDAType(DAType.RAM).setDownloader(new NoDownloader(progress));
  }

  /** Tells of the tile that is missing; GraphHopper then takes the area for sea. */
  private static final class NoDownloader extends Downloader {

    private final Consumer<String> progress;

    NoDownloader(Consumer<String> progress) {
      super("");
      this.progress = progress;
    }

    @Override
    public void downloadFile(String url, String toFile) throws IOException {
      progress.accept("no elevation tile " + toFile + "; its area is taken to lie at sea level");
      throw new FileNotFoundException(toFile);
    }
  }
}
