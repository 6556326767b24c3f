package org.jarvis.safety.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.command.Affected;
import org.jarvis.api.safety.ServiceRules;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Touch;
import org.jarvis.safety.command.grammar.Fit;
import org.jarvis.safety.command.grammar.FixedTouch;
import org.jarvis.safety.command.grammar.Form;
import org.jarvis.safety.command.grammar.Hit;
import org.jarvis.safety.command.grammar.Meaning;

/**
 * What a program does something to, by the words that it was given.
 *
 * @param affected what it does something to
 * @param mentions words that may name more
 * @param contacts hosts that it contacts
 */
record Touches(List<Affected> affected, List<String> mentions, List<String> contacts) {
  /** Guests' disks carry the guest's number: {@code vm-101-disk-0}, {@code subvol-102-disk-1}. */
  private static final Pattern GUEST_DISK =
      Pattern.compile(".*\\b(?:vm|subvol|base|basevol)-([1-9][0-9]{2,8})-.*");

  /** What a form's operands name. */
  static Touches of(Form form, Fit fit, Meaning meaning, Surroundings where) {
    List<Affected> affected = new ArrayList<>();
    List<String> mentions = new ArrayList<>();
    List<String> contacts = new ArrayList<>();
    for (FixedTouch touch : form.touches()) {
      affected.add(
          touch.kind() == Affected.Kind.HOST
              ? new Affected(Affected.Kind.HOST, where.host(), touch.touch())
              : new Affected(touch.kind(), touch.name(), touch.touch()));
    }
    for (Hit hit : fit.hits()) {
      if (hit.operand().kind().contacts()) {
        contacts.add(Destinations.hostOf(hit.text()));
      }
      if (hit.operand().touch() == null) {
        mentions.add(hit.text());
      } else {
        each(hit).forEach(name -> affected.add(named(hit, name)));
      }
    }
    boolean looks = meaning.tier() == Tier.GREEN;
    if (!looks && affected.isEmpty()) {
      affected.add(new Affected(Affected.Kind.HOST, where.host(), Touch.RECONFIGURES));
    }
    return new Touches(
        looks ? List.of() : merged(affected, where), looks ? List.of() : mentions, contacts);
  }

  private static List<String> each(Hit hit) {
    return hit.operand().list() ? List.of(hit.text().split(",")) : List.of(hit.text());
  }

  private static Affected named(Hit hit, String name) {
    Touch touch = hit.operand().touch();
    Affected.Kind kind = hit.operand().kind().affects();
    if (touch == null || kind == null) {
      throw new IllegalStateException("Only what names something touches it.");
    }
    return switch (kind) {
      case STORAGE, DISK -> disk(kind, name, touch);
      case SERVICE -> service(name, touch);
      case HOST, NODE, GUEST, NETWORK, CONTAINER -> new Affected(kind, name, touch);
    };
  }

  private static Affected disk(Affected.Kind kind, String name, Touch touch) {
    Matcher guest = GUEST_DISK.matcher(name);
    if (guest.matches()) {
      return new Affected(Affected.Kind.GUEST, guest.group(1), touch);
    }
    int colon = name.indexOf(':');
    return new Affected(
        kind, kind == Affected.Kind.STORAGE && colon > 0 ? name.substring(0, colon) : name, touch);
  }

  /** Without some services the host is no member of its cluster any more. */
  private static Affected service(String unit, Touch touch) {
    String name = unit.endsWith(".service") ? unit.substring(0, unit.length() - 8) : unit;
    boolean member = ServiceRules.stop(name) == Touch.TAKES_DOWN;
    return new Affected(
        Affected.Kind.SERVICE,
        name,
        member && touch.compareTo(Touch.RECONFIGURES) >= 0 ? Touch.TAKES_DOWN : touch);
  }

  /** Whatever is done inside a guest or container is done to it. */
  private static List<Affected> merged(List<Affected> affected, Surroundings where) {
    if (where.inside() != null) {
      Touch worst = Touch.RECONFIGURES;
      for (Affected one : affected) {
        worst = one.touch().compareTo(worst) > 0 ? one.touch() : worst;
      }
      return List.of(place(where, worst));
    }
    Map<String, Affected> worst = new LinkedHashMap<>();
    for (Affected one : affected) {
      worst.merge(
          one.kind() + ":" + one.name(),
          one,
          (a, b) -> a.touch().compareTo(b.touch()) >= 0 ? a : b);
    }
    return List.copyOf(worst.values());
  }

  /** The place itself. */
  static Affected place(Surroundings where, Touch touch) {
    Surroundings.Inside inside = where.inside();
    return inside == null
        ? new Affected(Affected.Kind.HOST, where.host(), touch)
        : new Affected(inside.kind(), inside.name(), touch);
  }
}
