package dev.weir.proxy.transport;

import dev.weir.proxy.transport.contract.Rules;

/** The rules of the contract, compiled once for all tests of this JVM. */
public final class ContractRules {

  public static final Rules ALL = Rules.ofContract();

  private ContractRules() {}
}
