package org.jarvis.lab.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.fault.FaultSwitches;
import org.jarvis.lab.pve.PveReply;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it goes over the wire, after the faults have had their way with it; headers in the
 * order of the real daemon.
 */
final class Outgoing {

  private static final String JSON = "application/json;charset=UTF-8";
  private static final String STREAM = "application/json";
  private static final String HTML = "text/html;charset=UTF-8";
  // RFC_1123_DATE_TIME writes the first nine days of a month with one digit; HTTP wants two.
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String SIGN_IN_PAGE =
      """
      <!DOCTYPE html>
      <html>
        <head><title>Sign in</title></head>
        <body><form method="post"><h1>Sign in to continue</h1></form></body>
      </html>
      """;

  /** The real daemon packs no body that is shorter, whatever the client accepts. */
  private static final int PACKED_FROM = 1024;

  private final PveReply reply;
  private final boolean packed;
  private final byte @Nullable [] body;
  private final String contentType;
  private final boolean cut;

  private Outgoing(
      PveReply reply, @Nullable String body, String contentType, boolean cut, boolean gzip) {
    this.reply = reply;
    byte[] plain = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    this.packed = reply.compressed() || (gzip && plain.length > PACKED_FROM);
    this.body = body == null ? null : packed ? packed(plain) : plain;
    this.contentType = contentType;
    this.cut = cut;
  }

  /**
   * A reply as these faults leave it.
   *
   * @param gzip whether the client accepts a packed body
   */
  static Outgoing of(PveReply reply, FaultSwitches faults, boolean gzip) {
    if (faults.suffers(Fault.HtmlReplies.class)) {
      return new Outgoing(
          new PveReply(200, "OK", SIGN_IN_PAGE, false), SIGN_IN_PAGE, HTML, false, gzip);
    }
    String body = reply.body();
    if (body != null && faults.suffers(Fault.BrokenJson.class)) {
      body = body.substring(0, body.length() * 2 / 3);
    }
    return new Outgoing(reply, body, JSON, faults.suffers(Fault.CutReplies.class), gzip);
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be written to", impossible);
    }
    return out.toByteArray();
  }

  HttpResponse head(Instant now) {
    HttpResponse head = new BasicHttpResponse(reply.status(), reply.reason());
    String date = HTTP_DATE.format(now);
    head.addHeader("Cache-Control", "max-age=0");
    // What the privileged daemon answers passes through the proxy with the daemon's own "close";
    // the connection stays open.
    if (!reply.succeeded() || reply.throughWorker()) {
      head.addHeader("Connection", "close");
    }
    if (reply.succeeded()) {
      head.addHeader("Connection", "Keep-Alive");
    }
    head.addHeader("Date", date);
    head.addHeader("Pragma", "no-cache");
    head.addHeader("Server", "pve-api-daemon/3.0");
    if (body != null) {
      if (packed) {
        head.addHeader("Content-Encoding", "gzip");
      }
      head.addHeader("Content-Length", body.length);
      head.addHeader("Content-Type", reply.compressed() ? STREAM : contentType);
    }
    head.addHeader("Expires", date);
    return head;
  }

  @Nullable AsyncEntityProducer entity() {
    if (body == null) {
      return null;
    }
    return cut
        ? new CutBody(body)
        : new BasicAsyncEntityProducer(body, ContentType.parse(contentType));
  }
}
