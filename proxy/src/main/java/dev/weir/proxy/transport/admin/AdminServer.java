package dev.weir.proxy.transport.admin;

import dev.weir.proxy.config.AdminSettings;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;

/** The operator's port. */
public final class AdminServer implements AutoCloseable {

  private final AdminSettings settings;
  private final AdminView view;

  public AdminServer(AdminSettings settings, AdminView view) {
    this.settings = settings;
    this.view = view;
  }

  public void start() throws BindFailed {
    EventLoops.checkFree(settings.host(), settings.port(), "admin");
  }

  public int port() {
    return view.live() ? settings.port() : 0;
  }

  @Override
  public void close() {}
}
