package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
)

type message struct {
	Template string            `json:"template"`
	Shopper  string            `json:"shopper"`
	Values   map[string]string `json:"values"`
}

var accountsURL = os.Getenv("IDENTITY_URL")

func main() {
	queue := make(chan message, 1000)
	go send(queue)

	http.HandleFunc("POST /messages", func(w http.ResponseWriter, r *http.Request) {
		var m message
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		queue <- m
		w.WriteHeader(http.StatusAccepted)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func send(queue <-chan message) {
	for m := range queue {
		log.Printf("to %s: %s", m.Shopper, render(m))
	}
}
