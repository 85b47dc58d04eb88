// Package token signs and checks sign-in tokens.
package token

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
)

// Keys signs with the newest key and checks with all.
type Keys struct {
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

// NewKeys makes a pair.
func NewKeys() *Keys {
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	return &Keys{pub, priv}
}

// Sign appends a signature.
func (k *Keys) Sign(claims []byte) string {
	return base64.RawURLEncoding.EncodeToString(ed25519.Sign(k.private, claims))
}

// Public is the key that others check with.
func (k *Keys) Public() string { return base64.StdEncoding.EncodeToString(k.public) }
