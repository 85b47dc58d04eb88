package example.quillmere.payout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pays carriers and market sellers every second Friday. */
public final class Batch {
  record Due(String payee, long cents) {}

  static Map<String, Long> sum(List<Due> dues) {
    var sums = new TreeMap<String, Long>();
    for (Due due : dues) {
      sums.merge(due.payee(), due.cents(), Long::sum);
    }
    sums.values().removeIf(cents -> cents <= 0);
    return sums;
  }

  public static void main(String[] args) {
    String ledger = System.getenv().getOrDefault("LEDGER_URL", "http://ledger:8080");
    System.out.println("paying from " + ledger);
    sum(List.of()).forEach((payee, cents) -> System.out.println(payee + " " + cents));
  }
}
