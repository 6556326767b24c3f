package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows the endpoints and replies of version 9 as an older release has them: without what was added
 * since, under the privileges of its time. Immutable and thread-safe.
 */
final class ReleaseView {

  private static final String RULES = "cluster/ha/rules";
  private static final String CONTAINER_INTERFACES = "nodes/{node}/lxc/{vmid}/interfaces";
  private static final String POOLS = "pools";

  private static final Set<String> SINCE_NINE =
      Set.of(
          "arcsize",
          "armed-state",
          "available",
          "failback",
          "memavailable",
          "memhost",
          "pressurecpufull",
          "pressurecpusome",
          "pressureiofull",
          "pressureiosome",
          "pressurememoryfull",
          "pressurememorysome");

  private static final Set<String> SINCE_EIGHT =
      Set.of("boot-info", "clipboard", "current-kernel", "fleecing", "osdid-list");

  private final Release release;

  ReleaseView(Release release) {
    this.release = release;
  }

  /** The endpoints that the release has. */
  List<Endpoint> of(List<Endpoint> endpoints) {
    List<Endpoint> seen = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      String path = String.join("/", endpoint.path());
      boolean there =
          switch (release) {
            case NINE -> true;
            case EIGHT -> !path.equals(RULES);
            case SEVEN -> !path.equals(RULES) && !path.equals(CONTAINER_INTERFACES);
          };
      if (there) {
        seen.add(inItsTime(endpoint, path));
      }
    }
    return seen;
  }

  private Endpoint inItsTime(Endpoint endpoint, String path) {
    if (release == Release.NINE) {
      return endpoint;
    }
    if (path.contains("/agent/")) {
      return endpoint.needs("VM.Monitor", "/vms/{vmid}");
    }
    if (release == Release.SEVEN && path.equals(POOLS)) {
      return endpoint.takes();
    }
    if (release == Release.SEVEN && path.contains("/disks/")) {
      List<String> audits = List.of("Sys.Audit", "Datastore.Audit");
      return path.endsWith("/list")
          ? endpoint.needsAnyOn(audits, List.of("/", "/nodes/{node}"))
          : endpoint.needsAny(audits, "/");
    }
    return endpoint;
  }

  /** The data of a reply without what the release does not tell. */
  @Nullable Object of(@Nullable Object data) {
    return release == Release.NINE ? data : older(data);
  }

  private @Nullable Object older(@Nullable Object data) {
    if (data instanceof Endpoint.WithTotal listing) {
      return new Endpoint.WithTotal(rows(listing.data()), listing.total());
    }
    if (data instanceof List<?> || data instanceof Map<?, ?>) {
      return rows(data);
    }
    return data;
  }

  private Object rows(Object data) {
    if (data instanceof List<?> list) {
      List<@Nullable Object> rows = new ArrayList<>();
      for (Object row : list) {
        boolean fencing = row instanceof Map<?, ?> map && "fencing".equals(map.get("type"));
        if (!fencing) {
          rows.add(older(row));
        }
      }
      return rows;
    }
    if (!(data instanceof Map<?, ?> map)) {
      return data;
    }
    Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (tells(String.valueOf(key))) {
            fields.put(key, older(value));
          }
        });
    return "network".equals(map.get("type")) ? zone(map) : fields;
  }

  private boolean tells(String field) {
    return !SINCE_NINE.contains(field)
        && !(release == Release.SEVEN && SINCE_EIGHT.contains(field));
  }

  /** What is a network since version 9 was a zone of the software-defined one before. */
  private static Map<String, Object> zone(Map<?, ?> network) {
    return new Row()
        .put("id", "sdn/" + network.get("node") + "/" + network.get("network"))
        .put("type", "sdn")
        .put("sdn", network.get("network"))
        .put("node", network.get("node"))
        .put("status", network.get("status"))
        .fields();
  }
}
