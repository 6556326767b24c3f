package org.jarvis.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** One file of the page, ready to be sent. */
final class Asset {
  private static final String BINARY = "application/octet-stream";
  private static final int TAG_BYTES = 16;
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("md", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private final String path;
  private final byte[] content;
  private final byte[] compressed;
  private final String tag;

  /**
   * A file.
   *
   * @param path its path below the page's root, such as {@code assets/index-4f2a.js}
   * @param content what is in it
   */
  Asset(String path, byte[] content) {
    this.path = path;
    this.content = content.clone();
    this.compressed = worthCompressing() ? gzip(content) : content.clone();
    this.tag = tag(content);
  }

  /** The media type, by the name's ending. */
  String type() {
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, BINARY);
  }

  /** How long it may be kept: for good where the name holds a hash of the content. */
  String cacheControl() {
    return path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  }

  /** Whether sending it compressed pays. */
  boolean hasCompressed() {
    return compressed.length < content.length;
  }

  /** What is to be sent. */
  byte[] bytes(boolean asGzip) {
    return (asGzip ? compressed : content).clone();
  }

  /** Its entity tag; another one for each way of sending it. */
  String tag(boolean asGzip) {
    return '"' + tag + (asGzip ? "-gz" : "") + '"';
  }

  private boolean worthCompressing() {
    return !type().startsWith("font/") && !type().equals("image/png");
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
