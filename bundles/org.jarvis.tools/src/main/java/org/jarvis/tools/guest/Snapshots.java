package org.jarvis.tools.guest;

import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Subject;

/** What the tools on snapshots have in common. */
final class Snapshots {
  static final String NAME = "snapshot";

  private Snapshots() {}

  /** The schema of the argument that names one. */
  static String property(String description) {
    return InputSchema.text(NAME, InputSchema.SNAPSHOT_FORM, description);
  }

  static String name(Arguments arguments) {
    return arguments.text(NAME).orElseThrow();
  }

  static Optional<GuestSnapshots.Snapshot> find(GuestSnapshots snapshots, String name) {
    return snapshots.snapshots().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** The guest's snapshots as they are now. */
  static GuestSnapshots of(ToolContext context, Guest guest) {
    return Reading.fresh(context, guest, Aspect.SNAPSHOTS, GuestSnapshots.class);
  }

  /** That there is no snapshot of this name, as far as is known. */
  static Optional<Obstacle> absent(Facts facts, Guest guest, String name) {
    return facts
        .detail(guest, GuestSnapshots.class)
        .filter(known -> find(known, name).isEmpty())
        .map(known -> new Obstacle(ErrorCode.NOT_FOUND, noSuch(guest, name)));
  }

  /** The snapshot of this name as it is now, or an error before anything is done. */
  static GuestSnapshots.Snapshot require(ToolContext context, Guest guest, String name) {
    return find(of(context, guest), name)
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, noSuch(guest, name)));
  }

  private static String noSuch(Guest guest, String name) {
    return Subject.label(guest)
        + " has no snapshot "
        + name
        + ". get_guest_snapshots lists those it has.";
  }
}
