package org.jarvis.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * The files of the page by their exact path. What is not in here is not served: no path is ever
 * looked up in a file system, so there is nothing to traverse and no folder to list.
 */
final class PageAssets {
  private static final String ROOT = "/www/";
  private static final String PAGE = "index.html";

  private final Map<String, Asset> assets;

  PageAssets(Map<String, byte[]> files) {
    Map<String, Asset> all = new HashMap<>();
    files.forEach((path, content) -> all.put("/" + path, new Asset(path, content)));
    Asset page = all.get("/" + PAGE);
    if (page != null) {
      all.put("/", page);
    }
    this.assets = Map.copyOf(all);
  }

  /** The files that are packed into this bundle. */
  static PageAssets of(Bundle bundle) {
    Map<String, byte[]> files = new HashMap<>();
    Enumeration<URL> entries = bundle.findEntries(ROOT, "*", true);
    if (entries != null) {
      for (URL entry : Collections.list(entries)) {
        String path = entry.getPath();
        if (!path.endsWith("/")) {
          files.put(path.substring(path.indexOf(ROOT) + ROOT.length()), read(entry));
        }
      }
    }
    return new PageAssets(files);
  }

  /** The file at this path of a request. */
  Optional<Asset> find(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  private static byte[] read(URL entry) {
    try (InputStream stream = entry.openStream()) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException("The page's file " + entry + " cannot be read.", failure);
    }
  }
}
