package org.jarvis.testkit.llm;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;

/** Requests to try providers with. */
public final class Questions {
  /** A tool that every one of them offers. */
  public static final ToolSchema START_VM =
      new ToolSchema(
          "start_vm",
          "Starts a virtual machine.",
          """
          {"type":"object","properties":{"node":{"type":"string","pattern":"^[a-z0-9-]+$"},\
          "vmid":{"type":"integer","minimum":100}},"required":["vmid"],\
          "additionalProperties":false}""");

  /** Another one, which takes nothing. */
  public static final ToolSchema GET_STATUS =
      new ToolSchema(
          "get_cluster_status",
          "Tells how the cluster is.",
          "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");

  private static final Duration TIME = Duration.ofMinutes(1);

  private Questions() {}

  /** A first question. */
  public static ModelRequest first() {
    return within(TIME);
  }

  /** A first question that may take so long. */
  public static ModelRequest within(Duration time) {
    return of(List.of(new Turn.Said("How is the cluster?")), time);
  }

  /** A conversation that has come so far. */
  public static ModelRequest of(List<Turn> turns) {
    return of(turns, TIME);
  }

  private static ModelRequest of(List<Turn> turns, Duration time) {
    return new ModelRequest(
        List.of(
            new Instruction("You are Jarvis.", true),
            new Instruction("The cluster has 4 nodes.", false)),
        turns,
        List.of(START_VM, GET_STATUS),
        new RequestLimits(1000, time));
  }
}
