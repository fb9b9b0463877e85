package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * Between steps 4 and 5: what a tenant may ask for in all, whatever room there is. It is told of
 * every search before the gate is, and of what became of it. Thread-safe; never blocks; costs
 * nanoseconds: one that several servers share has to answer by what it knows of the others.
 */
public interface Quota {

  /** Whether anybody has one; while nobody has, the rest need not be asked. */
  boolean imposed();

  /** What {@link #charge} would refuse however cheap the call is; reserves nothing. */
  @Nullable Refusal screen(Identity identity);

  /**
   * Charges the tenant what the call is estimated to cost, or refuses it. Whoever is charged is
   * {@link #settle}d once.
   *
   * @param place {@link Place#charged} if the tenant has a quota and the call is within it
   * @return {@code null} if the call is within it, or there is none
   */
  @Nullable Refusal charge(Place place);

  /**
   * Replaces the estimate by what the call did cost.
   *
   * @param tookNanos time on one processor; 0 for a call that was not served
   */
  void settle(Place place, long tookNanos);

  /** What the tenant has left, {@code null} if it has no quota. */
  @Nullable Standing standing(Identity identity);

  /** Nobody has one. */
  Quota NONE =
      new Quota() {
        @Override
        public boolean imposed() {
          return false;
        }

        @Override
        public @Nullable Refusal screen(Identity identity) {
          return null;
        }

        @Override
        public @Nullable Refusal charge(Place place) {
          return null;
        }

        @Override
        public void settle(Place place, long tookNanos) {}

        @Override
        public @Nullable Standing standing(Identity identity) {
          return null;
        }
      };
}
