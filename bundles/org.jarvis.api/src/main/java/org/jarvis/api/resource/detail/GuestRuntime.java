package org.jarvis.api.resource.detail;

import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a guest does at this moment.
 *
 * @param state QEMU's own run state, or that of the container
 * @param pid the process on its node
 * @param memoryUsed memory in use, as seen from inside where it tells
 * @param memoryOnNode memory that it takes on its node; told since version 9
 * @param balloon the present target of its balloon
 * @param swapUsed used swap space of a container
 * @param diskRead read since it started
 * @param diskWritten written since it started
 * @param netIn received since it started
 * @param netOut sent since it started
 * @param diskUsed used space of a container's root
 * @param agentRunning whether its agent is configured
 */
public record GuestRuntime(
    @Nullable String state,
    @Nullable Long pid,
    @Nullable Bytes memoryUsed,
    @Nullable Bytes memoryOnNode,
    @Nullable Bytes balloon,
    @Nullable Bytes swapUsed,
    @Nullable Bytes diskRead,
    @Nullable Bytes diskWritten,
    @Nullable Bytes netIn,
    @Nullable Bytes netOut,
    @Nullable Bytes diskUsed,
    @Nullable Boolean agentRunning)
    implements Detail {
  @Override
  public Aspect aspect() {
    return Aspect.RUNTIME;
  }
}
