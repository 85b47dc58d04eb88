package example.quillmere.loyalty;

import java.util.HashMap;
import java.util.Map;

/** Points per shopper: one for each euro spent, none for gift cards. */
public class Points {
  private final Map<String, Long> balances = new HashMap<>();

  public void earn(String shopper, long cents) {
    balances.merge(shopper, cents / 100, Long::sum);
  }

  public boolean spend(String shopper, long points) {
    long balance = balances.getOrDefault(shopper, 0L);
    if (balance < points) {
      return false;
    }
    balances.put(shopper, balance - points);
    return true;
  }
}
