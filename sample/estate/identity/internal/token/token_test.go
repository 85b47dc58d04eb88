package token

import "testing"

func TestTwoKeysDiffer(t *testing.T) {
	if NewKeys().Public() == NewKeys().Public() {
		t.Fatal("not random")
	}
}
