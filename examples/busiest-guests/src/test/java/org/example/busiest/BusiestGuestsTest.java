package org.example.busiest;

import org.jarvis.api.tool.Tool;
import org.jarvis.testkit.tool.ToolContract;

class BusiestGuestsTest extends ToolContract {
  @Override
  protected Tool tool() {
    return new BusiestGuests();
  }
}
