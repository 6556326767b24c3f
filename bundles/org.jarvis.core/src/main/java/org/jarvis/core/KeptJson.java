package org.jarvis.core;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.jarvis.api.resource.ResourceRef;

/** How records of the API become the JSON documents that are kept, and records again. */
public final class KeptJson {
  private KeptJson() {}

  /** A mapper for such documents, with what else their records need. */
  public static ObjectMapper with(Module... further) {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(
            new SimpleModule("addresses")
                .addSerializer(ResourceRef.class, new RefWriter())
                .addDeserializer(ResourceRef.class, new RefReader()))
        .addModules(further)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        // An older Jarvis may meet what a newer one wrote, after a rollback.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .build();
  }

  private static final class RefWriter extends JsonSerializer<ResourceRef> {
    @Override
    public void serialize(ResourceRef ref, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(ref.toString());
    }
  }

  private static final class RefReader extends JsonDeserializer<ResourceRef> {
    @Override
    public ResourceRef deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return ResourceRef.parse(in.getValueAsString(""))
          .orElseThrow(() -> context.weirdStringException("", ResourceRef.class, "no address"));
    }
  }
}
