package basket

import "testing"

func TestMergeKeepsTheLargerCount(t *testing.T) {
	b := Basket{Lines: []Line{{"rake", 1}}}
	b.Merge(Basket{Lines: []Line{{"rake", 3}, {"seed", 2}}})
	if len(b.Lines) != 2 || b.Lines[0].Count != 3 {
		t.Fatalf("got %v", b.Lines)
	}
}
