package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Remedy;
import org.jspecify.annotations.Nullable;

/** The tools that remedies call, with their arguments: what they have to have, and may have. */
final class ToolForms {
  private static final Map<String, List<Set<String>>> FORMS =
      Map.ofEntries(
          guest("start_vm"),
          guest("start_container"),
          guest("stop_vm", Set.of(), Set.of("hard")),
          guest("stop_container", Set.of(), Set.of("hard")),
          guest("restart_vm", Set.of(), Set.of("hard")),
          guest("unlock_vm"),
          guest("unlock_container"),
          guest("migrate_vm", Set.of("target"), Set.of("withLocalDisks", "storage")),
          guest("migrate_container", Set.of("target"), Set.of("storage")),
          guest("backup_vm", Set.of("storage"), Set.of("mode", "notes", "keep")),
          guest("backup_container", Set.of("storage"), Set.of("mode", "notes", "keep")),
          guest("resize_disk", Set.of("disk", "growGiB"), Set.of()),
          guest("delete_backup", Set.of("storage", "volume"), Set.of()),
          guest("delete_snapshot", Set.of("snapshot"), Set.of()),
          guest("reset_ha_service"),
          node("wake_node"),
          node("start_service", "service"),
          node("restart_service", "service"),
          node("stop_task", "task"),
          node("run_replication", "job"),
          node("start_zfs_scrub", "pool"),
          node("renew_certificate"),
          node("clean_package_cache"));

  private ToolForms() {}

  private static Map.Entry<String, List<Set<String>>> guest(String tool) {
    return guest(tool, Set.of(), Set.of());
  }

  private static Map.Entry<String, List<Set<String>>> guest(
      String tool, Set<String> more, Set<String> may) {
    Set<String> must = new HashSet<>(more);
    must.addAll(Set.of("cluster", "node", "vmid"));
    return Map.entry(tool, List.of(must, may));
  }

  private static Map.Entry<String, List<Set<String>>> node(String tool, String... more) {
    Set<String> must = new HashSet<>(List.of(more));
    must.addAll(Set.of("cluster", "node"));
    return Map.entry(tool, List.of(must, Set.of()));
  }

  /** Holds each remedy of a finding to the tools. */
  static void check(Finding finding) {
    assertThat(finding.remedies())
        .allSatisfy(remedy -> assertThat(remedy.steps()).allSatisfy(ToolForms::check));
  }

  private static void check(PlanRequest.Step step) {
    List<Set<String>> form = FORMS.get(step.tool());
    assertThat(form).as(step.tool()).isNotNull();
    Map<String, @Nullable Object> values = step.arguments().values();
    assertThat(values.keySet()).as(step.tool()).containsAll(form.get(0));
    Set<String> all = new HashSet<>(form.get(0));
    all.addAll(form.get(1));
    assertThat(all).as(step.tool()).containsAll(values.keySet());
    assertThat(values.get("cluster")).isEqualTo(House.ID.value());
    if (values.containsKey("vmid")) {
      assertThat(values.get("vmid")).isInstanceOf(Integer.class);
    }
  }

  /** The tool and the arguments of a remedy's only step. */
  static String call(Remedy remedy) {
    assertThat(remedy.steps()).hasSize(1);
    PlanRequest.Step step = remedy.steps().get(0);
    return step.tool() + " " + step.arguments().values();
  }
}
