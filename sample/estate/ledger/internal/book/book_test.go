package book

import "testing"

func TestAnUnbalancedBookingIsRefused(t *testing.T) {
	err := New().Write(Booking{Entries: []Entry{{"sales", -100}, {"cash", 99}}})
	if err != ErrUnbalanced {
		t.Fatal(err)
	}
}
