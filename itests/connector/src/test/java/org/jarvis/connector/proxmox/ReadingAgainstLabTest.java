package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every aspect that the connector reads is answered by the lab, or said to be not there. */
class ReadingAgainstLabTest {
  private static final NodeName FIRST = new NodeName("rhea");

  private final ConnectedLab lab = new ConnectedLab();

  @AfterEach
  void close() {
    lab.close();
  }

  private ResourceRef one(ResourceKind kind) {
    ClusterId cluster = lab.node("rhea").cluster();
    return switch (kind) {
      case CLUSTER -> ResourceRef.cluster(cluster);
      case NODE -> ResourceRef.node(cluster, FIRST);
      case GUEST -> lab.guest(101).ref();
      case STORAGE -> ResourceRef.storage(cluster, FIRST, "local");
    };
  }

  @Test
  void readsEveryAspect() {
    Map<Aspect, String> failed = new EnumMap<>(Aspect.class);
    List<Aspect> read = new ArrayList<>();
    for (Aspect aspect : Aspect.values()) {
      try {
        assertThat(lab.reader().detail(one(aspect.kind()), aspect).detail())
            .isInstanceOf(aspect.type());
        read.add(aspect);
      } catch (JarvisException failure) {
        if (failure.code() != ErrorCode.NOT_PRESENT && failure.code() != ErrorCode.NOT_RUNNING) {
          failed.put(aspect, failure.code() + " " + failure.getMessage());
        }
      }
    }

    assertThat(failed).isEmpty();
    assertThat(read).hasSizeGreaterThan(15);
  }

  @Test
  void readsCoursesAndExaminesTheLab() {
    for (ResourceKind kind : List.of(ResourceKind.NODE, ResourceKind.GUEST, ResourceKind.STORAGE)) {
      assertThat(lab.reader().course(one(kind), Timeframe.HOUR).points()).isNotEmpty();
    }
    Examination examination = lab.reader().examine();
    assertThat(examination.passed()).as("%s", examination).isTrue();
    assertThat(lab.reader().journal(FIRST, Instant.EPOCH, Instant.ofEpochSecond(4102444800L)))
        .isNotNull();
  }
}
