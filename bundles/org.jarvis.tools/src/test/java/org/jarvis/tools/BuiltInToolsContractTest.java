package org.jarvis.tools;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Tool;
import org.jarvis.testkit.resource.SampleCluster;
import org.jarvis.testkit.tool.ToolContract;
import org.jarvis.tools.host.HouseHosts;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in tools keep the contract that Jarvis asks of others. */
@ParameterizedClass
@MethodSource("tools")
class BuiltInToolsContractTest extends ToolContract {
  private final Tool tool;

  BuiltInToolsContractTest(Tool tool) {
    this.tool = tool;
  }

  static List<Tool> tools() {
    return Toolbox.tools(
        SampleCluster.small(),
        HouseHosts.commands(SampleCluster.small()),
        Clock.fixed(SampleCluster.SEEN, ZoneOffset.UTC),
        duration -> {});
  }

  @Override
  protected Tool tool() {
    return tool;
  }

  @Override
  protected List<Arguments> samples() {
    List<Arguments> offered = super.samples();
    return offered.isEmpty() ? List.of(SampleArguments.of(tool.definition().name())) : offered;
  }
}
