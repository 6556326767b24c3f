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

  /** What there is under the symbolic name of a jar. */
  enum Presence {
    /** Nothing. */
    NONE,
    /** It runs. */
    RUNS,
    /** It does not run as it should, but something of it is there, or its code has not ended. */
    STAYS
  }

  /** What there is under the symbolic name of a jar. */
  Presence presence(Jar jar);

  /**
   * Removes what an earlier life left. Called again it tries the rest, and nothing that was started
   * since; false when something stays.
   */
  boolean clear();

  /**
   * Runs a jar, which has to be read to its end. Blocks until its start is over, or has taken too
   * long. When it cannot run nothing is left, but for code that does not come back.
   */
  void start(Jar jar, Content content) throws HostingException;

  /**
   * Lets a jar take the place of a running one of the same symbolic name. When it cannot run, the
   * old one does again, but for code that does not come back.
   */
  void replace(Jar old, Content oldContent, Jar jar, Content content) throws HostingException;

  /** Stops a jar and removes it. When that fails, {@link #presence} tells what there is still. */
  void remove(Jar jar) throws HostingException;
}
