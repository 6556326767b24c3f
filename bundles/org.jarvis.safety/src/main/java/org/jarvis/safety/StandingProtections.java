package org.jarvis.safety;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectionLedger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Lists what is protected, and lets a person release what only a tag protects. */
@Component(service = ProtectionLedger.class)
public final class StandingProtections implements ProtectionLedger {
  private final ProtectionRegister register;
  private final TagMemory tagged;
  private final OwnPlaceRegister place;
  private final DecisionRecord journal;
  private volatile @Nullable LiveState liveState;

  /** Asks those who know. */
  @Activate
  public StandingProtections(
      @Reference ProtectionRegister register,
      @Reference TagMemory tagged,
      @Reference OwnPlaceRegister place,
      @Reference DecisionRecord journal) {
    this.register = register;
    this.tagged = tagged;
    this.place = place;
    this.journal = journal;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveState(LiveState arrived) {
    liveState = arrived;
  }

  void unsetLiveState(LiveState left) {
    if (liveState == left) {
      liveState = null;
    }
  }

  @Override
  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    clusters().forEach(snapshot -> home(snapshot).ifPresent(items::add));
    tagged.all().stream().sorted().map(this::byTag).forEach(items::add);
    register.configured().addresses().stream().sorted().map(this::configured).forEach(items::add);
    register.services().entries().stream()
        .sorted(Comparator.comparing(ProtectedServices.Entry::toString))
        .map(StandingProtections::service)
        .forEach(items::add);
    return List.copyOf(items);
  }

  @Override
  public void release(ResourceRef guest, String typed, Principal principal, String address) {
    DecisionRecord.requirePerson(principal);
    if (!tagged.all().contains(guest)) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND,
          "No tag protects "
              + guest
              + ". GET /api/protections tells what is protected and why, and what can be"
              + " released.");
    }
    Item item = byTag(guest);
    if (item.obstacle() != null) {
      throw new JarvisException(ErrorCode.CONFLICT, item.obstacle());
    }
    if (!typed.equals(item.name())) {
      throw new JarvisException(
          ErrorCode.TYPED_NAME_WRONG,
          "That is not the guest's name. Type it exactly as it is shown.",
          List.of(new FieldError("typed", "is not the guest's name")));
    }
    journal.append(principal, address, "protection.released", guest.toString(), "{}");
    tagged.forget(guest);
  }

  private Item byTag(ResourceRef ref) {
    Optional<Resource> known = find(ref);
    String name = name(ref, known);
    if (known.isPresent() && known.get() instanceof Guest guest) {
      if (guest.tags().contains(TagMemory.TAG)) {
        return new Item(
            Source.TAG,
            ref,
            name,
            "It has the tag " + TagMemory.TAG + ".",
            "Take the tag "
                + TagMemory.TAG
                + " away from "
                + guest.label()
                + " in Proxmox VE first; then release it here.");
      }
    }
    return new Item(
        Source.TAG, ref, name, "It had the tag " + TagMemory.TAG + ", which holds.", blind(ref));
  }

  /** While nobody sees the cluster, nobody can tell whether the tag is still set. */
  private @Nullable String blind(ResourceRef ref) {
    boolean seen =
        clusters().stream()
            .map(ClusterSnapshot::cluster)
            .filter(cluster -> cluster.id().equals(ref.cluster()))
            .anyMatch(cluster -> cluster.connection() == Cluster.Connection.LIVE);
    return seen
        ? null
        : "Cluster "
            + ref.cluster()
            + " does not answer, so nobody can tell whether the tag is still set. Try again once it"
            + " is connected.";
  }

  private Optional<Item> home(ClusterSnapshot snapshot) {
    Cluster cluster = snapshot.cluster();
    OwnPlace.Standing standing = place.standing(cluster);
    if (standing.whereabouts() instanceof Whereabouts.InGuest home) {
      return Optional.of(
          home(
              snapshot,
              home.guest(),
              "Jarvis itself runs in it. " + standing.reason(),
              "It is protected as long as Jarvis runs in it."));
    }
    return place
        .contradiction(cluster)
        .map(
            guest ->
                home(
                    snapshot,
                    guest,
                    "It carries the signs of the machine that Jarvis runs on.",
                    "Correct what is stated about where Jarvis runs, or give the guest a hardware"
                        + " address and a UUID of its own."));
  }

  private static Item home(
      ClusterSnapshot snapshot, GuestId guest, String reason, String obstacle) {
    ResourceRef ref = ResourceRef.guest(snapshot.cluster().id(), guest);
    return new Item(Source.HOME, ref, name(ref, snapshot.find(ref)), reason, obstacle);
  }

  private Item configured(ResourceRef ref) {
    String named = ProtectionRegister.named(ref);
    return new Item(
        Source.CONFIGURATION,
        ref,
        name(ref, find(ref)),
        named + ".",
        "Take it out of that list there.");
  }

  private static Item service(ProtectedServices.Entry entry) {
    return new Item(
        Source.SERVICE,
        null,
        entry.toString(),
        ProtectedServices.KEY + " in " + SafetySettings.FILE + " names it.",
        "Take it out of that list there.");
  }

  private Optional<Resource> find(ResourceRef ref) {
    return Optional.ofNullable(liveState).flatMap(state -> state.find(ref));
  }

  private List<ClusterSnapshot> clusters() {
    LiveState known = liveState;
    return known == null ? List.of() : known.clusters();
  }

  private static String name(ResourceRef ref, Optional<Resource> known) {
    return known
        .map(Resource::name)
        .or(() -> ref.guestId().map(GuestId::toString))
        .orElseGet(ref::toString);
  }
}
