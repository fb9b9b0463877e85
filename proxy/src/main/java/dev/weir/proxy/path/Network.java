package dev.weir.proxy.path;

/** What counts as one address. */
public final class Network {

  private Network() {}

  /** Of an IPv6 address the part that a household or a server gets whole (RFC 6177): 64 bits. */
  public static String of(String address) {
    int end = -1;
    for (int group = 0; group < 4; group++) {
      int colon = address.indexOf(':', end + 1);
      if (colon < 0 || colon == end + 1) {
        return address; // of version 4, or abbreviated
      }
      end = colon;
    }
    return address.substring(0, end);
  }
}
