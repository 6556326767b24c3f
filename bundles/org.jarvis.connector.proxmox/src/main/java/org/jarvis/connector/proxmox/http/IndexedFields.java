package org.jarvis.connector.proxmox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a reply, by an index that it shares with others. Cannot be changed.
 */
final class IndexedFields extends AbstractMap<String, JsonNode> {
  private static final JsonNode[] NONE = {};

  private final Map<String, Integer> positions;
  private final FieldIndex fields;
  private final JsonNode[] values;

  IndexedFields(FieldIndex fields, List<JsonNode> values) {
    this.fields = fields;
    this.positions = fields.positions();
    this.values = values.toArray(NONE);
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public boolean containsKey(Object name) {
    return positions.containsKey(name);
  }

  @Override
  public @Nullable JsonNode get(Object name) {
    Integer position = positions.get(name);
    return position == null ? null : values[position];
  }

  @Override
  public Set<Entry<String, JsonNode>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return values.length;
      }

      @Override
      public Iterator<Entry<String, JsonNode>> iterator() {
        Iterator<String> names = fields.names().iterator();
        return new Iterator<>() {
          private int at;

          @Override
          public boolean hasNext() {
            return names.hasNext();
          }

          @Override
          public Entry<String, JsonNode> next() {
            return new SimpleImmutableEntry<>(names.next(), values[at++]);
          }
        };
      }
    };
  }
}
