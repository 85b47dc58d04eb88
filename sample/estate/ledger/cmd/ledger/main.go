package main

import (
	"encoding/json"
	"log/slog"
	"net/http"

	"git.quillmere.example/quillmere/ledger/internal/book"
)

func main() {
	books := book.New()
	http.HandleFunc("POST /bookings", func(w http.ResponseWriter, r *http.Request) {
		var b book.Booking
		if err := json.NewDecoder(r.Body).Decode(&b); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if err := books.Write(b); err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
	slog.Info("listening", "port", 8080)
	slog.Error("stopped", "error", http.ListenAndServe(":8080", nil))
}
