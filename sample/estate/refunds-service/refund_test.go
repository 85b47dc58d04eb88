package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestARefusedPaymentBooksNothing(t *testing.T) {
	refuse := httptest.NewServer(http.NotFoundHandler())
	defer refuse.Close()
	booked := false
	ledger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { booked = true }))
	defer ledger.Close()

	if err := (refunder{payments: refuse.URL, ledger: ledger.URL}).refund("1"); err == nil || booked {
		t.Fatal("booked a refund that was refused")
	}
}
