// Package stock counts.
package stock

import (
	"errors"
	"time"
)

// ErrGone means that there aren't enough.
var ErrGone = errors.New("not enough left")

// Shelf holds one product.
type Shelf struct {
	Count    int
	promised map[string]promise
}

type promise struct {
	count int
	until time.Time
}

// Reserve promises some to an order for 30 minutes.
func (s *Shelf) Reserve(order string, count int, now time.Time) error {
	free := s.Count
	for _, p := range s.promised {
		if p.until.After(now) {
			free -= p.count
		}
	}
	if free < count {
		return ErrGone
	}
	if s.promised == nil {
		s.promised = map[string]promise{}
	}
	s.promised[order] = promise{count, now.Add(30 * time.Minute)}
	return nil
}
