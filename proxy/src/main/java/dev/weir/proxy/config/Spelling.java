package dev.weir.proxy.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses which word was meant. */
final class Spelling {

  /** Longer words are not looked at: the work grows with the square. */
  private static final int LONGEST = 60;

  private Spelling() {}

  /** The word nearest to {@code text}, or {@code null} if none is similar. */
  static @Nullable String nearest(String text, Collection<String> words) {
    if (text.length() > LONGEST) {
      return null;
    }
    String nearest = null;
    int least = Math.min(Math.max(2, text.length() / 3) + 1, text.length());
    for (String word : words) {
      int edits = edits(text, word);
      if (edits < least) {
        least = edits;
        nearest = word;
      }
    }
    return nearest;
  }

  /** Letters to insert, delete or replace to turn one into the other (Levenshtein). */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
