// Package basket holds the rules of a basket.
package basket

import "sort"

// Line is a product and how many of it.
type Line struct {
	SKU   string `json:"sku"`
	Count uint32 `json:"count"`
}

// Basket belongs to a shopper or to an anonymous session.
type Basket struct {
	ID    string
	Lines []Line
}

// Merge adds the lines of another basket; the larger count of a line wins.
func (b *Basket) Merge(other Basket) {
	counts := map[string]uint32{}
	for _, l := range append(b.Lines, other.Lines...) {
		counts[l.SKU] = max(counts[l.SKU], l.Count)
	}
	b.Lines = b.Lines[:0]
	for sku, n := range counts {
		b.Lines = append(b.Lines, Line{sku, n})
	}
	sort.Slice(b.Lines, func(i, j int) bool { return b.Lines[i].SKU < b.Lines[j].SKU })
}
