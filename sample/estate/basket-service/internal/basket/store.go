package basket

import (
	"encoding/json"
	"net/http"
	"sync"
)

// Store keeps baskets. The Redis address is empty in tests.
type Store struct {
	addr string
	mu   sync.RWMutex
	kept map[string]Basket
}

// NewStore connects lazily.
func NewStore(addr string) *Store { return &Store{addr: addr, kept: map[string]Basket{}} }

// LinesHandler answers with the lines of one basket.
func LinesHandler(s *Store) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		b, ok := s.kept[r.PathValue("id")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_ = json.NewEncoder(w).Encode(b.Lines)
	})
}
