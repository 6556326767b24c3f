package org.jarvis.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageServletTest {
  private static final String SCRIPT = "console.log('x');".repeat(50);

  private final PageServlet servlet =
      new PageServlet(
          new PageAssets(
              Map.of(
                  "index.html", bytes("<!doctype html>"),
                  "assets/index-4f2a.js", bytes(SCRIPT),
                  "assets/font-1.woff2", bytes("font"),
                  "licenses/react.txt", bytes("MIT"),
                  "icon.svg", bytes("<svg/>"))));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What came back. */
  private static final class Answer {
    int status = 200;
    final Map<String, String> headers = new HashMap<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();

    String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  private Answer ask(String method, String path, Map<String, String> headers) throws Exception {
    Answer answer = new Answer();
    ClassLoader loader = PageServletTest.class.getClassLoader();
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) ->
                    switch (called.getName()) {
                      case "getMethod" -> method;
                      case "getRequestURI" -> path;
                      case "getHeader" -> headers.get((String) arguments[0]);
                      default -> throw new UnsupportedOperationException(called.getName());
                    });
    HttpServletResponse response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, arguments) -> {
                  switch (called.getName()) {
                    case "setStatus" -> answer.status = (Integer) arguments[0];
                    case "setHeader" ->
                        answer.headers.put((String) arguments[0], (String) arguments[1]);
                    case "setContentType" ->
                        answer.headers.put("Content-Type", (String) arguments[0]);
                    case "setContentLength" ->
                        answer.headers.put("Content-Length", arguments[0].toString());
                    case "getOutputStream" -> {
                      return stream(answer.body);
                    }
                    default -> throw new UnsupportedOperationException(called.getName());
                  }
                  return null;
                });
    servlet.service(request, response);
    return answer;
  }

  private static ServletOutputStream stream(ByteArrayOutputStream body) {
    return new ServletOutputStream() {
      @Override
      public void write(int b) {
        body.write(b);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private Answer get(String path) throws Exception {
    return ask("GET", path, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/index.html, text/html; charset=utf-8",
    "/assets/index-4f2a.js, text/javascript; charset=utf-8",
    "/assets/font-1.woff2, font/woff2",
    "/icon.svg, image/svg+xml"
  })
  void servesFilesWithTheirTypes(String path, String type) throws Exception {
    Answer answer = get(path);
    assertThat(answer.status).isEqualTo(200);
    assertThat(answer.headers).containsEntry("Content-Type", type);
    assertThat(answer.body.size()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets", "/assets/", "/assets/none.js", "/assets/../index.html", "/favicon.ico",
        "/assets/%2e%2e/index.html", "//index.html", "/www/index.html", "/INDEX.html", "/nodes"
      })
  void answersNotFoundForEverythingElse(String path) throws Exception {
    Answer answer = get(path);
    assertThat(answer.status).isEqualTo(404);
    assertThat(answer.headers).containsEntry("Content-Type", "application/problem+json");
    assertThat(answer.text()).contains("\"code\":\"not-found\"");
  }

  @Test
  void letsBrowsersKeepWhatCarriesAHashAndAskAgainForTheRest() throws Exception {
    assertThat(get("/assets/index-4f2a.js").headers.get("Cache-Control")).contains("immutable");
    assertThat(get("/").headers.get("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void sendsNothingAgainThatABrowserHas() throws Exception {
    String tag = get("/").headers.get("ETag");
    Answer again = ask("GET", "/", Map.of("If-None-Match", "\"other\", " + tag));
    assertThat(again.status).isEqualTo(304);
    assertThat(again.body.size()).isZero();
    assertThat(ask("GET", "/", Map.of("If-None-Match", "\"other\"")).status).isEqualTo(200);
  }

  @Test
  void compressesWhereItPaysAndIsAcceptable() throws Exception {
    Answer packed =
        ask("GET", "/assets/index-4f2a.js", Map.of("Accept-Encoding", "gzip, deflate, br"));
    assertThat(packed.headers).containsEntry("Content-Encoding", "gzip");
    assertThat(packed.body.size()).isLessThan(SCRIPT.length());
    assertThat(unpacked(packed.body.toByteArray())).isEqualTo(SCRIPT);
    assertThat(packed.headers.get("ETag"))
        .isNotEqualTo(get("/assets/index-4f2a.js").headers.get("ETag"));
    assertThat(ask("GET", "/assets/index-4f2a.js", Map.of("Accept-Encoding", "gzip;q=0")).headers)
        .doesNotContainKey("Content-Encoding");
  }

  private static String unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersHeadWithoutABodyAndNoOtherMethod() throws Exception {
    Answer head = ask("HEAD", "/", Map.of());
    assertThat(head.body.size()).isZero();
    assertThat(head.headers).containsEntry("Content-Length", "15");
    Answer post = ask("POST", "/", Map.of());
    assertThat(post.status).isEqualTo(405);
    assertThat(post.headers).containsEntry("Allow", "GET, HEAD");
  }
}
