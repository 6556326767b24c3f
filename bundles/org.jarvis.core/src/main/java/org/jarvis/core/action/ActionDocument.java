package org.jarvis.core.action;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.jarvis.api.action.Action;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ResourceRef;

/** Writes actions as the JSON documents that are kept, and reads them back. */
final class ActionDocument {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(ResourceRef.class, new RefWriter())
                  .addDeserializer(ResourceRef.class, new RefReader()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // An older Jarvis may meet what a newer one wrote, after a rollback.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .build();

  private ActionDocument() {}

  static String write(Action action) {
    try {
      return JSON.writeValueAsString(action);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The action " + action.id() + " cannot be written.", failure);
    }
  }

  static Action read(String document) {
    try {
      return JSON.readValue(document, Action.class);
    } catch (JsonProcessingException failure) {
      throw new JarvisException(ErrorCode.INTERNAL, "A kept action cannot be read.", failure);
    }
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
