package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The lab's cluster as somebody else than Jarvis uses it. */
final class LabApi {
  private final String base;
  private final String token;
  private final HttpClient http;

  /** The API at this address, with the credential of a token. */
  LabApi(String address, String token) {
    this.base = address + "/api2/json";
    this.token = token;
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new Anybody()}, null);
      this.http = HttpClient.newBuilder().sslContext(tls).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode get(String path) throws IOException {
    return send("GET", path);
  }

  JsonNode post(String path) throws IOException {
    return send("POST", path);
  }

  JsonNode put(String path) throws IOException {
    return send("PUT", path);
  }

  /**
   * All that a client with a token can have done: the configuration, status and snapshots of each
   * guest, whether the nodes are up, and every task that was begun with a token.
   */
  String marks() throws IOException {
    StringBuilder marks = new StringBuilder();
    for (JsonNode row : get("/cluster/resources")) {
      if (row.path("type").asText().equals("node")) {
        marks.append(row.path("node").asText()).append(row.path("status").asText()).append('\n');
        for (JsonNode task :
            get("/nodes/" + row.path("node").asText() + "/tasks?source=all&limit=1000")) {
          String id = task.path("upid").asText();
          marks.append(id.contains("!") ? id + "\n" : "");
        }
      } else if (row.hasNonNull("vmid")) {
        String guest = "/nodes/" + row.path("node").asText() + "/" + row.path("id").asText();
        ObjectNode configuration = (ObjectNode) get(guest + "/config");
        // A nightly backup of the household's own locks a guest for a while.
        configuration.remove("lock");
        marks
            .append(guest)
            .append(row.path("status").asText())
            .append(configuration)
            .append(get(guest + "/snapshot").findValuesAsText("name"))
            .append('\n');
      }
    }
    return marks.toString();
  }

  private JsonNode send(String method, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "PVEAPIToken=" + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(
            method + " " + path + " answered " + response.statusCode() + " " + response.body());
      }
      return new ObjectMapper().readTree(response.body()).path("data");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /**
   * The lab of the test's own process, on this machine: whose certificate it is does not matter.
   */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
