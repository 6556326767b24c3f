package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.Likeness;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jarvis.gateway.json.ResourceEncoder.Circumstances;
import org.jspecify.annotations.Nullable;

/**
 * A resource as a page shows it, encoded when somebody needs it and at most once. It stays the same
 * item until something of it is shown differently. When it was observed is no part of that: it
 * moves with every reading. Safe from any thread.
 */
final class ShownItem {
  /** What a guest's metrics are called. */
  private static final List<String> FIGURES =
      List.of("cpu", "memoryUsedBytes", "diskUsedBytes", "uptimeSeconds");

  private static final String REF = "ref";
  private static final String OBSERVED_AT = "observedAt";

  private final ResourceRef address;
  private final String ref;
  private final Resource resource;
  private final Circumstances circumstances;
  private final ResourceEncoder encoder;
  private volatile Instant observedAt;
  private volatile @Nullable ObjectNode node;
  private volatile @Nullable String text;
  private volatile @Nullable String figures;

  /** A resource under these circumstances, told by this encoder. */
  ShownItem(Resource resource, Circumstances circumstances, ResourceEncoder encoder) {
    this(resource.ref(), null, resource, circumstances, encoder);
  }

  private ShownItem(
      ResourceRef address,
      @Nullable String ref,
      Resource resource,
      Circumstances circumstances,
      ResourceEncoder encoder) {
    this.address = address;
    this.ref = ref == null ? address.toString() : ref;
    this.resource = resource;
    this.circumstances = circumstances;
    this.encoder = encoder;
    this.observedAt = resource.observation().at();
  }

  /** The same resource in another state, or under other circumstances. */
  ShownItem next(Resource now, Circumstances around, ResourceEncoder by) {
    return new ShownItem(address, ref, now, around, by);
  }

  private ObjectNode node() {
    ObjectNode encoded = node;
    if (encoded == null) {
      encoded = encoder.encode(resource, circumstances);
      encoded.remove(OBSERVED_AT);
      node = encoded;
    }
    return encoded;
  }

  ResourceRef address() {
    return address;
  }

  String ref() {
    return ref;
  }

  Resource resource() {
    return resource;
  }

  Circumstances circumstances() {
    return circumstances;
  }

  boolean isGuest() {
    return address.guestId().isPresent();
  }

  /** It was read again and is shown alike. */
  void seenAt(Instant at) {
    observedAt = at;
  }

  /** All of it as JSON, with when it was last observed. */
  void addTo(StringBuilder out) {
    String body = text;
    if (body == null) {
      body = Json.text(node());
      text = body;
    }
    if (observedAt.isAfter(Instant.EPOCH)) {
      out.append(body, 0, body.length() - 1)
          .append(",\"observedAt\":\"")
          .append(Json.time(observedAt))
          .append("\"}");
    } else {
      out.append(body);
    }
  }

  ObjectNode whole() {
    ObjectNode copy = node().deepCopy();
    if (observedAt.isAfter(Instant.EPOCH)) {
      copy.put(OBSERVED_AT, Json.time(observedAt));
    }
    return copy;
  }

  /** A patch of a guest's metrics alone, as JSON; the same object while they are the same. */
  String figures() {
    String patch = figures;
    if (patch == null) {
      patch = Json.text(figuresNode());
      figures = patch;
    }
    return patch;
  }

  ObjectNode figuresNode() {
    ObjectNode patch = Json.object().put(REF, ref);
    for (String field : FIGURES) {
      JsonNode value = node().get(field);
      if (value != null) {
        patch.set(field, value);
      }
    }
    return patch;
  }

  /** Whether this and an earlier state differ in nothing but the values of metrics. */
  boolean differsInFiguresAlone(ShownItem earlier) {
    return circumstances.equals(earlier.circumstances)
        && Likeness.differInFiguresAlone(resource, earlier.resource);
  }

  /** What a page that shows an earlier state has to change; the address alone when nothing. */
  ObjectNode since(ShownItem earlier) {
    ObjectNode is = node();
    ObjectNode was = earlier.node();
    ObjectNode difference = Json.object().put(REF, ref);
    for (Map.Entry<String, JsonNode> member : is.properties()) {
      if (!member.getValue().equals(was.get(member.getKey()))) {
        difference.set(member.getKey(), member.getValue());
      }
    }
    ArrayNode unset = Json.object().arrayNode();
    was.fieldNames()
        .forEachRemaining(
            field -> {
              if (!is.has(field)) {
                unset.add(field);
              }
            });
    if (!unset.isEmpty()) {
      difference.set("unset", unset);
    }
    return difference;
  }

  boolean looksLike(ShownItem other) {
    return node().equals(other.node());
  }
}
