package org.jarvis.llm.offline.intent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.detail.ClusterLog;
import org.jarvis.api.tool.Arguments;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;
import org.jspecify.annotations.Nullable;

/** What is put onto the screen: data, which the page draws. */
final class Showing implements Family {
  private static final String SHOW = "show_on_screen";
  private static final String CLEAR = "clear_screen";
  private static final int MOST_ROWS = 50;
  private static final int MOST_LINES = 100;

  @Override
  public String title() {
    return "On the screen";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "show-chart",
            "show me a chart of the cpu of pve1",
            "draw the course of a figure",
            asked -> asked.about(Asked.Kind.THING, thing -> chart(asked, thing)),
            "chart <thing> cpu|memory|disk|load|free? trend? hour? day? week? month? lately?"
                + " screen?",
            "show <thing> trend cpu|memory|disk|load? hour? day? week? month? lately? screen?"),
        Intent.of(
            "show-table",
            "show a table of the stopped guests",
            "put a table of guests onto the screen",
            Showing::table,
            "table vm|ct|guest|machine? running? stopped? paused? <node>? <tag>? tag? screen?",
            "show screen vm|ct|guest|machine running? stopped? paused? <node>? <tag>? tag?"),
        Intent.of(
            "show-log",
            "show the log of the cluster",
            "put a cluster's log onto the screen",
            Showing::log,
            "log <cluster>? <node>? cluster? lately? screen?"),
        Intent.of(
            "show-resource",
            "show me media",
            "put a guest, node or storage onto the screen",
            asked -> asked.about(Asked.Kind.THING, thing -> resource(asked, thing)),
            "show <thing> screen?"),
        Intent.of(
            "clear-screen",
            "clear the screen",
            "take everything from the screen",
            asked -> wish(asked, null, "The screen is being cleared.", CLEAR, Map.of()),
            "clear screen"));
  }

  private static Reply chart(Asked asked, Resource thing) {
    String figure = Trends.figure(asked);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("show", "chart");
    values.put("title", figure + " of " + asked.house().label(thing));
    values.put("series", List.of(Map.of("ref", thing.ref().toString(), "figure", figure)));
    values.put("minutes", (int) Trends.span(asked).toMinutes());
    return wish(
        asked,
        thing,
        "The " + figure + " of " + asked.house().label(thing) + " goes onto the screen.",
        SHOW,
        values);
  }

  private static Reply table(Asked asked) {
    House house = asked.house();
    List<Guest> guests = Lists.chosen(asked);
    List<List<String>> rows =
        guests.stream()
            .limit(MOST_ROWS)
            .map(
                guest ->
                    List.of(
                        Inert.name(guest.name()),
                        guest.id().toString(),
                        guest.statusWord() + (house.isStale(guest) ? " (stale)" : ""),
                        guest.node().value(),
                        Figures.percent(guest.cpu()),
                        Figures.use(guest.memoryUsed(), guest.memoryTotal())))
            .toList();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("show", "table");
    values.put("title", Figures.count(guests.size(), "guest"));
    values.put("columns", List.of("Name", "Number", "State", "Node", "Processor", "Memory"));
    values.put("rows", rows);
    return wish(
        asked,
        null,
        "A table of " + Figures.count(guests.size(), "guest") + " goes onto the screen.",
        SHOW,
        values);
  }

  private static Reply log(Asked asked) {
    for (ClusterSnapshot snapshot : asked.house().clusters()) {
      Cluster cluster = snapshot.cluster();
      ClusterLog log = asked.house().detail(cluster.ref(), ClusterLog.class).orElse(null);
      boolean meant = asked.cluster().isEmpty() || asked.cluster().get().equals(cluster.id());
      if (log != null && meant) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("show", "log");
        values.put("title", "Log of cluster " + cluster.id());
        values.put("lines", log.lines().stream().limit(MOST_LINES).map(Showing::said).toList());
        return wish(
            asked,
            cluster,
            "The log of cluster " + cluster.id() + " goes onto the screen.",
            SHOW,
            values);
      }
    }
    return Reply.of("No cluster's log has been read yet.");
  }

  private static String said(ClusterLog.Line line) {
    return line.at()
        + " "
        + List.of(String.valueOf(line.node()), String.valueOf(line.tag()), line.message()).stream()
            .map(Inert::line)
            .collect(Collectors.joining(" "));
  }

  private static Reply resource(Asked asked, Resource thing) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("show", "resource");
    values.put("title", asked.house().label(thing));
    values.put("ref", thing.ref().toString());
    return wish(asked, thing, asked.house().label(thing) + " goes onto the screen.", SHOW, values);
  }

  private static Reply wish(
      Asked asked,
      @Nullable Resource thing,
      String text,
      String tool,
      Map<String, @Nullable Object> values) {
    return asked.tools().contains(tool)
        ? Reply.wishing(thing, text, new Wish(tool, new Arguments(values)))
        : Reply.of(
            "The tool `" + tool + "` is not offered at the moment, so nothing can be shown.");
  }
}
