package org.jarvis.api.safety;

import java.util.Optional;
import org.jarvis.api.resource.Resource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells which resources are protected: harmed by no action, at any tier, with any approval. The
 * safety bundle provides the one service; while it is away nothing but observing is allowed.
 */
@ProviderType
public interface ProtectedResources {
  /** The Proxmox VE tag that protects a guest; no tool can take it away. */
  String TAG = "jarvis-protected";

  /** Why the resource is protected, in words; empty when it is not. */
  Optional<String> protection(Resource resource);
}
