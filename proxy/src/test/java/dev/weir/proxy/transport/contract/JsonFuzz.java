package dev.weir.proxy.transport.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.routing.MalformedQuery;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetMatrixResponse;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.ListQuotesResponse;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.QuoteRideResponse;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.StreamRoutesResponse;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A first byte that says which message, and a document. What can be read is written as the library
 * writes it, and is the same when it is read again.
 */
public final class JsonFuzz {

  private static final List<Message> REQUESTS =
      List.of(
          GetRouteRequest.getDefaultInstance(),
          GetIsochroneRequest.getDefaultInstance(),
          GetMatrixRequest.getDefaultInstance(),
          FindNearestRequest.getDefaultInstance(),
          StreamRoutesRequest.getDefaultInstance(),
          TrackRideRequest.getDefaultInstance(),
          QuoteRideRequest.getDefaultInstance(),
          ListQuotesRequest.getDefaultInstance());
  private static final List<Message> RESPONSES =
      List.of(
          GetRouteResponse.getDefaultInstance(),
          GetIsochroneResponse.getDefaultInstance(),
          GetMatrixResponse.getDefaultInstance(),
          StreamRoutesResponse.getDefaultInstance(),
          TrackRideResponse.getDefaultInstance(),
          QuoteRideResponse.getDefaultInstance(),
          ListQuotesResponse.getDefaultInstance());
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFuzz() {}

  /** The first byte of an input is 'A' and so on for requests, 'a' and so on for responses. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    boolean request = data[0] < 'a';
    List<Message> all = request ? REQUESTS : RESPONSES;
    Message type = all.get(Math.floorMod(data[0] - (request ? 'A' : 'a'), all.size()));
    byte[] document = Arrays.copyOfRange(data, 1, data.length);
    for (Codec codec : Codec.values()) {
      Message.Builder read = type.newBuilderForType();
      try {
        codec.merge(document, read);
        written(read.build());
        if (request) {
          ContractRules.ALL.check(read.build());
        }
      } catch (MalformedQuery mistake) {
        RestFuzz.told(mistake);
      }
    }
  }

  private static void written(Message message) {
    String expected;
    try {
      expected = JsonFormat.printer().print(message);
    } catch (InvalidProtocolBufferException | IllegalArgumentException notInJson) {
      return;
    }
    try {
      byte[] written = ContractJson.bytes(message);
      if (!MAPPER.readTree(expected).equals(MAPPER.readTree(written))) {
        throw new IllegalStateException(expected + " is written " + ContractJson.of(message));
      }
      Message.Builder again = message.newBuilderForType();
      Codec.JSON.merge(written, again);
      if (!JsonFormat.printer().print(again).equals(expected)) {
        throw new IllegalStateException(message + " is read as " + again);
      }
    } catch (IOException | MalformedQuery e) {
      throw new IllegalStateException("no JSON of " + message, e);
    }
  }
}
