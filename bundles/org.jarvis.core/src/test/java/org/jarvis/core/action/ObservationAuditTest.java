package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class ObservationAuditTest {
  private final ServiceSlot<AuditLog> slot = new ServiceSlot<>("none");
  private final ObservationAudit observations = new ObservationAudit(new SteppingClock(), slot);

  @Test
  void keepsWhatWasObservedUntilItCanBeRecorded() {
    List<AuditEntry> written = new ArrayList<>();
    observations.observed(GateFixture.request("get_vms", 101));
    observations.flush();
    observations.observed(GateFixture.request("get_vms", 102));
    slot.fill(new Appending(written));

    observations.flush();
    observations.flush();

    assertThat(written)
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).isEqualTo("{\"times\":2}"));
  }

  private record Appending(List<AuditEntry> written) implements AuditLog {
    @Override
    public AuditRecord append(AuditEntry entry) {
      written.add(entry);
      return new AuditRecord(written.size(), entry, "");
    }

    @Override
    public List<AuditRecord> after(long seq, int limit) {
      return List.of();
    }

    @Override
    public long size() {
      return written.size();
    }

    @Override
    public Verification verify() {
      return new Verification(true, written.size(), null, "");
    }
  }
}
