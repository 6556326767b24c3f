package org.jarvis.extensions;

import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a Declarative Services component offers and uses, by its XML description.
 *
 * @param offered the services that it offers
 * @param used the services that it uses
 */
record ComponentDescription(Set<String> offered, Set<String> used) {
  private static final String ATTRIBUTE = "interface";

  /** Reads it; nothing outside the text is ever followed. */
  static ComponentDescription read(InputStream xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Set<String> offered = new LinkedHashSet<>();
    Set<String> used = new LinkedHashSet<>();
    XMLStreamReader reader = factory.createXMLStreamReader(xml);
    try {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          String service = reader.getAttributeValue(null, ATTRIBUTE);
          if (service != null && reader.getLocalName().equals("provide")) {
            offered.add(service);
          } else if (service != null && reader.getLocalName().equals("reference")) {
            used.add(service);
          }
        }
      }
    } finally {
      reader.close();
    }
    return new ComponentDescription(offered, used);
  }
}
