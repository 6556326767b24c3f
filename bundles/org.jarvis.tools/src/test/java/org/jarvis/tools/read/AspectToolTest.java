package org.jarvis.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ClusterLog;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;

/** What is read by itself: fresh, or with its age; narrowed, and bounded. */
class AspectToolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Node NODE = Home.node("pve1", Node.Status.ONLINE);
  private static final Storage LOCAL =
      Home.storage("pve1", "local", false, Storage.Status.AVAILABLE);

  @Test
  void readsAfreshAndSaysFromWhereAndWhen() {
    Run run = Run.of("get_node_services", Map.of(), NODE);
    run.context.reads(SampleDetails.services("running"));

    ToolResult result = run.result();
    assertThat(result.summary()).isEqualTo("Node pve1: 2 services.");
    assertThat(result.data())
        .containsEntry("ref", "pve:home:node:pve1")
        .containsEntry("source", "pve:home")
        .containsEntry("ageSeconds", 0L)
        .containsEntry("stale", false)
        .containsEntry("failure", null);
  }

  @Test
  void tellsWhatWasReadBeforeWhereTheNodeIsSilent() {
    Run run = Run.of("get_node_services", Map.of(), NODE);
    run.home.knows(NODE, SampleDetails.services("running"));

    ToolResult result = run.result();
    assertThat(result.summary()).contains("as read before", "pve1 does not answer");
    assertThat(result.data())
        .containsEntry("ageSeconds", 60L)
        .containsEntry("failure", "pve1 does not answer.")
        .containsEntry("total", 2);
  }

  @Test
  void failsWhereNothingWasEverRead() {
    assertThat(Run.of("get_node_services", Map.of(), NODE).failure().code())
        .isEqualTo(ErrorCode.UNREACHABLE);
  }

  @Test
  void saysThatThereIsNothingOfTheKindWhateverWasReadBefore() {
    Run run = Run.of("get_ceph_status", Map.of());
    run.home.knows(run.home.clusters().get(0).cluster(), SampleDetails.of(Aspect.CEPH));
    run.context.nodeReading =
        AspectState.failed(Aspect.CEPH, ErrorCode.NOT_PRESENT, "There is no Ceph.", Home.NOW);

    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
  }

  @Test
  void narrowsARowsListByAnyText() {
    Run run = Run.of("get_node_services", Map.of("text", "CHRONY"), NODE);
    run.context.reads(SampleDetails.services("running"));

    assertThat(rows(run.result())).extracting(row -> row.get("service")).containsExactly("chrony");
  }

  @Test
  void narrowsTasksByStateGuestAndNode() {
    for (Map<String, Object> filter :
        List.<Map<String, Object>>of(
            Map.of("state", "running"),
            Map.of("state", "succeeded", "vmid", 101),
            Map.of("state", "failed", "node", "pve1"))) {
      Run run = Run.of("get_recent_tasks", filter);
      run.context.reads(SampleDetails.of(Aspect.TASKS));
      assertThat(rows(run.result()))
          .extracting(row -> row.get("state"))
          .containsExactly(filter.get("state"));
    }
    Run other = Run.of("get_recent_tasks", Map.of("vmid", 999));
    other.context.reads(SampleDetails.of(Aspect.TASKS));
    assertThat(rows(other.result())).isEmpty();
  }

  @Test
  void boundsALongListByItsSizeAndSaysWhatIsLeftOut() throws Exception {
    List<ClusterLog.Line> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add(new ClusterLog.Line(Home.NOW, "pve1", "root@pam", "x", 6, "\"é\\".repeat(200)));
    }
    Run run = Run.of("get_cluster_log", Map.of("limit", 200));
    run.context.reads(new ClusterLog(lines));

    ToolResult result = run.result();
    assertThat(JSON.writeValueAsBytes(result.data())).hasSizeBetween(32 * 1024, 64 * 1024);
    assertThat(result.data()).containsEntry("total", 1_000);
    assertThat((String) result.data().get("note"))
        .startsWith((1_000 - rows(result).size()) + " more were left out.");
  }

  @Test
  void listsBackupsAsKnownAndReadsOnlyWhatIsNot() {
    Run known = Run.of("get_backups", Map.of());
    known.home.knows(LOCAL, SampleDetails.content(SampleDetails.BACKUP));
    assertThat(rows(known.result()))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("volume", SampleDetails.BACKUP));

    Run named = Run.of("get_backups", Map.of("storage", "local"));
    named.home.knows(LOCAL, SampleDetails.content());
    named.context.reads(SampleDetails.content(SampleDetails.BACKUP));
    assertThat(rows(named.result())).hasSize(1);

    Run silent = Run.of("get_backups", Map.of());
    ToolResult result = silent.result();
    assertThat(result.summary()).isEqualTo("0 backups on 1 storage.");
    assertThat(result.data().get("storages").toString()).contains("does not answer");
  }

  @Test
  void listsOnlyTheBackupsOfTheGuestThatIsNamed() {
    Run run = Run.of("get_backups", Map.of("vmid", 102));
    run.home.knows(LOCAL, SampleDetails.content(SampleDetails.BACKUP));

    assertThat(rows(run.result())).isEmpty();
  }

  @Test
  void goesThroughResourcesPageByPage() {
    Run first = Run.of("get_cluster_resources", Map.of("limit", 2));
    ToolResult page = first.result();
    Run second = Run.of("get_cluster_resources", Map.of("after", page.data().get("next")));

    assertThat(rows(page)).hasSize(2);
    assertThat(rows(second.result())).hasSize(2).doesNotContainAnyElementsOf(rows(page));
    assertThat(second.result().data()).containsEntry("next", null);
  }

  @Test
  void findsResourcesByNumberAndTag() {
    Guest tagged =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING).tagged("Media").build();

    for (String text : List.of("101", "media", "GUEST1")) {
      Run run = Run.of("get_cluster_resources", Map.of("text", text, "kind", "guest"), tagged);
      assertThat(rows(run.result())).as(text).hasSize(1);
    }
  }

  @Test
  void readsALogInParts() {
    Run run = Run.of("get_task_log", Map.of("start", 1, "limit", 2), NODE);
    run.context.tasks.add(SampleDetails.task("OK"));
    run.context.lines = List.of("one", "two", "three", "four");

    ToolResult result = run.result();
    assertThat(result.data()).containsEntry("lines", List.of("two", "three"));
    assertThat((String) result.data().get("note")).contains("start raised by 2");
    assertThat(result.summary()).isEqualTo("The task vzdump on node pve1 succeeded.");
  }

  @Test
  void readsTheLatestLinesOfAJournalWithinATime() {
    Run run =
        Run.of(
            "get_node_syslog",
            Map.of("minutes", 5, "until", "2026-05-01T11:00:00Z", "text", "PVE", "limit", 1),
            NODE);
    run.context.lines = List.of("pveproxy a", "sshd b", "pvestatd c");

    assertThat(run.result().data()).containsEntry("lines", List.of("pvestatd c"));
    assertThat(run.context.calls)
        .containsExactly("journal of pve1 from 2026-05-01T10:55:00Z until 2026-05-01T11:00:00Z");
    assertThat(
            Run.of("get_node_syslog", Map.of("until", "2026-02-30T11:00:00Z"), NODE)
                .failure()
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @SuppressWarnings("unchecked") // The rows of a result are JSON objects.
  private static List<Map<String, Object>> rows(ToolResult result) {
    return (List<Map<String, Object>>) result.data().get("items");
  }
}
