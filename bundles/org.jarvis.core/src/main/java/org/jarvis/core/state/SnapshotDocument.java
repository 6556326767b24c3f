package org.jarvis.core.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.core.KeptJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes snapshots as the JSON documents that are kept, and reads them back. */
final class SnapshotDocument {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDocument.class);
  private static final ObjectMapper JSON =
      KeptJson.with(
          new SimpleModule("whereabouts")
              .addSerializer(Whereabouts.class, new NothingWriter())
              .addDeserializer(Whereabouts.class, new UnknownReader()));

  private SnapshotDocument() {}

  /** What is kept. Maps are made from it again, since their keys are in their values. */
  private record Kept(
      Cluster cluster,
      Collection<Node> nodes,
      Collection<Guest> guests,
      Collection<Storage> storages) {}

  static String write(ClusterSnapshot snapshot) {
    try {
      return JSON.writeValueAsString(
          new Kept(
              snapshot.cluster(),
              snapshot.nodes().values(),
              snapshot.guests().values(),
              snapshot.storages().values()));
    } catch (JsonProcessingException failure) {
      throw new JarvisException(
          ErrorCode.INTERNAL,
          "The state of cluster " + snapshot.cluster().id() + " cannot be written.",
          failure);
    }
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
                  .collect(Collectors.toMap(Resource::ref, Function.identity()))));
    } catch (JsonProcessingException | RuntimeException unreadable) {
      LOG.warn("A kept state of a cluster cannot be read; it is read anew.", unreadable);
      return Optional.empty();
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
