package org.jarvis.api.connector;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The reader of a connector whose system tells less than Jarvis may ask for: it has no details, no
 * logs and no recorded figures, and says so with {@code NOT_PRESENT}. A connector extends it and
 * overrides what its system does tell. What safety depends on - guests, tasks and the examination -
 * is left for each connector to write.
 */
@ConsumerType
public abstract class PartialReader implements ClusterReader {
  private static final String CANNOT = "The connector of this cluster cannot tell ";

  /** For a connector's own reader. */
  protected PartialReader() {}

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    if (aspect.kind() != resource.kind()) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "A " + resource.kind().word() + " has no " + aspect.word() + ".");
    }
    throw new JarvisException(
        ErrorCode.NOT_PRESENT,
        CANNOT + "the " + aspect.word() + " of a " + resource.kind().word() + ".");
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    // No details are read that could be read before others.
  }

  @Override
  public List<String> taskLog(TaskId task, long start, int limit) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "the logs of tasks.");
  }

  @Override
  public List<String> journal(NodeName node, Instant since, Instant until) {
    throw new JarvisException(ErrorCode.NOT_PRESENT, CANNOT + "the journals of nodes.");
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    throw new JarvisException(
        ErrorCode.NOT_PRESENT, CANNOT + "the course of figures: none is recorded there.");
  }
}
