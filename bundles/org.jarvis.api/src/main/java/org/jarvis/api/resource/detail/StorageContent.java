package org.jarvis.api.resource.detail;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.GuestId;
import org.jspecify.annotations.Nullable;

/**
 * What lies on a storage.
 *
 * @param volumes by id
 */
public record StorageContent(List<Volume> volumes) implements Detail {

  /**
   * One volume.
   *
   * @param id such as {@code local:backup/vzdump-qemu-101-….vma.zst}
   * @param content what it is: {@code images}, {@code rootdir}, {@code backup}, {@code iso}, {@code
   *     vztmpl} or {@code snippets}
   * @param format its format
   * @param size its size
   * @param used the space it takes
   * @param guest whose it is
   * @param createdAt when it was made
   * @param notes what people wrote about it
   * @param kept whether it is protected from being pruned
   * @param verification what Proxmox Backup Server found: {@code ok} or {@code failed}
   */
  public record Volume(
      String id,
      String content,
      @Nullable String format,
      @Nullable Bytes size,
      @Nullable Bytes used,
      @Nullable GuestId guest,
      @Nullable Instant createdAt,
      @Nullable String notes,
      boolean kept,
      @Nullable String verification) {

    /** Whether it is a backup that can be restored, as far as is known. */
    public boolean isGoodBackup() {
      return content.equals("backup") && !"failed".equals(verification);
    }
  }

  /** Keeps the collections from changing. */
  public StorageContent {
    volumes = List.copyOf(volumes);
  }

  @Override
  public Aspect aspect() {
    return Aspect.CONTENT;
  }
}
