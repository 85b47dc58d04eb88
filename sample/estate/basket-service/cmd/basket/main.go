package main

import (
	"log/slog"
	"net/http"
	"os"

	"git.quillmere.example/quillmere/basket-service/internal/basket"
)

func main() {
	store := basket.NewStore(os.Getenv("REDIS_ADDR"))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.Handle("GET /baskets/{id}/lines", basket.LinesHandler(store))

	slog.Info("listening", "port", 8080)
	if err := http.ListenAndServe(":8080", mux); err != nil {
		slog.Error("stopped", "error", err)
		os.Exit(1)
	}
}
