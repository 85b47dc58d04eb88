package money

import "testing"

func TestPartsSumToTheWhole(t *testing.T) {
	var sum int64
	for _, p := range New(1000, "EUR").Split(3) {
		sum += p.Amount
	}
	if sum != 1000 {
		t.Fatal(sum)
	}
}
