package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.v1.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one table of what can be wrong. */
final class FaultTest {

  private static final Path CONTRACT = Path.of("src/main/proto/weir/v1/errors.proto");

  @Test
  void everyReasonOfTheContractIsAFaultAndTheOtherWayRound() {
    Set<ErrorReason> reasons = EnumSet.allOf(ErrorReason.class);
    reasons.remove(ErrorReason.ERROR_REASON_UNSPECIFIED);
    reasons.remove(ErrorReason.UNRECOGNIZED);

    assertEquals(
        reasons, Arrays.stream(Fault.values()).map(Fault::reason).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource(Refusal.Reason.class)
  void everyRefusalIsTheFaultOfItsName(Refusal.Reason reason) {
    assertEquals(reason.name(), Fault.of(reason).name());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theContractSaysWhichCodeAndStatusAReasonHas(Fault fault) throws IOException {
    String contract = Files.readString(CONTRACT).replaceAll("\\s*//\\s*", " ");
    int end = contract.indexOf(fault.reason().name() + " =");
    String comment = contract.substring(contract.lastIndexOf(';', end), end);

    assertTrue(comment.contains(fault.code().name() + ", " + fault.httpStatus() + "."), comment);
  }
}
