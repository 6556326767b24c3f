package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Observation;
import org.jspecify.annotations.Nullable;

/** What a guest's own {@code status/current} and {@code config} tell. */
public final class GuestDetails {
  private static final Pattern CREATED = Pattern.compile("(?:^|,)ctime=([0-9]{1,18})(?:,|$)");

  private GuestDetails() {}

  /** A guest as its node sees it this moment, over what the cluster's list said. */
  public static Guest over(Guest listed, JsonNode current, Observation observation) {
    Row row = new Row(current);
    // "status" stays "running" while a VM is paused; only QEMU's own state tells.
    String word = row.identifier("status");
    String own = row.identifier("qmpstatus");
    Guest.Status status = GuestWords.status("running".equals(word) && own != null ? own : word);
    boolean live = status != Guest.Status.UNKNOWN;
    String name = row.text("name");
    Row ha = row.child("ha");
    String haState = ha.text("state");
    return new Guest(
        listed.cluster(),
        listed.id(),
        listed.type(),
        name == null ? listed.name() : name,
        listed.node(),
        status,
        listed.template() || Boolean.TRUE.equals(row.flag("template")),
        GuestWords.tags(row.text("tags")),
        row.text("lock"),
        listed.pool(),
        haState == null ? listed.haState() : haState,
        live ? row.share("cpu") : null,
        row.has("cpus") ? row.smallCount("cpus") : listed.cpus(),
        live ? row.bytes("mem") : null,
        row.has("maxmem") ? row.bytes("maxmem") : listed.memoryTotal(),
        row.has("maxdisk") ? row.bytes("maxdisk") : listed.diskTotal(),
        live ? row.seconds("uptime") : null,
        observation);
  }

  /** The digest of the configuration; one of our own where the reply has none. */
  public static String digest(JsonNode config) {
    String digest = new Row(config).text("digest");
    if (digest != null) {
      return digest;
    }
    Map<String, String> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      sorted.put(field.getKey(), field.getValue().toString());
    }
    try {
      return "sha256:"
          + HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(sorted.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      // Every JDK has it.
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What tells the guest from a later one under its number: when it was made, or else its
   * generation id. The former comes first because a rollback changes the latter. Containers have
   * neither.
   */
  public static String generation(GuestType type, JsonNode config) {
    if (type != GuestType.QEMU) {
      return "";
    }
    Row row = new Row(config);
    @Nullable String meta = row.text("meta");
    if (meta != null) {
      Matcher created = CREATED.matcher(meta);
      if (created.find()) {
        return "ctime:" + created.group(1);
      }
    }
    String id = row.text("vmgenid");
    return id == null ? "" : "vmgenid:" + id;
  }
}
