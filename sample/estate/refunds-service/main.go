package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func env(name, fallback string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return fallback
}

func main() {
	r := refunder{
		payments: env("PAYMENTS_API_URL", "http://payments-api:8080"),
		ledger:   env("LEDGER_URL", "http://ledger:8080"),
		notify:   env("NOTIFY_URL", "http://notify:8080"),
	}
	http.HandleFunc("POST /refunds/{order}", func(w http.ResponseWriter, req *http.Request) {
		if err := r.refund(req.PathValue("order")); err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		fmt.Fprintln(w, "refunded")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
