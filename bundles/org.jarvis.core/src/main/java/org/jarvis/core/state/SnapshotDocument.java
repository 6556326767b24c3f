package org.jarvis.core.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.core.KeptJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots as the JSON documents that are kept, and reads them back. Of details it keeps
 * what can be read back; one that cannot, because another version of Jarvis wrote it, is left out
 * alone.
 */
final class SnapshotDocument {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDocument.class);
  private static final ObjectMapper JSON =
      KeptJson.with(
          new SimpleModule("whereabouts")
              .addSerializer(Whereabouts.class, new NothingWriter())
              .addDeserializer(Whereabouts.class, new UnknownReader()));

  /** 1 held the lists alone. */
  private static final int VERSION = 2;

  /** What tells of this life of Jarvis alone. */
  private static final Set<Aspect> NOT_KEPT = EnumSet.of(Aspect.CONNECTION);

  /** Connectors mask secrets; what a key says by its name is not trusted to be masked. */
  private static final Set<String> SECRET_KEYS =
      Set.of("args", "cicustom", "cipassword", "entrypoint", "env", "password");

  private static final Pattern SECRET_WITHIN =
      Pattern.compile("(?i)(?:password|passwd|secret|token|key)\\s*=");

  private static final String MASK = "**********";

  private SnapshotDocument() {}

  /** What is kept. Maps are made from it again, since their keys are in their values. */
  private record Kept(
      int version,
      Cluster cluster,
      Collection<Node> nodes,
      Collection<Guest> guests,
      Collection<Storage> storages,
      @Nullable Map<Integer, String> incarnations,
      @Nullable List<KeptDetail> details) {}

  /** One aspect of one resource; the type of its detail follows from the aspect's word. */
  private record KeptDetail(
      ResourceRef ref,
      String aspect,
      @Nullable JsonNode detail,
      @Nullable Observation observation,
      @Nullable String incomplete,
      AspectState.@Nullable Failure failure) {}

  static String write(ClusterSnapshot snapshot) {
    try {
      Map<Integer, String> lives = new TreeMap<>();
      snapshot.incarnations().forEach((id, life) -> lives.put(id.value(), life.value()));
      return JSON.writeValueAsString(
          new Kept(
              VERSION,
              snapshot.cluster(),
              snapshot.nodes().values(),
              snapshot.guests().values(),
              snapshot.storages().values(),
              lives,
              details(snapshot)));
    } catch (JsonProcessingException failure) {
      throw new JarvisException(
          ErrorCode.INTERNAL,
          "The state of cluster " + snapshot.cluster().id() + " cannot be written.",
          failure);
    }
  }

  private static List<KeptDetail> details(ClusterSnapshot snapshot) {
    List<KeptDetail> details = new ArrayList<>();
    snapshot
        .details()
        .forEach(
            (ref, known) -> {
              for (AspectState state : known.all().values()) {
                if (!NOT_KEPT.contains(state.aspect())) {
                  details.add(
                      new KeptDetail(
                          ref,
                          state.aspect().word(),
                          state.detail() == null ? null : JSON.valueToTree(masked(state.detail())),
                          state.observation(),
                          state.incomplete(),
                          state.failure()));
                }
              }
            });
    return details;
  }

  private static Detail masked(Detail detail) {
    if (!(detail instanceof GuestConfiguration configuration)
        || configuration.values().entrySet().stream()
            .noneMatch(entry -> isSecret(entry.getKey(), entry.getValue()))) {
      return detail;
    }
    Map<String, String> values = new HashMap<>(configuration.values());
    values.replaceAll((key, value) -> isSecret(key, value) ? MASK : value);
    return RecordFields.with(configuration, "values", values);
  }

  private static boolean isSecret(String key, String value) {
    return SECRET_KEYS.contains(key.toLowerCase(Locale.ROOT))
        || SECRET_WITHIN.matcher(key).find()
        || SECRET_WITHIN.matcher(value).find();
  }

  /** The snapshot; empty for a document of another form, which only costs a look at the past. */
  static Optional<ClusterSnapshot> read(String document) {
    try {
      Kept kept = JSON.readValue(document, Kept.class);
      return Optional.of(
          new ClusterSnapshot(
              kept.cluster(),
              kept.nodes().stream().collect(Collectors.toMap(Node::node, Function.identity())),
              kept.guests().stream().collect(Collectors.toMap(Guest::id, Function.identity())),
              kept.storages().stream()
                  .collect(Collectors.toMap(Resource::ref, Function.identity())),
              details(kept.details() == null ? List.of() : kept.details()),
              incarnations(kept.incarnations() == null ? Map.of() : kept.incarnations())));
    } catch (JsonProcessingException | RuntimeException unreadable) {
      LOG.warn("A kept state of a cluster cannot be read; it is read anew.", unreadable);
      return Optional.empty();
    }
  }

  private static Map<GuestId, Incarnation> incarnations(Map<Integer, String> kept) {
    Map<GuestId, Incarnation> lives = new HashMap<>();
    kept.forEach((id, life) -> lives.put(new GuestId(id), new Incarnation(life)));
    return lives;
  }

  private static Map<ResourceRef, Details> details(List<KeptDetail> kept) {
    Map<ResourceRef, Details> details = new HashMap<>();
    int odd = 0;
    for (KeptDetail one : kept) {
      AspectState state = state(one);
      if (state == null) {
        odd++;
      } else {
        details.merge(one.ref(), Details.of(List.of(state)), (known, news) -> known.with(state));
      }
    }
    if (odd > 0) {
      LOG.info("{} kept details of a cluster cannot be read; they are read anew.", odd);
    }
    return details;
  }

  private static @Nullable AspectState state(KeptDetail kept) {
    try {
      Aspect aspect = Aspect.ofWord(kept.aspect()).orElse(null);
      if (aspect == null) {
        return null;
      }
      Detail detail =
          kept.detail() == null || kept.detail().isNull()
              ? null
              : JSON.treeToValue(kept.detail(), aspect.type());
      return new AspectState(aspect, detail, kept.observation(), kept.incomplete(), kept.failure());
    } catch (JsonProcessingException | RuntimeException unreadable) {
      return null;
    }
  }

  /** Where Jarvis runs is what the configuration says now, never what it once said. */
  private static final class NothingWriter extends JsonSerializer<Whereabouts> {
    @Override
    public void serialize(Whereabouts whereabouts, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNull();
    }
  }

  private static final class UnknownReader extends JsonDeserializer<Whereabouts> {
    @Override
    public Whereabouts deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      in.skipChildren();
      return new Whereabouts.Unknown();
    }

    @Override
    public Whereabouts getNullValue(DeserializationContext context) {
      return new Whereabouts.Unknown();
    }
  }
}
