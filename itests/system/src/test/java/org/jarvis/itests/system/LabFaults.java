package org.jarvis.itests.system;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The lab's fault switches, found by the file in which the lab says where it runs. */
final class LabFaults {
  private final String address;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();

  private LabFaults(String address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Those of the lab that keeps its data here. */
  static LabFaults of(Path labData) throws IOException {
    Properties running = new Properties();
    try (Reader reader = Files.newBufferedReader(labData.resolve("running.properties"))) {
      running.load(reader);
    }
    return new LabFaults(running.getProperty("fault.address"), running.getProperty("fault.token"));
  }

  /** Where the switches listen. */
  String address() {
    return address;
  }

  /** What proves to them who asks. */
  String token() {
    return token;
  }

  /** Switches a fault on, such as {@code guest-locked?vmid=101}. */
  void on(String fault) throws IOException {
    send("POST", fault);
  }

  /** Switches a fault off. */
  void off(String fault) throws IOException {
    send("DELETE", fault);
  }

  /** What is behind the question mark goes as a form, since a text may be too long for a line. */
  private void send(String method, String fault) throws IOException {
    int mark = fault.indexOf('?');
    String path = "/faults/" + (mark < 0 ? fault : fault.substring(0, mark));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(
                method,
                HttpRequest.BodyPublishers.ofString(mark < 0 ? "" : fault.substring(mark + 1)))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(method + " " + path + " answered " + response.body());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
