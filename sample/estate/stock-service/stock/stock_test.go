package stock

import (
	"testing"
	"time"
)

func TestAPromiseEnds(t *testing.T) {
	s, now := Shelf{Count: 1}, time.Now()
	if s.Reserve("a", 1, now) != nil || s.Reserve("b", 1, now) != ErrGone {
		t.Fatal("sold twice")
	}
	if s.Reserve("b", 1, now.Add(time.Hour)) != nil {
		t.Fatal("kept for too long")
	}
}
