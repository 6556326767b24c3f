package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.detail.StorageContent;

/** What the calls below {@code /nodes/{node}/storage/{storage}} tell. */
public final class StorageAspects {
  private static final int STORAGE_CONTENT_LIMIT = 50_000;

  private StorageAspects() {}

  /** Reads {@code content}. */
  public static StorageContent content(JsonNode data, Oddities oddities) {
    List<StorageContent.Volume> volumes = new ArrayList<>();
    for (Row row : Row.list(data, "storage content", STORAGE_CONTENT_LIMIT, oddities)) {
      String id = row.text("volid");
      if (id == null) {
        oddities.add("storage content: a volume without an id was left out");
        continue;
      }
      String content = row.text("content");
      Bytes size = row.bytes("size");
      volumes.add(
          new StorageContent.Volume(
              id,
              content == null ? "" : content,
              row.text("format"),
              size == null ? row.bytes("approximate-size") : size,
              row.bytes("used"),
              Identifiers.guest(row.identifier("vmid")),
              row.moment("ctime"),
              row.notes("notes"),
              Boolean.TRUE.equals(row.flag("protected")),
              row.child("verification").text("state")));
    }
    return new StorageContent(volumes);
  }
}
