// Package book writes bookings that sum to zero.
package book

import (
	"errors"
	"sync"
)

// ErrUnbalanced is the answer to a booking that doesn't sum to zero.
var ErrUnbalanced = errors.New("booking doesn't sum to zero")

// Entry moves an amount on one account.
type Entry struct {
	Account string `json:"account"`
	Amount  int64  `json:"amount"`
}

// Booking is written whole or not at all.
type Booking struct {
	ID      string  `json:"id"`
	Entries []Entry `json:"entries"`
}

// Books keeps balances.
type Books struct {
	mu       sync.Mutex
	balances map[string]int64
}

// New opens empty books.
func New() *Books { return &Books{balances: map[string]int64{}} }

// Write refuses an unbalanced booking.
func (b *Books) Write(booking Booking) error {
	var sum int64
	for _, e := range booking.Entries {
		sum += e.Amount
	}
	if sum != 0 || len(booking.Entries) < 2 {
		return ErrUnbalanced
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range booking.Entries {
		b.balances[e.Account] += e.Amount
	}
	return nil
}
