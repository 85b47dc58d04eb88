package main

import (
	"log/slog"
	"net/http"

	"git.quillmere.example/quillmere/identity/internal/token"
)

func main() {
	keys := token.NewKeys()
	http.HandleFunc("GET /oauth/keys", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(keys.Public()))
	})
	slog.Error("stopped", "error", http.ListenAndServe(":8080", nil))
}
