package example.quillmere.orders;

import java.time.Duration;
import java.util.Map;

/** Where an order is, and how long it may stay there. */
public enum OrderState {
  PLACED, RESERVED, PICKED, LEFT, DELIVERED, STUCK;

  private static final Map<OrderState, Duration> LIMITS =
      Map.of(PLACED, Duration.ofMinutes(10), RESERVED, Duration.ofHours(20), PICKED, Duration.ofHours(6));

  public Duration limit() {
    return LIMITS.getOrDefault(this, Duration.ofDays(10));
  }

  public OrderState next() {
    return this == STUCK || this == DELIVERED ? this : values()[ordinal() + 1];
  }
}
