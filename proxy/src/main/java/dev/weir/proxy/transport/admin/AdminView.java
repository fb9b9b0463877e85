package dev.weir.proxy.transport.admin;

import dev.weir.proxy.path.BreakerSwitch;

/** What an operator may see and switch. */
public interface AdminView {

  String metrics();

  boolean live();

  boolean ready();

  String config();

  BreakerSwitch breaker();
}
