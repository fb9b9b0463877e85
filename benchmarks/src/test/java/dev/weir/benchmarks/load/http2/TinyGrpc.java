package dev.weir.benchmarks.load.http2;

import dev.weir.v1.Area;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Polygon;
import dev.weir.v1.Route;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceImplBase;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.StreamRoutesResponse;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server of gRPC's own. */
public final class TinyGrpc implements AutoCloseable {
  public static final Route ROUTE = Route.newBuilder().setDistanceMeters(1_000).build();

  private final Server server;

  public TinyGrpc(BindableService service) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service)
            .build()
            .start();
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Answers everything. */
  public static class Routes extends RoutingServiceImplBase {
    @Override
    public void getRoute(GetRouteRequest request, StreamObserver<GetRouteResponse> to) {
      to.onNext(GetRouteResponse.newBuilder().setRoute(ROUTE).build());
      to.onCompleted();
    }

    @Override
    public void streamRoutes(StreamRoutesRequest request, StreamObserver<StreamRoutesResponse> to) {
      for (int i = 0; i < request.getMaxAlternatives(); i++) {
        to.onNext(StreamRoutesResponse.newBuilder().setRoute(ROUTE).setVariant(i).build());
      }
      to.onCompleted();
    }

    @Override
    public void getIsochrone(GetIsochroneRequest request, StreamObserver<GetIsochroneResponse> to) {
      to.onNext(
          GetIsochroneResponse.newBuilder()
              .addAreas(Area.newBuilder().addParts(Polygon.getDefaultInstance()))
              .build());
      to.onCompleted();
    }
  }
}
