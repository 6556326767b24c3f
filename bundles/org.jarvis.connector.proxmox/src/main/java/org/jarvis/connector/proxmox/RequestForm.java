package org.jarvis.connector.proxmox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request that changes something. Refuses every value that Proxmox VE could
 * understand differently from the caller: the configuration of a guest is a text file of lines,
 * lists in it are split at semicolons, commas and spaces, and a NUL ends a string in what runs
 * below. The patterns are those of PVE::JSONSchema.
 */
final class RequestForm {
  /** {@code pve-storage-id}. */
  static final Pattern STORAGE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,98}[A-Za-z0-9]");

  /** {@code pve-configid}, as long as a snapshot's name may be. */
  static final Pattern SNAPSHOT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{1,39}");

  /** {@code dns-name}. */
  static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

  /** {@code pve-tag}. */
  static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.-]{0,123}");

  /** The key of a setting of a guest. */
  static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  /** The key of a disk or mount. */
  static final Pattern DISK =
      Pattern.compile("(?:ide|sata|scsi|virtio|efidisk|tpmstate|mp)[0-9]{1,3}|rootfs");

  /** The unit of a service, without suffix. */
  static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._-]{0,63}");

  /** {@code pve-replication-job-id}. */
  static final Pattern REPLICATION_JOB = Pattern.compile("[1-9][0-9]{2,8}-[0-9]{1,9}");

  private static final int LONGEST_LINE = 4096;
  private static final int LONGEST_NOTE = 8192;

  private final Map<String, String> fields = new LinkedHashMap<>();

  /** The fields, in the order in which they were given. */
  Map<String, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** A number. */
  RequestForm number(String name, long value) {
    fields.put(name, Long.toString(value));
    return this;
  }

  /** A yes or no, sent either way. */
  RequestForm flag(String name, boolean value) {
    fields.put(name, value ? "1" : "0");
    return this;
  }

  /** A yes, or nothing. */
  RequestForm flagIf(boolean value, String name) {
    return value ? flag(name, true) : this;
  }

  /** Something that can only be what it should be. */
  RequestForm safe(String name, Object value) {
    fields.put(name, value.toString());
    return this;
  }

  /** A word of this form; none is left out. */
  RequestForm word(String name, @Nullable String value, Pattern form, String what) {
    if (value != null) {
      fields.put(name, checked(name, value, form, what));
    }
    return this;
  }

  /** Text of one line. */
  RequestForm line(String name, String value) {
    if (value.length() > LONGEST_LINE || value.chars().anyMatch(RequestForm::isControl)) {
      throw invalid(name, "must be one line of printable text");
    }
    fields.put(name, value);
    return this;
  }

  /** Text for people, which may have several lines; none is left out. */
  RequestForm note(String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, checkedNote(name, value));
    }
    return this;
  }

  /** The same text, or an error when it holds what no text for people holds. */
  static String checkedNote(String name, String value) {
    boolean strange =
        value.chars().anyMatch(c -> c != '\n' && c != '\t' && RequestForm.isControl(c));
    if (strange || value.length() > LONGEST_NOTE) {
      throw invalid(name, "must be text of at most " + LONGEST_NOTE + " characters");
    }
    return value;
  }

  /** The same word, or an error when it does not have this form. */
  static String checked(String name, String value, Pattern form, String what) {
    if (!form.matcher(value).matches()) {
      throw invalid(name, "is no " + what);
    }
    return value;
  }

  /** An error in one field. Does not repeat the value, which may be anything. */
  static JarvisException invalid(String field, String message) {
    return new JarvisException(
        ErrorCode.INVALID_INPUT,
        field + " " + message + "; nothing was sent to Proxmox VE.",
        List.of(new FieldError(field, message)));
  }

  private static boolean isControl(int c) {
    // Line and paragraph separators end a line for some readers, too.
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
