package example.quillmere.payments;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PaymentTest {
  @Test
  void aVoidedPaymentCannotBeCaptured() {
    var payment = new Payment(100);
    payment.voidIt();
    assertThrows(IllegalStateException.class, payment::capture);
  }
}
