package org.jarvis.lab.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One run of a program.
 *
 * @param name what it was called as, without a folder
 * @param arguments the words after the name
 * @param environment its variables
 * @param login whose session it is
 * @param job what can end it
 * @param in what it reads
 * @param out where it writes
 * @param err where it complains
 */
record Call(
    String name,
    List<String> arguments,
    Map<String, String> environment,
    Login login,
    Job job,
    InputStream in,
    Output out,
    Output err) {

  Machine machine() {
    return login.machine();
  }

  /** Complains in the way of most programs. */
  int fail(int status, String message) throws IOException {
    err.println(name + ": " + message);
    return status;
  }

  /** The same for other words, as by {@code sudo} and {@code env}. */
  Call with(String newName, List<String> newArguments, Map<String, String> newEnvironment) {
    return new Call(newName, newArguments, newEnvironment, login, job, in, out, err);
  }

  Call as(Login other) {
    return new Call(name, arguments, environment, other, job, in, out, err);
  }

  Call writing(Output newOut, Output newErr) {
    return new Call(name, arguments, environment, login, job, in, newOut, newErr);
  }

  /** What it reads, as lines. */
  BufferedReader lines() {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Whether the environment asks for text beyond ASCII. */
  boolean unicode() {
    String locale =
        environment.getOrDefault(
            "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "C")));
    return locale.toUpperCase(java.util.Locale.ROOT).contains("UTF");
  }
}
