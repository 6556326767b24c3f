import java.io.FileReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Run from its source with the distribution's own logging on the class path: writes hostile records
 * in one of the forms that the configuration has.
 */
public class PrintRecords {
  private static final String HOSTILE =
      "a \"q\" \\ \n2026-01-01T00:00:00.000Z ERROR [x] FORGED - b \r\n{\"level\":\"FORGED\"}"
          + " \u0000\u001b[31m \u2028 \u202e ${env:PATH} ${jndi:ldap://x} %m {} \ud800 \u00e4";

  /** Takes the configuration, the key of the pattern, and the file to write to. */
  public static void main(String[] arguments) throws Exception {
    Properties configuration = new Properties();
    try (FileReader reader = new FileReader(arguments[0], StandardCharsets.UTF_8)) {
      configuration.load(reader);
    }
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern(configuration.getProperty(arguments[1]))
            .withAlwaysWriteExceptions(false)
            .build();
    try (PrintStream out = new PrintStream(arguments[2], StandardCharsets.UTF_8)) {
      for (Throwable thrown :
          new Throwable[] {
            null, new IllegalStateException(HOSTILE, new IllegalArgumentException(HOSTILE))
          }) {
        out.print(
            layout.toSerializable(
                Log4jLogEvent.newBuilder()
                    .setLevel(Level.WARN)
                    .setLoggerName("org.jarvis.Logger\"\nFORGED")
                    .setThreadName("thread\"\nFORGED")
                    .setMessage(new SimpleMessage(HOSTILE))
                    .setThrown(thrown)
                    .build()));
      }
    }
  }
}
