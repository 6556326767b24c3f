package org.jarvis.persistence.sqlite;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Tells why a file could not be read or written. */
final class FileFailures {
  private FileFailures() {}

  /** The JDK's own messages are paths, which are for the log and not for everybody. */
  static String reason(Exception failure) {
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "a file is where a folder should be";
    }
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return failure instanceof FileSystemException detailed && detailed.getReason() != null
        ? detailed.getReason()
        : failure.getClass().getSimpleName();
  }
}
