package main

import (
	"os"
	"strings"
)

func render(m message) string {
	text, err := os.ReadFile("templates/" + m.Template + ".txt")
	if err != nil {
		return ""
	}
	out := string(text)
	for k, v := range m.Values {
		out = strings.ReplaceAll(out, "{"+k+"}", v)
	}
	return out
}
