/**
 * What a connector is held to, and what tests of whoever uses a connector's methods need: the
 * contract of every connector of clusters, a registry that remembers, and a cluster that answers
 * nothing by itself.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.jarvis.testkit.connector;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
