package dev.weir.proxy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signal SIGHUP, by which operators ask a server to read its file again. */
final class HangUp {

  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /**
   * From now on runs the task, on a thread of its own, whenever the signal arrives, instead of
   * ending. Does nothing on systems without the signal.
   */
  static void handle(Runnable task) {
    // Java offers signals in the module jdk.unsupported only, which its compiler warns of by name.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(task);
      Object listener =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, listener);
    } catch (InvocationTargetException e) {
      LOG.info("this system has no SIGHUP: use POST /config/reload");
    } catch (ReflectiveOperationException e) {
      LOG.info("this Java has no signals: use POST /config/reload");
    }
  }
}
