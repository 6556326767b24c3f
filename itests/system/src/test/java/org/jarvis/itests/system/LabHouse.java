package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The lab of a demo, as it was at the beginning: what is broken or written in it, or done to its
 * guests, can be taken back.
 */
final class LabHouse {
  private static final List<String> WRITABLE = List.of("name", "hostname", "tags", "description");

  private static final String STORAGES = "/api/resources?kind=storage&limit=500";
  private static final String STORAGE_ADDED = "storage-added?id=";

  private final LabApi api;
  private final LabFaults faults;
  private final JarvisClient person;
  private final List<String> broken = new ArrayList<>();
  private final Map<Integer, Household> beginning;

  /** A guest as it was. */
  private record Household(String status, JsonNode configuration) {}

  private LabHouse(LabApi api, LabFaults faults, JsonNode rows, JarvisClient person)
      throws IOException {
    this.api = api;
    this.faults = faults;
    this.person = person;
    this.beginning = new TreeMap<>();
    for (JsonNode row : rows) {
      if (row.hasNonNull("vmid")) {
        beginning.put(
            row.path("vmid").asInt(),
            new Household(row.path("status").asText(), api.get(address(row) + "/config")));
      }
    }
  }

  /** That of the demo that keeps its data here. */
  static LabHouse of(Path data, JarvisClient person) throws IOException {
    Path lab = data.resolve("lab");
    Properties properties = new Properties();
    for (String file : List.of("running.properties", "secrets.properties")) {
      try (Reader reader = Files.newBufferedReader(lab.resolve(file))) {
        properties.load(reader);
      }
    }
    LabApi api =
        new LabApi(
            properties.getProperty("address"),
            "jarvis@pve!operator=" + properties.getProperty("token.operator"));
    return new LabHouse(api, LabFaults.of(lab), api.get("/cluster/resources"), person);
  }

  private static String address(JsonNode row) {
    return "/nodes/" + row.path("node").asText() + "/" + row.path("id").asText();
  }

  /**
   * Writes a configuration, such as {@code /nodes/rhea/qemu/101/config?name=other}, or, without a
   * question, has something done, such as {@code /nodes/rhea/qemu/104/status/start}.
   */
  void write(String path) throws IOException {
    if (path.indexOf('?') < 0) {
      api.post(path);
      return;
    }
    int query = path.indexOf('=') + 1;
    api.put(path.substring(0, query) + encoded(path.substring(query)));
  }

  /** The lab takes a plus for a plus. */
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Switches a fault on.
   *
   * @param fault as in {@code guest-locked?vmid=101}, or its parameters by name and, as {@code
   *     fault}, which one
   */
  void breakWith(JsonNode fault) throws IOException {
    String switched = fault.isObject() ? asSwitched(fault) : fault.asText();
    broken.add(switched);
    faults.on(switched);
  }

  private static String asSwitched(JsonNode fault) {
    return fault.properties().stream()
        .filter(parameter -> !parameter.getKey().equals("fault"))
        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue().asText()))
        .collect(Collectors.joining("&", fault.path("fault").asText() + "?", ""));
  }

  /** All that Jarvis can have done. */
  String marks() throws IOException {
    return api.marks();
  }

  /** Takes everything back, and waits until Jarvis sees it as it was. */
  void restore() throws IOException {
    List<String> added = new ArrayList<>();
    for (String fault : broken) {
      faults.off(fault);
      if (fault.startsWith(STORAGE_ADDED)) {
        added.add(fault.substring(STORAGE_ADDED.length()));
      }
    }
    broken.clear();
    if (!added.isEmpty()) {
      person.await(STORAGES, storages -> added.stream().noneMatch(storages.toString()::contains));
    }
    boolean changed = false;
    for (JsonNode row : api.get("/cluster/resources")) {
      Household before = beginning.get(row.path("vmid").asInt());
      if (before != null) {
        changed |= restoreStatus(row, before);
        changed |= restoreConfiguration(row, before);
      }
    }
    if (changed) {
      person.await("/api/resources?kind=guest&limit=100", this::isAsBefore);
    }
  }

  private boolean restoreStatus(JsonNode row, Household before) throws IOException {
    if (row.path("status").asText().equals(before.status())) {
      return false;
    }
    api.post(address(row) + "/status/" + (before.status().equals("running") ? "start" : "stop"));
    return true;
  }

  private boolean restoreConfiguration(JsonNode row, Household before) throws IOException {
    boolean changed = false;
    JsonNode now = api.get(address(row) + "/config");
    for (String key : WRITABLE) {
      String value = before.configuration().path(key).asText();
      if (!now.path(key).asText().equals(value)) {
        api.put(
            address(row)
                + "/config?"
                + (value.isEmpty() ? "delete=" + key : key + "=" + encoded(value)));
        changed = true;
      }
    }
    return changed;
  }

  private boolean isAsBefore(JsonNode guests) {
    for (JsonNode guest : guests.path("items")) {
      Household before = beginning.get(guest.path("vmid").asInt());
      JsonNode configuration = before.configuration();
      String name =
          configuration.path(configuration.has("hostname") ? "hostname" : "name").asText();
      if (!guest.path("status").asText().equals(before.status())
          || !guest.path("name").asText().equals(name)) {
        return false;
      }
    }
    return guests.path("items").size() == beginning.size();
  }
}
