package example.quillmere.payments;

import java.util.UUID;

/** A payment and the only ways its state may change. */
public final class Payment {
  public enum State { AUTHORISED, CAPTURED, VOIDED, REFUNDED }

  private final UUID id = UUID.randomUUID();
  private final long amount;
  private State state = State.AUTHORISED;

  public Payment(long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException("amount must be positive");
    }
    this.amount = amount;
  }

  public void capture() {
    move(State.AUTHORISED, State.CAPTURED);
  }

  public void voidIt() {
    move(State.AUTHORISED, State.VOIDED);
  }

  public void refund() {
    move(State.CAPTURED, State.REFUNDED);
  }

  private void move(State from, State to) {
    if (state != from) {
      throw new IllegalStateException(state + " can't become " + to);
    }
    state = to;
  }

  public UUID id() {
    return id;
  }

  public State state() {
    return state;
  }
}
