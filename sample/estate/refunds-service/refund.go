package main

import (
	"fmt"
	"net/http"
)

type refunder struct{ payments, ledger, notify string }

// refund pays back, books, and tells the shopper, in this order. A failed message is not a failed refund.
func (r refunder) refund(order string) error {
	for _, step := range []string{r.payments + "/v2/refunds/", r.ledger + "/bookings/refund/"} {
		res, err := http.Post(step+order, "application/json", nil)
		if err != nil {
			return err
		}
		res.Body.Close()
		if res.StatusCode >= 300 {
			return fmt.Errorf("%s answered %d", step, res.StatusCode)
		}
	}
	_, _ = http.Post(r.notify+"/messages", "application/json", nil)
	return nil
}
