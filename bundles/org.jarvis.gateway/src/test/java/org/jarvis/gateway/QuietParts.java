package org.jarvis.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.persistence.MetricStore;

/** Parts that are there, and of which nothing is to be told. */
public final class QuietParts implements MetricStore, Extensions {
  @Override
  public void append(List<Sample> samples) {
    // Nobody asks for them.
  }

  @Override
  public boolean knowsPast(String subject) {
    return true;
  }

  @Override
  public void addPast(String subject, Instant at, List<Past> pasts) {
    // Nobody asks for it.
  }

  @Override
  public List<String> figures(String subject) {
    return List.of();
  }

  @Override
  public List<Point> course(String subject, String figure, Instant from, Instant to, int points) {
    return List.of();
  }

  @Override
  public List<Extension> all() {
    return List.of();
  }

  @Override
  public Optional<Extension> find(String id) {
    return Optional.empty();
  }

  @Override
  public Extension decide(
      String id, boolean granted, boolean pinSigner, Principal person, String address) {
    throw new JarvisException(ErrorCode.NOT_FOUND, "Nothing was dropped in.");
  }
}
