package org.jarvis.extensions;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** Where extensions run. */
interface BundleHost {
  /** It cannot run, for a reason that a person understands. */
  final class HostingException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean lacking;

    /**
     * A reason.
     *
     * @param lacking whether it may work as soon as something else is there
     */
    HostingException(String message, boolean lacking) {
      super(message);
      this.lacking = lacking;
    }

    /** Whether it may work as soon as something else is there. */
    boolean lacking() {
      return lacking;
    }

    /** The reason, never null. */
    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** The bytes of a jar. */
  interface Content {
    /** Opens them; reading to their end fails when they are not what was consented to. */
    InputStream open() throws IOException;
  }

  /** Whether the framework has come so far that it can run them. */
  boolean ready();

  /** Whether the framework ends while extensions are in it, which can hold that up. */
  boolean heldUpWhileLeaving();

  /** The symbolic names of all bundles that are no extensions. */
  Set<String> ownNames();

  /** The packages that bundles offer which are no extensions. */
  Set<String> ownPackages();

  /** Removes what an earlier life left. */
  void clear();

  /** Runs a jar. Blocks until its start is over, or has taken too long; then nothing is left. */
  void start(Jar jar, Content content) throws HostingException;

  /**
   * Lets a jar take the place of a running one of the same symbolic name. When it cannot run, the
   * old one does again.
   */
  void replace(Jar old, Content oldContent, Jar jar, Content content) throws HostingException;

  /** Stops a jar and removes it. */
  void remove(Jar jar) throws HostingException;
}
