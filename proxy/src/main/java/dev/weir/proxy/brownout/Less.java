package dev.weir.proxy.brownout;

import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.RouteQuery.Rendering;
import dev.weir.routing.RouteQuery.Route;
import java.util.List;
import java.util.Map;

/** Copies with something left out. */
final class Less {

  private Less() {}

  static Traits onePath(Traits of) {
    return copy(of, Search.PLAIN, 1, of.speedModeOff(), of.hybridModeOff(), of.fullOutput());
  }

  static Traits plainOutput(Traits of) {
    return copy(of, of.search(), of.paths(), of.speedModeOff(), of.hybridModeOff(), false);
  }

  static Traits modes(Traits of, boolean speedModeOff, boolean hybridModeOff) {
    return copy(of, of.search(), of.paths(), speedModeOff, hybridModeOff, of.fullOutput());
  }

  private static Traits copy(
      Traits of,
      Search search,
      int paths,
      boolean speedModeOff,
      boolean hybridModeOff,
      boolean fullOutput) {
    return new Traits(
        of.kind(),
        of.profile(),
        search,
        speedModeOff,
        hybridModeOff,
        of.points(),
        of.beelineMeters(),
        of.latitude(),
        of.longitude(),
        of.reachSeconds(),
        of.reachMeters(),
        paths,
        of.modelHash(),
        of.modelBytes(),
        fullOutput,
        of.geometry());
  }

  static Route defaultAlgorithm(Route of) {
    return copy(of, of.pathDetails(), "", of.hints(), of.rendering());
  }

  static Route hints(Route of, Map<String, Object> hints) {
    return copy(of, of.pathDetails(), of.algorithm(), hints, of.rendering());
  }

  static Route rendering(Route of, List<String> pathDetails, Rendering rendering) {
    return copy(of, pathDetails, of.algorithm(), of.hints(), rendering);
  }

  private static Route copy(
      Route of,
      List<String> pathDetails,
      String algorithm,
      Map<String, Object> hints,
      Rendering rendering) {
    return new Route(
        of.profile(),
        of.points(),
        of.headings(),
        of.pointHints(),
        of.curbsides(),
        of.snapPreventions(),
        pathDetails,
        algorithm,
        of.locale(),
        of.customModel(),
        hints,
        rendering);
  }
}
