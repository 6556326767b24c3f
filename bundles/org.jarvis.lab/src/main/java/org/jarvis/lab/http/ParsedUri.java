package org.jarvis.lab.http;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * What a request asks, taken apart.
 *
 * @param path decoded
 * @param parameters of the query and of a form in the body; of two with the same name the last one
 */
record ParsedUri(String path, Map<String, String> parameters) {

  static ParsedUri of(HttpRequest request, String body) throws URISyntaxException {
    URIBuilder uri = new URIBuilder(request.getRequestUri(), StandardCharsets.UTF_8);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (NameValuePair pair : uri.getQueryParams()) {
      parameters.put(pair.getName(), pair.getValue() == null ? "" : pair.getValue());
    }
    for (NameValuePair pair : WWWFormCodec.parse(body, StandardCharsets.UTF_8)) {
      parameters.put(pair.getName(), pair.getValue() == null ? "" : pair.getValue());
    }
    String path = "/" + String.join("/", uri.getPathSegments());
    return new ParsedUri(path, parameters);
  }

  static Optional<String> header(HttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
  }
}
