package org.jarvis.tools.read;

import java.time.Clock;
import java.util.List;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.tool.Tool;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.read.AspectTool.Filter;
import org.jarvis.tools.read.AspectTool.Items;
import org.jarvis.tools.read.AspectTool.Look;

/** What is read of one storage. */
final class StorageReads {
  private final Clock clock;

  StorageReads(Clock clock) {
    this.clock = clock;
  }

  /** A volume of a storage. */
  static Columns<StorageContent.Volume> volume() {
    return new Columns<StorageContent.Volume>()
        .text("volume", "Its id.", StorageContent.Volume::id)
        .text("content", "What it is.", StorageContent.Volume::content)
        .text("format", "Its format.", StorageContent.Volume::format)
        .bytes("sizeBytes", "Its size.", StorageContent.Volume::size)
        .bytes("usedBytes", "The space it takes.", StorageContent.Volume::used)
        .whole("vmid", "Whose it is.", volume -> GuestReads.number(volume.guest()))
        .time("createdAt", "When it was made.", StorageContent.Volume::createdAt)
        .text("notes", "What people wrote about it.", StorageContent.Volume::notes)
        .flag("kept", "Whether it is protected from pruning.", StorageContent.Volume::kept)
        .text("verification", "ok or failed.", StorageContent.Volume::verification);
  }

  Tool content() {
    return AspectTool.ofList(
        new Look(
            "get_storage_content",
            "Show content",
            "Lists what lies on one storage as a node sees it: disks, backups, images, templates, with"
                + " size and whose they are. How full storages are is told by get_storage; backups on"
                + " all storages by get_backups."),
        Subject.STORAGE,
        Aspect.CONTENT,
        StorageContent.class,
        new Items<>(
            "volume",
            StorageContent::volumes,
            volume(),
            List.of(
                new Filter<>(
                    InputSchema.choice(
                        "content",
                        List.of(
                            "images", "rootdir", "backup", "iso", "vztmpl", "snippets", "import"),
                        "Only volumes that are this."),
                    (volume, given) ->
                        given.text("content").map(volume.content()::equals).orElse(true)),
                new Filter<>(
                    InputSchema.vmid("Only volumes of the guest of this number."),
                    (volume, given) ->
                        given
                            .integer("vmid")
                            .map(vmid -> volume.guest() != null && volume.guest().value() == vmid)
                            .orElse(true)))),
        true,
        clock);
  }
}
