package org.jarvis.lab.shell;

import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.PveApi;
import org.jarvis.lab.pve.PveReply;
import org.jarvis.lab.pve.PveRequest;
import org.jarvis.lab.pve.Release;
import org.jarvis.lab.sim.SimulatedCluster;

/**
 * What the machines have in common.
 *
 * @param cluster what is simulated
 * @param api the API, as the command line of a node calls it, whatever befalls it over the network
 * @param token as whom
 * @param release which version they run
 */
public record World(SimulatedCluster cluster, PveApi api, ApiToken token, Release release) {

  /** Calls the API from within a node. */
  PveReply call(String method, String path, Map<String, String> parameters) {
    return api.answer(
        new PveRequest(method, path, Optional.of("PVEAPIToken=" + token.credential()), parameters));
  }
}
