package dev.weir.proxy.transport.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the head of a request in HTTP/2 to the one of HTTP/1.1 that says the same, and is judged
 * alike (RFC 9113, 8.3).
 */
final class RequestFields {

  // The decoder refuses fields of connections, names in capitals, a pseudo-header twice or after
  // other fields, and lengths that are not those of the body. What it lets pass is refused here.

  private static final DefaultHttpHeadersFactory HEADERS =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private RequestFields() {}

  /**
   * @param bodiless the request ends with its head
   * @param maxTargetBytes longer targets are too long
   * @return with a failure as its decoder's result if there is anything wrong with it
   */
  static HttpRequest request(Http2Headers fields, boolean bodiless, int maxTargetBytes) {
    CharSequence path = fields.path();
    if (path != null && path.length() > maxTargetBytes) {
      return failed(new TooLongHttpLineException("target too long"));
    }
    HttpHeaders headers = HEADERS.newHeaders();
    if (!isTarget(fields) || !take(fields, headers)) {
      return failed(new IllegalArgumentException("malformed head"));
    }
    if (!bodiless && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    HttpMethod method = HttpMethod.valueOf(String.valueOf(fields.method()));
    String target = String.valueOf(path == null ? fields.authority() : path);
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, headers);
  }

  private static HttpRequest failed(Exception why) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.setDecoderResult(DecoderResult.failure(why));
    return request;
  }

  /** Whether method, scheme and path are there and can be what they are to be. */
  private static boolean isTarget(Http2Headers fields) {
    CharSequence method = fields.method();
    CharSequence path = fields.path();
    if (method == null || method.isEmpty() || HttpHeaderValidationUtil.validateToken(method) >= 0) {
      return false;
    }
    if (HttpMethod.CONNECT.asciiName().contentEquals(method)) {
      return path == null && fields.scheme() == null && fields.authority() != null;
    }
    if (path == null || path.isEmpty() || fields.scheme() == null) {
      return false;
    }
    boolean anything = AsciiString.contentEquals(path, "*");
    return (path.charAt(0) == '/' && isOneWord(path))
        || (anything && HttpMethod.OPTIONS.asciiName().contentEquals(method));
  }

  private static boolean isOneWord(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Copies the fields; returns whether nothing is wrong with them. */
  private static boolean take(Http2Headers fields, HttpHeaders to) {
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      CharSequence name = field.getKey();
      CharSequence value = field.getValue();
      boolean pseudo = Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(name);
      if (HttpHeaderValidationUtil.validateValidHeaderValue(value) >= 0) {
        return false;
      }
      if (!pseudo && HttpHeaderValidationUtil.validateToken(name) < 0) {
        to.add(name, value);
      } else if (!pseudo || AsciiString.contentEquals(name, PseudoHeaderName.STATUS.value())) {
        return false;
      }
    }
    return to.getAll(HttpHeaderNames.CONTENT_LENGTH).size() <= 1 && named(fields.authority(), to);
  }

  /** Where both say whom the request is for, they have to say the same. */
  private static boolean named(@Nullable CharSequence authority, HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (authority == null || (hosts.size() == 1 && same(authority, hosts.getFirst()))) {
      return true;
    }
    headers.add(HttpHeaderNames.HOST, authority);
    return hosts.isEmpty();
  }

  private static boolean same(CharSequence authority, String host) {
    return AsciiString.contentEqualsIgnoreCase(authority, host);
  }
}
