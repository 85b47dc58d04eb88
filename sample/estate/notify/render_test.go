package main

import "testing"

func TestUnknownTemplateIsEmpty(t *testing.T) {
	if got := render(message{Template: "nope"}); got != "" {
		t.Fatal(got)
	}
}
