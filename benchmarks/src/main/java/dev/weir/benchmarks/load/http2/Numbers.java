package dev.weir.benchmarks.load.http2;

/** Numbers in headers. */
final class Numbers {
  private Numbers() {}

  /**
   * @param otherwise what it is if it is no whole number from 0 on
   */
  static int of(CharSequence digits, int otherwise) {
    try {
      int number = Integer.parseInt(digits, 0, digits.length(), 10);
      return number < 0 ? otherwise : number;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
