package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditLog;

/** {@code jarvis:audit-verify}: whether the audit log is as it was written. */
@Service
@Command(
    scope = "jarvis",
    name = "audit-verify",
    description = "Recomputes the audit log's chain of hashes")
public final class AuditVerifyCommand extends JarvisCommand {
  @Override
  void run(Lines lines) {
    AuditLog.Verification found = parts.audit().require().verify();
    lines.add("Records", Long.toString(found.records()));
    lines.add("Head", found.head());
    if (!found.valid()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The audit log is not as it was written. The first record that is not right: "
              + found.firstBad());
    }
    lines.add("The audit log is as it was written.");
  }
}
