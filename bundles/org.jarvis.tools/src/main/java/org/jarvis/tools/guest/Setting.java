package org.jarvis.tools.guest;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.resource.GuestType;
import org.jarvis.tools.form.InputSchema;

/**
 * One key of a guest's configuration that tools may change, and the form of its value. What is not
 * here is changed in Proxmox VE alone: what runs programs on the node or reaches its devices and
 * files, disks, network cards, and protection. Tags have a tool of their own.
 *
 * @param key the key in the configuration and in arguments
 * @param form the form of its value
 * @param description what it is
 */
record Setting(String key, Form form, String description) {
  private static final List<Setting> OF_BOTH =
      List.of(
          new Setting("cores", whole(1, 512), "Processor cores, of each socket of a VM."),
          new Setting(
              "cpulimit", number(), "How many processors it may use at most; 0 is no limit."),
          new Setting("cpuunits", whole(1, 500_000), "Its weight where processors are short."),
          new Setting("description", note(), "Notes for people."),
          new Setting("memory", whole(16, 16_777_216), "How much memory it has, in MiB."),
          new Setting(
              "nameserver",
              words("[0-9A-Fa-f.: ]{1,200}"),
              "Its DNS servers, separated by spaces."),
          new Setting("onboot", flag(), "Whether it starts with its node."),
          new Setting("searchdomain", words("[A-Za-z0-9. -]{1,200}"), "Its DNS search domain."),
          new Setting(
              "startup",
              words("[a-z0-9=,]{1,60}"),
              "Order and delays at boot, such as order=2,up=30."));
  private static final List<Setting> OF_VMS =
      List.of(
          new Setting(
              "agent",
              words("[a-z0-9_=,]{1,100}"),
              "The QEMU agent: 1, or enabled=1 with more options."),
          new Setting(
              "balloon",
              whole(0, 16_777_216),
              "The least memory in MiB that the balloon leaves; 0 turns it off."),
          new Setting(
              "boot", words("[a-z0-9=;]{1,200}"), "The boot order, such as order=scsi0;net0."),
          new Setting(
              "name", words("[A-Za-z0-9][A-Za-z0-9.-]{0,252}"), "The name that it is to have."),
          new Setting(
              "ostype",
              words("[a-z0-9]{1,20}"),
              "The system that it is tuned for, such as l26 or debian."),
          new Setting("shares", whole(0, 50_000), "The weight of its balloon."),
          new Setting("sockets", whole(1, 16), "Processor sockets."),
          new Setting("tablet", flag(), "Whether it has a USB tablet as pointer."),
          new Setting("vcpus", whole(1, 8_192), "How many virtual processors are plugged in."));
  private static final List<Setting> OF_CONTAINERS =
      List.of(
          new Setting(
              "hostname", words("[A-Za-z0-9][A-Za-z0-9.-]{0,252}"), "A container's host name."),
          new Setting("swap", whole(0, 16_777_216), "Swap space in MiB."),
          new Setting(
              "timezone",
              words("[A-Za-z0-9_+/-]{1,60}"),
              "Its time zone, such as Europe/Vienna, or host."));
  private static final String MASK = "********";

  /**
   * The form of a value.
   *
   * @param property its schema, by name and description
   * @param read from the text of a configuration to an argument; empty where it does not fit
   */
  record Form(Property property, Function<String, Optional<Object>> read) {}

  interface Property {
    String of(String name, String description);
  }

  private static Form words(String form) {
    Pattern pattern = Pattern.compile(form);
    return new Form(
        (name, description) -> InputSchema.text(name, "^" + form + "$", description),
        text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  private static Form note() {
    int longest = 4_000;
    return new Form(
        (name, description) -> InputSchema.words(name, longest, description),
        text ->
            text.length() <= longest && !text.isEmpty() && !text.contains(MASK)
                ? Optional.of(text)
                : Optional.empty());
  }

  private static Form whole(int least, int most) {
    return new Form(
        (name, description) -> InputSchema.whole(name, least, most, description),
        text ->
            text.matches("[0-9]{1,9}")
                    && Integer.parseInt(text) >= least
                    && Integer.parseInt(text) <= most
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty());
  }

  private static Form number() {
    return new Form(
        (name, description) -> InputSchema.number(name, 0, 8_192, description),
        text ->
            text.matches("[0-9]{1,4}(\\.[0-9]{1,4})?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty());
  }

  private static Form flag() {
    return new Form(
        (name, description) -> InputSchema.flag(name, false, description),
        text -> text.matches("[01]") ? Optional.of(text.equals("1")) : Optional.<Object>empty());
  }

  String property() {
    return form.property().of(key, description);
  }

  /** The value of a configuration as an argument; empty where no argument can say it. */
  Optional<Object> argument(String value) {
    return form.read().apply(value);
  }

  /** An argument as the value of a configuration. */
  static String value(Object argument) {
    if (argument instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    return argument instanceof BigDecimal number ? number.toPlainString() : argument.toString();
  }

  /** Those that guests of this type have, by key. */
  static Map<String, Setting> of(GuestType type) {
    return Stream.concat(
            OF_BOTH.stream(), (type == GuestType.QEMU ? OF_VMS : OF_CONTAINERS).stream())
        .collect(
            Collectors.toMap(Setting::key, Function.identity(), (one, other) -> one, TreeMap::new));
  }

  /** Whether it is nothing but words for people. */
  static boolean isWords(String key) {
    return key.equals("description");
  }
}
