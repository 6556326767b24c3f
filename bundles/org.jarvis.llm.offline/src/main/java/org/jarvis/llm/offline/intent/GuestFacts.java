package org.jarvis.llm.offline.intent;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;

/** What is known of one guest. */
final class GuestFacts implements Family {
  @Override
  public String title() {
    return "A guest";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "guest-status",
            "how is media?",
            "say how a guest is",
            told(GuestFacts::status),
            "<guest> status|things|running|stopped|paused red? problem? you?",
            "<guest> you?"),
        Intent.of(
            "guest-cpu",
            "how much cpu does media use?",
            "say what processor time a guest uses",
            told(
                (house, guest) ->
                    "uses "
                        + Figures.percent(guest.cpu())
                        + " of "
                        + (guest.cpus() == null
                            ? "its processors."
                            : Figures.count(guest.cpus(), "processor") + ".")),
            "<guest> cpu|load count? status?"),
        Intent.of(
            "guest-memory",
            "how much memory does media use?",
            "say what memory a guest uses",
            told((house, guest) -> Figures.uses(guest.memoryUsed(), guest.memoryTotal(), "memory")),
            "<guest> memory free? full?"),
        Intent.of(
            "guest-disk",
            "how full is the disk of media?",
            "say how full a guest's disks are",
            told(GuestFacts::disk),
            "<guest> disk|free|full disk? free? full? storage?"),
        Intent.of(
            "guest-uptime",
            "how long has media been up?",
            "say how long a guest has been running",
            told(
                (house, guest) ->
                    guest.uptime() == null
                        ? "is " + guest.statusWord() + "; no uptime is known."
                        : "has been running for " + Figures.span(guest.uptime()) + "."),
            "<guest> uptime running? begun?",
            "when <guest> begun"),
        Intent.of(
            "guest-node",
            "where is media?",
            "say which node a guest is on",
            told((house, guest) -> "is on node " + guest.node() + "."),
            "<guest> where running? node?",
            "<guest> node what"),
        Intent.of(
            "guest-tags",
            "which tags does media have?",
            "say which tags a guest has",
            told(
                (house, guest) ->
                    guest.tags().isEmpty()
                        ? "has no tags."
                        : "has the tags "
                            + guest.tags().stream()
                                .map(Inert::name)
                                .collect(Collectors.joining(", "))
                            + "."),
            "<guest> tag <tag>?"),
        Intent.of(
            "guest-snapshots",
            "which snapshots does media have?",
            "list a guest's snapshots",
            told(GuestFacts::snapshots),
            "<guest> snapshots|snapshot lately? count?"),
        Intent.of(
            "guest-address",
            "what is the IP of media?",
            "say which addresses a guest has",
            told(GuestFacts::addresses),
            "<guest> address"));
  }

  private static Function<Asked, Reply> told(Fact fact) {
    return asked ->
        asked.aboutGuest(
            guest ->
                Reply.about(
                    guest,
                    asked.house().label(guest)
                        + " "
                        + fact.of(asked.house(), guest)
                        + asked.house().stale(List.of(guest))));
  }

  /** What can be said of a guest, after its name. */
  private interface Fact {
    String of(House house, Guest guest);
  }

  /** Its figures in one line. */
  static String load(Guest guest) {
    return guest.statusWord()
        + ", processor "
        + Figures.percent(guest.cpu())
        + ", memory "
        + Figures.use(guest.memoryUsed(), guest.memoryTotal());
  }

  private static String status(House house, Guest guest) {
    String figures =
        guest.status() == Guest.Status.RUNNING
            ? ": processor "
                + Figures.percent(guest.cpu())
                + ", memory "
                + Figures.use(guest.memoryUsed(), guest.memoryTotal())
                + ", up for "
                + Figures.span(guest.uptime())
            : "";
    return "is "
        + guest.statusWord()
        + " on node "
        + guest.node()
        + figures
        + (guest.lock() == null ? "." : "; locked by " + Inert.name(guest.lock()) + ".");
  }

  private static String disk(House house, Guest guest) {
    List<GuestAgent.FileSystem> systems =
        house.detail(guest.ref(), GuestAgent.class).map(GuestAgent::fileSystems).orElse(List.of());
    if (!systems.isEmpty()) {
      return "says of itself: "
          + systems.stream()
              .limit(10)
              .map(one -> Inert.name(one.mount()) + " " + Figures.use(one.used(), one.total()))
              .collect(Collectors.joining(", "))
          + "."
          + house.staleDetail(guest.ref(), GuestAgent.class);
    }
    Bytes used =
        house.detail(guest.ref(), GuestRuntime.class).map(GuestRuntime::diskUsed).orElse(null);
    return used == null
        ? "has a root disk of "
            + Figures.amount(guest.diskTotal())
            + "; how full it is the cluster does not tell."
        : Figures.uses(used, guest.diskTotal(), "root disk");
  }

  private static String snapshots(House house, Guest guest) {
    return house
        .detail(guest.ref(), GuestSnapshots.class)
        .map(
            known ->
                known.snapshots().isEmpty()
                    ? "has no snapshots."
                    : "has "
                        + Figures.count(known.snapshots().size(), "snapshot")
                        + ": "
                        + known.snapshots().stream()
                            .limit(20)
                            .map(
                                one ->
                                    Inert.name(one.name())
                                        + ", "
                                        + Figures.ago(one.at(), house.now()))
                            .collect(Collectors.joining("; "))
                        + "."
                        + house.staleDetail(guest.ref(), GuestSnapshots.class))
        .orElse("has snapshots or not: they have not been read yet.");
  }

  private static String addresses(House house, Guest guest) {
    String known =
        house.detail(guest.ref(), GuestAgent.class).stream()
            .flatMap(agent -> agent.interfaces().stream())
            .flatMap(one -> one.addresses().stream())
            .filter(address -> !address.startsWith("127.") && !address.startsWith("::1"))
            .limit(10)
            .map(Inert::name)
            .collect(Collectors.joining(", "));
    return known.isEmpty()
        ? "tells no address: its agent has not answered."
        : "has " + known + "." + house.staleDetail(guest.ref(), GuestAgent.class);
  }
}
