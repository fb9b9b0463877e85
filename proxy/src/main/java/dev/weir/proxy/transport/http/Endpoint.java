package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import dev.weir.routing.RequestKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked for, by path. */
enum Endpoint {
  ROUTE(Resource.ROUTE, RequestKind.ROUTE),
  ISOCHRONE(Resource.ISOCHRONE, RequestKind.ISOCHRONE),
  SPT(Resource.SPT, RequestKind.SPT),
  NEAREST(Resource.NEAREST, RequestKind.NEAREST),
  INFO(Resource.INFO, null),
  HEALTH(Resource.HEALTH, null),
  I18N(Resource.I18N, null),
  /** The contract for programs. */
  OPENAPI(Resource.OPENAPI, null),
  /** The contract for people. */
  DOCS(Resource.DOCS, null),
  /** The playground, which {@link Maps} answers for. */
  MAPS(Resource.MAPS, null),
  /** A method of the contract {@code weir.v1}; which one, {@link RestRoutes} knows. */
  CONTRACT(Resource.UNKNOWN, null),
  /**
   * The same by its full name, as the Connect protocol calls it; {@link RpcMethods} knows which.
   */
  CONNECT(Resource.UNKNOWN, null),
  /** Known from GraphHopper, but not offered here. */
  NOT_OFFERED(Resource.NOT_OFFERED, null),
  UNKNOWN(Resource.UNKNOWN, null);

  private static final List<String> JSON = List.of("application/json");
  private static final List<String> HTML = List.of("text/html");
  private static final List<String> FORMS_OF_ROUTE =
      List.of("application/json", "application/xml", "application/gpx+xml");
  private static final List<String> FORMS_OF_TREE = List.of("text/csv", "application/json");
  private static final String LOCALES = "/i18n/";
  private static final String CONTRACT_PATHS = "/v1/";
  private static final String CONNECT_PATHS = "/weir.v1.";

  private final Resource resource;
  private final @Nullable RequestKind kind;

  Endpoint(Resource resource, @Nullable RequestKind kind) {
    this.resource = resource;
    this.kind = kind;
  }

  /**
   * @param path as sent, without query and trailing slash
   */
  static Endpoint of(String path) {
    return switch (path) {
      case "/route" -> ROUTE;
      case "/isochrone" -> ISOCHRONE;
      case "/spt" -> SPT;
      case "/nearest" -> NEAREST;
      case "/info" -> INFO;
      case "/health" -> HEALTH;
      case "/i18n" -> I18N;
      case "/openapi.json" -> OPENAPI;
      case "/docs" -> DOCS;
      case "/match", "/route-pt", "/isochrone-pt" -> NOT_OFFERED;
      default -> under(path);
    };
  }

  private static Endpoint under(String path) {
    if (path.startsWith(CONTRACT_PATHS)) {
      return CONTRACT;
    }
    if (path.startsWith(CONNECT_PATHS)) {
      return CONNECT;
    }
    if (path.startsWith(LOCALES)) {
      return path.indexOf('/', LOCALES.length()) < 0 ? I18N : UNKNOWN;
    }
    int end = path.indexOf('/', 1);
    return switch (end < 0 ? path : path.substring(0, end)) {
      case "/navigate", "/mvt", "/pt-mvt" -> NOT_OFFERED;
      case Maps.ROOT -> MAPS;
      default -> UNKNOWN;
    };
  }

  /** The last segment of a path to {@link #I18N}, empty if there is none; not decoded. */
  static String locale(String path) {
    return path.startsWith(LOCALES) ? path.substring(LOCALES.length()) : "";
  }

  Resource resource() {
    return resource;
  }

  /** The work it takes, {@code null} for what is answered at once. */
  @Nullable RequestKind kind() {
    return kind;
  }

  /**
   * Media types a caller may insist on with {@code Accept}; empty means that it is not looked at.
   */
  List<String> produced() {
    return switch (this) {
      case ROUTE -> FORMS_OF_ROUTE;
      case SPT -> FORMS_OF_TREE;
      case ISOCHRONE, NEAREST, INFO, I18N, OPENAPI -> JSON;
      case DOCS -> HTML;
      case HEALTH, MAPS, CONTRACT, CONNECT, NOT_OFFERED, UNKNOWN -> List.of();
    };
  }
}
