// Package money holds amounts in minor units.
package money

import "fmt"

// Money is an amount in the minor unit of its currency.
type Money struct {
	Amount   int64
	Currency string
}

// New makes an amount.
func New(amount int64, currency string) Money { return Money{amount, currency} }

// Add fails when the currencies differ.
func (m Money) Add(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, fmt.Errorf("can't add %s and %s", m.Currency, o.Currency)
	}
	return Money{m.Amount + o.Amount, m.Currency}, nil
}

// Split makes n parts that differ by at most one and sum to the whole.
func (m Money) Split(n int) []Money {
	parts := make([]Money, n)
	for i := range parts {
		parts[i] = Money{m.Amount / int64(n), m.Currency}
		if int64(i) < m.Amount%int64(n) {
			parts[i].Amount++
		}
	}
	return parts
}
