package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.UnknownFieldSet;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.v1.FindNearestRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods of the contract by their full names. */
final class RpcMethodsTest {

  private static final String NEAREST = "/weir.v1.RoutingService/FindNearest";

  private final FindNearest findNearest = new FindNearest();
  private final RpcMethods methods = new RpcMethods(List.of(findNearest));

  @Test
  void aMethodIsFoundByServiceAndNameAndItsCodecByTheTypeOfTheBody() {
    var json =
        assertInstanceOf(RpcMethods.Found.class, methods.find("POST", NEAREST, "application/json"));
    assertEquals(findNearest, json.method());
    assertEquals(Codec.JSON, json.codec());
    assertEquals(
        new RpcMethods.Found<>(findNearest, Codec.PROTO),
        methods.find("POST", NEAREST, "Application/Proto"));
  }

  @Test
  void whatIsWrongWithACallIsTold() {
    assertNull(methods.find("POST", "/weir.v1.RoutingService/GetRoute", "application/json"));
    assertNull(methods.find("POST", "/weir.v1.RoutingService/findnearest", "application/json"));
    assertEquals(RpcMethods.Mistake.VERB, methods.find("GET", NEAREST, "application/json"));
    assertEquals(RpcMethods.Mistake.TYPE, methods.find("POST", NEAREST, ""));
  }

  @Test
  void aMethodWithSeveralAnswersHasTypesOfItsOwn() {
    RpcMethods streams = new RpcMethods(List.of(new GetMatrix()));
    String matrix = "/weir.v1.RoutingService/GetMatrix";

    assertEquals(RpcMethods.Mistake.STREAM_TYPE, streams.find("POST", matrix, "application/proto"));
    assertEquals(RpcMethods.Mistake.VERB, streams.find("GET", matrix, "application/connect+proto"));
    var call =
        assertInstanceOf(
            RpcMethods.Found.class, streams.find("POST", matrix, "application/connect+proto"));
    assertEquals(Codec.PROTO, call.codec());
  }

  @Test
  void fieldsThatANewerClientSendsAreLeftOutOfTheBinaryForm() throws Exception {
    byte[] newer = {(byte) 0xF8, 0x7F, 1}; // field 2047, of which there is none
    var call = new RpcMethods.Found<>(findNearest, Codec.PROTO);

    assertEquals(
        FindNearestRequest.getDefaultInstance(),
        call.read("", newer).toBuilder()
            .setUnknownFields(UnknownFieldSet.getDefaultInstance())
            .build());
  }

  @Test
  void whateverIsCalledByRestIsCalledByItsNameToo() {
    RpcMethods all =
        new RpcMethods(new RestRoutes(TestQuotes.at(InstantSource.fixed(Instant.EPOCH))).methods());

    for (String name :
        List.of(
            "RoutingService/GetRoute",
            "RoutingService/GetIsochrone",
            "RoutingService/FindNearest",
            "RideService/QuoteRide",
            "RideService/ListQuotes")) {
      String path = "/weir.v1." + name;
      assertInstanceOf(RpcMethods.Found.class, all.find("POST", path, "application/proto"), name);
    }
    for (String name : List.of("StreamRoutes", "GetMatrix")) {
      String path = "/weir.v1.RoutingService/" + name;
      assertInstanceOf(
          RpcMethods.Found.class, all.find("POST", path, "application/connect+json"), name);
    }
    assertNull(all.find("POST", "/weir.v1.RoutingService/TrackRide", "application/connect+json"));
  }
}
